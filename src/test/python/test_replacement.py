"""Tests of what is replaced in place and what need not be built, and of what a build drops, on graphs in memory."""

import re
import sys
import unittest
from types import SimpleNamespace as Some

import agent_file  # noqa: F401
from dbt_slim import one_process, patches, recreation, replacement
from dbt_slim.errors import UserError


def node(i, *parents, materialized="materialized_view", schema="marts", **config):
    return Some(
        unique_id=i,
        database="mz",
        schema=schema,
        alias=i.split(".")[-1],
        relation_name=None if materialized == "ephemeral" else f'"mz"."{schema}"."{i}"',
        config={"materialized": materialized, **config},
        depends_on_nodes=list(parents),
    )


class FakeRun:
    def __init__(self, **plan):
        self.plan, self.allowed, self.said = {"replace_seconds": 60, **plan}, plan.get("allow", []), []
        self.keep, self.outcome, self.aborted = Some(clean=str), {}, False

    def say(self, text):
        self.said.append(text)

    def message(self, level, event, text):
        self.say(text)


class FakeDbt:
    def __init__(self, nodes, modified, kinds):
        self.graph = {n.unique_id: n for n in nodes}
        self.kinds = {kind: set() for kind in replacement.DIFFERENT} | {"modified": set(modified)}
        self.kinds.update(kinds)

    def nodes(self):
        return {i: n for i, n in self.graph.items() if i.startswith("model.")}

    def parents(self, test):
        return self.graph[test].depends_on_nodes

    def modified(self):
        return self.kinds

    def statement(self, i, new):
        return f"create replacement {i}"


class FakeSite:
    def __init__(self, dbt, refuses=None):
        self.dbt, self.refuses, self.sent, self.views = dbt, refuses or {}, [], "materialized-view"

    def query(self, sql):
        self.sent.append(sql)
        if sql.startswith("select o.id"):
            return [(n.alias, n.schema, n.alias, self.views, "s1") for n in self.dbt.nodes().values()]
        for i, why in self.refuses.items():
            if sql == f"create replacement {i}":
                raise RuntimeError("Database Error\n  " + why)
        return []


A, B, C, D, E = (f"model.shop.{name}" for name in "abcde")
TEST_A, TEST_C = "test.shop.of_a", "test.shop.of_c"


class ReplacementTest(unittest.TestCase):
    """a is read by b and d, b by c, d by e."""

    def setUp(self):
        self.graph = [node(A), node(B, A), node(C, B), node(D, A), node(E, D), node(TEST_A, A), node(TEST_C, C)]

    def choose(self, modified, refuses=None, kinds=()):
        self.dbt = dbt = FakeDbt(self.graph, modified, kinds)
        self.site, self.work = FakeSite(dbt, refuses), replacement.Replacing(FakeRun())
        spared = self.work.choose(self.site, set(dbt.graph), dbt)
        return set(self.work.made), spared, self.work.refused

    def test_what_is_taken_sets_nothing_off(self):
        self.assertEqual(({A}, {B, C, D, E, TEST_C}, {}), self.choose([A]))
        self.assertIn(
            "model.shop.a is replaced in place: what depends on it is not built again (4: model.shop.b",
            self.work.run.said[-1],
        )

    def test_what_is_refused_sets_all_of_its_own_off(self):
        why = "replacement schema differs from target schema\nDETAIL: extra column"
        made, spared, refused = self.choose([A, B, D], {D: why})
        self.assertEqual(({A, B}, {C, TEST_C}), (made, spared))
        self.assertEqual({D: "replacement schema differs from target schema DETAIL: extra column"}, refused)
        made, spared, refused = self.choose([A, B], {A: why})
        self.assertEqual((set(), set(), [A]), (made, spared, list(refused)))  # b goes along, nobody need be asked

    def test_what_cannot_be_replaced_is_known_without_asking(self):
        for kind, why in replacement.DIFFERENT.items():
            _, _, refused = self.choose([A], kinds={kind: {A}})
            self.assertEqual({A: why}, refused)
        self.graph[0] = node(A, materialized="view")
        self.assertEqual({A: "only materialized views are replaced"}, self.choose([A])[2])
        self.graph[0] = node(A, post_hook=["x"])
        self.assertEqual({A: "it has hooks"}, self.choose([A])[2])

    def test_an_ephemeral_model_changes_those_that_use_it(self):
        self.graph[0] = node(A, materialized="ephemeral")
        made, spared, _ = self.choose([A])
        self.assertEqual(({B, D}, {C, E, TEST_C}), (made, spared))

    def test_a_server_that_cannot_is_asked_once(self):
        made, spared, refused = self.choose([A, B], {A: "Expected end of statement, found replacement", B: "x"})
        self.assertEqual((set(), set()), (made, spared))
        self.assertEqual([], list(refused))
        self.assertIn("this Materialize replaces nothing in place (Expected end of", self.work.run.said[-1])

    def test_what_the_server_lacks_for_one_model_says_nothing_of_replacing(self):
        for why in ("RETAIN HISTORY is not available", 'Expected end of statement, found identifier "t"'):
            with self.assertRaises(UserError) as refused:
                self.choose([A], {A: why})
            self.assertIn("a cannot be created, so nothing was changed: " + why, str(refused.exception))
        why = "enable_replacement_materialized_views is not available"
        self.assertEqual((set(), set(), {}), self.choose([A], {A: why}))

    def test_config_that_comes_out_otherwise_differs(self):
        now, then = (Some(nodes={A: node(A, indexes=[{"columns": [c]}]), B: node(B)}) for c in "xy")
        task = Some(manifest=now, previous_state=Some(manifest=then))
        differing, patches.differing = (
            patches.differing,
            lambda task, kinds: {kind: {A, B} for kind in kinds[:1]} | {kind: set() for kind in kinds[1:]},
        )
        self.addCleanup(setattr, patches, "differing", differing)
        self.assertEqual({A}, replacement.Dbt(task, None).modified()["modified.configs"])

    def test_what_was_left_and_cannot_be_dropped_is_said_before_anything_changes(self):
        dbt = FakeDbt(self.graph, [A], {})
        site, query = FakeSite(dbt), FakeSite.query
        dbt.graph["model.shop.left"] = node("model.shop.a" + replacement.SUFFIX)
        site.query = lambda sql: 1 / 0 if sql.startswith("drop") else query(site, sql)
        with self.assertRaises(UserError) as refused:
            replacement.Replacing(FakeRun()).choose(site, set(dbt.graph), dbt)
        self.assertIn("marts.a_dbt_slim_replacement was left by a run that was ended", str(refused.exception))
        self.assertFalse([sql for sql in site.sent if sql.startswith("create")])

    def test_a_server_that_does_not_tell_of_hydration_gets_all_the_usual_way(self):
        made, spared, _ = self.choose([A])
        self.assertEqual({A}, made)
        query = self.site.query
        self.site.query = lambda sql: query(sql) if "hydration" not in sql else 1 / 0
        self.work.prepare(self.site, set(self.dbt.graph), self.dbt)
        self.assertEqual((set(), {}, set()), (self.work.spared, self.work.made, set(self.work.refused)))
        self.assertIn(
            "this Materialize replaces nothing in place (division by zero): it is built", self.work.run.said[-1]
        )
        self.assertIn('drop materialized view if exists "mz"."marts"."a_dbt_slim_replacement"', self.site.sent)
        self.site.query = lambda sql: 1 / 0
        self.work.prepare(self.site, set(self.dbt.graph), self.dbt)
        self.assertIn("replaces nothing in place (division by zero)", self.work.run.said[-1])

    def test_tests_of_what_reads_another_replacement_wait_until_both_are_in_place(self):
        self.choose([A, C])
        asked = []
        self.dbt.plain_tests = lambda i, made, chosen: asked.append(i) or []
        self.work.check(self.site, set(self.dbt.graph), self.dbt)
        self.assertEqual([A], asked)

    def test_what_is_wrong_in_itself_changes_nothing(self):
        with self.assertRaises(UserError) as refused:
            self.choose([A, B], {B: 'column "x" does not exist'})
        self.assertIn('b cannot be created, so nothing was changed: column "x" does not exist', str(refused.exception))
        self.work.drop(self.site)
        self.assertIn('drop materialized view if exists "mz"."marts"."a_dbt_slim_replacement"', self.site.sent)

    def test_what_was_put_in_place_is_noted_as_soon_as_it_is(self):
        why = "replacement schema differs from target schema"
        self.choose([A, B, E], {E: why})
        self.assertEqual([], self.work.run.outcome["in_place"]["replaced"])
        self.work.apply(self.site, self.graph[0], lambda: None)
        spared = [{"id": C}, {"id": D}, {"id": TEST_C}]
        refused = [{"id": E, "why": why}]
        noted = {"replaced": [A], "dropped": [], "refused": refused, "spared": spared}
        self.assertEqual(noted, self.work.run.outcome["in_place"])
        self.work.drop(self.site)
        self.assertEqual({**noted, "dropped": [B]}, self.work.run.outcome["in_place"])

    def test_hydration_has_its_limit(self):
        now = iter(range(0, 1000, 25))
        self.choose([A])
        self.work.clock, self.work.until = lambda: next(now), 60
        with self.assertRaises(UserError) as refused:
            self.work.hydrate(self.site, lambda seconds: None)
        self.assertIn("model.shop.a were not hydrated, because the time limit is over", str(refused.exception))

    def test_an_abort_cancels_what_others_ask(self):
        cancelled = []

        def connection(name):
            return Some(_handle=Some(cancel=lambda: cancelled.append(name)))

        def adapter(**connections):
            threads = {(1, i): c for i, c in enumerate(map(connection, connections.values()))}
            return Some(connections=Some(thread_connections={**threads, (1, 9): Some(_handle=None)}))

        adapters = {"materialize": adapter(main="main", worker="worker"), "duckdb": adapter(main="not psycopg2's")}
        self.addCleanup(sys.modules.pop, "dbt.adapters.factory", None)
        sys.modules["dbt.adapters.factory"] = Some(FACTORY=Some(adapters=adapters))
        patches.cancel_statements()
        patches.cancel_statements(spared=0)
        self.assertEqual(["main", "worker", "worker"], cancelled)

    def test_indexes_that_dbt_makes_are_none_made_by_hand(self):
        def index(name):
            return recreation.Item("u1", "marts", name, "index", "u0")

        made = [index("a_id_idx"), index("mine"), index("named")]
        configured = [{"columns": ["id"]}, {"columns": ["x"], "name": "named"}]
        self.assertEqual(["mine"], [i.name for i in recreation.made_by_hand(made, "a", configured)])
        self.assertEqual([], recreation.made_by_hand(made[:2], "a", configured))


class Catalogue:
    """Objects by id as (schema, name, kind), and what reads from what."""

    def __init__(self, objects, reads):
        self.objects, self.reads, self.sent, self.sources = objects, reads, [], {}

    def query(self, sql):
        self.sent.append(sql)
        wanted = set(re.findall(r"'([^']*)'", sql))
        if sql.startswith("select o.id"):
            return [(i, *o, "s-" + o[0]) for i, o in self.objects.items() if o[0] in wanted and o[2] != "index"]
        if sql.startswith("select distinct o.id"):
            return [
                (i, *self.objects[i], r, self.sources.get(i, ""))
                for i, r in self.reads
                if r in wanted and i in self.objects
            ]
        if sql.startswith("select s.name || '.' || o.name"):
            return [(f"{o[0]}.{o[1]}",) for o in self.objects.values() if f"{o[0]}.{o[1]}" in wanted]
        if sql.startswith("select id from mz_objects"):
            return [(i,) for i in self.objects if i in wanted]
        if "mz_aclexplode" in sql and "o.name =" not in sql:
            return [("s-marts", "a", "view", "reader", "SELECT"), ("s-marts", "z", "view", "reader", "SELECT")]
        return []


class RecreationTest(unittest.TestCase):
    """The project's a is read by its b, by a view of somebody's and by one that reads that."""

    def setUp(self):
        self.site = Catalogue(
            {
                "u1": ("marts", "a", "materialized-view"),
                "u2": ("marts", "b", "view"),
                "u3": ("adhoc", "board", "view"),
                "u4": ("adhoc", "of_board", "view"),
                "u5": ("marts", "a_primary_idx", "index"),
            },
            [("u2", "u1"), ("u3", "u1"), ("u4", "u3"), ("u5", "u1")],
        )

    def look(self, chosen=(A, B), now=(A, B), state=(A, B), **plan):
        self.run_ = FakeRun(**plan)
        self.run_.outcome = {}
        manifests = [Some(nodes={i: node(i) for i in ids}) for ids in (now, state)]
        task = Some(manifest=manifests[0], previous_state=Some(manifest=manifests[1]))
        work = recreation.Recreation(self.run_, True)
        work.look(self.site, set(chosen), task)
        return work

    def test_readers_outside_of_the_project_are_named(self):
        with self.assertRaises(UserError) as refused:
            self.look()
        self.assertIn("would drop adhoc.board, adhoc.of_board without building them again", str(refused.exception))
        work = self.look(allow=["unselectedDownstream"])
        del self.site.objects["u2"], self.site.objects["u3"]
        work.ended(self.site)
        self.assertEqual([B], self.run_.outcome["gone"])
        self.assertIn("Materialize dropped adhoc.board with what was built", self.run_.said[-1])

    def test_what_came_to_be_after_the_look_is_told_by_the_servers_own_word(self):
        work = self.look(allow=["unselectedDownstream"])
        notices = [
            'NOTICE:  drop cascades to 3 other objects\nDETAIL:  drop cascades to VIEW "mz.marts.b"\n'
            'drop cascades to MATERIALIZED VIEW "mz.adhoc.late one"\ndrop cascades to INDEX "mz.marts.late_idx"\n',
            "NOTICE:  drop cascades to materialized view adhoc.of_another",
        ]
        work.ran(self.site, node(A), False, notices)
        work.ended(self.site)
        self.assertIn(
            "Materialize dropped adhoc.late one, adhoc.of_another, marts.late_idx (index) with what was built",
            self.run_.said[-1],
        )

    def test_an_index_that_the_project_gave_up_is_no_loss(self):
        before = node(A, indexes=[{"columns": ["id"]}])
        self.run_, now = FakeRun(allow=["unselectedDownstream"]), node(A, indexes=[{"columns": ["x"]}])
        task = Some(manifest=Some(nodes={A: now}), previous_state=Some(manifest=Some(nodes={A: before})))
        work = recreation.Recreation(self.run_, True)
        work.look(self.site, {A}, task)
        self.run_.said.clear()
        work.doomed = []
        work.ran(self.site, now, False, ['NOTICE:  drop cascades to INDEX "mz.marts.a_id_idx"'])
        work.ended(self.site)
        self.assertEqual([], self.run_.said)

    def test_what_an_abort_kept_from_being_put_back_is_put_back_afterwards(self):
        work = self.look(allow=["unselectedDownstream"])
        self.run_.aborted, query = True, self.site.query
        self.site.query = lambda sql: 1 / 0
        work.ran(self.site, node(A), True, [])
        self.site.query = query
        self.assertEqual([("marts", "a")], work.unfinished)
        work.finish(self.site)
        self.assertIn('GRANT SELECT ON "marts"."a" TO "reader"', self.site.sent)
        self.assertEqual(([], True), (self.run_.outcome["gone"], self.run_.aborted))

    def test_what_follows_an_abort_is_no_command_of_the_builds(self):
        process, invoked = one_process.OneProcess.__new__(one_process.OneProcess), []
        process.run, process.plan = Some(aborted=True), {"common": ["--target", "production"]}
        process.replacing = process.recreation = None
        process.invoke = lambda words, apart=False: invoked.append(apart) or Some(exception=None)
        work, patches.with_connection = patches.with_connection, lambda invoke, common, work: invoke(common)
        self.addCleanup(setattr, patches, "with_connection", work)
        process.after_abort()
        self.assertEqual([True], invoked)

    def test_open_change_requests_keep_nothing_from_being_built(self):
        self.site.objects.update({"u3": ("gh_ci_7_x", "board", "view"), "u4": ("gh_ci_7", "of_board", "view")})
        self.look(environments=["gh_ci_7"])
        self.assertIn("gh_ci_7_x.board (which the next build of the change request in gh_ci_7", self.run_.said[-1])

    def test_what_was_granted_on_a_part_of_a_source_is_granted_again_with_it(self):
        self.site.objects.update({"u3": ("raw", "z", "source"), "u4": ("raw", "y", "source")})
        self.site.sources, query = {"u3": "subsource", "u4": "subsource"}, self.site.query
        acl = [("s-raw", "z", "source", "reader", "SELECT")]
        self.site.query = lambda sql: acl if "mz_aclexplode" in sql and "o.name =" not in sql else query(sql)
        work = self.look()
        self.site.query = query
        work.ran(self.site, node(A), True, [])
        self.assertEqual('GRANT SELECT ON "raw"."z" TO "reader"', self.site.sent[-1])

    def test_readers_of_how_far_a_source_is_are_named(self):
        del self.site.objects["u4"]
        self.site.objects["u1"] = ("marts", "a", "source")
        self.site.reads, query = [("u3", "u9")], self.site.query
        row = ("u9", "marts", "a_progress", "source", "u1", "progress")
        self.site.query = lambda sql: [row] if "'progress'" in sql else query(sql)
        with self.assertRaises(UserError) as refused:
            self.look()
        self.assertIn("would drop adhoc.board without building", str(refused.exception))

    def test_comments_are_put_on_what_is_replaced_whatever_is_copied_else(self):
        del self.site.objects["u3"]
        work = recreation.Recreation(FakeRun(), False)
        work.remember_replaced(self.site, [A], Some(manifest=Some(nodes={A: node(A)})))
        work.made(self.site, ("marts", "a"))
        self.assertEqual('GRANT SELECT ON "marts"."a" TO "reader"', self.site.sent[-1])

    def test_what_the_project_gave_up_may_go(self):
        del self.site.objects["u3"]
        self.look(chosen=[A], now=[A])
        self.assertEqual([], self.run_.said)

    def test_leftovers_in_its_own_environment_may_go(self):
        self.site.objects.update({"u3": ("marts", "left", "view"), "u4": ("marts", "of_left", "view")})
        self.look(own_environment=True)

    def test_what_was_granted_is_granted_again(self):
        del self.site.objects["u3"]
        work = self.look()
        work.made(self.site, ("marts", "a"))
        self.assertEqual('GRANT SELECT ON "marts"."a" TO "reader"', self.site.sent[-1])
        before = len(self.site.sent)
        work.made(self.site, ("marts", "b"))
        self.assertEqual(before, len(self.site.sent))


if __name__ == "__main__":
    unittest.main()
