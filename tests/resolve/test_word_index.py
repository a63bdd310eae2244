"""Which story clusters an article is compared with."""

from __future__ import annotations

from newsgraph.resolve.stories.word_index import WordIndex


def test_clusters_that_share_most_by_weight_come_first_and_those_that_share_little_are_left_out() -> None:
    index = WordIndex()
    index.add(1, ["court", "owkin", "stake"])
    index.add(2, ["owkin", "stake"])
    index.add(3, ["court"])
    index.add(4, ["owkin"])

    assert index.nearest({"court": 0.2, "owkin": 0.5, "stake": 0.4}) == [1, 2, 4]
    assert index.nearest({"court": 0.2, "rain": 0.9}) == []


def test_a_cluster_that_is_removed_is_found_no_more() -> None:
    index = WordIndex()
    index.add(1, ["owkin"])
    index.add(2, ["owkin"])
    index.remove(1, ["owkin"])

    assert index.nearest({"owkin": 0.5}) == [2]
