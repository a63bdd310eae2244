"""The terms of RDF statements: IRIs and literals that are valid in every syntax.

Everything that comes from a document is a literal or passes through `iri` or `link`, so no text can end its term early.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from newsgraph.core.vocabulary import expand


class Iri(NamedTuple):
    """A full IRI that needs no further escaping in any RDF syntax."""

    value: str


class Literal(NamedTuple):
    """A text with a datatype (a prefixed name such as `xsd:date`) or a language tag; without either it is a string."""

    text: str
    datatype: str = ""
    language: str = ""


Term = Iri | Literal
Pair = tuple[str, Term]
"""A predicate as a prefixed name, and its object."""


@dataclass(frozen=True, slots=True)
class Block:
    """All statements about one subject in one named graph; `section` is its heading in readable files."""

    section: str
    graph: str
    subject: str
    pairs: tuple[Pair, ...]


# All that RFC 3987 does not allow in an IRI. Brackets belong to IPv6 hosts only, which `link` leaves as they are.
_NOT_IN_IRI = re.compile(
    r"[^A-Za-z0-9._~:/?#@!$&'()*+,;=%\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000dffff]"
    r"|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff]|%(?![0-9A-Fa-f]{2})"
)
# nearly all IRIs consist of these characters, and this pattern is faster
_PLAIN = re.compile(r"[A-Za-z0-9._~:/?@!$&'()*+,;=\-]*")
_LINK = re.compile(r"(?i:https?)://(?:[^/?#@\[\]]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^/?#@:\[\]]+)(?::\d{0,5})?(?=[/?#]|$)")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=65536)
def fragment(value: str) -> str:
    """Percent-encode a part of a fragment, so that `iri(a + "#" + b)` is `iri(a + "#")` followed by `fragment(b)`."""
    return _NOT_IN_IRI.sub(_percent, value.replace("#", "%23"))


@lru_cache(maxsize=65536)
def iri(value: str) -> Iri:
    """Return an IRI; characters that are not allowed in IRIs are percent-encoded."""
    if _PLAIN.fullmatch(value):
        return Iri(value)
    head, mark, rest = value.partition("#")
    return Iri(_NOT_IN_IRI.sub(_percent, head) + mark + fragment(rest) if mark else _NOT_IN_IRI.sub(_percent, head))


def link(url: str | None) -> Iri | None:
    """Return the IRI of a web address, or None if it is not http or https (so `javascript:` never becomes a link)."""
    start = _LINK.match(url) if url else None
    if url is None or start is None:
        return None
    host, rest = url[: start.end()], url[start.end() :]
    literal_host = "[" in host  # the pattern has checked the IPv6 address, whose brackets must stay
    return Iri((host if literal_host else iri(host).value) + (iri(rest).value if rest else ""))


@lru_cache(maxsize=1024)
def name(prefixed: str) -> Iri:
    """Return the IRI of a prefixed name such as `schema:Organization`."""
    return Iri(expand(prefixed))


def text(value: str | None, language: str = "") -> Literal | None:
    """Return a string literal with the text unchanged."""
    return None if value is None else Literal(value, language=language)


def words(value: str | None, language: str = "") -> Literal | None:
    """Return a literal for people to read: character references such as `&amp;` are decoded, ends trimmed; None if nothing is left."""
    readable = html.unescape(value).strip() if value else ""
    return Literal(readable, language=language) if readable else None


def integer(value: int | None, datatype: str = "xsd:integer") -> Literal | None:
    """Return an integer literal."""
    return None if value is None else Literal(str(value), datatype)


def decimal(value: float | None) -> Literal | None:
    """Return a decimal literal in its shortest form; None if the number is not finite."""
    if value is None or not math.isfinite(value):
        return None
    digits = format(Decimal(repr(value + 0.0)), "f")  # adding zero removes the sign of a negative zero: equal numbers are written alike
    return Literal(digits if "." in digits else f"{digits}.0", "xsd:decimal")


def number(value: float | None) -> Literal | None:
    """Return an integer literal if the value is a whole number, else a decimal one."""
    if value is not None and math.isfinite(value) and value == int(value):
        return integer(int(value))
    return decimal(value)


_UTC = "+00:00"


def time(value: datetime | None) -> Literal | None:
    """Return a dateTime literal in UTC, written with Z."""
    if value is None:
        return None
    moment = value.isoformat()
    if not moment.endswith(_UTC):
        moment = value.astimezone(UTC).isoformat()
    moment = moment.removesuffix(_UTC)
    return Literal(f"{moment.rstrip('0') if value.microsecond else moment}Z", "xsd:dateTime")


def day(value: date | None) -> Literal | None:
    """Return a date literal."""
    return None if value is None else Literal(value.isoformat(), "xsd:date")


_TIMES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


def iso_time(value: str | None) -> Literal | None:
    """Return a date, a month or a year literal of an ISO value, by its precision.

    >>> iso_time("2018-07")
    Literal(text='2018-07', datatype='xsd:gYearMonth', language='')
    """
    return Literal(value, _TIMES[len(value)]) if value else None


def boolean(value: bool | None) -> Literal | None:  # noqa: FBT001 - a value of a table, no switch
    """Return a boolean literal."""
    return None if value is None else Literal("true" if value else "false", "xsd:boolean")


def concept(scheme: str, value: str | None) -> Iri | None:
    """Return the concept of a value in one of the vocabulary's own schemes.

    >>> concept("amount", "per_share").value
    'https://w3id.org/newsgraph/ns#amountPerShare'
    """
    return iri(expand(f"ng:{scheme}{''.join(part.capitalize() for part in value.split('_'))}")) if value else None


def make_pairs(*parts: tuple[str, Term | Iterable[Term | None] | None]) -> tuple[Pair, ...]:
    """Return pairs of predicate and object without repetition: missing objects are left out, several objects become several pairs."""
    pairs: dict[Pair, None] = {}
    for predicate, value in parts:
        if value is None:
            continue
        if isinstance(value, Iri | Literal):
            pairs[predicate, value] = None
        else:
            for term in value:
                if term is not None:
                    pairs[predicate, term] = None
    return tuple(pairs)


# Control characters are unreadable in a text file, and some are not allowed there.
_ESCAPES = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES |= {"\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile(r"[\x00-\x1f\x7f]")


def quoted(value: str) -> str:
    """Return a string in quotes on one line, escaped for N-Triples and Turtle."""
    # the common escapes first, in the fastest way; nearly all strings need no others
    value = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{value}"' if value.isprintable() else f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES[match.group()]


def plain(term: Term) -> str:
    """Return a term in the syntax of N-Triples and N-Quads, without prefixes."""
    if isinstance(term, Iri):
        return f"<{term.value}>"
    if term.language:
        return f"{quoted(term.text)}@{term.language}"
    return f"{quoted(term.text)}^^<{expand(term.datatype)}>" if term.datatype else quoted(term.text)
