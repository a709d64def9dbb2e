"""Replaces materialized views in place, where Materialize can (26.10 and newer).

A replacement hydrates beside its target and is then put in its place: what reads from the target stays as it is and
gets the difference. The server takes only what has the same columns. All that is made before the first is put in place
goes away again if something goes wrong, so that production is as it was.
"""

from __future__ import annotations

import copy
import re
import threading
import time
from collections.abc import Callable, Collection, Iterator
from typing import Any

from dbt_slim import patches, recreation
from dbt_slim.catalogue import Database, identifier, in_list, names
from dbt_slim.errors import UserError
from dbt_slim.run import Run

SUFFIX = recreation.REPLACEMENT
LONGEST = 255  # characters of a name
KINDS = ("materialized_view", "materializedview", "table")  # all are materialized views to dbt-materialize
DIFFERENT = {
    "new": "it is new",
    "modified.configs": "its configuration differs",
    "modified.relation": "its name differs",
    "modified.contract": "its contract differs",
    "modified.persisted_descriptions": "its persisted descriptions differ",
}
STAYS = ("indexes", "persist_docs")  # config that a replacement leaves as it is
REFUSAL = re.compile(r"replacement schema differs|cannot replace|depend on itself|already has a replacement", re.I)
UNKNOWN = re.compile(r'found (identifier )?"?replacement\b|replacement.materialized.views', re.I)
TESTS = ("test.", "unit_test.")
POLLS = (0.5, 5.0)
PLAIN_TEST = {"severity": "ERROR", "error_if": "!= 0", "store_failures": None, "limit": None, "fail_calc": "count(*)"}


def words(problem: object) -> str:
    """What the server says, in one line."""
    return re.sub(r"^Database Error ", "", " ".join(str(problem).split())).rstrip(".")


class Replacement:
    """One that was made and is not in place yet."""

    def __init__(self, node: Any) -> None:
        self.id: str = node.unique_id
        self.schema: str = node.schema
        self.name = node.alias[: LONGEST - len(SUFFIX)] + SUFFIX
        database = identifier(node.database)
        self.target = f"{database}.{identifier(node.schema)}.{identifier(node.alias)}"
        self.relation = f"{database}.{identifier(node.schema)}.{identifier(self.name)}"


class Replacing:
    """What of a build is replaced in place, what is built as usual, and what need not be built at all."""

    def __init__(self, run: Run, clock: Callable[[], float] = time.monotonic) -> None:
        self.run = run
        self.clock = clock
        self.until = clock() + run.plan.get("replace_seconds", 0)
        self.made: dict[str, Replacement] = {}
        self.replaced: list[str] = []
        self.dropped: list[str] = []
        self.refused: dict[str, str] = {}
        self.spared: set[str] = set()
        self.below: set[str] = set()  # what reads from a replaced one
        self.lock = threading.Lock()

    # what is to be done

    def prepare(self, site: Database, chosen: Collection[str], dbt: Dbt) -> None:
        """Up to what is put in place; where the server does not tell what that takes, all goes the usual way."""
        try:
            self.choose(site, chosen, dbt)
            self.hydrate(site)
        except UserError:
            raise
        except Exception as e:
            if self.run.aborted:
                raise
            self.drop(site)
            self.made, self.dropped, self.spared = {}, [], set()
            self.tell(words(e))
            self.note()
        self.check(site, chosen, dbt)

    def choose(self, site: Database, chosen: Collection[str], dbt: Dbt) -> set[str]:
        """Makes the replacements; gives what of dbt's choice need not be built for them."""
        nodes = dbt.nodes()
        kinds = dbt.modified()
        there = {item.place: item.kind for item in recreation.existing(site, {n.schema for n in nodes.values()})}
        self.drop_left(site, there)
        places = recreation.places(nodes)
        touched, usual = set(kinds["modified"]), ""
        rebuilt: set[str] = set()
        for i in in_order(nodes):
            parents = set(nodes[i].depends_on_nodes)
            if parents & {p for p in touched if p.startswith("source.") or (p in nodes and is_ephemeral(nodes[p]))}:
                touched.add(i)  # what is not there of its own changes the SQL of those that use it
            if parents & rebuilt:
                rebuilt.add(i)
            elif i in touched and i in chosen and not is_ephemeral(nodes[i]):
                why = usual or unfit(nodes[i], i, kinds, there.get(places.get(i, ("", ""))))
                why = why or self.make(site, i, dbt)
                if why:
                    self.refused[i] = why
                    rebuilt.add(i)
                    usual = "" if REFUSAL.search(why) else usual or (why if UNKNOWN.search(why) else "")
        built = rebuilt | set(self.made) | {i for i in touched if i in nodes and is_ephemeral(nodes[i])}
        for i in in_order(nodes):
            if set(nodes[i].depends_on_nodes) & (self.below | set(self.made)):
                self.below.add(i)
        self.spared = self.below & set(chosen) - built
        for test in (i for i in chosen if i.startswith(TESTS) and i not in touched):
            if set(dbt.parents(test)) & self.spared and not set(dbt.parents(test)) & built:
                self.spared.add(test)
        self.tell(usual)
        self.note()
        return self.spared

    def make(self, site: Database, i: str, dbt: Dbt) -> str | None:
        """Why it cannot be, if it cannot."""
        new = Replacement(dbt.nodes()[i])
        try:
            site.query(dbt.statement(i, new))
        except Exception as e:
            why = words(e)
            if REFUSAL.search(why) or UNKNOWN.search(why):
                return why
            raise UserError(
                f"{i} cannot be created, so nothing was changed: {why}. Correct it, or build without replace."
            ) from e
        self.made[i] = new
        return None

    def tell(self, usual: str) -> None:
        if usual:
            self.refused = {}
            text = f"this Materialize replaces nothing in place ({usual}): it is built as usual"
            self.run.message("warn", "Replacement", text)
            self.run.say(text)
        for i, why in self.refused.items():
            self.run.say(f"{i} is built as usual, with what depends on it: {why}")
        if self.made:
            one, spared = len(self.made) == 1, sorted(i for i in self.spared if not i.startswith(TESTS))
            self.run.say(
                f"{names(sorted(self.made))} {'is' if one else 'are'} replaced in place: what depends on"
                f" {'it' if one else 'them'} is not built again ({len(spared)}: {names(spared) or 'nothing'})"
            )

    # before anything is put in place

    def hydrate(self, site: Database, sleep: Callable[[float], None] = time.sleep) -> None:
        pause, said = POLLS[0], -1
        while self.made:
            waiting = self.not_hydrated(site)
            done = len(self.made) - len(waiting)
            if done != said:
                said = done
                self.run.say(f"{done} of {len(self.made)} replacements hydrated")
            if not waiting:
                return
            failing = self.failing(site)
            if failing or self.clock() > self.until:
                why = f"the cluster {names(failing)} has no replica that works" if failing else "the time limit is over"
                raise UserError(
                    f"The replacements of {names(waiting)} were not hydrated, because {why}: they are dropped, and"
                    " production is as it was. Give it more time (replaceTimeLimit) or a bigger cluster and build"
                    " again."
                )
            sleep(pause)
            pause = min(2 * pause, POLLS[1])

    def places(self) -> str:
        """Of the replacements, as a condition on schemas s and objects o."""
        made = self.made.values()
        return f"s.name in {in_list({m.schema for m in made})} and o.name in {in_list({m.name for m in made})}"

    def not_hydrated(self, site: Database) -> list[str]:
        rows = site.query(
            "select s.name, o.name, bool_or(coalesce(h.hydrated, false)) from mz_materialized_views o"
            " join mz_schemas s on s.id = o.schema_id left join mz_internal.mz_hydration_statuses h on"
            f" h.object_id = o.id where {self.places()} group by s.name, o.name"
        )
        ready = {(schema, name) for schema, name, hydrated in rows if hydrated}
        return [i for i, m in self.made.items() if (m.schema, m.name) not in ready]

    def failing(self, site: Database) -> list[str]:
        """Clusters without replicas, or whose replicas all ran out of memory three times in a day."""
        rows = site.query(
            "select c.name from mz_materialized_views o join mz_schemas s on s.id = o.schema_id join mz_clusters c on"
            " c.id = o.cluster_id left join mz_cluster_replicas r on r.cluster_id = c.id and r.id not in (select"
            " replica_id from mz_internal.mz_cluster_replica_status_history where reason = 'oom-killed' and occurred_at"
            " > now() - interval '24 hours' group by replica_id having count(*) >= 3)"
            f" where {self.places()} group by c.name having count(r.id) = 0"
        )
        return [row[0] for row in rows]

    def check(self, site: Database, chosen: Collection[str], dbt: Dbt) -> None:
        """
        Data tests that are plain queries on one replaced model find nothing in its replacement.

        One that reads from another replaced model shows what it will hold only when that is in place.
        """
        for i, made in self.made.items():
            for test, sql in dbt.plain_tests(i, made, chosen) if i not in self.below else ():
                try:
                    ((failures,),) = site.query(sql)
                except Exception as e:
                    if self.run.aborted:
                        raise
                    raise UserError(
                        f"{test} cannot be asked of the replacement of {i}, so that was not put in place: {words(e)}."
                        " Production is as it was."
                    ) from e
                if failures:
                    raise UserError(
                        f"{test} fails on the replacement of {i} ({failures} rows), so it was not put in place:"
                        " production is as it was."
                    )

    def drop_left(self, site: Database, there: dict[recreation.Place, str]) -> None:
        """What a run that was killed left behind."""
        for schema, name in [place for place in there if place[1].endswith(SUFFIX)]:
            try:
                site.query(f"drop materialized view {identifier(schema)}.{identifier(name)}")
            except Exception as e:
                raise UserError(
                    f"{schema}.{name} was left by a run that was ended, and this one cannot drop it ({words(e)}): drop"
                    " it and build again, or build without replace. Nothing was changed."
                ) from e
            self.run.say(f"{schema}.{name} was left by a run that was ended: dropped")

    # putting in place, and out of the way

    def apply(self, site: Database, node: Any, cancel: Callable[[], None]) -> str | None:
        """dbt's message where the node is one of ours; it waits while the target is behind its replacement."""
        made = self.made.get(node.unique_id)
        if made is None:
            return None
        statement = f"ALTER MATERIALIZED VIEW {made.target} APPLY REPLACEMENT {made.relation}"
        with self.lock:
            limit = threading.Timer(max(1.0, self.until - self.clock()), cancel)
            limit.start()
            try:
                site.query(statement)
            finally:
                limit.cancel()
            del self.made[made.id]
            self.replaced.append(made.id)
            self.note()
        return "APPLY REPLACEMENT"

    def drop(self, site: Database) -> None:
        """Those that are not in place; an abort cancels statements, also this."""
        for i, made in list(self.made.items()):
            self.dropped.append(i)
            for attempt in range(5):
                try:
                    site.query(f"drop materialized view if exists {made.relation}")
                    del self.made[i]
                    break
                except Exception as e:
                    if attempt == 4:
                        self.run.say(f"{made.relation} stays, because it could not be dropped: {words(e)}")
                    time.sleep(0.2)
        self.note()

    def note(self) -> None:
        """In the outcome, whenever it changes: dbt may be ended by force."""
        self.run.outcome["in_place"] = {
            "replaced": sorted(self.replaced),
            "dropped": sorted(set(self.dropped) - set(self.replaced)),
            "refused": [{"id": i, "why": self.run.keep.clean(why)} for i, why in self.refused.items()],
            "spared": [{"id": i} for i in sorted(self.spared if self.replaced else ())],
        }


def is_ephemeral(node: Any) -> bool:
    return bool(node.config.get("materialized") == "ephemeral")


def unfit(node: Any, i: str, kinds: dict[str, set[str]], there: str | None) -> str | None:
    if node.config.get("materialized") not in KINDS:
        return "only materialized views are replaced"
    different = next((why for kind, why in DIFFERENT.items() if i in kinds[kind]), None)
    if different:
        return different
    if node.config.get("pre_hook") or node.config.get("post_hook"):
        return "it has hooks"
    return None if there == "materialized-view" else "there is no materialized view of that name"


def in_order(nodes: dict[str, Any]) -> Iterator[str]:
    """Each after what it depends on."""
    seen: set[str] = set()
    for first in nodes:
        todo = [(first, False)]
        while todo:
            i, is_done = todo.pop()
            if is_done:
                yield i
            elif i not in seen:
                seen.add(i)
                todo.append((i, True))
                todo += [(parent, False) for parent in nodes[i].depends_on_nodes if parent in nodes]


class Dbt:
    """What is asked of dbt's task."""

    def __init__(self, task: Any, adapter: Any) -> None:
        self.task = task
        self.adapter = adapter
        self.all_nodes = {
            i: node for i, node in task.manifest.nodes.items() if i.startswith(("model.", "seed.", "snapshot."))
        }

    def nodes(self) -> dict[str, Any]:
        return self.all_nodes

    def parents(self, test: str) -> list[str]:
        manifest = self.task.manifest
        return list((manifest.nodes.get(test) or manifest.unit_tests[test]).depends_on_nodes)

    def modified(self) -> dict[str, set[str]]:
        """By the kinds of difference that dbt knows."""
        kinds = patches.differing(self.task, ("modified", *DIFFERENT))
        former = self.task.previous_state.manifest.nodes
        for i in kinds["modified"] & former.keys() & self.all_nodes.keys():
            now, then = self.all_nodes[i].config, former[i].config
            if any((now.get(name) or None) != (then.get(name) or None) for name in STAYS):
                kinds["modified.configs"].add(i)  # dbt compares what is written, not what comes out
        return kinds

    def statement(self, i: str, new: Replacement) -> str:
        """dbt-materialize's own, for the model as it is now, with another beginning."""
        from dbt.context.providers import generate_runtime_model_context

        # A copy: what dbt compiles a second time loses its ephemeral parts.
        node = self.task.compiler.compile_node(copy.deepcopy(self.all_nodes[i]), self.task.manifest, {})
        context = generate_runtime_model_context(node, self.task.config, self.task.manifest)
        sql = str(context["materialize__create_materialized_view_as"](new.target, node.compiled_code))
        begin = re.compile(r"create\s+materialized\s+view\s+" + re.escape(new.target), re.I)
        sql, count = begin.subn(
            lambda _: f"create replacement materialized view {new.relation} for {new.target}", sql, count=1
        )
        if not count:
            raise UserError(
                f"{i} is made by a macro of the project's own, so it cannot be replaced: leave replace out."
            )
        return sql

    def plain_tests(self, i: str, made: Replacement, chosen: Collection[str]) -> Iterator[tuple[str, str]]:
        """(id, SQL that counts failures) of tests on this model alone, as if the replacement were the model."""
        manifest = self.task.manifest
        for test, node in list(manifest.nodes.items()):
            if not test.startswith("test.") or test not in chosen or set(node.depends_on_nodes) != {i}:
                continue
            if any(str(node.config.get(key)) != str(value) for key, value in PLAIN_TEST.items()):
                continue
            model = manifest.nodes[i]
            alias, relation = model.alias, model.relation_name
            try:
                model.alias, model.relation_name = made.name, made.relation
                compiled = self.task.compiler.compile_node(copy.deepcopy(node), manifest, {}, write=False)
            finally:
                model.alias, model.relation_name = alias, relation
            yield test, f"select count(*) from ({compiled.compiled_code}) dbt_slim_test"
