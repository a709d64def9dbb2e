"""What a change does to the data: each changed model beside production's relation, counted by the database itself.

Every statement is ours and only reads; names are quoted by the adapter, and columns have names of ours inside. A model
that cannot be compared says why, and never fails the build.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol, TypedDict

SAMPLES = 20
SHOWN = 200  # characters of a value
MOST_COLUMNS = 300
FLOAT = re.compile(r"^(float\d*|double|double precision|real)\b", re.I)
NUMBER = re.compile(r"^(u?(tiny|small|big|huge)?int(eger)?\d*|int\d+|numeric|decimal|number|bignumeric)\b", re.I)
TEXT = re.compile(r"^(text|string|char|character|varchar|bpchar|nvarchar)\b", re.I)
# What has no equality in every database, or none that means anything.
OPAQUE = re.compile(
    r"^(json|xml|variant|object|super|hstore|geo\w*|point|polygon|line|box|circle|path|struct|map|array|list|record|row)\b|^jsonb",
    re.I,
)


class Limits(TypedDict):
    """How much may be compared."""

    models: int
    seconds: float
    rows: int  # of one model; of a bigger one the beginning of its key is compared
    samples: bool


class Column(NamedTuple):
    """As the database has it."""

    name: str
    type: str


class Side(NamedTuple):
    """One of the two relations."""

    relation: str  # quoted
    columns: list[Column]


class Database(Protocol):
    """What reads."""

    def query(self, sql: str) -> list[Any]: ...

    def quote(self, name: str) -> str: ...

    def cancel(self) -> None:
        """Breaks the statement off that runs; from another thread."""

    def again(self) -> None:
        """After a statement that failed: the next one must not fail for it."""

    def at_one_time(self) -> AbstractContextManager[None]:
        """All statements within see the same rows, where the database can do so: what comes meanwhile is no change."""


class Impossible(Exception):
    """Why a model is not compared, in a sentence for the reader."""


class Unchanged(Exception):
    """There is nothing to say of it."""


class Part(NamedTuple):
    """A column that both sides have, by our name for it in the statements."""

    name: str
    here: str
    there: str
    differs: str
    plain: str


def part(index: int, name: str, here: Column, there: Column, quote: Callable[[str], str]) -> Part | str:
    """How a column is compared, or why it is not."""
    kinds = [kind_of(column.type) for column in (here, there)]
    if kinds[0] != kinds[1] and not set(kinds) <= {"number", "float"}:
        return f"{name}: {there.type} in production, {here.type} here"
    if kinds[0] == "opaque":
        return f"{name}: {here.type} has no values that compare"
    h, t = f"h.c{index}", f"t.c{index}"
    null = f"({h} is null and {t} is not null) or ({h} is not null and {t} is null)"
    unlike = f"{h} <> {t}"
    if "float" in kinds:
        unlike = f"({unlike} and not (abs({h} - {t}) < 1e-9 * (abs({h}) + abs({t}))))"
    return Part(name, quote(here.name), quote(there.name), f"({unlike} or {null})", f"c{index}")


def kind_of(data_type: str) -> str:
    if data_type.rstrip().endswith("]"):
        return data_type.strip().lower()
    for kind, pattern in (("float", FLOAT), ("number", NUMBER), ("text", TEXT), ("opaque", OPAQUE)):
        if pattern.match(data_type.strip()):
            return kind
    return re.sub(r"\(.*?\)", "", data_type).strip().lower()


class Comparison:
    """One model."""

    def __init__(self, database: Database, here: Side, there: Side, key: Sequence[str], limits: Limits) -> None:
        self.database = database
        self.here, self.there = here, there
        self.limits = limits
        mine, theirs = by_name(here.columns), by_name(there.columns)
        self.added = [column.name for name, column in mine.items() if name not in theirs]
        self.removed = [column.name for name, column in theirs.items() if name not in mine]
        self.parts: list[Part] = []
        self.apart: list[str] = []
        for name in [name for name in mine if name in theirs][:MOST_COLUMNS]:
            compared = part(len(self.parts), mine[name].name, mine[name], theirs[name], database.quote)
            if isinstance(compared, Part):
                self.parts.append(compared)
            else:
                self.apart.append(compared)
        wanted = [name.lower() for name in key]
        self.key = [p for p in self.parts if p.name.lower() in wanted]
        if len(self.key) != len(wanted):
            self.key = []
        self.values = [p for p in self.parts if p not in self.key]
        self.sampled = False

    def result(self) -> dict[str, Any]:
        # In one statement: Materialize lets a transaction read from what its first statement names the schemas of.
        counts = ", ".join(f"(select count(*) from {side.relation})" for side in (self.here, self.there))
        rows = [int(count) for count in self.database.query(f"select {counts}")[0]]
        found: dict[str, Any] = {
            "rows": rows[0],
            "rows_before": rows[1],
            "columns_added": self.added,
            "columns_removed": self.removed,
            "not_compared": self.apart,
        }
        self.sampled = max(rows) > self.limits["rows"] and min(rows) > 0
        if not self.parts:
            found["problem"] = "The two have no column in common that can be compared."
        elif self.key and self.by_key(found, rows):
            found["key"] = [p.name for p in self.key]
        elif self.sampled:
            found["problem"] = (
                f"Not compared by row: more than {self.limits['rows']:,} rows, and no primary key to begin at."
            )
        else:
            self.by_row(found)
        return found

    def rows_of(self, side: int) -> str:
        """The columns of one side by our names; of a big relation the rows up to some key, on both sides the same."""
        relation = (self.here, self.there)[side].relation
        names = ", ".join(f"{p[1 + side]} as {p.plain}" for p in self.parts)
        where = ""
        if self.sampled:
            first = self.key[0]
            where = (
                f" where {first[1 + side]} <= (select max(b) from (select {first.there} as b from"
                f" {self.there.relation} order by {first.there} limit {self.limits['rows']}) as bound)"
            )
        return f"(select {names} from {relation}{where})"

    def joined(self) -> str:
        on = " and ".join(f"h.{p.plain} = t.{p.plain}" for p in self.key)
        return f"{self.rows_of(0)} as h full outer join {self.rows_of(1)} as t on {on}"

    def both(self) -> str:
        first = self.key[0].plain
        return f"h.{first} is not null and t.{first} is not null"

    def changed(self) -> str:
        return " or ".join(p.differs for p in self.values) or "1 = 0"

    def by_key(self, found: dict[str, Any], rows: Sequence[int]) -> bool:
        """Whether the key is one: else joined rows and rows do not add up."""
        first = self.key[0].plain
        others = [f"({side}.{first} is not null and {side}.{p.plain} is null)" for p in self.key[1:] for side in "ht"]
        sums = [
            " or ".join(others) or "1 = 0",
            f"t.{first} is null",
            f"h.{first} is null",
            self.both(),
            f"{self.both()} and ({self.changed()})",
            *(f"{self.both()} and {p.differs}" for p in self.values),
        ]
        columns = [f"coalesce(sum(case when {condition} then 1 else 0 end), 0)" for condition in sums]
        if self.sampled:
            columns += [f"(select count(*) from {self.rows_of(side)} as s)" for side in (0, 1)]
        numbers = [int(n) for n in self.database.query(f"select {', '.join(columns)} from {self.joined()}")[0]]
        nulls, added, removed, common, changed = numbers[:5]
        if self.sampled:
            rows = numbers[-2:]
        if nulls or added + common != rows[0] or removed + common != rows[1]:
            self.apart.append(
                f"{', '.join(p.name for p in self.key)} is no primary key: it holds nulls or the same twice"
            )
            return False
        found.update(added=added, removed=removed, changed=changed)
        if self.sampled:
            found["sampled"] = rows[1]
        found["columns"] = {p.name: n for p, n in zip(self.values, numbers[5:]) if n}
        if changed and self.limits["samples"]:
            found["samples"] = self.samples()
        return True

    def samples(self) -> list[dict[str, Any]]:
        """The first changed rows by key: what differs, before and after."""
        columns = [f"h.{p.plain}" for p in self.key]
        for p in self.values:
            columns += [f"t.{p.plain}", f"h.{p.plain}", f"case when {p.differs} then 1 else 0 end"]
        order = ", ".join(f"h.{p.plain}" for p in self.key)
        sql = (
            f"select {', '.join(columns)} from {self.joined()} where {self.both()} and ({self.changed()})"
            f" order by {order} limit {SAMPLES}"
        )
        samples = []
        for row in self.database.query(sql):
            values = iter(row[len(self.key) :])
            triples = zip(self.values, zip(values, values, values))
            samples.append(
                {
                    "key": [shown(value) for value in row[: len(self.key)]],
                    "changes": [
                        {"column": p.name, "before": shown(before), "after": shown(after)}
                        for p, (before, after, differs) in triples
                        if differs
                    ],
                }
            )
        return samples

    def by_row(self, found: dict[str, Any]) -> None:
        """Without a key a row that changed is one that is only there, and one that is only here."""
        names = ", ".join(p.plain for p in self.parts)
        sql = (
            "select coalesce(sum(case when d > 0 then d else 0 end), 0), coalesce(sum(case when d < 0 then -d else 0"
            f" end), 0) from (select {names}, sum(n) as d from (select {names}, 1 as n from {self.rows_of(0)} as h"
            f" union all select {names}, -1 as n from {self.rows_of(1)} as t) as u group by {names}) as g"
        )
        added, removed = self.database.query(sql)[0]
        found.update(added=int(added), removed=int(removed))


def by_name(columns: Iterable[Column]) -> dict[str, Column]:
    return {column.name.lower(): column for column in columns}


def shown(value: object) -> str | None:
    text = None if value is None else str(value)
    return text if text is None or len(text) <= SHOWN else text[:SHOWN] + "…"


class Budget:
    """The time that all comparisons share; a statement that is still at work at its end is broken off."""

    def __init__(self, seconds: float, database: Database) -> None:
        self.end = time.monotonic() + seconds
        self.seconds = seconds
        self.timer = threading.Timer(seconds, self.stop)
        self.timer.daemon = True
        self.database = database
        self.over = False

    def __enter__(self) -> Budget:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()

    def stop(self) -> None:
        self.over = True
        self.database.cancel()

    def sentence(self) -> str:
        return f"Not compared: the {self.seconds:g} seconds for comparing data were over."


def compared(
    todo: Sequence[tuple[str, Callable[[], Comparison]]], database: Database, limits: Limits
) -> list[dict[str, Any]]:
    """One result a model, in their order; what goes wrong with one is told of it."""
    results: list[dict[str, Any]] = []
    with Budget(limits["seconds"], database) as budget:
        for ident, make in todo:
            found: dict[str, Any] = {"id": ident}
            try:
                if len(results) >= limits["models"]:
                    raise Impossible(f"Not compared: more than {limits['models']} models changed.")
                if budget.over:
                    raise Impossible(budget.sentence())
                comparison = make()
                with database.at_one_time():
                    found.update(comparison.result())
            except Unchanged:
                continue
            except Impossible as e:
                found["problem"] = str(e)
            except Exception as e:  # whatever a database may say of it
                found["problem"] = budget.sentence() if budget.over else f"Not compared: {' '.join(str(e).split())}"
                database.again()
            results.append(found)
    return results


# What is a key


def key_of(node: Any, tests: Sequence[Any]) -> list[str]:
    """
    The columns that tell a row: by meta or config, a constraint, tests, or how the model finds its own rows again.

    tests: those of the project that are attached to the node
    """
    config = getattr(node, "config", None)
    meta = {**(getattr(node, "meta", None) or {}), **(getattr(config, "meta", None) or {})}
    return (
        words(meta.get("primary_key"))
        or constrained(node)
        or tested(tests)
        or words(getattr(config, "unique_key", None))
    )


def words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if re.fullmatch(r"\w+", value) else []  # an expression is no column
    return [str(word) for word in value] if isinstance(value, (list, tuple)) else []


def is_primary(constraint: Any) -> bool:
    kind = constraint.get("type") if isinstance(constraint, dict) else getattr(constraint, "type", None)
    return str(getattr(kind, "value", kind)) == "primary_key"


def constrained(node: Any) -> list[str]:
    for constraint in getattr(node, "constraints", None) or []:
        if is_primary(constraint):
            return [str(name) for name in getattr(constraint, "columns", None) or []]
    columns = (getattr(node, "columns", None) or {}).values()
    return [c.name for c in columns if any(is_primary(each) for each in getattr(c, "constraints", None) or [])]


def tested(tests: Sequence[Any]) -> list[str]:
    """A column that is unique and not null, or a combination that is unique."""
    found: dict[str, set[str]] = {}
    for test in tests:
        metadata = getattr(test, "test_metadata", None)
        where = getattr(getattr(test, "config", None), "where", None)
        if metadata is None or where:
            continue
        if metadata.name == "unique_combination_of_columns":
            found.setdefault("combination", set())
            return words((metadata.kwargs or {}).get("combination_of_columns"))
        column = getattr(test, "column_name", None) or (metadata.kwargs or {}).get("column_name")
        if metadata.name in ("unique", "not_null") and column:
            found.setdefault(str(column), set()).add(metadata.name)
    return next(([column] for column, names in found.items() if names == {"unique", "not_null"}), [])
