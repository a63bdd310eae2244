"""Which sums of a text are the parts of another: how the text says so, what each part is, and who pays whom."""

from __future__ import annotations

import pytest

from event_scenes import Drafts, scene
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.events.deal_totals import Deal, find_deal, says_parts

TITLE = "Zorvex and Quorl to spend $500 million"  # a sum that is not called that of a deal
STAKE, VENTURE = "$300 million for a stake", "$200 million for a joint venture"
PARTS = f"It consists of {STAKE} and {VENTURE}."


def deal_of(title: str, body: str) -> Deal | None:
    drafts = Drafts(scene(title, body))
    return find_deal(drafts.lines, drafts.scene)


def shares(title: str, body: str) -> dict[str, float]:
    """Return the millions of each part by its event type, and of the total; nothing if there is no total."""
    deal = deal_of(title, body)
    if deal is None:
        return {}
    return {"total": deal.money.amount / 1e6} | {part.type: part.money.amount / 1e6 for part in deal.parts}


def sides(title: str, body: str) -> list[str]:
    """Return who deals with whom in each part, with an exclamation mark if the words of the part say so."""
    deal = deal_of(title, body)
    assert deal is not None
    return [f"{part.type}: {part.subject.name} -> {part.object.name}{'!' if part.directed else ''}" for part in deal.parts]


def words(title: str, body: str) -> list[str]:
    """Return the words of each part."""
    deal = deal_of(title, body)
    assert deal is not None
    return [part.sentence.line[part.start : part.end].strip() for part in deal.parts]


FOUND = {"total": 500.0, "investment": 300.0, "partnership": 200.0}

# --- where the total and its parts are


def test_a_sentence_may_say_that_the_sum_of_the_headline_has_parts() -> None:
    assert says_parts("the sum represents an investment")
    assert says_parts("this deal includes a stake")
    assert not says_parts("the sum is large")
    assert not says_parts("the consumer includes it")


def test_the_total_of_the_headline_has_its_parts_in_a_sentence() -> None:
    deal = deal_of(TITLE, PARTS)

    assert deal is not None
    assert (deal.money.amount, deal.money.currency) == (500e6, "USD")
    assert deal.sentence.sentence.region == "title"
    assert [party.name for party in deal.parties] == ["Zorvex", "Quorl"]
    assert [(part.type, part.money.amount, part.money.currency) for part in deal.parts] == [
        ("investment", 300e6, "USD"),
        ("partnership", 200e6, "USD"),
    ]


def test_the_headline_counts_however_far_it_is() -> None:
    assert shares(TITLE, f"It rained. It snowed. {PARTS}") == FOUND


def test_the_total_may_be_in_the_sentence_before_or_after() -> None:
    text = "Zorvex and Quorl put up $500 million."

    deal = deal_of("Zorvex and Quorl go on", f"{text} {PARTS}")

    assert deal is not None
    assert deal.sentence.sentence.region == "body"
    assert shares("Zorvex and Quorl go on", f"{text} {PARTS}") == FOUND
    assert shares("Zorvex and Quorl go on", f"{text} It rained. {PARTS}") == {}
    assert shares("Zorvex and Quorl go on", f"{PARTS} {text}") == FOUND
    assert shares("Zorvex and Quorl go on", f"{PARTS} It rained. {text}") == {}


def test_the_total_may_be_in_the_sentence_of_the_parts() -> None:
    assert shares("Zorvex and Quorl go on", f"Both put up $500 million, including {STAKE} and {VENTURE}.") == FOUND
    assert shares("Zorvex and Quorl go on", f"Both put up {STAKE} and {VENTURE}, $500 million in total.") == FOUND


def test_parts_may_be_in_two_sentences_that_follow_each_other() -> None:
    assert shares(TITLE, f"Of the total, {STAKE} comes first. Then comes {VENTURE}.") == FOUND
    assert shares(TITLE, f"First comes {STAKE}. Another {VENTURE}.") == FOUND
    assert shares(TITLE, f"Of the total, {STAKE} comes first. It rained. Then comes {VENTURE}.") == {}


def test_parts_in_the_headline_itself_are_found() -> None:
    assert shares(f"Zorvex and Quorl to spend $500 million, including {STAKE} and {VENTURE}", "") == FOUND


# --- what says that a sum has parts


def test_sums_that_happen_to_add_up_are_no_total() -> None:
    assert shares(TITLE, f"They have {STAKE} and {VENTURE}.") == {}


def test_a_deal_in_the_headline_needs_no_other_cue() -> None:
    parts = f"They have {STAKE} and {VENTURE}."

    assert shares("Zorvex and Quorl sign $500 million deal", parts) == FOUND
    assert shares("Zorvex and Quorl sign a deal worth $500 million", parts) == FOUND
    assert shares("Zorvex and Quorl sign a deal after $500 million", parts) == {}
    assert shares("Zorvex and Quorl go on", f"They sign a $500 million deal. {parts}") == {}


@pytest.mark.parametrize("other", ["It says revenue rose.", "It says revenue was $7 million."])
def test_a_sum_of_another_kind_spoils_only_its_own_sentence(other: str) -> None:
    assert shares(TITLE, f"{other} {PARTS}") == FOUND


def test_a_sum_of_another_kind_is_neither_total_nor_part() -> None:
    assert shares(TITLE, f"It consists of {STAKE} and {VENTURE}, after a loss.") == {}
    assert shares(TITLE, f"Of the total, {STAKE} comes first. Then comes {VENTURE}, after a loss.") == {}
    assert shares("Zorvex and Quorl report revenue of $500 million", PARTS) == {}
    assert shares("Zorvex and Quorl go on", f"Their revenue was $500 million. {PARTS}") == {}


# --- which sums add up


@pytest.mark.parametrize(("second", "is_total"), [(394, False), (396, True), (400, True), (404, True), (406, False)])
def test_parts_add_up_but_for_their_rounding(second: int, is_total: bool) -> None:  # noqa: FBT001
    body = f"It consists of $600 million for a stake and ${second} million for a joint venture."

    assert bool(shares("Zorvex and Quorl to spend $1 billion", body)) is is_total


def test_parts_are_in_the_currency_of_the_total() -> None:
    assert shares(TITLE, "It consists of €300 million for a stake and €200 million for a joint venture.") == {}
    assert shares(TITLE, "It consists of $300 million for a stake and €200 million for a joint venture.") == {}


def test_one_part_is_no_total_and_neither_are_two_sums_in_all() -> None:
    assert shares(TITLE, "It consists of $500 million for a stake and $1 million for a joint venture.") == {}
    assert shares(TITLE, f"It consists of {STAKE}.") == {}
    assert shares("Zorvex and Quorl go on", PARTS) == {}


def test_a_total_has_up_to_four_parts() -> None:
    title = "Zorvex and Quorl to spend $1 billion"
    three = "$500 million for a stake, $200 million for a joint venture"

    assert shares(title, f"It consists of {three}, $300 million for a contract.") == {
        "total": 1000, "investment": 500, "partnership": 200, "contract": 300,
    }  # fmt: skip
    assert shares(title, f"It consists of {three}, $200 million for a contract and $100 million for a takeover.") == {
        "total": 1000, "investment": 500, "partnership": 200, "contract": 200, "acquisition": 100,
    }  # fmt: skip


def test_sums_beside_the_parts_do_not_count() -> None:
    for body in (
        f"After $7 million, it consists of {STAKE} and {VENTURE}.",
        f"It consists of {STAKE} and {VENTURE}, and $7 million more.",
        f"After $7 million, it consists of {STAKE} and {VENTURE}, and $9 million more.",
    ):
        assert shares(TITLE, body) == FOUND
    assert shares(TITLE, f"It consists of {STAKE}, $7 million more, and {VENTURE}.") == {}


# --- what kind of event a part is


def test_every_part_has_a_kind_of_its_own() -> None:
    assert shares(TITLE, f"It consists of {STAKE} and $200 million for advertising.") == {}
    assert shares(TITLE, f"It consists of $300 million for advertising and {VENTURE}.") == {}
    assert shares(TITLE, f"It consists of {STAKE} and $200 million for new shares.") == {}


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("$300 million for a stake under a contract", "investment"),
        ("$300 million for a contract over a stake", "contract"),
        ("a stake of $300 million under a contract", "investment"),
        ("a stake that once cost about $300 million under contract", "contract"),
        ("a contract of $300 million for the very last stake", "contract"),
        ("a $300 million takeover of a supplier under contract", "acquisition"),
        ("a contract, takeover $300 million", "acquisition"),
    ],
)
def test_the_nearest_words_say_what_a_part_is(first: str, kind: str) -> None:
    assert list(shares(TITLE, f"It consists of {first} and {VENTURE}.")) == ["total", kind, "partnership"]


def test_words_belong_to_the_part_on_their_side_of_the_conjunction() -> None:
    assert words(TITLE, f"It consists of {STAKE} and {VENTURE}.") == ["$1 for a stake", "and $2 for a joint venture ."]
    assert words(TITLE, "It consists of $300 million for a stake and, over time, $200 million for a joint venture.") == [
        "$1 for a stake and , over time", ", $2 for a joint venture .",
    ]  # fmt: skip
    assert words(TITLE, "It consists of $300 million for a stake in addition to $200 million for a joint venture.") == [
        "$1 for a stake in addition to", "$2 for a joint venture .",
    ]  # fmt: skip


def test_words_before_the_cue_belong_to_no_part() -> None:
    assert words(TITLE, f"After a contract it consists of {STAKE} and {VENTURE}.")[0] == "$1 for a stake"
    assert words(TITLE, f"It consists of much: of the total, {STAKE} and {VENTURE}.")[0] == ", $1 for a stake"


def test_words_beyond_another_sum_belong_to_no_part() -> None:
    assert words("Zorvex and Quorl go on", f"Totalling $500 million, there is {STAKE} and {VENTURE}.")[0] == ", there is $1 for a stake"
    assert words(TITLE, f"Altogether a contract for $7 million, then {STAKE} and {VENTURE}.")[0] == ", then $2 for a stake"
    assert words(TITLE, f"It consists of {STAKE} and {VENTURE}, with $7 million for a contract and $8 million for a takeover.") == [
        "$1 for a stake", "and $2 for a joint venture , with",
    ]  # fmt: skip


def test_words_of_parts_in_two_sentences_reach_to_the_end_of_each() -> None:
    assert words(TITLE, f"First comes {STAKE}, at last. Another {VENTURE}, too.") == [
        "first comes $1 for a stake , at last .", "$2 for a joint venture , too .",
    ]  # fmt: skip


# --- between whom


def test_two_companies_and_nobody_else_take_part() -> None:
    assert shares(TITLE, f"It consists of {STAKE} in Quorl and {VENTURE} with Dunmore.") == {}
    assert shares("Zorvex and the Ministry to spend $500 million", PARTS) == {}
    assert shares("Zorvex to spend $500 million", PARTS) == {}
    assert shares("Dunmore looks on", f"Zorvex and Quorl put up $500 million. {PARTS}") == FOUND
    assert shares("Dunmore looks on", f"Zorvex and Quorl put up $500 million, including {STAKE} and {VENTURE}.") == FOUND
    assert shares("Zorvex, Quorl and Dunmore to spend $500 million", f"Zorvex and Quorl have {STAKE}, another {VENTURE}.") == {}


def test_the_headline_says_who_if_the_sentences_name_one() -> None:
    body = f"Quorl put up $500 million, including {STAKE} and {VENTURE}."

    assert shares("Zorvex turns to Quorl", body) == FOUND
    assert shares("Dunmore, Zorvex and Quorl", body) == {}


def test_companies_are_in_the_order_of_the_headline() -> None:
    body = f"Quorl and Zorvex put up $500 million, including {STAKE} and {VENTURE}."
    deals = [deal_of(title, body) for title in ("Zorvex turns to Quorl", "Quorl turns to Zorvex", "They go on")]

    assert [[party.name for party in deal.parties] for deal in deals if deal] == [
        ["Zorvex", "Quorl"], ["Quorl", "Zorvex"], ["Quorl", "Zorvex"],
    ]  # fmt: skip


# --- who pays whom


def test_the_first_company_pays_unless_a_part_says_otherwise() -> None:
    body = "It consists of $300 million for a stake and $200 million for a contract."

    assert sides(TITLE, body) == ["investment: Zorvex -> Quorl", "contract: Quorl -> Zorvex"]
    assert sides("Quorl and Zorvex to spend $500 million", body) == ["investment: Quorl -> Zorvex", "contract: Zorvex -> Quorl"]


@pytest.mark.parametrize(
    "words_of_part", ["stake in Zorvex", "stake in the maker Zorvex", "investment by Quorl", "stake in Quorl by Quorl"]
)
def test_the_words_of_a_stake_say_who_buys_it(words_of_part: str) -> None:
    body = f"It consists of $200 million for a contract and a $300 million {words_of_part}."

    assert sides(TITLE, body) == ["contract: Zorvex -> Quorl", "investment: Quorl -> Zorvex!"]


def test_the_words_of_a_takeover_say_who_buys() -> None:
    body = "It consists of $200 million for a contract and a $300 million takeover of Zorvex."

    assert sides(TITLE, body) == ["contract: Zorvex -> Quorl", "acquisition: Quorl -> Zorvex!"]
    assert sides(TITLE, body.replace("of Zorvex", "of Quorl")) == ["contract: Quorl -> Zorvex", "acquisition: Zorvex -> Quorl!"]
    assert sides(TITLE, body.replace("of Zorvex", "by Zorvex")) == ["contract: Quorl -> Zorvex", "acquisition: Zorvex -> Quorl!"]


def test_only_the_words_of_the_stake_count() -> None:
    body = "Bought in Zorvex, it consists of a $300 million stake and a $200 million contract by Quorl."

    assert sides(TITLE, body) == ["investment: Zorvex -> Quorl", "contract: Quorl -> Zorvex"]


@pytest.mark.parametrize(("supplier", "customer"), [("Zorvex", "Quorl"), ("Quorl", "Zorvex")])
def test_who_wins_a_contract_supplies(supplier: str, customer: str) -> None:
    body = f"It consists of $300 million for a stake and a $200 million contract that {supplier} won."

    assert sides(TITLE, body) == ["investment: Zorvex -> Quorl", f"contract: {supplier} -> {customer}!"]


def test_sides_of_a_partnership_are_sorted() -> None:
    assert EVENT_TYPES["partnership"].symmetric
    for title in (TITLE, "Quorl and Zorvex to spend $500 million"):
        assert sides(title, PARTS)[1] == "partnership: Quorl -> Zorvex"
