"""What Materialize's catalogue says of a blue/green deployment, and the token that remembers it.

The facts that decide are ids. Materialize's SWAP exchanges names, and ids stay with what they were
given to: production is `marts` with id u5 and the prepared schema is `marts_dbt_deploy` with id u9 before the swap, and
afterwards `marts` has id u9. So a token that holds both ids tells at any time whether its swap happened, whoever asks
and whatever went wrong. A comment on the prepared schemas (the mark) tells whose they are and how far they are; it
moves with the id too.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Optional, Protocol

from dbt_slim.errors import UserError
from dbt_slim.plan import DeploymentOrder

SUFFIX = "_dbt_deploy"  # of dbt-materialize, for schemas; clusters get theirs by its macro
VERSION = 1
SHOWN = 10
MAX_TOKEN = 100_000
PREPARING, BUILT, PROMOTING, REPLACED, SINKS_LEFT = "preparing", "built", "promoting", "replaced", "sinks left"
HELD = "to be dropped"  # it was cleaned up but for what open change requests read
MARK = re.compile(r"dbt-slim deployment (?P<id>[0-9a-f]{12}) of (?P<project>[0-9a-f]{12}): (?P<state>[a-z ]+)$")
BEFORE, AFTER, OTHER = "before the swap", "after the swap", "neither"


class Database(Protocol):
    """What the catalogue is read from."""

    def query(self, sql: str) -> list[Any]:
        """Rows as the database gave them."""


def names(all_names: Collection[str]) -> str:
    shown = list(all_names)[:SHOWN]
    more = len(all_names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def identifier(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


# What is there


class Mark:
    """Whose a schema is, and how far it is."""

    def __init__(self, deployment: str, project: str, state: str) -> None:
        self.deployment = deployment
        self.project = project
        self.state = state

    def __str__(self) -> str:
        return f"dbt-slim deployment {self.deployment} of {self.project}: {self.state}"

    @staticmethod
    def parse(comment: str | None) -> Mark | None:
        found = MARK.match(comment or "")
        return Mark(found["id"], found["project"], found["state"]) if found else None


class Entry:
    """A schema or a cluster."""

    def __init__(self, ident: object, objects: Any, comment: str | None = None) -> None:
        self.id = str(ident)
        self.objects = int(objects)
        self.comment = comment
        self.mark = Mark.parse(comment)


Pair = tuple[
    Optional[Entry], Optional[Entry]
]  # of production and prepared; None where there is no such schema or cluster


class Facts:
    """What the catalogue said at one moment."""

    def __init__(self, setup: Setup, schemas: Mapping[str, Entry], clusters: Mapping[str, Entry]) -> None:
        self.schemas: dict[str, Pair] = {
            name: (schemas.get(name), schemas.get(deploy)) for name, deploy in setup.schemas.items()
        }
        self.clusters: dict[str, Pair] = {
            name: (clusters.get(name), clusters.get(deploy)) for name, deploy in setup.clusters.items()
        }
        self.setup = setup

    def pairs(self) -> list[tuple[str, Pair]]:
        return [*self.schemas.items(), *self.clusters.items()]

    def prepared(self) -> dict[str, Entry]:
        """The prepared schemas that there are, by name."""
        return {self.setup.schemas[name]: deploy for name, (_, deploy) in self.schemas.items() if deploy}

    def left(self) -> list[str]:
        """Names of all that bears the suffix."""
        return [*self.prepared(), *(self.setup.clusters[name] for name, (_, deploy) in self.clusters.items() if deploy)]

    def marks(self) -> list[Mark]:
        return [schema.mark for schema in self.prepared().values() if schema.mark]


class Setup:
    """The project's `vars: deployment: <target>`: names of production, and of what is prepared beside it."""

    def __init__(self, target: str, schemas: dict[str, str], clusters: dict[str, str]) -> None:
        self.target = target
        self.schemas = schemas
        self.clusters = clusters

    @staticmethod
    def of(deployment: object, target: str, cluster_name: Callable[[str], tuple[str, str]]) -> Setup:
        """cluster_name: gives the names of a cluster in production and prepared"""
        entry = deployment.get(target) if isinstance(deployment, dict) else None
        schemas = list((entry or {}).get("schemas") or [])
        clusters = list((entry or {}).get("clusters") or [])
        if not schemas:
            what = "has no schemas for" if entry else "says nothing of"
            raise UserError(
                f"The variable deployment of dbt_project.yml {what} the target {target}: name there what is deployed"
                f" (vars: deployment: {target}: {{clusters: [...], schemas: [...]}})."
            )
        return Setup(target, {name: name + SUFFIX for name in schemas}, dict(cluster_name(name) for name in clusters))


def in_list(all_names: Iterable[str]) -> str:
    return "(" + ", ".join(literal(name) for name in all_names) + ")"


def look(site: Database, setup: Setup) -> Facts:
    """Reads the catalogue."""
    wanted = in_list([*setup.schemas, *setup.schemas.values()])
    schemas = site.query(
        "select s.name, s.id, count(o.id), c.comment from mz_schemas s join mz_databases d on s.database_id = d.id"
        " left join mz_objects o on o.schema_id = s.id and o.id like 'u%'"
        " left join mz_internal.mz_comments c on c.id = s.id and c.object_type = 'schema'"
        f" where d.name = current_database() and s.name in {wanted} group by s.name, s.id, c.comment"
    )
    clusters: list[Any] = []
    if setup.clusters:
        wanted = in_list([*setup.clusters, *setup.clusters.values()])
        clusters = site.query(
            "select c.name, c.id, count(o.id) from mz_clusters c left join"
            " (select id, cluster_id from mz_indexes union all select id, cluster_id from mz_materialized_views"
            " union all select id, cluster_id from mz_sources union all select id, cluster_id from mz_sinks) o"
            f" on o.cluster_id = c.id and o.id like 'u%' where c.name in {wanted} group by c.name, c.id"
        )
    return Facts(setup, {row[0]: Entry(*row[1:]) for row in schemas}, {row[0]: Entry(*row[1:]) for row in clusters})


def owned_by_others(site: Database, setup: Setup) -> list[str]:
    """What is to be swapped and belongs to none of the roles of this connection, as `cluster serving (of ann)`."""
    rows = site.query(
        "select o.kind || ' ' || o.name || ' (of ' || r.name || ')' from"
        " (select 'schema' as kind, s.name, s.owner_id from mz_schemas s join mz_databases d on d.id = s.database_id"
        f" where d.name = current_database() and s.name in {in_list(setup.schemas)} union all"
        f" select 'cluster', name, owner_id from mz_clusters where name in {in_list([*setup.clusters, ''])}) o"
        " join mz_roles r on r.id = o.owner_id where not pg_has_role(current_user, r.name, 'usage')"
        " and not mz_is_superuser() and coalesce(current_setting('enable_rbac_checks', true), 'on') <> 'off' order by 1"
    )
    return [row[0] for row in rows]


def hydration(site: Database, clusters: Collection[str]) -> dict[str, tuple[int, int]]:
    """
    (hydrated, all) of the objects of each cluster that are somebody's.

    are_clusters_ready of dbt-materialize counts the replicas' own, and leaves out what no replica has told of yet: for
    some seconds that is every object that was just made.
    """
    rows = site.query(
        "select c.name, count(h.object_id) filter (where h.hydrated), count(o.id) from mz_clusters c"
        " left join (select id, cluster_id from mz_indexes union all select id, cluster_id from mz_materialized_views)"
        " o on o.cluster_id = c.id and o.id like 'u%' left join (select object_id, bool_or(coalesce(hydrated, false))"
        " as hydrated from mz_internal.mz_hydration_statuses group by object_id) h on h.object_id = o.id"
        f" where c.name in {in_list(clusters)} group by c.name"
    )
    return {name: (int(hydrated), int(total)) for name, hydrated, total in rows}


def objects(site: Database, schema_ids: Iterable[str]) -> list[Any]:
    """(schema id, name, type) of what lies in schemas; indexes come and go with theirs."""
    return site.query(
        f"select schema_id, name, type from mz_objects where schema_id in {in_list(schema_ids)} and id like 'u%'"
        " and type <> 'index' order by 1, 2"
    )


def dependents(site: Database, schema_ids: Collection[str], sinks: bool) -> list[tuple[str, str]]:
    """
    (schema, name) of what lies elsewhere and reads from these schemas: it stays with the objects, whatever their
    schema's name.

    sinks: whether to name those too, which a swap points to the new objects
    """
    if not schema_ids:
        return []
    ids, own = in_list(schema_ids), "('index')" if sinks else "('index', 'sink')"
    rows = site.query(
        "select distinct s.name, o.name from mz_internal.mz_object_dependencies d"
        " join mz_objects o on o.id = d.object_id join mz_objects r on r.id = d.referenced_object_id"
        " join mz_schemas s on s.id = o.schema_id"
        f" where r.schema_id in {ids} and o.schema_id not in {ids} and o.type not in {own} order by 1, 2"
    )
    return [(schema, name) for schema, name in rows]


def ddl_of_others(site: Database, seconds: float) -> list[str]:
    """What changed the catalogue lately, as `create schema by ann`; empty where the server does not tell."""
    rows = site.query(
        'select distinct event_type, object_type, "user" from mz_audit_events'
        f" where occurred_at > now() - interval '{int(seconds) + 1} seconds' order by 1, 2, 3"
    )
    return [f"{event} {kind} by {user or 'the system'}" for event, kind, user in rows]


def environment_of(schema: str, tags: Collection[str]) -> str | None:
    """The environment of a schema: macros name its schemas by it, alone or before what is the schema's own."""
    lower = schema.lower()
    return next((tag for tag in tags if lower == tag.lower() or lower.startswith(tag.lower() + "_")), None)


def mark(site: Database, schemas: Iterable[str], text: Mark) -> None:
    for schema in schemas:
        site.query(f"comment on schema {identifier(schema)} is {literal(str(text))}")


def fingerprint(manifest: Any, more: Iterable[str | None]) -> str:
    """Which state of a project this is, whatever the target: its code, its configuration and what `more` says."""
    digest = hashlib.sha256()
    for text in more:
        digest.update((text or "").encode() + b"\0")
    for unique_id, node in sorted(manifest.nodes.items()):
        config = json.dumps(getattr(node, "unrendered_config", None), sort_keys=True, default=str)
        code = getattr(node, "raw_code", None) or node.checksum.checksum
        digest.update("\0".join((unique_id, code, config)).encode())
    for unique_id, macro in sorted(manifest.macros.items()):
        if not re.match(r"macro\.dbt(_postgres|_materialize)?\.", unique_id):
            digest.update("\0".join((unique_id, macro.macro_sql)).encode())
    return digest.hexdigest()[:12]


def check_places(nodes: Collection[tuple[str, str]], setup: Setup) -> None:
    """
    A project that overrides generate_schema_name can lose the suffix, and would build into production.

    nodes: unique_id and schema of all that will be built
    """
    prepared = set(setup.schemas.values())
    bare = [i for i, schema in nodes if not schema.endswith(SUFFIX)]
    if bare:
        raise UserError(
            f"With deploy: true, {names(bare)} would be built into a schema without {SUFFIX}, which may be"
            " production's: let the project's generate_schema_name end with that of dbt-materialize (adapter.dispatch)."
        )
    others = [f"{i} ({schema})" for i, schema in nodes if schema not in prepared]
    if others:
        raise UserError(
            f"{names(others)} would be built beside the schemas that are swapped and never get into production: add the"
            f" schema to vars: deployment: {setup.target}: schemas, or leave those nodes out."
        )


def deployed(manifest: Any, there: Collection[tuple[str, str]]) -> dict[str, str]:
    """
    What a build would say of the nodes that the swap brought into production, and of the tests that they passed before.

    there: schema and name of what lies in the schemas that were swapped
    """
    kinds = ("model.", "snapshot.", "seed.", "function.")
    built = {i for i, node in manifest.nodes.items() if i.startswith(kinds) and (node.schema, node.alias) in there}
    inlined = {i for i, node in manifest.nodes.items() if node.config.materialized == "ephemeral"}
    tests = {i: test for i, test in manifest.nodes.items() if i.startswith("test.")}
    tests.update(getattr(manifest, "unit_tests", {}))
    passed = {
        i
        for i, test in tests.items()
        if all(parent in built or parent in inlined or parent.startswith("source.") for parent in test.depends_on.nodes)
    }
    return {**dict.fromkeys(sorted(built), "success"), **dict.fromkeys(sorted(passed), "pass")}


# The token


class Token:
    """What Promote must know of a prepared deployment; the ids tell whether it was swapped."""

    def __init__(  # named as in its JSON
        self,
        id: str,
        project: str,
        target: str,
        database: str,
        schemas: dict[str, list[str]],
        clusters: dict[str, list[str]],
        seen: dict[str, str] | None = None,
        lag: str | None = None,
        copies: bool = True,
        slim: bool = False,
    ) -> None:
        self.id = id
        self.project = project
        self.target = target
        self.database = database
        self.schemas = schemas  # name: [id of production, id of the prepared]
        self.clusters = clusters
        self.seen = seen or {}  # what lay at stores of manifests, for whoever publishes: ETags by location
        self.lag = lag  # the threshold by which it was found ready
        self.copies = copies  # whether privileges and comments go to the successors
        self.slim = slim  # whether it is a part of what the project swaps

    @staticmethod
    def of(ident: str, project: str, database: str, facts: Facts, order: DeploymentOrder) -> Token:
        def ids(pairs: Mapping[str, Pair]) -> dict[str, list[str]]:
            return {name: [blue.id, green.id] for name, (blue, green) in pairs.items() if blue and green}

        token = Token(ident, project, facts.setup.target, database, ids(facts.schemas), ids(facts.clusters))
        token.seen, token.lag, token.copies = order["seen"], order["lag_threshold"], order["copy_privileges"]
        token.slim = order["slim"]
        return token

    def __str__(self) -> str:
        return json.dumps({"dbt-slim": VERSION, **self.__dict__}, separators=(",", ":"))

    @staticmethod
    def parse(text: str) -> Token:
        def is_pairs(value: object) -> bool:
            return isinstance(value, dict) and all(
                isinstance(pair, list) and len(pair) == 2 and all(isinstance(i, str) for i in pair)
                for pair in value.values()
            )

        try:
            fields: Any = json.loads(text) if len(text) <= MAX_TOKEN else None
            if fields.pop("dbt-slim") != VERSION:
                raise UserError("The token is of another version of this plugin: prepare the deployment again.")
            token: Token | None = Token(**fields)
        except (ValueError, TypeError, AttributeError, KeyError):
            token = None
        if token is None or not (is_pairs(token.schemas) and token.schemas and is_pairs(token.clusters)):
            raise UserError(
                "The token is not one that dbtBlueGreenPrepare gave: pass on the token of its map as it is."
            )
        return token

    def where(self, facts: Facts) -> str:
        """BEFORE or AFTER the swap, or OTHER."""
        known = {**self.schemas, **self.clusters}
        if set(known) != {name for name, _ in facts.pairs()}:
            return OTHER
        at = set()
        for pairs, of_token in ((facts.schemas, self.schemas), (facts.clusters, self.clusters)):
            for name, (production, prepared) in pairs.items():
                blue, green = of_token[name]
                now = production and production.id
                beside = prepared and prepared.id
                at.add(
                    BEFORE
                    if (now, beside) == (blue, green)
                    else AFTER
                    if now == green and beside in (blue, None)
                    else OTHER
                )
        return at.pop() if len(at) == 1 else OTHER
