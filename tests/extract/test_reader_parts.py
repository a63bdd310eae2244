"""The parts of the learned reader that need no model: values, names of one text, links into events."""

from datetime import date

import numpy as np
import pytest

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article
from newsgraph.extract.models.tag_decoding import TaggedSpan
from newsgraph.extract.models.wordpiece import WordPieces
from newsgraph.extract.reader.fields import Option, choose_fields
from newsgraph.extract.reader.group_links import Limits, Table
from newsgraph.extract.reader.group_names import group_names
from newsgraph.extract.reader.heads import FieldChances
from newsgraph.extract.reader.labels import AMOUNTS_OF, LINK_AT, LINKS, PARTS, STATUSES, Link
from newsgraph.extract.reader.values import Value, find_values
from newsgraph.extract.reader.windows import LONGEST, Candidate, lay_windows, place_candidates
from newsgraph.extract.text.article_text import read_text

DAY = date(2025, 5, 13)


def told(text: str, kind: str) -> list[tuple[float, str]]:
    return [(value.number, value.word) for value in find_values(text, DAY) if value.kind == kind]


def test_days_months_and_years_are_found_with_their_precision() -> None:
    text = "It was sold in March 2021, two years ago, last autumn, in the third quarter of 2019, in 1998 and last December."
    assert [word for _, word in told(text, "when")] == ["2021-03", "2023", "2024", "2019", "1998", "2024-12"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opened in 2018 and was sold the same year.", ["2018", "2018"]),
        ("It opened in 2018. It was sold the following year, and it closed the year after.", ["2018", "2019", "2020"]),
        ("It opened in 2018. A year later it was sold, and two years later it closed.", ["2018", "2019", "2021"]),
        ("It was sold in 2018, having been founded four years earlier.", ["2018", "2014"]),
        ("It was founded four years earlier.", ["2021"]),  # no year is named, so that of the day of publishing counts
        ("It was sold the same year.", []),
        ("It opened in May 2018." + " It grew." * 100 + " It was sold the same year.", ["2018-05"]),  # too far away
        ("It opened in 2018. It was sold a year after it.", ["2018"]),
        (f"It opened in 2018. {'It was sold 99 years later. ' * 100}", ["2018", *(str(2018 + 99 * n) for n in range(1, 81))]),
        ("It opened in 201٣, in the first quarter of 202٤, and in May 201٥.", ["2013", "2024", "2015-05"]),  # years have digits of ASCII
    ],
)
def test_a_year_is_told_by_another(text: str, expected: list[str]) -> None:
    assert [word for _, word in told(text, "when")] == expected


def test_a_season_is_the_nearest_one_until_more_is_known() -> None:
    text = "It fell in the spring, rose in the summer of 2019 and will close by autumn, or in winter 2026."
    assert [word for _, word in told(text, "when")] == ["2025", "2019", "2025", "2026"]


def test_times_of_day_and_ratios_count_nothing() -> None:
    assert told("It lost 41 records at 8:30 pm, at 16:45 GMT, and splits its shares 3:2.", "count") == [(41.0, "")]


def test_pence_percents_and_counts_are_values_of_their_own_kind() -> None:
    text = "It offers 410 pence a share, 7.2 percent more, and cuts 1,200 jobs in twelve plants."
    assert told(text, "money") == [(4.1, "GBP")]
    assert told(text, "percent") == [(7.2, "")]
    assert sorted(number for number, _ in told(text, "count")) == [12.0, 1200.0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Numis lifted its target from 1,020p to 350p, the dividend is 4.4p.", [(10.2, "GBP"), (3.5, "GBP"), (0.044, "GBP")]),
        ("It streams in 720p and in 1080p.", []),
        ("It pays 45 kobo, 50 paise or 8.6 sen.", [(0.45, "NGN"), (0.5, "INR"), (0.086, "MYR")]),
        ("It pays 21 cents.", [(0.21, "USD")]),
        ("A 10-cent dividend, 6 HK cents and 12 eurocents", [(0.1, "USD"), (0.06, "HKD"), (0.12, "EUR")]),
        ("It pays 44c a share out of R2bn.", [(0.44, "ZAR")]),
        ("It pays 12 centavos, and P9 million to Bolt.", [(0.12, "PHP")]),
        ("It pays 12 centavos.", []),
        ("It pays 21 cents, and has A$5 million; the US$1 million went to A$2 million funds.", [(0.21, "AUD")]),
    ],
)
def test_minor_units_are_hundredths_of_the_currency_that_a_text_names(text: str, expected: list[tuple[float, str]]) -> None:
    assert [one for one in told(text, "money") if one[0] < 1_000] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A profit of €9 million became a loss of 14 million.", [(9e6, "EUR"), (14e6, "EUR")]),
        (
            "Sales fell to 512 million, from $2bn; costs were 1.2bn after £1m.",
            [(5.12e8, "USD"), (2e9, "USD"), (1.2e9, "USD"), (1e6, "GBP")],
        ),
        ("It paid €9 million and has 14 million users.", [(9e6, "EUR")]),
        ("It has 14 million of them.", []),  # no currency is named
    ],
)
def test_a_number_without_a_currency_may_be_a_sum(text: str, expected: list[tuple[float, str]]) -> None:
    assert sorted(told(text, "money")) == sorted(expected)


def test_a_number_that_may_be_a_sum_stays_a_number() -> None:
    assert (14e6, "") in told("It paid €9 million, and sold 14 million in May.", "count")


def test_short_forms_acronyms_and_surnames_stand_for_the_full_name() -> None:
    text = read_text(
        Article("", None, "Halvorsen Maritime buys", "Halvorsen said Anna Lund left. Lund and HM smiled.", "", "main"),
        load_lexicon().phrases,
    )
    spans = [
        TaggedSpan(text.tokens.index("Maritime") - 1, text.tokens.index("Maritime") + 1, "COMPANY", 0.9),
        TaggedSpan(text.tokens.index("said") - 1, text.tokens.index("said"), "COMPANY", 0.9),
        TaggedSpan(text.tokens.index("Anna"), text.tokens.index("Anna") + 2, "PERSON", 0.9),
        TaggedSpan(text.tokens.index("left") + 2, text.tokens.index("left") + 3, "COMPANY", 0.9),
        TaggedSpan(text.tokens.index("HM"), text.tokens.index("HM") + 1, "COMPANY", 0.9),
    ]
    found = {(one.name, one.kind, len(one.mentions)) for one in group_names(text, spans)}
    assert found == {("Halvorsen Maritime", "company", 3), ("Anna Lund", "person", 2)}


@pytest.mark.parametrize(
    ("words", "value", "status", "background", "when"),
    [
        ("In August", "2025-08", "completed", True, "2024-08"),  # the latest August before the day of publishing
        ("In August", "2025-08", "completed", False, "2025-08"),
        ("In August", "2025-08", "planned", True, "2025-08"),
        ("Feb. 12", "2025-02-12", "completed", True, "2025-02-12"),
        ("August 2026", "2026-08", "completed", True, "2026-08"),
        ("in 2026", "2026", "completed", True, "2026"),
        ("in the autumn", "2025", "completed", True, "2024"),  # the last one of what was known, the next one of plans
        ("since spring", "2025", "completed", True, "2025"),
        ("in spring", "2025", "planned", False, "2026"),
        ("in the autumn", "2025", "planned", True, "2025"),
        ("in the autumn", "2024", "announced", False, "2025"),
        ("last autumn", "2024", "completed", False, "2024"),
        ("", "", "completed", False, "2025-05-13"),  # news without a day is of the day of publishing
        ("", "", "completed", True, None),
        ("", "", "planned", False, None),
    ],
)
def test_a_month_without_a_year_is_read_by_what_it_dates(
    *, words: str, value: str, status: str, background: bool, when: str | None
) -> None:
    options = [Option("when", (0, 1), 0, Value("when", 0, 1, 0.0, value), words)] if words else []
    chances = field_chances(status, options, background=background)
    assert choose_fields("acquisition", chances, options, DAY).when == when


@pytest.mark.parametrize(("none", "found"), [(0.6, ["price"]), (0.8, [])])
def test_a_sum_is_left_out_where_it_is_surely_none_of_the_events(none: float, found: list[str]) -> None:
    options = [Option("money", (0, 1), 0, Value("money", 0, 1, 5e6, "USD"), "$5m")]
    chances = field_chances("announced", options, background=False, none=none)
    assert [amount.of for amount in choose_fields("acquisition", chances, options, DAY).amounts] == found


def test_sums_of_a_result_stand_in_the_order_of_its_sentence() -> None:
    options = [Option("money", (at, at + 1), 0, Value("money", at, at + 1, number, "USD"), "") for at, number in ((5, 7e6), (2, 9e6))]
    chances = field_chances("announced", options, background=False)
    assert [amount.value for amount in choose_fields("financial_result", chances, options, DAY).amounts] == [9e6, 7e6]
    assert [amount.value for amount in choose_fields("acquisition", chances, options, DAY).amounts] == [7e6, 9e6]  # as sure of both


def field_chances(status: str, options: list[Option], *, background: bool, none: float = 0.0) -> FieldChances:
    """Return what the heads would say if they were sure of status and time; what a sum is of is its price or nothing."""
    money = np.zeros((len(options), 1 + len(AMOUNTS_OF)), dtype=np.float32)
    money[:, 0], money[:, 1] = none, 1 - none
    return FieldChances(
        status=np.array([float(status == one) for one in STATUSES], dtype=np.float32), background=float(background),
        sentences=np.ones(1, dtype=np.float32), money=money, chosen=np.ones(len(options), dtype=np.float32),
        none=np.zeros(8, dtype=np.float32) if options else np.ones(8, dtype=np.float32), published=0.0,
    )  # fmt: skip


def test_links_of_three_become_one_event_and_another_deal_stays_apart() -> None:
    pairs = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)]
    links = np.zeros((len(pairs), len(LINKS)), np.float32)
    for row, one, chance in (
        (0, Link("acquisition", "acquirer", "target"), 0.9), (1, Link("acquisition", "acquirer", "seller"), 0.8),
        (2, Link("acquisition", "target", "seller"), 0.7), (3, Link("acquisition", "acquirer", "target"), 0.6),
    ):  # fmt: skip
        links[row, LINK_AT[one]] = chance
    table = Table()
    none = np.zeros((4, len(PARTS)), np.float32)
    table.add(0, [0, 1, 2, 3], none, none, pairs, links)
    found = {frozenset(event.places) for event, _ in table.group(Limits(0.5, 0.3, 0.5, 1.1))}
    assert found == {frozenset({(0, "acquirer"), (1, "target"), (2, "seller")}), frozenset({(0, "acquirer"), (3, "target")})}


def test_long_texts_are_cut_into_windows_that_begin_with_title_and_names() -> None:
    body = " ".join(f"Quarrow and Osmia signed contract number {number} on a sunny day." for number in range(80))
    text = read_text(Article("", None, "Quarrow signs with Osmia", "", "", "main", body), load_lexicon().phrases)
    pieces = WordPieces(["[UNK]", "[CLS]", "[SEP]", "quarrow", "osmia", ",", "and", "signed"])
    cut = [pieces.cut(token) for token in text.tokens]
    at = text.tokens.index("Osmia")
    windows = lay_windows(text, cut, pieces, [Candidate("Quarrow", "company", ((0, 1),)), Candidate("Osmia", "company", ((at, at + 1),))])
    assert len(windows) > 1
    assert all(len(window.pieces) <= LONGEST for window in windows)
    assert [first for first, _, _ in windows[1].carried] == [0, at]
    assert place_candidates(windows[1], [Candidate("Quarrow", "company", ((0, 1),))]).candidates == [0]
