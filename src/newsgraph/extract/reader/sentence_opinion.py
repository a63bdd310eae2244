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
from newsgraph.extract.reader.labels import AGENTS, KINDS, LINK_AT, LINKS, PART_AT, Link, RolePart, may_pair
from newsgraph.extract.reader.marked_sentences import NO_ROWS, MarkedReader, SentencePieces
from newsgraph.extract.reader.sentence_heads import SentenceHeads
from newsgraph.extract.reader.windows import CandidatePlaces

_Key = TypeVar("_Key", int, tuple[int, int])
_MOST = 14  # names of a sentence of which pairs are asked
_WORTH = 0.2  # that a name has a part, or that a pair is told of: what is less likely is not read with marks
_READINGS = 6  # of a sentence, for the likeliest names: lists of companies must not cost a reading for each
_RELATION = 0.8  # that a relation lasts between two names: of those that CORE labels nine in ten are right from there on
_DECIMALS = 3
_LEAST = 1e-5  # a probability is taken for no less, and for no more than one without it
_LINKS_OF = {kind: [at for at, link in enumerate(LINKS) if link.type == kind] for kind in {link.type for link in LINKS}}


class _Name(NamedTuple):
    """A candidate in a sentence: its number, its kind, and the pieces of its mentions, counted from the first of the sentence."""

    number: int
    kind: int
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class SentenceReaders:
    """What reads single sentences: heads on the states of a window, and, where the model has one, an encoder of its own."""

    heads: SentenceHeads
    marked: MarkedReader | None = None


class ToldRelation(NamedTuple):
    """A relation of `RELATIONS` between two candidates: its probability, its number, and the numbers of window and sentence that tell it."""

    chance: float
    relation: int
    window: int
    line: int


@dataclass(frozen=True, slots=True)
class WindowInput:
    """A window: its number in the text, where its sentences begin and end, and the states, numbers, shapes and traits of its pieces."""

    number: int
    sentences: Sequence[Span]
    states: Array
    pieces: Sequence[int]
    shapes: Sequence[int]
    traits: Sequence[int]

    def sentence(self, begin: int, end: int, names: Sequence[_Name]) -> SentencePieces:
        """Return one sentence with its names."""
        part = slice(begin, end)
        kinds, mentions = [name.kind for name in names], [name.mentions for name in names]
        return SentencePieces(self.pieces[part], self.shapes[part], self.traits[part], kinds, mentions)


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

    Candidates are numbered; `numbers` has the number of each name. `relations` are the likely relations that last, the likeliest of each pair.
    """

    numbers: Mapping[str, int]
    pairs: dict[tuple[int, int], Array] = field(default_factory=dict)
    singles: dict[int, Array] = field(default_factory=dict)
    relations: dict[tuple[int, int], ToldRelation] = field(default_factory=dict)

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

    def add(self, readers: SentenceReaders, window: WindowInput, placed: CandidatePlaces) -> None:
        """Read the sentences of a window."""
        for line, (begin, end) in enumerate(window.sentences):
            names = _names_in(begin, end, placed)
            if names:
                sentence, numbers = window.sentence(begin, end, names), [name.number for name in names]
                self._add_sentence(readers, window.states[begin:end], sentence, numbers, (window.number, line))

    def join(self, other: SentenceOpinion) -> None:
        """Take in what is said of the same candidates elsewhere."""
        for pair, row in other.pairs.items():
            _keep_highest(self.pairs, pair, row)
        for name, row in other.singles.items():
            _keep_highest(self.singles, name, row)
        for pair, told in other.relations.items():
            self._keep_relation(pair, told)

    def _keep_relation(self, pair: tuple[int, int], told: ToldRelation) -> None:
        if pair not in self.relations or told.chance > self.relations[pair].chance:
            self.relations[pair] = told

    def _add_sentence(
        self, readers: SentenceReaders, states: Array, sentence: SentencePieces, numbers: Sequence[int], place: tuple[int, int]
    ) -> None:
        heads, spans = readers.heads, [mentions[0] for mentions in sentence.mentions]
        who, view = heads.names(states, spans, sentence.kinds), heads.view(states)
        singles = heads.ones(view, who, spans)
        asked = sorted(sorted(range(len(spans)), key=lambda at: spans[at])[:_MOST])
        pairs = [(i, j) for i, j in combinations(asked, 2) if may_pair(KINDS[sentence.kinds[i]], KINDS[sentence.kinds[j]])]
        rows = heads.pairs(view, who, spans, pairs) if pairs else NO_ROWS
        if readers.marked is not None:
            singles, rows = _with_marks(readers.marked, sentence, asked, pairs, singles, rows)
        for at, row in zip(numbers, singles, strict=True):
            _keep_highest(self.singles, at, row)
        for (i, j), row in zip(pairs, rows, strict=True):
            _keep_highest(self.pairs, (numbers[i], numbers[j]), row[1 : 1 + len(LINKS)])
            likeliest = int(np.argmax(row))
            chance = round(float(row[likeliest]), _DECIMALS)
            if likeliest > len(LINKS) and chance >= _RELATION:
                self._keep_relation((numbers[i], numbers[j]), ToldRelation(chance, likeliest - 1 - len(LINKS), *place))


def _with_marks(
    marked: MarkedReader, sentence: SentencePieces, asked: Sequence[int], pairs: Sequence[tuple[int, int]], singles: Array, rows: Array
) -> tuple[Array, Array]:
    """Return the probabilities of names and pairs after the companies that may have a part have been read with their marks too."""
    singles, sums, counts = singles.copy(), np.zeros_like(rows), np.zeros((len(pairs), 1), np.float32)
    of_name_at = {name: [at for at, pair in enumerate(pairs) if name in pair] for name in asked if KINDS[sentence.kinds[name]] in AGENTS}
    likely = {name: max([float(singles[name].max()), *(1 - float(rows[at, 0]) for at in mine)]) for name, mine in of_name_at.items()}
    worth = sorted((name for name in likely if likely[name] >= _WORTH), key=lambda name: (-likely[name], name))
    for name in sorted(worth[:_READINGS]):
        mine = of_name_at[name]
        of_pairs, of_name = marked.read(sentence, name, [pairs[at] for at in mine])
        singles[name] = _between(singles[name], of_name)
        if mine:
            sums[mine] += of_pairs
        counts[mine] += 1
    read = counts[:, 0] > 0
    rows = rows.copy()
    rows[read] = _between(rows[read], sums[read] / counts[read])
    return singles, rows


def _between(plain: Array, marked: Array) -> Array:
    """Return the probabilities whose log odds are the mean of those of both."""
    odds = np.sqrt(_odds(plain) * _odds(marked))
    mean: Array = (odds / (1 + odds)).astype(np.float32)
    return mean


def _odds(chance: Array) -> Array:
    held = np.clip(chance, _LEAST, 1 - _LEAST)
    odds: Array = held / (1 - held)
    return odds


def _keep_highest(rows: dict[_Key, Array], key: _Key, row: Array) -> None:
    rows[key] = np.maximum(rows[key], row) if key in rows else row


def _names_in(begin: int, end: int, placed: CandidatePlaces) -> list[_Name]:
    """Return the candidates that a sentence names, in the order of their numbers."""
    names = []
    for at, kind, mentions in zip(placed.candidates, placed.kinds, placed.mentions, strict=True):
        inside = tuple((b - begin, e - begin) for b, e in mentions if begin <= b < e <= end)
        if inside:
            names.append(_Name(at, kind, inside))
    return sorted(names)
