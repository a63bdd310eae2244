"""Relations that last, over all articles: what is merged, what is an edge, and whose parent is whose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from newsgraph.core.graph_tables import GraphTables, edges
from newsgraph.core.lasting_relation import Relation
from newsgraph.provenance.explanation import why
from newsgraph.resolve import ExtractedArticle
from newsgraph.resolve.corroboration import Counts
from newsgraph.resolve.lasting_relations import MergedRelation, parents_of
from readings import article, graph_of, told

KINDS = ("owns", "subsidiary_of", "supplies_to", "competes_with", "brand_of", "listed_at", "regulated_by")


def states(number: int, *relations: Relation, days: float = 0) -> ExtractedArticle:
    """Make an article in its own outlet that names Acme and Bolt and states some relations."""
    record = article(f"a{number}", f"Acme and Bolt {'xyzuvw'[number] * 3} {number}", days=days, outlet=f"outlet{number}.example")
    reading = told(record, "Acme", "Bolt")
    return replace(reading, facts=replace(reading.facts, relations=relations))


def relation(kind: str = "owns", subject: str = "Acme", other: str = "Bolt", confidence: float = 0.8, **more: Any) -> Relation:  # noqa: ANN401 - fields of a relation
    return replace(Relation(kind, subject, other, 0, 13, "rule", confidence), **more)


def merged(graph: GraphTables) -> list[tuple[object, ...]]:
    return graph["merged_relations"].select("kind", "percent", "since", "until", "articles", "outlets", "confidence").rows()


def relation_edges(graph: GraphTables) -> list[tuple[object, ...]]:
    rows = edges(graph).select("kind", "source", "target", "weight").rows()
    return [(kind, source.rpartition("/")[2], target.rpartition("/")[2], weight) for kind, source, target, weight in rows if kind in KINDS]


def test_one_relation_of_two_articles_is_counted_and_surer() -> None:
    graph = graph_of([states(0, relation()), states(1, relation())])

    assert merged(graph) == [("owns", None, None, None, 2, 2, 0.96)]
    assert relation_edges(graph) == [("owns", "acme", "bolt", 2)]
    assert graph["lasting_relations"].height == 2


def test_the_latest_share_and_time_count() -> None:
    graph = graph_of([states(0, relation(percent=7.0, since="2018")), states(1, relation(percent=9.0), days=1)])

    assert merged(graph)[0][1:4] == (9.0, "2018", None)


def test_a_relation_that_is_over_is_no_edge() -> None:
    graph = graph_of([states(0, relation()), states(1, relation(until="2024"), days=1)])

    assert merged(graph)[0][3] == "2024"
    assert relation_edges(graph) == []


def test_competitors_are_one_relation_whoever_is_named_first() -> None:
    graph = graph_of([states(0, relation("competes_with")), states(1, relation("competes_with", "Bolt", "Acme"))])

    assert relation_edges(graph) == [("competes_with", "acme", "bolt", 2)]


def test_a_name_without_a_node_makes_no_relation() -> None:
    assert graph_of([states(0, relation(other="Nobody"))])["lasting_relations"].is_empty()


def test_why_tells_the_share_and_the_time() -> None:
    graph = graph_of([states(0, relation(percent=7.0, since="2018"))])

    statement = next(statement for statement in why(graph, "Acme", "Bolt") if statement.kind == "owns")
    assert (statement.predicate, statement.note, statement.confidence) == ("owns a share of", "7 percent, since 2018", 0.8)


def test_parents_are_listed_or_surely_stated() -> None:
    def one(subject: str, parent: str, confidence: float, until: str = "") -> MergedRelation:
        counts = Counts(1, 1, 1)
        return MergedRelation(subject + parent, "subsidiary_of", subject, parent, None, "", until, "rule", confidence, counts, None)

    stated = [one("a", "b", 0.7), one("a", "c", 0.9), one("d", "e", 0.5), one("f", "g", 0.9, "2020"), one("h", "i", 0.9)]

    assert parents_of(stated, {"h": "j"}) == {"a": "c", "h": "j"}
