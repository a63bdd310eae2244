"""Serializers: one description of the statements becomes text in some syntax, or terms.

A serializer writes the statements about one subject as a block. What many subjects have in common (a rule, a class, a company) is
serialized once and cached: see `Column`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast

from newsgraph.rdf.terms import Block, Iri, Pair, Term

CACHE_SIZE = 1 << 14  # statements that a column caches, so that memory does not grow with the graph

Line = TypeVar("Line")
"""One predicate with its objects, as a serializer writes it."""
Output = TypeVar("Output")
"""All statements about one subject, as a serializer writes them."""


@dataclass(frozen=True, slots=True)
class StatementText(Generic[Output]):
    """Blocks of one section and one named graph (a full IRI), in order."""

    section: str
    graph: str
    blocks: Sequence[Output]


class Serializer(ABC, Generic[Line, Output]):
    """Writes statements. Subjects and graphs are full IRIs that need no further escaping."""

    @abstractmethod
    def address(self, value: str) -> str:
        """Write a subject."""

    @abstractmethod
    def stem(self, value: str) -> tuple[str, str]:
        """Return the two parts of a subject that ends in `#`: a fragment is inserted between them."""

    @abstractmethod
    def lines(self, predicate: str, objects: Sequence[Term]) -> list[Line]:
        """Write a predicate with its objects, at least one."""

    def line(self, predicate: str, value: Term) -> Line:
        """Write a predicate with one object."""
        return self.lines(predicate, (value,))[0]

    @abstractmethod
    def reference(self, predicate: str, address: str) -> Line:
        """Write a predicate whose object is an IRI that `address` has written."""

    @abstractmethod
    def block(self, section: str, graph: str, subject: str, lines: Sequence[Line]) -> Output:
        """Write the statements about a subject that `address` has written."""

    def serialize(self, block: Block) -> StatementText[Output]:
        """Write a block of terms."""
        grouped = groupby(block.pairs, key=itemgetter(0))
        lines = [line for predicate, pairs in grouped for line in self.lines(predicate, [value for _, value in pairs])]
        output = self.block(block.section, block.graph, self.address(block.subject), lines)
        return StatementText(block.section, block.graph, (output,))


def without_missing(lines: Sequence[Line | None]) -> Sequence[Line]:
    """Return the lines that are not None."""
    return [line for line in lines if line is not None] if None in lines else cast("Sequence[Line]", lines)


class TextSerializer(Serializer[str, str]):
    """A serializer that writes text; the blocks are concatenated. `count` is the number of statements so far, 0 if it does not count them."""

    count = 0

    def heading(self, section: str) -> str:  # noqa: ARG002 - most syntaxes have none
        """Return the heading above the blocks of a section."""
        return ""


class TermCollector(Serializer[Pair, Block]):
    """A serializer that keeps the statements as terms."""

    def address(self, value: str) -> str:
        """See `Serializer.address`."""
        return value

    def stem(self, value: str) -> tuple[str, str]:
        """See `Serializer.stem`."""
        return value, ""

    def lines(self, predicate: str, objects: Sequence[Term]) -> list[Pair]:
        """See `Serializer.lines`."""
        return [(predicate, value) for value in objects]

    def line(self, predicate: str, value: Term) -> Pair:
        """See `Serializer.line`."""
        return predicate, value

    def reference(self, predicate: str, address: str) -> Pair:
        """See `Serializer.reference`."""
        return predicate, Iri(address)

    def block(self, section: str, graph: str, subject: str, lines: Sequence[Pair]) -> Block:
        """See `Serializer.block`."""
        return Block(section, graph, subject, tuple(lines))


class Column(dict[Any, Line | None], Generic[Line]):
    """A cache of the statements with one predicate, by the values of a column; None for a value without a term.

    `make_term` returns the term of a value, or None: see `terms`.
    """

    def __init__(self, serializer: Serializer[Line, Any], predicate: str, make_term: Callable[[Any], Term | None]) -> None:
        """Start with an empty cache."""
        super().__init__()
        self._serializer, self._predicate, self._make_term = serializer, predicate, make_term

    def __missing__(self, value: object) -> Line | None:
        """Write the statement with a value and cache it."""
        if len(self) >= CACHE_SIZE:
            self.clear()
        line = self[value] = self.uncached(value)
        return line

    def uncached(self, value: object) -> Line | None:
        """Write the statement with a value that is unlikely to occur again."""
        term = self._make_term(value)
        return None if term is None else self._serializer.line(self._predicate, term)

    def all(self, values: Sequence[object]) -> Sequence[Line]:
        """Write the statements with several values, in their order and without repetition."""
        if len(values) <= 1:
            return [line for line in map(self.__getitem__, values) if line is not None]
        terms = dict.fromkeys(term for term in map(self._make_term, values) if term is not None)
        return self._serializer.lines(self._predicate, list(terms)) if terms else ()
