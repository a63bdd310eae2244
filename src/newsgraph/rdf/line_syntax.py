"""N-Triples, and N-Quads, where each line also names its graph: one statement a line, without prefixes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from newsgraph.core.vocabulary import expand
from newsgraph.rdf.serializer import TextSerializer
from newsgraph.rdf.terms import Term, plain


class LineSerializer(TextSerializer):
    """Writes N-Triples, or N-Quads."""

    def __init__(self, *, quads: bool) -> None:
        """Choose between the two syntaxes."""
        self._quads = quads

    def address(self, value: str) -> str:
        """See `Serializer.address`."""
        return f"<{value}>"

    def stem(self, value: str) -> tuple[str, str]:
        """See `Serializer.stem`."""
        return f"<{value}", ">"

    def lines(self, predicate: str, objects: Sequence[Term]) -> list[str]:
        """See `Serializer.lines`; these lines still lack the subject and the graph."""
        return [f" {_property(predicate)} {plain(value)}" for value in objects]

    def line(self, predicate: str, value: Term) -> str:
        """See `Serializer.line`."""
        return f" {_property(predicate)} {plain(value)}"

    def reference(self, predicate: str, address: str) -> str:
        """See `Serializer.reference`."""
        return f" {_property(predicate)} {address}"

    def block(self, section: str, graph: str, subject: str, lines: Sequence[str]) -> str:  # noqa: ARG002 - lines have no headings
        """See `Serializer.block`."""
        end = f" <{graph}> .\n" if self._quads else " .\n"
        return f"{subject}{f'{end}{subject}'.join(lines)}{end}" if lines else ""


@lru_cache(maxsize=1024)
def _property(predicate: str) -> str:
    return f"<{expand(predicate)}>"
