"""IRIs that stay the same from build to build: a node keeps the IRI that most of it had before, else it gets a new, unused one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsgraph.decisions.stable_iris import KeptIris


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
    """The IRIs of some nodes, in their order, and the old IRIs that now lead to one of them."""

    iris: tuple[str, ...]
    replaced: tuple[Replaced, ...] = field(default=())


def assign_iris(kind: str, natural: Sequence[str], kept: KeptIris, holders: Mapping[str, Mapping[int, int]]) -> AssignedIris:
    """Assign an IRI to each node.

    `natural` has the IRI that each node would get in a first build. These need not be unique: the first of equal IRIs keeps it, later
    ones get `-2`, `-3` and so on. `holders` maps each member in the file of kept IRIs to the nodes (by position) that hold it, each
    with a weight. An old IRI goes to the node that holds most of it; if several old IRIs meet in one node, the one with most in it
    stays and the others are replaced.
    """
    votes: Counter[tuple[str, int]] = Counter()
    for iri, members in kept.members.get(kind, {}).items():
        for member in members:
            for position, weight in holders.get(member, {}).items():
                votes[iri, position] += weight
    inherited: dict[int, str] = {}
    taken: set[str] = set()
    for (iri, position), _ in sorted(votes.items(), key=lambda item: (-item[1], item[0])):
        if iri not in taken and position not in inherited:
            inherited[position] = iri
            taken.add(iri)
    iris = _fill(natural, inherited, kept.iris(kind))
    return AssignedIris(tuple(iris), tuple(_replaced(kind, votes, iris, kept)))


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


def _replaced(kind: str, votes: Mapping[tuple[str, int], int], iris: Sequence[str], kept: KeptIris) -> list[Replaced]:
    """Lead each old IRI that is no longer in use to the node that holds most of it, and chains of old IRIs to their end."""
    in_use = set(iris)
    best: dict[str, tuple[int, int]] = {}
    for (iri, position), weight in votes.items():
        if iri not in in_use:
            best[iri] = max(best.get(iri, (0, 0)), (weight, -position))
    replaced = {iri: Replaced(iri, iris[-position], kind, "merged") for iri, (_, position) in best.items()}
    for iri, (iri_kind, _) in kept.replaced.items():
        end = iri
        while end not in in_use and end not in replaced and end in kept.replaced:
            end = kept.replaced[end][1]
        end = replaced[end].new if end in replaced else end
        # The target may be missing from this build only for now, so the old IRI still leads to it.
        if iri_kind == kind and iri not in in_use and iri not in replaced:
            replaced[iri] = Replaced(iri, end, kind, "kept")
    return [replaced[iri] for iri in sorted(replaced)]
