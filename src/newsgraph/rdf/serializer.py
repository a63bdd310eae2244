"""How statements are put down: one description of them becomes text of a syntax, or terms, by the pen that it is given.

A pen writes the statements of one subject as a block. What many subjects say alike (a rule, a class, a company) is written
once and kept: see `Column`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast

from newsgraph.rdf.terms import Block, Iri, Pair, Term

KEPT = 1 << 14  # statements that a column keeps, so that memory does not grow with the graph

Line = TypeVar("Line")
"""One predicate with its objects, as a pen puts it down."""
Made = TypeVar("Made")
"""All statements of one subject, as a pen puts them down."""


@dataclass(frozen=True, slots=True)
class StatementText(Generic[Made]):
    """Blocks of one section and one named graph (a full IRI), in order."""

    section: str
    graph: str
    blocks: Sequence[Made]


class Serializer(ABC, Generic[Line, Made]):
    """Puts statements down. Subjects and graphs are given as full IRIs that need no more escaping."""

    @abstractmethod
    def address(self, value: str) -> str:
        """Write a subject."""

    @abstractmethod
    def stem(self, value: str) -> tuple[str, str]:
        """Write a subject up to its `#`, and what follows the fragment that is to be put between the two."""

    @abstractmethod
    def said(self, predicate: str, objects: Sequence[Term]) -> list[Line]:
        """Write a predicate with its objects, of which there is at least one."""

    def one(self, predicate: str, value: Term) -> Line:
        """Write a predicate with one object."""
        return self.said(predicate, (value,))[0]

    @abstractmethod
    def leads(self, predicate: str, written: str) -> Line:
        """Write a predicate whose object is an address that is written already."""

    @abstractmethod
    def block(self, section: str, graph: str, subject: str, lines: Sequence[Line]) -> Made:
        """Write what is said of a subject, which is written already."""

    def piece(self, block: Block) -> StatementText[Made]:
        """Write a block of terms."""
        grouped = groupby(block.pairs, key=itemgetter(0))
        lines = [line for predicate, pairs in grouped for line in self.said(predicate, [value for _, value in pairs])]
        made = self.block(block.section, block.graph, self.address(block.subject), lines)
        return StatementText(block.section, block.graph, (made,))


def said(lines: Sequence[Line | None]) -> Sequence[Line]:
    """Leave out what says nothing."""
    return [line for line in lines if line is not None] if None in lines else cast("Sequence[Line]", lines)


class TextSerializer(Serializer[str, str]):
    """A pen that writes text; what it makes is written one after the other."""

    def heading(self, section: str) -> str:  # noqa: ARG002 - most syntaxes have none
        """Write what stands above the blocks of a section."""
        return ""


class TermCollector(Serializer[Pair, Block]):
    """Gives the statements as terms."""

    def address(self, value: str) -> str:
        """See `Pen.address`."""
        return value

    def stem(self, value: str) -> tuple[str, str]:
        """See `Pen.stem`."""
        return value, ""

    def said(self, predicate: str, objects: Sequence[Term]) -> list[Pair]:
        """See `Pen.said`."""
        return [(predicate, value) for value in objects]

    def one(self, predicate: str, value: Term) -> Pair:
        """See `Pen.one`."""
        return predicate, value

    def leads(self, predicate: str, written: str) -> Pair:
        """See `Pen.leads`."""
        return predicate, Iri(written)

    def block(self, section: str, graph: str, subject: str, lines: Sequence[Pair]) -> Block:
        """See `Pen.block`."""
        return Block(section, graph, subject, tuple(lines))


class Column(dict[Any, Line | None], Generic[Line]):
    """The statements of one predicate by the values of a column; None for a value that says nothing.

    Each is made when it is first asked for, and kept. `make` makes the term of a value: see `rdf_terms`.
    """

    def __init__(self, pen: Serializer[Line, Any], predicate: str, make: Callable[[Any], Term | None]) -> None:
        """Start with nothing written."""
        super().__init__()
        self._pen, self._predicate, self._make = pen, predicate, make

    def __missing__(self, value: object) -> Line | None:
        """Write the statement of a value."""
        if len(self) >= KEPT:
            self.clear()
        line = self[value] = self.once(value)
        return line

    def once(self, value: object) -> Line | None:
        """Write the statement of a value that will hardly come again."""
        term = self._make(value)
        return None if term is None else self._pen.one(self._predicate, term)

    def all(self, values: Sequence[object]) -> Sequence[Line]:
        """Write the statements of several values, in their order and none twice."""
        if len(values) <= 1:
            return [line for line in map(self.__getitem__, values) if line is not None]
        terms = dict.fromkeys(term for term in map(self._make, values) if term is not None)
        return self._pen.said(self._predicate, list(terms)) if terms else ()
