"""The place in a question that reading has come to, and the terms that stand there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.columnwise.query_syntax import NotCoveredError, tokens
from newsgraph.rdf.terms import Iri, Literal, Term

_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_MEANT = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


class TokenCursor:
    """Tokens, read from the first to the last."""

    def __init__(self, text: str) -> None:
        """Stand before the first token."""
        self._tokens = [*tokens(text), ("end", "")]
        self._at = 0
        self.prefixes: Mapping[str, str] = PREFIXES

    @property
    def kind(self) -> str:
        """Give the kind of the next token, `end` after the last."""
        return self._tokens[self._at][0]

    @property
    def text(self) -> str:
        """Give the next token."""
        return self._tokens[self._at][1]

    def at(self, *words: str) -> bool:
        """Tell whether the next token is one of some words or signs."""
        kind, text = self._tokens[self._at]
        return kind in {"word", "sign"} and text.upper() in words

    def next(self) -> str:
        """Read a token."""
        self._at += 1
        return self._tokens[self._at - 1][1]

    def take(self, *words: str) -> bool:
        """Read one of some words or signs where it stands there, and tell whether it did."""
        found = self.at(*words)
        self._at += found
        return found

    def need(self, word: str) -> None:
        """Read a word or sign that must stand there."""
        if not self.take(word):
            raise NotCoveredError(self.text)

    def of(self, kind: str) -> str:
        """Read a token of a kind that must stand there."""
        if self.kind != kind:
            raise NotCoveredError(self.text)
        return self.next()

    def term(self) -> Term:
        """Read an IRI or a literal."""
        if self.kind == "iri":
            return Iri(self.next()[1:-1])
        if self.kind == "name":
            prefix, _, local = self.next().partition(":")
            if prefix not in self.prefixes:
                raise NotCoveredError(prefix)
            return Iri(self.prefixes[prefix] + local)
        if self.kind == "string":
            text = _ESCAPE.sub(_meant, self.next()[1:-1])
            if self.at("^^"):
                raise NotCoveredError(self.text)
            return Literal(text)
        if self.kind == "number":
            digits = self.next()
            return Literal(digits, "xsd:decimal" if "." in digits else "xsd:integer")
        if self.at("TRUE", "FALSE"):
            return Literal(self.next().lower(), "xsd:boolean")
        raise NotCoveredError(self.text)


def _meant(match: re.Match[str]) -> str:
    sign = match[1]
    if sign[0] in "uU":
        return chr(int(sign[1:], 16))
    if sign not in _MEANT:
        raise NotCoveredError(match[0])
    return _MEANT[sign]
