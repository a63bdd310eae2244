"""Names for the regions of the map, after their most linked members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsgraph.explorer.node_numbers import NodeNumbers

LENGTH = 40
_WORDY = frozenset({"story", "event"})  # their labels are sentences; they name a region only if there is nothing else
_EQUAL = 3  # a second name is added to the first if its node has at least a third as many articles


def region_names(numbering: NodeNumbers, labels: Sequence[str], regions: Iterable[Sequence[int]]) -> list[str]:
    """Return a name for each region, given its members, the most linked first: one member's name, or two of similar weight if they are short.

    A region is not named first after what another one before it is named after, if it has other members.
    """
    taken: set[str] = set()
    names = []
    for members in regions:
        candidates = [node for node in members if numbering.frame["kind"][node] not in _WORDY] or list(members)
        free = [node for node in candidates if labels[node].casefold() not in taken] or candidates
        taken.add(labels[free[0]].casefold())
        names.append(_name(numbering, labels, free))
    return names


def _name(numbering: NodeNumbers, labels: Sequence[str], candidates: Sequence[int]) -> str:
    articles = numbering.frame["articles"]
    first = candidates[0]
    second = next((node for node in candidates[1:] if labels[node] != labels[first]), first)
    both = f"{labels[first]}, {labels[second]}"
    equal = _EQUAL * (articles[second] or 0) >= (articles[first] or 0)
    return both if second != first and equal and len(both) <= LENGTH else labels[first]
