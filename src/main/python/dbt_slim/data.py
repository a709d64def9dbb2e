"""The data of what a build made, compared with production's over dbt's own connection (see compare.py)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from dbt_slim import patches
from dbt_slim.catalogue import identifier, literal
from dbt_slim.compare import Column, Comparison, Impossible, Limits, Side, Unchanged, compared, key_of
from dbt_slim.database import AdapterDatabase
from dbt_slim.heartbeat import Heartbeat
from dbt_slim.reached import parents_of

if TYPE_CHECKING:
    from dbt_slim.one_process import OneProcess

TYPES = ("model.", "seed.")
WITHOUT_ROWS = ("ephemeral", "source", "source_table", "sink")
EVENT = "CompareData"
# What lets all statements until the next commit see the same rows; dbt lets psycopg2 begin transactions itself.
ONE_TIME = {
    "materialize": ("begin",),
    "postgres": ("commit", "set transaction isolation level repeatable read, read only"),
}


class DataSite(AdapterDatabase):
    """The database, as a comparison reads it."""

    def __init__(self, task: Any, adapter: Any) -> None:
        super().__init__(adapter)
        self.task = task

    def quote(self, name: str) -> str:
        """Adapters leave a quote within a name as it is."""
        end = str(self.adapter.quote("x"))[-1]
        return str(self.adapter.quote(name.replace(end, end + end)))

    def cancel(self) -> None:
        """dbt-postgres and dbt-materialize would close the connection, which waits for the statement."""
        connections = self.adapter.connections
        handles = [each.handle for each in list(connections.thread_connections.values()) if str(each.state) == "open"]
        if any(hasattr(handle, "cancel") for handle in handles):
            for handle in handles:
                with suppress(Exception):  # another thread's, whose server is gone
                    handle.cancel()
        else:
            connections.cancel_open()  # all but those of this thread, which has none

    def again(self) -> None:
        self.reconnect()

    @contextmanager
    def at_one_time(self) -> Iterator[None]:
        statements = ONE_TIME.get(self.adapter.type(), ())
        for statement in statements:
            self.query(statement)
        yield
        if statements:
            self.query("commit")

    def use_cluster_of(self, node: Any) -> None:
        """Of Materialize: that in which dbt builds the node, because production's has other things to do."""
        if self.adapter.type() != "materialize":
            return
        wanted = node.config.get("cluster") or self.adapter.connections.profile.credentials.cluster
        named = getattr(self.adapter, "generate_final_cluster_name", lambda name: name)  # not of older adapters
        name = str(named(wanted) or "").strip()
        if name:
            self.query(f"set cluster = {identifier(name)}")

    def relation(self, node: Any) -> Any:
        return self.adapter.Relation.create_from(self.task.config, node)

    def side(self, relation: Any) -> Side | None:
        """None where there is no such relation."""
        there = self.adapter.get_relation(relation.database, relation.schema, relation.identifier)
        if there is None:
            return None
        columns = [Column(*row) for row in self.columns(there)]
        if not columns:
            raise Impossible(f"Not compared: the database names no columns of {there}; may its user read it?")
        return Side(str(there), columns)

    def columns(self, relation: Any) -> list[Any]:
        """Names and types; PostgreSQL's information schema lacks materialized views, and types of lists."""
        if self.adapter.type() != "postgres":
            return [(column.name, column.data_type) for column in self.adapter.get_columns_in_relation(relation)]
        return self.query(
            "select a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod) from pg_catalog.pg_attribute a"
            " join pg_catalog.pg_class c on c.oid = a.attrelid join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
            f" where n.nspname = {literal(relation.schema)} and c.relname = {literal(relation.identifier)}"
            " and a.attnum > 0 and not a.attisdropped order by a.attnum"
        )


class Data:
    """Chooses what is compared when dbt has chosen what it builds, and compares when that is built."""

    def __init__(self, process: OneProcess, limits: Limits) -> None:
        self.process = process
        self.run = process.run
        self.limits = limits
        self.before: dict[str, Any] = {}  # production's nodes by id
        self.modified: set[str] = set()

    def choose(self, chosen: set[str], task: Any, modified: set[str]) -> None:
        production, nodes = task.previous_state.manifest.nodes, task.manifest.nodes
        self.before = {i: production[i] for i in chosen if i in production and i.startswith(TYPES)}
        self.modified = set(modified)
        ephemeral = {i for i in modified if i in nodes and nodes[i].is_ephemeral_model}
        while ephemeral:  # what such a model does is seen in those that read it
            readers = {i for i, node in nodes.items() if not ephemeral.isdisjoint(parents_of(node))} - self.modified
            self.modified |= readers
            ephemeral = {i for i in readers if nodes[i].is_ephemeral_model}

    def __call__(self, result: Any) -> None:
        """A comparison that fails is told, and the build is what it was."""
        results = getattr(result.result, "results", None) or []
        built = {r.node.unique_id for r in results if str(r.status) == "success"}
        built &= set(self.before)
        if not built or isinstance(result.exception, KeyboardInterrupt):
            return
        since = time.time()
        self.run.keep.event("phase", name="compare")
        self.run.collect()
        invocation = self.run.outcome["invocation_id"]  # the build's, which its results bear
        with Heartbeat("comparing data with production's"):
            try:
                problem = patches.with_connection(
                    self.process.invoke, self.process.plan["common"], self.work(built), "--quiet"
                )
            except KeyboardInterrupt:
                raise
            except Exception as e:  # whatever an adapter may raise
                problem = e
        self.run.phase("compare", since)
        self.run.outcome["invocation_id"] = invocation
        if isinstance(problem, KeyboardInterrupt):
            raise problem
        if problem:
            text = f"The data was not compared with production's: {' '.join(str(problem).split())}"
            self.run.message("warn", EVENT, text)
            self.run.say(text)

    def work(self, built: set[str]) -> Callable[[Any, Any], None]:
        def look(task: Any, adapter: Any) -> None:
            site = DataSite(task, adapter)
            tests: dict[str, list[Any]] = {}
            for node in task.manifest.nodes.values():
                if node.unique_id.startswith("test."):
                    tests.setdefault(getattr(node, "attached_node", None) or "", []).append(node)
            ids = [*sorted(built & self.modified), *sorted(built - self.modified)]
            todo = [(i, self.maker(site, i, tests.get(i, []))) for i in ids]
            results = compared(todo, site, self.limits, built - self.modified, lambda: self.run.aborted)
            self.run.outcome["data"] = self.clean(results)
            for found in results:
                self.run.say(line(found))

        return look

    def maker(self, site: DataSite, ident: str, tests: list[Any]) -> Callable[[], Comparison]:
        def make() -> Comparison:
            now, old = site.task.manifest.nodes[ident], self.before[ident]
            if getattr(now.config, "materialized", None) in WITHOUT_ROWS:
                raise Unchanged()
            relations = site.relation(now), site.relation(old)
            here, there = (site.side(relation) for relation in relations)
            if here is None or there is None:
                missing = relations[0 if here is None else 1]
                raise Impossible(f"Not compared: there is no {missing}.")
            if here.relation == there.relation:  # as the database has it, however the two manifests quote it
                raise Impossible("Not compared: it was built in production's own place.")
            site.use_cluster_of(now)
            comparison = Comparison(site, here, there, key_of(now, tests), self.limits)
            if ident not in self.modified and not comparison.added and not comparison.removed:
                raise Unchanged()
            return comparison

        return make

    def clean(self, value: Any) -> Any:
        """Without secrets, whatever rows hold."""
        if isinstance(value, dict):
            return {key: self.clean(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.clean(each) for each in value]
        return self.run.keep.clean(value) if isinstance(value, str) else value


def line(found: dict[str, Any]) -> str:
    """What a log says of one."""
    name = found["id"].split(".", 2)[-1]
    if "problem" in found:
        return f"{name}: {found['problem']}"
    changed = f" ~{found['changed']:,}" if "changed" in found else ""
    of = f"the first {found['sampled']:,}" if found.get("sampled") else f"{found['rows_before']:,}"
    more = f"; not compared: {'; '.join(found['not_compared'])}" if found["not_compared"] else ""
    return f"{name}: +{found['added']:,} −{found['removed']:,}{changed} of {of} rows{more}"
