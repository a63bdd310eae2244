"""How statements look in Turtle: prefixes, relative IRIs, one predicate a line. Read by the Turtle and TriG writers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.rdf.serializer import TextSerializer
from newsgraph.rdf.terms import Iri, Term, iri, quoted

_LOCAL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_NAMESPACE = re.compile(r"(.*[/#])([^/#]*)", re.DOTALL)
_SPACES = {space: prefix for prefix, space in PREFIXES.items()}
# A relative IRI must not look like a scheme, an absolute path or a step upwards.
_RELATIVE = re.compile(r"(?![/?#.])[^:/?#]+(?:[/?#].*)?", re.DOTALL)
_DOTS = re.compile(r"/\.{1,2}(?:[/?#]|$)")
_BARE = {"xsd:integer": re.compile(r"[+-]?\d+"), "xsd:decimal": re.compile(r"[+-]?\d*\.\d+")}


def header(base: str) -> str:
    """Write the base and the prefixes."""
    lines = [f"@base <{iri(base).value}> ."]
    lines += [f"@prefix {prefix}: <{space}> ." for prefix, space in sorted(PREFIXES.items())]
    return "\n".join(lines) + "\n"


def relative(value: str, base: str) -> str:
    """Shorten an IRI below the base; give it back whole where the short form would mean something else."""
    if base.endswith("/") and value.startswith(base):
        rest = value.removeprefix(base)
        if _RELATIVE.fullmatch(rest) and not ("/." in rest and _DOTS.search(rest)):
            return rest
    return value


@lru_cache(maxsize=65536)
def address(value: str, base: str) -> str:
    """Write an IRI: relative below the base, else as a prefixed name where that needs no escapes, else whole."""
    short = relative(value, base)
    match = None if short != value else _NAMESPACE.fullmatch(value)
    if match and match[1] in _SPACES and _LOCAL.fullmatch(match[2]):
        return f"{_SPACES[match[1]]}:{match[2]}"
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
    """Writes Turtle, below a base and behind an indent."""

    def __init__(self, base: str, indent: str = "") -> None:
        """Start with no statement written; `count` counts them, if each line that is made stands in one block."""
        self._base, self._indent = base, indent
        self._joint = f" ;\n{indent}  "
        self.count = 0

    def heading(self, section: str) -> str:
        """See `TextPen.heading`."""
        return f"\n{self._indent}# ---- {section} ----\n\n"

    def address(self, value: str) -> str:
        """See `Pen.address`."""
        return address(value, self._base)

    def stem(self, value: str) -> tuple[str, str]:
        """See `Pen.stem`."""
        return f"<{relative(value, self._base)}", ">"

    def said(self, predicate: str, objects: Sequence[Term]) -> list[str]:
        """See `Pen.said`; all objects stand in one line."""
        self.count += len(objects) - 1  # all but the one that the line itself counts for
        said = ", ".join([term(value, self._base) for value in objects])
        return [f"{_verb(predicate)} {said}"]

    def one(self, predicate: str, value: Term) -> str:
        """See `Pen.one`."""
        return f"{_verb(predicate)} {term(value, self._base)}"

    def leads(self, predicate: str, written: str) -> str:
        """See `Pen.leads`."""
        return f"{predicate} {written}"

    def block(self, section: str, graph: str, subject: str, lines: Sequence[str]) -> str:  # noqa: ARG002 - they stand above the block
        """See `Pen.block`."""
        self.count += len(lines)
        return f"{self._indent}{subject}\n{self._indent}  {self._joint.join(lines)} .\n" if lines else ""


def _verb(predicate: str) -> str:
    return "a" if predicate == "rdf:type" else predicate
