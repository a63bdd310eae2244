"""What a region of the map is called: after its most linked members."""

from __future__ import annotations

from collections.abc import Sequence

from newsgraph.explorer.node_numbers import NodeNumbers

LENGTH = 40
_WORDY = frozenset({"story", "event"})  # their labels are sentences; they name a region only if there is nothing else
_EQUAL = 3  # a second name stands beside the first if it is told of at least a third as often


def region_name(numbering: NodeNumbers, labels: Sequence[str], members: Sequence[int]) -> str:
    """Name a region, whose members come with the most linked ones first: one name, or two of equal standing if they are short."""
    kinds, articles = numbering.frame["kind"], numbering.frame["articles"]
    things = [one for one in members if kinds[one] not in _WORDY] or list(members)
    first = things[0]
    for one in things[1:]:
        if labels[one] != labels[first]:
            both = f"{labels[first]}, {labels[one]}"
            equal = _EQUAL * (articles[one] or 0) >= (articles[first] or 0)
            return both if equal and len(both) <= LENGTH else labels[first]
    return labels[first]
