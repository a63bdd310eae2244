"""Where IRIs that were replaced lead to now, and questions that still name them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import PREFIXES

# Strings, IRIs and comments of SPARQL: the words in them mean nothing. Long strings come before short ones.
OPAQUE = re.compile(r"\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\"{}|^`\\\s]*>|#[^\n]*", re.DOTALL)
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*):\s*$", re.IGNORECASE)
_PREFIXED = re.compile(r"(?<![\w?$:.-])([A-Za-z][\w.-]*)?:((?:[\w-]|\.(?=[\w.-]))+)")
_ASKS = re.compile(r"\bdcterms:isReplacedBy\b|<http://purl\.org/dc/terms/isReplacedBy>")


def redirects(graph: GraphTables) -> dict[str, str]:
    """Give each replaced IRI the one that stands for it now; a circle leads nowhere."""
    steps = dict(graph["replaced"].select("old", "new").drop_nulls().sort("old", "new").iter_rows())
    found = {}
    for iri in steps:
        end, passed = iri, set()
        while end in steps and end not in passed:
            passed.add(end)
            end = steps[end]
        if end not in steps:
            found[iri] = end
    return found


def follow_redirects(sparql: str, leads: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Put the new IRIs into a question for those that were replaced, and give those met with what stands for them.

    IRIs count whole and as prefixed names, never inside strings and comments. A question for `dcterms:isReplacedBy` is about
    the old IRIs themselves and stays as it is.
    """
    if not leads or _ASKS.search(sparql):
        return sparql, {}
    met: dict[str, str] = {}
    spaces = dict(PREFIXES)
    parts, at = [], 0
    for match in [*OPAQUE.finditer(sparql), None]:
        words = sparql[at : match.start() if match else len(sparql)]
        parts.append(_PREFIXED.sub(lambda name: _led(name[0], spaces.get(name[1] or "", "\0") + name[2], leads, met), words))
        if match:
            declared = _DECLARED.search(words)
            if declared and match[0].startswith("<"):
                spaces[declared[1]] = match[0][1:-1]
                parts.append(match[0])
            else:
                parts.append(_led(match[0], match[0][1:-1], leads, met) if match[0].startswith("<") else match[0])
            at = match.end()
    return "".join(parts), met


def _led(written: str, iri: str, leads: Mapping[str, str], met: dict[str, str]) -> str:
    new = leads.get(iri)
    if new is None:
        return written
    met[iri] = new
    return f"<{new}>"
