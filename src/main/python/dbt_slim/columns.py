"""What a change of a model's SQL does to its columns and rows, as far as the two trees prove it.

Right before clever: what is not proven is unknown. sqlglot is used where dbt's environment has it, and never brought.
"""

from __future__ import annotations

import importlib.util
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FORMATTING, ADDS, COLUMNS, ROWS, UNKNOWN = "formatting", "adds_columns", "columns", "rows", "unknown"
# Adapters by their type, where sqlglot calls the dialect otherwise.
DIALECTS = {"sqlserver": "tsql", "fabric": "fabric", "athena": "athena", "dremio": "dremio"}
KNOWN = {
    *("duckdb", "postgres", "materialize", "snowflake", "bigquery", "redshift", "databricks", "spark", "trino"),
    *("clickhouse", "mysql", "doris", "starrocks", "teradata", "presto", "hive", "oracle", "exasol", "risingwave"),
    *DIALECTS,
}
PARTS = {
    "from": "source",
    "from_": "source",
    "joins": "join",
    "laterals": "join",
    "where": "filter",
    "prewhere": "filter",
    "group": "grouping",
    "having": "filter",
    "qualify": "filter",
    "distinct": "distinct",
    "limit": "limit",
    "offset": "limit",
    "order": "order",
}
WITH = ("with", "with_")
FROM = ("from", "from_")


# Kinds of nodes that may make rows, or of which that is not known; functions that sqlglot does not know are Anonymous.
MAKES_ROWS = re.compile(
    r"Anonymous|UDTF|Subquery|^Select$|Explo|Unnest|Generat|Inline|Series|Table|Lateral|Each|Flatten|Command"
)


class Unprovable(Exception):
    """Why nothing is said of a change."""


def sqlglot_here() -> bool:
    return importlib.util.find_spec("sqlglot") is not None


def with_relations_of(sql: str, relations: Mapping[str, str]) -> str:
    """The same statement as if it read from production: own relations by those that they stand for."""
    for own in sorted(relations, key=len, reverse=True):
        sql = re.sub(rf"(?<![\w.]){re.escape(own)}(?![\w.])", lambda _, own=own: relations[own], sql)  # type: ignore[misc]
    return sql


def change(before: str, after: str, adapter: str) -> dict[str, Any]:
    """
    The class of a change, the columns that it adds, removes or changes, and which parts of the statement differ.

    adapter: dbt's type of it
    """
    found: dict[str, Any] = {"class": UNKNOWN, "added": [], "removed": [], "changed": [], "parts": []}
    try:
        if adapter not in KNOWN:
            raise Unprovable(f"the SQL of {adapter} is not known")
        found.update(compared(before, after, DIALECTS.get(adapter, adapter)))
    except Unprovable as e:
        found["why"] = str(e)
    return found


def compared(before: str, after: str, dialect: str) -> dict[str, Any]:
    if tokens(before, dialect) == tokens(after, dialect):
        return {"class": FORMATTING}
    (old_ctes, old), (now_ctes, now) = (last(tree(sql, dialect)) for sql in (before, after))
    if old_ctes != now_ctes:
        raise Unprovable("a common table expression differs")
    return differences(old, now)


def tokens(sql: str, dialect: str) -> list[tuple[str, str]]:
    """Without white space and comments; keywords in one case."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    try:
        found = [(str(token.token_type), token.text) for token in sqlglot.tokenize(sql, read=dialect)]
    except SqlglotError as e:
        raise Unprovable("it is not understood") from e
    names = ("VAR", "IDENTIFIER", "STRING")
    return [(kind, text if kind.endswith(names) else text.upper()) for kind, text in found]


def tree(sql: str, dialect: str) -> Any:
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    try:
        trees = [each for each in sqlglot.parse(sql, read=dialect) if each is not None]
    except SqlglotError as e:
        raise Unprovable("it is not understood") from e
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise Unprovable("it is no single query")
    if list(trees[0].find_all(exp.Command, exp.Placeholder)):
        raise Unprovable("it is not understood")
    return trees[0]


def argument(node: Any, names: Sequence[str]) -> Any:
    return next((node.args[name] for name in names if node.args.get(name)), None)


def last(query: Any) -> tuple[dict[str, Any], Any]:
    """The statement that makes the columns, behind any `select * from` the last of its common table expressions."""
    from sqlglot import exp

    clause = argument(query, WITH)
    if clause and clause.args.get("recursive"):
        raise Unprovable("it is recursive")
    ctes = {cte.alias: cte.this for cte in clause.expressions} if clause else {}
    if clause and (len(ctes) != len(clause.expressions) or any(c.args["alias"].columns for c in clause.expressions)):
        raise Unprovable("its common table expressions are not plain")
    while True:
        name = only_of(query)
        if name is None or name not in ctes:
            break
        query = ctes.pop(name)
    if not isinstance(query, exp.Select):
        raise Unprovable("it is no plain select")
    return ctes, query


def only_of(query: Any) -> str | None:
    """The name of what a `select * from name` and nothing else reads."""
    from sqlglot import exp

    if not isinstance(query, exp.Select) or len(query.expressions) != 1 or type(query.expressions[0]) is not exp.Star:
        return None
    if any(query.expressions[0].args.values()):
        return None
    given = {name for name, value in query.args.items() if value and name not in ("expressions", *WITH)}
    source = argument(query, FROM)
    table = source.this if source else None
    plain = isinstance(table, exp.Table) and not [k for k, v in table.args.items() if v and k != "this"]
    return table.name if given <= set(FROM) and plain and table else None


def projections(select: Any) -> dict[str, Any]:
    """Columns by name, in order."""
    from sqlglot import exp

    columns: dict[str, Any] = {}
    for each in select.expressions:
        if each.is_star or not isinstance(each, (exp.Alias, exp.Column)):
            raise Unprovable("it selects * or columns without a name")
        name = each.output_name
        if not name or name.lower() in {known.lower() for known in columns}:
            raise Unprovable("its columns are not told apart by name")
        columns[name] = each.this if isinstance(each, exp.Alias) else each
    return columns


def differences(old: Any, now: Any) -> dict[str, Any]:
    parts = sorted({PARTS.get(name, "other") for name in differing(old, now)})
    if "other" in parts:
        raise Unprovable("a part of it differs that is not looked at")
    before, after = projections(old), projections(now)
    found: dict[str, Any] = {
        "added": [name for name in after if name not in before],
        "removed": [name for name in before if name not in after],
        "changed": [name for name in after if name in before and before[name] != after[name]],
        "parts": parts,
    }
    if parts:
        return {"class": ROWS, **found}
    touched = [after[name] for name in (*found["added"], *found["changed"])]
    touched += [before[name] for name in (*found["removed"], *found["changed"])]
    names = {name.lower() for key in ("added", "removed", "changed") for name in found[key]}
    check_rows(now, touched, names, list(before) != list(after))
    found["changed"] += reached(after, names)
    common = [name for name in after if name in before]
    if common != [name for name in before if name in after]:
        raise Unprovable("its columns come in another order")
    only_added = found["added"] and not found["removed"] and not found["changed"]
    return {"class": ADDS if only_added else COLUMNS, **found}


def differing(old: Any, now: Any) -> Iterable[str]:
    """Names of the parts of a select that are not the same, its columns aside."""
    for name in {*old.args, *now.args} - {"expressions", *WITH}:
        if (old.args.get(name) or None) != (now.args.get(name) or None):
            yield name


def check_rows(now: Any, touched: Sequence[Any], names: set[str], moved: bool) -> None:
    """Refuses where columns that differ may make other rows."""
    from sqlglot import exp

    if now.args.get("distinct"):
        raise Unprovable("its rows are distinct by their columns")
    group = now.args.get("group")
    clauses = [argument(now, [name]) for name in ("where", "having", "qualify", "order", "group", "windows")]
    for clause in filter(None, clauses):
        if any(column.name.lower() in names and not column.table for column in clause.find_all(exp.Column)):
            raise Unprovable("it filters or groups by a column that differs")
    positions = [n for clause in (group, now.args.get("order")) if clause for n in clause.find_all(exp.Literal)]
    if group and (group.args.get("all") or group.args.get("totals")):
        raise Unprovable("it groups by all columns")
    if positions and (moved or names):
        raise Unprovable("it groups or orders by position")
    joined = bool(now.args.get("joins") or now.args.get("laterals"))
    for expression in touched:
        if any(MAKES_ROWS.search(type(each).__name__) for each in expression.walk()):
            raise Unprovable("something in it may make rows")
        aggregates = [a for a in expression.find_all(exp.AggFunc) if not isinstance(a.parent, exp.Window)]
        if aggregates and not group:
            raise Unprovable("it aggregates without a group")
        if joined and any(not column.table for column in expression.find_all(exp.Column)):
            raise Unprovable("a column does not say of which table it is")


def reached(after: Mapping[str, Any], names: set[str]) -> list[str]:
    """Columns that read one that differs by its name in the same select, which some databases let them."""
    from sqlglot import exp

    return [
        name
        for name, expression in after.items()
        if name.lower() not in names
        and any(column.name.lower() in names and not column.table for column in expression.find_all(exp.Column))
        and not (isinstance(expression, exp.Column) and expression.name.lower() == name.lower())
    ]


# Of a build


MODELS = 200
SECONDS = 20.0


def of_build(
    built: Iterable[str], now: Mapping[str, Any], before: Mapping[str, Any], adapter: str
) -> list[dict[str, Any]]:
    """
    What is proven of each model whose SQL is another one than production's.

    built: unique_ids; now, before: nodes as dbt has them, by unique_id
    """
    if not sqlglot_here():
        return []
    relations = {
        now[i].relation_name: before[i].relation_name
        for i in now
        if i in before and getattr(now[i], "relation_name", None) and getattr(before[i], "relation_name", None)
    }
    relations = {own: theirs for own, theirs in relations.items() if own != theirs}
    found: list[dict[str, Any]] = []
    end = time.monotonic() + SECONDS
    for ident in sorted(i for i in built if i.startswith("model.") and i in before and i in now):
        old, new = (getattr(nodes[ident], "compiled_code", None) for nodes in (before, now))
        if not old or not new or getattr(now[ident], "language", "sql") != "sql":
            continue
        new = with_relations_of(new, relations)
        if old == new:
            continue
        if len(found) >= MODELS or time.monotonic() > end:
            break
        try:
            found.append({"id": ident, **change(old, new, adapter)})
        except Exception as e:  # of a tree that nobody foresaw: nothing is proven
            found.append({"id": ident, "class": UNKNOWN, "why": f"it is not understood ({type(e).__name__})"})
    return found
