"""From probabilities of parts and links to events with two or more parties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsgraph.extract.reader.labels import LINKS, PARTS, ROLES
from newsgraph.extract.reader.sentence_opinion import SentenceOpinion

_DECIMALS = 3
_LEAST = 0.05  # what is less likely is never looked at
Array = NDArray[np.float32]
Place = tuple[int, str]  # a candidate and its role


class Limits(NamedTuple):
    """From which probability on a pair is an event, a candidate joins one, a candidate alone is one."""

    link: float = 0.5
    join: float = 0.3
    alone: float = 0.5
    part: float = 1.1


class Grouped(NamedTuple):
    """An event: its type, candidates with their roles, probability and how it was found: `link`, `alone` or `part`."""

    type: str
    places: tuple[Place, ...]
    chance: float
    how: str


class Table:
    """Probabilities of a whole text: of each candidate's parts and events alone, and of links of pairs; the highest of all windows."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.links: dict[str, dict[tuple[Place, Place], float]] = defaultdict(dict)
        self.parts: dict[tuple[int, int], float] = {}
        self.alone: dict[tuple[int, int], float] = {}
        self.window: dict[object, int] = {}

    def add(
        self, window: int, candidates: Sequence[int], parts: Array, alone: Array, pairs: Sequence[tuple[int, int]], links: Array
    ) -> None:
        """Add a window's probabilities; `candidates` are the text's numbers of the window's candidates."""
        for table, rows in ((self.parts, parts), (self.alone, alone)):
            for row, number in zip(*np.nonzero(rows >= _LEAST), strict=True):
                chance, key = round(float(rows[row, number]), _DECIMALS), (candidates[row], int(number))
                if chance > table.get(key, 0.0):
                    table[key] = chance
                    self.window[table is self.alone, *key] = window
        for row, number in zip(*np.nonzero(links >= _LEAST), strict=True):
            link, (first, second) = LINKS[number], pairs[row]
            pair = key_of((candidates[first], link.first), (candidates[second], link.second))
            self._raise(link.type, pair, float(links[row, number]), window)

    def add_opinion(self, window: int, opinion: SentenceOpinion) -> None:
        """Raise the probabilities of a window to those that one of its sentences alone says, where these are higher."""
        for pair, row in opinion.pairs.items():
            for number in np.nonzero(row >= _LEAST)[0]:
                link = LINKS[number]
                self._raise(link.type, key_of((pair[0], link.first), (pair[1], link.second)), float(row[number]), window)
        for candidate, row in opinion.singles.items():
            for number in np.nonzero(row >= _LEAST)[0]:
                chance, key = round(float(row[number]), _DECIMALS), (candidate, int(number))
                if chance > self.parts.get(key, 0.0):
                    self.parts[key] = chance
                    self.window[False, *key] = window

    def _raise(self, kind: str, pair: tuple[Place, Place], chance: float, window: int) -> None:
        chance = round(chance, _DECIMALS)
        if chance > self.links[kind].get(pair, 0.0):
            self.links[kind][pair] = chance
            self.window[kind, pair] = window

    def group(self, limits: Limits, by_type: Mapping[str, Limits] | None = None) -> list[tuple[Grouped, int]]:
        """Return the events and the window that tells each best."""
        found: list[tuple[Grouped, int]] = []
        for kind in ROLES:
            own = (by_type or {}).get(kind, limits)
            found += self._linked(kind, own)
            found += self._single(kind, own, [one for one, _ in found if one.type == kind])
        return found

    def _linked(self, kind: str, limits: Limits) -> list[tuple[Grouped, int]]:
        links = self.links.get(kind, {})
        ranked = sorted(((-round(chance, _DECIMALS), key) for key, chance in links.items() if chance >= limits.link))
        beside: dict[Place, set[Place]] = defaultdict(set)  # what may join must be linked with all that are there
        for one, other in links:
            beside[one].add(other)
            beside[other].add(one)
        used: set[frozenset[int]] = set()  # two candidates stand in one event of a type in one way
        events: list[tuple[Grouped, int]] = []
        for negative, key in ranked:
            if frozenset((key[0][0], key[1][0])) in used or key[0][0] == key[1][0]:
                continue
            places = list(key)
            others = beside[key[0]] & beside[key[1]]
            joined = sorted((-_least(links, places, place), place) for place in others if place[0] not in {at for at, _ in places})
            for chance, place in joined:
                if -chance >= limits.join and place[0] not in {at for at, _ in places} and _least(links, places, place) >= limits.join:
                    places.append(place)
            used |= {frozenset((one, other)) for one, _ in places for other, _ in places if one != other}
            events.append((Grouped(kind, tuple(places), -negative, "link"), self.window[kind, key]))
        return events

    def _single(self, kind: str, limits: Limits, taken: Sequence[Grouped]) -> list[tuple[Grouped, int]]:
        busy = {place for one in taken for place in one.places}
        whole = {at for at, _ in busy}
        events = []
        for table, least, how in ((self.alone, limits.alone, "alone"), (self.parts, limits.part, "part")):
            for (at, number), chance in sorted(table.items()):
                part = PARTS[number]
                if part.type == kind and chance >= least and (at, part.role) not in busy and not (how == "part" and at in whole):
                    busy.add((at, part.role))
                    whole.add(at)
                    events.append(
                        (Grouped(kind, ((at, part.role),), round(chance, _DECIMALS), how), self.window[how == "alone", at, number])
                    )
        return events


def key_of(one: Place, other: Place) -> tuple[Place, Place]:
    """Return the two places of a link in the order of `Table.links`."""
    return (one, other) if one <= other else (other, one)


def _least(links: Mapping[tuple[Place, Place], float], places: Sequence[Place], place: Place) -> float:
    return min(links.get(key_of(one, place), 0.0) for one in places)
