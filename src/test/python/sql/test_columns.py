"""Tests of what is proven of a change of SQL: golden pairs by dialect, and random ones that DuckDB runs."""

import os
import random
import sys
import unittest

import duckdb

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.normpath(os.path.join(HERE, "../../../main/python")))

from dbt_slim.columns import ADDS, COLUMNS, FORMATTING, ROWS, SAME, UNKNOWN, change, with_relations_of  # noqa: E402

ALL = ("duckdb", "postgres", "materialize", "snowflake", "bigquery")
T = "from t"
# before, after, class, added, removed, changed, parts; in every dialect
GOLDEN = [
    ("select a, b from t", "SELECT a,\n  b -- both\nFROM t", FORMATTING, [], [], [], []),
    ("select a from t where x = 'A'", "select a /* x */ from t where x = 'A' ", FORMATTING, [], [], [], []),
    ("select a from t where x = 'A'", "select a from t where x = 'a'", ROWS, [], [], [], ["filter"]),
    ("select a from t", "select a, b from t", ADDS, ["b"], [], [], []),
    ("select a from t", "select b, a from t", ADDS, ["b"], [], [], []),
    ("select a from t", "select a, a + 1 as b from t", ADDS, ["b"], [], [], []),
    ("select a, b from t", "select a from t", COLUMNS, [], ["b"], [], []),
    ("select a, b as c from t", "select a, b + 1 as c from t", COLUMNS, [], [], ["c"], []),
    ("select a, b as c from t", "select a, b as d from t", COLUMNS, ["d"], ["c"], [], []),
    ("select a, b as c from t", "select a, b + 1 as c, 1 as d from t", COLUMNS, ["d"], [], ["c"], []),
    ("select a from t", "select a from u", ROWS, [], [], [], ["source"]),
    ("select a from t", "select a from t where a > 1", ROWS, [], [], [], ["filter"]),
    ("select a from t", "select a from t limit 5", ROWS, [], [], [], ["limit"]),
    ("select a from t", "select distinct a from t", ROWS, [], [], [], ["distinct"]),
    ("select t.a from t", "select t.a from t join u on t.a = u.a", ROWS, [], [], [], ["join"]),
    (
        "select a, sum(b) as s from t group by a",
        "select a, sum(b) as s from t group by a, c",
        ROWS,
        [],
        [],
        [],
        ["grouping"],
    ),
    (
        "select a, sum(b) as s from t group by a",
        "select a, sum(b) as s, max(b) as m from t group by a",
        ADDS,
        ["m"],
        [],
        [],
        [],
    ),
    ("select a, sum(b) as s from t group by a", "select a, avg(b) as s from t group by a", COLUMNS, [], [], ["s"], []),
    ("select a, sum(b) as s from t group by 1", "select a, avg(b) as s from t group by 1", COLUMNS, [], [], ["s"], []),
    (
        "select a, sum(b) as s from t group by a having sum(b) > 1",
        "select a, sum(b) as s from t group by a having sum(b) > 2",
        ROWS,
        [],
        [],
        [],
        ["filter"],
    ),
    ("select a, b from t", "select a, b, c from t where a > 1", ROWS, ["c"], [], [], ["filter"]),
    ("select a from t order by a", "select a from t", ROWS, [], [], [], ["order"]),
    (
        "with x as (select a from t) select a from x",
        "with x as (select a from t) select a, 1 as b from x",
        ADDS,
        ["b"],
        [],
        [],
        [],
    ),
    (
        "with x as (select a from t), f as (select a from x) select * from f",
        "with x as (select a from t), f as (select a, 2 as b from x) select * from f",
        ADDS,
        ["b"],
        [],
        [],
        [],
    ),
    (
        "with x as (select a from t), f as (select a from x) select * from f",
        "with x as (select a from t), f as (select a from x where a > 1) select * from f",
        ROWS,
        [],
        [],
        [],
        ["filter"],
    ),
    ("select t.a from t join u on t.a = u.a", "select t.a, u.b from t join u on t.a = u.a", ADDS, ["b"], [], [], []),
    (
        "with x as (select a from t) select a from x",
        "with x as (select a from t where a > 1) select a from x",
        ROWS,
        [],
        [],
        [],
        ["filter"],
    ),
    (
        "with x as (select a, b from t), y as (select a from u) select x.a, x.b from x join y on x.a = y.a",
        "with x as (select a, b, c from t), y as (select a from u) select x.a, x.b, x.c from x join y on x.a = y.a",
        ADDS,
        ["c"],
        [],
        [],
        [],
    ),
    (
        "with x as (select a, b from t), y as (select * from x) select a, b as k from y",
        "with x as (select a, b + 1 as b from t), y as (select * from x) select a, b as k from y",
        COLUMNS,
        [],
        [],
        ["k"],
        [],
    ),
    (
        "with x as (select a, b from t) select a from x",
        "with x as (select a, b + 1 as b from t) select a from x",
        SAME,
        [],
        [],
        [],
        [],
    ),
    (
        "with x as (select a, b from t) select a from x where b > 1",
        "with x as (select a, b + 1 as b from t) select a from x where b > 1",
        ROWS,
        [],
        [],
        [],
        [],
    ),
    (
        "with x as (select a from t) select a from x",
        "with x as (select a from t), y as (select a from u) select x.a from x join y on x.a = y.a",
        ROWS,
        [],
        [],
        ["a"],
        ["join"],
    ),
    (
        "with x as (select t.a from t join u on t.a = u.a) select a from x",
        "with x as (select t.a, c from t join u on t.a = u.a) select a from x where a > 1",
        ROWS,
        [],
        [],
        [],
        ["filter"],
    ),
    (
        "with x as (select a from u), y as (select a from t) select x.a from x join y on x.a = y.a",
        "with y as (select a from t), x as (select a from u) select x.a from x join y on x.a = y.a",
        SAME,
        [],
        [],
        [],
        [],
    ),
    (
        "with y as (select a from t), x as (select a from u) select x.a from x",
        "with y as (select a from t), x as (select a from y) select x.a from x",
        ROWS,
        [],
        [],
        [],
        ["source"],
    ),
    (
        "with x as (select a from t) select a from x",
        "select a from x",
        ROWS,
        [],
        [],
        [],
        [],
    ),
    (
        "select a, row_number() over (partition by a order by b) as n from t",
        "select a, row_number() over (partition by a order by c) as n from t",
        COLUMNS,
        [],
        [],
        ["n"],
        [],
    ),
]
# before, after: nothing is said, in every dialect
UNPROVEN = [
    ("select * from t", "select *, 1 as b from t"),
    ("select t.* from t", "select t.*, 1 as b from t"),
    ("select a from t", "select a, count(*) as n from t"),
    ("select a, sum(b) as s from t group by 1", "select c, a, sum(b) as s from t group by 1"),
    ("select a, sum(b) as s from t group by 1", "select a + 1 as a, sum(b) as s from t group by 1"),
    ("select distinct a from t", "select distinct a, b from t"),
    ("select a from t join u on t.a = u.a", "select a, b from t join u on t.a = u.a"),
    ("select a, b from t", "select b, a from t"),
    ("select a, b as c from t where c > 1", "select a, b + 1 as c from t where c > 1"),
    ("select a from t", "select a, my_rows(b) as r from t"),
    ("select a from t", "select a, (select max(b) from u) as m from t"),
    ("with x as (select a from t) select a from x", "with x as (select a from t union select 1) select a from x"),
    ("with x as (select * from t) select x.*, 1 as k from x", "with x as (select a from t) select x.*, 1 as k from x"),
    (
        "with x as (select a, b from t) select x.*, u.k from x join u on x.a = u.a",
        "with x as (select a, b, c from t) select x.*, u.k from x join u on x.a = u.a",
    ),
    ("select a from t", "select a from t union all select a from u"),
    (
        "with f as (with g as (select a from t) select a from g) select * from f",
        "with f as (with g as (select a from t where a > 1) select a from g) select * from f",
    ),
    (
        "select 1 as one from t",
        "select 1 as one, row_number() over (partition by count(*)) as r from t",
    ),
    (
        "with x as (select a from y), y as (select a from t where a > 1) select a from x",
        "with y as (select a from t where a > 1), x as (select a from y) select a from x",
    ),
    (
        'with "X" as (select a from t), x as (select a from t) select a from "X"',
        'with "X" as (select a from t where a > 1), x as (select a from t) select a from "X"',
    ),
    ("select a from t", "select a from"),
    ("select a from t", "select a from t; drop table t"),
    ("select a, a from t", "select a, a, b from t"),
    ("select a, 1 from t", "select a, 1, b from t"),
    (
        "with recursive x as (select 1 as a) select a from x",
        "with recursive x as (select 1 as a) select a, 2 as b from x",
    ),
]
# dialect, before, after, class
OWN = [
    ("duckdb", "select a from t group by all", "select a, b from t group by all", UNKNOWN),
    ("duckdb", "select a, unnest(b) as c from t", "select a, unnest(d) as c from t", UNKNOWN),
    ("duckdb", "select a::int as a from t", "select a::bigint as a from t", COLUMNS),
    ("duckdb", "select a, b + 1 as c, c * 2 as d from t", "select a, b + 2 as c, c * 2 as d from t", COLUMNS),
    ("postgres", "select a, generate_series(1, 2) as g from t", "select a, generate_series(1, 3) as g from t", UNKNOWN),
    ("postgres", "select a->>'x' as x from t", "select a->>'x' as x, a->>'y' as y from t", ADDS),
    ("postgres", "select distinct on (a) a, b from t", "select distinct on (a) a, c as b from t", UNKNOWN),
    ("materialize", "select a from t where mz_now() <= b", "select a from t where mz_now() <= c", ROWS),
    (
        "snowflake",
        "select a from t qualify row_number() over (partition by a order by b) = 1",
        "select a from t qualify row_number() over (partition by a order by c) = 1",
        ROWS,
    ),
    ("snowflake", "select a, iff(b, 1, 0) as c from t", "select a, iff(b, 1, 2) as c from t", COLUMNS),
    ("bigquery", "select a from `p`.`d`.`t`", "select a, b from `p`.`d`.`t`", ADDS),
    ("bigquery", "select a, x from t, unnest(b) as x", "select a, x, 1 as c from t, unnest(b) as x", ADDS),
    ("nosuch", "select a from t", "select a, b from t", UNKNOWN),
    # letters that count
    ("snowflake", "select a:Date as d from t", "select a:date as d from t", COLUMNS),
    ("snowflake", "select a:Key as d from t", "select a:key as d from t", COLUMNS),
    ("snowflake", "select $$A$$ as d from t", "select $$a$$ as d from t", COLUMNS),
    ("databricks", "select a:Key as d from t", "select a:key as d from t", COLUMNS),
    ("postgres", "select a->>'Key' as d from t", "select a->>'key' as d from t", COLUMNS),
    ("bigquery", "select json_value(a, '$.Key') as d from t", "select json_value(a, '$.key') as d from t", COLUMNS),
    (
        "bigquery",
        "select a from t where regexp_contains(a, r'^A')",
        "select a from t where regexp_contains(a, r'^a')",
        ROWS,
    ),
    ("bigquery", "select a from d.Date", "select a from d.date", ROWS),
    ("snowflake", "select a::variant as d from t", "select a::VARIANT as d from t", FORMATTING),
    # columns that read each other in one select
    (
        "snowflake",
        "select a, b + 1 as x, x * 2 as y, y + 1 as z from t where z > 3",
        "select a, b + 2 as x, x * 2 as y, y + 1 as z from t where z > 3",
        UNKNOWN,
    ),
    (
        "snowflake",
        "with w as (select a, b + 1 as x, x * 2 as y, y + 1 as z from t) select a, z from w",
        "with w as (select a, b + 2 as x, x * 2 as y, y + 1 as z from t) select a, z from w",
        COLUMNS,
    ),
    ("duckdb", "select a, b from t order by all limit 3", "select a, b + 1 as b from t order by all limit 3", UNKNOWN),
    ("spark", "select a from t", "select a, stack(2, b, c) as s from t", UNKNOWN),
    # texts that a parser writes in one way, and databases read in two
    ("duckdb", "select a->>'x.y' as d from t", "select a->>'$.x.y' as d from t", COLUMNS),
    ("bigquery", "select json_value(a, '$.x') as d from t", "select json_value(a, '$[\"x\"]') as d from t", COLUMNS),
    (
        "databricks",
        "select date_format(a, 'YYYY') as d from t",
        "select date_format(a, 'yyyy') as d from t",
        COLUMNS,
    ),
    # aggregates in places of their own
    ("databricks", "select 1 as one from t", "select 1 as one, any(a) as x from t", UNKNOWN),
    ("postgres", "select a from t", "select a, a = any(b) as x from t", ADDS),
    (
        "oracle",
        "select 1 as one from t",
        "select 1 as one, sum(a) keep (dense_rank first order by b) as x from t",
        UNKNOWN,
    ),
]


class GoldenTest(unittest.TestCase):
    def test_in_every_dialect(self):
        for dialect in ALL:
            for before, after, kind, added, removed, changed, parts in GOLDEN:
                with self.subTest(dialect=dialect, before=before, after=after):
                    found = change(before, after, dialect)
                    told = (found["class"], found["added"], found["removed"], found["changed"], found["parts"])
                    self.assertEqual(told, (kind, added, removed, changed, parts), found.get("why"))

    def test_what_is_not_proven(self):
        for dialect in ALL:
            for before, after in UNPROVEN:
                with self.subTest(dialect=dialect, before=before, after=after):
                    found = change(before, after, dialect)
                    self.assertEqual(found["class"], UNKNOWN)
                    self.assertTrue(found["why"])

    def test_what_is_of_one_dialect(self):
        for dialect, before, after, kind in OWN:
            with self.subTest(dialect=dialect, before=before, after=after):
                self.assertEqual(change(before, after, dialect)["class"], kind)

    def test_there_are_enough(self):
        self.assertGreaterEqual(len(ALL) * (len(GOLDEN) + len(UNPROVEN)) + len(OWN), 120)

    def test_relations_of_an_environment_stand_for_productions(self):
        own = {'"db"."pr_7"."stg"': '"db"."prod"."stg"', '"db"."pr_7"."stg_b"': '"db"."prod"."stg_b"'}
        sql = 'select a from "db"."pr_7"."stg" join "db"."pr_7"."stg_b" using (a) where x = 1'
        self.assertNotIn("pr_7", with_relations_of(sql, own))
        self.assertEqual(
            with_relations_of("select a from d.p.s, d.p.st", {"d.p.s": "d.x.s"}), "select a from d.x.s, d.p.st"
        )


class RandomTest(unittest.TestCase):
    """What is proven holds when both versions run."""

    ITEMS = (
        "a",
        "b",
        "a + b as s",
        "a * 2 as d",
        "upper(n) as u",
        "n",
        "case when a > 3 then n end as k",
        "b - 1 as b2",
    )
    SOMES = ("count(*) as c", "sum(a) as s", "max(b) as m", "min(n) as n")
    FILTERS = ("", " where a > 2", " where b < 7", " where n <> 'x'")
    ORDERS = ("", " order by 1", " limit 3")

    def statement(self, rng):
        if rng.random() < 0.3:
            items = ["a % 3 as g", *rng.sample(self.SOMES, rng.randint(1, 3))]
            text = f"select {', '.join(items)} from t{rng.choice(self.FILTERS)} group by {rng.choice(('1', 'a % 3'))}"
        else:
            distinct = "distinct " if rng.random() < 0.15 else ""
            items = rng.sample(self.ITEMS, rng.randint(1, 5))
            text = f"select {distinct}{', '.join(items)} from t{rng.choice(self.FILTERS)}{rng.choice(self.ORDERS)}"
        if rng.random() < 0.3:
            return f"with f as ({text}) select * from f"
        if rng.random() < 0.3:
            first = "select a, b, n from t" if rng.random() < 0.5 else "select a, b + 1 as b, n, a * b as ab from t"
            text = f"with e as ({first}{rng.choice(self.FILTERS)}) {text.replace(' from t', ' from e')}"
        return text

    def edited(self, rng, text):
        edits = (
            lambda t: t.replace(",", " ,\n") + " -- c",
            lambda t: t.replace(" from t", f", {rng.choice(self.ITEMS[2:])} from t", 1),
            lambda t: t.replace(" from t", f", {rng.choice(self.SOMES)} from t", 1),
            lambda t: t.replace("a + b", "a - b").replace("a * 2", "a * 3"),
            lambda t: t.replace("select a", "select b, a", 1),
            lambda t: t.replace(" from t", f" from t{rng.choice(self.FILTERS)}", 1) if " where" not in t else t,
            lambda t: t.replace("(select a, b, n", f"(select a, {rng.choice(('b * 2 as b', 'b'))}, n, a + 1 as more"),
            lambda t: t.replace("a * b as ab", "a * b + 1 as ab"),
            lambda t: self.statement(rng),
        )
        return rng.choice(edits)(text)

    def test_proven_changes_hold(self):
        connection = duckdb.connect()
        connection.execute(
            "create table t as select i as a, (i * 7) % 11 as b, chr((97 + i % 5)::int) as n from range(40) r(i)"
        )
        rng, proven = random.Random(20), {FORMATTING: 0, SAME: 0, ADDS: 0, COLUMNS: 0}
        for _ in range(6000):
            before = self.statement(rng)
            after = self.edited(rng, before)
            found = change(before, after, "duckdb")
            if found["class"] not in proven or "limit" in before:
                continue
            try:
                rows = [connection.execute(sql) for sql in (before,)]
                old_names = [column[0] for column in rows[0].description]
                old = rows[0].fetchall()
                now = connection.execute(after)
                names = [column[0] for column in now.description]
                new = now.fetchall()
            except duckdb.Error:
                continue
            proven[found["class"]] += 1
            same = [name for name in old_names if name in names and name not in found["changed"]]
            with self.subTest(before=before, after=after):
                self.assertEqual(len(old), len(new))
                self.assertEqual(self.only(same, old_names, old), self.only(same, names, new))
                if found["class"] in (FORMATTING, SAME):
                    self.assertEqual(old_names, names)
                else:
                    self.assertEqual(found["added"], [name for name in names if name not in old_names])
        for kind, count in proven.items():
            self.assertGreater(count, 20, kind)

    @staticmethod
    def only(wanted, names, rows):
        places = [names.index(name) for name in wanted]
        return sorted(tuple(str(row[place]) for place in places) for row in rows)


if __name__ == "__main__":
    unittest.main()
