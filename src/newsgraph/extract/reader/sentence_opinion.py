"""What the heads of single sentences say: of the names and pairs of names of a text, and of an event, wherever that comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple, TypeVar

import numpy as np

from newsgraph.extract.reader.activations import Array
from newsgraph.extract.reader.heads import Span
from newsgraph.extract.reader.labels import KINDS, LINK_AT, LINKS, PART_AT, Link, RolePart, may_pair
from newsgraph.extract.reader.sentence_heads import SentenceHeads
from newsgraph.extract.reader.windows import CandidatePlaces

_Key = TypeVar("_Key", int, tuple[int, int])
_MOST = 14  # names of a sentence of which pairs are asked
_LINKS_OF = {kind: [at for at, link in enumerate(LINKS) if link.type == kind] for kind in {link.type for link in LINKS}}


class Opinion(NamedTuple):
    """Probabilities of one event, None where no sentence can say.

    `pair` is that of the least likely pair of parties that one sentence names, in their roles (the likelier ones of a party with two), `type` the same in any roles, and `single` that of
    the least likely party.
    """

    pair: float | None
    type: float | None
    single: float | None


@dataclass(frozen=True, slots=True)
class SentenceOpinion:
    """The highest probabilities of all sentences of a text: of `LINKS` for each pair of its candidates, of `PARTS` for each candidate.

    Candidates are numbered; `numbers` has the number of each name.
    """

    numbers: Mapping[str, int]
    pairs: dict[tuple[int, int], Array] = field(default_factory=dict)
    singles: dict[int, Array] = field(default_factory=dict)

    def of(self, kind: str, parties: Sequence[tuple[str, str]]) -> Opinion:
        """Return what is said of an event: its type, and roles and names of its parties."""
        parts: dict[int, list[str]] = defaultdict(list)  # a party may have two roles, of which a sentence tells one
        for role, name in sorted(parties):
            if name in self.numbers and RolePart(kind, role) in PART_AT:
                parts[self.numbers[name]].append(role)
        pairs, types = [], []
        for a, b in combinations(sorted(parts), 2):
            if (a, b) in self.pairs:
                row = self.pairs[a, b]
                pairs.append(max(float(row[LINK_AT[Link(kind, first, second)]]) for first in parts[a] for second in parts[b]))
                types.append(float(row[_LINKS_OF[kind]].sum()))
        singles = [
            max(float(self.singles[at][PART_AT[RolePart(kind, role)]]) for role in roles)
            for at, roles in parts.items()
            if at in self.singles
        ]
        return Opinion(min(pairs, default=None), min(types, default=None), min(singles, default=None))

    def add(self, heads: SentenceHeads, states: Array, sentences: Sequence[Span], placed: CandidatePlaces) -> None:
        """Read the sentences of a window; `states` are those of its pieces."""
        for begin, end in sentences:
            names = _names_in(begin, end, placed)
            if names:
                numbers, kinds, spans = zip(*names, strict=True)
                self._add_sentence(heads, states[begin:end], numbers, kinds, spans)

    def join(self, other: SentenceOpinion) -> None:
        """Take in what is said of the same candidates elsewhere."""
        for pair, row in other.pairs.items():
            _keep_highest(self.pairs, pair, row)
        for name, row in other.singles.items():
            _keep_highest(self.singles, name, row)

    def _add_sentence(
        self, heads: SentenceHeads, states: Array, numbers: Sequence[int], kinds: Sequence[int], spans: Sequence[Span]
    ) -> None:
        who, view = heads.names(states, spans, kinds), heads.view(states)
        for at, row in zip(numbers, heads.ones(view, who, spans), strict=True):
            _keep_highest(self.singles, at, row)
        asked = sorted(sorted(range(len(spans)), key=lambda at: spans[at])[:_MOST])
        pairs = [(i, j) for i, j in combinations(asked, 2) if may_pair(KINDS[kinds[i]], KINDS[kinds[j]])]
        if not pairs:
            return
        for (i, j), row in zip(pairs, heads.pairs(view, who, spans, pairs)[:, 1 : 1 + len(LINKS)], strict=True):
            _keep_highest(self.pairs, (numbers[i], numbers[j]), row)


def _keep_highest(rows: dict[_Key, Array], key: _Key, row: Array) -> None:
    rows[key] = np.maximum(rows[key], row) if key in rows else row


def _names_in(begin: int, end: int, placed: CandidatePlaces) -> list[tuple[int, int, Span]]:
    """Return the candidates that a sentence names, in the order of their numbers: number, kind, and pieces of the first mention."""
    names = []
    for at, kind, mentions in zip(placed.candidates, placed.kinds, placed.mentions, strict=True):
        first = next(((b - begin, e - begin) for b, e in mentions if begin <= b < e <= end), None)
        if first:
            names.append((at, kind, first))
    return sorted(names)
