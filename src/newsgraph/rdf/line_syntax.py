"""One statement a line, without prefixes: N-Triples, and N-Quads where each line names its graph as well."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from newsgraph.core.vocabulary import expand
from newsgraph.rdf.serializer import TextSerializer
from newsgraph.rdf.terms import Term, plain


class LineSerializer(TextSerializer):
    """Writes N-Triples, or N-Quads."""

    def __init__(self, *, quads: bool) -> None:
        """Start with nothing written."""
        self._quads = quads

    def address(self, value: str) -> str:
        """See `Pen.address`."""
        return f"<{value}>"

    def stem(self, value: str) -> tuple[str, str]:
        """See `Pen.stem`."""
        return f"<{value}", ">"

    def said(self, predicate: str, objects: Sequence[Term]) -> list[str]:
        """See `Pen.said`; what is made here lacks the subject before it and the graph behind it."""
        return [f" {_property(predicate)} {plain(value)}" for value in objects]

    def one(self, predicate: str, value: Term) -> str:
        """See `Pen.one`."""
        return f" {_property(predicate)} {plain(value)}"

    def leads(self, predicate: str, written: str) -> str:
        """See `Pen.leads`."""
        return f" {_property(predicate)} {written}"

    def block(self, section: str, graph: str, subject: str, lines: Sequence[str]) -> str:  # noqa: ARG002 - lines have no headings
        """See `Pen.block`."""
        end = f" <{graph}> .\n" if self._quads else " .\n"
        return f"{subject}{f'{end}{subject}'.join(lines)}{end}" if lines else ""


@lru_cache(maxsize=1024)
def _property(predicate: str) -> str:
    return f"<{expand(predicate)}>"
