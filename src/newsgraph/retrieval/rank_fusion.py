"""Several ranked lists as one: reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

_DAMPING = 60  # k of the paper: how much the first ranks count more than later ones


def fuse(lists: Iterable[tuple[float, Sequence[int]]]) -> list[tuple[int, float]]:
    """Return the members of weighted ranked lists with their scores, the best first; of equal ones, the smaller number first.

    The score of a member is the sum of weight / (60 + rank) over the lists that have it, with ranks from 1. No
    list has a member twice.

    >>> [member for member, _ in fuse([(1.0, [7, 8]), (1.0, [8, 9])])]
    [8, 7, 9]
    """
    parts = [(weight, np.asarray(members, np.int64)) for weight, members in lists]
    found, places = np.unique(np.concatenate([np.zeros(0, np.int64), *(members for _, members in parts)]), return_inverse=True)
    scores, start = np.zeros(len(found)), 0
    for weight, members in parts:
        scores[places[start : start + len(members)]] += weight / (_DAMPING + np.arange(1, len(members) + 1))
        start += len(members)
    order = np.lexsort((found, -scores))
    return list(zip(found[order].tolist(), scores[order].tolist(), strict=True))
