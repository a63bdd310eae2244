"""One spelling, several companies: the mention groups of a name are split where what articles state speaks against one company."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from newsgraph.resolve.companies.mention_groups import CompanyProfile, MentionGroup, affinity, conflict, merge_profiles

Cluster = list[MentionGroup]
Spread = tuple[CompanyProfile, tuple[Counter[str], ...]]
"""The merged profile of a cluster, and how often each of its sectors and countries is stated."""

_SEVERAL = 3  # stated values below which a distribution means nothing
_SHARED = 0.25


@dataclass(frozen=True, slots=True)
class SplitThresholds:
    """The conflict at which two mention groups are two companies."""

    listed: float  # if both are in a list
    other: float

    def of(self, *, listed: bool) -> float:
        """Return the threshold that applies."""
        return self.listed if listed else self.other


def split_homonyms(
    groups: Sequence[MentionGroup], thresholds: SplitThresholds, common: frozenset[str]
) -> tuple[tuple[MentionGroup, ...], ...]:
    """Split the mention groups of one name into companies, the largest first.

    Names in `common` are mentioned with everybody and are ignored. The groups with the most detail come first; each next one joins the
    best fitting of the companies that nothing speaks against. It is compared with all that is known of a company, so that no chain of
    half-fitting articles connects two companies. A group without detail joins the company that shares its co-mentions, else the largest
    company. The result does not depend on the order of `groups`.
    """
    whole = merge_profiles(group.profile for group in groups)
    fields = (whole.tickers, whole.countries, whole.entries, whole.words, whole.sectors | whole.context)
    differing = max(len(values) for values in fields)
    if differing <= 1:
        return (tuple(sorted(groups, key=lambda group: group.group_id)),)
    profiles = {group.group_id: replace(group.profile, co_mentions=group.profile.co_mentions - common) for group in groups}
    ordered = sorted(groups, key=lambda group: (-profiles[group.group_id].detail, group.article.order, group.key))
    clusters: list[Cluster] = []
    known: list[CompanyProfile] = []
    for group in ordered:
        mine = profiles[group.group_id]
        fits = [
            number
            for number, profile in enumerate(known)
            if conflict(mine, profile) < thresholds.of(listed=group.listed and bool(profile.entries))
        ]
        if not fits:
            clusters.append([group])
            known.append(mine)
            continue
        best = max(fits, key=lambda number: (affinity(mine, known[number]), len(clusters[number]), -number))
        clusters[best].append(group)
        if len(fits) == 1 or affinity(mine, known[best]):
            known[best] |= mine
    companies = [tuple(sorted(cluster, key=lambda group: group.group_id)) for cluster in _reunite(clusters)]
    companies.sort(key=lambda cluster: (-len(cluster), min(group.article.order for group in cluster)))
    return tuple(companies)


def _reunite(clusters: Sequence[Cluster]) -> list[Cluster]:
    """Merge clusters with a similar spread of sectors or countries, each with the first that it resembles."""
    reunited: list[Cluster] = []
    spreads: list[Spread] = []
    for cluster in sorted(clusters, key=len, reverse=True):
        mine = _spread(cluster)
        home = next((number for number, spread in enumerate(spreads) if _are_similar(mine, spread)), None)
        if home is None:
            reunited.append(list(cluster))
            spreads.append(mine)
        else:
            reunited[home] += cluster
            spreads[home] = _spread(reunited[home])
    return reunited


def _spread(cluster: Cluster) -> Spread:
    whole = merge_profiles(group.profile for group in cluster)
    counts = (
        Counter(value for group in cluster for value in group.profile.sectors),
        Counter(value for group in cluster for value in group.profile.countries),
    )
    return whole, counts


def _are_similar(one: Spread, other: Spread) -> bool:
    """Return whether two clusters have the same spread of countries or sectors: one company in many places, not two of one country.

    The value that they share most does not count, because two companies of one country share it too.
    """
    (first, mine), (second, theirs) = one, other
    if any(a and b and not a & b for a, b in ((first.tickers, second.tickers), (first.entries, second.entries))):
        return False
    for a, b in zip(mine, theirs, strict=True):
        if a.total() >= _SEVERAL <= b.total():
            shared = sorted(min(a[value] / a.total(), b[value] / b.total()) for value in a.keys() & b.keys())
            if sum(shared[:-1]) >= _SHARED:
                return True
    return False
