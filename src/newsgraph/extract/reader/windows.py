"""Windows of word pieces: the whole text where it fits, else runs of sentences, each after the title and the names of the main parties."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from newsgraph.extract.models.wordpiece import WordPieces
from newsgraph.extract.reader.labels import AGENTS, KINDS, may_pair
from newsgraph.extract.text.article_text import ArticleText, Sentence

LONGEST = 512
"""Word pieces of a window at most, with the two that begin and end it."""

CARRIED = 8
"""Names carried to later windows at most."""

MOST = 36  # candidates of a window
ROOM_FOR_NAMES = 64  # word pieces
CAPITAL = 2  # the shape of a word of a carried name


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the encoder.

    `words[i]` is the token of piece i, -1 where it has none; `carried` has, for each name carried along, the first token of its
    candidate's first mention, and its pieces.
    `sentences` has the pieces of each sentence: first, last (excluded).
    """

    pieces: list[int]
    words: list[int]
    carried: list[tuple[int, int, int]]
    sentences: list[tuple[int, int]]

    def place(self) -> dict[int, tuple[int, int]]:
        """Return the pieces of each token: first, last (excluded)."""
        places: dict[int, tuple[int, int]] = {}
        for at, word in enumerate(self.words):
            if word >= 0:
                places[word] = (places[word][0] if word in places else at, at + 1)
        return places

    def per_piece(self, per_token: Sequence[int], carried: int) -> list[int]:
        """Return a number for each piece: that of its token, `carried` for names carried along, else 0."""
        numbers = [per_token[word] if word >= 0 else 0 for word in self.words]
        for _, begin, end in self.carried:
            numbers[begin:end] = [carried] * (end - begin)
        return numbers


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named thing that may have a role: its kind and the tokens of its mentions, each first and last (excluded)."""

    name: str
    kind: str
    mentions: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CandidatePlaces:
    """The candidates of a window in the order of their first mentions, with kinds and pieces, and the pairs that are looked at.

    `near` tells how many sentences the mentions of each pair lie apart, at most two.
    """

    candidates: list[int]
    kinds: list[int]
    mentions: list[list[tuple[int, int]]]
    pairs: list[tuple[int, int]]
    near: list[int]


Mentions = Mapping[int, Sequence[tuple[int, tuple[int, int]]]]
"""The mentions of candidates by their first token, each with the number of its candidate."""


def mentions_of(candidates: Sequence[Candidate]) -> Mentions:
    """Return the mentions of candidates by their first token."""
    mentions: dict[int, list[tuple[int, tuple[int, int]]]] = defaultdict(list)
    for at, one in enumerate(candidates):
        for tokens in one.mentions:
            mentions[tokens[0]].append((at, tokens))
    return mentions


def place_candidates(window: Window, candidates: Sequence[Candidate], mentions: Mentions | None = None) -> CandidatePlaces:
    """Find the candidates of a window; of too many, agents stay before others, and earlier ones before later ones.

    `mentions` are those of all candidates, which windows of one text share.
    """
    mentions = mentions_of(candidates) if mentions is None else mentions
    place = window.place()
    inside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for first in place:
        for at, tokens in mentions.get(first, ()):
            if pieces := pieces_of(place, tokens):
                inside[at].append(pieces)
    for first, (begin, end) in {first: (begin, end) for first, begin, end in window.carried}.items():
        for at in {at for at, tokens in mentions.get(first, ()) if candidates[at].mentions[0] == tokens}:
            inside[at].append((begin, end))
    found = [(candidates[at].kind not in AGENTS, min(pieces), at, sorted(pieces)) for at, pieces in inside.items()]
    chosen = sorted((pieces[0], at, pieces) for _, _, at, pieces in sorted(found)[:MOST])
    kinds = [candidates[at].kind for _, at, _ in chosen]
    pairs = [(i, j) for i, j in combinations(range(len(chosen)), 2) if may_pair(kinds[i], kinds[j])]
    begins = [begin for begin, _ in window.sentences]
    lines = [{max(0, bisect_right(begins, begin) - 1) for begin, _ in pieces} for *_, pieces in chosen]
    near = [min(2, *(abs(x - y) for x in lines[i] for y in lines[j])) for i, j in pairs]
    return CandidatePlaces(
        [at for _, at, _ in chosen], [KINDS.index(kind) for kind in kinds], [pieces for *_, pieces in chosen], pairs, near
    )


def pieces_of(place: dict[int, tuple[int, int]], tokens: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the pieces of tokens where the whole run lies in the window; `place` is `Window.place()`."""
    if tokens is None or tokens[0] not in place or tokens[1] - 1 not in place:
        return None
    return place[tokens[0]][0], place[tokens[1] - 1][1]


def lay_windows(text: ArticleText, cut: Sequence[Sequence[int]], pieces: WordPieces, candidates: Sequence[Candidate]) -> list[Window]:
    """Cut a text into windows; `cut` has the pieces of each token. Later windows carry candidates that earlier ones name."""
    runs = runs_of(text, cut)
    title = [line for line in text.sentences if line.region == "title"]
    return [
        lay(lines, cut, pieces, *((title, carried_names(candidates, lines[0].first)) if number else ((), ())))
        for number, lines in enumerate(runs)
    ]


def runs_of(text: ArticleText, cut: Sequence[Sequence[int]]) -> list[list[Sentence]]:
    """Return the sentences of each window: all, or runs that leave room for the title and for names."""
    sizes = [sum(len(cut[at]) for at in range(line.first, line.last)) for line in text.sentences]
    if sum(sizes) <= LONGEST - 2:
        return [list(text.sentences)] if text.sentences else []
    head = sum(size for line, size in zip(text.sentences, sizes, strict=True) if line.region == "title")
    return list(_runs(text.sentences, sizes, LONGEST - 2 - ROOM_FOR_NAMES - min(head, LONGEST // 4), cut))


def carried_names(candidates: Sequence[Candidate], before: int) -> list[tuple[int, str]]:
    """Return the first token and the name of the agents that are named most before a token."""
    ranked = sorted(
        (-sum(first < before for first, _ in one.mentions), one.mentions[0], one.name)
        for one in candidates
        if one.kind in AGENTS and one.mentions and one.mentions[0][0] < before
    )
    return [(first, name) for _, (first, _), name in ranked[:CARRIED]]


def _runs(sentences: Sequence[Sentence], sizes: Sequence[int], room: int, cut: Sequence[Sequence[int]]) -> Iterator[list[Sentence]]:
    """Yield runs of sentences of about equal size that fit; a sentence that is too long is cut between tokens."""
    goal = math.ceil(sum(sizes) / math.ceil(sum(sizes) / room))
    run: list[Sentence] = []
    used = 0
    for line, size in zip(sentences, sizes, strict=True):
        for part, length in _parts(line, size, room, cut):
            if run and (used + length > room or used + length / 2 > goal):
                yield run
                run, used = [], 0
            run.append(part)
            used += length
    if run:
        yield run


def _parts(line: Sentence, size: int, room: int, cut: Sequence[Sequence[int]]) -> Iterator[tuple[Sentence, int]]:
    if size <= room:
        yield line, size
        return
    first, used = line.first, 0
    for at in range(line.first, line.last):
        if used + len(cut[at]) > room:
            yield line._replace(first=first, last=at), used
            first, used = at, 0
        used += len(cut[at])
    yield line._replace(first=first), used


def lay(
    lines: Sequence[Sentence],
    cut: Sequence[Sequence[int]],
    pieces: WordPieces,
    title: Sequence[Sentence] = (),
    names: Sequence[tuple[int, str]] = (),
) -> Window:
    """Make the window of some sentences, after a title and names carried along, as much of both as there is room for."""
    numbers, words = [pieces.begin], [-1]
    carried: list[tuple[int, int, int]] = []
    sentences: list[tuple[int, int]] = []
    for line in title:
        if len(numbers) + sum(len(cut[at]) for at in range(line.first, line.last)) <= LONGEST // 4:
            _add(line, cut, numbers, words, sentences)
    room = len(numbers) + ROOM_FOR_NAMES
    for first, name in names:
        cut_name = [number for word in name.split() for number in pieces.cut(word)]
        if len(numbers) + len(cut_name) + 1 <= room:
            carried.append((first, len(numbers), len(numbers) + len(cut_name)))
            numbers += [*cut_name, *pieces.cut(",")]
            words += [-1] * (len(cut_name) + 1)
    for line in lines:
        _add(line, cut, numbers, words, sentences)
    return Window([*numbers, pieces.end], [*words, -1], carried, sentences)


def _add(line: Sentence, cut: Sequence[Sequence[int]], numbers: list[int], words: list[int], sentences: list[tuple[int, int]]) -> None:
    begin = len(numbers)
    for token in range(line.first, line.last):
        numbers.extend(cut[token])
        words.extend([token] * len(cut[token]))
    sentences.append((begin, len(numbers)))
