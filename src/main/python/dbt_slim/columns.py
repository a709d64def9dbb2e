"""What a change of a model's SQL does to its columns and rows, as far as the two trees prove it.

Right before clever: what is not proven is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dbt_slim.lineage import Reach, Reader, RowsReached
from dbt_slim.sql import CTE, FROM, MAKES_ROWS, WITH, Unprovable, argument, dialect_of, tokens, tree, without_case

SAME, FORMATTING, ADDS, COLUMNS, ROWS, UNKNOWN = "same", "formatting", "adds_columns", "columns", "rows", "unknown"
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
CLAUSES = (
    "where",
    "prewhere",
    "having",
    "qualify",
    "order",
    "group",
    "windows",
    "joins",
    "laterals",
    "limit",
    "offset",
)
UNTOUCHED: dict[str, list[str]] = {"added": [], "removed": [], "changed": [], "parts": []}


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
    found: dict[str, Any] = {"class": UNKNOWN, **UNTOUCHED}
    try:
        found.update(compared(before, after, dialect_of(adapter)))
    except Unprovable as e:
        found["why"] = str(e)
    return found


def compared(before: str, after: str, dialect: str) -> dict[str, Any]:
    words = [tokens(sql, dialect) for sql in (before, after)]
    if words[0] == words[1]:
        return {"class": FORMATTING}
    trees = [tree(sql, dialect) for sql in (before, after)]
    if without_case(words[0]) == without_case(words[1]) and trees[0] == trees[1]:
        return {"class": FORMATTING}
    old, now = map(last, trees)
    same_steps = list(old[0].items()) == list(now[0].items())
    return differences(old[1], now[1]) if same_steps else of_steps(old, now)


Statement = tuple[dict[str, Any], Any]  # common table expressions, and what reads from them


def of_steps(old: Statement, now: Statement) -> dict[str, Any]:
    """What a select does of its own, and what it reads of what the common table expressions before it do."""
    former = {name.lower() for name in old[0] if not name.startswith(CTE)}
    check_order(old[0], now[0])
    # A step that is gone may be a table now.
    reader = Reader(lambda table: Reach(rows=not table.args.get("db") and table.name.lower() in former), {})
    ctes: dict[str, Reach] = {}
    parts: set[str] = set()
    unproven: list[Unprovable] = []

    def read(query: Any, change: dict[str, Any], is_last: bool = False) -> Reach:
        parts.update(change["parts"])
        try:
            return reach(change).and_also(reader.query(query, dict(ctes), [], last=is_last))
        except RowsReached as e:
            return e.reach

    for name, query in now[0].items():
        if name.startswith(CTE):
            continue  # an ephemeral model is looked at by itself
        own: dict[str, Any] = {**UNTOUCHED, "class": SAME if name in old[0] else ROWS}
        try:
            if name in old[0] and query != old[0][name]:
                before, after = last(old[0][name]), last(query)
                if before[0] or after[0]:
                    raise Unprovable("a common table expression within another")
                own = differences(before[1], after[1])
            ctes[name.lower()] = read(query, own)
        except Unprovable as e:
            unproven.append(e)
            ctes[name.lower()] = Reach(rows=True)
    own = differences(old[1], now[1])
    found = read(now[1], own, is_last=True)
    if unproven and not parts:
        raise unproven[0]
    if found.rows:
        return {**own, "class": ROWS, "parts": sorted(parts)}
    if not found.columns:
        return own
    names = [name for name in projections(now[1]) if name.lower() in found.columns]
    changed = [name for name in names if name not in own["added"]]
    return {**own, "class": COLUMNS if changed or own["removed"] else ADDS, "changed": changed}


def check_order(old: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Refuses where a step reads another by a name that was a table's, because the other came later."""
    from sqlglot import exp

    places = [{name.lower(): i for i, name in enumerate(steps)} for steps in (old, now)]
    for name, query in now.items():
        at = [each.get(name.lower(), len(each)) for each in places]
        for read in {table.name.lower() for table in query.find_all(exp.Table)}:
            if places[0].get(read, -1) >= at[0] and places[1].get(read, at[1]) < at[1]:
                raise Unprovable("its common table expressions come in another order")


def reach(change: Mapping[str, Any]) -> Reach:
    """What may differ for what reads from it."""
    if change["class"] in (UNKNOWN, ROWS):
        return Reach(rows=True, why=change.get("why"))
    return Reach(frozenset(name.lower() for kind in ("added", "removed", "changed") for name in change[kind]))


def last(query: Any) -> tuple[dict[str, Any], Any]:
    """The statement that makes the columns, behind any `select * from` the last of its common table expressions."""
    from sqlglot import exp

    clause = argument(query, WITH)
    if clause and clause.args.get("recursive"):
        raise Unprovable("it is recursive")
    ctes = {cte.alias: cte.this for cte in clause.expressions} if clause else {}
    told_apart = len({name.lower() for name in ctes}) == len(clause.expressions) if clause else True
    if not told_apart or (clause and any(c.args["alias"].columns for c in clause.expressions)):
        raise Unprovable("its common table expressions are not plain")
    while True:
        name = only_of(query)
        if name is None or name not in ctes:
            break
        query = ctes.pop(name)
        if argument(query, WITH):
            raise Unprovable("a common table expression within another")
    if not isinstance(query, exp.Select):
        raise Unprovable("it is no plain select")
    query = query.copy()
    for name in WITH:
        query.set(name, None)
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
    if not parts and old.expressions == now.expressions:
        return {**UNTOUCHED, "class": SAME}
    try:
        before, after = projections(old), projections(now)
    except Unprovable:
        if parts:
            return {**UNTOUCHED, "class": ROWS, "parts": parts}
        raise
    found: dict[str, Any] = {
        "added": [name for name in after if name not in before],
        "removed": [name for name in before if name not in after],
        "changed": [name for name in after if name in before and before[name] != after[name]],
        "parts": parts,
    }
    if parts:
        return {"class": ROWS, **found}
    names = {name.lower() for key in ("added", "removed", "changed") for name in found[key]}
    touched = [before[name] for name in (*found["removed"], *found["changed"])]
    found["changed"] += reached(after, names)
    touched += [after[name] for name in (*found["added"], *found["changed"])]
    check_rows(now, touched, names, (list(before), list(after)))
    common = [name for name in after if name in before]
    if common != [name for name in before if name in after]:
        raise Unprovable("its columns come in another order")
    only_added = found["added"] and not found["removed"] and not found["changed"]
    return {"class": ADDS if only_added else COLUMNS, **found}


def differing(old: Any, now: Any) -> Iterable[str]:
    """Names of the parts of a select that are not the same, its columns aside."""
    for name in {*old.args, *now.args} - {"expressions"}:
        if (old.args.get(name) or None) != (now.args.get(name) or None):
            yield name


def check_rows(now: Any, touched: Sequence[Any], names: set[str], all_names: tuple[list[str], list[str]]) -> None:
    """
    Refuses where columns that differ may make other rows.

    names: of those that differ, in lower case
    all_names: of the columns before and after
    """
    from sqlglot import exp

    if now.args.get("distinct"):
        raise Unprovable("its rows are distinct by their columns")
    group = now.args.get("group")
    for clause in (each for name in CLAUSES for each in listed(now.args.get(name))):
        if any(column.name.lower() in names and not column.table for column in clause.find_all(exp.Column)):
            raise Unprovable("it filters or groups by a column that differs")
    order = now.args.get("order")
    if order and any(each.name.lower() == "all" for each in order.find_all(exp.Var)):
        raise Unprovable("it orders by all columns")
    items = [*(group.expressions if group else ()), *(each.this for each in (order.expressions if order else ()))]
    last_place = max((int(each.name) for each in items if isinstance(each, exp.Literal) and each.is_int), default=0)
    if group and (group.args.get("all") or group.args.get("totals")):
        raise Unprovable("it groups by all columns")
    before, after = (each[:last_place] for each in all_names)
    if before != after or names & {name.lower() for name in after}:
        raise Unprovable("it groups or orders by position")
    joined = bool(now.args.get("joins") or now.args.get("laterals"))
    for expression in touched:
        if any(MAKES_ROWS.search(type(each).__name__) for each in expression.walk()):
            raise Unprovable("something in it may make rows")
        if not group and any(aggregates(each) for each in expression.find_all(exp.AggFunc, exp.Any)):
            raise Unprovable("it aggregates without a group")
        if joined and any(not column.table for column in expression.find_all(exp.Column)):
            raise Unprovable("a column does not say of which table it is")


def aggregates(call: Any) -> bool:
    """Not over a window, nor as `= any (array)`, which in some databases is a function that aggregates, too."""
    from sqlglot import exp

    if isinstance(call, exp.Any):
        return not isinstance(call.parent, exp.Binary)
    is_windowed = isinstance(call.parent, exp.Window) and call.arg_key == "this"
    return not is_windowed or str(call.parent.args.get("over") or "OVER").upper() != "OVER"


def reached(after: Mapping[str, Any], names: set[str]) -> list[str]:
    """
    Columns that read one that differs by its name in the same select, which some databases let them.

    names: of those that differ, in lower case; the found ones are added
    """
    from sqlglot import exp

    found: list[str] = []
    while True:
        more = [
            name
            for name, expression in after.items()
            if name.lower() not in names
            and any(column.name.lower() in names and not column.table for column in expression.find_all(exp.Column))
            and not (isinstance(expression, exp.Column) and expression.name.lower() == name.lower())
        ]
        if not more:
            return found
        found += more
        names.update(name.lower() for name in more)


def listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value] if value else []
