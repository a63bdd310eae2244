"""Which IRI each thing gets: the one it had before where most of it was that thing, else a new one that nothing ever had."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from newsgraph.decisions.stable_iris import KeptIris


@dataclass(frozen=True, slots=True)
class Replaced:
    """An IRI that stands for another now, and why: `merged` where what it named is a part of that now, `kept` as an older build said."""

    old: str
    new: str
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class AssignedIris:
    """The IRIs of things, in their order, and the old IRIs that lead to one of them."""

    iris: tuple[str, ...]
    replaced: tuple[Replaced, ...] = field(default=())


def assign_iris(kind: str, natural: Sequence[str], kept: KeptIris, holders: Callable[[str], Mapping[int, int]]) -> AssignedIris:
    """Give each thing its IRI.

    `natural` holds the IRI that each thing would have in a first build, which need not be unique: of equal ones the first
    keeps it, later ones get `-2`, `-3` ... `holders` tells of a member of the kept file which things hold it (by
    position) and with what weight. An old IRI goes to the thing that holds most of it; where several old IRIs meet in one
    thing, the one with most in it stays and the others are replaced.
    """
    votes: Counter[tuple[str, int]] = Counter()
    for iri, members in kept.members.get(kind, {}).items():
        for member in members:
            for number, weight in holders(member).items():
                votes[iri, number] += weight
    given: dict[int, str] = {}
    taken: set[str] = set()
    for (iri, number), _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        if iri not in taken and number not in given:
            given[number] = iri
            taken.add(iri)
    iris = _fill(natural, given, kept.iris(kind))
    return AssignedIris(tuple(iris), tuple(_replaced(kind, votes, iris, kept)))


def _fill(natural: Sequence[str], given: Mapping[int, str], reserved: frozenset[str]) -> list[str]:
    """Name what has no IRI yet; a number is never one that is another thing's own name."""
    used = set(reserved) | set(given.values())
    own = set(natural)
    iris = []
    counts: dict[str, int] = defaultdict(int)
    for number, wanted in enumerate(natural):
        name = given.get(number)
        if name is None:
            name = wanted
            while name in used or (name != wanted and name in own):
                counts[wanted] = max(counts[wanted] + 1, 2)
                name = f"{wanted}-{counts[wanted]}"
            used.add(name)
        iris.append(name)
    return iris


def _replaced(kind: str, votes: Mapping[tuple[str, int], int], iris: Sequence[str], kept: KeptIris) -> list[Replaced]:
    """Lead each old IRI that nothing has to the thing that holds most of it, and chains of old IRIs to their end."""
    standing = set(iris)
    best: dict[str, tuple[int, int]] = {}
    for (iri, number), weight in votes.items():
        if iri not in standing:
            best[iri] = max(best.get(iri, (0, 0)), (weight, -number))
    found = {iri: Replaced(iri, iris[-number], kind, "merged") for iri, (_, number) in best.items()}
    for iri, (of, _) in kept.replaced.items():
        end = iri
        while end not in standing and end not in found and end in kept.replaced:
            end = kept.replaced[end][1]
        end = found[end].new if end in found else end
        # where what it leads to is gone for now, it leads there still: it may come back
        if of == kind and iri not in standing and iri not in found:
            found[iri] = Replaced(iri, end, kind, "kept")
    return [found[iri] for iri in sorted(found)]
