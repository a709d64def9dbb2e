"""Which columns of a statement read what may differ in the relations that it reads from.

Names are followed through the scopes of compiled SQL. What may be read counts as read: a name that could be of several
relations is of each, and what is not understood is not proven. So what is left out is provably not reached.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from dbt_slim.sql import FROM, MAKES_ROWS, WITH, Unprovable, argument, tree

LOOKED_AT = {
    *("expressions", "distinct", "from", "from_", "joins", "laterals", "where", "prewhere", "group", "having"),
    *("qualify", "windows", "order", "limit", "offset", *WITH),
}
ANY_COLUMN = ("PositionalColumn", "Columns")
UNNAMED = ""
NAMELESS = "a column without a name reads what changed"
TEXT = "it names what it reads in a text, or as a column"
FILTERS = ("where", "prewhere", "group", "having", "qualify", "limit", "offset")
OF_JOINS = {"this", "using", "expressions"}
LATERAL = ("duckdb",)  # where a query in the from clause may read from its siblings without being told to
NAME = re.compile(r"\w+(?:\W{0,3}\.\W{0,3}\w+)*")  # of a relation, in a text


class Reach(NamedTuple):
    """What of a relation may be other than in production."""

    columns: frozenset[str] = frozenset()  # in lower case
    rows: bool = False  # any column of any row
    why: str | None = None  # the rows are not proven to differ, and why

    def and_also(self, other: Reach) -> Reach:
        proven = (self.rows and not self.why) or (other.rows and not other.why)
        why = None if proven else self.why or other.why
        return Reach(self.columns | other.columns, self.rows or other.rows, why)


NOTHING = Reach()
ROWS = Reach(rows=True)
Sources = dict[str, Reach]  # by alias, in lower case


class RowsReached(Exception):
    """Nothing more is to be told apart: any column of any row."""

    def __init__(self, reach: Reach = ROWS) -> None:
        super().__init__()
        self.reach = reach


def reach_of(sql: str, dialect: str, relations: Callable[[Any], Reach], ctes: Mapping[str, Reach]) -> Reach:
    """
    What of the statement's own columns may differ.

    relations: of a table that the statement names
    ctes: of common table expressions of which that is known, such as ephemeral models
    """
    return Reader(relations, ctes, dialect in LATERAL).statement(tree(sql, dialect))


class Reader:
    """Follows the names of one statement."""

    def __init__(self, relations: Callable[[Any], Reach], ctes: Mapping[str, Reach], all_lateral: bool = False) -> None:
        self.relations = relations
        self.known = ctes
        self.all_lateral = all_lateral
        self.seen: set[int] = set()

    def statement(self, query: Any) -> Reach:
        from sqlglot import exp

        try:
            found = self.query(query, {}, [], last=True)
        except RowsReached as e:
            return e.reach
        if UNNAMED in found.columns:
            raise Unprovable(NAMELESS)
        if self.is_named_in_a_text(query, {}, parts=2):
            raise Unprovable(TEXT)
        for table in query.find_all(exp.Table):
            if id(table) not in self.seen and self.relations(table) != NOTHING:
                raise Unprovable("it reads where nobody looked")
        return found

    def query(self, query: Any, ctes: Sources, outer: Sequence[Sources], last: bool = False) -> Reach:
        """ctes: those that it can name; outer: what the queries around it read from, the nearest first"""
        from sqlglot import exp

        ctes = self.with_ctes(query, ctes, outer)
        if isinstance(query, exp.Subquery):
            found = self.query(query.this, ctes, outer, last)
            self.refuse_more(query, {"this", "alias", *WITH}, found)
            return found
        if isinstance(query, exp.SetOperation):
            return self.set_operation(query, ctes, outer)
        if isinstance(query, exp.Select):
            return Scope(self, query, ctes, outer, last).reach()
        raise Unprovable("a part of it is no select")

    def with_ctes(self, query: Any, ctes: Sources, outer: Sequence[Sources]) -> Sources:
        clause = argument(query, WITH)
        if not clause:
            return ctes
        if clause.args.get("recursive") and self.touches(clause, ctes):
            raise Unprovable("it is recursive")
        ctes, own = dict(ctes), Sources()
        for cte in clause.expressions:
            name = cte.alias.lower()
            found = self.known[name] if name in self.known else self.query(cte.this, ctes, outer)
            if cte.args["alias"].columns and found != NOTHING:
                raise Unprovable("a common table expression renames its columns")
            if UNNAMED in found.columns:
                raise Unprovable(NAMELESS)
            # Of two names that differ in case only, where a database tells them apart, each counts as both.
            ctes[name] = found.and_also(own[name]) if name in own else found
            own[name] = ctes[name]
        return ctes

    def set_operation(self, query: Any, ctes: Sources, outer: Sequence[Sources]) -> Reach:
        from sqlglot import exp

        sides = [self.query(side, ctes, outer) for side in (query.this, query.expression)]
        both = sides[0].and_also(sides[1])
        if both == NOTHING:
            return NOTHING
        if not isinstance(query, exp.Union) or query.args.get("distinct") or both.rows:
            raise RowsReached(both._replace(rows=True))
        self.refuse_more(query, {"this", "expression", "distinct", "by_name", *WITH}, both)
        if query.args.get("by_name"):
            return both
        names, others = (output_names(side) for side in (query.this, query.expression))
        if names is None or others is None or len(names) != len(others):
            raise Unprovable("it puts together rows of which not each column has a name")
        return Reach(sides[0].columns | {name for name, other in zip(names, others) if other in sides[1].columns})

    def touches(self, node: Any, ctes: Mapping[str, Reach]) -> bool:
        from sqlglot import exp

        return any(self.table(each, ctes) != NOTHING for each in node.find_all(exp.Table))

    def table(self, table: Any, ctes: Mapping[str, Reach]) -> Reach:
        name = table.name.lower()
        if not table.args.get("db") and name in ctes:
            return ctes[name]
        return self.known[name] if name in self.known else self.relations(table)

    def is_named_in_a_text(self, node: Any, ctes: Mapping[str, Reach], parts: int = 1) -> bool:
        """Whether what may differ may be read by a function that gets its name, of at least so many parts."""
        from sqlglot import exp

        for literal in node.find_all(exp.Literal):
            for name in NAME.findall(literal.name) if literal.is_string else ():
                words = re.findall(r"\w+", name)
                if len(words) < parts:
                    continue
                table = exp.Table(**dict(zip(("this", "db", "catalog"), map(exp.to_identifier, reversed(words)))))
                if self.table(table, ctes) != NOTHING:
                    return True
        return False

    def is_named_in_disguise(self, node: Any, ctes: Mapping[str, Reach]) -> bool:
        return self.is_named_in_a_text(node, ctes) or self.is_named_as_a_column(node, ctes)

    def is_named_as_a_column(self, node: Any, ctes: Mapping[str, Reach]) -> bool:
        """Whether what may differ stands where columns stand, as some databases let a table do."""
        from sqlglot import exp

        for column in node.find_all(exp.Column):
            if all(isinstance(part, exp.Identifier) for part in column.parts):
                names = [part.copy() for part in reversed(column.parts)][:3]
                if self.table(exp.Table(**dict(zip(("this", "db", "catalog"), names))), ctes) != NOTHING:
                    return True
        return False

    @staticmethod
    def refuse_more(node: Any, known: set[str], reach: Reach) -> None:
        """Refuses what is not looked at, where it stands beside what may differ."""
        more = sorted(name for name, value in node.args.items() if value and name not in known)
        if more and reach != NOTHING:
            raise Unprovable(f"a part of it is not looked at ({more[0]})")


def output_names(query: Any) -> list[str] | None:
    """Names of the columns, in lower case; None where not all are known."""
    from sqlglot import exp

    while isinstance(query, (exp.Subquery, exp.SetOperation)):
        query = query.this
    if not isinstance(query, exp.Select) or any(each.is_star for each in query.expressions):
        return None
    names = [name_of(each) for each in query.expressions]
    return None if UNNAMED in names else names


def name_of(projection: Any) -> str:
    """In lower case; databases differ in how they call what has none."""
    from sqlglot import exp

    is_named = isinstance(projection, (exp.Alias, exp.Column, exp.Subquery))
    return projection.alias_or_name.lower() if is_named else UNNAMED


class Scope:
    """One select: what it reads from, and which of its columns that reaches."""

    def __init__(self, reader: Reader, select: Any, ctes: Sources, outer: Sequence[Sources], last: bool) -> None:
        self.reader = reader
        self.select = select
        self.ctes = ctes
        self.sources: Sources = {}
        self.scopes = [self.sources, *outer]
        self.last = last
        self.aliases: set[str] = set()  # of columns that are reached
        self.later: list[Any] = []  # what reads from other sources of the same select
        self.joins: list[Any] = []

    def reach(self) -> Reach:
        select = self.select
        clause = argument(select, FROM)
        if clause:
            self.add(clause.this)
        self.add_joins(select)
        for lateral in select.args.get("laterals") or []:
            self.add(lateral)
        for source in self.later:
            self.add_function(source)
        whole = [reach for reach in self.sources.values() if reach.rows]
        if whole:
            found = NOTHING
            for reach in whole:
                found = found.and_also(reach)
            raise RowsReached(found)
        if any(reach != NOTHING for reach in self.sources.values()):
            self.reader.refuse_more(select, LOOKED_AT, ROWS)
        found = Reach(frozenset(self.projections()))
        self.check_rows(bool(found.columns))
        return found

    # What it reads from

    def add(self, source: Any) -> None:
        from sqlglot import exp

        alias = source.alias_or_name.lower()
        if isinstance(source, exp.Table) and isinstance(source.this, exp.Identifier):
            self.reader.seen.add(id(source))
            found = self.reader.table(source, self.ctes)
            if source.db:  # an array of a row, in some databases
                self.later.append(exp.column(source.name, table=source.db))
            self.reader.refuse_more(source, {"this", "db", "catalog", "alias", "joins"}, found)
        elif isinstance(source, exp.Subquery) and isinstance(source.this, exp.Table):
            self.add(source.this)
            found = self.sources.get(source.this.alias_or_name.lower(), NOTHING)
            self.reader.refuse_more(source, {"this", "alias", "joins"}, found)
        elif isinstance(source, exp.Subquery):
            outer = self.scopes if self.reader.all_lateral else self.scopes[1:]
            found = self.reader.query(source.this, self.ctes, outer)
            self.reader.refuse_more(source, {"this", "alias", "joins"}, found)
        else:
            self.later.append(source)
            found = NOTHING
        naming = source.args.get("alias")
        if found.columns and isinstance(naming, exp.TableAlias) and naming.columns:
            raise Unprovable("it renames the columns of what it reads")
        if UNNAMED in found.columns:
            raise Unprovable(NAMELESS)
        self.sources[alias] = self.sources.get(alias, NOTHING).and_also(found)
        self.add_joins(source)

    def add_joins(self, node: Any) -> None:
        for join in node.args.get("joins") or []:
            self.joins.append(join)
            self.add(join.this)

    def add_function(self, source: Any) -> None:
        """What makes rows from the other sources: a function, or a query that reads from them."""
        from sqlglot import exp

        inner = source.this if isinstance(source, exp.Lateral) else source
        if isinstance(inner, exp.Subquery):
            alias = source.alias_or_name.lower()
            self.sources[alias] = self.reader.query(inner.this, self.ctes, self.scopes)
        elif not isinstance(source, exp.Column) and self.reader.is_named_in_disguise(source, self.ctes):
            raise Unprovable(TEXT)
        elif self.is_reached(source):
            raise RowsReached()

    # What reaches

    def projections(self) -> set[str]:
        from sqlglot import exp

        found: set[str] = set()
        named = [each for each in self.select.expressions if not each.is_star]
        for star in (each for each in self.select.expressions if each.is_star):
            columns = {name for reach in self.read_by(star) for name in reach.columns}
            plain = star.this if isinstance(star, exp.Column) else star
            if columns and (type(plain) is not exp.Star or any(plain.args.values())):
                raise Unprovable("it selects * with exceptions")
            found |= columns
        windows = any(self.is_reached(each) for each in self.select.args.get("windows") or [])
        while True:
            before = len(self.aliases)
            for each in named:
                expression = each.this if isinstance(each, exp.Alias) else each
                name = name_of(each)
                if name != UNNAMED and name in found:
                    continue
                if not self.is_reached(expression) and not (windows and expression.find(exp.Window)):
                    continue
                parts = (part for part in within(expression) if not isinstance(part, exp.Query))
                if any(MAKES_ROWS.search(type(part).__name__) for part in parts):
                    raise RowsReached()
                found.add(name)
                if name not in {column for reach in self.sources.values() for column in reach.columns}:
                    self.aliases.add(name)
            if len(self.aliases) == before:
                return found

    def read_by(self, star: Any) -> list[Reach]:
        """What a star stands for: all there is, or one of the sources."""
        from sqlglot import exp

        of = star.table.lower() if isinstance(star, exp.Column) else ""
        if not of:
            return list(self.sources.values())
        for scope in self.scopes:
            if of in scope:
                return [scope[of]]
        if self.is_column_reached(exp.column(*(part.copy() for part in reversed(star.parts[:-1])))):
            raise Unprovable("it takes apart a value that may differ")
        return []

    def check_rows(self, columns: bool) -> None:
        """Ends where a filter, a join, a group or an order that counts reads what may differ."""
        from sqlglot import exp

        select = self.select
        clauses = [select.args.get(name) for name in FILTERS]
        for join in self.joins:
            others = (each for name, each in join.args.items() if name not in OF_JOINS)
            clauses += [each for each in others if isinstance(each, exp.Expression)]
            names = [each.name.lower() for each in join.args.get("using") or []]
            if any(name in reach.columns for name in names for reach in self.sources.values()):
                raise RowsReached()
            if str(join.args.get("method")).upper() == "NATURAL" and any(
                reach.columns for reach in self.sources.values()
            ):
                raise Unprovable("it joins by whatever columns have one name")
        distinct, order = select.args.get("distinct"), select.args.get("order")
        if distinct and distinct.args.get("on"):
            clauses += [distinct.args["on"], order]
        elif distinct and columns:
            raise RowsReached()
        fills = order and any(each.args.get("with_fill") for each in order.expressions)
        if order and (fills or not self.last or select.args.get("limit") or select.args.get("offset")):
            clauses.append(order)
        windows = any(self.is_reached(each) for each in select.args.get("windows") or [])
        for clause in filter(None, clauses):
            if self.is_reached(clause) or (windows and clause.find(exp.Window)):
                raise RowsReached()
        group = select.args.get("group")
        for clause in filter(None, (group, order if order in clauses else None)):
            by_place = any(
                isinstance(each, exp.Literal) or each.name.lower() == "all"
                for each in clause.find_all(exp.Literal, exp.Var)
            )
            by_place = by_place or clause.args.get("all") or clause.args.get("totals")
            reached = (each for each in select.expressions if self.is_reached(each))
            if by_place and any(clause is order or not each.find(exp.AggFunc) for each in reached):
                raise RowsReached()

    def is_reached(self, expression: Any) -> bool:
        """Whether it may read what may differ."""
        from sqlglot import exp

        for node in within(expression):
            if isinstance(node, exp.Column):
                if self.is_column_reached(node):
                    return True
            elif isinstance(node, exp.In) and node.args.get("field"):
                if self.reader.is_named_as_a_column(node.args["field"], self.ctes):
                    return True
            elif isinstance(node, exp.Query):
                found = self.nested(node)
                if found.rows or (found.columns and not isinstance(node.parent, exp.Exists)):
                    return True
            elif isinstance(node, (exp.Star, exp.Parameter)) or type(node).__name__ in ANY_COLUMN:
                counts = isinstance(node.parent, exp.Count)
                if not counts and any(reach != NOTHING for reach in self.sources.values()):
                    return True
        return False

    def nested(self, query: Any) -> Reach:
        try:
            return self.reader.query(query, self.ctes, self.scopes)
        except RowsReached as e:
            if e.reach.why:
                raise
            return e.reach

    def is_column_reached(self, column: Any) -> bool:
        parts = [part.name.lower() for part in column.parts]
        sources = [(alias, reach) for scope in self.scopes for alias, reach in scope.items()]
        if len(parts) == 1 and parts[0] in self.aliases:
            return True
        for i, part in enumerate(parts[:-1]):
            of = [reach for alias, reach in sources if alias == part]
            if of:
                if "*" in parts[i + 1 :]:
                    return any(reach != NOTHING for reach in of)
                # A row has a field of that name, too, where a column is called as its table.
                return any(parts[i + 1] in reach.columns or parts[0] in reach.columns for reach in of)
        whole = any(alias == parts[0] and reach != NOTHING for alias, reach in sources)
        return whole or any(part in reach.columns for part in parts for _, reach in sources)


def within(expression: Any) -> Iterator[Any]:
    """Its parts, those of queries within it left out."""
    from sqlglot import exp

    nodes = expression if isinstance(expression, list) else [expression]
    for node in nodes:
        yield from node.walk(prune=lambda each: isinstance(each, exp.Query))


Names = tuple[str, ...]


def names_of(relation: str, dialect: str) -> Names:
    """The parts of a relation's name, the last first, in lower case."""
    from sqlglot import exp

    return tuple(part.name.lower() for part in reversed(exp.to_table(relation, dialect=dialect).parts))


def is_one_of(name: str, several: str) -> bool:
    """Of BigQuery's tables by the beginning of their names."""
    return several.endswith("*") and name.startswith(several[:-1])


class Tables:
    """Relations by their names; a table of which less is said is each of those that it may be."""

    def __init__(self, relations: Sequence[tuple[Names, Reach]]) -> None:
        self.relations = relations
        self.read: set[Names] = set()  # those that were asked for

    def __call__(self, table: Any) -> Reach:
        parts = [part.name.lower() for part in reversed(table.parts)]
        found = NOTHING
        for names, reach in self.relations:
            if parts and all(a == b or is_one_of(b, a) for a, b in zip(parts, names)):
                self.read.add(names)
                found = found.and_also(reach)
        return found
