"""The answer of a SPARQL engine as a polars frame with typed columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

_INT64 = range(-(2**63), 2**63)
Value = str | int | float | bool | date | datetime


def frame_of(columns: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Turn the columns of an answer, see `answer_columns`, into a frame; a value that is not valid for its type makes a column text."""
    return pl.DataFrame([_series(column["name"], column["kind"], column["texts"]) for column in columns])


def _series(name: str, kind: str, texts: list[str | None]) -> pl.Series:
    read, dtype = _READERS[kind]
    try:
        return pl.Series(name, [None if text is None else read(text) for text in texts], dtype=dtype)
    except ValueError:
        return pl.Series(name, texts, dtype=pl.String)


def _integer(text: str) -> int:
    value = int(text)
    if value not in _INT64:
        raise ValueError(text)
    return value


def _time(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_READERS: dict[str, tuple[Callable[[str], Value], pl.DataType]] = {
    "str": (str, pl.String()),
    "int": (_integer, pl.Int64()),
    "float": (float, pl.Float64()),
    "date": (date.fromisoformat, pl.Date()),
    "time": (_time, pl.Datetime("us", "UTC")),
    "bool": (lambda text: text in {"true", "1"}, pl.Boolean()),
}
