"""Why a graph says something: names, sentences, evidence and statements."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pytest

from newsgraph.core.errors import InputError, UnknownNameError
from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.core.name_lookup import name_index
from newsgraph.core.sentences import sentence_at, sentences
from newsgraph.provenance.explanation import why
from newsgraph.provenance.source_sentences import evidence_of, untraceable
from sample import ACME, ALPHA, BASE, BETA, BOLT, DEAL, DUNE, GAMMA, HOSTILE, JANE, LYON, MONEY, ONE, ROCKET, article_text, sample_graph


def changed(**tables: pl.DataFrame) -> GraphTables:
    """Give the sample with some tables replaced."""
    rows: Mapping[str, pl.DataFrame] = sample_graph().tables
    return make_tables({**rows, **tables})


# --- sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("A title\nAn excerpt.", ["A title", "An excerpt."]),
        ("Acme Inc. buys Bolt Corp. for $1.5 bn. It pays.", ["Acme Inc. buys Bolt Corp. for $1.5 bn.", "It pays."]),
        ("The U.S. Army and J. Doe. Next.", ["The U.S. Army and J. Doe.", "Next."]),
        ("He said “No.” Then he left.", ["He said “No.”", "Then he left."]),
        ("e.g. this", ["e.g. this"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_text_is_cut_into_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_a_span_over_two_sentences_has_both() -> None:
    assert sentence_at("One. Two. Three.", 2, 7) == (0, 9)


def test_a_span_between_sentences_is_its_own() -> None:
    assert sentence_at("One.\n\nTwo.", 4, 5) == (4, 5)


# --- names


@pytest.mark.parametrize("name", ["Acme", "ACME", " acme  inc. ", "ACM", "acme.example", ACME, "company/acme"])
def test_a_company_is_found_by_any_of_its_names(name: str) -> None:
    assert name_index(sample_graph()).find(name) == ACME


def test_an_article_is_found_by_headline_and_by_link() -> None:
    names = name_index(sample_graph())
    assert names.find(HOSTILE.upper()) == GAMMA
    assert names.find("https://blog.example/b") == BETA


def test_a_story_is_found_by_its_name_where_nothing_else_has_it() -> None:
    graph = changed(stories=sample_graph()["stories"].with_columns(pl.lit("Tale of ").add(pl.col("lead").str.tail(1)).alias("name")))
    assert name_index(graph).find("tale of a") == ONE


def test_an_unknown_name_is_told_with_names_that_are_close() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean: Acme"):
        name_index(sample_graph()).find("Acmee")


def test_a_name_of_several_nodes_is_told_with_all_of_them() -> None:
    graph = changed(companies=sample_graph()["companies"].with_columns(pl.lit("Twin").alias("name")))
    with pytest.raises(InputError, match=r"4 nodes.*company <.*acme>.*company <.*bolt>"):
        name_index(graph).find("twin")


def test_a_label_wins_over_an_alias_of_another_node() -> None:
    aliased = pl.when(pl.col("iri") == BOLT).then(pl.lit(["Acme"])).otherwise(pl.col("aliases")).alias("aliases")
    assert name_index(changed(companies=sample_graph()["companies"].with_columns(aliased))).find("Acme") == ACME


# --- evidence


def test_a_quote_cuts_out_the_evidence() -> None:
    quote = evidence_of(sample_graph()).quote(ALPHA, 0, 4, [ACME, BOLT])
    assert quote.sentence[quote.start : quote.end] == "Acme"
    assert (quote.context, quote.missing) == ((), ())


def test_a_sentence_without_the_parties_is_given_with_one_that_names_them() -> None:
    start = article_text(ALPHA).index("The $2m deal")
    quote = evidence_of(sample_graph()).quote(ALPHA, start, start + 12, [ACME, BOLT])
    assert quote.sentence == "The $2m deal has two parts."
    assert quote.context == ("Acme invests $1.5m in Bolt & both partner",)


def test_a_party_that_is_named_nowhere_is_missing() -> None:
    assert evidence_of(sample_graph()).quote(ALPHA, 0, 4, [ACME, f"{BASE}company/cane"]).missing == (f"{BASE}company/cane",)


def test_a_name_without_a_marked_mention_counts() -> None:
    graph = changed(mentions=sample_graph()["mentions"].filter(pl.col("company") != BOLT))
    assert evidence_of(graph).quote(ALPHA, 0, 4, [BOLT]).missing == ()


def test_every_inferred_statement_of_the_sample_has_its_words() -> None:
    assert untraceable(sample_graph()) == []


def test_an_event_that_no_article_tells_is_untraceable() -> None:
    lost = untraceable(changed(reports=sample_graph()["reports"].filter(pl.col("event") != MONEY)))
    assert lost == [f"event {MONEY}", f"invested_in {ACME} {BOLT} (event {MONEY})"]


def test_an_event_whose_parties_stand_in_other_sentences_is_untraceable() -> None:
    court = sample_graph()["event_roles"].with_columns(
        pl.when(pl.col("event") == DEAL).then(pl.lit(DUNE)).otherwise(pl.col("party")).alias("party")
    )
    assert untraceable(changed(event_roles=court)) == [f"event {DEAL}"]


def test_the_title_counts_as_evidence() -> None:
    evidence = evidence_of(sample_graph())
    start = article_text(ALPHA).index("The $2m deal")
    assert evidence.names_all(ALPHA, [(start, start + 12)], [ACME, BOLT])
    assert not evidence.names_all(ALPHA, [(start, start + 12)], [ACME, DUNE])


def test_a_company_without_a_mention_is_untraceable() -> None:
    lost = untraceable(changed(mentions=sample_graph()["mentions"].filter(pl.col("company") != ACME)))
    assert lost == [f"company {ACME}"]


@pytest.mark.parametrize(("node", "kind"), [(JANE, "person"), (LYON, "place")])
def test_a_person_or_place_without_a_mention_is_untraceable(node: str, kind: str) -> None:
    others = sample_graph()["other_mentions"]
    lost = untraceable(changed(other_mentions=others.filter(pl.col("entity").is_null() | (pl.col("entity") != node))))
    assert lost == [f"{kind} {node}"]


def test_an_employment_whose_sentence_does_not_name_the_employer_is_untraceable() -> None:
    posts = sample_graph()["posts"].with_columns(pl.lit(DUNE).alias("employer"))
    assert untraceable(changed(posts=posts)) == [f"works_for {JANE} {DUNE}"]


@pytest.mark.parametrize("corpus", ["seed_graph", "news_graph", "powerapps_graph"])
def test_every_inferred_statement_of_real_documents_has_its_words(request: pytest.FixtureRequest, corpus: str) -> None:
    assert untraceable(request.getfixturevalue(corpus)) == []


# --- statements


def test_an_event_is_stated_once_for_every_article_that_tells_it() -> None:
    told = [one for one in why(sample_graph(), "Acme", "Bolt") if one.kind == "investment"]
    assert [(one.subject, one.predicate, one.object, one.amount, one.article) for one in told] == [
        ("Acme", "invests in", "Bolt", 1500000.0, ALPHA),
        ("Acme", "invests in", "Bolt", 1250000.5, BETA),
    ]


def test_a_statement_tells_sentence_source_rule_and_confidence() -> None:
    one = next(one for one in why(sample_graph(), "Acme", "Bolt") if one.kind == "investment")
    assert one.sentence[one.start : one.end] == "Acme invests $1.5m in Bolt"
    assert (one.provider, one.source, one.rule, one.confidence, one.status) == ("The Wire", "a.txt", "hand", 0.9, "announced")


def test_the_order_of_the_two_names_does_not_matter() -> None:
    graph = sample_graph()
    there, back = why(graph, "Acme", "Bolt"), why(graph, "Bolt", "Acme")
    sides = [{one.subject_iri, one.object_iri} for one in there]
    assert sides == [{one.subject_iri, one.object_iri} for one in back]
    assert [one.subject for one in there if one.kind == "investment"] == [one.subject for one in back if one.kind == "investment"]


def test_a_total_has_the_date_of_its_event_and_the_sentence_that_names_the_parties() -> None:
    one = next(one for one in why(sample_graph(), "Acme", "Bolt") if one.kind == "deal")
    assert (one.amount, str(one.date)) == (2000000.0, "2024-05-01")
    assert one.context == ("Acme invests $1.5m in Bolt & both partner",)


def test_companies_named_together_without_an_event_are_stated_with_a_limit() -> None:
    graph = changed(event_roles=sample_graph()["event_roles"].clear())
    together = [one for one in why(graph, "Acme", "Bolt", limit=1) if one.kind == "together"]
    assert [(one.article, one.note) for one in together] == [(ALPHA, "2 such articles, of which the first 1 are shown")]


def test_an_article_that_tells_an_event_of_both_is_not_stated_again() -> None:
    assert [one for one in why(sample_graph(), "Acme", "Bolt") if one.kind == "together"] == []


def test_a_single_edge_is_stated_with_the_words_it_rests_on() -> None:
    (one,) = [one for one in why(sample_graph(), "Rocket", "Dune") if one.kind == "made_by"]
    assert (one.subject_iri, one.predicate, one.object) == (ROCKET, "is made by", "Dune")
    assert one.sentence == "Cane may buy Dune, a rocket maker, says the High Court."


def test_what_a_document_declares_is_said_to_be_declared() -> None:
    (one,) = why(sample_graph(), ALPHA, "The Wire")
    assert (one.predicate, one.object, one.rule, one.confidence, one.source) == ("published by", "The Wire", "declared", None, "a.txt")


def test_an_employment_is_stated_with_role_and_sentence() -> None:
    (told,) = why(sample_graph(), "Jane Roe", "Bolt")[-1:]
    assert (told.predicate, told.object, told.kind) == ("works for, as CEO,", "Bolt", "works_for")
    assert told.sentence == "Bolt CEO Jane Roe, known as Roe, lives in Lyon."


def test_one_name_alone_gives_all_that_is_said_of_it() -> None:
    kinds = {one.kind for one in why(sample_graph(), "Acme")}
    beside = {"corroboration", "identifier", "decision", "replaced", "remedy"}
    assert kinds == {"investment", "partnership", "deal", "mentions", "parent", "naming"} | beside


@pytest.mark.parametrize(
    "node", ["article", "provider", "topic", "company", "organisation", "product", "person", "place", "event", "story"]
)
def test_every_kind_of_node_can_be_asked_about(node: str) -> None:
    graph = sample_graph()
    names = name_index(graph)
    found = [len(why(graph, iri)) for iri, kind in names.kinds.items() if kind == node]
    assert found != []
    assert min(found) > 0


def test_two_names_of_one_node_are_refused() -> None:
    with pytest.raises(InputError, match="both name the same node"):
        why(sample_graph(), "Acme", "ACM")


def test_nodes_with_nothing_between_them_give_no_statement() -> None:
    assert why(sample_graph(), "Acme", "Cane & Co") == ()


def test_the_seed_shows_the_sentences_between_sanofi_and_owkin(seed_graph: GraphTables) -> None:
    told = [one for one in why(seed_graph, "Sanofi", "Owkin") if one.kind == "investment"]
    assert len({one.article for one in told}) == 7
    assert all("Sanofi" in " ".join((one.sentence, *one.context)) and "Owkin" in " ".join((one.sentence, *one.context)) for one in told)
