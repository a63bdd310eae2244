"""Checks for SHACL constraints on a single value, as expressions over the columns `text`, `datatype` and `language`.

An expression is true for values that conform in the judgement of every engine; it is not for a value that is unusual in any way (a long
number, a day that does not exist).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import reduce

import polars as pl

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.shacl.shapes import SH

_XSD = PREFIXES["xsd"]
_TEXT, _DATATYPE, _LANGUAGE = pl.col("text"), pl.col("datatype"), pl.col("language")
_IS_IRI = _DATATYPE.is_null() & ~_TEXT.str.starts_with("_:")
_IS_TEXT = _IS_IRI | _DATATYPE.is_in(["", "xsd:string", f"{_XSD}string"])
# Numbers this short are exact as floats.
_NUMBERS = {"integer": r"^-?[0-9]{1,15}$", "nonNegativeInteger": r"^[0-9]{1,15}$", "decimal": r"^-?[0-9]{1,8}(\.[0-9]{1,7})?$"}
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_FORMS = {"gYear": "^[0-9]{4}$", "gYearMonth": "^[0-9]{4}-(0[1-9]|1[0-2])$", "boolean": "^(true|false)$"}
_TIMES = {"date": f"^{_DAY}$", "dateTime": f"^{_DAY}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{{1,6}})?Z$"}
# Patterns of these characters mean the same in Python's and in polars' regular expressions.
_PLAIN_PATTERN = re.compile(r"\^?[A-Za-z0-9\[\]{}(),:/?+*|-]+\$?")
NEVER = pl.lit(False)  # noqa: FBT003 - a literal has no parameter name
"""No value certainly conforms."""


def number(suffix: str = "") -> pl.Expr:
    """Return a short whole or decimal number as a float, null for any other value; `suffix` is that of the columns."""
    text = pl.col(f"text{suffix}")
    plain = reduce(operator.or_, (_is(kind, suffix) & text.str.contains(shape) for kind, shape in _NUMBERS.items()))
    return pl.when(plain).then(text.cast(pl.Float64, strict=False))


def _is(datatype: str, suffix: str = "") -> pl.Expr:
    return pl.col(f"datatype{suffix}").is_in([f"xsd:{datatype}", _XSD + datatype])


def _typed(value: object) -> pl.Expr:
    datatype = str(value).removeprefix(_XSD)
    if datatype == "string":
        return ((_DATATYPE == "") & (_LANGUAGE == "")) | _is("string")
    if datatype in _NUMBERS:
        return _is(datatype) & _TEXT.str.contains(_NUMBERS[datatype])
    if datatype in _FORMS:
        return _is(datatype) & _TEXT.str.contains(_FORMS[datatype]) & ~_TEXT.str.starts_with("0000")
    if datatype in _TIMES:
        exists = _TEXT.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).is_not_null() & ~_TEXT.str.starts_with("0000")
        return _is(datatype) & _TEXT.str.contains(_TIMES[datatype]) & exists
    return NEVER


def _bound(conforms: Callable[[pl.Expr, float], pl.Expr]) -> Callable[[object], pl.Expr]:
    return lambda value: conforms(number(), float(value)) if isinstance(value, int | float | Decimal) else NEVER


def _length(conforms: Callable[[pl.Expr, int], pl.Expr]) -> Callable[[object], pl.Expr]:
    return lambda value: _IS_TEXT & conforms(_TEXT.str.len_chars(), value) if isinstance(value, int) else NEVER


def _pattern(value: object) -> pl.Expr:
    return _IS_TEXT & _TEXT.str.contains(str(value)) if _PLAIN_PATTERN.fullmatch(str(value)) else NEVER


def _among(value: object) -> pl.Expr:
    texts = [text for text, datatype in value if datatype == ""] if isinstance(value, tuple) else []
    return _TEXT.is_in(texts) & (_DATATYPE == "") & (_LANGUAGE == "")


CERTAIN: Mapping[str, Callable[[object], pl.Expr]] = {
    "datatype": _typed,
    "nodeKind": lambda value: _IS_IRI if value == f"{SH}IRI" else NEVER,
    "minInclusive": _bound(lambda value, bound: value >= bound),
    "maxInclusive": _bound(lambda value, bound: value <= bound),
    "minExclusive": _bound(lambda value, bound: value > bound),
    "maxExclusive": _bound(lambda value, bound: value < bound),
    "minLength": _length(lambda length, least: length >= least),
    "maxLength": _length(lambda length, most: length <= most),
    "pattern": _pattern,
    "in": _among,
}
"""For each supported constraint, by its local name: from its parameter to the expression for values that certainly conform."""
