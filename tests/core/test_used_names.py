"""Which name of an article is shown beside the newest one."""

from __future__ import annotations

import pytest

from newsgraph.core.used_names import used_name


@pytest.mark.parametrize(
    ("label", "mentions", "name"),
    [
        ("Meta", ["Facebook", "Facebook", "FB"], "Facebook"),
        ("Meta", ["Facebook", "Meta Platforms"], ""),
        ("Vantrell Storage", ["Vantrell"], ""),
        ("Osterholt", ["Osterholt AG", "OHT"], ""),
        ("Osterholt", ["OHT"], "OHT"),
        ("AT&amp;T", ["AT&T"], ""),
        ("Safran", ["SNECMA", "Snecma  Moteurs"], "Snecma Moteurs"),
        ("Meta", [], ""),
        ("", ["Facebook"], ""),
        ("Crédit Agricole", ["CRÉDIT AGRICOLE"], ""),
        ("!", ["?"], ""),
    ],
)
def test_a_name_is_shown_that_is_no_form_of_the_label(label: str, mentions: list[str], name: str) -> None:
    assert used_name(label, mentions) == name


def test_the_order_of_mentions_does_not_matter() -> None:
    assert used_name("Meta", ["Facebook", "Instagram"]) == used_name("Meta", ["Instagram", "Facebook"])
