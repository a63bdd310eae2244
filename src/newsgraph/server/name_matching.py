"""Match a name from someone's table to things of the graph, with a score and a verdict whether it is surely the one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

import polars as pl

from newsgraph.core.company_names import name_key
from newsgraph.core.name_lookup import fold_name

_SCANNED = 200  # names that are compared letter by letter
_LEAST = 50.0  # score of a candidate that is worth showing
_EXACT, _WITHOUT_FORM, _ALIKE, _CLEAR = 100.0, 95.0, 90.0, 15.0
_LONGEST = 200  # letters of a name that is compared: nothing is called anything longer
_STEM = 3  # letters that a misspelt name shares with the right one at its start


@dataclass(frozen=True, slots=True)
class NameCandidate:
    """A thing that a name may mean: a score from 0 to 100, and whether it is surely meant."""

    iri: str
    kind: str
    label: str
    score: float
    is_match: bool = False


def match_names(
    spellings: pl.DataFrame, name: str, kinds: frozenset[str], support: Callable[[str, str], list[bool]]
) -> list[NameCandidate]:
    """Return the candidates for a name, best first, of some kinds or all.

    A name of more than 200 letters has none. A name as the graph has it scores 100, one that differs in its legal form only 95, others by how alike they are. `support` returns for
    a thing (IRI and kind) which of the asker's properties it has: each missing one takes a share of 20 from the score. The best candidate
    is a match if it has at least 95 and no other is within 15.
    """
    folded, key = fold_name(name), name_key(name)
    if not folded or len(folded) > _LONGEST:
        return []
    data = spellings.filter(pl.col("kind").is_in(sorted(kinds))) if kinds else spellings
    near = data.filter(
        (pl.col("folded") == folded) | (pl.col("key") == key) | pl.col("folded").str.starts_with(folded[:_STEM])
        | pl.col("folded").str.contains(f" {folded}", literal=True)
    )  # fmt: skip
    if near.height > _SCANNED:
        exact = ((pl.col("folded") == folded) | (pl.col("key") == key)).cast(pl.Int8)
        apart = (pl.col("folded").str.len_chars().cast(pl.Int64) - len(folded)).abs()
        near = near.with_columns(exact.alias("exact"), apart.alias("apart"), pl.col("articles").fill_null(0).alias("weight"))
        near = near.sort(["exact", "apart", "weight", "iri"], descending=[True, False, True, False]).head(_SCANNED)
    best: dict[str, NameCandidate] = {}
    weights: dict[str, int] = {}
    for spelling, its_key, iri, kind, label, articles in near.select("folded", "key", "iri", "kind", "label", "articles").iter_rows():
        score = _score(folded, key, spelling, its_key)
        if score >= _LEAST and (iri not in best or best[iri].score < score):
            best[iri], weights[iri] = NameCandidate(iri, kind, label, score), articles or 0
    found = [NameCandidate(one.iri, one.kind, one.label, _supported(one, support)) for one in best.values()]
    found.sort(key=lambda one: (-one.score, -weights[one.iri], one.iri))
    if found and found[0].score >= _WITHOUT_FORM and not (len(found) > 1 and found[0].score - found[1].score < _CLEAR):
        first = found[0]
        found[0] = NameCandidate(first.iri, first.kind, first.label, first.score, is_match=True)
    return found


def _score(folded: str, key: str, spelling: str, its_key: str) -> float:
    if spelling == folded:
        return _EXACT
    if key and its_key == key:
        return _WITHOUT_FORM
    alike = SequenceMatcher(None, folded, spelling, autojunk=False)
    if _ALIKE * min(alike.real_quick_ratio(), alike.quick_ratio()) < _LEAST:  # bounds of the ratio, which is slow to work out
        return 0.0
    return round(_ALIKE * alike.ratio(), 1)


def _supported(one: NameCandidate, support: Callable[[str, str], list[bool]]) -> float:
    held = support(one.iri, one.kind)
    return round(one.score - (20 * held.count(False) / len(held) if held else 0), 1)
