"""
What a node reads beside the text of the project: vars and environment variables. dbt compares code as it is before it
is rendered, so another value goes unnoticed. Here the values are noted with each node that reads them, in the manifest
that the run leaves: those of vars as they are, those of environment variables by a keyed digest, so that nobody who
reads the manifest can guess them. What the state noted is compared with what is so now.

A note is a map of texts under a key of the node's meta, which no dbt compares: "var min_qty" to its value as JSON, "env
REGION" to a digest. "var? min_qty" is of a node that reads some var and not known which. "target" is the name of the
target, of a node whose configuration may depend on it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

NOTE = "dbt_slim_inputs"
KEY = "DBT_SLIM_SECRET_KEY"
KINDS = {"vars": "var", "env": "env"}  # by the names that the option also_changed gives them
SECRET_PREFIX = "DBT_ENV_SECRET"  # variables that dbt keeps out of models, and we out of notes
SECRET_NAME = re.compile(r"passw|secret|token|credential|api_?key|private_?key", re.I)
UNSET = "-"  # of a var; no JSON
LONG = 200  # characters of a value; a longer one is noted by its digest
KEYED = re.compile(r"([0-9a-f]{8}):[0-9a-f]{24}")
COMMENT = re.compile(r"\{#.*?#\}", re.S)
WORD = re.compile(r"\b(env_var|var)\b")
TARGET = "target"
CONFIG_OF_TARGET = re.compile(r"\bconfig\s*\(.*\btarget\b", re.S)
LITERAL = re.compile(r"""\s*\(\s*(['"])([^'"\\]*)\1\s*[,)]""")
Use = tuple[str, "str | None"]  # var or env, and the name if it is known


@cache
def uses(text: str) -> frozenset[Use]:
    """The vars and environment variables that a template asks for; a name that is not written out is None."""
    if "var" not in text:
        return frozenset()
    plain = COMMENT.sub("", text)
    found: set[Use] = set()
    for word in WORD.finditer(plain):
        literal = LITERAL.match(plain, word.end())
        if not literal:
            return frozenset(parsed_uses(plain))
        found.add((kind_of(word.group(1)), literal.group(2)))
    return frozenset(found)


def kind_of(function: str) -> str:
    return "env" if function == "env_var" else "var"


def parsed_uses(text: str) -> Iterator[Use]:
    from dbt_common.clients.jinja import get_environment
    from jinja2 import nodes

    try:
        tree = get_environment(None, capture_macros=True).parse(text)
    except Exception:  # dbt will say what is wrong with it, if it matters
        yield from (("var", None), ("env", None))
        return
    called = set()
    for call in tree.find_all(nodes.Call):
        function = call.node
        if isinstance(function, nodes.Getattr) and function.attr == "has_var":
            function = function.node
        if isinstance(function, nodes.Name) and WORD.fullmatch(function.name):
            called.add(id(function))
            name = function.name
        elif isinstance(function, nodes.Getattr) and WORD.fullmatch(function.attr):
            name = function.attr  # builtins.var
        else:
            continue
        words = [*call.args, *(named.value for named in call.kwargs)]
        known = words[0].value if words and isinstance(words[0], nodes.Const) else None
        yield kind_of(name), known if isinstance(known, str) else None
    names = [name for name in tree.find_all(nodes.Name) if WORD.fullmatch(name.name)]
    own = {name.name for name in names if name.ctx != "load"}  # a loop's or a macro's own
    for name in names:
        if name.name not in own and id(name) not in called:
            yield kind_of(name.name), None


@dataclass
class Change:
    """An input that has another value than where the state was made."""

    key: str
    then: str
    now: str
    nodes: list[str] = field(default_factory=list)  # unique_ids

    @property
    def kind(self) -> str:
        return self.key.partition(" ")[0].rstrip("?")

    def its(self) -> str:
        return "it" if len(self.nodes) == 1 else "them"

    def words(self) -> str:
        name = self.key.partition(" ")[2]
        models = sum(node.startswith("model.") for node in self.nodes)
        count, what = (models, "model") if models else (len(self.nodes), "node")
        use = ", may be used by" if "?" in self.key.partition(" ")[0] else ", used by"
        if KEYED.fullmatch(self.now):
            what_changed = f"{'variable' if self.kind == 'env' else 'var'} {name} has another value"
        else:
            what_changed = f"var {name} {shown(self.then)} → {shown(self.now)}"
        return f"{what_changed}{use} {count} {what}{'' if count == 1 else 's'}"


def shown(value: str) -> str:
    return "not set" if value == UNSET else "a long value" if value.startswith("#") else value


def differ(then: str, now: str) -> bool:
    """Whether two notes are of different values; what cannot be compared is not known to differ."""
    keys = [KEYED.fullmatch(note) for note in (then, now)]
    if keys[0] and keys[1]:
        return keys[0].group(1) == keys[1].group(1) and then != now
    return bool(then and now) and not any(keys) and then != now


class Digests:
    """Digests that only those can make, and so guess from, who have the key."""

    def __init__(self, key: str | None) -> None:
        self.key = key.encode() if key else None
        self.id = self.mac("which key")[:8] if key else ""

    def mac(self, text: str | bytes) -> str:
        data = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text
        return hmac.new(self.key or b"", data, hashlib.sha256).hexdigest()

    def note(self, name: str, value: str | None) -> str:
        """Empty without a key."""
        return f"{self.id}:{self.mac(f'{name}={value}' if value is not None else name)[:24]}" if self.key else ""


class Inputs:
    """Of the nodes of one parsed project."""

    def __init__(self, task: Any, digests: Digests, secrets: Sequence[str]) -> None:
        self.task = task
        self.manifest = task.manifest
        self.digests = digests
        self.secrets = secrets
        self.values: dict[str, Mapping[str, Any]] = {}
        self.of_macros: dict[str, frozenset[Use]] = {}

    def note(self) -> None:
        for node in self.manifest.nodes.values():
            noted = self.of(node)
            if noted:
                node.meta = {**node.meta, NOTE: noted}
            elif NOTE in node.meta:
                node.meta = {name: value for name, value in node.meta.items() if name != NOTE}

    def of(self, node: Any) -> dict[str, str]:
        found = self.uses(node)
        noted: dict[str, str] = {}
        values = self.vars_of(node) if any(kind == "var" for kind, _ in found) else {}
        for kind, name in sorted(found, key=str):
            if name is None:
                others = values if kind == "var" else ()
                for other in others:
                    if (kind, other) not in found and not self.is_scope(other, values[other]):
                        self.add(noted, "var?", other, self.of_var(other, values))
            elif kind == "var":
                self.add(noted, "var", name, self.of_var(name, values))
            elif not name.startswith(SECRET_PREFIX):
                self.add(noted, "env", name, self.digests.note(name, os.environ.get(name)))
        if CONFIG_OF_TARGET.search(node.raw_code or ""):
            target = self.task.config.target_name
            if not any(secret in target for secret in self.secrets):
                noted[TARGET] = target
        return noted

    @staticmethod
    def add(noted: dict[str, str], kind: str, name: str, value: str | None) -> None:
        if value is not None:
            noted[f"{kind} {name}"] = value

    def of_var(self, name: str, values: Mapping[str, Any]) -> str | None:
        """None for what is not noted at all."""
        if name not in values:
            return UNSET
        text = json.dumps(values[name], sort_keys=True, default=str, ensure_ascii=False)
        plain = str(values[name])
        if name.startswith(SECRET_PREFIX) or any(secret in text or secret in plain for secret in self.secrets):
            return None
        if SECRET_NAME.search(name):
            return self.digests.note(f"var {name}", text)
        return text if len(text) <= LONG else "#" + hashlib.sha256(text.encode()).hexdigest()

    def vars_of(self, node: Any) -> Mapping[str, Any]:
        """By dbt's own rule, which goes by the package of the node."""
        if node.package_name not in self.values:
            from dbt.context.providers import RuntimeVar

            self.values[node.package_name] = RuntimeVar({}, self.task.config, node)._merged
        return self.values[node.package_name]

    def is_scope(self, name: str, value: Any) -> bool:
        """Whether that is no var, but those that hold for one package: they stand among the others by themselves."""
        return isinstance(value, Mapping) and name in self.task.config.load_dependencies()

    def uses(self, node: Any) -> set[Use]:
        """Also of what is part of its code: the macros that it calls, and ephemeral models."""
        found: set[Use] = set()
        if getattr(node, "language", "sql") == "sql":
            found |= uses(node.raw_code or "")
        for text in texts(node.unrendered_config):
            found |= uses(text)
        test = getattr(node, "test_metadata", None)
        for text in texts(test.kwargs if test else None):
            found |= uses(text)
        for macro in node.depends_on.macros if hasattr(node.depends_on, "macros") else ():
            found |= self.of_macro(macro)
        source_file = self.manifest.files.get(node.file_id)
        seen = getattr(source_file, "env_vars", None)  # what dbt saw while it parsed
        found |= {("env", name) for name in seen} if isinstance(seen, list) else set()
        for parent in getattr(node, "depends_on_nodes", ()):
            other = self.manifest.nodes.get(parent) or self.manifest.sources.get(parent)
            if parent.startswith("source."):
                for text in texts([getattr(other, f"unrendered_{name}", None) for name in ("database", "schema")]):
                    found |= uses(text)
            elif getattr(other, "is_ephemeral_model", False):
                found |= self.uses(other)
        return found

    def of_macro(self, macro_id: str) -> frozenset[Use]:
        if macro_id not in self.of_macros:
            found: set[Use] = set()
            todo, seen = [macro_id], {macro_id}
            while todo:
                macro = self.manifest.macros.get(todo.pop())
                if macro is not None:
                    found |= uses(macro.macro_sql)
                    todo += [called for called in macro.depends_on.macros if called not in seen]
                    seen.update(macro.depends_on.macros)
            self.of_macros[macro_id] = frozenset(found)
        return self.of_macros[macro_id]

    def changes(self) -> list[Change]:
        """Of nodes that are noted here and in the state; what most nodes read comes first."""
        state = self.task.previous_state and self.task.previous_state.manifest
        found: dict[tuple[str, str, str], Change] = {}
        for unique_id, node in self.manifest.nodes.items() if state else ():
            former = state.nodes.get(unique_id)
            before = former.meta.get(NOTE) if former is not None else None
            noted: Mapping[str, Any] = before if isinstance(before, dict) else {}
            for key, now in node.meta.get(NOTE, {}).items():
                then = noted.get(key)
                if key != TARGET and isinstance(then, str) and differ(then, now):
                    found.setdefault((key, then, now), Change(key, then, now)).nodes.append(unique_id)
        return sorted(found.values(), key=lambda change: (-len(change.nodes), change.key))

    def incomparable(self) -> list[str]:
        """Environment variables that are read, and noted by their names alone."""
        notes = [node.meta.get(NOTE, {}) for node in self.manifest.nodes.values()]
        return sorted({key.partition(" ")[2] for note in notes for key, value in note.items() if not value})


def texts(value: Any) -> Iterator[str]:
    """All that a configuration holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from texts(one)


def chosen(changes: Collection[Change], also: Collection[str]) -> set[str]:
    """Ids of the nodes that count as changed."""
    kinds = {KINDS[name] for name in also}
    return {node for change in changes if change.kind in kinds for node in change.nodes}
