"""The storyline of a company or topic: what happened, in order of time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from newsgraph.api import NewsGraph
from newsgraph.cli.app import main
from newsgraph.core.errors import InputError, UnknownNameError
from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.export import write
from newsgraph.query.storyline_steps import storyline
from sample import ALPHA, BETA, DEAL, GAMMA, MONEY, ONE, RUMOUR, TWO, WORK, sample_graph


def changed(**tables: pl.DataFrame) -> GraphTables:
    return make_tables({**sample_graph().tables, **tables})


def test_the_events_of_a_story_stand_under_it() -> None:
    steps = storyline(sample_graph(), "Acme")
    assert [(step.kind, step.iri) for step in steps] == [("story", ONE), ("event", DEAL), ("event", MONEY), ("event", WORK)]
    assert {step.story for step in steps} == {ONE}


def test_a_step_tells_label_amount_and_what_stands_behind_it() -> None:
    step = next(step for step in storyline(sample_graph(), "ACM") if step.iri == MONEY)
    assert (step.label, step.amount, step.currency) == ("Acme invests $1.5M in Bolt", 1500000.0, "USD")
    assert (step.date, step.articles, step.outlets, step.origins) == (date(2024, 5, 1), 2, 2, 1)


def test_the_history_of_an_event_is_every_status_with_the_day_it_was_first_told() -> None:
    rows = [
        {"event": MONEY, "field": "status", "value": "completed", "first": datetime(2024, 6, 2, 8, tzinfo=UTC)},
        {"event": MONEY, "field": "status", "value": "announced", "first": datetime(2024, 5, 1, 6, tzinfo=UTC)},
        {"event": MONEY, "field": "status", "value": "planned", "first": None},
    ]
    told = pl.DataFrame(rows, schema_overrides={"first": pl.Datetime("us", "UTC")})
    steps = storyline(changed(ledger=pl.concat([sample_graph()["ledger"], told], how="diagonal")), "Acme")
    assert next(step.history for step in steps if step.iri == MONEY) == "announced 2024-05-01, completed 2024-06-02, planned"


def test_an_event_without_a_day_is_listed_by_its_month_or_year_or_last_without_any() -> None:
    events = sample_graph()["events"]
    times = {MONEY: "2024-05", WORK: "2018", DEAL: None}
    when = pl.col("iri").replace_strict(times, default=pl.col("when"), return_dtype=pl.String())
    steps = storyline(changed(events=events.with_columns(pl.lit(None, pl.Date()).alias("date"), when.alias("when"))), "Acme")

    assert [(step.iri, step.when, step.date) for step in steps if step.kind == "event"] == [
        (WORK, "2018", None), (MONEY, "2024-05", None), (DEAL, "", None),
    ]  # fmt: skip


def test_stories_come_in_order_of_time_and_what_has_no_date_last() -> None:
    when = pl.when(pl.col("iri") == TWO).then(datetime(2024, 1, 1, tzinfo=UTC)).alias("first").cast(pl.Datetime("us", "UTC"))
    named = sample_graph()["mentions"].with_columns(pl.lit(f"{ALPHA.partition('article')[0]}company/acme").alias("company"))
    steps = storyline(changed(stories=sample_graph()["stories"].with_columns(when), mentions=named), "Acme")
    assert [step.iri for step in steps if step.kind == "story"] == [TWO, ONE]


def test_an_event_of_no_story_stands_by_itself() -> None:
    steps = storyline(changed(story_events=sample_graph()["story_events"].clear()), "Acme")
    assert [(step.kind, step.story) for step in steps] == [("event", ""), ("event", ""), ("event", ""), ("story", ONE)]


def test_a_topic_has_the_stories_and_events_of_narrower_topics_too() -> None:
    assert {step.iri for step in storyline(sample_graph(), "space")} == {ONE, TWO, DEAL, MONEY, WORK, RUMOUR}
    assert [step.iri for step in storyline(sample_graph(), "Law in Space")] == [TWO, RUMOUR]


@pytest.mark.parametrize(("name", "article"), [("Jane Roe", BETA), ("Rocket", GAMMA), ("High Court", GAMMA), ("Lyon", BETA)])
def test_people_products_organisations_and_places_have_the_stories_that_name_them(name: str, article: str) -> None:
    story = dict(sample_graph()["articles"].select("iri", "story").iter_rows())[article]
    assert [step.iri for step in storyline(sample_graph(), name)] == [story]


def test_an_unknown_name_is_told_with_names_that_are_close() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean: Acme"):
        storyline(sample_graph(), "Acmee")


def test_a_name_of_several_things_is_refused() -> None:
    graph = changed(companies=sample_graph()["companies"].with_columns(pl.lit("Twin").alias("name")))
    with pytest.raises(InputError, match="4 nodes"):
        storyline(graph, "twin")


def test_an_article_has_no_storyline() -> None:
    with pytest.raises(UnknownNameError):
        storyline(sample_graph(), ALPHA)


def test_the_library_gives_a_frame_with_typed_columns() -> None:
    frame = NewsGraph(sample_graph()).storyline("acme inc.")
    assert frame.columns == [
        "date",
        "when",
        "kind",
        "label",
        "history",
        "amount",
        "currency",
        "articles",
        "outlets",
        "origins",
        "story",
        "iri",
    ]
    assert (frame.schema["date"], frame.schema["amount"], frame.height) == (pl.Date(), pl.Float64(), 4)


@pytest.mark.parametrize(
    ("layout", "shown"), [("table", "Acme invests $1.5M in Bolt"), ("json", '"history"'), ("csv", "date,when,kind,label,history")]
)
def test_the_command_prints_a_storyline(tmp_path: Path, layout: str, shown: str) -> None:
    write(sample_graph(), tmp_path, [])
    result = CliRunner().invoke(main, ["storyline", str(tmp_path), "Acme", "--output-format", layout])
    assert (result.exit_code, shown in result.output) == (0, True)


def test_the_seed_tells_the_deal_of_sanofi_and_owkin_in_one_story(seed_graph: GraphTables) -> None:
    steps = storyline(seed_graph, "Owkin")
    deal = [step for step in steps if step.amount == 270_000_000]
    assert [(step.kind, step.date) for step in deal] == [("event", date(2021, 11, 18))]
    assert deal[0].story == steps[0].iri
    assert next(step.history for step in steps if step.amount == 180_000_000).startswith("announced 2021-11-18")
