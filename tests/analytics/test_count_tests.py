"""Exact tests of counts agree with sums over all cases, and with a library where that is installed."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.analytics.count_tests import benjamini_hochberg, binomial_tail, hypergeometric_tail, poisson_binomial_tail


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 9))
def test_a_binomial_tail_is_the_sum_of_its_terms(hits: int, trials: int, tenths: int) -> None:
    chance = Fraction(tenths, 10)
    terms = (comb(trials, number) * chance**number * (1 - chance) ** (trials - number) for number in range(hits, trials + 1))
    assert binomial_tail(hits, trials, tenths / 10) == pytest.approx(float(sum(terms)), rel=1e-5, abs=1e-12)


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_a_hypergeometric_tail_is_the_sum_of_its_terms(hits: int, marked: int, others: int, drawn: int) -> None:
    population = marked + others
    drawn = min(drawn, population)
    terms = (comb(marked, number) * comb(others, drawn - number) for number in range(hits, min(marked, drawn) + 1) if drawn >= number)
    assert hypergeometric_tail(hits, population, marked, drawn) == pytest.approx(sum(terms) / comb(population, drawn), rel=1e-5, abs=1e-12)


@given(st.integers(0, 6), st.lists(st.sampled_from([0.1, 0.25, 0.5, 1.0]), max_size=6))
def test_a_poisson_binomial_tail_is_the_sum_over_all_outcomes(hits: int, chances: list[float]) -> None:
    total = 0.0
    for outcome in product((False, True), repeat=len(chances)):
        weight = 1.0
        for success, chance in zip(outcome, chances, strict=True):
            weight *= chance if success else 1 - chance
        total += weight if sum(outcome) >= hits else 0
    assert poisson_binomial_tail(hits, chances) == pytest.approx(total, rel=1e-5, abs=1e-12)


def test_tails_agree_with_scipy_where_counts_are_large() -> None:
    stats = pytest.importorskip("scipy.stats", reason="compares with scipy")
    for hits, trials, chance in ((500, 100_000, 0.004), (3, 100_000, 1e-6), (60_000, 100_000, 0.61)):
        assert binomial_tail(hits, trials, chance) == pytest.approx(stats.binom.sf(hits - 1, trials, chance), rel=1e-4)
    for hits, population, marked, drawn in ((40, 100_000, 2_000, 1_000), (1, 100_000, 3, 5)):
        assert hypergeometric_tail(hits, population, marked, drawn) == pytest.approx(
            stats.hypergeom.sf(hits - 1, population, marked, drawn), rel=1e-4
        )


def test_q_values_are_those_of_the_paper() -> None:
    """The example of Benjamini and Hochberg 1995, section 3: fifteen tests, of which four are found at 5 %."""
    values = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.0]  # fmt: skip
    assert sum(value <= 0.05 for value in benjamini_hochberg(values)) == 4
    assert benjamini_hochberg(values)[0] == pytest.approx(0.0015)
    assert benjamini_hochberg(values[::-1]) == benjamini_hochberg(values)[::-1]
    assert benjamini_hochberg([]) == []
