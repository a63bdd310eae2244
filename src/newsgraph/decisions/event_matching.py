"""Whether a reference to an event by names means an event, given the nodes that these names may mean."""

from __future__ import annotations

from collections.abc import Collection, Sequence

NEAR = 1.1
"""An amount within this ratio of the amount of a reference matches it."""

_SEVERAL = 2
NO, SOME, ALL = 0, 1, 2


def party_match(named: Sequence[Collection[str]], sides: Collection[str], companies: Collection[str]) -> int:
    """Return how well names match the main parties of an event: ALL, SOME or NO.

    `named` has the nodes (IRIs) that each name may mean, `sides` are the main parties, and `companies` those of them that are companies
    or organisations: a reference need not name the person of an appointment. SOME of the parties match if each name is one of them and
    there are several: an event may turn out to have more parties than people named.
    """
    if not named or not all(any(iri in sides for iri in iris) for iris in named):
        return NO
    hit = {iri for iris in named for iri in iris if iri in sides}
    if hit >= set(sides) or (hit >= set(companies) and companies):
        return ALL
    return SOME if len(hit) >= _SEVERAL else NO


def amount_matches(amount: float | None, amounts: Collection[float]) -> bool:
    """Return whether one of some amounts is that of a reference, which is None if it has none."""
    return amount is None or any(max(other, amount) <= min(other, amount) * NEAR for other in amounts)
