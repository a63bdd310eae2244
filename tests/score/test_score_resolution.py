"""What only many texts show: companies held twice or in one node with others, and stories split or joined."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from gold_cases import ASIDE_DOC, OPEN_DOC, Row, company, counts, record
from newsgraph.cli.app import main
from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.export.parquet import write_parquet
from newsgraph.score import Annotated, NodesPerCompany, report_of_extractors, report_of_graph, score, score_split
from newsgraph.score.pairwise import Placed, pairwise_figure

IDENTITY, STORIES, ALL_STORIES = "company identity", "stories", "stories, all texts"


def graph_of(*texts: tuple[str, str, dict[str, str]], article: Sequence[str] = ()) -> GraphTables:
    """Make a graph of texts: document, story, and the node of each company by what the text calls it.

    Each text is an article of its own, unless `article` names them.
    """
    iris = article or [f"article/{n}" for n in range(len(texts))]
    places = [{"source": doc, "part": "main", "title": f"T {doc}", "excerpt": "E"} for doc, _, _ in texts]
    rows = {iri: place | {"iri": iri, "story": f"story/{text[1]}"} for iri, place, text in zip(iris, places, texts, strict=True)}
    nodes = sorted({node for _, _, companies in texts for node in companies.values()})
    mentions = [
        {"article": iri, "company": f"company/{node}", "text": name}
        for iri, (_, _, companies) in zip(iris, texts, strict=True)
        for name, node in companies.items()
    ]
    return make_tables(
        {
            "articles": frame("articles", rows.values()),
            "versions": frame("versions", [place | {"article": iri} for iri, place in zip(iris, places, strict=True)]),
            "companies": frame("companies", [{"iri": f"company/{node}", "name": node} for node in nodes]),
            "mentions": frame("mentions", mentions),
        }
    )


def text(doc: str, *companies: str | Row, story: str = "") -> Row:
    """Make the record of a text; a name is a company."""
    entries = [company(one) if isinstance(one, str) else one for one in companies]
    return record(entries, doc=doc, title=f"T {doc}") | ({"story": story} if story else {})


# --- companies


def test_a_perfect_graph_has_one_node_a_company() -> None:
    graph = graph_of(("a.md", "1", {"Owkin": "owkin", "Sanofi": "sanofi"}), ("b.md", "2", {"Owkin": "owkin", "Sanofi": "sanofi"}))
    card = score(graph, [text("a.md", "Owkin", "Sanofi"), text("b.md", "Owkin", "Sanofi")])

    figure = card.figures[IDENTITY]
    assert (figure.precision, figure.recall, figure.f1, figure.hits) == (1.0, 1.0, 1.0, 2)
    assert card.nodes == NodesPerCompany(2, 2)
    assert card.errors == ()


def test_a_company_held_twice_costs_recall_and_is_listed_with_its_nodes() -> None:
    graph = graph_of(("a.md", "1", {"Owkin": "owkin"}), ("b.md", "2", {"Owkin": "owkin"}), ("d.md", "3", {"Owkin": "owkin-labs"}))
    card = score(graph, [text(doc, "Owkin") for doc in ("a.md", "b.md", "d.md")])

    assert counts(card, IDENTITY) == (1, 2, 0)
    assert card.nodes is not None
    assert card.nodes.ratio == 2.0
    assert card.errors == (
        "company Owkin: split into 2 nodes: company/owkin (in a.md, main; b.md, main); company/owkin-labs (in d.md, main)",
    )


def test_a_node_that_takes_in_two_companies_costs_precision_and_is_listed() -> None:
    amazon, cloud = company("Amazon"), company("Amazon Web Services", "AWS")
    graph = graph_of(("a.md", "1", {"Amazon": "amazon"}), ("b.md", "2", {"AWS": "amazon"}))
    card = score(graph, [text("a.md", amazon), text("b.md", cloud)])

    assert counts(card, IDENTITY) == (0, 0, 1)
    assert card.nodes == NodesPerCompany(1, 2)
    assert card.errors[-1] == "company node company/amazon: merges 2: Amazon (in a.md, main); Amazon Web Services (in b.md, main)"


def test_facebook_and_meta_are_one_company() -> None:
    graph = graph_of(("a.md", "1", {"Facebook": "meta"}), ("b.md", "2", {"Meta": "meta"}))
    card = score(graph, [text("a.md", "Facebook"), text("b.md", "Meta")])

    assert (counts(card, IDENTITY), card.nodes) == ((1, 0, 0), NodesPerCompany(1, 1))


def test_a_company_split_within_one_text_is_seen() -> None:
    graph = graph_of(("a.md", "1", {"Toyota": "toyota", "Toyota Motor": "toyota-motor"}))
    card = score(graph, [text("a.md", company("Toyota", "Toyota Motor"))])

    assert (counts(card, IDENTITY), card.nodes) == ((0, 1, 0), NodesPerCompany(2, 1))


@pytest.mark.parametrize("entry", [company("Nimbus"), company("Owkin", optional=True)], ids=["not found", "optional"])
def test_a_company_that_was_not_found_or_is_optional_counts_in_no_pair(entry: Row) -> None:
    graph = graph_of(("a.md", "1", {"Owkin": "owkin"}), ("b.md", "2", {"Owkin": "owkin-labs"}))
    card = score(graph, [text("a.md", "Owkin"), text("b.md", entry)])

    assert (IDENTITY in card.figures, card.nodes) == (False, NodesPerCompany(1, 1))


# --- stories


def test_stories_that_stand_as_annotated_are_right() -> None:
    graph = graph_of(("a.md", "1", {}), ("b.md", "1", {}), ("d.md", "2", {}))
    card = score(graph, [text("a.md", story="x"), text("b.md", story="x"), text("d.md", story="y")])

    assert (counts(card, STORIES), card.figures[STORIES].f1, card.errors) == ((1, 0, 0), 1.0, ())


def test_a_story_that_is_split_costs_recall_and_is_listed() -> None:
    graph = graph_of(("a.md", "1", {}), ("b.md", "1", {}), ("d.md", "2", {}))
    card = score(graph, [text(doc, story="x") for doc in ("a.md", "b.md", "d.md")])

    assert counts(card, STORIES) == (1, 2, 0)
    assert card.errors == ("story x: split into 2 nodes: story/1 (in a.md, main; b.md, main); story/2 (in d.md, main)",)


def test_stories_that_are_joined_cost_precision_and_are_listed() -> None:
    card = score(graph_of(("a.md", "1", {}), ("b.md", "1", {})), [text("a.md", story="x"), text("b.md", story="y")])

    assert counts(card, STORIES) == (0, 0, 1)
    assert card.errors == ("story node story/1: merges 2: x (in a.md, main); y (in b.md, main)",)


def test_a_text_without_a_story_is_one_of_its_own_for_the_second_figure_only() -> None:
    graph = graph_of(("a.md", "1", {}), ("b.md", "1", {}), ("d.md", "1", {}))
    card = score(graph, [text("a.md", story="x"), text("b.md", story="x"), text("d.md")])

    assert (counts(card, STORIES), counts(card, ALL_STORIES)) == ((1, 0, 0), (1, 0, 2))
    assert card.errors == ("story node story/1: merges 2: none (in d.md, main); x (in a.md, main; b.md, main)",)


def test_an_article_that_two_documents_hold_counts_once() -> None:
    graph = graph_of(("a.md", "1", {}), ("b.md", "1", {}), ("d.md", "1", {}), article=("article/0", "article/0", "article/1"))
    alike = {name: graph[name].with_columns(title=pl.lit("T")) for name in ("articles", "versions")}
    records = [text("b.md"), text("a.md", story="x"), text("d.md", story="x")]
    card = score(GraphTables({**graph.tables, **alike}), [one | {"title": "T"} for one in records])

    assert (card.records, counts(card, STORIES), counts(card, ALL_STORIES)) == (3, (1, 0, 0), (1, 0, 0))


def test_where_nothing_is_said_of_stories_there_is_no_figure() -> None:
    card = score(graph_of(("a.md", "1", {}), ("b.md", "1", {})), [text("a.md"), text("b.md")])

    assert [name for name in card.figures if name.startswith("stories")] == []


# --- what is held out


def test_a_split_between_an_open_text_and_one_held_out_counts_and_is_never_listed() -> None:
    graph = graph_of((OPEN_DOC, "1", {"Owkin": "owkin"}), (ASIDE_DOC, "2", {"Owkin": "hidden"}))
    cards = score_split(graph, [text(OPEN_DOC, "Owkin"), text(ASIDE_DOC, "Owkin")])

    assert counts(cards["all"], IDENTITY) == (0, 1, 0)
    assert [line for card in cards.values() for line in card.errors] == []


def test_what_is_wrong_among_texts_held_out_counts_in_their_part_and_is_never_listed() -> None:
    other = f"2-{ASIDE_DOC}"
    graph = graph_of((ASIDE_DOC, "1", {"Owkin": "owkin", "Sanofi": "owkin"}), (other, "2", {"Owkin": "hidden"}))
    texts = [
        Annotated(text(doc, *names, story="x"), "gold", is_held_out=True)
        for doc, names in ((ASIDE_DOC, ["Owkin", "Sanofi"]), (other, ["Owkin"]))
    ]
    report = report_of_graph(graph, texts)
    card = report.card(report.readers[0], "held out")

    assert (counts(card, IDENTITY), counts(card, STORIES), card.errors) == ((0, 1, 1), (0, 1, 0), ())


# --- intervals


def test_the_interval_draws_texts_and_holds_the_figure() -> None:
    things = [Placed(n, str(n % 5), str(n % 5 if n > 4 else n % 4)) for n in range(40)]
    figure = pairwise_figure("x", things, 40)

    assert figure is not None
    assert 0.0 < figure.low < figure.f1 < figure.high <= 1.0


def test_a_text_drawn_twice_makes_no_pair_with_itself() -> None:
    figure = pairwise_figure("x", [Placed(0, "a", "1"), Placed(1, "a", "2")], 2)

    assert figure is not None
    assert (figure.hits, figure.missed, figure.low, figure.high) == (0, 1, 0.0, 0.0)


# --- the command


def test_texts_read_without_a_graph_have_no_nodes() -> None:
    report = report_of_extractors(["rules"], [Annotated(text("a.md", "Owkin", story="x"), "gold", is_held_out=False)])

    assert report.nodes(report.readers[0], "all") is None
    assert IDENTITY not in report.card(report.readers[0], "all").figures


def test_the_command_prints_figures_nodes_and_errors(tmp_path: Path) -> None:
    write_parquet(graph_of(("a.md", "1", {"Owkin": "owkin"}), ("b.md", "2", {"Owkin": "owkin-labs"})), tmp_path)
    gold = tmp_path / "gold.jsonl"
    gold.write_text("".join(json.dumps(text(doc, "Owkin", story="x")) + "\n" for doc in ("a.md", "b.md")), encoding="utf-8")
    shown = CliRunner().invoke(main, ["score", str(tmp_path), str(gold), "--errors"], catch_exceptions=False).stdout
    rows = json.loads(
        CliRunner().invoke(main, ["score", str(tmp_path), str(gold), "--output-format", "json"], catch_exceptions=False).stdout
    )

    assert [
        line
        for line in ("company identity", "stories, all texts", "nodes per company", "company Owkin: split into 2", "story x: split")
        if line not in shown
    ] == []
    assert [row["value"] for row in rows if (row["part"], row["figure"], row["measure"]) == ("all", "nodes per company", "ratio")] == [2.0]
