"""What a build drops in Materialize and makes anew, by the server's own catalogue.

dbt-materialize drops what it builds with CASCADE, and the server then goes by its own dependencies: also what no graph
of dbt's has goes along (a view made by hand, another project's, a reader of a source's own tables), without a word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from dbt_slim import attached, guards
from dbt_slim.catalogue import Database, environment_of, in_list, names
from dbt_slim.run import Run

Place = tuple[str, str]  # schema and name of a relation
REPLACEMENT = "_dbt_slim_replacement"  # how a name of ours ends that stands for an object which is not in place yet
OF_ITS_SOURCE = ("subsource", "progress")  # comes and goes with the source
TESTS = ("test.", "unit_test.", "operation.")
CASCADED = re.compile(r'drop cascades to ([A-Za-z ]+) "?(.+?)"?$', re.M)  # in a notice of the server, one a line


class Item(NamedTuple):
    """An object of the catalogue."""

    id: str
    schema: str
    name: str
    kind: str
    reads: str  # id of what it reads, or of its schema
    source: str = ""  # kind of a source

    @property
    def place(self) -> Place:
        return self.schema, self.name

    def __str__(self) -> str:
        return f"{self.schema}.{self.name}" + (" (index)" if self.kind == "index" else "")


def existing(site: Database, schemas: Iterable[str]) -> list[Item]:
    """Relations that lie in schemas of this database."""
    rows = site.query(
        "select o.id, s.name, o.name, o.type, s.id from mz_objects o join mz_schemas s on s.id = o.schema_id"
        " join mz_databases d on d.id = s.database_id where d.name = current_database()"
        f" and s.name in {in_list(sorted(schemas))} and o.id like 'u%' and o.type <> 'index'"
    )
    return [Item(*row) for row in rows]


def readers(site: Database, ids: Collection[str]) -> list[Item]:
    """What reads from these, level by level."""
    found: dict[str, Item] = {}
    seen, level = set(ids), list(ids)
    while level:
        rows = site.query(
            "select distinct o.id, s.name, o.name, o.type, d.referenced_object_id, coalesce(u.type, '')"
            " from mz_internal.mz_object_dependencies d join mz_objects o on o.id = d.object_id"
            " join mz_schemas s on s.id = o.schema_id left join mz_sources u on u.id = o.id"
            f" where d.referenced_object_id in {in_list(level)} and o.id like 'u%' order by 2, 3"
        )
        level = [row[0] for row in rows if row[0] not in seen]
        for row in rows:
            found.setdefault(row[0], Item(*row))
        seen.update(level)
    return [item for i, item in found.items() if i not in ids]


def progress_of(site: Database, sources: Collection[str]) -> list[Item]:
    """Relations in which Materialize tells how far sources are: those read from them, and go with them all the same."""
    rows = site.query(
        "select distinct o.id, s.name, o.name, o.type, d.object_id, u.type from mz_internal.mz_object_dependencies d"
        " join mz_sources u on u.id = d.referenced_object_id join mz_objects o on o.id = u.id"
        f" join mz_schemas s on s.id = o.schema_id where d.object_id in {in_list(sources)} and u.type = 'progress'"
    )
    return [Item(*row) for row in rows]


def names_of_indexes(relation: str, configured: Iterable[Any]) -> set[str]:
    """Without a name of their own, Materialize names them by their columns."""
    usual = {f"{relation}_primary_idx"}
    for each in configured:
        usual.add(str(each.get("name") or "_".join([relation, *map(str, each.get("columns") or ()), "idx"])))
    return usual


def made_by_hand(indexes: Collection[Item], relation: str, configured: Collection[Any]) -> list[Item]:
    """Those that dbt does not make again."""
    usual = names_of_indexes(relation, configured)
    others = [index for index in indexes if index.name not in usual]
    return others[: max(0, len(indexes) - len(configured))]


class Recreation:
    """Looks before anything is dropped; puts back what hung on an object; and tells what was lost."""

    def __init__(self, run: Run, copies: bool) -> None:
        """copies: whether what was granted on an object is granted on the one that takes its place"""
        self.run = run
        self.copies = copies
        self.environments = run.plan.get("environments", [])
        self.before: dict[Place, list[attached.Attached]] = {}
        self.doomed: list[Item] = []
        self.unfinished: list[Place] = []  # was made, and has not got yet what its predecessor had
        self.has_begun = False
        self.cascaded: dict[str, str] = {}  # what the server said it dropped with something, and of what kind that is
        self.parts: dict[Place, list[Place]] = {}  # what comes and goes with a source
        self.given_up: set[str] = set()  # indexes that the project made, whether it still does or not
        self.present: dict[Place, str] = {}  # ids of the project's nodes that were there before

    def look(self, site: Database, chosen: Collection[str], task: Any) -> None:
        """chosen: unique_ids of what is dropped and made again"""
        now, state = places(task.manifest.nodes), {}
        if task.previous_state and task.previous_state.manifest:
            state = places(task.previous_state.manifest.nodes)
        again = {place: i for i, place in now.items() if i in chosen}
        if not again:
            return
        ids = {place: i for i, place in now.items()}
        found = existing(site, {schema for schema, _ in ids})
        self.present = {item.place: ids[item.place] for item in found if item.place in ids}
        there = [item for item in found if item.place in again]
        if not there:
            return
        gone = set(state.values()) - set(now.values())  # the project wants them no more
        own = {schema for schema, _ in again} if self.run.plan.get("own_environment") else set()
        lost: list[Item] = []
        indexes: dict[str, list[Item]] = {}
        ids_there, parts = {item.id: item.place for item in there}, []
        sources = [item.id for item in there if item.kind == "source"]
        progress = progress_of(site, sources) if sources else []
        for item in progress + readers(site, [item.id for item in there + progress]):
            if item.kind == "index":
                indexes.setdefault(item.reads, []).append(item)
            elif item.source in OF_ITS_SOURCE:
                if item.reads in ids_there:
                    self.parts.setdefault(ids_there[item.reads], []).append(item.place)
                    parts.append(item)
            elif item.place not in again and item.place not in gone:
                lost.append(item)
        if self.copies:
            places_of_parts = {item.place for item in parts}
            found = existing(site, {item.schema for item in parts}) if parts else []
            self.remember(site, there + [item for item in found if item.place in places_of_parts])
        lost = [item for item in lost if item.schema not in own and not item.name.endswith(REPLACEMENT)]
        for item in there:
            config = task.manifest.nodes[again[item.place]].config
            former = task.previous_state.manifest.nodes.get(again[item.place]) if state else None
            configured = (former.config if former else config).get("indexes") or []
            self.given_up |= {f"{item.schema}.{name}" for name in names_of_indexes(item.name, configured)}
            lost += made_by_hand(indexes.get(item.id, ()), item.name, configured)
        self.doomed = lost
        self.refuse([item for item in lost if not environment_of(item.schema, self.environments)])

    def refuse(self, strangers: Collection[Item]) -> None:
        if self.doomed:
            told = names([self.words(str(item), item.schema) for item in self.doomed])
            self.say(f"what is built here is dropped first, and with it by Materialize's catalogue {told}")
        if strangers:
            guards.refuse(
                guards.DOWNSTREAM,
                self.run.allowed,
                f"This build would drop {names([str(item) for item in strangers])} without building"
                f" {'it' if len(strangers) == 1 else 'them'} again: by Materialize's catalogue"
                f" {'it reads' if len(strangers) == 1 else 'they read'} from what is built here, although dbt's graph"
                " does not say so. Select it if it is the project's, or see to it that it is made again afterwards",
            )

    def remember(self, site: Database, there: Collection[Item]) -> None:
        found = attached.read(site, {item.reads for item in there})
        schemas = {item.reads: item.schema for item in there}
        ours = {item.place for item in there}
        for schema, all_of_schema in found.items():
            for each in all_of_schema:
                if (schemas[schema], each.name) in ours:
                    self.before.setdefault((schemas[schema], each.name), []).append(each)

    def remember_replaced(self, site: Database, ids: Collection[str], task: Any) -> None:
        """What is replaced in place keeps its privileges and loses its comments."""
        wanted = {place for i, place in places(task.manifest.nodes).items() if i in ids}
        if wanted:
            found = existing(site, {schema for schema, _ in wanted})
            self.remember(site, [item for item in found if item.place in wanted])

    def ran(self, site: Database, node: Any, is_good: bool, notices: Iterable[str]) -> None:
        self.has_begun = True
        for kind, name in (each for notice in notices for each in CASCADED.findall(notice)):
            self.cascaded[name.removeprefix(f"{node.database}.")] = kind.lower()
        if is_good:
            place = node.schema, node.alias
            for each in (place, *self.parts.get(place, ())):
                self.made(site, each)

    def made(self, site: Database, place: Place, can_wait: bool = True) -> None:
        """An object was made anew: it gets what its predecessor had; where an abort ends that, it can wait."""
        before = self.before.pop(place, ())
        if not before:
            return
        schema, name = place
        try:
            items = [item for item in existing(site, [schema]) if item.name == name]
            after = attached.read(site, {item.reads for item in items}, name)
            lacking = attached.lacking(before, [a for all_of in after.values() for a in all_of], kinds(items))
        except Exception as e:
            if can_wait and self.run.aborted:  # dbt closes the connection of whoever is at work
                self.before[place] = list(before)
                return self.unfinished.append(place)
            return self.say(f"privileges and comments of {schema}.{name} are lost: {e}")
        for each in lacking:
            statement = each.statement(schema)
            try:
                site.query(statement)
            except Exception as e:
                self.say(f"not done: {statement} ({' '.join(str(e).split())})")

    def finish(self, site: Database) -> None:
        """After an abort."""
        for place in self.unfinished:
            self.made(site, place, can_wait=False)
        self.ended(site)

    def ended(self, site: Database) -> None:
        """Tells which of those that may go did, and what of the project is not there any more."""
        if self.present:
            after = {item.place for item in existing(site, {schema for schema, _ in self.present})}
            self.run.outcome["gone"] = sorted(i for place, i in self.present.items() if place not in after)
        dropped: dict[str, str] = {}
        if self.doomed:
            ids = in_list([item.id for item in self.doomed])
            left = {row[0] for row in site.query(f"select id from mz_objects where id in {ids}")}
            dropped = {str(item): item.schema for item in self.doomed if item.id not in left}
        if self.cascaded:  # also what came to be after the look
            rows = site.query(
                "select s.name || '.' || o.name from mz_objects o join mz_schemas s on s.id = o.schema_id"
                " join mz_databases d on d.id = s.database_id where d.name = current_database()"
                f" and s.name || '.' || o.name in {in_list(self.cascaded)}"
            )
            for name in sorted(set(self.cascaded) - {row[0] for row in rows} - self.given_up):
                dropped[name + (" (index)" if self.cascaded[name] == "index" else "")] = name
        if dropped:
            told = [self.words(name, schema) for name, schema in dropped.items()]
            self.say(f"Materialize dropped {names(told)} with what was built")

    def words(self, name: str, schema: str) -> str:
        tag = environment_of(schema, self.environments)
        return name + (f" (which the next build of the change request in {tag} makes again)" if tag else "")

    def say(self, text: str) -> None:
        self.run.message("warn", "Recreation", text)
        self.run.say(text)


def kinds(items: Iterable[Item]) -> dict[str, str]:
    return {item.name: item.kind for item in items}


def places(nodes: Mapping[str, Any]) -> dict[str, Place]:
    return {
        i: (node.schema, node.alias)
        for i, node in nodes.items()
        if getattr(node, "relation_name", None) and not i.startswith(TESTS)
    }
