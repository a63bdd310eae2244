"""The heads that read one sentence at a time, in numpy: what is told between two of its names, and of one of them.

The heads of `heads` look at a whole window and have to find out where it tells something. These see one sentence, and were taught by whole
articles and by the sentences of CORE (Borchert et al. 2023, CC BY 4.0): they are a second opinion on what the others read there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsgraph.extract.reader.activations import Array, gelu, sigmoid, softmax
from newsgraph.extract.reader.heads import GLANCES, Span

SYMMETRIC = frozenset({"competes_with"})
_KINDS = ("brand_of", "client_of", "competes_with", "listed_at", "owns", "regulated_by", "subsidiary_of")
RELATIONS = tuple((kind, turned) for kind in _KINDS for turned in ((False,) if kind in SYMMETRIC else (False, True)))
"""Relations that last, and whether the second name is the subject; their order is part of the trained model."""

RELATION_AT = {relation: at for at, relation in enumerate(RELATIONS)}
_BEFORE, _FIRST, _BETWEEN, _SECOND, _BEHIND = range(5)


def places_of(length: int, first: Sequence[Span], second: Sequence[Span] | None = None) -> NDArray[np.int64]:
    """Return where each piece of a sentence is: before both names, in the first, between them, in the second, behind both; a row for each pair.

    >>> places_of(7, [(4, 5)], [(1, 3)]).tolist()
    [[0, 3, 3, 2, 1, 4, 4]]
    >>> places_of(4, [(1, 2)]).tolist()
    [[0, 1, 4, 4]]
    """
    piece = np.arange(length)[None]
    a, b = (np.array(spans, dtype=np.int64).reshape(-1, 2, 1) for spans in (first, first if second is None else second))
    places = np.full((len(a), length), _BETWEEN)
    places[piece < np.minimum(a[:, 0], b[:, 0])] = _BEFORE
    places[piece >= np.maximum(a[:, 1], b[:, 1])] = _BEHIND
    places[(piece >= b[:, 0]) & (piece < b[:, 1])] = _SECOND
    places[(piece >= a[:, 0]) & (piece < a[:, 1])] = _FIRST
    return places


class SentenceView(NamedTuple):
    """A sentence as all of its names look at it: what answers each of its pieces, and what is seen there, (pieces, room)."""

    keys: Array
    content: Array


class SentenceHeads:
    """The heads with their weights."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        """Store weights by name, as the trained network calls them."""
        self._w: dict[str, Array] = {name: np.ascontiguousarray(value.astype(np.float32)) for name, value in weights.items()}

    def names(self, states: Array, spans: Sequence[Span], kinds: Sequence[int]) -> Array:
        """Return the vectors of names of a sentence; `states` are those of its pieces, (pieces, width)."""
        mean = np.stack([states[begin:end].mean(0) for begin, end in spans])
        return gelu(self._dense("name", np.concatenate([mean, self._w["kind.weight"][list(kinds)]], 1)))

    def view(self, states: Array) -> SentenceView:
        """Prepare a sentence, once for all that is asked of it; `states` are those of its pieces."""
        return SentenceView(self._dense("keys", states), self._dense("content", states))

    def pairs(self, view: SentenceView, who: Array, spans: Sequence[Span], pairs: Sequence[tuple[int, int]]) -> Array:
        """Return the probabilities of each pair: of nothing, of each of `LINKS`, of each of `RELATIONS`."""
        first, second = (np.array([pair[side] for pair in pairs]) for side in (0, 1))
        a, b = who[first], who[second]
        swapped = np.array([int(spans[j] < spans[i]) for i, j in pairs])
        asked = np.tanh(self._dense("ask_first", a) + self._dense("ask_second", b) + self._w["swapped.weight"][swapped])
        places = places_of(len(view.keys), [spans[i] for i, _ in pairs], [spans[j] for _, j in pairs])
        seen = self._look(asked, view, places)
        middle = (places == _BETWEEN).astype(np.float32)
        between = middle @ view.content / np.maximum(middle.sum(1, keepdims=True), 1)
        inner = gelu(self._dense("pair", np.concatenate([a, b, a * b, seen, between], 1)))
        return softmax(self._dense("pair_out", inner))

    def ones(self, view: SentenceView, who: Array, spans: Sequence[Span]) -> Array:
        """Return the probability of each name that it has each of `PARTS` in an event that the sentence tells."""
        places = places_of(len(view.keys), spans)
        asked = np.tanh(self._dense("ask_one", who))
        seen = self._look(asked, view, places)
        return sigmoid(self._dense("one_out", gelu(self._dense("one", np.concatenate([who, seen], 1)))))

    def _look(self, asked: Array, view: SentenceView, places: NDArray[np.int64]) -> Array:
        size = asked.shape[1] // GLANCES
        place_key, place_content = self._w["place_key.weight"], self._w["place_content.weight"]
        found = []
        for at in range(0, asked.shape[1], size):
            part = slice(at, at + size)
            scores = asked[:, part] @ view.keys[:, part].T + np.take_along_axis(asked[:, part] @ place_key[:, part].T, places, 1)
            weights = softmax(scores * size**-0.5)
            shares = np.stack([(weights * (places == one)).sum(1) for one in range(len(place_key))], 1)
            found.append(weights @ view.content[:, part] + shares @ place_content[:, part])
        return np.concatenate(found, 1)

    def _dense(self, name: str, x: Array) -> Array:
        y: Array = x @ self._w[f"{name}.weight"].T
        bias = self._w.get(f"{name}.bias")
        return y if bias is None else y + bias
