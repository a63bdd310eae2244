"""The results that were asked for last are kept, and no more than some."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from newsgraph.server.recent_results import RecentResults


def test_what_was_not_asked_for_longest_goes() -> None:
    results: RecentResults[str, int] = RecentResults(2)
    results.put("a", 1)
    results.put("b", 2)
    assert results.get("a") == 1
    results.put("c", 3)
    assert [results.get(key) for key in "abc"] == [1, None, 3]


def test_a_result_is_replaced_by_a_newer_one_of_its_key() -> None:
    results: RecentResults[str, int] = RecentResults(1)
    results.put("a", 1)
    results.put("a", 2)
    assert results.get("a") == 2


def test_several_threads_use_it_at_once() -> None:
    results: RecentResults[int, int] = RecentResults(10)

    def use(number: int) -> int | None:
        results.put(number % 20, number % 20)
        return results.get(number % 20)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(use, range(2000)))
    assert all(result in {None, number % 20} for number, result in enumerate(found))
