"""Tests of what a change reaches by column: golden statements by dialect, projects, and random ones on DuckDB."""

import os
import random
import sys
import time
import unittest
from types import SimpleNamespace as Some

import duckdb

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.normpath(os.path.join(HERE, "../../../main/python")))

from dbt_slim import reached  # noqa: E402
from dbt_slim.columns import Unprovable  # noqa: E402
from dbt_slim.lineage import ROWS, Reach, Tables, names_of, reach_of  # noqa: E402
from dbt_slim.one_process import OneProcess  # noqa: E402

ALL = ("duckdb", "postgres", "materialize", "snowflake", "bigquery")
P = ("p", "s", "d")  # what changed: its columns b and, not there before, fresh
# statement, the columns that are reached, or ALL_ROWS; in every dialect
ALL_ROWS, UNPROVEN = "rows", "unproven"
GOLDEN = [
    ("select a from d.s.p", ""),
    ("select a, b from d.s.p", "b"),
    ("select B from d.s.p", "b"),
    ("select b as x, a from d.s.p", "x"),
    ("select a, b + 1 as x, upper(c) as y from d.s.p", "x"),
    ("select * from d.s.p", "b fresh"),
    ("select p.* from d.s.p as p join d.s.q as q on p.a = q.a", "b fresh"),
    ("select q.* from d.s.p as p join d.s.q as q on p.a = q.a", ""),
    ("select q.b from d.s.q as q join d.s.p as p on p.a = q.a", ""),
    ("select b from d.s.q as q join d.s.p as p on p.a = q.a", "b"),
    ("select q.a from d.s.q as q join d.s.p as p on p.b = q.a", ALL_ROWS),
    ("select q.a from d.s.q as q join d.s.p as p using (b)", ALL_ROWS),
    ("select q.a, p.c from d.s.q as q left join d.s.p as p using (a)", ""),
    ("select q.a from d.s.q as q cross join d.s.p as p", ""),
    ("select a from d.s.p where b > 1", ALL_ROWS),
    ("select a from d.s.p where c > 1", ""),
    ("select a, sum(c) as n from d.s.p group by a", ""),
    ("select a, sum(b) as n from d.s.p group by a", "n"),
    ("select b, sum(a) as n from d.s.p group by b", ALL_ROWS),
    ("select b, sum(a) as n from d.s.p group by 1", ALL_ROWS),
    ("select a, sum(b) as n from d.s.p group by 1", "n"),
    ("select a, sum(c) as n from d.s.p group by a having sum(b) > 1", ALL_ROWS),
    ("select distinct a from d.s.p", ""),
    ("select distinct a, b from d.s.p", ALL_ROWS),
    ("select a from d.s.p order by b", ""),
    ("select a from d.s.p order by b limit 3", ALL_ROWS),
    ("select a from d.s.p order by c limit 3", ""),
    ("select count(*) as n from d.s.p", ""),
    ("select count(b) as n from d.s.p", "n"),
    ("select a, row_number() over (partition by c order by b) as n from d.s.p", "n"),
    ("select a, row_number() over (partition by c order by a) as n from d.s.p", ""),
    ("select case when b > 1 then a else 0 end as x, a from d.s.p", "x"),
    ("with p1 as (select * from d.s.p) select a, b as x from p1", "x"),
    ("with p1 as (select * from d.s.p) select a from p1", ""),
    ("with p1 as (select * from d.s.p), p2 as (select a, b as z from p1) select z + 1 as y, a from p2", "y"),
    ("with p1 as (select a, b from d.s.p), p2 as (select a from p1) select * from p2", ""),
    ("with p1 as (select a from d.s.p where b = 1) select a from p1", ALL_ROWS),
    ("with p as (select a, 1 as b from d.s.q) select a, b from p", ""),
    ("with p as (select * from d.s.p) select a from p where b = 1", ALL_ROWS),
    ("select x.a from (select a, b from d.s.p) as x", ""),
    ("select x.b from (select a, b from d.s.p) as x", "b"),
    ("select a from d.s.q where a in (select b from d.s.p)", ALL_ROWS),
    ("select a from d.s.q where a in (select c from d.s.p)", ""),
    ("select a from d.s.q as q where exists (select 1 from d.s.p as p where p.a = q.a)", ""),
    ("select a from d.s.q as q where exists (select * from d.s.p as p where p.a = q.a)", ""),
    ("select a from d.s.q as q where exists (select 1 from d.s.p as p where p.b = q.a)", ALL_ROWS),
    ("select a, (select max(b) from d.s.p) as m from d.s.q", "m"),
    ("select a, (select max(c) from d.s.p) as m from d.s.q", ""),
    ("select a from d.s.p union all select a from d.s.q", ""),
    ("select a, b as x from d.s.p union all select a, x from d.s.q", "x"),
    ("select a, x from d.s.q union all select a, b from d.s.p", "x"),
    ("select a, b from d.s.p union all select a, x from d.s.q order by a", UNPROVEN),
    ("select a from d.s.p union distinct select a from d.s.q", ""),
    ("select b from d.s.p union distinct select a from d.s.q", ALL_ROWS),
    ("select * from d.s.p union all select * from d.s.q", UNPROVEN),
    ("select a, b from d.other.p", ""),
    ("select b + 1 from d.s.p", UNPROVEN),
    ("select a from d.s.p natural join d.s.q", UNPROVEN),
    ("select a, some_function(b) as x from d.s.p", ALL_ROWS),
    ("with recursive r as (select a, b from d.s.p union all select a, b from r) select a from r", UNPROVEN),
    ("select a from", UNPROVEN),
    ("select p.nested.b as x from d.s.p as p", ""),
    ("select p.b.inner1 as x from d.s.p as p", "x"),
    ("select b.inner1 as x from d.s.p as p", "x"),
]
# dialect, statement, columns
OWN = [
    ("duckdb", "select * exclude (b) from d.s.p", UNPROVEN),
    ("duckdb", "select columns('x.*') from d.s.p", UNPROVEN),
    ("duckdb", "from d.s.p", "b fresh"),
    ("duckdb", "from d.s.p select a", ""),
    ("duckdb", "select a, unnest(b) as x from d.s.p", ALL_ROWS),
    ("duckdb", "select a, unnest(c) as x from d.s.p", ""),
    ("duckdb", "select b, sum(c) as n from d.s.p group by all", ALL_ROWS),
    ("duckdb", "select a, b as x, x + 1 as y from d.s.p", "x y"),
    ("duckdb", "select p from d.s.p", "p"),
    ("duckdb", "select a from d.s.p union all by name select a, b from d.s.p", "b"),
    ("duckdb", "pivot d.s.p on c using sum(b)", UNPROVEN),
    ("duckdb", "select a from d.s.p using sample 10", UNPROVEN),
    ("postgres", "select distinct on (a) a, c from d.s.p order by a, b", ALL_ROWS),
    ("postgres", "select distinct on (a) a, b from d.s.p order by a, c", "b"),
    ("postgres", "select p.a, x.v from d.s.p as p cross join lateral (select p.b as v) as x", "v"),
    ("postgres", "select p.a, x.v from d.s.p as p, unnest(p.b) as x(v)", ALL_ROWS),
    ("postgres", "select p.a, x.v from d.s.p as p, unnest(p.c) as x(v)", ""),
    ("postgres", "select row_to_json(p) as j from d.s.p as p", ALL_ROWS),
    ("postgres", "select b::text as b, c::text as c from d.s.p", "b"),
    ("postgres", "select string_agg(c, ',' order by b) as x from d.s.p group by a", "x"),
    ("materialize", "select a from d.s.p where mz_now() <= c", ""),
    ("materialize", "select a from d.s.p where mz_now() <= b", ALL_ROWS),
    ("snowflake", "select a from d.s.p qualify row_number() over (partition by a order by b) = 1", ALL_ROWS),
    ("snowflake", "select a from d.s.p qualify row_number() over (partition by a order by c) = 1", ""),
    ("snowflake", "select a, iff(b = 1, a, c) as x from d.s.p", "x"),
    ("snowflake", "select p.a, f.value as v from d.s.p as p, lateral flatten(input => p.b) as f", ALL_ROWS),
    ("snowflake", "select p.a, f.value as v from d.s.p as p, lateral flatten(input => p.c) as f", ""),
    ("snowflake", "select b:x::int as x, c:x::int as y from d.s.p", "x"),
    ("snowflake", "select a, b as x from d.s.p where x > 1", ALL_ROWS),
    ("snowflake", "select $1 as x from d.s.p", "x"),
    ("bigquery", "select a, x from `d`.`s`.`p`, unnest(b) as x", ALL_ROWS),
    ("bigquery", "select a, x from `d`.`s`.`p`, unnest(c) as x", ""),
    ("bigquery", "select a, x from `d.s.p`, unnest(c) as x", ""),
    ("bigquery", "select * except (b) from `d.s.p`", UNPROVEN),
    ("bigquery", "select p.a from d.s.p as p, p.b as x", ALL_ROWS),
    ("bigquery", "select a, to_json_string(p) as j from `d.s.p` as p", "j"),
    ("bigquery", "select as struct a, b from `d.s.p`", UNPROVEN),
    # a value that is taken apart
    ("duckdb", "select a, b.* from d.s.p", UNPROVEN),
    ("duckdb", "select a, c.* from d.s.p", ""),
    ("bigquery", "select p.b.* from `d.s.p` as p", UNPROVEN),
    ("postgres", "select x.* from d.s.p as p cross join lateral (select p.*) as x", "b fresh"),
    ("duckdb", "select a, b from d.s.p union all by name select a, c from d.s.q", "b"),
    ("duckdb", "select a, b from d.s.p union all by name select a, b from d.s.q order by b limit 3", UNPROVEN),
    ("postgres", 'with "X" as (select b from d.s.p), x as (select a as b from d.s.q) select b from "X"', "b"),
    # tables by the beginning of their names
    ("bigquery", "select b as x from `d.s.p*`", "x"),
    ("bigquery", "select a as x from `d.s.p*`", ""),
    # tables where columns stand
    ("clickhouse", "select a from d.s.q where a in d.s.p", ALL_ROWS),
    ("clickhouse", "select a from d.s.q where a in d.s.r", ""),
    ("clickhouse", "select s.a from remote('h', d.s.p) as s", UNPROVEN),
    ("clickhouse", "select a from d.s.p order by b with fill", ALL_ROWS),
    ("trino", "select * from table(exclude_columns(input => table(d.s.p), columns => descriptor(a)))", UNPROVEN),
    # what is named in a text
    ("duckdb", "from query_table('d.s.p')", UNPROVEN),
    ("duckdb", 'select a from query(\'select a from "d"."s"."p"\')', UNPROVEN),
    ("duckdb", "select a, 'p' as source from d.s.p", ""),
    ("snowflake", "select a from identifier('d.s.p')", UNPROVEN),
    ("snowflake", "select a from table('d.s.p')", UNPROVEN),
    ("postgres", "select query_to_xml('select a from d.s.p', true, true, '') as x from d.s.q", UNPROVEN),
    # rows by what stands elsewhere
    ("duckdb", "select a, b from d.s.p order by all limit 2", ALL_ROWS),
    ("duckdb", "select p.a, z.y from d.s.p as p, (select b + 1 as y) as z", "y"),
    ("duckdb", "select a from d.s.p window w as (order by b) qualify row_number() over w = 1", ALL_ROWS),
    ("postgres", "select a from d.s.p limit (select max(b) from d.s.p)", ALL_ROWS),
    ("postgres", "select a from d.s.p order by b fetch first 2 rows only", ALL_ROWS),
    ("snowflake", "select q.a from d.s.q as q asof join d.s.p as p match_condition (q.a >= p.b)", ALL_ROWS),
]
CHANGED = Reach(frozenset({"b", "fresh"}))


def told(sql, dialect, relations=None, ctes=None):
    try:
        found = reach_of(sql, dialect, Tables(relations or [(P, CHANGED)]), ctes or {})
    except Unprovable:
        return UNPROVEN
    return UNPROVEN if found.why else ALL_ROWS if found.rows else " ".join(sorted(found.columns))


class GoldenTest(unittest.TestCase):
    def test_in_every_dialect(self):
        for dialect in ALL:
            for sql, expected in GOLDEN:
                with self.subTest(dialect=dialect, sql=sql):
                    self.assertEqual(told(sql, dialect), expected)

    def test_what_is_of_one_dialect(self):
        for dialect, sql, expected in OWN:
            with self.subTest(dialect=dialect, sql=sql):
                self.assertEqual(told(sql, dialect), expected)

    def test_rows_reach_everything_that_reads_them(self):
        for sql in ("select a from d.s.p", "select q.a from d.s.q as q left join d.s.p as p on p.a = q.a"):
            self.assertEqual(told(sql, "duckdb", [(P, ROWS)]), ALL_ROWS)

    def test_an_ephemeral_model_is_looked_at_by_itself(self):
        sql = "with __dbt__cte__p as (select a, b from d.s.q) select a, b as x from __dbt__cte__p"
        self.assertEqual(told(sql, "duckdb", ctes={"__dbt__cte__p": CHANGED}), "x")

    def test_names_of_relations(self):
        self.assertEqual(names_of('"D"."S"."P"', "postgres"), P)
        self.assertEqual(names_of("`d`.`s`.`p`", "bigquery"), P)
        self.assertEqual(names_of("d.s.p", "snowflake"), P)


class Model:
    """A node as dbt has it, by what is asked of it."""

    def __init__(self, name, sql, parents=(), kind="model", materialized="table", raw=None, schema="s", **more):
        self.unique_id = f"{kind}.x.{name}"
        self.name = name
        self.compiled_code = sql
        self.raw_code = sql if raw is None else raw
        self.relation_name = None if kind in ("test", "exposure") else f'"d"."{schema}"."{name}"'
        self.depends_on = Some(nodes=[p if "." in p else f"model.x.{p}" for p in parents], macros=[])
        self.language = "sql"
        self.is_ephemeral_model = materialized == "ephemeral"
        config = {"materialized": materialized, **more}
        attributes = {name.replace("-", "_"): value for name, value in config.items()}
        self.config = Some(to_dict=lambda omit_none: config, **attributes)
        self.columns = {}


def results(before, now, modified, exposures=(), sources=((), ()), **more):
    old, new = (
        Some(
            nodes={node.unique_id: node for node in nodes},
            exposures={each.unique_id: each for each in exposures},
            sources={each.unique_id: each for each in of},
            macros={},
            **more,
        )
        for nodes, of in ((before, sources[0]), (now, sources[1]))
    )
    found = reached.of_build(new, old, {f"model.x.{name}" for name in modified}, "duckdb")
    return {each["id"].split(".", 2)[-1]: each for each in found}


class ProjectTest(unittest.TestCase):
    DOWN = (
        Model("reads", 'select a, b from "d"."s"."p"', ["p"]),
        Model("not_reads", 'select a from "d"."s"."p"', ["p"]),
        Model("below", 'select b * 2 as twice, a from "d"."s"."reads"', ["reads"]),
        Model("below_not", 'select a from "d"."s"."reads"', ["reads"]),
        Model("further", 'select a from "d"."s"."not_reads"', ["not_reads"]),
        Model("unique_a", 'select a from "d"."s"."p" group by a having count(*) > 1', ["p"], kind="test"),
        Model("not_null_b", 'select b from "d"."s"."p" where b is null', ["p"], kind="test"),
    )

    def reads(self, before, now, **more):
        found = results(
            [Model("p", before), *self.DOWN],
            [Model("p", now), *self.DOWN],
            ["p"],
            exposures=[
                Model("board", None, ["below"], kind="exposure"),
                Model("quiet", None, ["further"], kind="exposure"),
            ],
            **more,
        )
        return {name: each["reads"] for name, each in found.items()}, found

    def test_a_changed_column_reaches_what_reads_it(self):
        reads, found = self.reads("select a, b from t", "select a, b + 1 as b from t")
        self.assertEqual(
            reads,
            {
                "p": "columns",
                "reads": "columns",
                "not_reads": "none",
                "below": "columns",
                "below_not": "none",
                "further": "none",
                "unique_a": "none",
                "not_null_b": "all",
                "board": "columns",
                "quiet": "none",
            },
        )
        self.assertEqual(found["below"]["reached"], ["twice"])
        self.assertEqual(found["p"]["changed"], ["b"])

    def test_other_rows_reach_everything(self):
        reads, _ = self.reads("select a, b from t", "select a, b from t where a > 1")
        self.assertEqual(set(reads.values()), {"all"})

    def test_what_is_not_proven_stays_so_downstream(self):
        reads, found = self.reads("select a, b from t", "select a, b from t union all select a, b from u")
        self.assertEqual(set(reads.values()), {"unknown"})
        self.assertEqual(found["below"]["unproven"], "of p, it is no plain select")

    def test_formatting_reaches_nothing(self):
        reads, _ = self.reads("select a, b from t", "select a,  b from t -- c")
        self.assertEqual(set(reads.values()), {"none"})

    def test_the_same_compiled_sql_reaches_nothing(self):
        reads, found = self.reads("select a, b from t", "select a, b from t")
        self.assertEqual(set(reads.values()), {"none"})
        self.assertEqual(found["p"]["class"], "same")

    def test_what_was_not_compiled_is_unknown(self):
        before, now = Model("p", "select a, b from t"), Model("p", "select a, b + 1 as b from t")
        down = Model("q", None, ["p"])
        self.assertEqual(results([before, down], [now, down], ["p"])["q"]["unproven"], "it was not compiled")

    def test_python_is_unknown(self):
        before, now = Model("p", "select a, b from t"), Model("p", "select a, b + 1 as b from t")
        down = Model("q", "def model(dbt, session): return dbt.ref('p')", ["p"])
        down.language = "python"
        self.assertEqual(results([before, down], [now, down], ["p"])["q"]["reads"], "unknown")

    def test_sql_that_differs_by_itself_is_unknown(self):
        for raw, word in (
            ("select a from t {% if target.name == 'ci' %} limit 1 {% endif %}", "target"),
            ("select a from t {% if is_incremental() %} where a > 1 {% endif %}", "is_incremental"),
            ("select a, '{{ env_var('X') }}' as x from t", "env_var"),
            ("select a, '{{ run_started_at }}' as x from t", "run_started_at"),
        ):
            before, now = Model("p", "select a from t", raw=raw), Model("p", "select a from t limit 1", raw=raw)
            found = results([before], [now], ["p"])["p"]
            self.assertEqual((found["class"], found["reads"]), ("unknown", "unknown"))
            self.assertIn(word, found["why"])

    def test_what_differs_by_itself_only_is_no_change(self):
        """An unmodified incremental model that the pull request's environment makes anew."""
        raw = "select a, c from p {% if is_incremental() %} where a > 1 {% endif %}"
        before, now = Model("p", "select a, b from t"), Model("p", "select a, b, 1 as c2 from t")
        old = Model("q", 'select a, c from "d"."s"."p" where a > 1', ["p"], raw=raw, materialized="incremental")
        new = Model("q", 'select a, c from "d"."s"."p"', ["p"], raw=raw, materialized="incremental")
        found = results([before, old], [now, new], ["p"])["q"]
        self.assertEqual((found["reads"], found.get("class")), ("none", None))

    def test_code_that_asks_the_database_is_compared(self):
        """As dbt_utils.star does, which writes the columns out."""
        raw = "select {{ adapter.get_columns_in_relation(ref('p')) }} from p"
        before, now = Model("p", "select a from t"), Model("p", "select a, b from t")
        old = Model("q", 'select a from "d"."s"."p"', ["p"], raw=raw)
        new = Model("q", 'select a, b from "d"."s"."p"', ["p"], raw=raw)
        found = results([before, old], [now, new], ["p"])["q"]
        self.assertEqual((found["reads"], found["reached"]), ("columns", ["b"]))

    def test_config_that_rows_depend_on(self):
        same = "select a from t"
        for before, now, reads in (
            ({}, {"tags": ["x"]}, "none"),
            ({}, {"materialized": "view"}, "none"),
            ({}, {"pre-hook": ["delete"]}, "unknown"),
            ({"materialized": "incremental"}, {"materialized": "incremental", "unique_key": "a"}, "unknown"),
            ({"materialized": "incremental"}, {"materialized": "incremental", "meta": {"a": 1}}, "none"),
            ({}, {"materialized": "incremental"}, "unknown"),
        ):
            found = results([Model("p", same, **before)], [Model("p", same, **now)], ["p"])
            self.assertEqual(found["p"]["reads"], reads, (before, now))

    CHANGE = (Model("p", "select a, b from t"), Model("p", "select a, b + 1 as b from t"))

    def read(self, *nodes, before=None, **more):
        found = results([self.CHANGE[0], *(before or nodes)], [self.CHANGE[1], *nodes], ["p"], **more)
        return found[nodes[0].name]

    def test_what_a_parent_is_for_that_is_not_named(self):
        """A hint for dbt's order, as far as nothing else can read it."""
        sql = 'select a from "d"."s"."q"'
        self.assertEqual(self.read(Model("q", sql, ["p"]))["reads"], "none")
        hook = {"post-hook": [{"sql": "insert into x select b from {{ ref('p') }}"}]}
        self.assertIn("a hook of it", self.read(Model("q", sql, ["p"], **hook))["unproven"])
        self.assertIn("a hook of it", self.read(Model("q", 'select a from "d"."s"."p"', ["p"], **hook))["unproven"])
        other = {"post-hook": [{"sql": "analyze {{ this }}"}]}
        self.assertEqual(self.read(Model("q", 'select a from "d"."s"."p"', ["p"], **other))["reads"], "none")
        function = 'select our_lookup(a) as a from "d"."s"."q"'
        self.assertIn("a function in it", self.read(Model("q", function, ["p"]))["unproven"])
        self.assertEqual(self.read(Model("q", 'select upper(a) as a from "d"."s"."q"', ["p"]))["reads"], "none")

    def test_what_is_compiled_otherwise_elsewhere_is_read_as_production_compiled_it_too(self):
        """Beside a first build in an environment of its own, which compiles nothing of what rows are added by."""
        raw = "select a from p {% if is_incremental() %} where b > (select max(b) from {{ this }}) {% endif %}"
        kind = {"raw": raw, "materialized": "incremental"}
        first = 'select a from "d"."s"."p"'
        added = first + ' where b > (select max(b) from "d"."s"."q")'
        now, old = Model("q", first, ["p"], **kind), Model("q", added, ["p"], **kind)
        self.assertEqual(self.read(now, before=[old])["reads"], "all")
        self.assertEqual(self.read(old, before=[now])["reads"], "all")
        self.assertIn("what it adds", self.read(now)["unproven"])
        harmless = Model("q", first + ' where a > (select max(a) from "d"."s"."q")', ["p"], **kind)
        self.assertEqual(self.read(now, before=[harmless])["reads"], "none")
        self.assertIn("production's is not known", self.read(now, before=[Model("q", None, ["p"], **kind)])["unproven"])
        target = Model("q", first, ["p"], raw="select a from p {% if target['name'] == 'ci' %} limit 9 {% endif %}")
        self.assertEqual(self.read(target, before=[Model("q", first + " where b > 1", ["p"])])["reads"], "all")

    def test_a_column_by_which_rows_are_kept(self):
        sql = 'select a, b from "d"."s"."p"'
        for config, reads in (({"unique_key": ["a", "B"]}, "all"), ({"unique_key": "a"}, "columns"), ({}, "columns")):
            found = self.read(Model("q", sql, ["p"], materialized="incremental", **config))
            self.assertEqual(found["reads"], reads, config)
        self.assertEqual(self.read(Model("q", sql, ["p"], cluster_by="b"))["reads"], "columns", "a table")

    def test_a_contract_casts(self):
        def contracted(name, kind, enforced=True, sql="select a, b from t"):
            model = Model(name, sql, contract=Some(enforced=enforced))
            model.columns = {n: Some(name=n, data_type=t) for n, t in (("a", "int"), ("b", kind))}
            return model

        before = contracted("p", "numeric(10,2)")
        self.assertEqual(results([before], [before], ["p"])["p"]["class"], "same")
        found = results([before], [contracted("p", "numeric(10,0)")], ["p"])["p"]
        self.assertEqual((found["class"], found["changed"], found["reads"]), ("columns", ["b"], "columns"))
        found = results([before], [contracted("p", "numeric(10,0)", sql="select a, b, 1 as c from t")], ["p"])["p"]
        self.assertEqual((found["class"], found["added"], found["changed"]), ("columns", ["c"], ["b"]))
        found = results([contracted("p", "int", enforced=False)], [before], ["p"])["p"]
        self.assertIn("its contract", found["unproven"])

    def test_an_exposure_of_a_metric(self):
        def node(ident, *parents):
            return Some(unique_id=ident, depends_on=Some(nodes=list(parents)))

        semantic = node("semantic_model.x.s", "model.x.p")
        metric = node("metric.x.m", "semantic_model.x.s")
        board = node("exposure.x.board", "metric.x.m", "model.x.quiet")
        quiet = Model("quiet", 'select a from "d"."s"."p"', ["p"])
        found = results(
            [self.CHANGE[0], quiet],
            [self.CHANGE[1], quiet],
            ["p"],
            exposures=[board],
            metrics={metric.unique_id: metric},
            semantic_models={semantic.unique_id: semantic},
        )
        self.assertEqual({name: each["reads"] for name, each in found.items()}["board"], "columns")
        self.assertEqual(set(found), {"p", "quiet", "board"})

    def test_an_ephemeral_model(self):
        before, now = (Model("p", f"select a, {b} as b from t", materialized="ephemeral") for b in ("b", "b + 1"))
        before.relation_name = now.relation_name = None
        down = [
            Model(name, f"with __dbt__cte__p as ({now.compiled_code}) select a, {what} from __dbt__cte__p", ["p"])
            for name, what in (("q", "b as x"), ("r", "1 as x"))
        ]
        found = results([before, *down], [now, *down], ["p"])
        self.assertEqual([found[name]["reads"] for name in "qr"], ["columns", "none"])

    def test_an_environment_of_its_own(self):
        before = [Model("p", "select a, b from t"), Model("q", 'select a from "d"."s"."p"', ["p"])]
        now = [
            Model("p", "select a, b, 1 as c from t", schema="pr_7"),
            Model("q", 'select a, 1 as x from "d"."pr_7"."p"', ["p"], schema="pr_7"),
        ]
        found = results(before, now, ["p", "q"])
        self.assertEqual((found["q"]["class"], found["q"]["reached"]), ("adds_columns", ["x"]))

    def test_a_source_elsewhere(self):
        sources = [[Model("t", None, kind="source", schema=schema)] for schema in ("raw", "raw2")]
        model = Model("p", 'select a from "d"."raw2"."t"', ["source.x.t"])
        self.assertEqual(results([model], [model], [], sources=sources)["p"]["reads"], "all")

    def test_a_snapshot_keeps_every_change(self):
        before, now = Model("p", "select a, b from t"), Model("p", "select a, b + 1 as b from t")
        down = [Model(name, f'select {name} from "d"."s"."p"', ["p"], kind="snapshot") for name in "ab"]
        found = results([before, *down], [now, *down], ["p"])
        self.assertEqual([found[name]["reads"] for name in "ab"], ["none", "all"])

    def test_a_big_project_in_time(self):
        """10,000 nodes, of which a third changed and the rest read them."""
        count, wide = 10_000, ", ".join(f"c{i} + 1 as c{i}" for i in range(20))

        def project(added):
            for i in range(count):
                changes = ", 1 as more" if added and i % 3 == 0 else ""
                parent = (i - 7) // 2
                yield Model(
                    f"m{i}",
                    f'with x as (select * from "d"."s"."m{parent}") select a, {wide}{changes} from x where a > 1',
                    [f"m{parent}"] if parent >= 0 else (),
                )

        before, now = list(project(False)), list(project(True))
        since = time.process_time()
        found = results(before, now, [f"m{i}" for i in range(0, count, 3)])
        print(f"{time.process_time() - since:.1f} s for {len(found)} of {count} nodes")
        self.assertGreater(len(found), count * 0.9)
        self.assertLess(time.process_time() - since, 2 * reached.SECONDS)


class BuildTest(unittest.TestCase):
    """What a build does with it."""

    def process(self, nodes):
        self.said = []
        process = object.__new__(OneProcess)
        keep, said = Some(event=lambda *words, **more: None), lambda *words: self.said.append(words)
        process.run = Some(outcome={"adapter": "duckdb"}, keep=keep, message=said, phase=lambda *words: None)
        process.production, process.manifest = Some(nodes={}), Some(nodes=nodes)
        process.modified = {"model.x.p"}
        process.narrowed = None
        return process

    def test_nothing_is_said_of_sql_that_a_narrowed_build_compiled(self):
        process = self.process({"model.x.p": Model("p", "select 1 as a")})
        process.narrowed = "--empty"
        process.columns_of(Some(exception=None))
        found = {"id": "model.x.p", "class": "unknown", "why": "its SQL was compiled for --empty"}
        self.assertEqual(process.run.outcome["columns"], [found])

    def test_an_abort_does_not_wait_for_it(self):
        process = self.process({"model.x.p": Model("p", "select 1 as a")})
        process.columns_of(Some(exception=KeyboardInterrupt()))
        self.assertNotIn("columns", process.run.outcome)
        process.columns_of(Some(exception=None))
        self.assertEqual([each["id"] for each in process.run.outcome["columns"]], ["model.x.p"])

    def test_no_build_fails_for_it(self):
        self.process({"model.x.p": None}).columns_of(Some(exception=None))
        self.process(None).columns_of(Some(exception=None))
        self.assertIn("What the changed columns reach is not known", self.said[0][2])


class RandomTest(unittest.TestCase):
    """What is not reached is the same when both versions of what is read are run."""

    NAMES = ("a", "b", "c", "n")

    def statement(self, rng, depth=0):
        kind = rng.random()
        if kind < 0.15 and depth < 2:
            return f"with w as ({self.statement(rng, depth + 1)}) select * from w"
        if kind < 0.25 and depth < 2:
            side = "select a as k, b as v from p"
            return f"{side} union all select {self.some(rng)} as k, {self.some(rng)} as v from q"
        joined = rng.random() < 0.4
        source = "p join q on p.a = q.a" if joined and rng.random() < 0.7 else "p"
        joined = source != "p"
        pick = (lambda: f"{rng.choice('pq')}.{self.some(rng)}") if joined else lambda: self.some(rng)
        where = f" where {pick()} is not null and {pick()} <> '3'" if rng.random() < 0.3 else ""
        if rng.random() < 0.3:
            return f"select {pick()} as g, max({pick()}) as m, count(*) as k from {source}{where} group by 1"
        if not joined and rng.random() < 0.2:
            return f"select *, {pick()} as extra from p{where}"
        parts = (
            lambda: pick(),
            lambda: f"concat({pick()}, {pick()})",
            lambda: f"case when {pick()} > '2' then {pick()} end",
            lambda: f"max({pick()}) over (partition by {pick()})",
            lambda: f"(select min({self.some(rng)}) from p)",
            lambda: f"({pick()} in (select {self.some(rng)} from p))",
            lambda: f"exists (select 1 from p as i where i.{self.some(rng)} = '1')",
        )
        items = ", ".join(f"{rng.choice(parts)()} as x{i}" for i in range(rng.randint(1, 4)))
        return f"select {'distinct ' if rng.random() < 0.1 else ''}{items} from {source}{where}"

    def some(self, rng):
        return rng.choice(self.NAMES)

    def test_what_is_not_reached_is_the_same(self):
        rng = random.Random(7)
        connection = duckdb.connect()
        plain = "select (i % 7)::text as a, (i * 3 % 5)::text as b, (i * 5 % 9)::text as c, (i % 4)::text as n"
        connection.execute(f"create table q as {plain} from range(12) r(i)")
        proven = {"none": 0, "columns": 0, "rows": 0}
        for _ in range(2500):
            sql = self.statement(rng)
            changed = frozenset(rng.sample(self.NAMES, rng.randint(1, 2)))
            found = told(sql, "duckdb", [(("p", "main"), Reach(changed)), (("p",), Reach(changed))])
            if found in (ALL_ROWS, UNPROVEN):
                proven["rows"] += 1
                continue
            rows = []
            for other in (False, True):
                items = [f"(i * 11 % 8)::text as {n}" if other and n in changed else n for n in self.NAMES]
                connection.execute(
                    f"create or replace table p as select {', '.join(items)} from ({plain}, i from range(12) r(i))"
                )
                result = connection.execute(sql)
                rows.append(([each[0] for each in result.description], result.fetchall()))
            names = [name for name in rows[0][0] if name not in found.split()]
            proven["columns" if found else "none"] += 1
            with self.subTest(sql=sql, changed=changed, reached=found):
                self.assertEqual(self.only(names, *rows[0]), self.only(names, *rows[1]))
        for kind, count in proven.items():
            self.assertGreater(count, 100, kind)

    @staticmethod
    def only(wanted, names, rows):
        places = [names.index(name) for name in wanted]
        return sorted(tuple(str(row[place]) for place in places) for row in rows)


if __name__ == "__main__":
    unittest.main()
