"""Which sum of money is an event's: that of its own sentence, else one of a sentence about the same deal; never one that is something else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from event_scenes import Drafts, scene
from newsgraph.core.model import Money
from newsgraph.extract.events.event_amounts import with_amounts
from newsgraph.extract.events.pair_report import PairReport

TYPES = ("acquisition", "merger", "contract", "partnership", "investment", "ipo", "lawsuit", "expansion", "award", "funding_round")


def sums(text: str, *reports: tuple[str, str | None, str | None, str], known: Sequence[float] = ()) -> list[str]:
    """Return the sums that reports get: each is a type, two parties and words of its evidence; `known` are sums they have already."""
    drafts = Drafts(scene("News", text))
    whole = f"News\n\n{text}"
    made = [
        PairReport(type_name, subject, other, whole.index(words), whole.index(words) + len(words), "hand", 0.8, money=money)
        for (type_name, subject, other, words), money in zip(
            reports, [*(Money(amount, "USD") for amount in known), *[None] * len(reports)], strict=False
        )
    ]
    found = with_amounts(made, drafts.lines, drafts.scene)
    assert [(one.type, one.start) for one in found] == [(one.type, one.start) for one in made]
    return [f"{one.money.amount:.0f} {one.money.currency}" if one.money else "" for one in found]


def sum_of(text: str, type_name: str = "acquisition", subject: str | None = "Zorvex", other: str | None = "Quorl") -> str:
    """Return the sum that one report gets whose evidence is the word `bought`."""
    return sums(text, (type_name, subject, other, "bought"))[0]


# --- which events have sums


@pytest.mark.parametrize("type_name", TYPES)
def test_events_that_cost_something_get_the_sum_of_their_sentence(type_name: str) -> None:
    assert sum_of("Zorvex bought Quorl for $5 million.", type_name) == "5000000 USD"


@pytest.mark.parametrize("type_name", ["appointment", "product_launch", "layoff", "approval"])
def test_others_get_none(type_name: str) -> None:
    assert sum_of("Zorvex bought Quorl for $5 million.", type_name) == ""


def test_a_text_without_sums_leaves_events_as_they_are() -> None:
    assert sum_of("Zorvex bought Quorl for a song.") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zorvex bought time: its profit was $5 million.", "5000000 USD"),
        ("Zorvex bought time with revenue of $5 million.", "5000000 USD"),
        ("Zorvex bought time and lost $5 million.", "5000000 USD"),
        ("Zorvex bought time for $5 million.", ""),
    ],
)
def test_a_result_gets_a_sum_that_is_called_one(text: str, expected: str) -> None:
    assert sum_of(text, "financial_result", "Zorvex", None) == expected


@pytest.mark.parametrize("type_name", ["partnership", "investment", "award", "expansion"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zorvex bought Quorl, which has $5 million somewhere.", ""),
        ("Zorvex bought Quorl, paying $5 million somewhere.", "5000000 USD"),
        ("Zorvex bought Quorl in $5 million deal.", "5000000 USD"),
        ("Zorvex bought Quorl, and $5 million big new trade deal.", "5000000 USD"),
        ("Zorvex bought Quorl, and $5 million big new old trade deal.", ""),
    ],
)
def test_some_events_need_a_word_that_says_what_the_sum_is_for(type_name: str, text: str, expected: str) -> None:
    assert sum_of(text, type_name) == expected


def test_other_events_take_any_sum_that_is_nothing_else() -> None:
    assert sum_of("Zorvex bought Quorl, which has $5 million somewhere.", "acquisition") == "5000000 USD"


@pytest.mark.parametrize(("words", "expected"), [("abcdefgh abcdefgh abcdef", "5000000 USD"), ("abcdefgh abcdefghi abcdef", "")])
def test_what_a_sum_is_for_is_told_within_thirty_characters(words: str, expected: str) -> None:
    assert len(" abcdefgh abcdefgh abcdef deal") == 30
    assert sum_of(f"Zorvex bought Quorl, and $5 million {words} deal.", "award") == expected


# --- sums that are something else


@pytest.mark.parametrize(
    "words",
    [
        "$5 per share", "$5 a share", "$5 each", "$5 apiece", "$5/share", "$5-per-share",
        "a valuation of $5 million", "a valuation of about $5 million", "market value of $5 million", "assets of $5 million",
        "less than $5 million", "debt of up to $5 million", "it is now valued at $5 million", "from $5 million",
        "$5 million valuation", "$5 million in revenue", "$5 million fund", "$5 million a year", "$5 million company", "a profit of $5 million",
    ],
)  # fmt: skip
def test_a_sum_that_is_no_price_is_none(words: str) -> None:
    assert sum_of(f"Zorvex bought Quorl with {words} somewhere.") == ""


@pytest.mark.parametrize(
    "words", ["$5 million", "some $5 million", "a total of $5 million", "$5 million pershing", "profit shared with all $5 million"]
)
def test_a_sum_beside_other_words_is_a_price(words: str) -> None:
    assert sum_of(f"Zorvex bought Quorl with {words} somewhere.") == "5000000 USD"


@pytest.mark.parametrize(("words", "expected"), [("x" * 18, ""), ("x" * 19, "5000000 USD")])
def test_what_else_a_sum_is_is_told_within_thirty_characters(words: str, expected: str) -> None:
    assert sum_of(f"Zorvex bought Quorl, valuing {words} at $5 million.") == expected


@pytest.mark.parametrize(
    ("words", "expected"), [("profit of all", ""), ("profit of some", "5000000 USD"), ("profits of any", "5000000 USD")]
)
def test_a_result_is_told_within_fourteen_characters(words: str, expected: str) -> None:
    assert sum_of(f"Zorvex bought Quorl with {words} $5 million.") == expected


def test_the_first_sum_that_fits_is_taken() -> None:
    assert sum_of("Zorvex bought Quorl, with debt of $3 million, for $5 million, or for $7 million.") == "5000000 USD"
    assert sum_of("With a loss of $3 million, Zorvex, paying €5 million, bought Quorl.") == "5000000 EUR"


# --- whose sum it is


def test_a_sum_that_an_event_has_already_is_no_others() -> None:
    text = "Zorvex bought Quorl for $5 million. Keltic sold Quorl to Zorvex for $5 million."
    first, second = ("acquisition", "Zorvex", "Quorl", "bought"), ("contract", "Keltic", "Quorl", "sold")

    assert sums(text, first, second, known=[5e6]) == ["5000000 USD", ""]
    assert sums(text, first, second, known=[7e6]) == ["7000000 USD", "5000000 USD"]
    assert sums(text, first, second) == ["5000000 USD", "5000000 USD"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quorl paid $3 million. Zorvex bought Quorl for $5 million.", "5000000 USD"),  # its own sentence comes first
        ("Zorvex bought Quorl. Quorl costs $3 million.", "3000000 USD"),  # one of the parties
        ("Quorl costs $3 million. Zorvex bought it.", "3000000 USD"),
        ("Zorvex bought Quorl. Zorvex pays $3 million to Quorl.", "3000000 USD"),
        ("Zorvex bought Quorl. Keltic costs $3 million.", ""),  # somebody else
        ("Zorvex bought Quorl. Keltic paid $3 million to Quorl.", ""),
        ("Zorvex bought Quorl. The deal is worth $3 million.", "3000000 USD"),  # the deal, and nobody
        ("Zorvex bought Quorl. The weather cost $3 million.", ""),
        ("Zorvex bought Quorl. The deal has $3 million somewhere.", ""),  # without a party a word must say what it is for
        ("Zorvex bought Quorl. Keltic costs $3 million. The deal is worth $4 million.", "4000000 USD"),
    ],
)
def test_a_sum_of_another_sentence_counts_where_it_is_about_the_same_deal(text: str, expected: str) -> None:
    assert sum_of(text) == expected


def test_one_company_is_known_again_by_its_first_word() -> None:
    text = "Zorvex bought Keltic. Keltic Marine costs $3 million."

    assert sum_of(text, other="Keltic") == "3000000 USD"
    assert sum_of(text, other="Quorl") == ""
    assert sum_of("Zorvex bought Keltic. Zorvex pays $3 million.", subject="ZORVEX Group", other=None) == "3000000 USD"


@pytest.mark.parametrize(("words", "expected"), [("Zorvex", "5000000 USD"), ("bought", "5000000 USD"), ("million", "5000000 USD")])
def test_the_own_sentence_is_the_one_in_which_the_evidence_begins(words: str, expected: str) -> None:
    text = "It paid $3 million for a deal. Zorvex bought Quorl for $5 million. It paid $7 million for a deal."
    at = text.index(words, 20)
    made = PairReport("acquisition", "Zorvex", "Quorl", len("News\n\n") + at, len(text), "hand", 0.8)
    drafts = Drafts(scene("News", text))
    (report,) = with_amounts([made], drafts.lines, drafts.scene)

    assert report.money is not None
    assert f"{report.money.amount:.0f} {report.money.currency}" == expected
