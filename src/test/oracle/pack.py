"""Packs recorded cases into one small file for the tests.

usage: python pack.py CASES_DIR OUT.json.gz           a new file
       python pack.py CASES_DIR OUT.json.gz --add     the cases come to those of the file, in the place of those of the same name

CASES_DIR holds a folder for each case, as gen.py writes them. The manifests of all cases are much the same: each
entry of a manifest is kept once in "parts", and a manifest is a list of the parts of its sections; lists of ids are
kept once in "lists".
"""
import gzip
import json
import os
import sys


def dumps(value):
    return json.dumps(value, separators=(",", ":"))


class Packer:
    def __init__(self):
        self.parts, self.part_numbers = [], {}
        self.manifests, self.manifest_numbers = [], {}
        self.ids, self.id_numbers = [], {}
        self.lists, self.list_numbers = [], {}

    @staticmethod
    def number(key, known, values, value):
        if key not in known:
            known[key] = len(values)
            values.append(value)
        return known[key]

    def manifest(self, path):
        with open(path) as file:
            document = json.load(file)
        sections = []
        for name, section in document.items():
            if isinstance(section, dict) and name != "metadata":
                entries = [dumps(k) + ":" + dumps(v) for k, v in section.items()]
                sections.append([name, [self.number(e, self.part_numbers, self.parts, e) for e in entries]])
            else:
                sections.append([name, dumps(section)])
        key = dumps(sections)
        return self.number(key, self.manifest_numbers, self.manifests, sections)

    def ids_list(self, ids):
        numbers = [self.number(i, self.id_numbers, self.ids, i) for i in ids]
        return self.number(tuple(numbers), self.list_numbers, self.lists, numbers)

    def case(self, folder):
        with open(os.path.join(folder, "expected.json")) as file:
            recorded = json.load(file)
        case = {k: recorded[k] for k in ("case", "title", "dbt", "flags", "errors", "warnings") if k in recorded}
        case["state"] = self.manifest(os.path.join(folder, "state", "manifest.json"))
        case["current"] = self.manifest(os.path.join(folder, "current", "manifest.json"))
        case["expected"] = {line: self.ids_list(ids) for line, ids in recorded["expected"].items()}
        for artifact in ("run_results.json", "sources.json"):
            for side in ("state", "current"):
                path = os.path.join(folder, side, artifact)
                if os.path.exists(path):
                    with open(path) as file:
                        case.setdefault("files", {})[side + "/" + artifact] = file.read()
        return case

    def known(self, document):
        """Starts with what a file holds."""
        self.parts, self.manifests, self.ids, self.lists = (document[k] for k in ("parts", "manifests", "ids", "lists"))
        self.part_numbers = {part: i for i, part in enumerate(self.parts)}
        self.manifest_numbers = {dumps(manifest): i for i, manifest in enumerate(self.manifests)}
        self.id_numbers = {id_: i for i, id_ in enumerate(self.ids)}
        self.list_numbers = {tuple(numbers): i for i, numbers in enumerate(self.lists)}
        return document["cases"]

    def ordered(self):
        """Like parts one after the other: they compress well."""
        order = sorted(range(len(self.parts)), key=lambda i: self.parts[i])
        moved = {old: new for new, old in enumerate(order)}
        for sections in self.manifests:
            for section in sections:
                if isinstance(section[1], list):
                    section[1] = [moved[i] for i in section[1]]
        return [self.parts[i] for i in order]


def main():
    packer = Packer()
    base = sys.argv[1]
    old = []
    if "--add" in sys.argv:
        with gzip.open(sys.argv[2]) as file:
            old = packer.known(json.load(file))
    cases = [packer.case(os.path.join(base, name)) for name in sorted(os.listdir(base))]
    names = {case["case"] for case in cases}
    cases = sorted([case for case in old if case["case"] not in names] + cases, key=lambda case: case["case"])
    document = {"parts": packer.ordered(), "manifests": packer.manifests, "ids": packer.ids, "lists": packer.lists, "cases": cases}
    with open(sys.argv[2], "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=9, mtime=0, filename="") as file:
        file.write(dumps(document).encode())


if __name__ == "__main__":
    main()
