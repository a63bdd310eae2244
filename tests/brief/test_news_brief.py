"""A brief names what is new and nothing else, for all or for what is watched, in each form."""

from __future__ import annotations

import json
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

import newsgraph
from conftest import ROOT
from newsgraph.brief.changes_since import changes_since
from newsgraph.brief.news_brief import news_brief
from newsgraph.brief.watchlist import read_watchlist, watched
from newsgraph.bulletin.bulletin import Bulletin
from newsgraph.cli.app import main
from newsgraph.core.errors import InputError, QueryError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.export.parquet import read_tables
from newsgraph.history.build_records import BuildRecord, read_records
from newsgraph.pipeline.folder_build import build_into
from newsgraph.pipeline.graph_build import BuildOptions

OCTOBER = date(2025, 10, 31)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the example news up to October, and then all of it, into the same folder."""
    folder = tmp_path_factory.mktemp("brief") / "out"
    for day in (OCTOBER, None):
        build_into(folder, [ROOT / "examples" / "news"], BuildOptions(extractor="names", as_of=day), ["parquet"])
    return folder


@pytest.fixture(scope="module")
def graph(output: Path) -> GraphTables:
    """Load the graph."""
    return read_tables(output)


@pytest.fixture(scope="module")
def records(output: Path) -> tuple[BuildRecord, ...]:
    """Read the history."""
    return read_records(output)


def _labels(bulletin: Bulletin) -> dict[str, list[str]]:
    return {section.heading: [entry.label for entry in section.entries] for section in bulletin.sections}


def test_a_brief_names_what_the_last_build_brought(graph: GraphTables, records: tuple[BuildRecord, ...]) -> None:
    brief = news_brief(graph, records, "last-build")
    assert _labels(brief) == {
        "New events": ["Fennimore Automation goes to court for $12M"],
        "Changed events": ["Osterholt acquires Vantrell Storage for €640M"],
        "New stories": ["Osterholt AG Completes Acquisition of Vantrell Storage"],
    }
    [changed] = next(section for section in brief.sections if section.heading == "Changed events").entries
    assert changed.lines == ("status: announced → completed",)
    assert {source.published.month for source in changed.sources if source.published} == {11}


def test_every_entry_rests_on_an_article_that_is_new(graph: GraphTables, records: tuple[BuildRecord, ...]) -> None:
    new = {change.iri for change in records[-1].changes if (change.kind, change.what) == ("articles", "new")}
    titles = set(graph["articles"].filter(graph["articles"]["iri"].is_in(new))["title"])
    entries = [entry for section in news_brief(graph, records, "last-build").sections for entry in section.entries]
    assert len(titles) == 3
    assert {source.title for entry in entries for source in entry.sources} == titles


def test_without_a_history_the_days_of_articles_tell_the_same(graph: GraphTables, records: tuple[BuildRecord, ...]) -> None:
    by_builds, by_days = changes_since(graph, records, date(2025, 11, 1)), changes_since(graph, (), date(2025, 11, 1))
    assert by_builds.basis == "1 build of this folder since 2025-11-01"
    assert by_days.basis == "articles published since 2025-11-01"
    kinds = ("events", "companies", "articles")
    days, builds = (sorted((one.kind, one.what, one.iri) for one in found.changes if one.kind in kinds) for found in (by_days, by_builds))
    assert days == builds


def test_articles_without_a_date_are_left_out_and_counted(graph: GraphTables) -> None:
    day = pl.when(pl.col("iri") == graph["articles"]["iri"].min()).then(None).otherwise(pl.col("published"))
    undated = GraphTables({**graph.tables, "articles": graph["articles"].with_columns(published=day)})

    basis = changes_since(undated, (), date(2025, 11, 1)).basis
    assert basis == "articles published since 2025-11-01; 1 article without a date, and what only it tells, left out"


def test_yesterday_is_the_day_before_the_last_build(graph: GraphTables, records: tuple[BuildRecord, ...]) -> None:
    assert changes_since(graph, records, "yesterday") == changes_since(graph, records, date(2025, 11, 4))
    assert changes_since(graph, records, date(2025, 12, 1)).changes == ()
    assert "Nothing is new." in news_brief(graph, records, date(2025, 12, 1)).notes


def test_the_first_build_has_nothing_to_be_compared_with(graph: GraphTables, records: tuple[BuildRecord, ...]) -> None:
    assert changes_since(graph, records[:1], "last-build").changes == ()
    assert changes_since(graph, (), "last-build").basis.startswith("the first build")


@pytest.mark.parametrize(
    ("line", "events"),
    [
        ("Osterholt", ["Osterholt acquires Vantrell Storage for €640M"]),
        ("fennimore automation", ["Fennimore Automation goes to court for $12M"]),
        ("Kelvaro", []),
        ("SELECT ?c { ?e a ng:Acquisition ; ng:target ?c }", ["Osterholt acquires Vantrell Storage for €640M"]),
    ],
)
def test_a_watchlist_chooses(graph: GraphTables, records: tuple[BuildRecord, ...], line: str, events: list[str]) -> None:
    brief = news_brief(graph, records, "last-build", watched((line,), graph))
    assert [label for heading, labels in _labels(brief).items() if heading.endswith("events") for label in labels] == events


def test_a_topic_chooses_the_events_of_its_articles(graph: GraphTables, records: tuple[BuildRecord, ...]) -> None:
    article = graph["articles"].filter(graph["articles"]["title"].str.contains("settle lawsuit"))["iri"].item()
    topics = graph["article_topics"].filter(graph["article_topics"]["article"] == article)["topic"].to_list()
    names = dict(graph["topics"].select("iri", "name").iter_rows())
    brief = news_brief(graph, records, "last-build", watched((names[topics[0]],), graph))
    assert _labels(brief)["New events"] == ["Fennimore Automation goes to court for $12M"]


def test_a_name_that_is_unknown_is_noted_and_a_wrong_question_refused(graph: GraphTables, records: tuple[BuildRecord, ...]) -> None:
    watch = watched(("Osterhold",), graph)
    assert watch.iris == frozenset()
    assert "Osterhold" in news_brief(graph, records, "last-build", watch).notes[-1]
    with pytest.raises(QueryError, match=r"^watchlist: line 1, column"):
        watched(("SELECT ?x { nonsense",), graph)


def test_a_watchlist_has_comments_and_no_other_bytes_than_text(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("# mine\n\n Osterholt \nstorage\n", "utf-8")
    assert read_watchlist(tmp_path / "list.txt") == ("Osterholt", "storage")
    (tmp_path / "list.txt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read as text"):
        read_watchlist(tmp_path / "list.txt")


def _run(output: Path, *options: str) -> str:
    result = CliRunner().invoke(main, ["brief", str(output), *options])
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_prints_each_form(output: Path) -> None:
    forms = {form: _run(output, "--since", "2025-11-01", "--output-format", form) for form in ("markdown", "html", "json", "atom")}
    assert all("Fennimore Automation goes to court for" in text for text in forms.values())
    assert json.loads(forms["json"])["sections"][0]["heading"] == "New events"
    HTMLParser().feed(forms["html"])
    assert _run(output, "--since", "2025-11-01", "--output-format", "atom") == forms["atom"]


def test_the_library_says_what_the_command_prints(output: Path, tmp_path: Path) -> None:
    kg = newsgraph.load(output)
    for form in ("markdown", "html", "atom"):
        assert kg.brief_as(form, "last-build") == _run(output, "--since", "last-build", "--output-format", form)
    lines = ["Osterholt", "SELECT ?e { ?e a schema:Organization } LIMIT 1"]
    (tmp_path / "watchlist.txt").write_text("\n".join(lines), "utf-8")
    printed = json.loads(
        _run(output, "--since", "last-build", "--watch", str(tmp_path / "watchlist.txt"), "--most", "1", "--output-format", "json")
    )
    watched = kg.brief("last-build", lines, most=1)
    assert [section["heading"] for section in printed["sections"]] == [section.heading for section in watched.sections]
    assert len(watched.sections) < len(kg.brief("last-build").sections)
    for wrong in (lambda: kg.brief("tomorrow"), lambda: kg.brief_as("pdf")):
        with pytest.raises(InputError, match="Use"):
            wrong()


def test_feedparser_reads_the_feed(output: Path) -> None:
    parser = pytest.importorskip("feedparser", reason="feedparser is not installed")
    parsed = parser.parse(_run(output, "--output-format", "atom", "--since", "last-build"))
    assert not parsed.bozo
    assert "Fennimore Automation goes to court for $12M" in [entry.title for entry in parsed.entries]
    assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)


def test_a_wrong_day_is_refused(output: Path) -> None:
    result = CliRunner().invoke(main, ["brief", str(output), "--since", "tomorrow"])
    assert result.exit_code == 2
    assert "tomorrow is neither a day such as 2025-11-05 nor yesterday nor last-build" in result.output
