"""An index of story clusters by their heaviest words, which finds those that share most with an article."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice

_LATEST = 200  # clusters that are looked up by a word, those that grew last: a much reported story is always among them
_COMPARED = 12  # clusters that share the heaviest words and are compared in full
_LEAST = 0.5  # sum of the weights of the words that are shared, of a vector of length 1: what shares less is hardly ever one story


class WordIndex:
    """Open clusters (numbers) by word; each has a slot, which is used again when it is removed, so that slots are few."""

    def __init__(self) -> None:
        """Start without clusters."""
        self._by_word: dict[str, dict[int, None]] = {}  # slots, the one that grew last at the end
        self._slots: dict[int, int] = {}
        self._numbers: list[int] = []  # by slot
        self._free: list[int] = []

    def add(self, number: int, words: Iterable[str]) -> None:
        """Add words to a cluster, as the one that grew last."""
        slot = self._slots.get(number)
        if slot is None:
            slot = self._slots[number] = self._free.pop() if self._free else len(self._numbers)
            self._numbers[slot : slot + 1] = [number]
        for word in words:
            slots = self._by_word.get(word)
            if slots is None:
                self._by_word[word] = {slot: None}
            else:
                slots.pop(slot, None)
                slots[slot] = None

    def remove(self, number: int, words: Iterable[str]) -> None:
        """Remove a cluster; `words` are all words that were added to it."""
        slot = self._slots.pop(number)
        self._free.append(slot)
        for word in words:
            slots = self._by_word[word]
            del slots[slot]
            if not slots:
                del self._by_word[word]

    def nearest(self, weights: Mapping[str, float]) -> list[int]:
        """Return the clusters that share words, those first that share most by weight, of equals the one with the lowest number.

        `weights` are in alphabetical order, so that equal words have equal sums. What shares little is left out.
        """
        by_word = self._by_word.get
        known = [
            (slots if len(slots) <= _LATEST else list(islice(reversed(slots), _LATEST)), weight)
            for word, weight in weights.items()
            if (slots := by_word(word))
        ]
        shared = self._sums(known)
        if len(shared) > _COMPARED:
            least = sorted([weight for _, weight in shared])[-_COMPARED]
            shared = [(slot, weight) for slot, weight in shared if weight >= least]
        return [number for _, number in sorted([(-weight, self._numbers[slot]) for slot, weight in shared])[:_COMPARED]]

    def _sums(self, known: Sequence[tuple[Collection[int], float]]) -> list[tuple[int, float]]:
        """Return the slots that share enough, each with the sum of its weights, which are added in the order of the words."""
        if len(self._numbers) <= sum([len(slots) for slots, _ in known]):  # a list is twice as fast as a mapping if most of it is used
            sums = [0.0] * len(self._numbers)
            for slots, weight in known:
                for slot in slots:
                    sums[slot] += weight
            return [(slot, weight) for slot, weight in enumerate(sums) if weight >= _LEAST]
        by_slot: dict[int, float] = {}
        so_far = by_slot.get
        for slots, weight in known:
            for slot in slots:
                by_slot[slot] = so_far(slot, 0.0) + weight
        return [found for found in by_slot.items() if found[1] >= _LEAST]
