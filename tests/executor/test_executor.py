"""One function over many parts, in one process or several."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from executor_parts import die_on_three, fail_on_three, refuse_three, square
from newsgraph.core.errors import InputError, NewsgraphError
from newsgraph.executor import in_background, open_executor
from newsgraph.executor.protocol import Part, Result


def die_once(marker: Path) -> str:
    """Kill the worker the first time that it meets the marker's name."""
    if not marker.exists():
        marker.touch()
        os._exit(1)
    return marker.name


def die(_: int) -> None:
    os._exit(1)


def results(function: Callable[[Part], Result], parts: Sequence[Part], workers: int) -> list[tuple[Part, Result | None]]:
    """Run and give everything at once, in the order of the parts."""
    return sorted(open_executor(workers).run(function, parts), key=lambda pair: parts.index(pair[0]))


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_every_part_has_its_result(workers: int) -> None:
    assert results(square, range(7), workers) == [(number, number * number) for number in range(7)]


@pytest.mark.parametrize("workers", [1, 2])
def test_no_parts_give_no_results(workers: int) -> None:
    assert results(square, [], workers) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_in_a_part_is_the_callers(workers: int) -> None:
    with pytest.raises(ValueError, match="three"):
        results(fail_on_three, range(5), workers)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_ours_comes_out_as_itself(workers: int) -> None:
    with pytest.raises(InputError, match=r"3: is refused\. Take another"):
        results(refuse_three, range(5), workers)


def test_parts_of_a_worker_that_died_run_again(tmp_path: Path) -> None:
    assert results(die_once, [tmp_path / "a", tmp_path / "b"], 2) == [(tmp_path / "a", "a"), (tmp_path / "b", "b")]


def test_a_part_that_kills_again_and_again_is_given_up_and_the_others_are_done() -> None:
    assert results(die_on_three, range(6), 2) == [(0, 0), (1, 1), (2, 2), (3, None), (4, 4), (5, 5)]


def test_workers_that_die_whatever_they_do_are_told() -> None:
    with pytest.raises(NewsgraphError, match=r"die again and again.*--workers 1"):
        results(die, range(5), 2)


def test_one_worker_reads_a_part_only_when_it_is_asked_for() -> None:
    running = open_executor(1).run(fail_on_three, range(5))

    assert [next(running), next(running)] == [(0, 0), (1, 1)]


def test_work_beside_gives_its_results_whenever_they_are_asked_for() -> None:
    with in_background() as begin:
        first, second = begin(square, 2), begin(square, 3)

        assert (second(), first()) == (9, 4)


def test_an_error_of_work_beside_is_the_callers() -> None:
    with in_background() as begin, pytest.raises(ValueError, match="three"):
        begin(fail_on_three, 3)()


def test_work_whose_process_dies_is_done_here_and_so_is_what_follows(tmp_path: Path) -> None:
    with in_background() as begin:
        assert begin(die_once, tmp_path / "a")() == "a"
        assert begin(square, 2)() == 4


def variable(name: str) -> str | None:
    return os.environ.get(name)


@pytest.mark.parametrize(("set_to", "expected"), [(None, "1"), ("3", "3")])
def test_a_worker_multiplies_with_one_thread_unless_the_environment_says_otherwise(
    set_to: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    if set_to:
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", set_to)
    assert results(variable, ["OPENBLAS_NUM_THREADS"], 2) == [("OPENBLAS_NUM_THREADS", expected)]


def test_a_worker_has_no_numpy_before_its_first_part() -> None:
    assert results(is_imported, ["numpy"], 2) == [("numpy", False)]  # else the number of its threads would come too late


def is_imported(module: str) -> bool:
    return module in sys.modules
