"""The heads that are asked about candidates, in numpy: parts, links, and the fields of one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsgraph.extract.reader.activations import gelu, sigmoid, softmax
from newsgraph.extract.reader.labels import LINKS, PART_AT, PARTS, PHRASES, TYPES, VALUES, RolePart

Array = NDArray[np.float32]
Span = tuple[int, int]
FIELDS = (*VALUES, *PHRASES)
GLANCES = 4
NEAR = 3
_FIRST = np.array([PART_AT[RolePart(link.type, link.first)] for link in LINKS])
_SECOND = np.array([PART_AT[RolePart(link.type, link.second)] for link in LINKS])
_TYPE_OF = [TYPES.index(part.type) for part in PARTS]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the heads keep of one window: its states, what looks ask for, candidates and sentences."""

    states: Array
    keys: Array
    content: Array
    who: Array
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Chances:
    """Probabilities over one window: of each candidate's parts and of its events alone, and of each pair's links."""

    parts: Array
    alone: Array
    pairs: tuple[tuple[int, int], ...]
    links: Array


@dataclass(frozen=True, slots=True)
class FieldChances:
    """Probabilities of an event's fields: each status, background, each sentence, what each value is of or whether it is the event's.

    `money[i]` has none first; `none` has a probability for each of `FIELDS` that the event has none of them, and `published` that its day is the article's.
    """

    status: Array
    background: float
    sentences: Array
    money: Array
    chosen: Array
    none: Array
    published: float


@dataclass(frozen=True, slots=True)
class Choices:
    """What may fill the fields of any event of one window: its sentences and values as the heads see them.

    `lines` and `values` are projected states; `known` is what each value adds to the question whether it is an event's, `kinds` what its
    field does, `sentences` the sentence of each, and `places` which values each of `FIELDS` has.
    """

    lines: Array
    values: Array
    known: Array
    kinds: Array
    sentences: tuple[int, ...]
    places: tuple[tuple[int, ...], ...]


class Heads:
    """The heads with their weights."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        """Store weights by name, as the trained network calls them."""
        self._w: dict[str, Array] = {name: np.ascontiguousarray(value.astype(np.float32)) for name, value in weights.items()}

    def see(self, states: Array, mentions: Sequence[Sequence[Span]], kinds: Sequence[int], sentences: Sequence[Span]) -> Seen:
        """Prepare a window: states of its pieces, mentions and kinds of its candidates, pieces of its sentences."""
        pooled = np.stack([np.stack([states[b:e].mean(0) for b, e in one]).max(0) for one in mentions])
        who = gelu(self._dense("candidate", np.concatenate([pooled, self._w["kind.weight"][list(kinds)]], 1)))
        return Seen(states, self._dense("keys", states), self._dense("content", states), who, tuple(sentences))

    def chances(self, seen: Seen, pairs: Sequence[tuple[int, int]], near: Sequence[int]) -> Chances:
        """Return probabilities of parts, events alone and links of pairs; `near` is how many sentences each pair lies apart, at most two."""
        who = seen.who
        x = gelu(self._dense("one", np.concatenate([who, self._look(self._dense("ask_one", who), seen)], 1)))
        parts, alone = self._dense("parts", x), self._dense("alone", x)
        over = parts[:, 1:] - parts[:, :1]
        links = np.zeros((0, len(LINKS)), np.float32)
        if pairs:
            first, second = (np.array([pair[side] for pair in pairs]) for side in (0, 1))
            asked = np.tanh(self._dense("ask_first", who)[first] + self._dense("ask_second", who)[second])
            both = self._dense("both", who)
            x = self._dense("pair_first", who)[first] + self._dense("pair_second", who)[second]
            x += self._dense("pair_both", both[first] * both[second]) + self._dense("pair_seen", self._look(asked, seen))
            logits = self._dense("links", gelu(x + self._w["near.weight"][np.array(near)]))
            links = sigmoid(logits[:, 1:] - logits[:, :1] + self._w["lean"] * (over[first][:, _FIRST] + over[second][:, _SECOND]))
        return Chances(sigmoid(over), sigmoid(alone[:, 1:] - alone[:, :1]), tuple(pairs), links)

    def choices(self, seen: Seen, values: Sequence[tuple[str, Span, int]]) -> Choices:
        """Prepare the values of a window, once for all of its events: the field that each may fill, its pieces and its sentence."""
        lines = self._dense("sentence", np.stack([seen.states[b:e].mean(0) if e > b else seen.states[0] for b, e in seen.sentences]))
        places = tuple(tuple(n for n, (kind, *_) in enumerate(values) if kind == name) for name in FIELDS)
        if not values:
            nothing = np.zeros((0, 0), np.float32)
            return Choices(lines, nothing, nothing, nothing, (), places)
        v = self._dense("value", np.stack([seen.states[b:e].mean(0) for _, (b, e), _ in values]))
        kinds = self._w["field_in.weight"][[FIELDS.index(kind) for kind, *_ in values]]
        return Choices(lines, v, self._dense("field_value", v), kinds, tuple(line for *_, line in values), places)

    def fields(self, seen: Seen, parties: Sequence[tuple[int, int]], choices: Choices) -> FieldChances:
        """Return probabilities of the fields of an event: `parties` are candidates with the number of their part."""
        mean = np.mean([seen.who[n] + self._w["part_in.weight"][part] for n, part in parties], axis=0)
        x = gelu(self._dense("event", mean[None]) + self._w["type_in.weight"][_TYPE_OF[parties[0][1]]])
        event = gelu(self._dense("event_seen", np.concatenate([x, self._look(self._dense("ask_event", x), seen)], 1)))
        scores = (self._dense("ask_sentence", event) @ choices.lines.T)[0] * choices.lines.shape[1] ** -0.5
        pointed = _log_softmax(scores)
        none = self._dense("none", event)[0]
        count = len(choices.sentences)
        money, chosen = np.zeros((count, self._w["money.bias"].size), np.float32), np.zeros(count, np.float32)
        if count:
            y = self._dense("field_event", event) + choices.known
            y += self._dense("field_both", self._dense("ask_value", event) * choices.values)
            y += choices.kinds
            y = gelu(y + pointed[list(choices.sentences)][:, None] * self._w["field_near.weight"][:, 0])
            money, chosen = softmax(self._dense("money", y)), self._dense("chosen", y)[:, 0]
        chances, empty, today = np.zeros(count, np.float32), np.ones(len(FIELDS), np.float32), 0.0
        for number, name in enumerate(FIELDS[1:], start=1):
            at = list(choices.places[number])
            row = softmax(np.concatenate([none[number : number + 1], none[-1:] if name == "when" else [], chosen[at]]))
            empty[number], chances[at] = row[0], row[len(row) - len(at) :]
            today = float(row[1]) if name == "when" else today
        past = float(sigmoid(self._dense("background", event))[0, 0])
        return FieldChances(softmax(self._dense("status", event)[0]), past, np.exp(pointed), money, chances, empty, today)

    def _dense(self, name: str, x: Array) -> Array:
        y: Array = x @ self._w[f"{name}.weight"].T
        bias = self._w.get(f"{name}.bias")
        return y if bias is None else y + bias

    def _look(self, asked: Array, seen: Seen) -> Array:
        size = asked.shape[1] // GLANCES
        found = []
        for at in range(0, asked.shape[1], size):
            weights = softmax(asked[:, at : at + size] @ seen.keys[:, at : at + size].T * size**-0.5)
            found.append(weights @ seen.content[:, at : at + size])
        return np.concatenate(found, 1)


def _log_softmax(x: Array) -> Array:
    y = x - x.max(-1, keepdims=True)
    logs: Array = y - np.log(np.exp(y).sum(-1, keepdims=True))
    return logs
