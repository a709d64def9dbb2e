"""Tests of a former production that waits for change requests to let it go."""

import unittest

import agent_file  # noqa: F401
from dbt_slim import held
from dbt_slim.catalogue import BUILT, Mark

IDENT, OTHER, PROJECT = "aaaaaaaaaaaa", "cccccccccccc", "bbbbbbbbbbbb"


class Site:
    def __init__(self, marks, readers=()):
        self.marks, self.readers, self.sent = marks, readers, []

    def query(self, sql):
        if sql.startswith("select s.id"):
            return [(f"u{n}", name, str(mark)) for n, (name, mark) in enumerate(self.marks)]
        if "mz_object_dependencies" in sql:
            return [reader for schema, *reader in self.readers if f"'{schema}'" in sql]
        if sql.startswith("select distinct c.name"):
            return [("serving_dbt_deploy",)]
        self.sent.append(sql)
        return []


class HeldTest(unittest.TestCase):
    def test_what_nothing_reads_any_more_goes(self):
        mine = Mark(IDENT, PROJECT, held.HELD)
        site = Site([("a_dbt_deploy", mine), ("b_dbt_deploy", mine), ("c_dbt_deploy", Mark(OTHER, PROJECT, BUILT))])
        (line,) = held.drop_free(site)
        self.assertIn("is dropped, because nothing reads from it any more: a_dbt_deploy, b_dbt_deploy, serving", line)
        self.assertEqual(
            ['drop schema "a_dbt_deploy" cascade', 'drop schema "b_dbt_deploy" cascade']
            + ['drop cluster "serving_dbt_deploy"'],
            site.sent,
        )

    def test_what_somebody_reads_stays(self):
        site = Site([("a_dbt_deploy", Mark(IDENT, PROJECT, held.HELD))], [("u0", "gh_ci_7_marts", "x")])
        (line,) = held.drop_free(site)
        self.assertIn(f"deployment {IDENT} stays, because gh_ci_7_marts.x read from it", line)
        self.assertEqual([], site.sent)


if __name__ == "__main__":
    unittest.main()
