"""Decisions that change events, add missed ones and say that a name is a person: what the next graph holds, and what contradicts them."""

from __future__ import annotations

from datetime import date

import pytest

from newsgraph.core.graph_tables import GraphTables, frame, make_tables, shortcuts
from newsgraph.core.model import Status
from newsgraph.decisions.contradictions import combine_decisions
from newsgraph.decisions.decision import Decision
from newsgraph.decisions.decisions_file import parse_decisions
from newsgraph.decisions.decisions_writer import entry_line, format_decision
from newsgraph.query.point_in_time import as_of
from newsgraph.resolve import ExtractedArticle
from readings import BASE, article, graph_of, report, told

BOUGHT = "{type: acquisition, parties: [Acme, Bolt], month: 2024-05}"


def decided(text: str) -> list[Decision]:
    return parse_decisions(text, "decisions.yaml")


def readings() -> list[ExtractedArticle]:
    return [
        told(article("a", "Acme buys Bolt of Cask"), "Acme", "Bolt", "Cask", reports=[report("acquisition", "Acme", "Bolt", 5e6)]),
        told(article("b", "Acme buys all of Bolt", days=1), "Acme", "Bolt", reports=[report("acquisition", "Acme", "Bolt", 5e6, day="2024-05-02")]),
    ]  # fmt: skip


def graph(text: str, *more: ExtractedArticle) -> GraphTables:
    return graph_of([*readings(), *more], decisions=decided(text))


def event(of: GraphTables) -> dict[str, object]:
    (row,) = of["events"].to_dicts()
    return row


def outcomes(of: GraphTables) -> list[str]:
    return of["decisions"]["outcome"].to_list()


# --- changes


def test_time_status_part_and_amount_of_an_event_can_be_set() -> None:
    changed = graph(f"- {{event: {BOUGHT}, set: {{when: 2024-06, status: completed, part: mills, amount: 7000000, currency: EUR}}}}")
    row = event(changed)

    assert (row["when"], row["date"], row["date_source"]) == ("2024-06", None, "decision")
    assert (row["status"], row["part"], row["amount"], row["currency"]) == ("completed", "mills", 7e6, "EUR")
    assert row["label"] == "Acme acquires Bolt's mills for €7M"
    assert outcomes(changed) == ["applied"]
    assert shortcuts(changed)["kind"].to_list() == ["bought_part_of"]


def test_what_articles_report_stays_in_the_ledger_beside_what_was_decided() -> None:
    changed = graph(f"- {{event: {BOUGHT}, set: {{status: completed, amount: none}}}}")
    entries = changed["ledger"].select("field", "relation", "value", "articles").rows()

    assert event(changed)["amount"] is None
    assert ("amount", "decided", "none", 0) in entries
    assert ("amount", "disputed", "$5M", 2) in entries
    assert ("status", "decided", "completed", 0) in entries
    assert ("status", "stage", "announced", 2) in entries


def test_type_and_roles_are_changed_in_the_reports_too() -> None:
    changed = graph(f"- {{event: {BOUGHT}, set: {{type: investment, roles: {{investor: Cask}}}}}}")

    assert event(changed)["label"] == "Cask invests $5M in Bolt"
    assert changed["event_roles"].select("role", "name", "kind").rows() == [
        ("ng:investor", "Cask", "company"), ("ng:target", "Bolt", "company"),
    ]  # fmt: skip
    assert changed["reports"].select("type", "subject", "object").unique().rows() == [("investment", "Cask", "Bolt")]


def test_a_role_can_be_taken_by_nobody_and_by_words() -> None:
    changed = graph(f"- {{event: {BOUGHT}, set: {{roles: {{target: none, seller: [Cask, a fund]}}}}}}")

    assert changed["event_roles"].select("role", "name", "kind").rows() == [
        ("ng:acquirer", "Acme", "company"), ("ng:seller", "Cask", "company"),
    ]  # fmt: skip


def test_an_event_whose_type_is_decided_joins_an_event_that_it_is() -> None:
    other = told(article("c", "Acme and Bolt merge", days=1), "Acme", "Bolt", reports=[report("merger", "Acme", "Bolt")])
    changed = graph(f"- {{event: {BOUGHT}, set: {{type: merger}}}}", other)

    assert event(changed)["type"] == "merger"
    assert event(changed)["articles"] == 3


def test_what_was_decided_holds_on_every_day() -> None:
    changed = graph(f"- {{event: {BOUGHT}, set: {{when: 2018, status: ended, part: mills, amount: none, roles: {{seller: Cask}}}}}}")
    early = as_of(make_tables(dict(changed.tables) | {"dataset": frame("dataset", [{"base": BASE}])}), date(2024, 5, 1))

    columns = ["type", "label", "when", "date_source", "status", "part", "amount"]
    assert early["events"].select(columns).rows() == changed["events"].select(columns).rows()
    assert early["event_roles"].rows() == changed["event_roles"].rows()
    assert early["events"]["articles"].to_list() == [1]


# --- additions


ADDED = """
- add:
    event: {type: contract, roles: {supplier: Bolt, customer: Cask, product: 40 mills}, status: completed, amount: 3000000, currency: USD}
    article: https://news.example/a
    sentence: %s
"""


def test_a_missed_event_is_added_with_its_sentence_as_evidence() -> None:
    added = graph(ADDED % "buys  Bolt of Cask")
    (row,) = added["reports"].filter(type="contract").to_dicts()
    text = added["articles"].filter(iri=row["article"])["text"].item()

    assert text[row["start"] : row["end"]] == "buys Bolt of Cask"
    assert (row["rule"], row["confidence"], row["subject"], row["object"], row["when"]) == ("decision", 1.0, "Bolt", "Cask", "2024-05-01")
    assert added["events"].filter(type="contract")["label"].to_list() == ["Bolt wins a $3M contract from Cask for 40 mills"]
    assert outcomes(added) == ["applied"]


@pytest.mark.parametrize(
    "text",
    [
        ADDED % "Cask buys Bolt",
        (ADDED % "Acme buys Bolt").replace("news.example/a", "news.example/z"),
        (ADDED % "Acme buys Bolt").replace("customer: Cask", "customer: Nobody"),
    ],
    ids=["another sentence", "another article", "an unknown party"],
)
def test_an_addition_that_cannot_be_proved_is_unused(text: str) -> None:
    added = graph(text)

    assert outcomes(added) == ["unused"]
    assert added["events"].height == 1


def test_an_added_event_that_others_report_joins_theirs() -> None:
    text = "- add: {event: {type: acquisition, roles: {acquirer: Acme, target: Bolt}}, article: https://news.example/c, sentence: Acme has Bolt}"
    added = graph(text, told(article("c", "Acme has Bolt", days=2), "Acme", "Bolt"))

    assert event(added)["articles"] == 3


# --- people


def test_a_name_that_is_a_person_is_no_company_and_keeps_the_roles_of_people() -> None:
    changed = graph("- person: Acme")

    assert changed["companies"]["name"].to_list() == ["Bolt", "Cask"]
    assert changed["people"]["name"].to_list() == ["Acme"]
    assert changed["event_roles"].select("role", "name", "kind").rows() == [
        ("ng:acquirer", "Acme", "person"), ("ng:target", "Bolt", "company"),
    ]  # fmt: skip
    assert outcomes(changed) == ["applied"]


def test_a_person_loses_a_role_that_only_companies_take() -> None:
    changed = graph("- person: Bolt")

    assert changed["event_roles"].select("role", "name").rows() == [("ng:acquirer", "Acme")]


def test_a_person_in_one_article_may_be_a_company_in_another() -> None:
    changed = graph('- person: {name: Acme, in: "https://news.example/a"}')

    assert changed["companies"].filter(name="Acme")["articles"].to_list() == [1]
    assert changed["people"]["articles"].to_list() == [1]


# --- contradictions and the file


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            f"- {{event: {BOUGHT}, set: {{status: ended}}}}\n- {{event: {BOUGHT}, set: {{status: completed}}}}",
            "2 different values of status",
        ),
        (f"- {{event: {BOUGHT}, set: {{amount: none}}}}\n- {{right_amount: {BOUGHT}, amount: 5, currency: USD}}", "2 different amounts"),
        (f"- {{event: {BOUGHT}, set: {{status: ended}}}}\n- wrong_event: {BOUGHT}", "is wrong, and is changed"),
        ("- person: Acme\n- same: [Acme, Bolt]", "is a person, and is the same as one"),
        ("- person: Acme\n- {rename: Acme, to: Bolt}", "is a person, and is renamed as one"),
    ],
)
def test_decisions_that_cannot_all_hold_contradict_each_other(text: str, what: str) -> None:
    both = combine_decisions(decided(text))

    assert both.applied == ()
    assert what in both.contradictions[0].what


def test_different_fields_of_one_event_may_be_set_by_several_decisions() -> None:
    changed = graph(f"- {{event: {BOUGHT}, set: {{status: ended}}}}\n- {{event: {BOUGHT}, set: {{when: 2024-05-03}}}}")

    assert (event(changed)["status"], event(changed)["when"]) == (Status.ENDED, "2024-05-03")
    assert outcomes(changed) == ["applied", "applied"]


@pytest.mark.parametrize(
    "text",
    [
        f'- {{event: {BOUGHT}, set: {{when: 2018, status: ended, roles: {{target: none, seller: [Cask, "A: B"]}}, amount: none}}}}',
        f"- {{event: {BOUGHT}, set: {{type: investment, part: a stake, amount: 5, currency: USD}}}}",
        ADDED % "Acme buys Bolt",
        "- person: Ines Falk",
    ],
)
def test_an_entry_is_written_as_it_is_read(text: str) -> None:
    (decision,) = decided(text)

    assert [decided(write(decision)) for write in (format_decision, entry_line)] == [[decision], [decision]]
    assert entry_line(decision).count("\n") == 0
