"""Sentences with one of their names marked, and batches of them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from documents import Document
from examples import Example, Maker
from fit_reader import LISTED
from sentence_examples import Sentence, sentences_of
from torch import Tensor

from newsgraph.extract.models.word_traits import TRAITS
from newsgraph.extract.reader.labels import AGENTS, KINDS
from newsgraph.extract.reader.marked_sentences import SentencePieces
from newsgraph.extract.reader.sentence_heads import places_of

HIDE_LISTED, HIDE_NAME = 0.35, 0.12  # chances that what lists say of words is hidden, and that a name is
NEAR = 8  # pieces by which sentences of one batch may differ in length


@dataclass(frozen=True)
class Marked:
    """A sentence that is read for one of its names: what is told between that name and others, and of the name alone."""

    sentence: Sentence
    pieces: SentencePieces
    asked: int
    pairs: list[tuple[int, int, list[int] | None]]
    part: list[int] | None

    @property
    def told(self) -> bool:
        """Whether the sentence tells anything of the name."""
        return bool(self.part) or any(told for *_, told in self.pairs)


def marked_of(maker: Maker, document: Document) -> Iterator[Marked]:
    """Yield the sentences of a document, once for each company or organisation of which it is known what they tell."""
    for example in maker.examples(document):
        for one in sentences_of(example, document):
            yield from marked_in(one, pieces_of(example, one))


def pieces_of(example: Example, one: Sentence) -> SentencePieces:
    """Return a sentence of a window as the encoder reads it."""
    part = slice(*one.place)
    return SentencePieces(example.window.pieces[part], example.shapes[part], example.traits[part], one.kinds, one.mentions)


def marked_in(one: Sentence, pieces: SentencePieces) -> Iterator[Marked]:
    """Yield a sentence once for each company or organisation of which it is known what it tells."""
    for at, kind in enumerate(one.kinds):
        pairs = [pair for pair in one.pairs if at in pair[:2]]
        known = one.parts[at] is not None or any(told is not None for *_, told in pairs)
        if KINDS[kind] in AGENTS and known:
            yield Marked(one, pieces, at, pairs, one.parts[at])


def batches(examples: Iterable[Marked], size: int, chance: random.Random) -> list[list[Marked]]:
    """Cut examples into batches of like length and about `size` pieces, in random order."""
    made: list[list[Marked]] = []
    for one in sorted(examples, key=lambda one: len(one.pieces.pieces) + chance.random() * NEAR):
        if not made or (len(made[-1]) + 1) * (len(one.pieces.pieces) + 2) > size:
            made.append([])
        made[-1].append(one)
    chance.shuffle(made)
    return made


def collate(batch: Sequence[Marked], edges: tuple[int, int], chance: random.Random | None = None, mask: int = 0) -> dict[str, Tensor]:
    """Lay sentences side by side; with `chance`, names are now and then replaced by the piece `mask`, and what lists say is hidden."""
    length, count = max(len(one.pieces.pieces) for one in batch) + 2, len(batch)
    made = {name: torch.zeros(count, length, dtype=torch.long) for name in ("pieces", "shapes", "marks")}
    made["traits"], made["mask"] = torch.zeros(count, length, len(TRAITS)), torch.zeros(count, length, dtype=torch.bool)
    rows: dict[str, list[Any]] = defaultdict(list)
    base = 0
    for row, one in enumerate(batch):
        own, end = one.pieces, len(one.pieces.pieces) + 1
        numbers, bits = list(own.pieces), torch.tensor(own.traits)
        if chance is not None:
            for mentions in own.mentions:
                if chance.random() < HIDE_NAME:
                    for first, last in mentions:
                        numbers[first:last] = [mask] * (last - first)
            bits = bits & ~(LISTED if chance.random() < HIDE_LISTED else 0)
        made["pieces"][row, : end + 1], made["mask"][row, : end + 1] = torch.tensor([edges[0], *numbers, edges[1]]), True
        made["shapes"][row, 1:end], made["marks"][row, 1:end] = torch.tensor(own.shapes), torch.from_numpy(own.marks(one.asked))
        made["traits"][row, 1:end] = ((bits[:, None] >> torch.arange(len(TRAITS))) & 1).float()
        spans = [(first + 1, last + 1) for first, last in one.sentence.spans]
        rows["sentence"] += [row] * len(spans)
        rows["spans"] += spans
        rows["kinds"] += own.kinds
        rows["asked"].append(base + one.asked)
        rows["one_places"] += places_of(length, spans).tolist()
        for i, j, _ in one.pairs:
            rows["first"].append(base + i)
            rows["second"].append(base + j)
            rows["swapped"].append(int(spans[j] < spans[i]))
            rows["pair_places"] += places_of(length, [spans[i]], [spans[j]]).tolist()
        base += len(spans)
    for name in ("sentence", "spans", "kinds", "first", "second", "swapped", "asked"):
        made[name] = torch.as_tensor(rows[name], dtype=torch.long)
    for name, many in (("one_places", base), ("pair_places", len(rows["first"]))):
        made[name] = torch.as_tensor(rows[name], dtype=torch.long).reshape(many, length)
    return made
