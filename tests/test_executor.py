"""One function over many parts, in one process or several."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsgraph.errors import NewsgraphError
from newsgraph.executor import run


def square(number: int) -> int:
    return number * number


def fail_on_three(number: int) -> int:
    if number == 3:
        message = "three"
        raise ValueError(message)
    return number


def die_once(marker: Path) -> str:
    """Kill the worker the first time that it meets the marker's name."""
    if not marker.exists():
        marker.touch()
        os._exit(1)
    return marker.name


def die(_: int) -> None:
    os._exit(1)


@pytest.mark.parametrize("workers", [0, 1, 2])
def test_results_come_in_the_order_of_the_parts(workers: int) -> None:
    assert list(run(square, range(7), workers)) == [number * number for number in range(7)]


@pytest.mark.parametrize("workers", [1, 2])
def test_no_parts_give_no_results(workers: int) -> None:
    assert list(run(square, [], workers)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_in_a_part_is_the_callers(workers: int) -> None:
    with pytest.raises(ValueError, match="three"):
        list(run(fail_on_three, range(5), workers))


def test_parts_of_a_worker_that_died_run_again(tmp_path: Path) -> None:
    assert list(run(die_once, [tmp_path / "a", tmp_path / "b"], 2)) == ["a", "b"]


def test_workers_that_die_again_and_again_are_told() -> None:
    with pytest.raises(NewsgraphError, match=r"died 3 times.*--workers 1"):
        list(run(die, [1, 2], 2))


def test_one_worker_reads_a_part_only_when_it_is_asked_for() -> None:
    results = run(fail_on_three, range(5), 1)

    assert [next(results), next(results)] == [0, 1]
