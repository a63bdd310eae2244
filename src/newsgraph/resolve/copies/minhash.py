"""Buckets of texts that are likely to be similar: locality-sensitive hashing of MinHash signatures (Broder 1997; Indyk and Motwani 1998).

Signatures are cut into bands. Two texts that share a part s of their shingles agree in one row of a signature with probability s, and
in all rows of a band with s ** ROWS; they meet in at least one of b bands with probability 1 - (1 - s ** ROWS) ** b. With 4 rows and
24 bands that is .9986 at s = .7, .9999 at .75 and .18 at .3; with 12 bands it is .998 at s = .8. Texts that meet are only candidates:
they are compared exactly.

The hash functions are drawn from a fixed seed, so that buckets are the same in every process. numpy does it in a few lines;
`benchmarks/copies.py` compares it with datasketch and rensa.
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
_PART = 2048  # texts at a time, so that their shingles stay in the processor's cache
_FOLD = np.uint64(0x9E3779B97F4A7C15)


def similar_buckets(shingles: Shingles, bands: int) -> NDArray[np.int64]:
    """Return the number of each text's bucket in each band, see `number_buckets`."""
    keys = np.zeros((len(shingles.sizes), bands), dtype=np.uint64)
    keys[shingles.sizes > 0] = _keys(shingles, bands)
    return number_buckets(keys, shingles.sizes > 0)


def number_buckets(keys: NDArray[np.uint64], has_keys: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the number of each text's bucket in each band, shape (texts, bands); `ALONE` if no other text shares the bucket.

    `keys` has shape (texts, bands); `has_keys` says which texts have any. Numbers count from 0 over all bands: a number identifies one
    bucket of one band.
    """
    texts = np.flatnonzero(has_keys)
    buckets = np.full(keys.shape, ALONE, dtype=np.int64)
    taken = 0
    for band in range(keys.shape[1]):
        _, inverse, counts = np.unique(keys[texts, band], return_inverse=True, return_counts=True)
        shared = counts > 1
        numbers = np.where(shared, taken + np.cumsum(shared) - 1, ALONE)
        buckets[texts, band] = numbers[inverse]
        taken += int(shared.sum())
    return buckets


def distinct_buckets(buckets: NDArray[np.int64]) -> list[list[int]]:
    """Return the buckets of each text, in ascending order, without those that have the same texts as a bucket with a lower number.

    Texts that are nearly equal mostly meet in many bands at once, so that less than half of the buckets are left.
    """
    texts, bands = np.nonzero(buckets != ALONE)
    numbers = buckets[texts, bands]
    draw = np.random.Generator(np.random.PCG64(_SEED))
    first, second = (_sums(draw.integers(0, 2**64, len(buckets), dtype=np.uint64)[texts], numbers) for _ in range(2))
    _, lowest, same = np.unique(first, return_index=True, return_inverse=True)
    like = lowest[same]  # the bucket with the lowest number that has the same sum
    kept = ((like == np.arange(len(like))) | (second != second[like]))[numbers] if len(numbers) else np.zeros(0, dtype=np.bool_)
    left = numbers[kept].tolist()
    ends = np.cumsum(np.bincount(texts[kept], minlength=len(buckets))).tolist()
    return [left[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _sums(values: NDArray[np.uint64], numbers: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return the sum of the values with each number, modulo 2 ** 64."""
    sums = np.zeros(numbers.max(initial=-1) + 1, dtype=np.uint64)
    np.add.at(sums, numbers, values)
    return sums


def packed_keys(shingles: Shingles, bands: int) -> list[bytes]:
    """Return the keys of each text as bytes, eight a band; an empty value for a text without shingles."""
    data, size = _keys(shingles, bands).astype("<u8").tobytes(), KEY_BYTES * bands
    ends = (np.cumsum(shingles.sizes > 0) * size).tolist()
    return [data[end - size : end] if count else b"" for end, count in zip(ends, shingles.sizes.tolist(), strict=True)]


def unpacked_keys(packed: Sequence[bytes], bands: int) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Return the keys that `packed_keys` packed, shape (texts, bands), and which texts have any."""
    no_keys = bytes(KEY_BYTES * bands)
    keys = np.frombuffer(b"".join(data or no_keys for data in packed), dtype="<u8").reshape(-1, bands)
    return keys, np.array([bool(data) for data in packed], dtype=np.bool_)


def _keys(shingles: Shingles, bands: int) -> NDArray[np.uint64]:
    """Fold the rows of each band into one number; shape (texts with shingles, bands)."""
    draw = np.random.Generator(np.random.PCG64(_SEED))
    factors = draw.integers(1, 2**32, bands * ROWS, dtype=np.uint32) | np.uint32(1)  # odd: each permutes the 32-bit numbers
    shifts = draw.integers(0, 2**32, bands * ROWS, dtype=np.uint32)
    bounds = np.r_[shingles.bounds[:-1][shingles.sizes > 0], len(shingles.values)]
    keys = np.zeros((len(bounds) - 1, bands), dtype=np.uint64)
    for start in range(0, len(keys), _PART):
        part = bounds[start : start + _PART + 1]
        values, starts = shingles.values[part[0] : part[-1]], part[:-1] - part[0]
        for row, (factor, shift) in enumerate(zip(factors, shifts, strict=True)):
            minimum = np.minimum.reduceat(values * factor + shift, starts)
            column = keys[start : start + _PART, row // ROWS]
            column *= _FOLD
            column += minimum
            column ^= column >> np.uint64(29)
    return keys
