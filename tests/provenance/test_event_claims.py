"""What is claimed of events with several parties, people and products, and the entries that remove or mend them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.core.model import Kind, Report, RoleFiller
from newsgraph.decisions.decision import Verb
from newsgraph.decisions.decisions_file import parse_decisions
from newsgraph.provenance.explanation import Statement, why
from newsgraph.provenance.source_sentences import untraceable
from readings import BASE, article, graph_of, mention, told

COMPANIES = ("Acme", "Bolt", "Cask")


def made(type_name: str, *roles: tuple[str, str], part: str | None = None) -> GraphTables:
    """Make the graph of one article about one event."""
    text = article("a", "Acme, Bolt, Cask, Ines Falk and the Model Q")
    kinds = {"Ines Falk": Kind.PERSON, "Model Q": Kind.PRODUCT}
    fillers = tuple(RoleFiller(role, name, kinds.get(name, Kind.COMPANY)) for role, name in roles)
    reading = told(text, *COMPANIES, reports=[replace(Report(type_name, fillers, 0, len(text.title), "hand", 0.8), part=part)])
    others = tuple(mention(text.text, name, kind=kind) for name, kind in kinds.items())
    graph = graph_of([replace(reading, facts=replace(reading.facts, mentions=(*reading.facts.mentions, *others)))])
    return make_tables(dict(graph.tables) | {"dataset": frame("dataset", [{"base": BASE, "model_version": "hand/1"}])})


def claims(statements: tuple[Statement, ...], type_name: str) -> list[str]:
    return [f"{one.subject} {one.predicate} {one.object}" for one in statements if one.kind == type_name]


def test_each_pair_of_three_parties_is_a_claim() -> None:
    graph = made("partnership", ("party", "Acme"), ("party", "Bolt"), ("party", "Cask"))

    assert sorted(claims(why(graph, "Acme"), "partnership")) == ["Acme partners with Bolt", "Acme partners with Cask"]
    assert claims(why(graph, "Bolt", "Cask"), "partnership") == ["Bolt partners with Cask"]
    assert untraceable(graph) == []


@pytest.mark.parametrize(
    ("pair", "says"),
    [
        (("Acme", "Cask"), "Acme buys “mills” from Cask"),
        (("Cask", "Acme"), "Acme buys “mills” from Cask"),
        (("Acme", "Bolt"), "Acme is acquirer in the same acquisition as Bolt"),
    ],
)
def test_who_buys_a_part_does_not_acquire_who_sells_it(pair: tuple[str, str], says: str) -> None:
    graph = made("acquisition", ("acquirer", "Acme"), ("acquirer", "Bolt"), ("seller", "Cask"), part="mills")

    assert claims(why(graph, *pair), "acquisition") == [says]


def test_the_lead_of_a_round_gives_money_too() -> None:
    graph = made("funding_round", ("company", "Acme"), ("lead", "Bolt"), ("investor", "Cask"))

    assert sorted(claims(why(graph, "Acme"), "funding_round")) == ["Acme raises money from Bolt", "Acme raises money from Cask"]
    assert claims(why(graph, "Bolt", "Cask"), "funding_round") == ["Bolt is lead investor in the same funding round as Cask"]


def test_people_and_products_are_what_an_event_is_about() -> None:
    named = made("appointment", ("company", "Acme"), ("person", "Ines Falk"))
    launched = made("product_launch", ("company", "Acme"), ("product", "Model Q"))
    ordered = made("contract", ("supplier", "Acme"), ("customer", "Bolt"), ("product", "Model Q"))

    assert claims(why(named, "Acme"), "appointment") == claims(why(named, "Ines Falk"), "appointment") == ["Acme appoints Ines Falk"]
    assert claims(why(launched, "Acme"), "product_launch") == ["Acme launches Model Q"]
    assert claims(why(ordered, "Acme"), "contract") == ["Acme supplies Bolt"]
    assert claims(why(ordered, "Acme", "Model Q"), "contract") == ["Acme is supplier in the same contract as Model Q"]


def test_a_party_alone_is_in_its_event() -> None:
    assert claims(why(made("layoff", ("company", "Acme")), "Acme"), "layoff") == ["Acme is company in Acme cuts jobs"]


def test_the_entries_that_would_remove_or_mend_an_event_can_be_copied() -> None:
    graph = made("appointment", ("company", "Acme"), ("person", "Ines Falk"))
    lines = {one.predicate: one.object for one in why(graph, graph["events"]["iri"].item()) if one.kind == "remedy"}
    removes, mends = (parse_decisions(lines[f"would be {what} by the decision"], "copied")[0] for what in ("removed", "mended"))

    assert (removes.verb, mends.verb) == (Verb.WRONG_EVENT, Verb.EVENT)
    assert removes.event == mends.event
    assert removes.event is not None
    assert removes.event.parties == ("Acme", "Ines Falk")
    assert mends.change is not None
    assert mends.change.values["person"] == "Ines Falk"


def test_the_entries_for_a_company_can_be_copied() -> None:
    graph = made("layoff", ("company", "Acme"))
    lines = [one.object for one in why(graph, "Acme") if one.kind == "remedy" and one.subject == "Acme"]

    assert [parse_decisions(line, "copied")[0].verb for line in lines] == [Verb.NOT_A_COMPANY, Verb.PERSON]
