"""The functions of SPARQL on strings, days and times, whole columns at a time.

These functions fail for terms other than strings. Those that return strings keep the language of their argument, which a column of
computed strings cannot hold: so they only take strings without a language, except inside functions that ignore the language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import polars as pl

from newsgraph.query.columnwise.column_store import DAY, MONTH, OTHER, TAGGED, TIME, YEAR
from newsgraph.query.columnwise.query_syntax import Call, Expression, NotCoveredError
from newsgraph.query.columnwise.term_columns import TERM, TermColumns
from newsgraph.rdf.terms import Literal

KEEPS_LANGUAGE = frozenset({"LCASE", "UCASE", "SUBSTR", "REPLACE"})
"""Functions whose result has the language of their first argument."""
_FLAGS = frozenset("ism")
_MOST_BYTES = 200_000_000  # of a computed column; larger ones are left to the engine, whose process has a limit of memory
_MOST_HELD = 2 * _MOST_BYTES  # of all computed columns of a question


def plain_strings(terms: TermColumns, column: pl.Series) -> pl.Series:
    """Return the texts of strings; null for other terms. Raises `NotCoveredError` where a string has a language."""
    if column.dtype == TERM and TAGGED in terms.kinds(column):
        raise NotCoveredError(column.name)
    return terms.strings(column)


def changed_text(call: Call, texts: pl.Series, numbers: Sequence[pl.Series]) -> pl.Series:
    """Return what a function of `KEEPS_LANGUAGE` makes of texts; `numbers` are the further arguments of SUBSTR."""
    if call.name == "LCASE":
        return texts.str.to_lowercase()
    if call.name == "UCASE":
        return texts.str.to_uppercase()
    if call.name == "SUBSTR":
        return _part(texts, *numbers)
    pattern, new = (constant_text(arg) for arg in call.args[1:])
    if "$" in new or not pattern:
        raise NotCoveredError(pattern)
    _check_bytes(texts.estimated_size() * max(len(new), 1))
    return texts.str.replace_all(pattern, new)


def _part(texts: pl.Series, start: pl.Series, length: pl.Series | None = None) -> pl.Series:
    columns = {"text": texts, "start": start} | ({} if length is None else {"length": length})
    table = pl.DataFrame(columns)
    numbers = [name for name in columns if name != "text"]
    if any(table.schema[name] != pl.Int64 for name in numbers) or table.filter(pl.any_horizontal(pl.col(numbers) < 1)).height:
        raise NotCoveredError(str(numbers))
    size = None if length is None else pl.col("length")
    return table.select(pl.when(pl.all_horizontal(pl.all().is_not_null())).then(pl.col("text").str.slice(pl.col("start") - 1, size)))[
        "text"
    ]


def _matches(call: Call, texts: pl.Series) -> pl.Series:
    flags = constant_text(call.args[2]) if len(call.args) > 2 else ""  # noqa: PLR2004 - the third argument
    if not _FLAGS.issuperset(flags):
        raise NotCoveredError(flags)
    pattern = constant_text(call.args[1])
    return texts.str.contains(f"(?{flags}){pattern}" if flags else pattern)


OF_ANY_STRING: Mapping[str, Callable[[Call, pl.Series], pl.Series]] = {
    "CONTAINS": lambda call, texts: texts.str.contains(constant_text(call.args[1]), literal=True),
    "STRSTARTS": lambda call, texts: texts.str.starts_with(constant_text(call.args[1])),
    "STRENDS": lambda call, texts: texts.str.ends_with(constant_text(call.args[1])),
    "REGEX": _matches,
    "STRLEN": lambda _, texts: texts.str.len_chars().cast(pl.Int64),
}
"""Functions that ignore the language of a string: they take the texts of their first argument."""


def split_at(call: Call, texts: pl.Series) -> pl.Series:
    """Return what comes before or after the first place of a constant text in texts, an empty text where they do not contain it."""
    mark = constant_text(call.args[1])
    if not mark:
        return texts if call.name == "STRAFTER" else texts.str.head(0)
    parts = texts.str.splitn(mark, 2).struct.unnest()
    after, before = parts.to_series(1), parts.to_series(0)
    rest = after if call.name == "STRAFTER" else before.zip_with(after.is_not_null(), before.str.head(0))
    return rest.fill_null("").zip_with(texts.is_not_null(), texts)


def joined_texts(columns: Sequence[pl.Series]) -> pl.Series:
    """Return the texts of several columns one after the other, null where one is missing."""
    _check_bytes(sum(column.estimated_size() for column in columns))
    table = pl.DataFrame([column.alias(str(place)) for place, column in enumerate(columns)])
    return table.select(pl.concat_str(pl.all(), ignore_nulls=False).alias("text"))["text"]


def check_held_texts(columns: Iterable[pl.Series]) -> None:
    """Raise `NotCoveredError` if the texts of columns that are held together have too many bytes: each may be small enough, and all not."""
    _check_bytes(sum(column.estimated_size() for column in columns if column.dtype == pl.String()), _MOST_HELD)


def _check_bytes(size: float, most: int = _MOST_BYTES) -> None:
    if size > most:
        message = f"a computed column of {size:,.0f} bytes"
        raise NotCoveredError(message)


_PARTS: Mapping[str, Callable[[pl.Series], pl.Series]] = {
    "YEAR": lambda column: column.dt.year(),
    "MONTH": lambda column: column.dt.month(),
    "DAY": lambda column: column.dt.day(),
}
DATE_PARTS = frozenset(_PARTS)


def date_part(terms: TermColumns, name: str, column: pl.Series) -> pl.Series:
    """Return the year, month or day of days and times (UTC); null for other terms."""
    if column.dtype == TERM and not terms.kinds(column).isdisjoint({MONTH, YEAR, OTHER}):
        raise NotCoveredError(name)
    days, times = terms.values(column, DAY), terms.values(column, TIME)
    return _PARTS[name](days).zip_with(days.is_not_null(), _PARTS[name](times)).cast(pl.Int64)


def constant_text(expression: Expression) -> str:
    """Return the text of a string constant without a language. Raises `NotCoveredError` for any other expression."""
    if not isinstance(expression, Literal) or expression.datatype or expression.language:
        raise NotCoveredError(str(expression))
    return expression.text
