"""Terms of a question that look like ours but are not in the vocabulary: most often typing errors, which SPARQL answers with no rows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.question_guard import resolve_code_points, terminals

_OURS = PREFIXES["ng"]
_CLOSE = 0.6  # of `difflib`: as for names, see `UnknownNameError`


@dataclass(frozen=True, slots=True)
class UnknownTerm:
    """A term that the vocabulary does not have, as it was written, and the nearest one that it has (`ng:acquired`), empty if none is near."""

    written: str
    nearest: str

    def line(self) -> str:
        """Return what is wrong as one line for a person."""
        hint = f"Did you mean {self.nearest}?" if self.nearest else "docs/data.md and the file graph.ttl list its terms."
        return f"{self.written} is not in the vocabulary of newsgraph, so nothing in a graph has it. {hint}"


def unknown_terms(sparql: str) -> tuple[UnknownTerm, ...]:
    """Return the unknown terms of our own vocabulary in a question, each once, in their order; others' vocabularies are never judged.

    >>> [(term.written, term.nearest) for term in unknown_terms("SELECT * { ?a ng:acquird ?b ; schema:naem ?c }")]
    [('ng:acquird', 'ng:acquired')]
    """
    prefixes = dict(PREFIXES)
    unknown: dict[str, UnknownTerm] = {}
    before, declared = "", ""  # the terminal before, and the prefix that is being declared
    for terminal in terminals(resolve_code_points(sparql)):
        if terminal.kind == "iri" and declared:
            prefixes[declared] = terminal.text[1:-1]
        elif terminal.kind in {"iri", "name"} and before != "PREFIX":
            local = _local(terminal.text, prefixes)
            if local and local not in vocabulary_terms():
                unknown.setdefault(terminal.text, UnknownTerm(terminal.text, _nearest(local)))
        declared = terminal.text.removesuffix(":") if before == "PREFIX" and terminal.kind == "name" else ""
        before = terminal.text.upper() if terminal.kind == "word" else ""
    return tuple(unknown.values())


@cache
def vocabulary_terms() -> frozenset[str]:
    """Return the terms of the vocabulary without their prefix."""
    text = files("newsgraph").joinpath("data/ontology.ttl").read_text("utf-8")
    return frozenset(re.findall(r"^ng:(\w+)", text, re.MULTILINE))


def _local(written: str, prefixes: dict[str, str]) -> str:
    """Return the local name of a term of our vocabulary, empty for any other term."""
    if written.startswith("<"):
        iri = written[1:-1]
    else:
        prefix, _, name = written.partition(":")
        iri = prefixes.get(prefix, "") + name
    return iri.removeprefix(_OURS) if iri.startswith(_OURS) else ""


def _nearest(local: str) -> str:
    """Return the nearest term with its prefix; of a class and a property of one name, the one that begins alike."""
    folded: dict[str, list[str]] = {}
    for term in sorted(vocabulary_terms()):
        folded.setdefault(term.casefold(), []).append(term)
    close = get_close_matches(local.casefold(), folded, n=1, cutoff=_CLOSE)
    same_case = max(folded[close[0]], key=lambda term: (term[0].isupper() == local[0].isupper(), term)) if close else ""
    return f"ng:{same_case}" if close else ""
