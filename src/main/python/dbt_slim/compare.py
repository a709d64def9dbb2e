"""What a change does to the data: each changed model beside production's relation, counted by the database itself.

Every statement is ours and only reads; names are quoted by the adapter, and columns have names of ours inside. A model
that cannot be compared says why, and never fails the build.
"""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager, suppress
from typing import Any, NamedTuple, Protocol, TypedDict

SAMPLES = 20
BETWEEN_CANCELS = 0.5
SHOWN = 200  # characters of a value
MOST_COLUMNS = 300
BIG = "1e37"  # of a float: what is bigger has to be the same, because a database may not be able to add it
FLOAT = re.compile(r"^(float\d*|double|double precision|real)\b", re.I)
NUMBER = re.compile(r"^(u?(tiny|small|big|huge)?int(eger)?\d*|int\d+|numeric|decimal|number|bignumeric)\b", re.I)
TEXT = re.compile(r"^(text|string|char|character|varchar|bpchar|nvarchar)\b", re.I)
# What has no equality in every database, or none that means anything.
OPAQUE = re.compile(
    r"^(json|xml|variant|object|super|hstore|geo\w*|point|polygon|line|lseg|box|circle|path|struct|map|array|list"
    r"|record|row|union)\b|^json[bp]|\blist$",
    re.I,
)
LIST = re.compile(r"\[\d*\]$")  # after the type of what is in it


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


def part(index: int, here: Column, there: Column, quote: Callable[[str], str]) -> Part | str:
    """How a column is compared, or why it is not."""
    name = here.name
    kinds = [kind_of(column.type) for column in (here, there)]
    if kinds[0] != kinds[1] and not set(kinds) <= {"number", "float"}:
        return f"{name}: {there.type} in production, {here.type} here"
    if kinds[0] == "opaque":
        return f"{name}: {here.type} has no values that compare"
    h, t = f"h.c{index}", f"t.c{index}"
    null = f"({h} is null and {t} is not null) or ({h} is not null and {t} is null)"
    unlike = f"{h} <> {t}"
    if "float" in kinds:
        unlike = f"({unlike} and {far_apart(h, t)})"
    return Part(name, quote(here.name), quote(there.name), f"({unlike} or {null})", f"c{index}")


def far_apart(a: str, b: str) -> str:
    """
    Of floats that are not the same: what is no number is none on both sides, though some databases tell it apart.

    In an order that a database keeps, because some refuse to add what becomes too big.
    """
    return (
        f"not ({a} <> {a} and {b} <> {b}) and 1 = case when abs({a}) > {BIG} or abs({b}) > {BIG} then 1"
        f" when abs({a} - {b}) * 1e9 < abs({a}) + abs({b}) then 0 else 1 end"
    )


def kind_of(data_type: str) -> str:
    text = data_type.strip().lower()
    if LIST.search(text):
        return "opaque" if kind_of(LIST.sub("", text)) == "opaque" else text
    for kind, pattern in (("opaque", OPAQUE), ("float", FLOAT), ("number", NUMBER), ("text", TEXT)):
        if pattern.search(text):
            return kind
    return re.sub(r"\(.*?\)", "", text).strip()


class Comparison:
    """One model."""

    def __init__(self, database: Database, here: Side, there: Side, key: Sequence[str], limits: Limits) -> None:
        self.database = database
        self.here, self.there = here, there
        self.limits = limits
        pairs = same_columns(here.columns, there.columns)
        mine, theirs = ({pair[side].name for pair in pairs} for side in (0, 1))
        self.added = [column.name for column in here.columns if column.name not in mine]
        self.removed = [column.name for column in there.columns if column.name not in theirs]
        keys = [Column(name, "") for name in dict.fromkeys(key)]
        wanted = {column.name for column, _ in same_columns([column for column, _ in pairs], keys)}
        pairs.sort(key=lambda pair: pair[0].name not in wanted)  # the key is among those that are compared
        self.parts: list[Part] = []
        self.apart: list[str] = []
        for column, other in pairs[:MOST_COLUMNS]:
            compared = part(len(self.parts), column, other, database.quote)
            if isinstance(compared, Part):
                self.parts.append(compared)
            else:
                self.apart.append(compared)
        if len(pairs) > MOST_COLUMNS:
            self.apart.append(f"{len(pairs) - MOST_COLUMNS} more columns: only {MOST_COLUMNS} of a model are compared")
        self.key = [p for p in self.parts if p.name in wanted]
        if len(self.key) != len(keys):
            self.key = []
            self.apart.append(f"{', '.join(key)} is no key of both: not each is a column that compares")
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
        names = ", ".join(f"r.{p[1 + side]} as {p.plain}" for p in self.parts)
        bound = f" cross join {self.bound()} where {self.within(side)}" if self.sampled else ""
        return f"(select {names} from {relation} as r{bound})"

    def bound(self) -> str:
        """The last of the first keys of production, as many as may be compared."""
        keys = [f"r.{p.there}" for p in self.key]
        names = [f"b{i}" for i in range(len(keys))]
        return (
            f"(select {', '.join(names)} from (select {', '.join(f'{k} as {n}' for k, n in zip(keys, names))} from"
            f" {self.there.relation} as r where {' and '.join(f'{k} is not null' for k in keys)} order by"
            f" {', '.join(keys)} limit {self.limits['rows']}) as f order by"
            f" {', '.join(f'{n} desc' for n in names)} limit 1) as b"
        )

    def within(self, side: int) -> str:
        *firsts, last = [(f"r.{p[1 + side]}", f"b.b{i}") for i, p in enumerate(self.key)]
        text = "{} <= {}".format(*last)
        for key, bound in reversed(firsts):
            text = f"({key} < {bound} or ({key} = {bound} and {text}))"
        return text

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


def same_columns(here: Sequence[Column], there: Sequence[Column]) -> list[tuple[Column, Column]]:
    """Those of one name, in any case where that tells them apart."""
    exactly = {column.name: column for column in there}
    in_any_case = {column.name.lower(): column for column in there}
    counts = [Counter(column.name.lower() for column in columns) for columns in (here, there)]
    pairs = []
    for column in here:
        name = column.name.lower()
        other = exactly.get(column.name)
        if other is None and counts[0][name] == counts[1][name] == 1:
            other = in_any_case[name]
        if other is not None:
            pairs.append((column, other))
    return pairs


def shown(value: object) -> str | None:
    if isinstance(value, (bytes, bytearray, memoryview)):
        value = "0x" + bytes(value[:SHOWN]).hex()
    text = None if value is None else str(value)
    return text if text is None or len(text) <= SHOWN else text[:SHOWN] + "…"


class Budget:
    """
    The time that all comparisons share; a statement that is still at work at its end is broken off.

    An abort breaks it off, too: some drivers swallow the interrupt that comes while they wait.
    """

    def __init__(self, seconds: float, database: Database, is_aborted: Callable[[], bool]) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds
        self.database = database
        self.is_aborted = is_aborted
        self.over = False
        self.ended = threading.Event()

    def __enter__(self) -> Budget:
        threading.Thread(target=self.watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()

    def watch(self) -> None:
        """Again and again: the moment may have been between two statements."""
        while not self.ended.wait(min(BETWEEN_CANCELS, self.left())):
            self.over = self.over or time.monotonic() >= self.end
            if self.over or self.is_aborted():
                with suppress(Exception):  # there is nothing to cancel, or no way to
                    self.database.cancel()

    def left(self) -> float:
        """Until the next look."""
        left = self.end - time.monotonic()
        return left if left > 0 else BETWEEN_CANCELS

    def sentence(self) -> str:
        return f"Not compared: the {self.seconds:g} seconds for comparing data were over."


def compared(
    todo: Sequence[tuple[str, Callable[[], Comparison]]],
    database: Database,
    limits: Limits,
    unmodified: Collection[str] = (),
    is_aborted: Callable[[], bool] = lambda: False,
) -> list[dict[str, Any]]:
    """
    One result a model, in their order; what goes wrong with one is told of it.

    unmodified: those that are compared only where it turns out that their columns changed
    """
    results: list[dict[str, Any]] = []
    with Budget(limits["seconds"], database, is_aborted) as budget:
        for ident, make in todo:
            found: dict[str, Any] = {"id": ident}
            try:
                if budget.over and ident in unmodified:
                    continue
                if budget.over:
                    raise Impossible(budget.sentence())
                comparison = make()
                if len(results) >= limits["models"]:
                    raise Impossible(f"Not compared: more than {limits['models']} models changed.")
                with database.at_one_time():
                    found.update(comparison.result())
            except Unchanged:
                continue
            except Impossible as e:
                found["problem"] = str(e)
            except Exception as e:  # whatever a database may say of it
                if is_aborted():
                    raise KeyboardInterrupt from e
                found["problem"] = budget.sentence() if budget.over else f"Not compared: {' '.join(str(e).split())}"
                with suppress(Exception):  # nor can the next one be, and says so
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
        or [name for name in words(getattr(config, "unique_key", None)) if re.fullmatch(r"\w+", name)]
    )


def words(value: object) -> list[str]:
    if isinstance(value, str):
        return [value] if value else []
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
            # dbt quotes the name where the project says so, as its adapter does.
            found.setdefault(re.sub(r"^([\"`\[])(.*)[\"`\]]$", r"\2", str(column)), set()).add(metadata.name)
    return next(([column] for column, names in found.items() if names == {"unique", "not_null"}), [])
