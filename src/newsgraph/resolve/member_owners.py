"""Which IRI each member of the file of kept IRIs belongs to: it is the one that the member was first published with.

A member keeps its IRI while a decision makes it part of another node, so that the IRI finds it again if the decision is taken back. Only a
node with a new IRI takes its members from other IRIs: its thing was divided.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, cast

from newsgraph.decisions.stable_iris import KeptIris


class NodePart(NamedTuple):
    """A part of a node by which later builds recognise it: a name in an article, a report, an article.

    `exact` is what a file of kept IRIs calls it if other nodes have parts of the same `common` name, which it uses otherwise. `old_names`
    are those of earlier versions. `other_names` are looked up last, for IRIs of which no member is found: words that are not the name by
    which the part counts now. `name` is the normalised name of a company. A part that does not `count` has no vote on its node's IRI.
    `natural` is the IRI that it would have if people had not joined it to others.
    """

    exact: str
    common: str
    old_names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    name: str = ""
    counts: bool = True
    natural: str = ""


def file_owners(kind: str, kept: KeptIris) -> dict[str, list[str]]:
    """Return the IRIs that a file of kept IRIs gives each member to; it is one, except in files of 0.1.0."""
    owners: dict[str, list[str]] = defaultdict(list)
    for iri, members in kept.members.get(kind, {}).items():
        for member in members:
            owners[member].append(iri)
    return dict(owners)


def owners_of(part: NodePart, owners: Mapping[str, Sequence[str]]) -> Collection[str]:
    """Return the IRIs to which a part belongs, by its most exact name that the file has."""
    for name in (part.exact, part.common):
        if name in owners:
            return owners[name]
    return {iri for name in part.old_names for iri in owners.get(name, ())}


def own_members(
    kind: str, kept: KeptIris, iris: Sequence[str], fresh: Collection[int], homes: Mapping[str, int], parts: Sequence[Sequence[NodePart]]
) -> dict[str, tuple[str, ...]]:
    """Return the members of every IRI of a file of kept IRIs and of every node.

    `fresh` are the nodes (positions) with new IRIs, `homes` the nodes that old IRIs lead to.
    """
    owners = file_owners(kind, kept)
    reserved = kept.members.get(kind, {}).keys() | frozenset(iris)
    by_common: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))  # common name -> IRI -> exact names
    seen: set[str] = set()
    for at, of_node in enumerate(parts):
        for part, owner in zip(of_node, _part_owners(at, iris[at], of_node, owners, homes, reserved, is_new=at in fresh), strict=True):
            by_common[part.common][owner].add(part.exact)
        if owners:
            for part in of_node:
                seen.update((part.exact, part.common, *part.old_names))
    members: dict[str, set[str]] = defaultdict(set)
    unseen: dict[str, set[str]] = defaultdict(set)
    for iri, names in kept.members.get(kind, {}).items():
        members[iri] = {name for name in names if name not in seen}
        for name in members[iri]:
            unseen[name.rpartition("@")[0]].add(iri)
    for common, by_iri in by_common.items():
        single = len(by_iri) == 1 and unseen.get(common, frozenset()) <= by_iri.keys()
        for iri, exact in by_iri.items():
            members[iri] |= {common} if single else exact
    redirected = {iri for iri in kept.replaced if iri not in kept.members.get(kind, {})}
    return {iri: tuple(sorted(names or {""})) for iri, names in members.items() if names or iri not in redirected}


def _part_owners(
    at: int, current: str, parts: Sequence[NodePart], owners: Mapping[str, Sequence[str]], homes: Mapping[str, int],
    reserved: Collection[str], *, is_new: bool,
) -> list[str]:  # fmt: skip
    """Return the IRI to which each part of one node belongs from now on."""
    if not owners:
        return [part.natural if part.natural and part.natural not in reserved else current for part in parts]
    known: list[str | None] = []
    for part in parts:
        of_part = owners_of(part, owners)
        first = next(iter(of_part), None) if len(of_part) <= 1 else min(of_part, key=lambda iri: (homes.get(iri) != at, iri))
        known.append(first if first is not None and not is_new and (part.counts or homes.get(first) == at) else None)
    if None not in known:  # as of all nodes without new parts, which are nearly all
        return cast("list[str]", known)
    here: dict[str, Counter[str]] = defaultdict(Counter)
    for part, owner in zip(parts, known, strict=True):
        if owner is not None and homes.get(owner) == at:
            here[part.common][owner] += 1
    return [
        owner or _first_owner(part, here[part.common], current, reserved) for part, owner in zip(parts, known, strict=True)
    ]  # fmt: skip


def _first_owner(part: NodePart, here: Counter[str], current: str, reserved: Collection[str]) -> str:
    """Return the IRI that a part is published with: that of other parts of its name in the node, else its own, else the node's."""
    if here:
        return min(here, key=lambda iri: (-here[iri], iri))
    return part.natural if part.natural and part.natural not in reserved else current
