"""What the drafts of one article come to: which sides count, what is said twice, what excludes what, and sums over several events."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest

from event_scenes import Drafts, line_of, scene
from newsgraph.core.model import Money, Status
from newsgraph.extract.events.event_candidates import EventCandidate
from newsgraph.extract.events.pair_report import PairReport
from newsgraph.extract.events.report_consolidation import consolidate_reports

DAY = date(2024, 5, 15)  # a Wednesday
PAIR = "Zorvex and Quorl , with Keltic and the Ministry and the Agency , did it"


def reports(drafts: Drafts, *made: EventCandidate) -> list[PairReport]:
    found, totals = consolidate_reports(list(made), drafts.lines, drafts.scene)
    assert totals == []
    return found


def lines(drafts: Drafts, *made: EventCandidate) -> list[str]:
    return [line_of(report) for report in reports(drafts, *made)]


def one(type_name: str, subject: str | None, other: str | None) -> list[str]:
    """Consolidate a single draft."""
    drafts = Drafts(scene(PAIR))
    return lines(drafts, drafts.draft("did it", type_name, subject, other))


# --- which sides an event may have


@pytest.mark.parametrize("type_name", ["investment", "lawsuit", "award", "funding_round", "appointment"])
def test_an_event_of_organisations_alone_is_none(type_name: str) -> None:
    assert one(type_name, "Ministry", "Agency") == []
    assert one(type_name, "Ministry", None) == []


@pytest.mark.parametrize("type_name", ["product_launch", "partnership"])
def test_organisations_launch_things_and_work_together(type_name: str) -> None:
    assert one(type_name, "Agency", "Ministry") == [f"{type_name}: Agency -> Ministry"]


def test_nobody_deals_with_himself() -> None:
    drafts = Drafts(scene("Zorvex said that Zorvex did it"))
    first, second = 0, 1
    draft = drafts.draft("did it", "acquisition", "Zorvex")._replace(subject=first, object=second)

    assert lines(drafts, draft) == []


@pytest.mark.parametrize("type_name", ["approval", "contract", "acquisition", "funding_round", "expansion", "layoff", "ipo"])
def test_an_organisation_is_no_object_of_these_events(type_name: str) -> None:
    assert one(type_name, "Zorvex", "Ministry") == [f"{type_name}: Zorvex -> none"]


@pytest.mark.parametrize("type_name", ["investment", "lawsuit", "award", "partnership"])
def test_an_organisation_may_be_the_object_of_others(type_name: str) -> None:
    sides = "Ministry -> Zorvex" if type_name == "partnership" else "Zorvex -> Ministry"  # the sides of a partnership are sorted
    assert one(type_name, "Zorvex", "Ministry") == [f"{type_name}: {sides}"]


def test_a_company_is_an_object_of_every_event_but_an_approval() -> None:
    assert one("contract", "Zorvex", "Quorl") == ["contract: Zorvex -> Quorl"]
    assert one("acquisition", "Zorvex", "Quorl") == ["acquisition: Zorvex -> Quorl"]
    assert one("approval", "Zorvex", "Quorl") == []
    assert one("approval", "Zorvex", None) == ["approval: Zorvex -> none"]


def test_where_an_organisation_sues_the_event_is_that_of_the_company_sued() -> None:
    assert one("lawsuit", "Ministry", "Zorvex") == ["lawsuit: none -> Zorvex"]
    assert one("lawsuit", None, "Zorvex") == ["lawsuit: none -> Zorvex"]
    assert one("lawsuit", "Quorl", "Zorvex") == ["lawsuit: Quorl -> Zorvex"]
    assert one("investment", "Ministry", "Zorvex") == ["investment: Ministry -> Zorvex"]


@pytest.mark.parametrize("type_name", ["contract", "award", "acquisition", "merger", "approval"])
def test_only_a_company_does_these_things(type_name: str) -> None:
    assert one(type_name, "Ministry", "Zorvex") == []


def test_nobody_does_nothing() -> None:
    assert one("contract", None, "Zorvex") == []
    assert one("investment", None, "Zorvex") == []


def test_the_sides_of_a_merger_are_sorted_and_those_of_an_acquisition_are_not() -> None:
    assert one("merger", "Zorvex", "Quorl") == ["merger: Quorl -> Zorvex"]
    assert one("partnership", "Zorvex", None) == ["partnership: Zorvex -> none"]
    assert one("acquisition", "Zorvex", "Quorl") == ["acquisition: Zorvex -> Quorl"]


# --- what a report carries


def test_a_report_has_the_words_of_its_draft_and_half_the_doubt_of_its_parties() -> None:
    drafts = Drafts(scene("Zorvex bought Quorl", "It was Zorvex that bought Quorl on Monday.", DAY, doubtful=["Quorl"]))
    (report,) = reports(drafts, drafts.draft("that bought @3 on", "acquisition", "Zorvex", "Quorl", confidence=0.8))

    told = "Zorvex bought Quorl\n\nIt was Zorvex that bought Quorl on Monday."
    assert told[report.start : report.end] == "that bought Quorl on"
    assert report.confidence == 0.58  # 0.8 x (1 + 0.45) / 2
    assert report.rule == "by_acquisition"
    assert (report.object_part, report.money) == (None, None)


def test_a_report_has_the_sum_of_its_draft_and_the_part_that_changes_hands() -> None:
    drafts = Drafts(scene("Zorvex bought a mill of Quorl for $5 million, not for €7 million"))
    (report,) = reports(drafts, drafts.draft("bought", "acquisition", "Zorvex", "Quorl", money=1, part="a mill"))

    assert (report.money, report.object_part) == (Money(7e6, "EUR"), "a mill")


@pytest.mark.parametrize(
    ("words", "status_of_rule", "expected"),
    [
        ("Zorvex bought Quorl", "", Status.ANNOUNCED),
        ("Zorvex plans to have bought Quorl", "", Status.PLANNED),
        ("Zorvex plans to have bought Quorl", "rumoured", Status.RUMOURED),
        ("Zorvex bought Quorl", "planned", Status.PLANNED),
        ("Zorvex denies that it bought Quorl", "", Status.DENIED),
        ("Zorvex denies that it bought Quorl", "rumoured", Status.DENIED),
    ],
)
def test_a_rule_tells_the_status_unless_the_sentence_denies(words: str, status_of_rule: str, expected: Status) -> None:
    drafts = Drafts(scene(words))
    (report,) = reports(drafts, drafts.draft("bought", "acquisition", "Zorvex", "Quorl", status=status_of_rule))

    assert report.status is expected


@pytest.mark.parametrize(
    ("days_before", "background"),
    [(0, False), (1, False), (20, False), (21, False), (22, True), (300, True), (-1, False), (-2, False), (-30, False)],
)
def test_an_event_of_a_day_more_than_three_weeks_before_the_article_is_background(days_before: int, background: bool) -> None:  # noqa: FBT001 - a case
    named = DAY - timedelta(days=days_before)
    drafts = Drafts(scene(f"Zorvex bought Quorl on {named.isoformat()} in Paris", day=DAY))
    (report,) = reports(drafts, drafts.draft("bought", "acquisition", "Zorvex", "Quorl"))

    assert (report.when, report.when_source, report.background) == (named.isoformat(), "text", background)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("2024-05-13 was the day on which Zorvex bought Quorl. On 2024-05-14 it rained.", "2024-05-13"),
        ("On 2024-05-12 it rained. Zorvex bought Quorl on 2024-05-13. On 2024-05-14 it rained.", "2024-05-13"),
        ("On 2024-05-12 it rained. Zorvex bought Quorl then.", None),
        ("Zorvex bought Quorl then. On 2024-05-12 it rained.", None),
        ("Founded on 2001-01-01, Zorvex bought Quorl on 2024-05-13.", "2024-05-13"),
        ("Founded in 2001, Zorvex bought Quorl.", None),
        ("In April 2024 the Zorvex of 1990 bought Quorl.", "2024-04"),
        ("Zorvex bought Quorl in 2019.", "2019"),
        ("Zorvex bought Quorl on 2024-05-13 and paid on 2024-05-14.", "2024-05-13"),
    ],
)
def test_the_time_is_that_of_the_events_own_clause(body: str, expected: str | None) -> None:
    drafts = Drafts(scene("News", body, DAY))
    (report,) = reports(drafts, drafts.draft("bought", "acquisition", "Zorvex", "Quorl"))

    assert (report.when, report.when_source) == ((expected, "text") if expected else (DAY.isoformat(), "article"))


def test_without_a_day_of_the_article_a_full_day_of_the_text_counts() -> None:
    drafts = Drafts(scene("Zorvex bought Quorl on 2024-05-13, not on Monday"))
    (report,) = reports(drafts, drafts.draft("bought", "acquisition", "Zorvex", "Quorl"))

    assert (report.when, report.when_source) == ("2024-05-13", "text")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Zorvex had bought Quorl.", ("", "", True)),
        ("Zorvex bought Quorl two years earlier.", ("", "", True)),
        ("Zorvex had bought Quorl in 2016.", ("2016", "text", True)),
        ("Zorvex had bought Quorl on Monday.", ("2024-05-13", "text", False)),  # the pluperfect of reported speech
    ],
)
def test_a_background_event_has_no_day_but_its_own(body: str, expected: tuple[str, str, bool]) -> None:
    drafts = Drafts(scene("News", body, DAY))
    (report,) = reports(drafts, drafts.draft("bought", "acquisition", "Zorvex", "Quorl"))

    assert (report.when, report.when_source, report.background) == expected


# --- what is said twice

TWICE = "First Zorvex did a deal with Quorl for $5 million. Then Zorvex did it to Quorl for €7 million. Keltic and Dunmore waited."


def twice(first: dict[str, object], second: dict[str, object]) -> list[PairReport]:
    """Consolidate two drafts, of the first and of the second sentence; the first is surer unless it is told otherwise."""
    drafts = Drafts(scene("News", TWICE, DAY))
    given: dict[str, object] = {"type_name": "award", "subject": "Zorvex", "other": "Quorl", "confidence": 0.8}
    made = [
        drafts.draft("did a deal", **{**given, **first}),  # type: ignore[arg-type]
        drafts.draft("did it", **{**given, "confidence": 0.7, **second}),  # type: ignore[arg-type]
    ]
    found = reports(drafts, *made)
    assert found == reports(drafts, *reversed(made))
    return found


def test_one_event_told_twice_is_one_report_with_the_words_of_the_surer() -> None:
    (report,) = twice({}, {})
    (other,) = twice({"confidence": 0.6}, {})

    assert ("News\n\n" + TWICE)[report.start : report.end] == "did a deal"
    assert ("News\n\n" + TWICE)[other.start : other.end] == "did it"


def test_of_two_that_are_as_sure_the_one_with_a_sum_counts_then_the_first() -> None:
    (report,) = twice({"confidence": 0.7}, {})
    (other,) = twice({"confidence": 0.7}, {"money": 1})

    assert ("News\n\n" + TWICE)[report.start : report.end] == "did a deal"
    assert ("News\n\n" + TWICE)[other.start : other.end] == "did it"


def test_two_types_or_two_pairs_are_two_events() -> None:
    assert len(twice({}, {"type_name": "lawsuit"})) == 2
    assert len(twice({}, {"subject": "Keltic"})) == 2
    assert len(twice({}, {"other": "Keltic"})) == 2
    assert len(twice({"other": None}, {"subject": "Keltic", "other": None})) == 2


@pytest.mark.parametrize("type_name", ["award", "lawsuit", "contract", "product_launch", "expansion"])
def test_an_event_told_with_one_party_and_with_two_is_the_fuller_one(type_name: str) -> None:
    for fuller, barer in (({}, {"other": None}), ({"other": None}, {})):
        (report,) = twice({"type_name": type_name, **fuller}, {"type_name": type_name, **barer})
        assert (report.subject, report.object) == ("Zorvex", "Quorl")


@pytest.mark.parametrize("type_name", ["partnership", "investment", "acquisition"])
def test_of_these_the_barer_one_is_an_event_of_its_own(type_name: str) -> None:
    assert len(twice({"type_name": type_name}, {"type_name": type_name, "other": None})) == 2
    assert len(twice({"type_name": type_name, "other": None}, {"type_name": type_name})) == 2


@pytest.mark.parametrize(("type_name", "number"), [("lawsuit", 1), ("contract", 1), ("award", 2), ("layoff", 2)])
def test_the_sued_or_supplied_side_alone_is_the_event_told_in_full_elsewhere(type_name: str, number: int) -> None:
    found = twice({"type_name": type_name}, {"type_name": type_name, "subject": "Quorl", "other": None})

    assert len(found) == number
    assert (found[0].subject, found[0].object) == ("Zorvex", "Quorl")


def test_what_the_other_one_knows_more_is_taken_over() -> None:
    (report,) = twice({}, {"money": 1, "part": "a mill"})
    assert (report.money, report.object_part, report.confidence) == (Money(7e6, "EUR"), "a mill", 0.76)

    (report,) = twice({"money": 0, "part": "a ship"}, {"money": 1, "part": "a mill"})
    assert (report.money, report.object_part) == (Money(5e6, "USD"), "a ship")


@pytest.mark.parametrize(
    ("surer", "other", "expected"),
    [
        ("", "completed", Status.COMPLETED),
        ("", "rumoured", Status.RUMOURED),
        ("", "planned", Status.ANNOUNCED),
        ("planned", "", Status.PLANNED),
        ("planned", "completed", Status.PLANNED),
        ("rumoured", "planned", Status.RUMOURED),
    ],
)
def test_a_status_is_that_of_the_surer_one_unless_it_says_nothing_special(surer: str, other: str, expected: Status) -> None:
    (report,) = twice({"status": surer}, {"status": other})

    assert report.status is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("on 2024-05-13", "on 2024-05-14", "2024-05-13"),
        ("at last", "on 2024-05-14", "2024-05-14"),
        ("on 2024-05-13", "at last", "2024-05-13"),
    ],
)
def test_a_day_of_the_text_comes_before_that_of_the_article(first: str, second: str, expected: str) -> None:
    drafts = Drafts(scene("News", f"Zorvex did a deal with Quorl {first}. Zorvex did it to Quorl {second}.", DAY))
    made = [drafts.draft("did a deal", "award", "Zorvex", "Quorl"), drafts.draft("did it", "award", "Zorvex", "Quorl", confidence=0.7)]
    (report,) = reports(drafts, *made)

    assert (report.when, report.when_source) == (expected, "text")


# --- what excludes what

EXCLUSIVE = [
    "acquisition investment", "acquisition contract", "acquisition merger", "investment contract", "investment merger", "contract merger",
    "partnership contract", "partnership merger", "award contract", "lawsuit partnership", "lawsuit acquisition", "lawsuit investment",
    "lawsuit contract", "partnership award", "acquisition partnership",
]  # fmt: skip
TOGETHER = ["award lawsuit", "award acquisition", "funding_round investment", "award merger", "award investment", "lawsuit merger"]


@pytest.mark.parametrize("pair", EXCLUSIVE)
def test_of_two_that_exclude_each_other_between_the_same_parties_the_surer_counts(pair: str) -> None:
    for first, second in permutations(pair.split()):
        assert [report.type for report in twice({"type_name": first}, {"type_name": second})] == [first]


@pytest.mark.parametrize("pair", TOGETHER)
def test_others_between_the_same_parties_are_both_meant(pair: str) -> None:
    for first, second in permutations(pair.split()):
        assert [report.type for report in twice({"type_name": first}, {"type_name": second})] == [first, second]


def test_two_that_exclude_each_other_are_both_meant_between_other_parties() -> None:
    assert len(twice({"type_name": "acquisition"}, {"type_name": "investment", "other": "Keltic"})) == 2
    assert len(twice({"type_name": "acquisition"}, {"type_name": "investment", "other": None})) == 2


@pytest.mark.parametrize("pair", ["approval award", "approval contract", "award contract", "acquisition investment"])
@pytest.mark.parametrize(
    ("first_words", "second_words", "number"),
    [
        ("won a licence", "a licence to build", 1),
        ("a licence to build", "won a licence", 1),
        ("won a licence", "a licence", 1),
        ("won a", "licence to build", 2),
        ("licence to build", "won a", 2),
        ("won a licence to build", ", and a medal", 2),
        (", and a medal", "won a licence to build", 2),
    ],
)
def test_of_one_party_they_exclude_each_other_in_the_same_words_only(pair: str, first_words: str, second_words: str, number: int) -> None:
    first, second = pair.split()
    drafts = Drafts(scene("Zorvex won a licence to build, and a medal"))
    made = [drafts.draft(first_words, first, "Zorvex"), drafts.draft(second_words, second, "Zorvex", confidence=0.7)]
    found = reports(drafts, *made)

    assert len(found) == number
    assert first in {report.type for report in found}


def test_of_two_directions_the_surer_counts() -> None:
    (report,) = twice({"type_name": "acquisition"}, {"type_name": "acquisition", "subject": "Quorl", "other": "Zorvex"})
    assert (report.subject, report.object) == ("Zorvex", "Quorl")

    (report,) = twice({"confidence": 0.5}, {"subject": "Quorl", "other": "Zorvex"})
    assert (report.subject, report.object) == ("Quorl", "Zorvex")


def test_a_third_event_is_weighed_against_each_that_counts() -> None:
    drafts = Drafts(scene("News", TWICE))
    made = [
        drafts.draft("did a deal", "award", "Zorvex", "Quorl", confidence=0.9),
        drafts.draft("did it", "acquisition", "Zorvex", "Quorl", confidence=0.8),
        drafts.draft("did it", "investment", "Zorvex", "Quorl", confidence=0.7),
    ]
    assert [report.type for report in reports(drafts, *made)] == ["award", "acquisition"]


def test_of_two_that_are_alike_in_all_else_the_first_type_counts() -> None:
    drafts = Drafts(scene("News", TWICE))
    made = [drafts.draft("did it", type_name, "Zorvex", "Quorl") for type_name in ("investment", "acquisition")]

    assert [report.type for report in reports(drafts, *made)] == ["acquisition"]
    assert [report.type for report in reports(drafts, *reversed(made))] == ["acquisition"]


def test_reports_come_in_the_order_of_the_text() -> None:
    drafts = Drafts(scene("News", "First Zorvex did a deal with Quorl. Keltic and Dunmore waited."))
    made = [
        drafts.draft("waited", "layoff", "Keltic", confidence=0.9),
        drafts.draft("waited", "layoff", "Dunmore", confidence=0.8),
        drafts.draft("waited", "expansion", "Keltic", confidence=0.7),
        drafts.draft("did a deal", "award", "Zorvex", "Quorl", confidence=0.3),
        drafts.draft("did a deal", "award", "Zorvex", "Keltic", confidence=0.9),
        drafts.draft("did", "lawsuit", "Zorvex", "Quorl", confidence=0.6),
        drafts.draft("did", "investment", "Zorvex", "Keltic", confidence=0.9),
        drafts.draft("did", "investment", "Zorvex", None, confidence=0.6),
    ]
    assert lines(drafts, *made) == [
        "investment: Zorvex -> none", "investment: Zorvex -> Keltic", "lawsuit: Zorvex -> Quorl", "award: Zorvex -> Keltic", "award: Zorvex -> Quorl",
        "expansion: Keltic -> none", "layoff: Dunmore -> none", "layoff: Keltic -> none",
    ]  # fmt: skip


# --- denials


def statuses(*pairs: tuple[str, str | None, str]) -> list[Status]:
    """Consolidate a lawsuit that is denied, and awards of some parties and rule statuses."""
    drafts = Drafts(scene("News", "Zorvex denies that it sued Quorl. Zorvex, Quorl and Keltic did it."))
    made = [drafts.draft("sued", "lawsuit", "Zorvex", "Quorl")]
    made += [drafts.draft("did it", "award", subject, other, status=status) for subject, other, status in pairs]
    return [report.status for report in reports(drafts, *made)]


def test_a_denial_holds_for_what_else_is_announced_of_the_same_parties() -> None:
    assert statuses(("Zorvex", "Quorl", "")) == [Status.DENIED, Status.DENIED]
    assert statuses(("Quorl", "Zorvex", "")) == [Status.DENIED, Status.DENIED]
    assert statuses(("Zorvex", "Quorl", "completed")) == [Status.DENIED, Status.COMPLETED]
    assert statuses(("Zorvex", "Keltic", "")) == [Status.DENIED, Status.ANNOUNCED]
    assert statuses(("Zorvex", None, "")) == [Status.DENIED, Status.ANNOUNCED]


def test_a_denial_of_one_party_holds_for_nothing_else() -> None:
    drafts = Drafts(scene("News", "Zorvex denies layoffs. Zorvex did it."))
    made = [drafts.draft("layoffs", "layoff", "Zorvex"), drafts.draft("did it", "award", "Zorvex")]

    assert [report.status for report in reports(drafts, *made)] == [Status.DENIED, Status.ANNOUNCED]


# --- a sum over several events

HEADLINE = "Zorvex inks $300 million deal with Quorl"
BODY = "The deal includes $200 million. Zorvex invests in Quorl. Zorvex and Quorl work together for $300 million. Keltic did it for $300 million."


def deal(headline: str = HEADLINE, body: str = BODY, *, keltic: tuple[str, str | None] = ("Keltic", None)) -> tuple[list[str], list[str]]:
    """Consolidate an investment, a partnership and an award below a headline, and a contract that the headline itself tells."""
    drafts = Drafts(scene(headline, body))
    sums = drafts.scene.money
    last = len(sums) - 1 if sums else None
    made = [
        drafts.draft("inks", "contract", "Zorvex", "Quorl", total=True),
        drafts.draft("inks", "lawsuit", "Zorvex", "Keltic"),
        drafts.draft("invests", "investment", "Zorvex", "Quorl", money=1 if len(sums) > 1 else None),
        drafts.draft("work", "partnership", "Zorvex", "Quorl", money=last),
        drafts.draft("did it", "award", *keltic, money=last),
    ]
    found, totals = consolidate_reports(made, drafts.lines, drafts.scene)
    return [line_of(report) for report in found], [f"{total.parties} {total.money.amount:.0f}" for total in totals]


def test_a_headline_sum_over_several_events_is_their_total_and_none_of_theirs() -> None:
    assert deal() == (
        ["investment: Zorvex -> Quorl; 200000000 USD", "partnership: Quorl -> Zorvex", "award: Keltic -> none"],
        ["('Quorl', 'Zorvex') 300000000"],
    )


def test_a_total_has_the_words_and_the_status_of_the_headline() -> None:
    drafts = Drafts(scene(HEADLINE.replace("inks", "plans"), BODY))
    made = [drafts.draft("invests", "investment", "Zorvex", "Quorl"), drafts.draft("work", "partnership", "Zorvex", "Quorl")]
    _, (total,) = consolidate_reports(made, drafts.lines, drafts.scene)

    assert (total.start, total.end) == (0, len(HEADLINE.replace("inks", "plans")))
    assert (total.rule, total.confidence, total.status) == ("headline_total", 0.8, Status.PLANNED)
    assert total.money == Money(3e8, "USD")


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        (HEADLINE, BODY.replace("includes", "follows")),  # nothing says that the sum has parts
        ("Zorvex inks deal with Quorl for long", BODY),  # no sum in the headline
        (f"{HEADLINE} - the deal includes all", BODY.replace("includes", "follows")),  # only the headline says so
    ],
)
def test_a_sum_is_no_total_where_the_text_does_not_part_it(headline: str, body: str) -> None:
    found, totals = deal(headline, body)

    assert totals == []
    assert any(line.startswith("lawsuit: Zorvex -> Keltic") for line in found)
    assert any(line.startswith(("contract: Zorvex -> Quorl", "investment: Zorvex -> Quorl")) for line in found)


def test_a_sum_over_events_of_several_pairs_is_no_total() -> None:
    found, totals = deal(body=f"{BODY} Dunmore waited.", keltic=("Keltic", "Dunmore"))

    assert totals == []
    assert any(line.startswith("partnership: Quorl -> Zorvex") for line in found)


def test_one_event_is_no_part() -> None:
    drafts = Drafts(scene(HEADLINE, BODY))
    found, totals = consolidate_reports([drafts.draft("invests", "investment", "Zorvex", "Quorl")], drafts.lines, drafts.scene)

    assert totals == []
    assert [report.type for report in found] == ["investment"]


@pytest.mark.parametrize(("headline", "body"), [(HEADLINE, ""), (HEADLINE, "They made a deal."), ("Zorvex inks deal with Quorl", BODY)])
def test_what_may_be_a_total_is_an_event_where_nothing_parts_a_sum_of_the_headline(headline: str, body: str) -> None:
    drafts = Drafts(scene(headline, body))
    assert [report.type for report in reports(drafts, drafts.draft("inks", "contract", "Zorvex", "Quorl", total=True))] == ["contract"]
