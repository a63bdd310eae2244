"""The terms that RDF statements are made of: IRIs and literals, valid in every syntax.

Everything that comes out of a document is a literal or passes `iri` or `link`, so no text can break out of its place.
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
    """A full IRI that needs no more escaping in any RDF syntax."""

    value: str


class Literal(NamedTuple):
    """A text with a datatype (a prefixed name such as `xsd:date`) or a language; with neither it is a string."""

    text: str
    datatype: str = ""
    language: str = ""


Term = Iri | Literal
Pair = tuple[str, Term]
"""A predicate as a prefixed name, and its object."""


@dataclass(frozen=True, slots=True)
class Block:
    """All that one named graph says of one subject; `section` is the heading it stands under in readable files."""

    section: str
    graph: str
    subject: str
    pairs: tuple[Pair, ...]


# RFC 3987: what may stand in an IRI as it is. Brackets only belong to IPv6 hosts, which `link` puts back.
_NOT_IN_IRI = re.compile(
    r"[^A-Za-z0-9._~:/?#@!$&'()*+,;=%\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000dffff]"
    r"|[\U0001fffe\U0001ffff\U0002fffe\U0002ffff]|%(?![0-9A-Fa-f]{2})"
)
# what nearly all IRIs are made of, which is found quicker
_PLAIN = re.compile(r"[A-Za-z0-9._~:/?@!$&'()*+,;=\-]*")
_LINK = re.compile(r"(?i:https?)://(?:[^/?#@\[\]]*@)?(?:\[[0-9A-Fa-f:.]+\]|[^/?#@:\[\]]+)(?::\d{0,5})?(?=[/?#]|$)")


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=65536)
def fragment(value: str) -> str:
    """Encode a part of a fragment: `iri(a + "#" + b)` is `iri(a + "#")` with `fragment(b)` behind it."""
    return _NOT_IN_IRI.sub(_percent, value.replace("#", "%23"))


@lru_cache(maxsize=65536)
def iri(value: str) -> Iri:
    """Make an IRI; characters that no IRI may hold are percent-encoded."""
    if _PLAIN.fullmatch(value):
        return Iri(value)
    head, mark, rest = value.partition("#")
    return Iri(_NOT_IN_IRI.sub(_percent, head) + mark + fragment(rest) if mark else _NOT_IN_IRI.sub(_percent, head))


def link(url: str | None) -> Iri | None:
    """Make the IRI of a web address, or None where it is none (so `javascript:` never becomes a link)."""
    start = _LINK.match(url) if url else None
    if url is None or start is None:
        return None
    host, rest = url[: start.end()], url[start.end() :]
    literal_host = "[" in host  # an IPv6 address is checked by the pattern and must keep its brackets
    return Iri((host if literal_host else iri(host).value) + (iri(rest).value if rest else ""))


@lru_cache(maxsize=1024)
def name(prefixed: str) -> Iri:
    """Make the IRI of a prefixed name such as `schema:Organization`."""
    return Iri(expand(prefixed))


def text(value: str | None, language: str = "") -> Literal | None:
    """Make a string, exactly as it is."""
    return None if value is None else Literal(value, language=language)


def words(value: str | None, language: str = "") -> Literal | None:
    """Make a string for people: character references such as `&amp;` are decoded, ends are trimmed; None if nothing is left."""
    shown = html.unescape(value).strip() if value else ""
    return Literal(shown, language=language) if shown else None


def integer(value: int | None, datatype: str = "xsd:integer") -> Literal | None:
    """Make a whole number."""
    return None if value is None else Literal(str(value), datatype)


def decimal(value: float | None) -> Literal | None:
    """Make a decimal in its shortest form; None where the number is not finite."""
    if value is None or not math.isfinite(value):
        return None
    digits = format(Decimal(repr(value + 0.0)), "f")  # the sum takes the sign off a zero: equal numbers are written alike
    return Literal(digits if "." in digits else f"{digits}.0", "xsd:decimal")


def number(value: float | None) -> Literal | None:
    """Make a whole number where the value is one, else a decimal."""
    if value is not None and math.isfinite(value) and value == int(value):
        return integer(int(value))
    return decimal(value)


_UTC = "+00:00"


def time(value: datetime | None) -> Literal | None:
    """Make a time in UTC, written with Z."""
    if value is None:
        return None
    moment = value.isoformat()
    if not moment.endswith(_UTC):
        moment = value.astimezone(UTC).isoformat()
    moment = moment.removesuffix(_UTC)
    return Literal(f"{moment.rstrip('0') if value.microsecond else moment}Z", "xsd:dateTime")


def day(value: date | None) -> Literal | None:
    """Make a date."""
    return None if value is None else Literal(value.isoformat(), "xsd:date")


def said(*parts: tuple[str, Term | Iterable[Term | None] | None]) -> tuple[Pair, ...]:
    """Collect predicates and objects; missing objects fall out, several objects become several pairs, none stands twice."""
    pairs: dict[Pair, None] = {}
    for predicate, value in parts:
        terms = (value,) if isinstance(value, Iri | Literal) or value is None else value
        pairs.update(dict.fromkeys((predicate, term) for term in terms if term is not None))
    return tuple(pairs)


# Control characters would be unreadable in a text file, and some are forbidden there.
_ESCAPES = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}
_ESCAPES |= {"\t": "\\t", "\r": "\\r"}
_ESCAPED = re.compile(r"[\x00-\x1f\x7f]")


def quoted(value: str) -> str:
    """Write a string between quotes as N-Triples and Turtle want it, on one line."""
    # the common escapes first, by the quickest way; nearly all strings hold nothing else
    value = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{value}"' if value.isprintable() else f'"{_ESCAPED.sub(_escape, value)}"'


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES[match.group()]


def plain(term: Term) -> str:
    """Write a term as N-Triples and N-Quads want it, without prefixes."""
    if isinstance(term, Iri):
        return f"<{term.value}>"
    if term.language:
        return f"{quoted(term.text)}@{term.language}"
    return f"{quoted(term.text)}^^<{expand(term.datatype)}>" if term.datatype else quoted(term.text)
