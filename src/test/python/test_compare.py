"""Tests of comparing data: what is counted, against a database in memory, and what is a key."""

import contextlib
import sqlite3
import time
import unittest
from types import SimpleNamespace as Some

import agent_file  # noqa: F401
from dbt_slim import compare, data
from dbt_slim.compare import Column, Comparison, Impossible, Limits, Side
from dbt_slim.data import Data, DataSite

HERE, THERE = '"pr"', '"prod"'


class Database:
    def __init__(self):
        self.connection = sqlite3.connect(":memory:", check_same_thread=False)
        self.statements, self.cancelled, self.slow = [], False, 0.0

    def table(self, name, columns, *rows):
        self.connection.execute(f"create table {name} ({', '.join(columns)})")
        marks = ", ".join("?" * len(columns))
        self.connection.executemany(f"insert into {name} values ({marks})", rows)
        types = {"id": "INTEGER", "amount": "DOUBLE", "note": "VARCHAR", "doc": "JSON"}
        return Side(name, [Column(c.strip('"'), types.get(c.strip('"'), "VARCHAR")) for c in columns])

    def query(self, sql):
        self.statements.append(sql)
        end = time.monotonic() + self.slow
        while time.monotonic() < end and not self.cancelled:
            time.sleep(0.01)
        if self.cancelled:
            raise RuntimeError("interrupted")
        return self.connection.execute(sql).fetchall()

    def quote(self, name):
        return '"' + name.replace('"', '""') + '"'

    def cancel(self):
        self.cancelled = True

    def again(self):
        self.connection.rollback()

    @contextlib.contextmanager
    def at_one_time(self):
        self.statements.append("begin")
        yield
        self.statements.append("commit")


def limits(**changes) -> Limits:
    return {"models": 5, "seconds": 60, "rows": 1000, "samples": False, **changes}


@unittest.skipIf(sqlite3.sqlite_version_info < (3, 39), "SQLite without full outer join")
class ByKeyTest(unittest.TestCase):
    def setUp(self):
        self.database = Database()
        names = ["id", "amount", "note"]
        there = [(1, 1.5, "a"), (2, 2.5, "b"), (3, 3.5, None), (4, 0.1 + 0.2, "d")]
        here = [(2, 2.5, "b"), (3, 9.0, "c"), (4, 0.3, "d"), (5, 5.0, "e"), (6, 6.0, "f")]
        self.here = self.database.table(HERE, names, *here)
        self.there = self.database.table(THERE, names, *there)

    def result(self, key=("id",), **changes):
        return Comparison(self.database, self.here, self.there, key, limits(**changes)).result()

    def test_rows_and_columns_are_counted(self):
        found = self.result()
        self.assertEqual((found["added"], found["removed"], found["changed"]), (2, 1, 1))
        self.assertEqual(found["columns"], {"amount": 1, "note": 1})
        self.assertEqual((found["rows"], found["rows_before"], found["key"]), (5, 4, ["id"]))
        self.assertNotIn("samples", found)

    def test_samples_tell_what_differs_only_where_they_are_wanted(self):
        changes = [
            {"column": "amount", "before": "3.5", "after": "9.0"},
            {"column": "note", "before": None, "after": "c"},
        ]
        self.assertEqual(self.result(samples=True)["samples"], [{"key": ["3"], "changes": changes}])

    def test_without_a_key_rows_are_counted_both_ways(self):
        found = self.result(key=())
        self.assertEqual((found["added"], found["removed"]), (4, 3))  # a float is what it is there
        self.assertNotIn("changed", found)

    def test_a_key_that_is_none_is_told(self):
        self.database.connection.execute(f"insert into {HERE} values (2, 2.5, 'b')")
        found = self.result()
        self.assertNotIn("key", found)
        self.assertIn("id is no primary key", found["not_compared"][0])
        self.assertEqual((found["added"], found["removed"]), (5, 3))

    def test_a_key_of_which_one_column_is_null_is_none(self):
        for side in (HERE, THERE):
            self.database.connection.execute(f"delete from {side}")
            self.database.connection.execute(f"insert into {side} values (1, 1.5, null), (1, 2.5, 'x')")
        found = self.result(key=("id", "note"))
        self.assertEqual((found["added"], found["removed"]), (0, 0))
        self.assertIn("id, note is no primary key", found["not_compared"][0])

    def test_columns_of_one_side_and_what_does_not_compare_are_told(self):
        here = Side(HERE, [Column("id", "INTEGER"), Column("amount", "DOUBLE"), Column("note", "VARCHAR")])
        there = Side(THERE, [Column("ID", "INTEGER"), Column("amount", "JSON"), Column("gone", "VARCHAR")])
        found = Comparison(self.database, here, there, ["id"], limits()).result()
        self.assertEqual((found["columns_added"], found["columns_removed"]), (["note"], ["gone"]))
        self.assertEqual(found["not_compared"], ["amount: JSON in production, DOUBLE here"])
        self.assertEqual((found["added"], found["removed"], found["changed"]), (2, 1, 0))

    def test_a_big_one_is_compared_up_to_a_key_and_says_so(self):
        found = self.result(rows=2)
        self.assertEqual((found["added"], found["removed"], found["changed"]), (0, 1, 0))
        self.assertEqual(found["sampled"], 2)
        self.assertIn("more than 2 rows", self.result(key=(), rows=2)["problem"])

    def test_the_rows_that_a_big_one_is_compared_by_are_production_s(self):
        """The first by the whole key, though its first column is the same in many; all where one side is empty."""
        self.database.connection.execute(f"update {HERE} set id = id + 10")
        self.database.connection.execute(f"insert into {THERE} values (3, 3.6, 'x'), (3, 3.7, 'y')")
        self.database.connection.execute(f"update {THERE} set note = 'n' where note is null")
        found = self.result(key=("id", "note"), rows=3)
        self.assertEqual((found["added"], found["removed"], found["sampled"]), (0, 3, 3))
        self.database.connection.execute(f"insert into {HERE} values (1, 1.6, 'b'), (3, 3.6, 'n'), (3, 3.6, 'o')")
        found = self.result(key=("id", "note"), rows=3)
        self.assertEqual((found["added"], found["removed"], found["changed"]), (1, 2, 1))
        self.database.connection.execute(f"insert into {HERE} values (2, 1, null)")
        found = self.result(key=("id", "note"), rows=3)
        self.assertNotIn("key", found, "a note is null")
        self.assertNotIn("key", self.result(key=("id",), rows=3), "doubles")
        self.assertIn("no primary key", self.result(key=("id",), rows=3)["problem"])
        self.database.connection.execute(f"delete from {THERE}")
        found = self.result(rows=3)
        self.assertEqual((found["added"], found["removed"], found["changed"]), (9, 0, 0))
        self.assertNotIn("sampled", found)

    def test_floats_that_differ_by_noise_only_are_the_same_however_big_they_are(self):
        pairs = {
            (1e300, 1e300): 0,
            (1.7e308, -1.7e308): 1,  # their sum is too big for some databases
            (1e38, 1.0000001e38): 1,
            (1e-300, 2e-300): 1,
            (0.0, -0.0): 0,
            (0.0, 1e-300): 1,
            (1e20, 1.00000000001e20): 0,
            (float("inf"), float("inf")): 0,
            (float("inf"), 1.0): 1,
            (1e36, -1e36): 1,
        }
        for (before, after), changed in pairs.items():
            for side, value in ((THERE, before), (HERE, after)):
                self.database.connection.execute(f"delete from {side}")
                self.database.connection.execute(f"insert into {side} values (1, ?, 'x')", (value,))
            self.assertEqual(self.result()["changed"], changed, (before, after))

    def test_a_key_that_not_both_sides_have_is_told(self):
        for key in (("id", "none"), ("none",)):
            found = self.result(key=key)
            self.assertNotIn("key", found)
            self.assertIn("is no key of both", found["not_compared"][0])
        self.assertEqual(
            self.result(key=("ID", "id"))["not_compared"],
            ["ID, id is no key of both: not each is a column that compares"],
        )

    def test_nothing_is_written(self):
        self.result(samples=True)
        self.result(key=())
        for statement in self.database.statements:
            self.assertRegex(statement, r"^select ")


class NamesTest(unittest.TestCase):
    @unittest.skipIf(sqlite3.sqlite_version_info < (3, 39), "SQLite without full outer join")
    def test_hostile_names_stay_names(self):
        database = Database()
        name = 'id"; drop table x; --'
        quoted = database.quote(name)
        here = database.table(HERE, [quoted, "note"], (1, "a"))
        there = database.table(THERE, [quoted, "note"], (1, "b"))
        sides = [Side(s.relation, [Column(name, "VARCHAR"), Column("note", "VARCHAR")]) for s in (here, there)]
        found = Comparison(database, sides[0], sides[1], [name], limits(samples=True)).result()
        self.assertEqual(found["columns"], {"note": 1})
        self.assertEqual(found["samples"][0]["key"], ["1"])

    @unittest.skipIf(sqlite3.sqlite_version_info < (3, 39), "SQLite without full outer join")
    def test_names_of_which_only_the_case_differs_are_two(self):
        sides = [Side(name, [Column("Id", "INTEGER"), Column("id", "INTEGER")]) for name in ("pr", "prod")]
        found = Comparison(CaseSensitive(), sides[0], sides[1], ["Id"], limits())
        self.assertEqual([p.there for p in found.parts], ["<Id>", "<id>"])
        self.assertEqual([p.name for p in found.key], ["Id"])
        self.assertEqual(Comparison(CaseSensitive(), sides[0], sides[1], ["ID"], limits()).key, [])
        other = Side("prod", [Column("ID", "INTEGER")])
        found = Comparison(CaseSensitive(), sides[0], other, [], limits())
        self.assertEqual((found.added, found.removed, found.parts), (["Id", "id"], ["ID"], []))
        found = Comparison(CaseSensitive(), Side("pr", [Column("id", "INTEGER")]), other, ["Id"], limits())
        self.assertEqual([(p.here, p.there) for p in found.key], [("<id>", "<ID>")])

    def test_columns_beyond_the_most_are_told_and_the_key_is_none_of_them(self):
        columns = [Column(f"c{i}", "INTEGER") for i in range(compare.MOST_COLUMNS + 5)]
        found = Comparison(CaseSensitive(), Side("pr", columns), Side("prod", columns), [columns[-1].name], limits())
        self.assertEqual(found.key[0].name, columns[-1].name)
        self.assertEqual((len(found.parts), found.added, found.removed), (compare.MOST_COLUMNS, [], []))
        self.assertEqual(found.apart, [f"5 more columns: only {compare.MOST_COLUMNS} of a model are compared"])

    def test_a_quote_within_a_name_is_doubled_because_no_adapter_does_it(self):
        for quote, name, quoted in (('"{}"', 'a"b', '"a""b"'), ("`{}`", "a`b", "`a``b`"), ("[{}]", "a]b", "[a]]b]")):
            self.assertEqual(DataSite(None, Some(quote=quote.format)).quote(name), quoted)


class CaseSensitive(Database):
    def quote(self, name):
        return f"<{name}>"


class ManyTest(unittest.TestCase):
    def test_one_that_fails_is_told_and_the_next_goes_on(self):
        database = Database()
        side = database.table(HERE, ["id"], (1,))

        def impossible():
            raise Impossible("production has no such relation")

        def broken():
            return Comparison(database, Side('"none"', side.columns), side, [], limits())

        good = Comparison(database, side, side, [], limits())
        todo = [("a", impossible), ("b", broken), ("c", lambda: good)]
        results = compare.compared(todo, database, limits(models=3))
        self.assertEqual(results[0], {"id": "a", "problem": "production has no such relation"})
        self.assertIn("no such table", results[1]["problem"])
        self.assertEqual(results[2]["added"], 0)
        last = len(database.statements) - database.statements[::-1].index("begin")
        self.assertEqual(database.statements[-1], "commit", "all of one model is read at one time")
        self.assertGreater(len(database.statements[last:-1]), 1)
        self.assertIn("more than 1 models", compare.compared(todo[1:], database, limits(models=1))[1]["problem"])

    def test_what_is_as_it_was_is_none_of_too_many(self):
        database = Database()
        side = database.table(HERE, ["id"], (1,))
        good = Comparison(database, side, side, [], limits())

        def same():
            raise compare.Unchanged()

        todo = [("a", lambda: good), *((name, same) for name in "bcd")]
        self.assertEqual(len(compare.compared(todo, database, limits(models=1), "bcd")), 1)
        database.slow = 600
        results = compare.compared(todo, database, limits(seconds=0.2), "bcd")
        self.assertEqual([found["id"] for found in results], ["a"])

    def test_a_server_that_is_gone_is_told_of_each_that_follows(self):
        def gone():
            raise RuntimeError("the server is gone")

        database = Database()
        database.again = gone
        results = compare.compared([("a", gone), ("b", gone)], database, limits())
        self.assertEqual([found["problem"] for found in results], ["Not compared: the server is gone"] * 2)

    def test_an_abort_ends_a_statement_though_the_driver_swallows_the_interrupt(self):
        database = Database()
        side = database.table(HERE, ["id"], (1,))
        database.slow = 600
        one = Comparison(database, side, side, [], limits())
        with self.assertRaises(KeyboardInterrupt):
            compare.compared([("a", lambda: one)], database, limits(), is_aborted=lambda: bool(database.statements[1:]))

    def test_a_time_that_ends_between_two_statements_ends_the_next(self):
        database = Database()
        side = database.table(HERE, ["id"], (1,))
        heard, cancel = [], database.cancel

        def deaf_at_first():
            heard.append(1)
            if len(heard) > 1:
                cancel()

        database.cancel, database.slow = deaf_at_first, 600
        one = Comparison(database, side, side, [], limits())
        self.assertIn("seconds", compare.compared([("a", lambda: one)], database, limits(seconds=0.1))[0]["problem"])

    def test_the_time_ends_a_statement_and_what_follows(self):
        database = Database()
        side = database.table(HERE, ["id"], (1,))
        database.slow = 600
        one = Comparison(database, side, side, [], limits())
        results = compare.compared([("a", lambda: one), ("b", lambda: one)], database, limits(seconds=0.2))
        for found in results:
            self.assertIn("the 0.2 seconds for comparing data were over", found["problem"])


class OneTimeTest(unittest.TestCase):
    """What a site says to a database, so that data that comes meanwhile is no difference."""

    def statements(self, adapter, rows=(), cluster=None, config=None, named=True):
        said = []

        def add_query(sql, auto_begin):
            said.append(" ".join(sql.split()))
            return None, Some(description=True, fetchall=lambda: list(rows))

        profile = Some(credentials=Some(cluster=cluster))

        def macro(name):
            return f" {name}_pr\n" if name else None

        connections = Some(add_query=add_query, profile=profile)
        more = {"generate_final_cluster_name": macro} if named else {}
        site = DataSite(None, Some(type=lambda: adapter, connections=connections, **more))
        site.use_cluster_of(Some(config=config or {}))
        with site.at_one_time():
            site.query("select 1")
        return said

    def test_materialize_reads_in_one_transaction_in_the_cluster_that_the_project_builds_in(self):
        read = ["begin", "select 1", "commit"]
        self.assertEqual(self.statements("materialize", cluster="c"), ['set cluster = "c_pr"', *read])
        own = self.statements("materialize", cluster="c", config={"cluster": 'q"'})
        self.assertEqual(own, ['set cluster = "q""_pr"', *read])
        self.assertEqual(self.statements("materialize"), read)
        older = self.statements("materialize", cluster="c", named=False)
        self.assertEqual(older, ['set cluster = "c"', *read])

    def test_postgresql_reads_what_was_there_at_the_first_statement(self):
        repeatable = "set transaction isolation level repeatable read, read only"
        self.assertEqual(self.statements("postgres"), ["commit", repeatable, "select 1", "commit"])

    def test_postgresql_tells_the_columns_of_materialized_views_too(self):
        said = []

        def add_query(sql, auto_begin):
            said.append(sql)
            return None, Some(description=True, fetchall=lambda: [("id", "integer"), ("tags", "text[]")])

        there = Some(schema="it's", identifier="view", database="d")
        adapter = Some(type=lambda: "postgres", connections=Some(add_query=add_query), get_relation=lambda *_: there)
        site = DataSite(None, adapter)
        self.assertEqual(site.side(there).columns, [Column("id", "integer"), Column("tags", "text[]")])
        self.assertIn("n.nspname = 'it''s' and c.relname = 'view'", said[0])

    def test_a_relation_without_columns_is_told(self):
        there = Some(schema="s", identifier="view", database="d")
        adapter = Some(type=lambda: "x", get_relation=lambda *_: there, get_columns_in_relation=lambda _: [])
        with self.assertRaisesRegex(Impossible, "names no columns of"):
            DataSite(None, adapter).side(there)

    def test_others_are_read_as_they_are(self):
        self.assertEqual(self.statements("duckdb"), ["select 1"])


class KeyTest(unittest.TestCase):
    def node(self, **fields):
        return Some(
            **{"meta": {}, "config": Some(meta={}, unique_key=None), "constraints": [], "columns": {}, **fields}
        )

    def a_test(self, name, column=None, where=None, **kwargs):
        return Some(test_metadata=Some(name=name, kwargs=kwargs), column_name=column, config=Some(where=where))

    def test_what_says_it_first(self):
        both = [self.a_test("unique", "id"), self.a_test("not_null", "id")]
        self.assertEqual(compare.key_of(self.node(meta={"primary_key": ["a", "b"]}), both), ["a", "b"])
        key = Some(type=Some(value="primary_key"), columns=["c", "d"])
        self.assertEqual(compare.key_of(self.node(constraints=[key]), both), ["c", "d"])
        column = Some(name="e", constraints=[Some(type="primary_key")])
        self.assertEqual(compare.key_of(self.node(columns={"e": column}), both), ["e"])
        self.assertEqual(compare.key_of(self.node(), both), ["id"])

    def test_tests_that_make_no_key(self):
        self.assertEqual(compare.key_of(self.node(), [self.a_test("unique", "id")]), [])
        partial = [self.a_test("unique", "id", where="x > 1"), self.a_test("not_null", "id")]
        self.assertEqual(compare.key_of(self.node(), partial), [])
        quoted = [self.a_test("unique", '"Order Id"'), self.a_test("not_null", '"Order Id"')]
        self.assertEqual(compare.key_of(self.node(), quoted), ["Order Id"], "as dbt hands over a column to be quoted")
        combination = self.a_test("unique_combination_of_columns", combination_of_columns=["a", "b"])
        self.assertEqual(compare.key_of(self.node(), [combination]), ["a", "b"])

    def test_a_name_is_what_it_is(self):
        self.assertEqual(compare.key_of(self.node(meta={"primary_key": "Order Id"}), []), ["Order Id"])

    def test_how_a_model_finds_its_rows(self):
        incremental = self.node(config=Some(meta={}, unique_key="id"))
        self.assertEqual(compare.key_of(incremental, []), ["id"])
        self.assertEqual(compare.key_of(self.node(config=Some(meta={}, unique_key="a || b")), []), [])


class AdapterTest(unittest.TestCase):
    """What adapters have of their own."""

    def test_one_that_runs_a_statement_only_as_dbt_does(self):
        table = Some(rows=[(1, "a")])
        adapter = Some(connections=Some(), execute=lambda sql, fetch: ("ok", table) if fetch else None)
        self.assertEqual(DataSite(None, adapter).query("select"), [(1, "a")])

    def test_a_statement_is_cancelled_by_the_driver_or_by_dbt(self):
        said = []
        lazy = Some(state="init")  # its handle would open it
        gone = Some(state="open", handle=Some(cancel=lambda: 1 / 0))
        for handle, word in ((Some(cancel=lambda: said.append("driver")), "driver"), (Some(), "dbt")):
            others = {3: gone} if word == "driver" else {}
            connections = Some(
                thread_connections={**others, 1: Some(state="open", handle=handle), 2: lazy},
                cancel_open=lambda: said.append("dbt"),
            )
            DataSite(None, Some(connections=connections)).cancel()
            self.assertEqual(said.pop(), word)


class ChoiceTest(unittest.TestCase):
    """Which of what was built counts as changed."""

    def test_what_reads_an_ephemeral_model_that_changed(self):
        def node(*parents, ephemeral=False):
            return Some(depends_on=Some(nodes=list(parents)), is_ephemeral_model=ephemeral)

        nodes = {
            "model.x.e": node(ephemeral=True),
            "model.x.f": node("model.x.e", ephemeral=True),
            "model.x.a": node("model.x.f"),
            "model.x.b": node("model.x.a"),
        }
        chooser = Data(Some(run=None), limits())
        task = Some(manifest=Some(nodes=nodes), previous_state=Some(manifest=Some(nodes=nodes)))
        chooser.choose(set(nodes), task, {"model.x.e"})
        self.assertEqual(chooser.modified, {"model.x.e", "model.x.f", "model.x.a"})


class MakerTest(unittest.TestCase):
    """What of two relations is compared at all; production's is by production's manifest."""

    def maker(self, now, old, modified=True, there=("id",)):
        columns = {"pr.x": ["id"], "prod.x": there}
        relation = Some(create_from=lambda config, node: f"{node.schema}.x" if node.schema else "none.x")
        adapter = Some(
            type=lambda: "x",
            Relation=relation,
            quote=lambda name: f'"{name}"',
        )
        site = DataSite(Some(config=None, manifest=Some(nodes={"model.p.x": now})), adapter)

        def side(relation):
            relation = relation.lower()
            there = columns.get(relation)
            return there and Side(relation, [Column(name, "INTEGER") for name in there])

        site.side = side
        maker = Data(Some(run=None), limits())
        maker.before, maker.modified = {"model.p.x": old}, {"model.p.x"} if modified else set()
        return maker.maker(site, "model.p.x", [])

    def node(self, schema, materialized="table"):
        return Some(schema=schema, config=Some(materialized=materialized, meta={}, unique_key=None), columns={})

    def test_which_relations(self):
        made = self.maker(self.node("pr"), self.node("prod"))()
        self.assertEqual((made.here.relation, made.there.relation), ("pr.x", "prod.x"))

    def test_in_productions_own_place(self):
        """By whatever quotes, of which each manifest has its own."""
        for schema in ("prod", "PROD"):
            with self.assertRaisesRegex(Impossible, "in production's own place"):
                self.maker(self.node(schema), self.node("prod"))()

    def test_what_one_side_lacks(self):
        with self.assertRaisesRegex(Impossible, "there is no none.x"):
            self.maker(self.node("pr"), self.node(None))()
        with self.assertRaisesRegex(Impossible, "there is no none.x"):
            self.maker(self.node(None), self.node("prod"))()

    def test_what_has_no_rows_or_is_as_it_was(self):
        for now, modified in ((self.node("pr", "ephemeral"), True), (self.node("pr"), False)):
            with self.assertRaises(compare.Unchanged):
                self.maker(now, self.node("prod"), modified)()
        made = self.maker(self.node("pr"), self.node("prod"), False, there=("id", "gone"))()
        self.assertEqual(made.removed, ["gone"])


class LineTest(unittest.TestCase):
    """What a log says."""

    def test_what_was_counted_and_of_what(self):
        found = {"id": "model.p.x", "added": 1, "removed": 0, "rows_before": 1234, "not_compared": []}
        self.assertEqual(data.line(found), "x: +1 −0 of 1,234 rows")
        part = {**found, "changed": 2, "sampled": 1000, "not_compared": ["doc: json has no values that compare"]}
        told = "x: +1 −0 ~2 of the first 1,000 rows; not compared: doc: json has no values that compare"
        self.assertEqual(data.line(part), told)
        self.assertEqual(data.line({"id": "model.p.x", "problem": "Not compared."}), "x: Not compared.")


class ShownTest(unittest.TestCase):
    def test_values(self):
        for value, text in ((None, None), (1.5, "1.5"), (memoryview(b"\x01\xff"), "0x01ff"), (b"a", "0x61")):
            self.assertEqual(compare.shown(value), text)
        self.assertEqual(compare.shown("x" * 300), "x" * 200 + "…")


class TypesTest(unittest.TestCase):
    def test_kinds(self):
        kinds = {
            "DOUBLE PRECISION": "float",
            "float8": "float",
            "REAL": "float",
            "BIGINT": "number",
            "int4": "number",
            "DECIMAL(18,3)": "number",
            "NUMBER(38,0)": "number",
            "character varying(20)": "text",
            "STRING": "text",
            "jsonb": "opaque",
            "JSON": "opaque",
            "VARIANT": "opaque",
            "timestamp(6)": "timestamp",
            "DATE": "date",
            "INTEGER[]": "integer[]",
            "interval": "interval",
            "geography": "opaque",
            "UHUGEINT": "number",
            "json[]": "opaque",
            "STRUCT(a INTEGER)[3]": "opaque",
            "double precision list": "opaque",  # Materialize's, which has no equality
            "map[text=>text] list": "opaque",
            "jsonb list": "opaque",
            "jsonpath": "opaque",
            "UNION(num INTEGER)": "opaque",
        }
        for text, kind in kinds.items():
            self.assertEqual(compare.kind_of(text), kind, text)


if __name__ == "__main__":
    unittest.main()
