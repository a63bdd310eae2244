"""Names that a text says are one company, and words that only look as if they did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.core.model import Naming
from newsgraph.extract.companies.former_names import find_former_names
from newsgraph.extract.text.article_text import read_text
from reading_cases import article, founds

NAMES = ("Zorvex", "Bolt", "Google", "Dunmore Foods")


def namings(title: str, confidence: float = 0.9) -> list[Naming]:
    """Give the former names of a headline."""
    text = read_text(article(title))
    return list(find_former_names(text, founds(text, NAMES, confidence), 0.5))


def pairs(title: str) -> list[tuple[str, str]]:
    """Give the old and the new name of each find."""
    return [(one.name, one.same_as) for one in namings(title)]


@pytest.mark.parametrize(
    "title",
    [
        "Zorvex, formerly Bolt, grows",
        "Zorvex, formerly known as Bolt, grows",
        "Zorvex (formerly Bolt) grows",
        "Zorvex, previously called Bolt, grows",
        "Zorvex, which was formerly known as Bolt, grows",
        "Zorvex, once Bolt, grows",
        "Zorvex (f/k/a Bolt) grows",
        "Zorvex, until recently Bolt, grows",
        'Zorvex, formerly "Bolt", grows',
        "Zorvex, formerly Bolt",
        "Bolt renamed itself Zorvex",
        "Bolt, which renamed itself Zorvex in May, grows",
        "Bolt has renamed itself as Zorvex",
        "Bolt rebrands as Zorvex",
        "Bolt rebrands itself to Zorvex",
        "Bolt to rename itself Zorvex",
        "Bolt was renamed Zorvex in May",
        "Bolt has been renamed Zorvex",
        "Bolt will be renamed Zorvex",
        "Bolt, since renamed Zorvex, grows",
        "Bolt (renamed Zorvex) grows",
        "Bolt changes its name to Zorvex",
        "Bolt changes name to Zorvex",
        "Bolt, which changed its corporate name to Zorvex, grows",
        "Bolt is now known as Zorvex",
        "Bolt, now called Zorvex, grows",
        "Bolt, now Known As Zorvex, grows",
        "Bolt d/b/a Zorvex grows",
        "Bolt, doing business as Zorvex, grows",
        "Bolt, trading as Zorvex, grows",
    ],
)
def test_a_text_says_that_bolt_is_zorvex_now(title: str) -> None:
    assert pairs(title) == [("Bolt", "Zorvex")]


@pytest.mark.parametrize(
    "title",
    [
        "Zorvex, formerly Google's self-driving project, grows",
        "Zorvex, previously Bolt’s software arm, grows",
        "Zorvex, once a unit of Bolt, grows",
        "Zorvex, formerly part of Bolt, grows",
        "Zorvex, formerly Bolt-owned, grows",
        "Zorvex, formerly Bolt manager Jane Roe, grows",
        "Zorvex, formerly of Bolt, grows",
        "Zorvex renames Bolt",
        "Zorvex renames Bolt unit",
        "Zorvex has renamed Bolt",
        "Zorvex rebranded Bolt",
        "Bolt renamed Zorvex's team",
        "Bolt is now known as Zorvex's rival",
        "Bolt changes its name and sues Zorvex",
        "Bolt is now a part of Zorvex",
        "Bolt was once bigger than Zorvex",
        "Zorvex and Bolt, formerly rivals, merge",
        "Zorvex buys Bolt",
        "Bolt was not renamed Zorvex",
        "Zorvex, formerly Zorvex, grows",
    ],
)
def test_a_text_says_nothing_of_a_former_name(title: str) -> None:
    assert pairs(title) == []


def test_two_former_names_of_one_headline_are_both_told() -> None:
    assert pairs("Zorvex, formerly Bolt, sues Google, formerly Dunmore Foods") == [("Bolt", "Zorvex"), ("Dunmore Foods", "Google")]


def test_a_weak_name_is_no_former_name() -> None:
    assert namings("Zorvex, formerly Bolt, grows", confidence=0.3) == []


def test_the_place_of_a_former_name_cuts_it_out_of_a_text_with_entities() -> None:
    record = article("R&amp;D: Zorvex, formerly &quot;Dunmore Foods&quot;, grows")
    text = read_text(record)

    (one,) = find_former_names(text, founds(text, NAMES), 0.5)

    assert record.text[one.start : one.end] == "Dunmore Foods"


@given(
    st.lists(
        st.sampled_from([*NAMES, ", formerly ", " renamed itself ", " (", ")", " d/b/a ", "'s ", "&amp;", "-", "\n", " ", "é", ". "]),
        min_size=1,
    )
)
def test_places_of_former_names_lie_within_any_text(words: list[str]) -> None:
    record = article("A" + "".join(words))
    text = read_text(record)

    for one in find_former_names(text, founds(text, NAMES), 0.5):
        assert record.text[one.start : one.end] == one.name
        assert one.name != one.same_as
