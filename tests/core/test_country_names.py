"""What regions of the map are called."""

from __future__ import annotations

import polars as pl

from newsgraph.explorer.node_numbers import NodeNumbers
from newsgraph.explorer.region_names import LENGTH, region_names

Member = tuple[str, str, int]


def _name(*members: Member) -> str:
    frame = pl.DataFrame(
        {
            "kind": [kind for kind, _, _ in members],
            "label": [label for _, label, _ in members],
            "articles": [count for *_, count in members],
        }
    )
    return region_names(NodeNumbers(frame, len(members)), frame["label"].to_list(), [range(len(members))])[0]


def test_a_region_is_called_after_its_two_most_linked_things_of_equal_standing() -> None:
    assert _name(("company", "Lyft", 9), ("topic", "Autonomous driving", 4), ("company", "Ford", 3)) == "Lyft, Autonomous driving"


def test_what_is_told_of_far_less_does_not_stand_beside_the_first() -> None:
    assert _name(("product", "Power Apps", 281), ("company", "Contoso", 1)) == "Power Apps"


def test_stories_and_events_name_a_region_only_where_there_is_nothing_else() -> None:
    assert _name(("story", "A long tale", 9), ("company", "Lyft", 1)) == "Lyft"
    assert _name(("event", "Lyft buys Ford", 2)) == "Lyft buys Ford"


def test_a_name_that_two_kinds_share_stands_once() -> None:
    assert _name(("product", "AI Builder", 9), ("topic", "AI Builder", 9), ("product", "Ignite", 5)) == "AI Builder, Ignite"


def test_two_names_that_are_too_long_together_become_one() -> None:
    assert _name(("company", "A" * LENGTH, 1), ("company", "B", 1)) == "A" * LENGTH
