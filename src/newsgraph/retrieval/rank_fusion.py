"""Several ranked lists as one: reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_DAMPING = 60  # k of the paper: how much the first ranks count more than later ones


def fuse(lists: Iterable[tuple[float, Sequence[int]]]) -> list[tuple[int, float]]:
    """Return the members of weighted ranked lists with their scores, the best first; of equal ones, the smaller number first.

    The score of a member is the sum of weight / (60 + rank) over the lists that have it, with ranks from 1.

    >>> [member for member, _ in fuse([(1.0, [7, 8]), (1.0, [8, 9])])]
    [8, 7, 9]
    """
    scores: dict[int, float] = {}
    for weight, members in lists:
        for rank, member in enumerate(members, start=1):
            scores[member] = scores.get(member, 0.0) + weight / (_DAMPING + rank)
    return sorted(scores.items(), key=lambda item: (-item[1], item[0]))
