"""The example news: what its graph must show, whatever else a better reader finds in it; and the lists beside it."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import polars as pl
import pytest

import newsgraph as ng
from conftest import ROOT
from newsgraph.identifiers import make_pack
from newsgraph.score.gold_records import read_gold

EXAMPLES = ROOT / "examples"
NEWS = EXAMPLES / "news"
LEAST_EVENTS, LEAST_STORIES = 12, 4


@pytest.fixture(scope="module")
def kg() -> ng.NewsGraph:
    """Build the news alone."""
    return ng.build(NEWS)


@pytest.fixture(scope="module")
def tagged() -> ng.NewsGraph:
    """Build the news by tagger and rules, which read a denial and a correction that the reader misses, and take a product for a company."""
    return ng.build(NEWS, extractor="names")


@pytest.fixture(scope="module")
def decided() -> ng.NewsGraph:
    """Build the news with all lists that lie beside it."""
    return ng.build(NEWS, companies=EXAMPLES / "companies.csv", ignore=EXAMPLES / "ignore.txt", decisions=EXAMPLES / "decisions.yaml")


def rows(frame: pl.DataFrame, *columns: str) -> set[tuple[object, ...]]:
    """List the distinct rows of some columns."""
    return set(frame.select(columns).iter_rows())


# --- the documents


def test_thirty_articles_are_read_without_a_problem(kg: ng.NewsGraph) -> None:
    assert kg.articles.height == 30
    assert kg.problems.height == 0


def test_the_documents_come_in_all_formats_that_are_no_archive() -> None:
    assert {path.suffix for path in NEWS.rglob("*") if path.is_file()} == {".md", ".txt", ".yaml", ".yml", ".json", ".jsonl"}
    feed, releases = (json.loads((NEWS / name).read_text(encoding="utf-8")) for name in ("harbour-wire.json", "pressroom-direct.json"))
    assert list(feed) == ["value"]
    assert isinstance(releases, list)


def test_no_outlet_or_link_is_a_real_one(kg: ng.NewsGraph) -> None:
    hosts = {urlsplit(link).hostname or "" for link in kg.articles["url"]} | set(kg.providers["domain"])
    assert [host for host in hosts if not host.endswith(".example")] == []


def test_no_company_of_the_list_is_one_that_the_project_knows() -> None:
    def names(path: Path) -> set[str]:
        with path.open(encoding="utf-8") as file:
            return {name for row in csv.DictReader(file) for name in (row["name"], *row["aliases"].split("|")) if name}

    assert names(EXAMPLES / "companies.csv") & names(ROOT / "src" / "newsgraph" / "data" / "companies.csv") == set()


def test_an_article_listed_under_another_address_is_no_second_one(kg: ng.NewsGraph) -> None:
    times = Counter(kg.article_sources["article"])
    assert sorted(times.values(), reverse=True)[:3] == [2, 2, 1]


# --- the graph


def test_every_company_of_the_list_is_found_without_it(kg: ng.NewsGraph) -> None:
    with (EXAMPLES / "companies.csv").open(encoding="utf-8") as file:
        listed = {row["name"] for row in csv.DictReader(file)}
    assert listed - set(kg.companies["name"]) == set()


def test_the_news_has_events_of_all_kinds_that_it_tells(kg: ng.NewsGraph) -> None:
    kinds = {"acquisition", "investment", "funding_round", "partnership", "product_launch", "lawsuit", "appointment", "layoff", "contract"}
    assert kg.events.height >= LEAST_EVENTS
    assert {*kinds, "financial_result"} - set(kg.events["type"]) == set()


def test_the_takeover_is_followed_from_rumour_to_end(kg: ng.NewsGraph) -> None:
    takeover = pl.col("what").str.contains(r"^Osterholt acquires Vantrell Storage.* for €640M")
    history = kg.query("status-history").filter(takeover).sort("first")["status"].to_list()
    assert [history[0], history[-1]] == ["rumoured", "completed"]
    assert "announced" in history


def test_sources_disagree_on_one_amount_and_one_is_corrected(kg: ng.NewsGraph, tagged: ng.NewsGraph) -> None:
    disputed = kg.query("told-otherwise").filter(field="amount", relation="disputed")
    assert rows(disputed, "value", "main") == {("€710M", "€640M")}
    told = rows(tagged.query("told-otherwise").filter(pl.col("field") == "amount"), "value", "relation", "main")
    assert told == {("€710M", "disputed", "€640M"), ("$68M", "superseded", "$58M")}
    assert kg.corrections.height == 1


def test_a_bid_is_denied(tagged: ng.NewsGraph) -> None:
    denied = tagged.query("rumours-and-denials").filter(pl.col("status") == "denied")
    assert denied["what"].to_list() == ["Denied: acquisition of Vantrell Storage by Pellarin Partners"]


def test_a_wire_report_is_reprinted_by_another_outlet(kg: ng.NewsGraph) -> None:
    assert ("Harbour Wire", "Maas Daily") in rows(kg.query("near-copies"), "provider", "copy_provider")


def test_several_stories_have_several_articles(kg: ng.NewsGraph) -> None:
    assert kg.stories.filter(pl.col("size") > 1).height >= LEAST_STORIES


def test_a_ticker_is_a_name_and_similar_names_are_two_companies(kg: ng.NewsGraph) -> None:
    aliases = dict(kg.companies.select("name", "aliases").iter_rows())
    assert "FCW" in aliases["Fjordmark Cable Works"]
    assert {"Corvane Energy", "Corvane Minerals"} <= set(aliases)


def test_every_decision_is_applied(decided: ng.NewsGraph) -> None:
    assert decided.decisions.height == 5
    assert set(decided.decisions["outcome"]) == {"applied"}


def test_names_to_ignore_are_no_companies(tagged: ng.NewsGraph, decided: ng.NewsGraph) -> None:
    ignored = {"Bastion", "Pike", "Joris van der Maat"}
    ignoring = ng.build(NEWS, extractor="names", ignore=EXAMPLES / "ignore.txt")
    assert ignored & set(tagged.companies["name"])
    assert ignored & set(ignoring.companies["name"]) == set()
    assert ignored & set(decided.companies["name"]) == set()


# --- the annotations


def test_the_gold_file_annotates_articles_of_the_folder(kg: ng.NewsGraph) -> None:
    texts = {
        (source, part): (title, excerpt)
        for source, part, title, excerpt in kg.versions.select("source", "part", "title", "excerpt").iter_rows()
    }
    records = read_gold(EXAMPLES / "gold.jsonl")
    assert len(records) >= 12
    assert [one["doc"] for one in records if texts.get((one["doc"], one["part"])) != (one["title"], one["excerpt"])] == []


def test_what_the_gold_file_marks_is_in_its_texts() -> None:
    wrong = []
    for one in read_gold(EXAMPLES / "gold.jsonl"):
        marked = [
            surface
            for field in ("companies", "organizations", "people", "places", "products")
            for row in one[field]
            for surface in row["surfaces"]
        ]
        words = [*marked, *(event["evidence"] for event in one["events"])]
        wrong += [(one["doc"], one["part"], word) for word in words if word not in one["title"] and word not in one["excerpt"]]
        named = {row["name"] for field in ("companies", "organizations") for row in one[field]}
        wrong += [
            (one["doc"], one["part"], event["type"]) for event in one["events"] if {event["subject"], event["object"]} - named - {None}
        ]
    assert wrong == []


# --- the identifiers


def test_a_pack_of_the_example_files_gives_companies_their_records(tmp_path: Path) -> None:
    folder, pack = EXAMPLES / "identifiers", tmp_path / "companies.parquet"
    report = make_pack(pack, [folder / "gleif.csv"], [folder / "company_tickers_exchange.json"], [folder / "wikidata.csv"])
    kg = ng.build(NEWS, companies=EXAMPLES / "companies.csv", packs=[pack])
    rules = dict(kg.companies.select("name", "id_rule").iter_rows())
    assert (report.records, report.folded, report.dropped) == (13, 3, ())
    assert rules["Osterholt"] == "same_id"
    assert rules["Fennimore Automation"] == "ticker_and_name"
    assert rules["Kelvaro"] == "legal_name"
    assert rules["Brightmoor Robotics"] == "name_and_country"  # of two records of that name
    assert rules["Zandhaven Ports"] == "only_candidate"
    assert rules["Lumivar Systems"] is None
    assert [reason.partition(":")[0] for reason in kg.id_candidates["reason"]] == ["ambiguous", "ambiguous"]
    assert {lei[:4] for lei in kg.companies["lei"].drop_nulls()} == {"ZZZZ"}
