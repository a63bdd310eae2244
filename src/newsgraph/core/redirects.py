"""Redirects from replaced IRIs to the current ones, and SPARQL queries that still use the old ones."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import PREFIXES

# Strings, IRIs and comments of SPARQL, inside which no keyword counts. Long strings come before short ones.
OPAQUE = re.compile(r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\"{}|^`\\\s]*>|#[^\n]*", re.DOTALL)
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):\s*$", re.IGNORECASE)
_PREFIXED = re.compile(r"(?<![\w?$:.-])([A-Za-z][\w.-]*)?:((?:[\w-]|\.(?=[\w.-]))+)")
_ASKS = re.compile(r"\bdcterms:isReplacedBy\b|<http://purl\.org/dc/terms/isReplacedBy>")


def redirects(graph: GraphTables) -> dict[str, str]:
    """Return the current IRI for each replaced one; IRIs that replace each other in a circle are left out."""
    steps = dict(graph["replaced"].select("old", "new").drop_nulls().sort("old", "new").iter_rows())
    current = {}
    for iri in steps:
        end, passed = iri, set()
        while end in steps and end not in passed:
            passed.add(end)
            end = steps[end]
        if end not in steps:
            current[iri] = end
    return current


def follow_redirects(sparql: str, current: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Replace old IRIs in a query by the current ones; return the query, and the current IRI of each old one in it.

    Full IRIs and prefixed names are replaced, but nothing inside strings and comments. A query for `dcterms:isReplacedBy` is about the
    old IRIs themselves and stays as it is.
    """
    if not current or _ASKS.search(sparql):
        return sparql, {}
    followed: dict[str, str] = {}
    namespaces = dict(PREFIXES)
    parts, at = [], 0
    for match in [*OPAQUE.finditer(sparql), None]:
        words = sparql[at : match.start() if match else len(sparql)]
        parts.append(
            _PREFIXED.sub(lambda name: _redirected(name[0], namespaces.get(name[1] or "", "\0") + name[2], current, followed), words)
        )
        if match:
            declared = _DECLARED.search(words)
            if declared and match[0].startswith("<"):
                namespaces[declared[1]] = match[0][1:-1]
                parts.append(match[0])
            else:
                parts.append(_redirected(match[0], match[0][1:-1], current, followed) if match[0].startswith("<") else match[0])
            at = match.end()
    return "".join(parts), followed


def _redirected(written: str, iri: str, current: Mapping[str, str], followed: dict[str, str]) -> str:
    new = current.get(iri)
    if new is None:
        return written
    followed[iri] = new
    return f"<{new}>"
