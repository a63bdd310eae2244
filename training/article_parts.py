"""Which annotated texts training may read, by their ids: see `texts/README.md`."""

from __future__ import annotations

import hashlib


def number_of(name: str) -> int:
    """Return the number of an id: its SHA-256. Texts with the rest 0 by 5 are kept aside, those with the rest 1 are for choosing."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def to_fit_on(name: str) -> bool:
    """Tell whether a text is in the half of those kept aside on which limits and probabilities are fitted; the other half is for measuring."""
    return number_of(name) % 5 == 0 and number_of(name) // 5 % 2 == 0
