"""What a region of the map is called: after its most told members."""

from __future__ import annotations

from collections.abc import Iterable

from newsgraph.explorer.numbering import Numbering

NAMED = 2
LENGTH = 40
_ORDER = ("company", "organisation", "topic", "product", "person", "place", "story", "event")


def region_name(numbering: Numbering, labels: list[str], members: Iterable[int]) -> str:
    """Name a region: its two most told companies, or what else it holds; a name that is too long stands alone."""
    kinds, articles = numbering.frame["kind"], numbering.frame["articles"]
    ranked = sorted((_ORDER.index(kinds[one]), -(articles[one] or 0), one) for one in members if kinds[one] in _ORDER)
    best = [labels[one] for kind, _, one in ranked[:NAMED] if kind == ranked[0][0]]
    name = ", ".join(best)
    return name if len(name) <= LENGTH else best[0]
