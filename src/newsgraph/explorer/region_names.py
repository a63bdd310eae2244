"""Names for the regions of the map, after their most linked members."""

from __future__ import annotations

from collections.abc import Sequence

from newsgraph.explorer.node_numbers import NodeNumbers

LENGTH = 40
_WORDY = frozenset({"story", "event"})  # their labels are sentences; they name a region only if there is nothing else
_EQUAL = 3  # a second name is added to the first if its node has at least a third as many articles


def region_name(numbering: NodeNumbers, labels: Sequence[str], members: Sequence[int]) -> str:
    """Return the name of a region, whose most linked members come first: one name, or two of similar weight if they are short."""
    kinds, articles = numbering.frame["kind"], numbering.frame["articles"]
    candidates = [node for node in members if kinds[node] not in _WORDY] or list(members)
    first = candidates[0]
    for node in candidates[1:]:
        if labels[node] != labels[first]:
            both = f"{labels[first]}, {labels[node]}"
            equal = _EQUAL * (articles[node] or 0) >= (articles[first] or 0)
            return both if equal and len(both) <= LENGTH else labels[first]
    return labels[first]
