"""A graph's columns in an order that questions can use, in files that are opened without being read.

Terms are numbered in the order in which SPARQL sorts them, class by class: IRIs, numbers, days, times, truth values, strings,
strings of a language, all else. So the smallest time is the one of the smallest number, and a range of numbers tells what a column holds.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from newsgraph.query.statement_columns import StatementColumns
from newsgraph.rdf.terms import Iri, Term

IRI, NUMBER, DAY, TIME, TRUTH, STRING, WORDS, OTHER = range(8)
"""Classes of terms."""

INTEGERS = ("xsd:integer", "xsd:nonNegativeInteger")
_TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$"
_PAIRS = {"subject": pl.UInt32(), "object": pl.UInt32()}


@dataclass(frozen=True)
class ColumnStore:
    """All statements.

    `terms` as in `StatementColumns`, with `rank`, equal for equal values; `ends` gives the number after each class' last. `places` tells
    where in `pairs` a property's are: the first row, how many rows, and how many different subjects and objects.
    """

    terms: pl.DataFrame
    pairs: pl.DataFrame
    places: Mapping[str, tuple[int, int, int, int]]
    ends: tuple[int, ...]

    def of(self, prop: str) -> pl.DataFrame:
        """Give the subjects and objects of a property by full IRI, none for one that is not there."""
        start, length, _, _ = self.places.get(prop, (0, 0, 0, 0))
        return self.pairs.slice(start, length)

    def number(self, term: Term) -> int | None:
        """Look up an IRI or a string, None where the graph does not hold it."""
        kind = IRI if isinstance(term, Iri) else STRING
        text = term.value if isinstance(term, Iri) else term.text
        at = bisect_left(
            range(self.ends[kind]), text, lo=self.ends[kind - 1] if kind else 0, key=lambda row: str(self.terms.item(row, "text"))
        )
        return at if at < self.ends[kind] and self.terms.item(at, "text") == text else None


def build_column_store(columns: StatementColumns) -> ColumnStore:
    """Put columns into order; properties become terms too, for questions that ask which property it is."""
    known = columns.numbers
    more = pl.DataFrame(
        [(prop, None, "") for prop in sorted(columns.pairs) if prop not in known], schema=columns.terms.schema, orient="row"
    )
    terms = pl.concat([columns.terms, more]).with_row_index("was").with_columns(_class().alias("class"))
    text, of_number = pl.col("text"), pl.col("class") == NUMBER
    terms = terms.with_columns(
        pl.when(of_number).then(text.cast(pl.Float64, strict=False)).alias("value"),
        pl.when(of_number).then(pl.lit("")).when(pl.col("class") == TIME).then(text.str.strip_suffix("Z")).otherwise(text).alias("key"),
    ).sort("class", "value", "key", "language", "datatype", "text")
    same = pl.struct("class", "value", "key", pl.when(pl.col("class") >= WORDS).then(pl.struct("language", "datatype")))
    terms = terms.with_columns((same.rle_id()).cast(pl.UInt32).alias("rank"))
    now = terms.with_row_index("now").sort("was")["now"]
    order = sorted(columns.pairs)
    frames = [_renumbered(columns.pairs[prop], now) for prop in order]
    places, start = {}, 0
    for prop, frame in zip(order, frames, strict=True):
        places[prop] = start, frame.height, frame["subject"].n_unique(), frame["object"].n_unique()
        start += frame.height
    ends = tuple(int((terms["class"] <= kind).sum()) for kind in range(OTHER + 1))
    return ColumnStore(
        terms.select("text", "datatype", "language", "rank"), pl.concat([pl.DataFrame(schema=_PAIRS), *frames]), places, ends
    )


def _class() -> pl.Expr:
    datatype, text = pl.col("datatype"), pl.col("text")
    plain = (pl.col("language") == "") & datatype.is_in(["", "xsd:string"])
    number = datatype.is_in([*INTEGERS, "xsd:decimal"]) & text.str.contains(r"^[+-]?\d{1,15}(\.\d{1,9})?$")
    return (
        pl.when(datatype.is_null()).then(IRI)
        .when(number).then(NUMBER)
        .when((datatype == "xsd:date") & text.str.contains(r"^\d{4}-\d\d-\d\d$")).then(DAY)
        .when((datatype == "xsd:dateTime") & text.str.contains(_TIME)).then(TIME)
        .when((datatype == "xsd:boolean") & text.is_in(["true", "false"])).then(TRUTH)
        .when(plain).then(STRING)
        .when((pl.col("language") != "") & (datatype == "")).then(WORDS)
        .otherwise(OTHER)
    )  # fmt: skip


def _renumbered(pairs: pl.DataFrame, now: pl.Series) -> pl.DataFrame:
    return pl.DataFrame({side: now.gather(pairs[side]) for side in _PAIRS}, schema=_PAIRS).sort("subject", "object")


def write_column_store(columns: StatementColumns, folder: Path) -> None:
    """Write columns in order into a folder, which is made."""
    book = build_column_store(columns)
    folder.mkdir()
    book.terms.rechunk().write_ipc(folder / "terms.arrow")
    book.pairs.rechunk().write_ipc(folder / "pairs.arrow")
    (folder / "places.json").write_text(json.dumps({"places": book.places, "ends": book.ends}), encoding="utf-8")


def open_column_store(folder: Path) -> ColumnStore:
    """Open what `write_column_store` wrote. Raises OSError where it is not there."""
    told = json.loads((folder / "places.json").read_text(encoding="utf-8"))
    places = {str(prop): (place[0], place[1], place[2], place[3]) for prop, place in told["places"].items()}
    terms, pairs = (pl.read_ipc(folder / f"{name}.arrow") for name in ("terms", "pairs"))
    return ColumnStore(terms, pairs, places, tuple(told["ends"]))
