"""A question split into tokens, and a position among them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.columnwise.query_syntax import NotCoveredError
from newsgraph.rdf.terms import Iri, Literal, Term

# A local name is read whole or not at all: `(?![\w:%\\-])` keeps the expression from matching a part of one.
_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n\r]*)|(?P<iri><[^<>"{}|^`\\\s]*>)|(?P<var>[?$]\w+)"""
    r"""|(?P<long>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3})"""
    r"""|(?P<string>"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)"""
    r"""|(?P<name>(?:[A-Za-z](?:[\w.-]*[\w-])?)?:(?:[\w:](?:[\w:.-]*[\w:-])?)?(?![\w:%\\-]))"""
    r"""|(?P<number>\d+(?:\.\d+)?(?![\w]))|(?P<word>[A-Za-z]\w*)"""
    r"""|(?P<sign>&&|\|\||!=|<=|>=|\^\^|[][{}().,;=<>!|/^*?+-])""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def tokens(text: str) -> list[tuple[str, str]]:
    """Split a question into tokens, each with its kind, without whitespace and comments. Raises `NotCoveredError`."""
    result, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotCoveredError(text[at : at + 20])
        at = match.end()
        if match.lastgroup != "space":
            result.append((str(match.lastgroup), match[0]))
    return result


class TokenCursor:
    """Tokens, read from the first to the last. Every method raises `NotCoveredError` for a token that it does not expect."""

    def __init__(self, text: str) -> None:
        """Start before the first token."""
        self._tokens = [*tokens(text), ("end", "")]
        self._at = 0
        self.prefixes: Mapping[str, str] = PREFIXES

    @property
    def kind(self) -> str:
        """The kind of the next token, `end` after the last."""
        return self._tokens[self._at][0]

    @property
    def text(self) -> str:
        """The next token as it is written."""
        return self._tokens[self._at][1]

    def at(self, *words: str) -> bool:
        """Return whether the next token is one of some words (in upper case) or signs."""
        kind, text = self._tokens[self._at]
        return kind in {"word", "sign"} and text.upper() in words

    def next(self) -> str:
        """Read a token."""
        self._at += 1
        return self._tokens[self._at - 1][1]

    def skip(self, *words: str) -> bool:
        """Read the next token if it is one of some words or signs, and return whether it was."""
        is_next = self.at(*words)
        self._at += is_next
        return is_next

    def expect(self, word: str) -> None:
        """Read a word or sign that must come next."""
        if not self.skip(word):
            raise NotCoveredError(self.text)

    def read(self, kind: str) -> str:
        """Read a token of a kind that must come next."""
        if self.kind != kind:
            raise NotCoveredError(self.text)
        return self.next()

    def variable(self) -> str:
        """Read a variable, and return its name."""
        return self.read("var")[1:]

    def iri(self) -> Iri:
        """Read an IRI, written in full or with a prefix."""
        if self.kind == "iri":
            return Iri(self.next()[1:-1])
        prefix, _, local = self.read("name").partition(":")
        if prefix not in self.prefixes:
            raise NotCoveredError(prefix)
        return Iri(self.prefixes[prefix] + local)

    def term(self) -> Term:
        """Read an IRI or a literal."""
        if self.kind in {"string", "long"}:
            return self._string()
        if self.kind == "number" or self.at("-", "+"):
            sign = self.next() if self.kind == "sign" else ""
            digits = self.read("number")
            return Literal(sign.removeprefix("+") + digits, "xsd:decimal" if "." in digits else "xsd:integer")
        if self.at("TRUE", "FALSE"):
            return Literal(self.next().lower(), "xsd:boolean")
        return self.iri()

    def _string(self) -> Literal:
        ends = 3 if self.kind == "long" else 1
        text = _ESCAPE.sub(_unescaped, self.next()[ends:-ends])
        if self.kind == "language":
            return Literal(text, language=self.next()[1:].lower())
        if self.skip("^^"):
            datatype = self.iri().value
            if not datatype.startswith(PREFIXES["xsd"]):
                raise NotCoveredError(datatype)
            name = datatype.removeprefix(PREFIXES["xsd"])
            return Literal(text, "" if name == "string" else f"xsd:{name}")
        return Literal(text)


def _unescaped(match: re.Match[str]) -> str:
    sign = match[1]
    if sign[0] in "uU":
        return chr(int(sign[1:], 16))
    if sign not in _CONTROLS:
        raise NotCoveredError(match[0])
    return _CONTROLS[sign]
