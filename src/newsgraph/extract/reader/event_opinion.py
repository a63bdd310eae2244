"""What the reader says of an event, wherever that comes from: how likely its links and parts are, and those of its rivals.

A rival is what could be told in its place: the same roles for other parties, other roles of the same parties, or another type.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from newsgraph.extract.reader.group_links import Place, Table, key_of
from newsgraph.extract.reader.labels import LINKS, PART_AT, PARTS, RolePart
from newsgraph.extract.reader.sentence_opinion import SentenceOpinion

OPINION = (
    "least_link", "mean_link", "least_part", "rival_link", "rival_roles", "rival_type", "rival_part", "other_role", "other_type",
    "links_of_type", "parts_of_type", "sentence_pair", "sentence_type", "sentence_single", "sentence_rival_type", "sentence_rival_pair",
    "in_one_sentence",
)  # fmt: skip
"""Numbers of an event, see `EventOpinion.of`: logarithms of odds, and three sums and shares."""

UNKNOWN = -9.0
"""In place of a number that an event does not have: one party has no link. It is lower than all logarithms of odds."""

_FAR = 6.0  # at which a logarithm of odds counts no further
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class EventOpinion:
    """The probabilities of a text: those of its windows and sentences together, and those of single sentences."""

    table: Table
    sentences: SentenceOpinion

    def of(self, kind: str, parties: Sequence[tuple[str, str]]) -> dict[str, float]:
        """Return the numbers of `OPINION` of an event: its type, and roles and names of its parties, in any order."""
        numbers = self.sentences.numbers
        places = sorted((numbers[name], role) for role, name in parties if name in numbers)
        return self._links(kind, places) | self._parts(kind, places) | self._sentences(kind, sorted(parties), {at for at, _ in places})

    def _links(self, kind: str, places: Sequence[Place]) -> dict[str, float]:
        links, who = self.table.links.get(kind, {}), {at for at, _ in places}
        own = [links.get(key_of(one, other), 0.0) for one, other in combinations(places, 2) if one[0] != other[0]]
        rival, roles = 0.0, 0.0
        for (one, other), chance in links.items():
            inside = (one in places) + (other in places)
            outside = other if one in places else one
            if inside == 1 and outside[0] not in who:
                rival = max(rival, chance)
            if inside < len((one, other)) and one[0] in who and other[0] in who:
                roles = max(roles, chance)
        others = (
            chance
            for type_, pairs in self.table.links.items()
            if type_ != kind
            for (one, other), chance in pairs.items()
            if one[0] in who and other[0] in who
        )
        return {
            "least_link": odds_of(min(own)) if own else UNKNOWN,
            "mean_link": odds_of(sum(own) / len(own)) if own else UNKNOWN,
            "rival_link": odds_of(rival),
            "rival_roles": odds_of(roles),
            "rival_type": _highest(others),
            "links_of_type": sum(links.values()),
        }

    def _parts(self, kind: str, places: Sequence[Place]) -> dict[str, float]:
        parts, who = self.table.parts, {at for at, _ in places}
        of_type = {number for number, part in enumerate(PARTS) if part.type == kind}
        roles = {PART_AT[RolePart(kind, role)] for _, role in places if RolePart(kind, role) in PART_AT}
        own = [parts.get((at, PART_AT[RolePart(kind, role)]), 0.0) for at, role in places if RolePart(kind, role) in PART_AT]
        return {
            "least_part": odds_of(min(own)) if own else UNKNOWN,
            "rival_part": _highest(chance for (at, number), chance in parts.items() if at not in who and number in roles),
            "other_role": _highest(chance for (at, number), chance in parts.items() if at not in who and number in of_type - roles),
            "other_type": _highest(chance for (at, number), chance in parts.items() if at in who and number not in of_type),
            "parts_of_type": sum(chance for (_, number), chance in parts.items() if number in of_type),
        }

    def _sentences(self, kind: str, parties: Sequence[tuple[str, str]], who: set[int]) -> dict[str, float]:
        said = self.sentences.of(kind, parties)
        of_type = [at for at, link in enumerate(LINKS) if link.type == kind]
        of_others = [at for at, link in enumerate(LINKS) if link.type != kind]
        pairs = list(combinations(sorted(who), 2))
        read = [self.sentences.pairs[pair] for pair in pairs if pair in self.sentences.pairs]
        beside = [row for pair, row in self.sentences.pairs.items() if len(who & set(pair)) == 1]
        return {
            "sentence_pair": _odds_or_unknown(said.pair),
            "sentence_type": _odds_or_unknown(said.type),
            "sentence_single": _odds_or_unknown(said.single),
            "sentence_rival_type": _highest(float(row[at]) for row in read for at in of_others),
            "sentence_rival_pair": _highest(float(row[at]) for row in beside for at in of_type),
            "in_one_sentence": len(read) / len(pairs) if pairs else UNKNOWN,
        }


def odds_of(chance: float) -> float:
    """Return the logarithm of the odds, between -6 and 6.

    >>> odds_of(0.5), odds_of(0.0), odds_of(1.0)
    (0.0, -6.0, 6.0)
    """
    held = min(max(chance, _TINY), 1 - _TINY)
    return max(-_FAR, min(_FAR, math.log(held / (1 - held))))


def _odds_or_unknown(chance: float | None) -> float:
    return UNKNOWN if chance is None else odds_of(chance)


def _highest(chances: Iterable[float]) -> float:
    return odds_of(max(chances, default=0.0))
