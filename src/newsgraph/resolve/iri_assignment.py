"""IRIs that stay the same from build to build: a node keeps the IRI that most of it had before, else it gets a new, unused one.

Every IRI that was ever published keeps its own members for good, also while it is replaced. So whatever decisions join or divide, and in
whatever order they are taken back, each IRI leads to the node that holds what it once named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from newsgraph.core.company_names import name_key
from newsgraph.decisions.stable_iris import KeptIris
from newsgraph.resolve.member_owners import NodePart, file_owners, own_members, owners_of

_NUMBER = re.compile(r"-\d+$")


@dataclass(frozen=True, slots=True)
class Replaced:
    """An old IRI, the IRI that replaces it, and why.

    `rule` is `merged` if what the old IRI named is part of another node now, `kept` if an earlier build had replaced it already, and
    `decision` if people joined the two.
    """

    old: str
    new: str
    kind: str
    rule: str


@dataclass(frozen=True, slots=True)
class AssignedIris:
    """The IRIs of some nodes, in their order, the old IRIs that now lead to one of them, and the own members of every IRI."""

    iris: tuple[str, ...]
    replaced: tuple[Replaced, ...] = field(default=())
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def assign_iris(kind: str, natural: Sequence[str], kept: KeptIris, parts: Sequence[Sequence[NodePart]]) -> AssignedIris:
    """Assign an IRI to each node.

    `natural` has the IRI that each node would get in a first build. These need not be unique: the first of equal IRIs keeps it, later
    ones get `-2`, `-3` and so on. `parts` are what each node is made of. An old IRI leads to the node that holds most of its own members.
    If several old IRIs lead to one node, the one with most in it stays and the others are replaced; one that was replaced by another of
    them before remains so.
    """
    votes = _votes(file_owners(kind, kept), parts)
    homes = _homes(votes, natural)
    inherited = _inherited(homes, votes, natural, kept)
    iris = _fill(natural, inherited, kept.iris(kind))
    fresh = {at for at in range(len(iris)) if at not in inherited}
    return AssignedIris(tuple(iris), tuple(_replaced(kind, homes, iris, kept)), own_members(kind, kept, iris, fresh, homes, parts))


def _votes(owners: Mapping[str, Sequence[str]], parts: Sequence[Sequence[NodePart]]) -> dict[tuple[str, int], tuple[int, int]]:
    """Count how many parts of each node belong to each old IRI: those with the name that the IRI is made of, and all.

    An IRI none of whose members is a part of a node is looked for among the other names of parts.
    """
    if not owners:
        return {}
    name_in = cache(_name_in)
    found: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    other: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0])
    for at, of_node in enumerate(parts):
        for part in of_node:
            for iri in owners_of(part, owners) if part.counts else ():
                count = found[iri, at]
                count[0] += bool(part.name) and part.name == name_in(iri)
                count[1] += 1
            for iri in {iri for name in part.other_names for iri in owners.get(name, ())}:
                other[iri, at][1] += 1
    seen = {iri for iri, _ in found}
    return {key: (named, count) for key, (named, count) in [*found.items(), *(item for item in other.items() if item[0][0] not in seen)]}


def _name_in(iri: str) -> str:
    """Return the normalised name that an IRI of a company is made of."""
    return name_key(_NUMBER.sub("", iri.rpartition("/")[2]))


def _homes(votes: Mapping[tuple[str, int], tuple[int, int]], natural: Sequence[str]) -> dict[str, int]:
    """Return the node (position) that each old IRI leads to: that with most of its members, of equals the one that it is made for."""
    best: dict[str, tuple[int, int, bool, int]] = {}
    for (iri, at), (named, count) in votes.items():
        best[iri] = max(best.get(iri, (-1, 0, False, 0)), (named, count, natural[at] == iri, -at))
    return {iri: -rank[-1] for iri, rank in best.items()}


def _inherited(
    homes: Mapping[str, int], votes: Mapping[tuple[str, int], tuple[int, int]], natural: Sequence[str], kept: KeptIris
) -> dict[int, str]:
    """Choose one of the old IRIs that lead to a node."""
    by_node: dict[int, list[str]] = defaultdict(list)
    for iri in sorted(homes):
        by_node[homes[iri]].append(iri)
    chosen = {}
    for at, iris in by_node.items():
        free = [iri for iri in iris if set(iris).isdisjoint(_successors(iri, kept))]
        chosen[at] = min(free, key=lambda iri: (-votes[iri, at][1], natural[at] != iri, iri))
    return chosen


def _successors(iri: str, kept: KeptIris) -> Iterator[str]:
    """Yield the IRIs that replaced an IRI before, one after the other."""
    while iri in kept.replaced:
        iri = kept.replaced[iri][1]
        yield iri


def _fill(natural: Sequence[str], inherited: Mapping[int, str], reserved: frozenset[str]) -> list[str]:
    """Add an IRI for each node that inherited none; a numbered IRI never equals the natural IRI of another node."""
    used = set(reserved) | set(inherited.values())
    all_natural = set(natural)
    iris = []
    counts: dict[str, int] = defaultdict(int)
    for position, wanted in enumerate(natural):
        iri = inherited.get(position)
        if iri is None:
            iri = wanted
            while iri in used or (iri != wanted and iri in all_natural):
                counts[wanted] = max(counts[wanted] + 1, 2)
                iri = f"{wanted}-{counts[wanted]}"
            used.add(iri)
        iris.append(iri)
    return iris


def _replaced(kind: str, homes: Mapping[str, int], iris: Sequence[str], kept: KeptIris) -> list[Replaced]:
    """Lead each old IRI that is no longer in use to the node that holds most of it, and chains of old IRIs to their end."""
    in_use = set(iris)
    replaced = {iri: Replaced(iri, iris[at], kind, "merged") for iri, at in homes.items() if iri not in in_use}
    for iri, (iri_kind, _) in kept.replaced.items():
        end = iri
        while end not in in_use and end not in replaced and end in kept.replaced:
            end = kept.replaced[end][1]
        end = replaced[end].new if end in replaced else end
        # The target may be missing from this build only for now, so the old IRI still leads to it.
        if iri_kind == kind and iri not in in_use and iri not in replaced:
            replaced[iri] = Replaced(iri, end, kind, "kept")
    return [replaced[iri] for iri in sorted(replaced)]
