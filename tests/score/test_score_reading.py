"""How annotations are read, how texts are measured without documents, and how counts become a card."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gold_cases import Row, company, counts, event, record
from newsgraph.core.errors import InputError
from newsgraph.core.model import Article, EventAmount, Facts, Kind, Mention, Money, Naming, Report, RoleFiller, Status
from newsgraph.score import Tally, read_gold, read_texts, score_texts
from newsgraph.score.metrics import make_card
from newsgraph.score.text_comparison import Comparison

PAIR = [company("Owkin"), company("Sanofi")]

# --- the card


def test_shares_follow_from_the_counts() -> None:
    figure = make_card([Comparison({"links": Tally(3, 1, 0)}), Comparison({"links": Tally(0, 2, 1)})]).figures["links"]
    assert (figure.precision, figure.recall, figure.f1) == (0.75, 0.5, 0.6)
    assert 0.0 <= figure.low < figure.f1 < figure.high <= 1.0


def test_the_interval_is_the_same_each_time() -> None:
    comparisons = [Comparison({"links": Tally(n % 3, 1, n % 2)}) for n in range(20)]
    assert make_card(comparisons).rows() == make_card(comparisons).rows()


def test_a_card_of_nothing_holds_zeros() -> None:
    assert {row["f1"] for row in make_card([]).rows()} == {0.0}


# --- reading


def test_gold_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(record(PAIR)) + "\n\n", encoding="utf-8")
    assert read_gold(path) == [record(PAIR)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "line 1: is not JSON"), ("[]", "line 1: is not a JSON object"), ('{"doc": "a"}', "line 1: field 'part' is missing"),
        (json.dumps(record([{"surfaces": []}])), "line 1: field 'companies' has an entry without 'name'"), ("", "holds no record"),
        (json.dumps(record(PAIR, open="yes")), "line 1: field 'open' must be true or false"),
    ],
)  # fmt: skip
def test_a_bad_gold_file_says_where_and_what(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_gold(path)


def test_a_gold_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")


# --- texts without documents


def marked(tmp_path: Path, title: str, *events: Row) -> list[Row]:
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"title": title, "excerpt": "", "events": list(events)}), encoding="utf-8")
    return read_texts(path)


def test_marks_become_entities_and_plain_text(tmp_path: Path) -> None:
    (one,) = marked(tmp_path, "[Owkin, Inc.|COMPANY] ([Owkin|COMPANY]) meets [NASA|ORG] in [Paris|PLACE]")
    assert one["title"] == "Owkin, Inc. (Owkin) meets NASA in Paris"
    assert one["companies"] == [{"name": "Owkin, Inc.", "surfaces": ["Owkin, Inc.", "Owkin"]}]
    assert one["organizations"] == [{"name": "NASA", "surfaces": ["NASA"]}]


def test_a_funding_round_is_turned_into_a_round_and_its_investments(tmp_path: Path) -> None:
    title = "[A|COMPANY] and [B|COMPANY] back [C|COMPANY]"
    (one,) = marked(tmp_path, title, event("funding_round", "A", "C", amount=5, status="announced"))
    assert [(e["type"], e["subject"], e["object"], e.get("optional", False)) for e in one["events"]] == [
        ("funding_round", "C", None, False),
        ("investment", "A", "C", False),
        ("investment", "B", "C", True),
    ]


def test_a_doubtful_event_of_a_text_is_other(tmp_path: Path) -> None:
    (one,) = marked(tmp_path, "[A|COMPANY] may buy [B|COMPANY]", event("acquisition", "A", "B", status="rumoured"))
    assert [e["type"] for e in one["events"]] == ["other"]


ROLES = (RoleFiller("acquirer", "A"), RoleFiller("target", "B"))


def mention(name: str, confidence: float = 0.9, kind: Kind = Kind.COMPANY) -> Mention:
    return Mention(kind, name, 0, len(name), name, "r", confidence)


def test_texts_are_measured_through_the_extractor(tmp_path: Path) -> None:
    records = marked(tmp_path, "[A|COMPANY] buys [B|COMPANY]", event("acquisition", "A", "B", amount=5, currency="USD", status="announced"))

    def extract(article: Article) -> Facts:
        report = Report("acquisition", ROLES, 0, len(article.text), "r", 0.9, amounts=(EventAmount(Money(5, "USD"), "price"),))
        return Facts((mention("A"), mention("B"), mention("Weak", 0.4)), (report, report))

    card = score_texts(records, extract)["all"]
    assert [counts(card, figure) for figure in ("companies", "links", "events", "amounts")] == [(2, 0, 0), (1, 0, 0), (1, 0, 0), (1, 0, 0)]


@pytest.mark.parametrize(("confidence", "wrong"), [(0.49, 0), (0.5, 1)])
def test_only_reports_of_which_a_build_makes_an_event_count(tmp_path: Path, confidence: float, wrong: int) -> None:
    records = marked(tmp_path, "[A|COMPANY] meets [B|COMPANY]")
    facts = Facts((mention("A"), mention("B")), (Report("acquisition", ROLES, 0, 1, "r", confidence),))
    assert counts(score_texts(records, lambda _: facts)["all"], "events") == (0, 0, wrong)


def test_a_report_over_a_weak_mention_does_not_count(tmp_path: Path) -> None:
    records = marked(tmp_path, "[A|COMPANY] meets B")
    report = Report("acquisition", ROLES, 0, 1, "r", 0.9, Status.ANNOUNCED)
    facts = Facts((mention("A"), mention("B", 0.4)), (report,))
    assert counts(score_texts(records, lambda _: facts)["all"], "events") == (0, 0, 0)


def test_names_that_an_article_calls_one_company_are_one(tmp_path: Path) -> None:
    records = marked(tmp_path, "[Energy Access|COMPANY]")
    facts = Facts((mention("Energy Access"), mention("EA")), namings=(Naming("EA", "Energy Access", "r"),))
    assert counts(score_texts(records, lambda _: facts)["all"], "companies") == (1, 0, 0)
