"""What hangs on an object of the database and goes with it: privileges that somebody was granted, and comments.

dbt-materialize makes objects anew and knows of neither. Both are read of the objects that go, and put on those that
take their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Union

from dbt_slim.catalogue import Database, identifier, in_list, literal


class Privilege(NamedTuple):
    """What a role may do with an object."""

    name: str
    kind: str
    grantee: str | None  # None for all
    privilege: str

    def __str__(self) -> str:
        return f"{self.privilege} of {self.grantee or 'all'} on {self.name}"

    def statement(self, schema: str) -> str:
        grantee = identifier(self.grantee) if self.grantee else "PUBLIC"
        return f"GRANT {self.privilege} ON {identifier(schema)}.{identifier(self.name)} TO {grantee}"


class Comment(NamedTuple):
    """A text on an object or on one of its columns."""

    name: str
    kind: str
    column: str | None
    text: str

    def __str__(self) -> str:
        return f"the comment on {self.name}" + (f".{self.column}" if self.column else "")

    def statement(self, schema: str) -> str:
        relation = f"{identifier(schema)}.{identifier(self.name)}"
        on = f"COLUMN {relation}.{identifier(self.column)}" if self.column else f"{self.keyword()} {relation}"
        return f"COMMENT ON {on} IS {literal(self.text)}"

    def keyword(self) -> str:
        return self.kind.replace("-", " ").upper()


Attached = Union[Privilege, Comment]


def read(site: Database, schema_ids: Iterable[str], name: str | None = None) -> dict[str, list[Attached]]:
    """
    By the id of the schema; what the owner may do comes of being the owner.

    name: of one object, or all
    """
    ids = in_list(schema_ids) + (f" and o.name = {literal(name)}" if name else "")
    found: dict[str, list[Attached]] = {}
    for schema, name, kind, grantee, privilege in site.query(
        "with granted as (select o.schema_id, o.name, o.type, o.owner_id, mz_internal.mz_aclexplode(o.privileges).*"
        f" from mz_objects o where o.schema_id in {ids} and o.id like 'u%')"
        " select g.schema_id, g.name, g.type, r.name, g.privilege_type from granted g"
        " left join mz_roles r on r.id = g.grantee where g.grantee <> g.owner_id order by 1, 2, 4, 5"
    ):
        found.setdefault(schema, []).append(Privilege(name, kind, grantee, privilege))
    for schema, name, kind, column, text in site.query(
        "select o.schema_id, o.name, o.type, c.name, m.comment from mz_internal.mz_comments m"
        " join mz_objects o on o.id = m.id left join mz_columns c on c.id = m.id and c.position = m.object_sub_id"
        f" where o.schema_id in {ids} and o.type in ('table', 'view', 'materialized-view', 'source') order by 1, 2, 4"
    ):
        found.setdefault(schema, []).append(Comment(name, kind, column, text))
    return found


def lacking(before: Iterable[Attached], after: Iterable[Attached], names: Mapping[str, str]) -> list[Attached]:
    """
    What objects had and their successors have not; where dbt put a comment of its own, that counts.

    names: the successors that there are, with their types
    """
    now = list(after)
    granted = {(each.name, each.grantee, each.privilege) for each in now if isinstance(each, Privilege)}
    said = {(each.name, each.column) for each in now if isinstance(each, Comment)}
    return [
        each._replace(kind=names[each.name])
        for each in before
        if each.name in names
        and (
            (each.name, each.grantee, each.privilege) not in granted
            if isinstance(each, Privilege)
            else (each.name, each.column) not in said
        )
    ]
