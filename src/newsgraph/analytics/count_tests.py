"""Exact tests of counts: is this more than chance gives? Probabilities have six digits, so that no machine's last digit decides anything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, lgamma, log

import numpy as np

_ENOUGH = 1e-17  # a term below this share of the sum changes no digit that is kept


def binomial_tail(hits: int, trials: int, chance: float) -> float:
    """Return the probability of at least `hits` of `trials`, each with the probability `chance`.

    Of two Poisson counts it tests, given their sum, whether the first is the larger for its exposure (Przyborowski and Wilenski 1940).
    """
    if hits <= 0:
        return 1.0
    if chance <= 0 or hits > trials:
        return 0.0
    if chance >= 1:
        return 1.0

    def term(number: int) -> float:
        return exp(_log_choose(trials, number) + number * log(chance) + (trials - number) * log(1 - chance))

    return _tail(hits, trials * chance, trials, term)


def hypergeometric_tail(hits: int, population: int, marked: int, drawn: int) -> float:
    """Return the probability of at least `hits` marked things of those drawn: Fisher's exact test of one side (Fisher 1934)."""
    least, most = max(0, marked + drawn - population), min(marked, drawn)
    if hits <= least:
        return 1.0
    if hits > most:
        return 0.0

    def term(number: int) -> float:
        chosen = _log_choose(marked, number) + _log_choose(population - marked, drawn - number)
        return exp(chosen - _log_choose(population, drawn))

    return _tail(hits, marked * drawn / population, most, term, least)


def poisson_binomial_tail(hits: int, chances: Sequence[float]) -> float:
    """Return the probability of at least `hits` successes of trials with these probabilities (Wang 1993)."""
    if hits <= 0:
        return 1.0
    counts = np.zeros(hits + 1)  # the last place holds all that have enough
    counts[0] = 1.0
    for chance in chances:
        moved = counts * chance
        counts[:-1] -= moved[:-1]
        counts[1:] += moved[:-1]
    return _digits(float(counts[-1]))


def benjamini_hochberg(probabilities: Sequence[float]) -> list[float]:
    """Return the q-value of each test: the share of false finds among all that are as probable or less (Benjamini and Hochberg 1995)."""
    order = sorted(range(len(probabilities)), key=lambda place: (-probabilities[place], place))
    values, least = [0.0] * len(probabilities), 1.0
    for rank, place in zip(range(len(probabilities), 0, -1), order, strict=True):
        least = min(least, probabilities[place] * len(probabilities) / rank)
        values[place] = _digits(least)
    return values


def _tail(hits: int, mean: float, most: int, term: Callable[[int], float], least: int = 0) -> float:
    """Sum the terms from `hits` on, or, where those are most of the probability, one minus those below."""
    upward = hits > mean
    total = 0.0
    for number in range(hits, most + 1) if upward else range(hits - 1, least - 1, -1):
        part = term(number)
        total += part
        if part < _ENOUGH * total:
            break
    return _digits(min(1.0, total if upward else max(0.0, 1.0 - total)))


def _log_choose(whole: int, part: int) -> float:
    return lgamma(whole + 1) - lgamma(part + 1) - lgamma(whole - part + 1)


def _digits(value: float) -> float:
    return float(f"{value:.6g}")
