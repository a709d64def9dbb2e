"""Tests of blue/green deployments: where a step begins, what it does and says, against a catalogue in memory."""

import itertools
import json
import re
import unittest
from types import SimpleNamespace as Some

import agent_file  # noqa: F401
from dbt_slim import catalogue, deployment, plan
from dbt_slim.deployment import Stopped
from dbt_slim.errors import UserError

PROJECT = "aaaaaaaaaaaa"
OTHER_PROJECT = "bbbbbbbbbbbb"


class Database:
    """A catalogue with production's marts on the cluster serving, and the macros of dbt-materialize that change it."""

    def __init__(self):
        self.numbers = itertools.count(1)
        self.schemas, self.clusters, self.macros, self.logged = {}, {}, [], []
        self.readers, self.fails, self.now, self.swaps, self.comments = [], {}, 0, 0, []
        self.hydration = lambda name: (1 if self.status == "hydrating" else 3, 3)
        self.statuses = lambda name: "ready"
        self.config = {"production": {"schemas": ["marts"], "clusters": ["serving"]}}
        self.is_down, self.owners = False, []
        self.schema("marts", "orders")
        self.clusters["serving"] = Some(id=f"u{next(self.numbers)}", objects=1)

    def schema(self, name, *objects, comment=None):
        ident = f"u{next(self.numbers)}"
        self.schemas[name] = Some(id=ident, objects=list(objects), comment=comment, grants=[], texts=[])

    # as dbt's site

    def target(self):
        return "production"

    def deployment(self):
        return self.config

    def database(self):
        return "mz"

    def cluster_names(self, name):
        return name, name + "_dbt_deploy"

    def log(self, text):
        self.logged.append(text)

    def tell(self, stage):
        pass

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds

    def reconnect(self):
        pass

    def commit(self):
        return "c0ffee"

    def query(self, sql):
        if self.is_down:
            raise RuntimeError("no route to host")
        wanted = set(re.findall(r"'((?:[^']|'')*)'", sql))
        if sql.startswith("comment on schema"):
            name, comment = re.match(r"comment on schema \"(.*)\" is '(.*)'$", sql).groups()
            self.schemas[name].comment = comment
            return []
        if "mz_object_dependencies" in sql:
            return self.readers
        if "mz_aclexplode" in sql:
            return [(s.id, *grant) for s in self.schemas.values() if s.id in wanted for grant in s.grants]
        if "mz_comments m" in sql:
            return [(s.id, *text) for s in self.schemas.values() if s.id in wanted for text in s.texts]
        if "mz_audit_events" in sql:
            return [("create", "schema", "ann")]
        if sql.startswith("GRANT "):
            privilege, name, relation, grantee = re.match(r'GRANT (\w+) ON "(\w+)"."(\w+)" TO "?(\w+)"?', sql).groups()
            if grantee == "forbidden":
                raise RuntimeError("must be owner of it")
            self.schemas[name].grants.append((relation, "view", grantee, privilege))
            return []
        if sql.startswith("COMMENT ON"):
            self.comments.append(sql)
            return []
        if sql.startswith("select current_user"):
            return [("dbt", "2026-11-30 10:00:00+00")]
        if "mz_roles r on" in sql:
            return [(owned,) for owned in self.owners]
        if "mz_hydration_statuses" in sql:
            return [(n, *self.hydration(n)) for n in self.clusters if n in wanted]
        if sql.startswith("select schema_id"):
            return [(s.id, o, "view") for s in self.schemas.values() if s.id in wanted for o in s.objects]
        if "from mz_schemas" in sql:
            return [(n, s.id, len(s.objects), s.comment) for n, s in self.schemas.items() if n in wanted]
        if "from mz_clusters" in sql:
            return [(n, c.id, c.objects) for n, c in self.clusters.items() if n in wanted]
        raise AssertionError(sql)

    def macro(self, name, **arguments):
        self.macros.append(name)
        problem = self.fails.pop(name, None)
        if problem:
            raise problem
        return getattr(self, name)(**arguments)

    def macro_lines(self, name, dry_run):
        self.macros.append(name)
        return [
            "Starting dry run...",
            "DRY RUN: Swapping schemas",
            'DRY RUN: ALTER SCHEMA "marts" SWAP WITH "marts_dbt_deploy"',
        ]

    def deploy_init(self, ignore_existing_objects):
        deploy = self.schemas.get("marts_dbt_deploy")
        if deploy and deploy.objects and not ignore_existing_objects:
            raise RuntimeError("already exists and is not empty")
        if not deploy:
            self.schema("marts_dbt_deploy")
        self.clusters.setdefault("serving_dbt_deploy", Some(id=f"u{next(self.numbers)}", objects=0))

    def deploy_cleanup(self):
        self.schemas.pop("marts_dbt_deploy", None)
        self.clusters.pop("serving_dbt_deploy", None)

    def are_clusters_ready(self, clusters, lag_threshold):
        self.lag = lag_threshold

        def of(status):
            self.status = status
            return {
                "status": status,
                "ready": status == "ready",
                "hydrated_count": 3 if status == "ready" else 1,
                "total_count": 3,
                "max_lag_secs": 9 if status == "lagging" else 0,
                "failure_reason": "no_replicas" if status == "failing" else None,
            }

        return {name: of(self.statuses(name)) for name in clusters}

    def swap(self, before, **arguments):
        self.macros.append("deploy_promote")
        before()
        problem = self.fails.pop("swap", None)
        if problem:
            raise problem
        self.exchange()
        self.tag_deployed_schemas(["marts"])
        problem = self.fails.pop("sinks", None)
        if problem:
            raise problem

    def exchange(self):
        self.swaps += 1
        for all_of_kind, name in ((self.schemas, "marts"), (self.clusters, "serving")):
            deploy = name + "_dbt_deploy"
            all_of_kind[name], all_of_kind[deploy] = all_of_kind[deploy], all_of_kind[name]

    def tag_deployed_schemas(self, schemas):
        self.schemas["marts"].comment = "Deployment by dbt"

    def discover_sinks(self, schemas):
        return ["sink"]

    def process_sinks(self, sinks, dry_run):
        pass


class DeploymentTest(unittest.TestCase):
    def setUp(self):
        self.db = Database()

    def step(self, action, **order):
        order = {**plan.UNSAID, "action": action, "token": None, "time_limit": 60, **order}
        self.work = deployment.Deployment(order, lambda record: None)
        return self.work

    def prepare(self, project=PROJECT, until=None, **order):
        """until: the stage at which it is cut off"""
        work = self.step("prepare", **order)
        builds = work.start(self.db, project)
        if until == "init":
            return None
        if builds:
            self.db.macros.append("build")
            self.db.schemas["marts_dbt_deploy"].objects = ["orders", "revenue"]
            self.db.clusters["serving_dbt_deploy"].objects = 2
        if until == "build":
            return None
        work.finish(self.db)
        return work.record["token"]

    def promote(self, token, project=PROJECT, **order):
        self.step("promote", token=token, **order).promote(self.db, project)
        return self.work.record["result"]

    def cleanup(self, **order):
        self.step("cleanup", **order).clean_up(self.db)
        return self.work.record["result"]

    def says(self, problem, *words, **_):
        for word in words:
            self.assertIn(word, str(problem.exception))

    # prepare

    def test_the_whole_way(self):
        blue = self.db.schemas["marts"].id
        token = self.prepare()
        self.assertEqual(["deploy_init", "build", "are_clusters_ready", "deploy_promote"], self.db.macros)
        record = self.work.record
        self.assertEqual("PREPARED", record["result"])
        self.assertEqual(['ALTER SCHEMA "marts" SWAP WITH "marts_dbt_deploy"'], record["statements"])
        self.assertEqual([], record["lost"])
        self.assertEqual(["marts_dbt_deploy", "serving_dbt_deploy"], record["left"])
        self.assertEqual("PROMOTED", self.promote(token))
        self.assertNotEqual(blue, self.db.schemas["marts"].id)
        self.assertEqual(1, self.work.record["attempts"])
        self.assertEqual("CLEANED", self.cleanup(token=token))
        self.assertNotIn("marts_dbt_deploy", self.db.schemas)
        self.assertEqual("CLEAN", self.cleanup())

    def test_what_is_in_production_is_what_lies_there(self):
        def node(name, materialized="view", parents=()):
            return Some(
                schema="marts",
                alias=name,
                config=Some(materialized=materialized),
                depends_on=Some(nodes=list(parents)),
            )

        token = self.prepare()
        self.promote(token)
        there = self.work.in_production(self.db)
        self.assertEqual({("marts", name) for name in self.db.schemas["marts"].objects}, there)
        name = sorted(there)[0][1]
        manifest = Some(
            nodes={
                "model.p.there": node(name),
                "model.p.sink": node("kafka_out", "sink"),
                "model.p.inlined": node(name, "ephemeral"),
                "analysis.p.x": node(name),
                "test.p.good": node("good", "test", ["model.p.there", "source.p.s.t"]),
                "test.p.of_the_sink": node("bad", "test", ["model.p.there", "model.p.sink"]),
            },
            unit_tests={"unit_test.p.u": Some(depends_on=Some(nodes=["model.p.there"]))},
        )
        manifest.nodes["model.p.inlined"].alias = "inlined"
        self.assertEqual(
            {"model.p.there": "success", "test.p.good": "pass", "unit_test.p.u": "pass"},
            catalogue.deployed(manifest, there),
        )

    def test_says_what_production_would_lose(self):
        self.db.schemas["marts"].objects.append("kafka_in")
        self.db.readers = [("adhoc", "board")]
        self.prepare()
        self.assertEqual(["marts.kafka_in (view)"], self.work.record["lost"])
        self.assertEqual(["adhoc.board"], self.work.record["dependents"])

    def test_needs_the_configuration_of_the_target(self):
        for config, words in (
            (None, "says nothing of the target production"),
            ({"default": {}}, "says nothing of the target production"),
            ({"production": {"clusters": ["serving"]}}, "has no schemas for the target production"),
        ):
            self.db.config = config
            with self.assertRaises(UserError) as refused:
                self.prepare()
            self.says(refused, words, "vars: deployment: production:")
        self.db.config = {"production": {"schemas": ["shop"], "clusters": []}}
        with self.assertRaises(UserError) as refused:
            self.prepare()
        self.says(refused, "There is no schema shop in production")

    def test_refuses_what_it_could_not_swap(self):
        self.db.owners = ["cluster serving (of ann)"]
        with self.assertRaises(UserError) as problem:
            self.prepare()
        self.says(problem, "cannot swap cluster serving (of ann)", "Nothing was prepared")
        self.assertEqual([], self.db.macros)

    def test_refuses_what_it_did_not_make(self):
        self.db.schema("marts_dbt_deploy", "of_somebody")
        with self.assertRaises(UserError) as refused:
            self.prepare()
        self.says(refused, "marts_dbt_deploy hold objects that no dbtBlueGreenPrepare made", "dropExisting")
        self.prepare(drop_existing=True)
        self.assertEqual(["deploy_cleanup", "deploy_init"], self.db.macros[:2])

    def test_refuses_a_cluster_that_it_did_not_make(self):
        self.db.clusters["serving_dbt_deploy"] = Some(id="u99", objects=1)
        with self.assertRaises(UserError) as refused:
            self.prepare()
        self.says(refused, "serving_dbt_deploy hold objects")

    def test_drops_nothing_that_others_read(self):
        self.db.schema("marts_dbt_deploy", "of_somebody")
        self.db.readers = [("out", "sink")]
        with self.assertRaises(UserError) as refused:
            self.prepare(drop_existing=True)
        self.says(refused, "out.sink read from marts_dbt_deploy and would be dropped with them")

    def test_a_promotion_that_is_not_finished_comes_first(self):
        self.prepare()
        self.db.exchange()
        with self.assertRaises(UserError) as refused:
            self.prepare(drop_existing=True)
        self.says(refused, "was swapped into production, but what follows was not finished", "dbtBlueGreenPromote")

    def test_takes_an_empty_schema_as_it_is(self):
        self.db.schema("marts_dbt_deploy")
        self.prepare()
        self.assertNotIn("deploy_cleanup", self.db.macros)

    def test_does_not_drop_the_former_production_unasked(self):
        self.promote(self.prepare())
        with self.assertRaises(UserError) as refused:
            self.prepare(OTHER_PROJECT)
        self.says(refused, "marts_dbt_deploy hold the former production", "dbtBlueGreenCleanup")
        self.assertTrue(self.prepare(OTHER_PROJECT, drop_existing=True))

    def test_goes_on_where_it_was_cut_off(self):
        self.prepare(until="init")
        self.prepare(until="build")
        self.assertEqual(["deploy_init", "deploy_init", "build"], self.db.macros)
        first = self.work.record["deployment"]
        self.db.statuses = lambda name: "hydrating"
        with self.assertRaises(Stopped) as stopped:
            self.prepare()
        self.assertEqual("NOT_READY", stopped.exception.result)
        self.says(stopped, "serving_dbt_deploy hydrating (1 of 3 objects)", "timeLimit")
        self.db.statuses = lambda name: "ready"
        self.db.macros.clear()
        self.prepare()
        self.assertEqual(["are_clusters_ready", "deploy_promote"], self.db.macros)
        self.assertEqual(first, self.work.record["deployment"])
        self.assertIn("was built from this state of the project before: it goes on", " ".join(self.db.logged))

    def test_begins_anew_with_another_state_of_the_project(self):
        old = self.prepare()
        self.db.macros.clear()
        new = self.prepare(OTHER_PROJECT)
        self.assertEqual(["deploy_cleanup", "deploy_init", "build"], self.db.macros[:3])
        with self.assertRaises(Stopped) as stopped:
            self.promote(old)
        self.says(stopped, "is not there any more", "prepare it again")
        self.assertEqual(0, self.db.swaps)
        self.assertEqual("PROMOTED", self.promote(new, OTHER_PROJECT))

    def test_waits_with_patience(self):
        seen = iter(["failing", "failing", "hydrating", "failing", "lagging", "ready"])
        self.db.statuses = lambda name: next(seen)
        self.prepare(time_limit=600)
        self.assertEqual([75], [cluster["seconds"] for cluster in self.work.record["clusters"]])

    def test_stops_at_a_cluster_that_fails(self):
        self.db.statuses = lambda name: "failing"
        with self.assertRaises(Stopped) as stopped:
            self.prepare(time_limit=600)
        self.assertEqual("CLUSTER_FAILING", stopped.exception.result)
        self.says(stopped, "serving_dbt_deploy (no_replicas) is failing", "bigger size", "Production is untouched")
        self.assertEqual(30, self.db.now)

    def test_never_builds_into_production(self):
        setup = catalogue.Setup("production", {"marts": "marts_dbt_deploy"}, {})
        catalogue.check_places([("model.shop.a", "marts_dbt_deploy")], setup)
        with self.assertRaises(UserError) as refused:
            catalogue.check_places([("model.shop.a", "marts")], setup)
        self.says(refused, "model.shop.a would be built into a schema without _dbt_deploy")
        with self.assertRaises(UserError) as refused:
            catalogue.check_places([("model.shop.a", "core_dbt_deploy")], setup)
        self.says(refused, "model.shop.a (core_dbt_deploy)", "never get into production")

    def test_ready_is_what_every_object_is(self):
        """The macro leaves out what no replica has told of yet, and counts what is none of the deployment's."""
        counts = iter([(0, 2), (1, 2), (2, 2)])
        self.db.hydration = lambda name: next(counts)
        self.prepare()
        self.assertEqual(30, self.db.now)
        self.assertEqual([(2, 2)], [(c["hydrated"], c["total"]) for c in self.work.record["clusters"]])
        self.assertIn("serving_dbt_deploy hydrating (0 of 2 objects)", self.db.logged)

    def test_the_lag_that_was_approved_holds_for_the_swap(self):
        token = self.prepare()
        self.assertEqual("5 minutes", self.db.lag)
        self.promote(self.prepare(OTHER_PROJECT, lag_threshold="9s"), OTHER_PROJECT)
        self.assertEqual("9s", self.db.lag)
        del token

    def test_privileges_and_comments_go_to_the_successors(self):
        marts = self.db.schemas["marts"]
        marts.grants += [("orders", "view", "reader", "SELECT"), ("gone", "view", "reader", "SELECT")]
        marts.grants += [("orders", "view", "forbidden", "SELECT"), ("orders", "view", None, "SELECT")]
        marts.texts += [("orders", "view", None, "Ann's"), ("orders", "view", "id", "a key")]
        token = self.prepare()
        grants = [("orders", "view", "reader", "SELECT"), ("orders", "view", "PUBLIC", "SELECT")]
        self.assertEqual(grants, self.db.schemas["marts_dbt_deploy"].grants)
        self.assertEqual(
            [
                "COMMENT ON VIEW \"marts_dbt_deploy\".\"orders\" IS 'Ann''s'",
                'COMMENT ON COLUMN "marts_dbt_deploy"."orders"."id" IS \'a key\'',
            ],
            self.db.comments,
        )
        left = 'GRANT SELECT ON "marts_dbt_deploy"."orders" TO "forbidden"'
        self.assertEqual([f"SELECT of forbidden on orders ({left})"], self.work.record["lost"])
        self.assertIn(f"not done: {left} (must be owner of it)", self.db.logged)
        marts.grants.append(("orders", "view", "late", "SELECT"))
        self.promote(token)
        self.assertIn(("orders", "view", "late", "SELECT"), self.db.schemas["marts"].grants)

    def test_privileges_are_only_told_where_that_is_wanted(self):
        self.db.schemas["marts"].grants.append(("orders", "view", "reader", "SELECT"))
        token = self.prepare(copy_privileges=False)
        self.assertEqual(
            ['SELECT of reader on orders (GRANT SELECT ON "marts_dbt_deploy"."orders" TO "reader")'],
            self.work.record["lost"],
        )
        self.promote(token)
        self.assertEqual([], self.db.schemas["marts"].grants)

    # promote

    def test_the_swap_is_signed(self):
        token = self.prepare()
        self.promote(token)
        self.assertEqual(
            f"Deployment {self.work.record['deployment']} by dbt on 2026-11-30 10:00:00+00 | Commit SHA: c0ffee",
            self.db.schemas["marts"].comment,
        )

    def test_tries_again_for_as_long_as_it_may(self):
        token, swap, tries = self.prepare(), self.db.swap, []

        def conflicts(before, **arguments):
            for _ in range(8):
                before()
                tries.append(self.db.now)
            swap(before)

        self.db.swap, self.db.now = conflicts, 0
        with self.assertRaises(Stopped) as stopped:
            self.promote(token, time_limit=60)
        self.assertEqual("CONFLICT", stopped.exception.result)
        self.says(
            stopped, "all 7 attempts met other changes of the catalogue (create schema by ann)", "ask for a pause"
        )
        self.assertEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5], tries)
        self.assertEqual(0, self.db.swaps)
        self.assertEqual("PROMOTED", self.promote(token, time_limit=600))

    def test_never_swaps_twice(self):
        token = self.prepare()
        self.promote(token)
        self.assertEqual("ALREADY_PROMOTED", self.promote(token))
        self.assertEqual(1, self.db.swaps)
        self.cleanup(token=token)
        self.assertEqual("ALREADY_PROMOTED", self.promote(token))
        self.assertEqual(1, self.db.swaps)

    def test_an_objection_keeps_it_from_swapping_but_not_from_completing(self):
        token = self.prepare()
        with self.assertRaises(UserError) as refused:
            self.promote(token, objection="somebody published")
        self.says(refused, "somebody published")
        self.assertEqual(0, self.db.swaps)
        self.promote(token)
        self.assertEqual("ALREADY_PROMOTED", self.promote(token, objection="somebody published"))
        self.assertEqual(1, self.db.swaps)

    def test_the_token_remembers_what_lay_at_the_stores(self):
        token = self.prepare(seen={"s3://b/m.json": '"etag"', "file:/m.json": None})
        self.assertEqual({"s3://b/m.json": '"etag"', "file:/m.json": None}, json.loads(token)["seen"])
        self.assertEqual("PROMOTED", self.promote(token))
        old = json.loads(token)
        del old["seen"]
        self.assertEqual("ALREADY_PROMOTED", self.promote(json.dumps(old)))

    def test_what_to_run_again_is_the_step_that_waits(self):
        token = self.prepare()
        self.assertEqual(0, self.work.record["waited"])
        self.db.statuses = lambda name: "lagging"
        with self.assertRaises(Stopped) as stopped:
            self.promote(token)
        self.says(stopped, "run dbtBlueGreenPromote again with the same token to go on waiting")
        self.assertEqual((60, 60), (self.work.record["waited"], self.work.record["wait_limit"]))
        self.assertEqual(0, self.db.swaps)

    def test_somebody_else_may_come_first(self):
        token, swap = self.prepare(), self.db.swap

        def late(before, **arguments):
            self.db.exchange()
            swap(before, **arguments)

        self.db.swap = late
        with self.assertRaises(Stopped) as stopped:
            self.promote(token)
        self.assertEqual("SINKS_FAILED", stopped.exception.result)
        self.assertEqual(1, self.db.swaps)

    def test_sinks_that_fail_are_told_and_made_up_for(self):
        token = self.prepare()
        self.db.fails["sinks"] = RuntimeError("unknown catalog item 'out.orders'")
        with self.assertRaises(Stopped) as stopped:
            self.promote(token)
        self.assertEqual("SINKS_FAILED", stopped.exception.result)
        self.says(
            stopped, "Production was swapped, but", "unknown catalog item", "does not swap again", "do not clean up yet"
        )
        for order in ({}, {"token": token}):
            with self.assertRaises(UserError) as refused:
                self.cleanup(**order)
            self.says(refused, "Sinks may still read from marts_dbt_deploy")
        with self.assertRaises(UserError) as refused:
            self.prepare(OTHER_PROJECT, drop_existing=True)
        self.says(refused, "sinks may still read", "run dbtBlueGreenPromote again")
        self.db.macros.clear()
        self.assertEqual("ALREADY_PROMOTED", self.promote(token))
        self.assertEqual(["discover_sinks", "process_sinks"], self.db.macros)
        self.assertEqual(1, self.db.swaps)
        self.assertEqual("CLEANED", self.cleanup(token=token))

    def test_a_driver_that_was_killed_after_the_swap_is_made_up_for(self):
        token = self.prepare()
        self.db.exchange()
        with self.assertRaises(UserError):
            self.cleanup(token=token)
        self.assertEqual("ALREADY_PROMOTED", self.promote(token))
        self.assertEqual(1, self.db.swaps)
        self.assertEqual(["tag_deployed_schemas", "discover_sinks", "process_sinks"], self.db.macros[-3:])

    def test_conflicts_and_errors_leave_production_as_it_was(self):
        token = self.prepare()
        for problem, result, words in (
            (RuntimeError("failed after 4 attempts due to concurrent-DDL conflicts."), "CONFLICT", "maxRetries"),
            (
                RuntimeError("must be owner of schema marts"),
                "NOT_SWAPPED",
                "must be owner of schema marts. Nothing changed",
            ),
            (KeyboardInterrupt(), "NOT_SWAPPED", "it was aborted"),
        ):
            self.db.fails["swap"] = problem
            with self.assertRaises(Stopped) as stopped:
                self.promote(token)
            self.assertEqual(result, stopped.exception.result)
            self.says(stopped, "Production was not swapped", words, "the same token")
        self.assertEqual("PROMOTED", self.promote(token))

    def test_what_cannot_be_known_is_not_guessed(self):
        token = self.prepare()

        def gone(before, **arguments):
            self.db.is_down = True
            raise RuntimeError("server closed the connection")

        swap, self.db.swap = self.db.swap, gone
        with self.assertRaises(Stopped) as stopped:
            self.promote(token)
        self.assertEqual("UNKNOWN", stopped.exception.result)
        self.says(stopped, "is not known", "server closed the connection", "looks first")
        self.db.is_down, self.db.swap = False, swap
        self.assertEqual("PROMOTED", self.promote(token))

    def test_stops_when_production_is_neither_before_nor_after(self):
        token = self.prepare()
        self.db.schemas.pop("marts")
        self.db.schema("marts", "made by hand")
        with self.assertRaises(Stopped) as stopped:
            self.promote(token)
        self.says(stopped, "cannot be told", "somebody changed it since", "mz_schemas")
        self.assertEqual(0, self.db.swaps)
        self.db.config["production"]["schemas"].append("core")
        with self.assertRaises(Stopped) as stopped:
            self.promote(token)
        self.says(stopped, "names other schemas or clusters")

    def test_the_same_project_the_same_target(self):
        token = self.prepare()
        with self.assertRaises(UserError) as refused:
            self.promote(token, OTHER_PROJECT)
        self.says(refused, "check out the same commit")
        self.db.database = lambda: "other"
        with self.assertRaises(UserError) as refused:
            self.promote(token)
        self.says(refused, "the database mz", "on other")

    def test_a_token_is_read_with_care(self):
        token = self.prepare()
        for text in (
            "",
            "x",
            "[]",
            "{}",
            '{"dbt-slim":1}',
            token.replace('"schemas":{', '"schemas":{"a":1,'),
            "9" * 200_000,
        ):
            with self.assertRaises(UserError) as refused:
                self.promote(text)
            self.says(refused, "not one that dbtBlueGreenPrepare gave")
        with self.assertRaises(UserError) as refused:
            self.promote(token.replace('"dbt-slim":1', '"dbt-slim":2'))
        self.says(refused, "another version")

    def test_what_is_not_built_is_not_swapped(self):
        self.prepare(until="init")
        with self.assertRaises(Stopped) as stopped:
            self.promote(self.work.record["token"])
        self.assertEqual("NOT_PREPARED", stopped.exception.result)
        self.assertEqual(0, self.db.swaps)

    # clean-up

    def test_what_waits_for_its_promotion_is_not_dropped_unasked(self):
        token = self.prepare()
        with self.assertRaises(UserError) as refused:
            self.cleanup()
        self.says(refused, "are prepared and not promoted")
        self.assertEqual("WOULD_CLEAN", self.cleanup(token=token, dry_run=True))
        self.assertIn("marts_dbt_deploy", self.db.schemas)
        self.assertEqual("CLEANED", self.cleanup(token=token))

    def test_what_others_read_is_not_dropped_unasked(self):
        token = self.prepare()
        self.promote(token)
        self.db.readers = [("adhoc", "board")]
        with self.assertRaises(UserError) as refused:
            self.cleanup(token=token)
        self.says(refused, "adhoc.board read from marts_dbt_deploy and would be dropped with them")
        self.assertEqual("CLEANED", self.cleanup(token=token, force=True))

    def test_open_change_requests_hold_the_former_production_only(self):
        token = self.prepare()
        self.promote(token)
        self.db.readers = [("gh_ci_7_marts", "orders")]
        known = {"environments": ["gh_ci_7"]}
        self.assertEqual("WOULD_CLEAN", self.cleanup(token=token, dry_run=True, **known))
        self.assertEqual("HELD", self.cleanup(token=token, **known))
        held = "gh_ci_7_marts.orders (of the open change request's environment gh_ci_7)"
        self.assertEqual([held], self.work.record["dependents"])
        self.assertIn(f"marts_dbt_deploy stay, because {held} read from them", self.db.logged[-1])
        self.assertEqual("ALREADY_PROMOTED", self.promote(token))
        self.assertEqual("HELD", self.cleanup(**known))
        with self.assertRaises(UserError) as refused:
            self.prepare(OTHER_PROJECT, **known)
        self.says(refused, held, "close them", "dropExisting")
        with self.assertRaises(UserError):
            self.cleanup()
        self.db.readers = []
        self.assertTrue(self.prepare(OTHER_PROJECT, **known))
        self.assertIn("deploy_cleanup", self.db.macros)

    def test_what_is_unknown_is_not_dropped_unasked(self):
        self.db.schema("marts_dbt_deploy", "of_somebody")
        with self.assertRaises(UserError) as refused:
            self.cleanup()
        self.says(refused, "hold objects that no dbtBlueGreenPrepare made")
        self.assertEqual("CLEANED", self.cleanup(force=True))

    def test_a_token_of_another_deployment_drops_nothing(self):
        old = self.prepare()
        self.prepare(OTHER_PROJECT)
        with self.assertRaises(UserError) as refused:
            self.cleanup(token=old, force=True)
        self.says(refused, "nothing is dropped")

    # the fingerprint

    def test_the_fingerprint_tells_code_configuration_and_variables(self):
        def manifest(code="select 1", config=None, macro="x"):
            return Some(
                nodes={"model.shop.a": Some(raw_code=code, unrendered_config=config or {}, checksum=None)},
                macros={"macro.shop.m": Some(macro_sql=macro), "macro.dbt.of_its_own": Some(macro_sql=code)},
            )

        prints = [
            catalogue.fingerprint(manifest(), ("project", "{}")),
            catalogue.fingerprint(manifest("select 2"), ("project", "{}")),
            catalogue.fingerprint(manifest(config={"cluster": "a"}), ("project", "{}")),
            catalogue.fingerprint(manifest(macro="y"), ("project", "{}")),
            catalogue.fingerprint(manifest(), ("project", '{"deploy": 1}')),
        ]
        self.assertEqual(5, len(set(prints)))
        self.assertEqual(prints[0], catalogue.fingerprint(manifest(), ("project", "{}")))


if __name__ == "__main__":
    unittest.main()
