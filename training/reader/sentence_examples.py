"""Sentences with their names, and what is told of each name and each pair in that sentence."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import Any

import torch
from documents import Document, Entity, part_of
from examples import Example
from torch import Tensor

from newsgraph.extract.reader.labels import KINDS, LINK_AT, LINKS, PARTS, Link, may_pair
from newsgraph.extract.reader.sentence_heads import RELATION_AT, RELATIONS, SYMMETRIC, places_of

Span = tuple[int, int]
_TITLE = "News in brief"
_TITLE_ROOM = len(_TITLE) + 1
_GLUED = frozenset({".", ",", ";", ":", "!", "?", ")", "]", "%", "'s", "\u2019s", "n't", "''", "'", "..."})
MOST = 14  # names of a sentence
RELATION_OF = {
    "brand_of": "brand_of", "product_or_service_of": "brand_of", "client_of": "client_of", "competitor_of": "competes_with", "regulated_by": "regulated_by",
    "shareholder_of": "owns", "subsidiary_of": "subsidiary_of", "traded_on": "listed_at",
}  # fmt: skip
LINK_OF = {
    "acquired_by": ("acquisition", "target", "acquirer"),
    "merged_with": ("merger", "party", "party"),
    "collaboration": ("partnership", "party", "party"),
}
"""What the relations of CORE are here."""


@dataclass
class Sentence:
    """One sentence: its pieces in a window, the pieces of all mentions of its names, their kinds, and labels.

    `states` are those of its pieces, where an encoder has read it. `pairs` has two names and the numbers of what is told, empty for nothing, None where it is not known; `parts` the same of each name.
    `news` tells that a pair of which nothing is told may still have a relation that lasts.
    """

    place: Span
    mentions: list[list[Span]]
    kinds: list[int]
    pairs: list[tuple[int, int, list[int] | None]]
    parts: list[list[int] | None]
    news: bool = True
    id: str = ""
    names: list[str] = field(default_factory=list)
    states: Tensor = field(default_factory=lambda: torch.zeros(0))

    @property
    def spans(self) -> list[Span]:
        """The first mention of each name, of which the heads are asked."""
        return [mentions[0] for mentions in self.mentions]


def sentences_of(example: Example, document: Document) -> Iterator[Sentence]:
    """Yield the sentences of a window that hold two names, or one of which something is told."""
    told: dict[int, list[dict[int, int]]] = defaultdict(list)  # by sentence: parts of the parties
    elsewhere: set[int] = set()  # names of which some sentence tells something
    for one in example.told:
        for line in one.evidence:
            told[line].append(dict(one.parties))
        elsewhere.update(name for name, _ in one.parties)
    for line, (begin, end) in enumerate(example.window.sentences):
        inside: dict[int, list[Span]] = {}
        for name, mentions in enumerate(example.mentions):
            here = [(b - begin, e - begin) for b, e in mentions if begin <= b < e <= end]
            if here:
                inside[name] = here
        chosen = sorted(sorted(inside, key=lambda name: inside[name])[:MOST])
        if len(chosen) > 1 or not elsewhere.isdisjoint(chosen):
            kinds = [example.kinds[name] for name in chosen]
            names = [document.entities[example.entities[name]].name for name in chosen]
            parts = [_parts_of(name, told[line], elsewhere) for name in chosen]
            pairs = [
                (i, j, _links_of(chosen[i], chosen[j], told[line], example))
                for i, j in combinations(range(len(chosen)), 2)
                if may_pair(KINDS[kinds[i]], KINDS[kinds[j]])
            ]
            yield Sentence((begin, end), [inside[name] for name in chosen], kinds, pairs, parts, id=document.id, names=names)


def _parts_of(name: int, told: Sequence[dict[int, int]], elsewhere: set[int]) -> list[int] | None:
    here = sorted({parties[name] for parties in told if name in parties})
    return here if here or name not in elsewhere else None


def _links_of(first: int, second: int, told: Sequence[dict[int, int]], example: Example) -> list[int] | None:
    here = {
        LINK_AT[Link(PARTS[parties[first]].type, PARTS[parties[first]].role, PARTS[parties[second]].role)]
        for parties in told
        if first in parties and second in parties
    }
    known = here or not any({first, second} <= {name for name, _ in one.parties} for one in example.told)
    return sorted(here) if known else None


def read_core(path: Path) -> Iterator[tuple[Document, list[int]]]:
    """Read the sentences of CORE (Borchert et al. 2023), each with the label of its pair; its names are told to be companies."""
    for row in json.loads(path.read_text(encoding="utf-8")):
        text, places = _joined(row["context"])
        spans = [(places[row[f"{side}_start"]][0], places[row[f"{side}_end"]][1]) for side in ("e1", "e2")]
        entities = tuple(
            Entity(f"{side} {row[f'{side}_name']}", "company", ((_TITLE_ROOM + begin, _TITLE_ROOM + end),))
            for side, (begin, end) in zip(("e1", "e2"), spans, strict=True)
        )
        document = Document(str(row["id"]), "core", _TITLE, "", text, None, entities, (), simple=False, part=part_of(str(row["id"])))
        yield document, core_label(row["relation"], turned=bool(row["invert_relation"]))


def with_core_label(sentence: Sentence, label: list[int]) -> Sentence:
    """Return a sentence of CORE that has both names, with what is said of its pair, from the side of the name that comes first."""
    told = label if sentence.names[0].startswith("e1 ") else turned(label)
    return replace(sentence, pairs=[(0, 1, told)], parts=[None, None], news=False)


def turned(label: list[int]) -> list[int]:
    """Return the numbers of what is told of a pair, from the other side."""
    numbers = []
    for at in label:
        if at < len(LINKS):
            kind, first, second = LINKS[at]
            numbers.append(next(n for n, link in enumerate(LINKS) if link == (kind, second, first)))
        else:
            name, other = RELATIONS[at - len(LINKS)]
            numbers.append(len(LINKS) + (RELATIONS.index((name, not other)) if (name, not other) in RELATIONS else at - len(LINKS)))
    return numbers


def _joined(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """Join tokens to a text, and return the place of each."""
    text, places = "", []
    for token in tokens:
        glued = token in _GLUED or text.endswith(("(", "[", "$", "#"))
        text += "" if not text or glued else " "
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def core_label(kind: str, *, turned: bool) -> list[int]:
    """Return the number of what CORE says of a pair, from the first entity's side; empty for nothing.

    >>> LINKS[core_label("acquired_by", turned=False)[0]]
    Link(type='acquisition', first='target', second='acquirer')
    """
    if kind in LINK_OF:
        type_, first, second = LINK_OF[kind]
        return [LINK_AT[Link(type_, second, first) if turned else Link(type_, first, second)]]
    if kind in RELATION_OF:
        name = RELATION_OF[kind]
        return [len(LINKS) + RELATION_AT[name, turned and name not in SYMMETRIC]]
    return []


def collate(sentences: Sequence[Sentence]) -> dict[str, Tensor]:
    """Lay sentences side by side."""
    length = max(len(one.states) for one in sentences)
    states, mask = torch.zeros(len(sentences), length, sentences[0].states.shape[1]), torch.zeros(len(sentences), length, dtype=torch.bool)
    rows: dict[str, list[Any]] = defaultdict(list)
    base = 0
    for number, one in enumerate(sentences):
        states[number, : len(one.states)], mask[number, : len(one.states)] = one.states.float(), True
        rows["sentence"] += [number] * len(one.spans)
        rows["spans"] += one.spans
        rows["kinds"] += one.kinds
        rows["one_places"] += places_of(length, one.spans).tolist()
        for i, j, _ in one.pairs:
            rows["first"].append(base + i)
            rows["second"].append(base + j)
            rows["swapped"].append(int(one.spans[j] < one.spans[i]))
            rows["pair_places"] += places_of(length, [one.spans[i]], [one.spans[j]]).tolist()
        base += len(one.spans)
    made = {name: torch.as_tensor(rows[name], dtype=torch.long) for name in ("sentence", "spans", "kinds", "first", "second", "swapped")}
    for name, count in (("one_places", base), ("pair_places", len(rows["first"]))):
        made[name] = torch.as_tensor(rows[name], dtype=torch.long).reshape(count, length)
    return {"states": states, "mask": mask, **made}
