"""One spelling, several companies: the units of a name are kept apart where what articles tell speaks against one company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsgraph.resolve.companies.mention_groups import CompanyProfile, MentionGroup, affinity, against, merge_profiles

Cluster = list[MentionGroup]
Told = tuple[CompanyProfile, tuple[Counter[str], ...]]
"""What a cluster is told to be, and how often each of its sectors and places is told."""

_SEVERAL = 3  # values told, below which a spread shows nothing
_SPREAD = 0.25


@dataclass(frozen=True, slots=True)
class Least:
    """How much must speak against two units being of one company."""

    listed: float  # where both stand in a list
    other: float

    def of(self, *, listed: bool) -> float:
        """Give the one that holds."""
        return self.listed if listed else self.other


def split_homonyms(units: Sequence[MentionGroup], least: Least, common: frozenset[str]) -> tuple[tuple[MentionGroup, ...], ...]:
    """Part the units of one name into companies, the most told first; `least` says how much must speak against one company, of listed names and of others.

    Names in `common` stand beside everybody and say nothing. Units that tell most begin; each next one joins the company
    that it fits best, of those that nothing speaks against, compared with all that is known of it, so that no chain of
    half-fitting articles ties two companies together. A unit that tells nothing goes with who is named beside it, else to
    the most told company. The answer does not depend on the order of `units`.
    """
    whole = merge_profiles(unit.profile for unit in units)
    differing = max(len(whole.tickers), len(whole.sectors), len(whole.countries), len(whole.entries), len(whole.words), len(whole.around))
    if differing <= 1:
        return (tuple(sorted(units, key=lambda unit: unit.place)),)
    bare = {unit.place: replace(unit.profile, beside=unit.profile.beside - common) for unit in units}
    ordered = sorted(units, key=lambda unit: (-bare[unit.place].told, unit.article.order, unit.key))
    clusters: list[Cluster] = []
    known: list[CompanyProfile] = []
    for unit in ordered:
        mine = bare[unit.place]
        fits = [
            number
            for number, profile in enumerate(known)
            if against(mine, profile) < least.of(listed=unit.listed and bool(profile.entries))
        ]
        if not fits:
            clusters.append([unit])
            known.append(mine)
            continue
        best = max(fits, key=lambda number: (affinity(mine, known[number]), len(clusters[number]), -number))
        clusters[best].append(unit)
        if len(fits) == 1 or affinity(mine, known[best]):
            known[best] |= mine
    found = [tuple(sorted(cluster, key=lambda unit: unit.place)) for cluster in _reunited(clusters)]
    found.sort(key=lambda cluster: (-len(cluster), min(unit.article.order for unit in cluster)))
    return tuple(found)


def _reunited(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Put clusters together that are told alike, each with the first that it is like."""
    found: list[Cluster] = []
    told: list[Told] = []
    for cluster in sorted(clusters, key=len, reverse=True):
        mine = _told(cluster)
        home = next((number for number, other in enumerate(told) if _told_alike(mine, other)), None)
        if home is None:
            found.append(list(cluster))
            told.append(mine)
        else:
            found[home] += cluster
            told[home] = _told(found[home])
    return found


def _told(cluster: Cluster) -> Told:
    whole = merge_profiles(unit.profile for unit in cluster)
    counts = (
        Counter(value for unit in cluster for value in unit.profile.sectors),
        Counter(value for unit in cluster for value in unit.profile.countries),
    )
    return whole, counts


def _told_alike(one: Told, other: Told) -> bool:
    """Tell whether two clusters have the same spread of places or of sectors: one company in many places, not two of one country.

    The spread is what they share beside the value that they share most, which two companies of one country share too.
    """
    (first, mine), (second, theirs) = one, other
    if any(a and b and not a & b for a, b in ((first.tickers, second.tickers), (first.entries, second.entries))):
        return False
    for a, b in zip(mine, theirs, strict=True):
        if a.total() >= _SEVERAL <= b.total():
            shared = sorted(min(a[value] / a.total(), b[value] / b.total()) for value in a.keys() & b.keys())
            if sum(shared[:-1]) >= _SPREAD:
                return True
    return False
