"""What a change reaches in a blue/green deployment: schemas and clusters are swapped whole, and so drag others in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from dbt_slim.catalogue import names
from dbt_slim.errors import UserError

NOT_STAGED = ("source", "source_table", "sink")  # they stay where they are
MODELS = ("model.", "seed.", "snapshot.")


class Member(NamedTuple):
    """A node as far as it matters here."""

    schema: str | None  # None where it has no relation of its own
    clusters: frozenset[str]
    parents: tuple[str, ...]


class Closure:
    """The nodes that must be staged with those that differ, and why."""

    def __init__(self, members: Mapping[str, Member], schemas: Collection[str], clusters: Collection[str]) -> None:
        """schemas, clusters: those that the deployment swaps"""
        self.members = members
        self.all_schemas = schemas
        self.all_clusters = clusters
        self.nodes: set[str] = set()
        self.schemas: dict[str, str] = {}  # with why it is in
        self.clusters: dict[str, str] = {}
        self.children: dict[str, list[str]] = {}
        for i, member in members.items():
            for parent in member.parents:
                self.children.setdefault(parent, []).append(i)

    def of(self, modified: Iterable[str]) -> Closure:
        todo = [(i, f"{i} differs") for i in sorted(modified) if i in self.members or i in self.children]
        while todo:
            i, why = todo.pop()
            if i in self.nodes:
                continue
            if i in self.members:
                self.nodes.add(i)
                todo += self.drawn_in(i, self.members[i], why)
            todo += [(child, f"{child} reads from {i}") for child in self.children.get(i, ())]
        return self

    def drawn_in(self, i: str, member: Member, why: str) -> list[tuple[str, str]]:
        """What shares a schema or a cluster with a node."""
        if member.schema is None:
            return []
        if member.schema not in self.all_schemas:
            raise UserError(
                f"{i} would have to be staged ({why}), but its schema {member.schema} is not swapped: add it to vars:"
                " deployment: schemas, or prepare without slim."
            )
        outside = member.clusters - set(self.all_clusters)
        if outside:
            raise UserError(
                f"{i} would have to be staged ({why}), but its cluster {names(sorted(outside))} is not swapped: add it"
                " to vars: deployment: clusters, or prepare without slim."
            )
        more = []
        if member.schema not in self.schemas:
            self.schemas[member.schema] = why
            more += [
                (j, f"schema {member.schema} is swapped whole")
                for j, m in self.members.items()
                if m.schema == member.schema
            ]
        for cluster in sorted(member.clusters - set(self.clusters)):
            self.clusters[cluster] = why
            more += [
                (j, f"cluster {cluster} is swapped whole") for j, m in self.members.items() if cluster in m.clusters
            ]
        return more

    def told(self) -> list[str]:
        """For the log and the report."""
        staged = sum(self.members[i].schema is not None for i in self.nodes)
        everything = sum(member.schema is not None for member in self.members.values())
        head = (
            f"staged {len(self.schemas)} of {len(self.all_schemas)} schemas, {len(self.clusters)} of"
            f" {len(self.all_clusters)} clusters; {staged} of {everything} nodes are built and hydrated anew"
        )
        if staged == everything:
            head += ": the change reaches everything"
        whys = [f"schema {name}: {why}" for name, why in self.schemas.items()]
        return [head, *whys, *(f"cluster {name}: {why}" for name, why in self.clusters.items())]


def members(nodes: Mapping[str, Any], cluster: str | None) -> dict[str, Member]:
    """
    Of a manifest's nodes.

    cluster: of the target, for those that name none
    """

    def clusters(node: Any) -> frozenset[str]:
        own = node.config.get("cluster") or cluster
        has_own = node.config.get("materialized") in ("materialized_view", "materializedview", "table")
        indexes = [index.get("cluster") or own for index in node.config.get("indexes") or ()]
        return frozenset(name for name in [own if has_own else None, *indexes] if name)

    return {
        i: Member(
            None if node.config.get("materialized") == "ephemeral" else node.schema,
            clusters(node),
            tuple(node.depends_on_nodes),
        )
        for i, node in nodes.items()
        if i.startswith(MODELS) and node.config.get("materialized") not in NOT_STAGED
    }
