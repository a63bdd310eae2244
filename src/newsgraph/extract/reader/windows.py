"""Windows of word pieces: the whole text where it fits, else runs of sentences, each after the title and the names of the main parties."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsgraph.extract.models.wordpiece import WordPieces
from newsgraph.extract.text.article_text import ArticleText, Sentence

LONGEST = 512
"""Word pieces of a window at most, with the two that begin and end it."""

CARRIED = 8
"""Names carried to later windows at most."""

_CAPITAL = 2  # the shape of a word of a carried name


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the encoder.

    `words[i]` is the token of piece i, -1 where it has none; `carried` has, for each name carried along, its candidate and pieces.
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named thing that may have a role: its kind and the tokens of its mentions, each first and last (excluded)."""

    name: str
    kind: str
    mentions: tuple[tuple[int, int], ...]


def lay_windows(text: ArticleText, cut: Sequence[Sequence[int]], pieces: WordPieces, candidates: Sequence[Candidate]) -> list[Window]:
    """Cut a text into windows; `cut` has the pieces of each token."""
    sizes = [sum(len(cut[at]) for at in range(line.first, line.last)) for line in text.sentences]
    if sum(sizes) <= LONGEST - 2:
        return [_window(text.sentences, cut, pieces, [], [])]
    title = [line for line in text.sentences if line.region == "title"]
    main = _main_candidates(text, candidates)
    names = [(at, [number for word in candidates[at].name.split() for number in pieces.cut(word)]) for at in main]
    head = sum(size for line, size in zip(text.sentences, sizes, strict=True) if line.region == "title") + sum(len(one) + 1 for _, one in names)
    if head > LONGEST // 3:
        title, head = [], 0
        names = names[: CARRIED // 2]
    windows: list[Window] = []
    for number, lines in enumerate(_runs(text.sentences, sizes, LONGEST - 2 - head, cut)):
        windows.append(_window(lines, cut, pieces, title if number else [], names if number else []))
    return windows


def _main_candidates(text: ArticleText, candidates: Sequence[Candidate]) -> list[int]:
    """Return agents by mentions, those of the title before others."""
    body = next((line.first for line in text.sentences if line.region != "title"), 0)
    ranked = sorted(
        (-any(first < body for first, _ in one.mentions), -len(one.mentions), one.mentions[0], at)
        for at, one in enumerate(candidates)
        if one.kind in {"company", "organisation"} and one.mentions
    )
    return [at for *_, at in ranked[:CARRIED]]


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


def _window(
    lines: Sequence[Sentence], cut: Sequence[Sequence[int]], pieces: WordPieces, title: Sequence[Sentence], names: Sequence[tuple[int, list[int]]]
) -> Window:
    numbers, words, carried, sentences = [pieces.begin], [-1], [], []
    for line in (*title, *lines):
        if line is (lines[0] if lines else None):
            for at, name in names:
                carried.append((at, len(numbers), len(numbers) + len(name)))
                numbers += [*name, *pieces.cut(",")]
                words += [-1] * (len(name) + 1)
        begin = len(numbers)
        for token in range(line.first, line.last):
            numbers.extend(cut[token])
            words.extend([token] * len(cut[token]))
        sentences.append((begin, len(numbers)))
    return Window([*numbers, pieces.end], [*words, -1], carried, sentences)
