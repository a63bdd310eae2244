"""MinHash for near-copies: our few lines of numpy beside datasketch and rensa, where these are installed.

Usage: python benchmarks/copies.py [--articles 10000 100000] [--sample 2000] [--plain]

All get the same runs of words as numbers, 96 rows in 24 bands, and give each text its candidates: the other texts that share
a bucket. Each runs in a process of its own; `peak` is its peak less what it held before; `per text` is candidates a text.
Recall is that of candidates, among the pairs of a sample of which comparing all with all finds that they share .7 of their
runs or more. On two shared cores, with datasketch 2.0.0 (which brings scipy along), rensa 0.5.0 and numpy 2.4.6:

    method          articles  seconds  peak, MB  per text  recall  of pairs
    numpy (ours)     100,000     1.80       137      51.5  1.0000       890
    datasketch       100,000    13.33       741      57.3  1.0000       890
    rensa            100,000     4.61       560      75.8  1.0000       890
"""

from __future__ import annotations

import argparse
import importlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from itertools import combinations
from multiprocessing import get_context

import numpy as np

from generate import articles
from machine import machine, peak, resident
from newsgraph.resolve.copies.minhash import ALONE, ROWS, similar_buckets
from newsgraph.resolve.copies.shingles import Shingles, shingles_of

BANDS = 24
ALIKE = 0.7


def ours(runs: Shingles) -> Iterator[Iterable[int]]:
    """Give each text's candidates by `newsgraph.resolve.copies.minhash`."""
    shared = [row[row != ALONE].tolist() for row in similar_buckets(runs, BANDS)]
    members: dict[int, list[int]] = defaultdict(list)
    for text, numbers in enumerate(shared):
        for number in numbers:
            members[number].append(text)
    for numbers in shared:
        yield {other for number in numbers for other in members[number]}


def datasketch(runs: Shingles) -> Iterator[Iterable[int]]:
    """Give each text's candidates by datasketch: numbers as they are, without hashing them once more."""
    library = importlib.import_module("datasketch")
    index = library.MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
    made = library.MinHash.bulk((part.tolist() for part in _parts(runs)), num_perm=BANDS * ROWS, seed=1, hashfunc=int)
    for text, signature in enumerate(made):
        index.insert(text, signature)
    for signature in made:
        yield index.query(signature)


def rensa(runs: Shingles) -> Iterator[Iterable[int]]:
    """Give each text's candidates by rensa, which takes runs as bytes where it is to give them back."""
    library = importlib.import_module("rensa")
    index = library.RMinHashLSH(ALIKE, BANDS * ROWS, BANDS)
    made = library.RMinHash.from_token_sets([[run.tobytes() for run in part] for part in _parts(runs)], BANDS * ROWS, 1)
    index.insert_many(made)
    for signature in made:
        yield index.query(signature)


METHODS: dict[str, Callable[[Shingles], Iterator[Iterable[int]]]] = {"numpy (ours)": ours, "datasketch": datasketch, "rensa": rensa}


def _parts(runs: Shingles) -> Iterator[np.ndarray[tuple[int], np.dtype[np.uint32]]]:
    for start, end in zip(runs.bounds[:-1], runs.bounds[1:], strict=True):
        yield runs.values[start:end]


def main() -> None:
    """Measure each method and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--sample", type=int, default=2000, help="texts that are compared all with all")
    parser.add_argument("--plain", action="store_true", help="plain generated news, many of which are alike by their template")
    options = parser.parse_args()
    print(f"{machine()}; {'plain' if options.plain else 'mixed'} news")
    print(f"{'method':<14} {'articles':>9} {'seconds':>8} {'peak, MB':>9} {'per text':>9} {'recall':>7} {'of pairs':>9}")
    for count in options.articles:
        runs = shingles_of([article.text for article in articles(count, mixed=not options.plain)])
        alike = _alike_pairs(_first(runs, options.sample))
        for name, method in METHODS.items():
            if method is not ours and find_spec(name) is None:
                print(f"{name:<14} is not installed")
                continue
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                seconds, megabytes, candidates = pool.submit(_measured, name, runs).result()
            met = [set(others) for others in method(_first(runs, options.sample))]
            recall = sum(1 for one, other in alike if other in met[one]) / max(len(alike), 1)
            print(
                f"{name:<14} {count:>9,} {seconds:>8.2f} {megabytes:>9,.0f} {candidates:>9.1f} {recall:>7.4f} {len(alike):>9,}", flush=True
            )


def _measured(name: str, runs: Shingles) -> tuple[float, float, float]:
    """Give seconds, megabytes, and candidates a text; the library was loaded, and has run once, before."""
    for _ in METHODS[name](shingles_of(["a first text to load the library with"])):
        pass
    before, start = resident(), time.perf_counter()
    candidates = sum(max(len(set(others)) - 1, 0) for others in METHODS[name](runs))
    return time.perf_counter() - start, peak() - before, candidates / max(len(runs.sizes), 1)


def _first(runs: Shingles, count: int) -> Shingles:
    bounds = runs.bounds[: count + 1]
    return Shingles(runs.values[: bounds[-1]], bounds)


def _alike_pairs(runs: Shingles) -> list[tuple[int, int]]:
    sets = [runs.of(text) for text in range(len(runs.sizes))]
    return [(one, other) for one, other in combinations(range(len(sets)), 2) if _alike(sets[one], sets[other])]


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    if len(one) < ALIKE * len(other) or len(other) < ALIKE * len(one):
        return False
    common = len(one & other)
    return common >= ALIKE * (len(one) + len(other) - common) > 0


if __name__ == "__main__":
    main()
