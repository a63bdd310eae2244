"""Buckets of texts that are likely alike: MinHash signatures cut into bands (Broder 1997; Indyk and Motwani 1998).

Two texts that share a part s of their runs agree in one row of a signature with chance s, and in all rows of a band with
s ** ROWS; they meet in at least one of b bands with chance 1 - (1 - s ** ROWS) ** b. With 4 rows and 24 bands that is .9986 at
s = .7, .9999 at .75 and .18 at .3; with 12 bands it is .998 at s = .8. What meets is only a candidate: it is compared exactly.

Numbers are drawn once from a fixed seed, so that buckets are the same in every process. numpy does it in a few lines;
`benchmarks/copies.py` measures it beside datasketch and rensa.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from newsgraph.resolve.copies.shingles import Shingles

if TYPE_CHECKING:
    from numpy.typing import NDArray  # slow to load

ROWS = 4
KEY_BYTES = 8  # of a band
ALONE = -1
_SEED = 20210301
_PART = 2048  # texts at a time, so that their runs stay in the processor's cache
_FOLD = np.uint64(0x9E3779B97F4A7C15)


def similar_buckets(runs: Shingles, bands: int) -> NDArray[np.int64]:
    """Give each text the number of its bucket in each band, see `numbered`."""
    keys = np.zeros((len(runs.sizes), bands), dtype=np.uint64)
    keys[runs.sizes > 0] = _keys(runs, bands)
    return numbered(keys, runs.sizes > 0)


def numbered(keys: NDArray[np.uint64], there: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Give each text the number of its bucket in each band, shape (texts, bands); `ALONE` where no other text shares it.

    `keys` has shape (texts, bands); `there` tells which texts have any. Numbers count from 0 over all bands: one number is one
    bucket of one band.
    """
    texts = np.flatnonzero(there)
    found = np.full(keys.shape, ALONE, dtype=np.int64)
    taken = 0
    for band in range(keys.shape[1]):
        _, inverse, counts = np.unique(keys[texts, band], return_inverse=True, return_counts=True)
        shared = counts > 1
        numbers = np.where(shared, taken + np.cumsum(shared) - 1, ALONE)
        found[texts, band] = numbers[inverse]
        taken += int(shared.sum())
    return found


def packed_keys(runs: Shingles, bands: int) -> list[bytes]:
    """Give the keys of each text as bytes, eight a band; none where a text has no runs."""
    data, size = _keys(runs, bands).astype("<u8").tobytes(), KEY_BYTES * bands
    ends = (np.cumsum(runs.sizes > 0) * size).tolist()
    return [data[end - size : end] if there else b"" for end, there in zip(ends, runs.sizes.tolist(), strict=True)]


def unpacked_keys(packed: Sequence[bytes], bands: int) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Make the keys of what `packed_keys` gave for each text, shape (texts, bands), and tell which texts have any."""
    none = bytes(KEY_BYTES * bands)
    keys = np.frombuffer(b"".join(one or none for one in packed), dtype="<u8").reshape(-1, bands)
    return keys, np.array([bool(one) for one in packed], dtype=np.bool_)


def _keys(runs: Shingles, bands: int) -> NDArray[np.uint64]:
    """Fold the rows of each band into one number; shape (texts with runs, bands)."""
    draw = np.random.Generator(np.random.PCG64(_SEED))
    factors = draw.integers(1, 2**32, bands * ROWS, dtype=np.uint32) | np.uint32(1)  # odd: each is a permutation of 32-bit numbers
    shifts = draw.integers(0, 2**32, bands * ROWS, dtype=np.uint32)
    bounds = np.r_[runs.bounds[:-1][runs.sizes > 0], len(runs.values)]
    keys = np.zeros((len(bounds) - 1, bands), dtype=np.uint64)
    for start in range(0, len(keys), _PART):
        part = bounds[start : start + _PART + 1]
        values, starts = runs.values[part[0] : part[-1]], part[:-1] - part[0]
        for row, (factor, shift) in enumerate(zip(factors, shifts, strict=True)):
            least = np.minimum.reduceat(values * factor + shift, starts)
            column = keys[start : start + _PART, row // ROWS]
            column *= _FOLD
            column += least
            column ^= column >> np.uint64(29)
    return keys
