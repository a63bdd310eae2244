"""Every count of the analytics is the one that a SPARQL question over the same graph gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
import pytest

from conftest import ROOT
from event_graph import event_graph
from newsgraph.analytics.deal_flow import DEAL_TYPES, PAID
from newsgraph.api import NewsGraph, build
from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.core.vocabulary import EVENT_TYPES
from planted_graph import planted_graph

MAIN = "VALUES ?role { ng:weightSubject ng:weightParty }"
NAMES = """?mention a ng:CompanyMention ; ng:mentionRole ?role ; itsrdf:taIdentRef ?company ; nif:referenceContext/dcterms:isPartOf ?article ."""
ORIGIN = "{ SELECT ?article (MIN(STR(?copy)) AS ?origin) { ?article a schema:NewsArticle . ?article ng:nearDuplicateOf* ?copy } GROUP BY ?article }"
STORY = "OPTIONAL { ?article schema:isPartOf ?story . ?story a ng:Story } BIND(COALESCE(STR(?story), ?origin) AS ?happening)"


@pytest.fixture(scope="module", params=["sample", "seeds", "examples", "planted"])
def kg(request: pytest.FixtureRequest) -> NewsGraph:
    """Return a graph of each kind."""
    graphs: dict[str, Callable[[], NewsGraph]] = {
        "sample": sample,
        "seeds": lambda: build(ROOT / "seeds", extractor="rules"),
        "examples": lambda: build(ROOT / "examples" / "news", extractor="rules"),
        "planted": lambda: planted_graph()[0],
    }
    return graphs[request.param]()


def sample() -> NewsGraph:
    """Return the sample made by hand, in which every report says whether it is background."""
    graph = event_graph()
    return NewsGraph(make_tables({**graph.tables, "reports": graph["reports"].with_columns(pl.col("background").fill_null(value=False))}))


def test_deal_flow(kg: NewsGraph) -> None:
    classes = " ".join(EVENT_TYPES[name].cls for name in DEAL_TYPES)
    kinds = " ".join(f"ng:amount{kind.capitalize()}" for kind in PAID)
    answer = kg.query(f"""SELECT ?month ?class ?currency (COUNT(DISTINCT ?event) AS ?deals) (SUM(?value) AS ?amount) (MAX(?value) AS ?largest) {{
      VALUES ?class {{ {classes} }} VALUES ?status {{ ng:statusAnnounced ng:statusCompleted }}
      ?event a ?class ; ng:status ?status ; ng:background false .
      OPTIONAL {{ ?event sem:hasTimeStamp ?when . BIND(SUBSTR(STR(?when), 1, 7) AS ?text) }}
      BIND(IF(STRLEN(?text) = 7, ?text, ?none) AS ?month)
      OPTIONAL {{ VALUES ?kind {{ {kinds} }} ?event ng:amount ?paid . ?paid ng:amountOf ?kind ; schema:value ?value ; schema:currency ?currency }}
    }} GROUP BY ?month ?class ?currency""")
    labels = {kg_class(name): name for name in DEAL_TYPES}
    expected = {
        (month, labels[cls], currency): (deals, amount or None, largest) for month, cls, currency, deals, amount, largest in answer.rows()
    }
    flow = kg.analytics.deal_flow().select("period", "type", "currency", "deals", "amount", "largest")
    counted = {row[:3]: row[3:] for row in flow.rows()}
    assert {key: row[0] for key, row in counted.items()} == {key: row[0] for key, row in expected.items()}
    assert counted == {key: (deals, pytest.approx(amount), pytest.approx(largest)) for key, (deals, amount, largest) in expected.items()}


def kg_class(name: str) -> str:
    return EVENT_TYPES[name].cls.replace("ng:", "https://w3id.org/newsgraph/ns#")


def test_articles_of_providers(kg: NewsGraph) -> None:
    answer = kg.query("SELECT ?provider (COUNT(DISTINCT ?article) AS ?n) { ?article schema:publisher ?provider } GROUP BY ?provider")
    articles = dict(kg.analytics.coverage().filter(pl.col("articles") > 0).select("provider", "articles").rows())
    assert articles == dict(answer.rows())


def test_events_of_providers(kg: NewsGraph) -> None:
    if kg.reports["background"].any():
        kg = NewsGraph(without_background(kg))
    answer = kg.query("""SELECT ?provider ?event (COALESCE(?publisher, ?article) AS ?outlet) ?time {
      ?event a ng:Event ; prov:wasDerivedFrom ?article . FILTER NOT EXISTS { ?event a ng:Deal . FILTER NOT EXISTS { ?event ng:told ?x } }
      OPTIONAL { ?article schema:publisher ?publisher } OPTIONAL { ?article schema:datePublished ?time } }""")
    answer = answer.filter(pl.col("event").is_in(kg.reports["event"].implode()))
    outlets = answer.group_by("event").agg(pl.col("outlet").n_unique().alias("outlets"), pl.col("time").min().alias("earliest"))
    joined = answer.join(outlets, on="event")
    exclusives = Counter(joined.filter(pl.col("outlets") == 1).select("outlet", "event").unique()["outlet"].to_list())
    first = Counter(
        joined.filter((pl.col("outlets") > 1) & (pl.col("time") == pl.col("earliest")))
        .select("outlet", "event")
        .unique()["outlet"]
        .to_list()
    )
    events = Counter(answer.select("outlet", "event").unique()["outlet"].to_list())
    for row in kg.analytics.coverage().iter_rows(named=True):
        counted = (events[row["provider"]], exclusives[row["provider"]], first[row["provider"]])
        assert (row["events"], row["exclusives"], row["first"]) == counted, row["name"]


def without_background(kg: NewsGraph) -> GraphTables:
    """Leave out reports of what is known from before, and what only they tell."""
    known = kg.reports.filter("background").select("article", "event")
    reports = kg.reports.join(known, on=["article", "event"], how="anti")
    events = kg.events.filter(pl.col("iri").is_in(reports["event"].implode()))
    return make_tables({**kg.tables.tables, "reports": reports, "events": events})


def test_links(kg: NewsGraph) -> None:
    answer = kg.query(f"""SELECT ?one ?other (COUNT(DISTINCT ?happening) AS ?h) (COUNT(DISTINCT ?origin) AS ?o) (COUNT(DISTINCT ?article) AS ?a) {{
      {{ SELECT DISTINCT ?article (?company AS ?one) {{ {MAIN} {NAMES} }} }}
      {{ SELECT DISTINCT ?article (?company AS ?other) {{ {MAIN} {NAMES} }} }}
      FILTER(STR(?one) < STR(?other)) {ORIGIN} {STORY}
    }} GROUP BY ?one ?other""")
    links = kg.analytics.links().select("one", "other", "happenings", "origins", "articles")
    assert sorted(links.rows()) == sorted(answer.rows())


def test_trends(kg: NewsGraph) -> None:
    answer = kg.query(f"""SELECT ?month ?one ?other (COUNT(DISTINCT ?origin) AS ?o) {{
      {{ SELECT DISTINCT ?article (?company AS ?one) {{ {MAIN} {NAMES} }} }}
      {{ SELECT DISTINCT ?article (?company AS ?other) {{ {MAIN} {NAMES} }} }}
      FILTER(STR(?one) < STR(?other)) OPTIONAL {{ ?article schema:datePublished ?time }} BIND(SUBSTR(STR(?time), 1, 7) AS ?month) {ORIGIN}
    }} GROUP BY ?month ?one ?other""")
    single = kg.query(f"""SELECT ?month ?company (COUNT(DISTINCT ?origin) AS ?o) {{
      {{ SELECT DISTINCT ?article ?company {{ {MAIN} {NAMES} }} }}
      OPTIONAL {{ ?article schema:datePublished ?time }} BIND(SUBSTR(STR(?time), 1, 7) AS ?month) {ORIGIN}
    }} GROUP BY ?month ?company""")
    texts = kg.query(f"""SELECT ?month (COUNT(DISTINCT ?origin) AS ?o) {{
      ?article a schema:NewsArticle . OPTIONAL {{ ?article schema:datePublished ?time }} BIND(SUBSTR(STR(?time), 1, 7) AS ?month) {ORIGIN}
    }} GROUP BY ?month""")
    counts, all_texts = {row[:2]: row[2] for row in single.rows()}, dict(texts.rows())
    expected = [(*row, counts[row[0], row[1]], counts[row[0], row[2]], all_texts[row[0]]) for row in answer.rows()]
    trends = kg.analytics.trends(least=1).select("period", "one", "other", "origins", "one_origins", "other_origins", "texts")
    assert sorted(trends.rows(), key=str) == sorted(expected, key=str)
    for row in kg.analytics.trends(least=1).iter_rows(named=True):
        assert row["lift"] == pytest.approx(row["origins"] * row["texts"] / row["one_origins"] / row["other_origins"], abs=1e-3)


def test_co_investors(kg: NewsGraph) -> None:
    answer = kg.query("""SELECT ?one ?other (COUNT(DISTINCT ?company) AS ?companies) (COUNT(DISTINCT ?same) AS ?rounds) {
      VALUES ?status { ng:statusAnnounced ng:statusCompleted } VALUES ?status2 { ng:statusAnnounced ng:statusCompleted }
      { ?deal a ng:Investment ; ng:target ?company } UNION { ?deal a ng:FundingRound ; ng:company ?company }
      { ?deal2 a ng:Investment ; ng:target ?company } UNION { ?deal2 a ng:FundingRound ; ng:company ?company }
      ?deal ng:status ?status ; ng:investor|ng:lead ?one . ?deal2 ng:status ?status2 ; ng:investor|ng:lead ?other .
      FILTER(STR(?one) < STR(?other) && ?one != ?company && ?other != ?company && isIRI(?one) && isIRI(?other))
      BIND(IF(?deal = ?deal2, ?deal, ?none) AS ?same)
    } GROUP BY ?one ?other""")
    assert sorted(kg.analytics.co_investors().select("one", "other", "companies", "rounds").rows()) == sorted(answer.rows())


def test_bursts_and_impact_count_the_articles_of_their_days() -> None:
    kg, _ = planted_graph()
    last = kg.articles["published"].max()
    assert last is not None
    burst = kg.analytics.emerging().row(0, named=True)
    window = (
        f"""{{ SELECT DISTINCT ?article {{ {MAIN} {NAMES} FILTER(?company = <{burst["iri"]}>) }} }} ?article schema:datePublished ?time ."""
    )
    start = last.date() - timedelta(days=29)  # type: ignore[union-attr] # it is a time
    answer = kg.query(f"""SELECT (COUNT(DISTINCT ?happening) AS ?h) (COUNT(DISTINCT ?origin) AS ?o) {{ {window}
      FILTER(?time >= "{start}T00:00:00Z"^^xsd:dateTime) {ORIGIN} {STORY} }}""")
    assert answer.row(0) == (burst["happenings"], burst["origins"])
    event = kg.events.filter((pl.col("type") == "acquisition") & (pl.col("first").dt.date() > date(2021, 6, 1))).row(0, named=True)
    begin, end = event["first"], event["first"] + timedelta(days=14)
    for row in kg.analytics.impact(event["iri"]).iter_rows(named=True):
        answer = kg.query(f"""SELECT (COUNT(DISTINCT ?origin) AS ?o) {{
          {{ SELECT DISTINCT ?article {{ {MAIN} {NAMES} FILTER(?company = <{row["company"]}>) }} }} ?article schema:datePublished ?time .
          FILTER(?time >= "{begin:%Y-%m-%dT%H:%M:%SZ}"^^xsd:dateTime && ?time < "{end:%Y-%m-%dT%H:%M:%SZ}"^^xsd:dateTime) {ORIGIN} }}""")
        assert answer.item() == row["after"] > 0
