"""A graph's columns, ordered so that questions can use the order, in files that are opened without being read.

Terms are numbered class by class, and in the order of SPARQL within a class: IRIs, numbers, days, months, years, times, truth values,
strings, strings with a language, all else. So the earliest time has the smallest number, and a range of numbers is a class of terms.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import polars as pl

from newsgraph.query.columnwise.query_syntax import NotCoveredError
from newsgraph.query.statement_columns import StatementColumns
from newsgraph.rdf.terms import Iri, Term

IRI, NUMBER, DAY, MONTH, YEAR, TIME, TRUTH, STRING, TAGGED, OTHER = range(10)
"""Classes of terms; TAGGED are strings with a language."""
DATES = frozenset({DAY, MONTH, YEAR})
"""Classes that ORDER BY sorts among each other, by their texts; to compare terms of two of them is an error."""

# Forms of numbers, days and times that a SPARQL engine keeps as they are; literals of any other form are of the class OTHER.
_INTEGER = r"^(?:0|-?[1-9][0-9]{0,14})$"
_DECIMAL = r"^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MONTH = r"^[0-9]{4}-(?:0[1-9]|1[0-2])$"
_YEAR = r"^[0-9]{4}$"
_TIME = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{0,5}[1-9])?Z$"
_INTEGERS = ("xsd:integer", "xsd:nonNegativeInteger")
_PAIRS = {"subject": pl.UInt32(), "object": pl.UInt32()}
_TERM = ("text", "datatype", "language")


class PairRange(NamedTuple):
    """Where the pairs of a property are, and some figures.

    `start` is the first row and `length` the number of rows; `subjects` and `objects` count different terms; `most_objects` is the most
    that one subject has, `most_subjects` the most that one object has; `number` is that of the property itself.
    """

    start: int
    length: int
    subjects: int
    objects: int
    most_objects: int
    most_subjects: int
    number: int


@dataclass(frozen=True)
class ColumnStore:
    """All statements of a graph, as numbers of terms.

    `terms` has the columns of `StatementColumns.terms`, normalized as a SPARQL engine does, and `rank`, which is equal for
    equal values and in the order of ORDER BY; `ends` holds for each class the number after that of its last term. `pairs` holds the subjects and objects of all
    properties, one property after the other in the order of `places`.
    """

    terms: pl.DataFrame
    pairs: pl.DataFrame
    places: Mapping[str, PairRange]
    ends: tuple[int, ...]

    def of(self, prop: str) -> pl.DataFrame:
        """Return the pairs `subject`, `object` of a property by its full IRI; without rows if the graph does not use it."""
        place = self.places.get(prop)
        return self.pairs.slice(place.start, place.length) if place else self.pairs.clear()

    def numbers_of(self, kind: int) -> tuple[int, int]:
        """Return the first number of a class of terms and the one after its last."""
        return (self.ends[kind - 1] if kind else 0), self.ends[kind]

    def number(self, term: Term) -> int | None:
        """Return the number of a term, None if the graph does not hold it. Raises `NotCoveredError` for a literal of an unusual form."""
        kind, (text, datatype, language) = classified(term)
        start, end = self.numbers_of(kind)
        if kind in {IRI, STRING}:
            at = bisect_left(range(end), text, lo=start, key=lambda row: str(self.terms.item(row, "text")))
            return at if at < end and self.terms.item(at, "text") == text else None
        same = (pl.col("text") == text) & (pl.col("datatype") == datatype) & (pl.col("language") == language)
        rows = self.terms.slice(start, end - start).select(same.arg_true())["text"]
        return start + int(rows[0]) if len(rows) else None


def classified(term: Term) -> tuple[int, tuple[str, str, str]]:
    """Return the class of a term and its normal form: text, datatype and language. Raises `NotCoveredError` for the class OTHER."""
    if isinstance(term, Iri):
        return IRI, (term.value, "", "")
    text, datatype, language = term
    if language:
        return TAGGED, (text, "", language)
    if datatype in _INTEGERS and re.match(_INTEGER, text):
        return NUMBER, (text, "xsd:integer", "")
    if datatype == "xsd:decimal" and re.match(_DECIMAL, text):
        plain = text.rstrip("0").removesuffix(".") if "." in text else text
        return NUMBER, ("0" if plain == "-0" else plain, datatype, "")
    forms = {
        "xsd:date": (DAY, _DAY), "xsd:gYearMonth": (MONTH, _MONTH), "xsd:gYear": (YEAR, _YEAR), "xsd:dateTime": (TIME, _TIME),
        "xsd:boolean": (TRUTH, "^(?:true|false)$"), "": (STRING, ""),
    }  # fmt: skip
    kind, form = forms.get(datatype, (OTHER, ""))
    if kind == OTHER or not re.match(form, text):
        raise NotCoveredError(text)
    return kind, (text, datatype, "")


def build_column_store(columns: StatementColumns) -> ColumnStore:
    """Put columns into order. Properties become terms too, for questions that ask which property it is."""
    known = columns.numbers
    properties = pl.DataFrame(
        [(prop, None, "") for prop in sorted(columns.pairs) if prop not in known], schema=columns.terms.schema, orient="row"
    )
    terms = _ordered(pl.concat([columns.terms, properties]))
    numbers = terms.sort("row")["number"]
    distinct = terms.filter(pl.col("number").is_first_distinct())
    distinct = distinct.with_columns(_ranks(distinct))
    frames = {prop: _renumbered(columns.pairs[prop], numbers) for prop in sorted(columns.pairs)}
    iris = distinct.filter(pl.col("class") == IRI).select("text", "number").filter(pl.col("text").is_in(list(frames)))
    number_of = dict(iris.iter_rows())
    places, start = {}, 0
    for prop, frame in frames.items():
        objects, subjects = (frame.group_by(side).len()["len"].to_list() for side in _PAIRS)
        places[prop] = PairRange(
            start, frame.height, len(objects), len(subjects), max(objects, default=0), max(subjects, default=0), number_of[prop]
        )
        start += frame.height
    ends = tuple(int((distinct["class"] <= kind).sum()) for kind in range(OTHER + 1))
    return ColumnStore(distinct.select(*_TERM, "rank"), pl.concat([pl.DataFrame(schema=_PAIRS), *frames.values()]), places, ends)


def _ranks(terms: pl.DataFrame) -> pl.Series:
    """Return for each term a number that is equal for equal values and in the order of ORDER BY.

    SPARQL leaves open how literals of several classes are ordered. Strings with a language are sorted among those without, as the
    SPARQL engine does, and other classes one after the other.
    """
    kind, is_tagged = pl.col("class"), pl.col("class") == TAGGED
    keys = [
        pl.when(is_tagged).then(STRING).when(kind.is_in(list(DATES))).then(DAY).otherwise(kind).alias("order"),
        pl.col("value", "key"),
        (~is_tagged).alias("plain"),
        pl.col("language"),
    ]
    order = terms.select(*keys, pl.when(kind == OTHER).then("datatype")).with_row_index("row")
    names = [name for name in order.columns if name != "row"]
    ranked = order.sort(names).with_columns(pl.struct(names).rle_id().cast(pl.UInt32).alias("rank"))
    return ranked.sort("row")["rank"]


def _ordered(terms: pl.DataFrame) -> pl.DataFrame:
    """Normalize, classify and sort terms, and number them: equal ones have one `number`; `row` is where a term was."""
    text, datatype, kind = pl.col("text"), pl.col("datatype"), pl.col("class")
    decimal = (kind == NUMBER) & text.str.contains(".", literal=True)
    plain = pl.when(decimal).then(text.str.strip_chars_end("0").str.strip_chars_end(".")).otherwise(text)
    normal = terms.with_row_index("row").with_columns(_class().alias("class"), pl.col("language").str.to_lowercase())
    normal = normal.with_columns(
        pl.when(kind == NUMBER).then(plain.replace("-0", "0")).otherwise(text).alias("text"),
        pl.when((kind == NUMBER) & datatype.is_in(_INTEGERS)).then(pl.lit("xsd:integer"))
        .when(kind == STRING).then(pl.lit("")).otherwise(datatype).alias("datatype"),
    )  # fmt: skip
    keys = normal.with_columns(
        pl.when(kind == NUMBER).then(text.cast(pl.Float64, strict=False)).alias("value"),
        pl.when(kind == NUMBER).then(pl.lit("")).when(kind == TIME).then(text.str.strip_suffix("Z")).otherwise(text).alias("key"),
    ).sort("class", "value", "key", *_TERM[::-1])
    return keys.with_columns(pl.struct("class", *_TERM).rle_id().cast(pl.UInt32).alias("number"))


def _class() -> pl.Expr:
    datatype, text = pl.col("datatype"), pl.col("text")
    plain = (pl.col("language") == "") & datatype.is_in(["", "xsd:string"])
    return (
        pl.when(datatype.is_null()).then(IRI)
        .when(datatype.is_in(_INTEGERS) & text.str.contains(_INTEGER)).then(NUMBER)
        .when((datatype == "xsd:decimal") & text.str.contains(_DECIMAL)).then(NUMBER)
        .when((datatype == "xsd:date") & text.str.contains(_DAY)).then(DAY)
        .when((datatype == "xsd:gYearMonth") & text.str.contains(_MONTH)).then(MONTH)
        .when((datatype == "xsd:gYear") & text.str.contains(_YEAR)).then(YEAR)
        .when((datatype == "xsd:dateTime") & text.str.contains(_TIME)).then(TIME)
        .when((datatype == "xsd:boolean") & text.is_in(["true", "false"])).then(TRUTH)
        .when(plain).then(STRING)
        .when((pl.col("language") != "") & (datatype == "")).then(TAGGED)
        .otherwise(OTHER)
    )  # fmt: skip


def _renumbered(pairs: pl.DataFrame, numbers: pl.Series) -> pl.DataFrame:
    renumbered = pl.DataFrame({side: numbers.gather(pairs[side]) for side in _PAIRS}, schema=_PAIRS)
    return renumbered.unique().sort("subject", "object")


def write_column_store(columns: StatementColumns, folder: Path) -> None:
    """Write a column store into a folder, which is made."""
    store = build_column_store(columns)
    folder.mkdir()
    store.terms.rechunk().write_ipc(folder / "terms.arrow")
    store.pairs.rechunk().write_ipc(folder / "pairs.arrow")
    (folder / "places.json").write_text(json.dumps({"places": store.places, "ends": store.ends}), encoding="utf-8")


def open_column_store(folder: Path) -> ColumnStore:
    """Open what `write_column_store` wrote. Raises OSError if it is not there, ValueError for classes of another version."""
    index = json.loads((folder / "places.json").read_text(encoding="utf-8"))
    places = {str(prop): PairRange(*place) for prop, place in index["places"].items()}
    terms, pairs = (pl.read_ipc(folder / f"{name}.arrow") for name in ("terms", "pairs"))
    if len(index["ends"]) != OTHER + 1:
        message = "columns of other classes of terms"
        raise ValueError(message)
    return ColumnStore(terms, pairs, places, tuple(index["ends"]))
