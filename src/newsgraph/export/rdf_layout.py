"""How statements look in Turtle: prefixes, relative IRIs, one predicate a line. Read by the Turtle and TriG writers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from newsgraph.export.rdf_terms import Block, Iri, Term, iri, quoted
from newsgraph.vocabulary import PREFIXES

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
        if _RELATIVE.fullmatch(rest) and not _DOTS.search(rest):
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
    if value.language:
        return f"{quoted(value.text)}@{value.language}"
    bare = _BARE.get(value.datatype)
    if bare and bare.fullmatch(value.text):
        return value.text
    return f"{quoted(value.text)}^^{value.datatype}" if value.datatype else quoted(value.text)


def paragraph(block: Block, base: str, indent: str = "") -> str:
    """Write all statements of one subject."""
    lines = [
        f"{'a' if predicate == 'rdf:type' else predicate} {', '.join(term(value, base) for _, value in pairs)}"
        for predicate, pairs in groupby(block.pairs, key=lambda pair: pair[0])
    ]
    return f"{indent}{address(block.subject, base)}\n{indent}  " + f" ;\n{indent}  ".join(lines) + " .\n"


def paragraphs(found: Iterator[Block], base: str, indent: str = "") -> Iterator[str]:
    """Write blocks under the headings of their sections."""
    for section, group in groupby(found, key=lambda block: block.section):
        yield f"\n{indent}# ---- {section} ----\n\n"
        for block in group:
            if block.pairs:
                yield paragraph(block, base, indent)
