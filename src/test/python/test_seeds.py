"""Tests of what is noted and compared of seeds that dbt does not hash."""

import os
import tempfile
import unittest
from types import SimpleNamespace as Some

import agent_file  # noqa: F401
from dbt_slim import seeds


class Hash:
    def __init__(self, name, checksum):
        self.name = name
        self.checksum = checksum


def seed(name, folder, checksum="path", meta=None):
    return Some(
        unique_id="seed.p." + name,
        checksum=Hash(checksum, "seeds/" + name),
        meta=meta or {},
        root_path=folder,
        original_file_path=name,
    )


def manifest(*nodes):
    return Some(nodes={node.unique_id: node for node in nodes})


class SeedsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, text, name="big"):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def compared(self, now, *then):
        task = Some(manifest=manifest(now), previous_state=Some(manifest=manifest(*then)), config=None)
        take_back = seeds.compare_contents(task)
        self.addCleanup(take_back)
        return now.checksum.name, then[0].checksum.name, now.checksum.checksum == then[0].checksum.checksum, take_back

    def noted(self, text):
        self.write(text)
        return {seeds.NOTE: seeds.content_of(os.path.join(self.folder, "big"))}

    def test_line_ends_are_no_difference(self):
        contents = [self.noted(text) for text in ("id\n1\n", "id\r\n1\r\n", "id\n1")]
        self.assertEqual(contents[1:], contents[:1] * 2)
        self.assertTrue(contents[0][seeds.NOTE].startswith("5 bytes with SHA-256 "), contents)
        self.assertNotEqual(self.noted("id\n2\n"), contents[0])

    def test_contents_are_compared_where_both_are_noted_and_only_while_dbt_chooses(self):
        then = self.noted("id\n1\n")
        for text, equal in (("id\n1\n", True), ("id\n2\n", False)):
            self.write(text)
            meta = {"owner": "me"}
            now, old = seed("big", self.folder, meta=meta), seed("big", "/elsewhere", meta=then)
            name, former, same, take_back = self.compared(now, old)
            self.assertEqual((name, former, same), ("sha256", "sha256", equal))
            take_back()
            self.assertEqual((now.checksum.name, old.checksum.name), ("path", "path"))
            self.assertEqual(now.meta["owner"], "me")
            self.assertIn(seeds.NOTE, now.meta)
            self.assertEqual(meta, {"owner": "me"}, "what the project says may be shared")

    def test_without_a_note_dbt_compares_as_ever(self):
        self.write("id\n1\n")
        self.assertEqual(self.compared(seed("big", self.folder), seed("big", ""))[:2], ("path", "path"))
        pending = seed("big", "", checksum="dbt-slim-pending-1", meta=self.noted("id\n1\n"))
        self.assertEqual(self.compared(seed("big", self.folder), pending)[:2], ("path", "dbt-slim-pending-1"))
        self.assertEqual(self.compared(seed("gone", self.folder), seed("gone", "", meta=pending.meta))[0], "path")

    def test_small_seeds_and_first_runs(self):
        self.write("id\n1\n")
        small = seed("big", self.folder, checksum="sha256")
        seeds.compare_contents(Some(manifest=manifest(small), previous_state=None, config=None))()
        self.assertEqual(small.meta, {})
        big = seed("big", self.folder)
        seeds.compare_contents(Some(manifest=manifest(big), previous_state=None, config=None))()
        self.assertIn(seeds.NOTE, big.meta)


if __name__ == "__main__":
    unittest.main()
