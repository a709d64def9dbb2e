"""SQL as sqlglot reads it, where dbt's environment has it: it is never brought."""

from __future__ import annotations

import importlib.util
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

# Adapters by their type, where sqlglot calls the dialect otherwise.
DIALECTS = {"sqlserver": "tsql", "fabric": "fabric", "athena": "athena", "dremio": "dremio"}
KNOWN = {
    *("duckdb", "postgres", "materialize", "snowflake", "bigquery", "redshift", "databricks", "spark", "trino"),
    *("clickhouse", "mysql", "doris", "starrocks", "teradata", "presto", "hive", "oracle", "exasol", "risingwave"),
    *DIALECTS,
}
WITH = ("with", "with_")
FROM = ("from", "from_")
CTE = "__dbt__cte__"  # what dbt calls an ephemeral model, which is looked at by itself


# Kinds of nodes that may make rows, or of which that is not known; functions that sqlglot does not know are Anonymous.
MAKES_ROWS = re.compile(
    r"Anonymous|UDTF|Subquery|^Select$|[Ee]xplo|Stack|Unnest|Generat|Inline|Series|Table|Lateral|Each|Flatten|Command"
)


# Kinds of nodes whose text counts letter by letter, though many versions of sqlglot compare it in any case.
EXACT = re.compile(r"^JSONPath|String$|^National$|^Heredoc$")


class Unprovable(Exception):
    """Why nothing is said of a change."""


def sqlglot_here() -> bool:
    return importlib.util.find_spec("sqlglot") is not None


def dialect_of(adapter: str) -> str:
    if adapter not in KNOWN:
        raise Unprovable(f"the SQL of {adapter} is not known")
    return DIALECTS.get(adapter, adapter)


def tokens(sql: str, dialect: str) -> list[tuple[str, str]]:
    """Without white space and comments."""
    import sqlglot
    from sqlglot.errors import SqlglotError

    try:
        return [(str(token.token_type), token.text) for token in sqlglot.tokenize(sql, read=dialect)]
    except SqlglotError as e:
        raise Unprovable("it is not understood") from e


def without_case(words: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """With keywords in one case, though some of them may be names."""
    names = ("VAR", "IDENTIFIER", "STRING")
    return [(kind, text if kind.endswith(names) else text.upper()) for kind, text in words]


def tree(sql: str, dialect: str) -> Any:
    """To be compared and looked at, not to be written as SQL again."""
    import sqlglot
    from sqlglot import exp
    from sqlglot.errors import SqlglotError

    try:
        with texts_as_written(dialect) as exactly:
            trees = [each for each in sqlglot.parse(sql, read=exactly) if each is not None]
    except SqlglotError as e:
        raise Unprovable("it is not understood") from e
    if len(trees) != 1 or not isinstance(trees[0], exp.Query):
        raise Unprovable("it is no single query")
    if list(trees[0].find_all(exp.Command, exp.Placeholder)):
        raise Unprovable("it is not understood")
    for node in trees[0].walk():
        text = node.args.get("this") if EXACT.search(type(node).__name__) else None
        if isinstance(text, str):
            node.set("this", text.encode("utf-8", "surrogatepass").hex())
    return trees[0]


@contextmanager
def texts_as_written(dialect: str) -> Iterator[Any]:
    """
    A dialect that takes paths and formats of time for the texts that they are.

    sqlglot writes them in a way of its own, in which some that databases tell apart are one: to DuckDB 'x.y' is a key,
    and '$.x.y' a way.
    """
    from sqlglot import exp
    from sqlglot.dialects.dialect import Dialect

    logging.getLogger("sqlglot").setLevel(logging.CRITICAL)  # what it does not understand is unknown, and told as that
    exactly = Dialect.get_or_raise(dialect)
    exactly.to_json_path = lambda path: path
    original = Dialect.__dict__["format_time"]
    Dialect.format_time = classmethod(
        lambda cls, text: exp.Literal.string(text[1:-1]) if isinstance(text, str) else text
    )
    try:
        yield exactly
    finally:
        Dialect.format_time = original


def calls_unknown(sql: str, dialect: str) -> bool:
    """Whether it calls functions that sqlglot does not know, such as the database's users make."""
    from sqlglot import exp

    return any(True for _ in tree(sql, dialect).find_all(exp.Anonymous, exp.UDTF))


def argument(node: Any, names: Sequence[str]) -> Any:
    return next((node.args[name] for name in names if node.args.get(name)), None)
