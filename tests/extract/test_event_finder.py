"""Who does what to whom: lists of parties, parties that only describe another, and sides that the rest of an article gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from event_scenes import line_of, scene
from newsgraph.extract.events.event_candidates import EventContext
from newsgraph.extract.events.event_finder import find_events
from newsgraph.extract.events.event_rules import EventRules
from newsgraph.extract.events.pair_report import PairReport
from newsgraph.extract.events.rule_prefilter import RuleWords
from reading_cases import Case, read_cases


def found(title: str, body: str = "") -> list[PairReport]:
    return find_events(scene(title, body)).reports


def lines(title: str, body: str = "") -> list[str]:
    """Return the events of a text, each as one line, sorted."""
    return sorted(line_of(report) for report in found(title, body))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A mill buys a mill", []),
        ("Zorvex buys Quorl", ["acquisition: Zorvex -> Quorl"]),
        ("Zorvex and Keltic buy Quorl", ["acquisition: Keltic -> Quorl", "acquisition: Zorvex -> Quorl"]),
        ("Zorvex buys Quorl and Keltic", ["acquisition: Zorvex -> Keltic", "acquisition: Zorvex -> Quorl"]),
        ("Zorvex, Keltic and Quorl merge", ["merger: Keltic -> Quorl", "merger: Keltic -> Zorvex", "merger: Quorl -> Zorvex"]),
        ("Zorvex and Keltic win contract from Quorl", ["contract: Keltic -> Quorl", "contract: Zorvex -> Quorl"]),
        ("Zorvex wins contract", ["contract: Zorvex -> none"]),
        ("Zorvex and Keltic win contract", []),  # whose is it?
        ("Zorvex unveils new phone", ["product_launch: Zorvex -> none"]),
        ("Zorvex and Keltic unveil new phone", []),
        ("Zorvex expands into Spain", ["expansion: Zorvex -> none"]),
        ("Zorvex and Keltic expand into Spain", []),
        ("Zorvex to list in Paris", ["ipo: Zorvex -> none"]),
        ("Zorvex and Keltic to list in Paris", []),
        ("Workers sue Zorvex", ["lawsuit: none -> Zorvex"]),
        ("Zorvex faces lawsuit over ships", ["lawsuit: none -> Zorvex"]),
    ],
)
def test_each_pair_of_a_list_is_an_event(title: str, expected: list[str]) -> None:
    assert lines(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Zorvex, a unit of Keltic, buys Quorl",
        "Zorvex, which Keltic owns, buys Quorl",
        "Zorvex, the maker of ships for Keltic, buys Quorl",
        "Keltic-owned Zorvex buys Quorl",
        "Keltic-led Zorvex buys Quorl",
        "Keltic's Zorvex buys Quorl",
        "Keltic's unit Zorvex buys Quorl",
        "Zorvex (backed by Keltic) buys Quorl",
        "Spun out of Keltic, Zorvex buys Quorl",
        "Quorl, owned by Keltic, is bought by Zorvex",
    ],
)
def test_a_party_that_only_describes_another_does_nothing(title: str) -> None:
    assert lines(title) == ["acquisition: Zorvex -> Quorl"]


def test_what_is_hidden_moves_no_place() -> None:
    title = "Keltic's unit Zorvex (backed by Dunmore) buys Quorl today"
    (report,) = found(title)

    assert title[report.start : report.end] == "Zorvex (backed by Dunmore) buys Quorl"


def test_a_single_party_is_never_hidden() -> None:
    assert lines("(Zorvex wins contract)") == ["contract: Zorvex -> none"]


# --- sums and parts


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Zorvex raises $5 million from Quorl", ["funding_round: Zorvex -> none; 5000000 USD", "investment: Quorl -> Zorvex; 5000000 USD"]),
        (
            "Zorvex raises $5 million from Quorl and Keltic",  # how much of it is whose is not told
            ["funding_round: Zorvex -> none; 5000000 USD", "investment: Keltic -> Zorvex", "investment: Quorl -> Zorvex"],
        ),
        ("Zorvex raises $5 million led by Quorl", ["funding_round: Zorvex -> none; 5000000 USD", "investment: Quorl -> Zorvex"]),
        (
            "Zorvex raises $5 million from round led by Quorl",
            ["funding_round: Zorvex -> none; 5000000 USD", "investment: Quorl -> Zorvex"],
        ),
        ("Zorvex invests $5 million in Quorl", ["investment: Zorvex -> Quorl; 5000000 USD"]),
    ],
)
def test_the_sum_of_a_round_is_an_investors_only_where_it_gives_all(title: str, expected: list[str]) -> None:
    assert lines(title) == expected


def test_a_rule_may_name_the_object_in_one_of_two_places() -> None:
    for title in ("Zorvex announces investment of $5 million in Quorl", "Zorvex announces investment of $5 million and more with Quorl"):
        assert "investment: Zorvex -> Quorl; 5000000 USD" in lines(title)


@pytest.mark.parametrize(
    ("title", "sides", "part"),
    [
        ("Zorvex sells its mill to Quorl", ("Quorl", "Zorvex"), "its mill"),
        ("Zorvex joins Keltic in selling its mill to Quorl", ("Quorl", "Zorvex"), "its mill"),
        ("Keltic joins Zorvex in selling its mill to Quorl", ("Quorl", "Keltic"), "its mill"),
        ("Zorvex buys Quorl's paint unit", ("Zorvex", "Quorl"), "paint unit"),
        ("Zorvex buys paint mill from Quorl", ("Zorvex", "Quorl"), "paint mill"),
        ("Zorvex buys Quorl", ("Zorvex", "Quorl"), None),
    ],
)
def test_a_part_belongs_to_the_first_who_sells(title: str, sides: tuple[str, str], part: str | None) -> None:
    (report,) = found(title)

    assert (report.subject, report.object) == sides
    assert report.object_part == part


# --- sides that the rest of the article gives


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        # the one who raises money, wherever it is told
        (
            "Zorvex raises $5 million",
            "The round was led by Quorl, alongside Keltic.",
            ["funding_round: Zorvex -> none; 5000000 USD", "investment: Keltic -> Zorvex", "investment: Quorl -> Zorvex"],
        ),
        (
            "Keltic dances",
            "The round was led by Quorl. Zorvex raises $5 million.",
            ["funding_round: Zorvex -> none; 5000000 USD", "investment: Quorl -> Zorvex"],
        ),
        (
            "Keltic buys Dunmore",
            "Zorvex raises $5 million. The round was led by Quorl.",
            ["acquisition: Keltic -> Dunmore", "funding_round: Zorvex -> none; 5000000 USD", "investment: Quorl -> Zorvex"],
        ),
        # else the one that the headline is about
        ("Zorvex dances", "The round was led by Quorl.", ["funding_round: Zorvex -> none", "investment: Quorl -> Zorvex"]),
        # but "X led the round" is about the one who raises money only
        ("Zorvex dances", "Quorl led the round.", []),
        (
            "Zorvex raises $5 million",
            "Quorl led the round. Keltic participated.",
            ["funding_round: Zorvex -> none; 5000000 USD", "investment: Keltic -> Zorvex", "investment: Quorl -> Zorvex"],
        ),
    ],
)
def test_investors_of_a_round_find_who_raises_it(title: str, body: str, expected: list[str]) -> None:
    assert lines(title, body) == expected


STAKE = "A $5 million equity investment was agreed."


@pytest.mark.parametrize(
    ("title", "body", "expected"),
    [
        ("Zorvex and Quorl talk", STAKE, ["investment: Zorvex -> Quorl; 5000000 USD"]),
        ("Quorl and Zorvex talk", STAKE, ["investment: Quorl -> Zorvex; 5000000 USD"]),
        ("Zorvex talks", f"{STAKE} Quorl knows.", ["investment: Zorvex -> Quorl; 5000000 USD"]),
        ("Big news", f"Zorvex and Quorl talk. {STAKE}", ["investment: Zorvex -> Quorl; 5000000 USD"]),
        ("Zorvex and Quorl talk", f"{STAKE} Keltic knows.", ["investment: Zorvex -> Quorl; 5000000 USD"]),
        ("Zorvex, Quorl and Keltic talk", STAKE, []),  # not a pair
        ("Zorvex and Quorl talk. Keltic listens", STAKE, []),
        ("Zorvex and Quorl talk", f"Zorvex and Quorl talk. {STAKE}", ["investment: Zorvex -> Quorl; 5000000 USD"]),
        ("Big news", f"Zorvex, Quorl and Keltic talk. {STAKE}", []),
        ("Zorvex talks to Zorvex", STAKE, []),
        ("Zorvex talks", STAKE, []),
    ],
)
def test_a_deal_without_names_is_that_of_the_pair_in_the_headline(title: str, body: str, expected: list[str]) -> None:
    assert lines(title, body) == expected


def test_a_pair_works_together_where_the_text_says_only_that_there_is_a_partnership() -> None:
    assert lines("Zorvex and Quorl", "It is a strategic partnership.") == ["partnership: Quorl -> Zorvex"]
    assert lines("Zorvex", "It is a strategic partnership.") == []


# --- rules are passed over only where they can match nothing


class _Everything(RuleWords):
    """Words that start every rule."""

    def __missing__(self, _word: str) -> int:
        """Return the bits of all rules."""
        return self.rules


def unfiltered(looked_at: EventContext) -> EventContext:
    rules = tuple(replace(rule, parties=0) for rule in looked_at.rules.rules)
    return looked_at._replace(rules=EventRules(rules, _Everything({}, [[] for _ in rules]), looked_at.rules.asides))


@pytest.mark.parametrize("case", [case for case in read_cases("events.md") if len(case.texts) == 1], ids=str)
def test_words_that_start_rules_leave_no_event_out(case: Case) -> None:
    text = case.texts[0]
    for name in ("Microsoft", "Salesforce", "Google", "Bayer", "Sony", "Oracle", "Nokia", "Intel", "Cisco", "SAP", "Zorvex"):
        text = text.replace(name, "Zorvex")
    for name in ("GitHub", "Slack", "Fitbit", "Netflix", "CureVac", "Honda", "Samsung", "Lyft", "Boeing", "Quorl"):
        text = text.replace(name, "Quorl")
    looked_at = scene(text)

    assert find_events(looked_at) == find_events(unfiltered(looked_at))
