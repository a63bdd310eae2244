"""One wire text that many outlets print, each with small changes of its own, among as many other articles."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from newsgraph.api import build
from newsgraph.core.graph_tables import GraphTables

START = datetime(2024, 5, 1, 6, tzinfo=UTC)
TITLE = "Qorvalis Corp. acquires Belunara Inc. for $450 million"
WIRE = (
    "Qorvalis Corp. said on Wednesday it has agreed to acquire the sensor maker Belunara Inc. for $450 million in cash. "
    "The two companies expect the purchase to close in the third quarter, once regulators in Oslo and Toronto have had their say. "
    "Belunara makes sensors for cranes and harbour vehicles and employs about nine hundred people in four countries. "
    "Its founders will stay for two years at least, a spokeswoman told reporters in a call after the markets had closed. "
    "Shares of the buyer fell two percent in late trading, having gained a fifth since the start of the year. "
    "Analysts had expected a smaller deal, and some of them asked how the buyer means to pay for it."
)
TOWNS = ("Oslo", "Madrid", "Lyon", "Turin", "Cork", "Graz", "Porto", "Ghent", "Leeds", "Basel")
THINGS = ("bridge", "museum", "orchard", "ferry", "school", "market", "library", "garden", "stadium", "bakery")


def record(number: int, title: str, excerpt: str, outlet: str) -> dict[str, object]:
    return {
        "title": title, "excerpt": excerpt, "webUrl": f"https://{outlet}/{number}",
        "publishedDateTime": f"{START + timedelta(minutes=7 * number):%Y-%m-%dT%H:%M:%SZ}", "provider": {"name": outlet, "domain": outlet},
    }  # fmt: skip


def reprint(number: int) -> dict[str, object]:
    """Print the wire text as one outlet does."""
    changes = (
        (TITLE, WIRE),
        (TITLE.upper(), WIRE),
        (TITLE, f"{WIRE} (Reporting by staff of outlet {number}.)"),
        (f"CORRECTED-{TITLE}", WIRE),
        (TITLE, WIRE[: WIRE.rindex(". ") + 1]),
        ("Qorvalis Corp. buys Belunara Inc. for $450 million", f"(Outlet {number}) - {WIRE}"),
    )
    title, excerpt = changes[number % len(changes)]
    return record(number, title, excerpt, f"outlet{number}.example")


def other(number: int) -> dict[str, object]:
    town, thing = TOWNS[number % 10], THINGS[number // 10 % 10]
    text = f"The {thing} of {town} opened its doors again after {number + 3} months of work, and {number * 7 + 11} people came to see it."
    return record(number, f"{town} has its {thing} back, number {number}", text, f"local{number}.example")


@pytest.fixture(scope="module", params=[40, 400])
def reprints(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, GraphTables]:
    """Build so many prints of the wire text and so many other articles."""
    count: int = request.param
    folder: Path = tmp_path_factory.mktemp("reprints")
    for number in range(count):
        for name, document in (("wire", reprint(number)), ("other", other(number))):
            (folder / f"{name}{number:03}.json").write_text(json.dumps(document), encoding="utf-8")
    return count, build(folder, extractor="rules").tables


def test_all_prints_are_one_copy_group_whose_origin_came_first(reprints: tuple[int, GraphTables]) -> None:
    count, graph = reprints
    printed = graph["articles"].filter(graph["articles"]["url"].str.contains("//outlet"))

    assert printed.height == count
    assert set(printed["copy_group"]) == {printed.sort("published")["iri"][0]}


def test_an_event_counts_all_prints_and_outlets_and_one_origin(reprints: tuple[int, GraphTables]) -> None:
    count, graph = reprints

    assert graph["events"].select("type", "articles", "outlets", "origins").rows() == [("acquisition", count, count, 1)]


def test_other_articles_are_their_own_origins(reprints: tuple[int, GraphTables]) -> None:
    count, graph = reprints
    others = graph["articles"].filter(graph["articles"]["url"].str.contains("//local"))

    assert others.filter(others["iri"] == others["copy_group"]).height == count == others.height


def test_pairs_of_copies_grow_with_the_prints_only(reprints: tuple[int, GraphTables]) -> None:
    count, graph = reprints

    assert count - 1 <= graph["copies"].height <= 4 * count
