"""How a graph is measured: what counts as found, what neither rewards nor punishes, and what is never shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import pytest

from gold_cases import ASIDE_DOC, OPEN_DOC, Row, company, counts, event, record
from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.score import score, score_split
from newsgraph.score.gold_records import held_out
from newsgraph.score.party_names import key


def graph_of(
    companies: Mapping[str, Sequence[str]], reports: Sequence[Row] = (), version: Row | None = None, source: str = f"in/{OPEN_DOC}",
) -> GraphTables:  # fmt: skip
    """Make a graph of one article; `companies` maps names to their surfaces in it."""
    text = {"title": "T", "excerpt": "E"}
    versions = [{"article": "x", "source": source, "part": "main", **text}, *([version] if version else [])]
    rows = [
        {"status": "announced", "rule": "r", "article": "x", "event": f"e{n}", "start": n, "end": n + 1} | one
        for n, one in enumerate(reports)
    ]
    roles = [
        {key: row[key] for key in ("article", "event", "start", "end")}
        | {"role": f"ng:{role}", "party": f"iri/{name}", "name": name, "kind": "company"}
        for row in rows
        for role, name in cast("list[tuple[str, str]]", row.pop("roles"))
    ]
    mentions = [{"article": "x", "company": f"iri/{name}", "text": text} for name, texts in companies.items() for text in texts]
    return make_tables(
        {
            "articles": frame("articles", [{"iri": "x", "source": source, "part": "main", **text}]),
            "versions": frame("versions", versions),
            "companies": frame("companies", [{"iri": f"iri/{name}", "name": name} for name in companies]),
            "mentions": frame("mentions", mentions),
            "reports": frame("reports", rows),
            "report_roles": frame("report_roles", roles),
        }
    )


def told(type_name: str, subject: str | None, target: str | None, **more: object) -> Row:
    kind = EVENT_TYPES[type_name]
    roles = [(role, name) for role, name in ((kind.first, subject), (kind.second, target)) if name]
    return {"type": type_name, "roles": roles, **more}


def both(*names: str) -> dict[str, list[str]]:
    return {name: [name] for name in names}


# --- names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sanofi S.A.", "sanofi"), ("The Walt Disney Company", "Walt Disney"), ("Owkin, Inc.", "Owkin"), ("Facebook", "Meta"),
        ("Moody\u2019s", "Moody"), ("Nestlé", "Nestle"), ("Intel®", "Intel"), ("Ford Motor Company", "Ford"), ("S&amp;P", "S&P"),
    ],
)  # fmt: skip
def test_spellings_of_one_company_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("Amazon", "Amazon Web Services"), ("The Company", ""), ("Air France", "France Air")])
def test_different_companies_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


# --- companies


def test_a_company_is_found_by_a_surface_of_the_annotation() -> None:
    card = score(graph_of({"AWS": ["AWS"]}), [record([company("Amazon Web Services", "AWS")])])
    assert counts(card, "companies") == (1, 0, 0)
    assert counts(card, "companies, by name alone") == (0, 1, 1)


def test_a_company_counts_once_a_text() -> None:
    card = score(graph_of({"Owkin": ["Owkin", "Owkin"], "Owkin Labs": ["Owkin"]}), [record([company("Owkin")])])
    assert counts(card, "companies") == (1, 0, 0)


def test_a_company_that_nobody_annotated_is_wrong() -> None:
    card = score(graph_of(both("Owkin", "Drugmaker")), [record([company("Owkin")])])
    assert counts(card, "companies") == (1, 0, 1)
    assert card.errors == ("a.md, main: wrong company Drugmaker",)


@pytest.mark.parametrize("field", ["companies", "organizations"])
def test_an_optional_entity_neither_rewards_nor_punishes(field: str) -> None:
    one = record([company("Owkin")])
    one[field] = [*one.get(field, []), company("Fab", optional=True)]
    assert counts(score(graph_of(both("Owkin", "Fab")), [one]), "companies") == (1, 0, 0)
    assert counts(score(graph_of(both("Owkin")), [one]), "companies") == (1, 0, 0)


def test_the_relaxed_figure_takes_a_name_within_a_name_as_whole_words() -> None:
    gold = [record([company("Toyota Motor Europe"), company("Meta")])]
    card = score(graph_of(both("Toyota", "Metabo")), gold)
    assert counts(card, "companies, relaxed") == (1, 1, 1)
    assert counts(card, "companies") == (0, 2, 2)


# --- events and links

PAIR = [company("Owkin"), company("Sanofi")]
TRIO = [company("Woven Planet"), company("Toyota"), company("Lyft")]


def test_an_event_is_found_by_type_subject_and_object() -> None:
    gold = [record(PAIR, [event("investment", "Sanofi", "Owkin")])]
    right = score(graph_of(both("Owkin", "Sanofi"), [told("investment", "Sanofi", "Owkin")]), gold)
    turned = score(graph_of(both("Owkin", "Sanofi"), [told("investment", "Owkin", "Sanofi")]), gold)
    assert counts(right, "events") == (1, 0, 0)
    assert counts(turned, "events") == (0, 1, 1)
    assert counts(turned, "events, relaxed") == (1, 0, 0)
    assert counts(turned, "links") == (1, 0, 0)


@pytest.mark.parametrize("name", ["partnership", "merger"])
def test_sides_of_a_symmetric_event_may_change_places(name: str) -> None:
    gold = [record(PAIR, [event(name, "Owkin", "Sanofi")])]
    card = score(graph_of(both("Owkin", "Sanofi"), [told(name, "Sanofi", "Owkin")]), gold)
    assert counts(card, "events") == (1, 0, 0)


def test_an_event_without_object_is_found_on_either_side() -> None:
    gold = [record(PAIR, [event("lawsuit", "Sanofi", None)])]
    card = score(graph_of(both("Owkin", "Sanofi"), [told("lawsuit", None, "Sanofi")]), gold)
    assert counts(card, "events") == (1, 0, 0)


def test_the_wrong_type_is_right_for_the_relaxed_figure_only() -> None:
    gold = [record(PAIR, [event("partnership", "Owkin", "Sanofi")])]
    card = score(graph_of(both("Owkin", "Sanofi"), [told("contract", "Owkin", "Sanofi")]), gold)
    assert counts(card, "events") == (0, 1, 1)
    assert counts(card, "events, relaxed") == (1, 0, 0)
    assert counts(card, "events: partnership") == (0, 1, 0)
    assert counts(card, "events: contract") == (0, 0, 1)


def test_another_accepted_type_is_right() -> None:
    gold = [record(PAIR, [event("partnership", "Owkin", "Sanofi", alt_types=["contract"])])]
    card = score(graph_of(both("Owkin", "Sanofi"), [told("contract", "Sanofi", "Owkin")]), gold)
    assert counts(card, "events") == (1, 0, 0)


def test_one_annotated_event_is_found_once() -> None:
    gold = [record(PAIR, [event("partnership", "Owkin", "Sanofi")])]
    twice = [told("partnership", "Owkin", "Sanofi"), told("partnership", "Owkin", "Sanofi")]
    card = score(graph_of(both("Owkin", "Sanofi"), twice), gold)
    assert counts(card, "events") == (1, 0, 1)
    assert counts(card, "links") == (1, 0, 0)


def test_three_partners_are_three_pairs_and_a_round_is_an_investment_of_each() -> None:
    gold = [
        record(
            TRIO,
            [event("partnership", one, other) for one, other in (("Lyft", "Toyota"), ("Lyft", "Woven Planet"), ("Toyota", "Woven Planet"))],
        )
    ]
    partners = {"type": "partnership", "roles": [("party", one["name"]) for one in TRIO]}
    assert counts(score(graph_of(both("Woven Planet", "Toyota", "Lyft"), [partners]), gold), "events") == (3, 0, 0)

    gold = [record(PAIR, [event("funding_round", "Owkin", None, amount=5, currency="USD"), event("investment", "Sanofi", "Owkin")])]
    funding = {"type": "funding_round", "roles": [("company", "Owkin"), ("lead", "Sanofi")], "amount": 5, "currency": "USD"}
    card = score(graph_of(both("Owkin", "Sanofi"), [funding]), gold)
    assert (counts(card, "events"), counts(card, "amounts")) == ((2, 0, 0), (1, 0, 0))


def test_a_part_is_an_event_of_buyer_and_seller() -> None:
    sale = {"type": "acquisition", "roles": [("acquirer", "Toyota"), ("seller", "Lyft")]}
    card = score(graph_of(both("Toyota", "Lyft"), [sale]), [record(TRIO[1:], [event("acquisition", "Toyota", "Lyft")])])
    assert counts(card, "events") == (1, 0, 0)


def test_types_that_gold_records_do_not_have_are_not_measured() -> None:
    dividend = {"type": "dividend", "roles": [("company", "Owkin")]}
    assert counts(score(graph_of(both("Owkin"), [dividend]), [record(PAIR[:1])]), "events") == (0, 0, 0)


def test_sentences_that_tell_one_event_are_one_event() -> None:
    gold = [record(PAIR, [event("investment", "Sanofi", "Owkin", amount=5, currency="USD")])]
    rows = [told("investment", "Sanofi", "Owkin", event="e"), told("investment", "Sanofi", "Owkin", event="e", amount=5, currency="USD")]
    card = score(graph_of(both("Owkin", "Sanofi"), rows), gold)
    assert counts(card, "events") == (1, 0, 0)
    assert counts(card, "amounts") == (1, 0, 0)


def test_an_optional_event_neither_rewards_nor_punishes() -> None:
    gold = [record(PAIR, [event("partnership", "Owkin", "Sanofi", optional=True)])]
    for reports in ([], [told("partnership", "Owkin", "Sanofi")]):
        card = score(graph_of(both("Owkin", "Sanofi"), reports), gold)
        assert {figure: counts(card, figure) for figure in ("events", "links")} == {"events": (0, 0, 0), "links": (0, 0, 0)}


SALE = event("acquisition", "Woven Planet", "Lyft", alt_subjects=["Toyota"], object_part="Level 5", seller="Lyft")


@pytest.mark.parametrize("buyer", ["Woven Planet", "Toyota"])
@pytest.mark.parametrize("sold", ["Lyft", "Level 5"])
def test_either_buyer_and_either_reading_of_the_unit_sold_are_right(buyer: str, sold: str) -> None:
    card = score(graph_of(both(buyer, sold), [told("acquisition", buyer, sold)]), [record(TRIO, [SALE])])
    assert counts(card, "events") == (1, 0, 0)
    assert counts(card, "links") == (1, 0, 0)


def test_both_buyers_are_one_link() -> None:
    rows = [told("acquisition", "Woven Planet", "Lyft"), told("acquisition", "Toyota", "Lyft")]
    card = score(graph_of(both("Woven Planet", "Toyota", "Lyft"), rows), [record(TRIO, [SALE])])
    assert counts(card, "links") == (1, 0, 0)


def test_a_pair_of_the_unit_sold_and_its_seller_is_borderline() -> None:
    gold = [record([company("A"), company("B"), company("Unit")], [event("acquisition", "A", "Unit", seller="B")])]
    rows = [told("acquisition", "A", "Unit"), told("partnership", "B", "Unit")]
    card = score(graph_of(both("A", "B", "Unit"), rows), gold)
    assert counts(card, "links") == (1, 0, 0)


@pytest.mark.parametrize("status", ["rumoured", "denied", "ended"])
def test_a_doubtful_deal_is_no_link_and_of_type_other(status: str) -> None:
    gold = [record(PAIR, [event("other", "Owkin", "Sanofi")])]
    card = score(graph_of(both("Owkin", "Sanofi"), [told("acquisition", "Sanofi", "Owkin", status=status)]), gold)
    assert counts(card, "events") == (1, 0, 0)
    assert counts(card, "links") == (0, 0, 0)


def test_a_deal_that_the_text_denies_is_a_wrong_link_when_told_as_done() -> None:
    gold = [record(PAIR, [event("other", "Owkin", "Sanofi")])]
    card = score(graph_of(both("Owkin", "Sanofi"), [told("acquisition", "Sanofi", "Owkin")]), gold)
    assert counts(card, "events") == (0, 1, 1)
    assert counts(card, "links") == (0, 0, 1)


def test_a_shutdown_is_not_counted() -> None:
    card = score(graph_of(both("Owkin")), [record(PAIR[:1], [event("other", "Owkin", None)])])
    assert counts(card, "events") == (0, 0, 0)


# --- amounts


@pytest.mark.parametrize(
    ("said", "found", "expected"),
    [
        ({"amount": 5, "currency": "USD"}, (5.0, "USD"), (1, 0, 0)),
        ({"amount": 5, "currency": "USD"}, (5.0, "EUR"), (0, 1, 1)),
        ({"amount": 5, "currency": "USD"}, (6.0, "USD"), (0, 1, 1)),
        ({"amount": 5, "currency": "USD"}, (None, None), (0, 1, 0)),
        ({"amount": 5, "currency": "USD", "alt_amounts": [6]}, (6.0, "USD"), (1, 0, 0)),
        ({"amount_range": [4, 9], "currency": "USD"}, (6.0, "USD"), (1, 0, 0)),
        ({"amount_range": [4, 9], "currency": "USD"}, (10.0, "USD"), (0, 1, 1)),
        ({"alt_amounts": [6]}, (7.0, "USD"), (0, 0, 0)),
        ({}, (6.0, "USD"), (0, 0, 0)),
    ],
)
def test_an_amount_is_right_with_its_currency(said: Row, found: tuple[object, object], expected: tuple[int, int, int]) -> None:
    gold = [record(PAIR, [event("investment", "Sanofi", "Owkin") | said])]
    rows = [told("investment", "Sanofi", "Owkin", amount=found[0], currency=found[1])]
    assert counts(score(graph_of(both("Owkin", "Sanofi"), rows), gold), "amounts") == expected


# --- which text is measured


def test_a_record_whose_text_was_not_chosen_is_named_and_not_measured() -> None:
    other = {"article": "x", "source": "in/b.md", "part": "related[0]", "title": "T", "excerpt": "shorter"}
    gold = record([company("Owkin")], doc="b.md", part="related[0]")
    card = score(graph_of(both("Owkin"), version=other), [gold])
    assert (card.not_built, card.records) == (("b.md, related[0]",), 0)


def test_a_record_with_the_very_text_that_was_chosen_is_measured() -> None:
    same = {"article": "x", "source": "in/b.md", "part": "related[0]", "title": "T", "excerpt": "E"}
    gold = record([company("Owkin")], doc="b.md", part="related[0]")
    card = score(graph_of(both("Owkin"), version=same), [gold])
    assert (card.not_built, counts(card, "companies")) == ((), (1, 0, 0))


def test_a_document_is_found_by_its_whole_name() -> None:
    card = score(graph_of(both("Owkin"), source="in/aa.md"), [record([company("Owkin")])])
    assert card.not_built == ("a.md, main",)


# --- the part held out


def test_errors_of_records_held_out_are_never_listed() -> None:
    records = [record([company("Owkin")]), record([company("Hidden")], doc=ASIDE_DOC, title="U")]
    rows = [{"article": "x", "source": ASIDE_DOC, "part": "main", "title": "T", "excerpt": "E"}]
    cards = score_split(graph_of({}, version=rows[0]), records)
    assert {name: card.records for name, card in cards.items()} == {"all": 2, "open": 1, "held out": 1}
    assert counts(cards["all"], "companies") == (0, 2, 0)
    assert [error for card in cards.values() for error in card.errors] == ["a.md, main: missed company Owkin"] * 2


def test_records_of_one_story_or_with_one_title_stand_on_one_side() -> None:
    records = [record(doc=OPEN_DOC), record(doc=ASIDE_DOC), record(doc=ASIDE_DOC, story=OPEN_DOC, title="U")]
    assert held_out(records) == (False, False, False)
    assert held_out(records[1:]) == (True, False)


def test_a_record_that_is_open_keeps_its_whole_story_open() -> None:
    records = [record(doc=ASIDE_DOC), record(doc=ASIDE_DOC, title="U", open=True), record(doc=ASIDE_DOC, story=ASIDE_DOC, title="V")]
    assert held_out(records) == (False, False, False)
    assert held_out([one | {"open": False} for one in records]) == (True, True, True)
