"""Tests of what a change draws into a slim blue/green deployment."""

import unittest

import agent_file  # noqa: F401
from dbt_slim.closure import Closure, Member
from dbt_slim.errors import UserError


def member(schema, cluster=None, *parents):
    return Member(schema, frozenset([cluster] if cluster else []), parents)


class ClosureTest(unittest.TestCase):
    MEMBERS = {
        "a": member("core"),
        "b": member("core", "small", "a"),
        "c": member("marts", "big", "b"),
        "d": member("marts", "big"),
        "e": member("apart", "alone", "source.x"),
        "f": member("shared", "big"),
    }

    def reached(self, *modified, clusters=("small", "big", "alone"), **more):
        closure = Closure({**self.MEMBERS, **more}, ["core", "marts", "apart", "shared"], clusters)
        return closure.of(modified)

    def test_schemas_and_clusters_are_swapped_whole(self):
        self.assertEqual({"c", "d", "f"}, self.reached("c").nodes)
        self.assertEqual({"e"}, self.reached("e").nodes)
        self.assertEqual({"e"}, self.reached("source.x", "test.shop.t").nodes)
        self.assertEqual(set("abcdf"), self.reached("a").nodes)

    def test_why_each_is_drawn_in_is_told(self):
        head, *whys = self.reached("c").told()
        self.assertEqual("staged 2 of 4 schemas, 1 of 3 clusters; 3 of 6 nodes are built and hydrated anew", head)
        self.assertEqual(
            ["schema marts: c differs", "schema shared: cluster big is swapped whole", "cluster big: c differs"], whys
        )
        self.assertIn("the change reaches everything", self.reached("a", "e").told()[0])

    def test_what_is_not_swapped_cannot_be_staged(self):
        for more, words in (
            ({"g": member("elsewhere", None, "c")}, "g would have to be staged (g reads from c), but its schema else"),
            ({"g": member("marts", "other")}, "its cluster other is not swapped: add it to vars: deployment: clusters"),
        ):
            with self.assertRaises(UserError) as refused:
                self.reached("c", **more)
            self.assertIn(words, str(refused.exception))

    def test_an_ephemeral_model_leads_further(self):
        self.assertIn("e", self.reached("i", i=member(None, None, "a"), e=member("apart", "alone", "i")).nodes)


if __name__ == "__main__":
    unittest.main()
