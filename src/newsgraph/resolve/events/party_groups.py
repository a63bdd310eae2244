"""Which reports may be of one event by their parties: those of the same parties, and wordings that name more or fewer of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.resolve.union_find import UnionFind

if TYPE_CHECKING:
    from newsgraph.resolve.events.resolved_reports import ResolvedReport

# Types that are sometimes reported with their parties reversed: a lawsuit and a countersuit are two events, a deal both ways is one.
_REVERSIBLE = frozenset({"acquisition", "investment"})
_PAIR = 2
_Key = tuple[str, tuple[str, ...]]


def party_groups(reports: Sequence[ResolvedReport], parents: Mapping[str, str]) -> list[list[ResolvedReport]]:
    """Group reports by type and parties, in the order of type and parties.

    Of a type without directions, reports of some of the parties of another report belong to it: "A and B partner" to "A, B and C partner".
    `parents` maps companies to those that they belong to: one sale of a part may be reported with either as its buyer.
    """
    groups: dict[_Key, list[ResolvedReport]] = defaultdict(list)
    joined: UnionFind[_Key] = UnionFind()
    for resolved in reports:
        key, *aliases = _keys(resolved)
        groups[key].append(resolved)
        joined.find(key)
        for alias in aliases:
            joined.join(key, alias)
    for one, other in (*_parts_of_wholes(groups), *_families(groups, parents)):
        joined.join(one, other)
    merged: dict[_Key, list[ResolvedReport]] = defaultdict(list)
    for key in sorted(groups):
        merged[joined.find(key)] += groups[key]
    return [merged[key] for key in sorted(merged)]


def _keys(resolved: ResolvedReport) -> list[_Key]:
    """Return the key of a report, then those under which it may be reported otherwise: what is bought, and who sells it."""
    kind = EVENT_TYPES[resolved.report.type]
    if kind.symmetric:
        return [(kind.name, tuple(sorted(resolved.parties)))]
    first, second = resolved.pair
    if kind.name not in _REVERSIBLE:
        return [(kind.name, (first, second if second in resolved.parties else ""))]
    seconds = dict.fromkeys((second, *resolved.of("seller"))) if kind.name == "acquisition" else {second: None}
    firsts = dict.fromkeys((first, *resolved.of(kind.first)))
    # who buys something unnamed is not bought
    pairs = [tuple(sorted((one, other))) if one and other else (one, other) for one in firsts for other in seconds]
    return [(kind.name, pair) for pair in dict.fromkeys(pairs)]


def _parts_of_wholes(groups: Mapping[_Key, object]) -> Iterator[tuple[_Key, _Key]]:
    """Yield the keys of three parties or more with those of some of them."""
    by_party: dict[tuple[str, str], list[_Key]] = defaultdict(list)
    for type_name, parties in groups:
        if EVENT_TYPES[type_name].symmetric and len(parties) >= _PAIR:
            by_party[type_name, parties[0]].append((type_name, parties))
    for type_name, parties in groups:
        if EVENT_TYPES[type_name].symmetric and len(parties) > _PAIR:
            for party in parties:
                for other in by_party[type_name, party]:
                    if set(other[1]) < set(parties):
                        yield (type_name, parties), other


def _families(groups: Mapping[_Key, Sequence[ResolvedReport]], parents: Mapping[str, str]) -> Iterator[tuple[_Key, _Key]]:
    """Yield the keys of sales of a part that differ in the buyer only, where one buyer belongs to the other."""
    for key, reports in groups.items() if parents else ():
        type_name, parties = key
        if type_name != "acquisition" or not any(resolved.report.part for resolved in reports):
            continue
        for buyer in parties:
            if buyer in parents:
                other = type_name, tuple(sorted({parents[buyer] if party == buyer else party for party in parties}))
                if other != key and other in groups:
                    yield other, key
