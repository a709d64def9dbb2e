"""What the changes of a build reach: the class of each modified model, and which columns of all that reads from it.

The same code that compiles otherwise for another target, time or table is no change, and what cannot be told from that
is not proven.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from graphlib import TopologicalSorter
from typing import Any, NamedTuple

from dbt_slim import columns
from dbt_slim.lineage import NOTHING, ROWS, Names, Reach, Tables, names_of, reach_of
from dbt_slim.sql import CTE, Unprovable, calls_unknown, dialect_of, sqlglot_here, tokens

SECONDS = 20.0
LETTERS = 200_000  # of a statement: sqlglot needs a second for about as many
NAMED = 100  # columns of a node
# Code that compiles otherwise elsewhere, and code that asks the database or the project while it compiles.
ELSEWHERE = re.compile(
    r"\b(target(?=[.\[](?!type\b|.type\b))|env_var|run_started_at|invocation_id|is_incremental|modules(?=\.)|model\.batch"
    r"|flags(?=\.)|should_full_refresh|selected_resources|invocation_args_dict|thread_id)\b"
)
INCREMENTAL = "is_incremental"
ASKS = re.compile(r"\b(run_query|statement|adapter\.(?!dispatch\b)|graph\.|var\(|load_result|get_relation)")
# Config that no row depends on; of tables and views all but hooks is such.
ASIDE = {
    *("tags", "meta", "docs", "group", "access", "persist_docs", "grants", "contract", "packages", "enabled"),
    *("schema", "database", "alias", "quoting", "column_types", "freshness", "concurrent_batches", "batch_size"),
}
HOOKS = {"pre-hook", "post-hook", "pre_hook", "post_hook", "sql_header"}
PASS_ON = ("exposure.", "metric.", "semantic_model.", "saved_query.")  # what they show or hand on is what they read
PLAIN = {"table", "view", "ephemeral", "materialized_view", "materializedview", "dynamic_table"}


class Traits(NamedTuple):
    """Of code, with all that it calls."""

    elsewhere: str | None = None  # by what it compiles otherwise elsewhere
    asks: bool = False
    incremental: bool = False  # it compiles otherwise where the table is there

    @staticmethod
    def of(text: str, called: Iterable[Traits]) -> Traits:
        found = ELSEWHERE.search(text)
        traits = Traits(found.group() if found else None, bool(ASKS.search(text)), INCREMENTAL in text)
        for each in called:
            traits = Traits(
                traits.elsewhere or each.elsewhere, traits.asks or each.asks, traits.incremental or each.incremental
            )
        return traits


class Build:
    """A project that was built, beside production's."""

    def __init__(self, now: Any, before: Any, modified: set[str], adapter: str) -> None:
        """
        now, before: manifests as dbt has them

        modified: unique_ids of what dbt calls modified or new
        adapter: dbt's type of it
        """
        self.nodes = now.nodes
        self.sources = getattr(now, "sources", None) or {}
        self.readers: dict[str, Any] = {}  # that have no SQL
        for kind in ("exposures", "metrics", "semantic_models", "saved_queries"):
            self.readers.update(getattr(now, kind, None) or {})
        self.macros = getattr(now, "macros", None) or {}
        self.before = before.nodes
        self.modified = modified
        self.adapter = adapter
        self.moved = self.sources_moved(getattr(before, "sources", None) or {})
        self.end = time.monotonic() + SECONDS
        self.reach: dict[str, Reach] = {}
        self.traits: dict[str, Traits] = {}  # of macros

    def sources_moved(self, before: dict[str, Any]) -> set[str]:
        own = {i: getattr(each, "relation_name", None) for i, each in self.sources.items()}
        return {i for i, name in own.items() if i in before and getattr(before[i], "relation_name", None) != name}

    def relations_for(self, node: Any) -> dict[str, str]:
        """Production's by those of this build that stand for them, of what the node can name."""
        found: dict[str, str] = {}
        for i in (node.unique_id, *parents_of(node)):
            own, theirs = (getattr(nodes.get(i), "relation_name", None) for nodes in (self.nodes, self.before))
            if own and theirs and own != theirs:
                found[own] = theirs
        return found

    def results(self) -> Iterator[dict[str, Any]]:
        """Of all that changed and all that reads from it, parents first."""
        for ident in self.order():
            found: dict[str, Any] = {"id": ident}
            node = self.nodes.get(ident) or self.readers.get(ident)
            if node is None:  # a source
                self.reach[ident] = ROWS
                continue
            own = self.guarded(lambda node=node, found=found: self.own(node, found))  # type: ignore[misc]
            reach = self.guarded(lambda node=node: self.inherited(node))  # type: ignore[misc]
            reach = own.and_also(reach)
            if reach.columns and not reach.rows and self.keeps_rows_by(node, reach.columns):
                reach = reach.and_also(ROWS)
            self.reach[ident] = reach
            if ident.startswith(PASS_ON[1:]):
                continue
            found["reads"] = (
                ("unknown" if reach.why else "all") if reach.rows else "columns" if reach.columns else "none"
            )
            if reach.why:
                found["unproven"] = reach.why
            elif not reach.rows and not ident.startswith("test."):
                found["reached"] = sorted(reach.columns)[:NAMED]
            yield found

    def guarded(self, look: Callable[[], Reach]) -> Reach:
        try:
            if time.monotonic() > self.end:
                raise Unprovable(f"the {SECONDS:g} seconds for looking at SQL were over")
            return look()
        except Unprovable as e:
            return Reach(rows=True, why=str(e))
        except Exception as e:  # of a tree that nobody foresaw: nothing is proven
            return Reach(rows=True, why=f"it is not understood ({type(e).__name__})")

    def order(self) -> Iterable[str]:
        """What changed and all below it that is built, checked or shown; parents first."""
        children: dict[str, list[str]] = {}
        for ident, node in (*self.nodes.items(), *self.readers.items()):
            for parent in parents_of(node):
                children.setdefault(parent, []).append(ident)
        below: set[str] = set()
        todo = [i for i in self.modified if i.startswith(("model.", "seed.", "snapshot."))] + list(self.moved)
        while todo:
            ident = todo.pop()
            if ident not in below:
                below.add(ident)
                todo += children.get(ident, [])
        known = {i: self.nodes.get(i) or self.readers.get(i) for i in below}
        sorter: TopologicalSorter[str] = TopologicalSorter()
        for ident in sorted(below):
            sorter.add(ident, *(p for p in parents_of(known[ident]) if p in below))
        return sorter.static_order()

    # What a node's own code changes

    def own(self, node: Any, found: dict[str, Any]) -> Reach:
        ident = node.unique_id
        if ident.startswith(("test.", *PASS_ON)):
            return NOTHING
        if ident.startswith("seed.") or ident not in self.before:
            return ROWS if ident in self.modified else NOTHING
        old = self.before[ident]
        if ident not in self.modified and not self.code(node).asks:
            return NOTHING
        if getattr(node, "language", "sql") != "sql":
            return ROWS._replace(why="it is written in Python") if ident in self.modified else NOTHING
        before, after = (getattr(each, "compiled_code", None) for each in (old, node))
        if not before or not after:
            raise Unprovable("no compiled SQL of both sides is known")
        change = self.change(node, before, columns.with_relations_of(after, self.relations_for(node)))
        cast = cast_otherwise(old, node)
        if cast and change["class"] not in (columns.UNKNOWN, columns.ROWS):
            changed = [*change["changed"], *(name for name in cast if name not in change["changed"])]
            change = {**change, "class": columns.COLUMNS, "changed": changed}
        if ident in self.modified:
            found.update(change)
            self.check_config(old, node)
        return columns.reach(change)

    def change(self, node: Any, before: str, after: str) -> dict[str, Any]:
        if before == after:
            return {**columns.UNTOUCHED, "class": columns.SAME}
        if max(len(before), len(after)) > LETTERS:
            return {**columns.UNTOUCHED, "class": columns.UNKNOWN, "why": "its SQL is too long to be looked at"}
        found = columns.change(before, after, self.adapter)
        elsewhere = self.code(node).elsewhere or self.code(self.before[node.unique_id]).elsewhere
        if elsewhere and found["class"] != columns.FORMATTING:
            why = f"its SQL depends on {elsewhere}, which differs by itself"
            return {**columns.UNTOUCHED, "class": columns.UNKNOWN, "why": why}
        return found

    def code(self, node: Any) -> Traits:
        return Traits.of(getattr(node, "raw_code", None) or "", map(self.macro, node.depends_on.macros))

    def macro(self, ident: str) -> Traits:
        """Those of dbt itself, which know what they do, left out."""
        if ident not in self.traits:
            self.traits[ident] = Traits()  # it may call itself
            macro = self.macros.get(ident)
            if macro is not None and macro.package_name not in ("dbt", "dbt_" + self.adapter, "dbt_postgres"):
                self.traits[ident] = Traits.of(macro.macro_sql, map(self.macro, macro.depends_on.macros))
        return self.traits[ident]

    def check_config(self, old: Any, now: Any) -> None:
        configs = [each.config.to_dict(omit_none=True) for each in (old, now)]
        names = {name for name in {*configs[0], *configs[1]} if configs[0].get(name) != configs[1].get(name)}
        if {each.get("materialized") for each in configs} <= PLAIN:
            names &= HOOKS
        names -= ASIDE
        if names:
            raise Unprovable(f"its configuration changed: {min(names)}")

    def keeps_rows_by(self, node: Any, names: Iterable[str]) -> bool:
        """Whether it has rows of former runs, and tells by columns of these names which of them go on."""
        if not node.unique_id.startswith(("model.", "snapshot.")):
            return False
        if node.unique_id.startswith("snapshot."):
            return True  # it keeps a row of each change
        if getattr(node.config, "materialized", None) in PLAIN:
            return False
        config = node.config.to_dict(omit_none=True)
        text = str([value for name, value in config.items() if name not in ASIDE | HOOKS]).lower()
        return not set(names).isdisjoint(re.findall(r"\w+", text))

    # What it reads of what others change

    def inherited(self, node: Any) -> Reach:
        reached = [(p, self.reach[p]) for p in parents_of(node) if self.reach.get(p, NOTHING) != NOTHING]
        if not reached:
            return NOTHING
        found = NOTHING
        if node.unique_id.startswith(PASS_ON):
            for _, reach in reached:
                found = found.and_also(reach)
            return found
        if getattr(node, "language", "sql") != "sql":
            raise Unprovable("it is written in Python")
        found = self.read(node, getattr(node, "compiled_code", None), reached)
        traits = self.code(node)
        if traits.elsewhere and not found.rows:
            found = found.and_also(self.elsewhere(node, traits, reached))
        return found

    def elsewhere(self, node: Any, traits: Traits, reached: list[tuple[str, Reach]]) -> Reach:
        """As production compiled it: what reads otherwise there is not proven by what is compiled here."""
        sql = getattr(self.before.get(node.unique_id), "compiled_code", None)
        if not sql:
            raise Unprovable(f"its SQL depends on {traits.elsewhere}, and production's is not known")
        own = {self.nodes[node.unique_id].relation_name, self.before[node.unique_id].relation_name} - {None}
        if traits.incremental and not any(name in text for name in own for text in (sql, node.compiled_code)):
            same = columns.with_relations_of(node.compiled_code, self.relations_for(node)) == sql
            if same:
                raise Unprovable("what it adds to a table that is there was not compiled")
        return self.read(node, sql, reached)

    def read(self, node: Any, sql: str | None, reached: list[tuple[str, Reach]]) -> Reach:
        if not sql:
            raise Unprovable("it was not compiled")
        if len(sql) > LETTERS:
            raise Unprovable("its SQL is too long to be looked at")
        dialect = dialect_of(self.adapter)
        words = " ".join(text.lower() for _, text in tokens(sql, dialect))
        relations: list[tuple[Names, Reach]] = []
        ctes: dict[str, Reach] = {}
        found = NOTHING
        hooks = self.hooks(node)
        for parent, reach in reached:
            names = self.names(parent, dialect)
            name = parent.split(".", 2)[-1]
            is_named = any(each[0] in words for each in names)
            if hooks and (not is_named or re.search(rf"\b{re.escape(name)}\b", hooks)):
                raise Unprovable(f"a hook of it may read {name}")
            if reach.rows and is_named:
                why = reach.why and (reach.why if reach.why.startswith("of ") else f"of {name}, {reach.why}")
                found = found.and_also(reach._replace(why=why))
            for each in names:
                if each[0].startswith(CTE):
                    ctes[each[0]] = reach
                else:
                    relations.append((each, reach))
        if found.rows:
            return found
        tables = Tables(relations)
        found = reach_of(sql, dialect, tables, ctes)
        # A parent may be asked for something while the node compiles, or be named in a comment.
        unread = [parent for parent, _ in reached if tables.read.isdisjoint(self.names(parent, dialect))]
        if not found.rows and any(not self.is_ephemeral(p) for p in unread) and calls_unknown(sql, dialect):
            raise Unprovable(f"a function in it may read {unread[0].split('.', 2)[-1]}")
        return found

    def is_ephemeral(self, ident: str) -> bool:
        return bool(getattr(self.nodes.get(ident), "is_ephemeral_model", False))

    @staticmethod
    def hooks(node: Any) -> str:
        found = (getattr(node.config, name, None) for name in ("pre_hook", "post_hook", "sql_header"))
        return " ".join(str(each) for each in found if each)

    def names(self, ident: str, dialect: str) -> list[Names]:
        nodes = (self.nodes.get(ident), self.before.get(ident), self.sources.get(ident))
        relations = {getattr(node, "relation_name", None) for node in nodes}
        found = [names_of(each, dialect) for each in relations if each]
        node = nodes[0]
        if self.is_ephemeral(ident):
            found.append(((CTE + (getattr(node, "identifier", None) or node.name)).lower(),))
        return found


def cast_otherwise(old: Any, now: Any) -> list[str]:
    """Names of columns that a contract casts to another type: dbt makes the table by it and fills it by the SQL."""
    enforced = [bool(getattr(getattr(node.config, "contract", None), "enforced", False)) for node in (old, now)]
    if not any(enforced):
        return []
    types = [{c.name: c.data_type for c in node.columns.values()} for node in (old, now)]
    if not all(enforced):
        raise Unprovable("its contract, which casts its columns, came or went")
    return [name for name, kind in types[1].items() if name in types[0] and types[0][name] != kind]


def parents_of(node: Any) -> list[str]:
    return list(getattr(getattr(node, "depends_on", None), "nodes", None) or [])


def of_build(now: Any, before: Any, modified: set[str], adapter: str) -> list[dict[str, Any]]:
    """What is proven of the changes of a build, where dbt's environment has what it takes."""
    return list(Build(now, before, modified, adapter).results()) if sqlglot_here() else []
