"""The layout of Turtle, which TriG shares: prefixes, relative IRIs, one predicate a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.rdf.serializer import StatementText, TextSerializer
from newsgraph.rdf.terms import Block, Iri, Term, iri, quoted

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_NAMESPACE = re.compile(r"(.*[/#])([^/#]*)", re.DOTALL)
_PREFIXES = {space: prefix for prefix, space in PREFIXES.items()}
# A relative IRI must not look like a scheme, an absolute path or a step upwards.
_RELATIVE = re.compile(r"(?![/?#.])[^:/?#]+(?:[/?#].*)?", re.DOTALL)
_DOT_SEGMENTS = re.compile(r"/\.{1,2}(?:[/?#]|$)")
_BARE = {
    "xsd:integer": re.compile(r"[+-]?\d+"),
    "xsd:decimal": re.compile(r"[+-]?\d*\.\d+"),
    "xsd:boolean": re.compile("true|false"),
}


def header(base: str) -> str:
    """Return the lines that declare the base and the prefixes."""
    lines = [f"@base <{iri(base).value}> ."]
    lines += [f"@prefix {prefix}: <{space}> ." for prefix, space in sorted(PREFIXES.items())]
    return "\n".join(lines) + "\n"


def relative(value: str, base: str) -> str:
    """Return an IRI relative to the base, or the whole IRI where the short form would mean something else."""
    if base.endswith("/") and value.startswith(base):
        rest = value.removeprefix(base)
        if _RELATIVE.fullmatch(rest) and not ("/." in rest and _DOT_SEGMENTS.search(rest)):
            return rest
    return value


@lru_cache(maxsize=65536)
def address(value: str, base: str) -> str:
    """Write an IRI: relative to the base, else as a prefixed name if that needs no escapes, else in full."""
    short = relative(value, base)
    match = None if short != value else _NAMESPACE.fullmatch(value)
    if match and match[1] in _PREFIXES and _LOCAL.fullmatch(match[2]):
        return f"{_PREFIXES[match[1]]}:{match[2]}"
    return f"<{short}>"


def term(value: Term, base: str) -> str:
    """Write an object."""
    if isinstance(value, Iri):
        return address(value.value, base)
    if not value.datatype:
        return f"{quoted(value.text)}@{value.language}" if value.language else quoted(value.text)
    bare = _BARE.get(value.datatype)
    return value.text if bare and bare.fullmatch(value.text) else f"{quoted(value.text)}^^{value.datatype}"


class TurtleSerializer(TextSerializer):
    """Writes Turtle with IRIs relative to a base and all lines indented."""

    def __init__(self, base: str, indent: str = "") -> None:
        """Start with no statement written. `count` is their number, provided that each line goes into exactly one block."""
        self._base, self._indent = base, indent
        self._joint = f" ;\n{indent}  "
        self.count = 0

    def heading(self, section: str) -> str:
        """See `TextSerializer.heading`."""
        return f"\n{self._indent}# ---- {section} ----\n\n"

    def address(self, value: str) -> str:
        """See `Serializer.address`."""
        return address(value, self._base)

    def stem(self, value: str) -> tuple[str, str]:
        """See `Serializer.stem`."""
        return f"<{relative(value, self._base)}", ">"

    def serialize(self, block: Block) -> StatementText[str]:
        """See `Serializer.serialize`; the same as there, in a third of the time."""
        base, lines, previous = self._base, list[str](), ""
        for predicate, value in block.pairs:
            written = address(value.value, base) if isinstance(value, Iri) else term(value, base)
            if predicate == previous:
                lines[-1] += f", {written}"
            else:
                lines.append(f"{_verb(predicate)} {written}")
                previous = predicate
        self.count += len(block.pairs) - len(lines)  # `block` counts one for each line
        output = self.block(block.section, block.graph, self.address(block.subject), lines)
        return StatementText(block.section, block.graph, (output,))

    def lines(self, predicate: str, objects: Sequence[Term]) -> list[str]:
        """See `Serializer.lines`; all objects share one line."""
        self.count += len(objects) - 1  # `block` counts one for each line
        terms = ", ".join([term(value, self._base) for value in objects])
        return [f"{_verb(predicate)} {terms}"]

    def line(self, predicate: str, value: Term) -> str:
        """See `Serializer.line`."""
        return f"{_verb(predicate)} {term(value, self._base)}"

    def reference(self, predicate: str, address: str) -> str:
        """See `Serializer.reference`."""
        return f"{predicate} {address}"

    def block(self, section: str, graph: str, subject: str, lines: Sequence[str]) -> str:  # noqa: ARG002 - they are written above the block
        """See `Serializer.block`."""
        self.count += len(lines)
        return f"{self._indent}{subject}\n{self._indent}  {self._joint.join(lines)} .\n" if lines else ""


def _verb(predicate: str) -> str:
    return "a" if predicate == "rdf:type" else predicate
