"""Every number that a view shows under filters equals a question asked of the graph's tables.

50 filters are drawn by chance for each of three graphs. At night all are looked at, by day eight, others on each graph.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from playwright.sync_api import Browser, Page

from chromium import open_browser
from conftest import ROOT, shared
from explorer_page import open_graph, watched
from filtered_counts import FilteredCounts, PageFilters, random_filters
from newsgraph.core.graph_tables import GraphTables, edges
from newsgraph.core.vocabulary import NODE_KINDS
from newsgraph.explorer.event_payload import event_type_words
from newsgraph.explorer.node_numbers import node_numbers
from newsgraph.pipeline.graph_build import BuildOptions, build
from rounds import rounds

CORPORA = {"seed": "seeds", "examples": "examples/news", "news": ""}
ROUNDS = rounds(8, 50)
DRAWN = 50
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
# What a view says, by its words alone; `show` goes to an address within the page.
SCRAPE = r"""
window.show = async (fragment) => {
  if (location.hash !== fragment) await new Promise((done) => { addEventListener("popstate", () => done(), { once: true }); location.hash = fragment; });
};
window.words = (element) => (element ? element.textContent.replace(/\s+/g, " ").trim() : "");
window.tableWords = () => {
  const heads = [...document.querySelectorAll(".ng-t-region thead th button")].map((head) => head.dataset.column);
  const rows = [...document.querySelectorAll(".ng-t-region tbody tr")].map((row) => [Number(row.dataset.row), Object.fromEntries([...row.children].map((cell, at) => [heads[at], words(cell)]))]);
  return { tally: words(document.querySelector(".ng-t-tally")), rows, chooser: [...document.querySelectorAll(".ng-t-list option")].map((one) => [one.value, words(one)]) };
};
window.filterWords = () => ({
  shown: words(document.querySelector(".ng-shown")),
  sections: Object.fromEntries([...document.querySelectorAll(".ng-filters .ng-section")].map((section) => [words(section.querySelector("h3")),
    [...section.querySelectorAll(".ng-checks li")].map((row) => [words(row.querySelector(".ng-check-name")), words(row.querySelector(".ng-count"))])])),
});
window.panelWords = () => ({
  title: words(document.querySelector(".ng-details h2")), sum: words(document.querySelector(".ng-d-sum")),
  sections: Object.fromEntries([...document.querySelectorAll(".ng-details .ng-d-section")].map((one) => [words(one.querySelector("h3").firstChild), { many: words(one.querySelector(".ng-d-count")), rows: [...one.querySelectorAll(":scope > .ng-d-rows > li, :scope > div > .ng-d-rows > li")].map((row) => [...row.children].map(words)) }])),
});
window.focusWords = () => ({
  groups: Object.fromEntries([...document.querySelectorAll(".ng-drawing g[data-kind]")].map((one) => [one.dataset.kind, one.getAttribute("aria-label")])),
  links: [...document.querySelectorAll(".ng-drawing .ng-edge")].map((one) => [Number(one.dataset.node), words(one.querySelector("title"))]),
});
window.mapWords = () => document.querySelector(".ng-map-surface").getAttribute("aria-label");
window.comparisonWords = () => ({
  lanes: document.querySelector(".ng-comparison svg[role=img]")?.getAttribute("aria-label") ?? "",
  rows: Object.fromEntries([...document.querySelectorAll(".ng-comparison tbody tr")].map((row) => [words(row.querySelector("th")), [...row.querySelectorAll("td")].map((cell) => [...cell.querySelectorAll("li, strong, :scope > button")].map(words))])),
});
window.laneWords = () => [...document.querySelectorAll(".ng-time g[role=group][data-node]")].map((one) => [Number(one.dataset.node), one.getAttribute("aria-label")]);
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module", params=sorted(CORPORA))
def corpus(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def graph(corpus: str) -> GraphTables:
    folder = CORPORA[corpus]
    return build([ROOT / folder if folder else shared("corpus/news")], BuildOptions(extractor="rules"))


class Checked:
    """One graph's page and the numbers that it must show under one set of filters."""

    def __init__(self, view: Page, graph: GraphTables, filters: PageFilters, draw: random.Random) -> None:
        """Take the page of a graph, and what it must show under filters."""
        self.view, self.graph, self.draw, self.wanted = view, graph, draw, FilteredCounts(graph, filters)
        self.base = str(graph["dataset"]["base"][0])
        self.filters = filters.fragment(self.base)
        frame = node_numbers(graph).frame
        self.iris, self.kinds, self.labels = (frame[name].to_list() for name in ("iri", "kind", "label"))

    def show(self, view: str, node: str = "", **more: str) -> None:
        """Go to a view of the page, with the filters."""
        query = "&".join(
            filter(None, [f"view={view}" if view != "map" else "", self.filters, *(f"{name}={value}" for name, value in more.items())])
        )
        self.view.evaluate("show", f"#{node.removeprefix(self.base)}{'?' if query else ''}{query}")

    def said(self, function: str) -> Any:  # noqa: ANN401 - what a script returns
        """Return what a view says by a function of `SCRAPE`."""
        return self.view.evaluate(f"{function}()")

    def of_kind(self, kind: str) -> list[int]:
        """Return the numbers of the nodes of a kind."""
        return [number for number, name in enumerate(self.kinds) if name == kind]

    def tables(self) -> None:
        """Check every list of the table: how many rows, their order, their numbers, and the list of lists."""
        for kind in dict.fromkeys(self.kinds):
            self.show("table", list=kind)
            said, passing = self.said("tableWords"), self.wanted.passing(kind)
            assert first_number(said["tally"]) == len(passing), (kind, said["tally"])
            listed = [number for number, _ in said["rows"]]
            assert {self.iris[number] for number in listed} <= passing
            for number, row in said["rows"]:
                self.row(kind, self.iris[number], row)
            counts = [self.wanted.number(self.iris[number], "articles") for number in listed]
            assert kind == "article" or counts == sorted(counts, reverse=True)
        chooser = dict(said["chooser"])
        for kind in dict.fromkeys(self.kinds):
            assert first_number(chooser[kind].rpartition("(")[2]) == len(self.wanted.passing(kind))
        for kind, many in self.edges().items():
            assert first_number(chooser[f"edges:{kind}"].rpartition("(")[2]) == many, kind

    def edges(self) -> dict[str, int]:
        """Count the links of each kind that are shown."""
        passing = {iri for kind in dict.fromkeys(self.kinds) for iri in self.wanted.passing(kind)}
        counts = Counter[str]()
        for source, target, kind, event in edges(self.graph).select("source", "target", "kind", "event").iter_rows():
            counts[kind] += int(source in passing and target in passing and (event is None or event in passing))
        return counts

    def row(self, kind: str, iri: str, row: dict[str, str]) -> None:
        """Check the numbers in one row."""
        numbers = {"articles": "articles", "origins": "origins", **({"outlets": "outlets"} if kind == "story" else {})}
        assert {name: row[name] for name in numbers if name in row} == {
            name: f"{self.wanted.number(iri, name):,}" for name in numbers if name in row
        }
        if "events" in row:
            assert row["events"] == f"{self.wanted.events_of.get(iri, 0):,}"
        for name in ("first", "last"):
            if name in row:
                assert row[name] == short_day(self.wanted.numbers.get(iri, {}).get(name)), (iri, name)
        if kind == "event":
            told = self.wanted.telling.filter(thing=iri).join(self.wanted.articles, left_on="article", right_on="iri")
            names = dict(self.graph["providers"].select("iri", "name").iter_rows())
            assert sorted(filter(None, row["outlets"].split(", "))) == sorted({names[one] for one in told["provider"].drop_nulls()})

    def panels(self) -> None:
        """Check the side panel of some things."""
        for kind in ("company", "story", "topic", "event", "provider"):
            for number in self.draw.sample(self.of_kind(kind), min(2, len(self.of_kind(kind)))):
                iri = self.iris[number]
                self.show("map", iri)
                said, articles = self.said("panelWords"), self.wanted.number(iri, "articles")
                assert first_number(said["sum"]) == articles, (iri, said["sum"])
                if found := re.search(r"(\d+) of them independent", said["sum"]):
                    assert int(found[1]) == self.wanted.number(iri, "origins")
                else:
                    assert self.wanted.number(iri, "origins") == articles
                heading = {"story": "Articles by time", "event": "Reported by"}.get(kind, "Articles")
                assert first_number(said["sections"][heading]["many"] or "0") == articles
                if kind == "company":
                    listed = sum(
                        first_number(said["sections"].get(title, {"many": "0"})["many"] or "0")
                        for title in ("Events", "Events known from before")
                    )
                    assert listed == self.wanted.events_of.get(iri, 0)

    def focus(self) -> None:
        """Check the groups and links round some companies."""
        companies = self.of_kind("company")
        for number in self.draw.sample(companies, min(2, len(companies))):
            self.show("focus", self.iris[number])
            said = self.said("focusWords")
            mine = self.wanted.telling.filter(thing=self.iris[number]).join(
                self.wanted.articles, left_on="article", right_on="iri", how="semi"
            )
            around = self.wanted.telling.join(mine, on="article", how="semi").group_by("thing").len()
            shared = dict(around.iter_rows())
            for kind in ("article", "topic", "provider", "story"):
                linked = mine["article"].to_list() if kind == "article" else [iri for iri in self.wanted.passing(kind) if iri in shared]
                assert first_number(re.sub(r"^\D+", "", said["groups"].get(kind, "0"))) == len(linked), (kind, self.iris[number])
            for other, words in said["links"]:
                if found := re.search(r"named together in (\d+) article", words):
                    assert int(found[1]) == shared[self.iris[other]], words

    def filter_panel(self) -> None:
        """Check the numbers beside the choices of every filter."""
        self.show("map")
        said = self.said("filterWords")
        names = {NODE_KINDS[kind].plural: kind for kind in self.kinds}
        for name, text in said["sections"]["Kinds"]:
            assert first_number(text) == len(self.wanted.passing(names[name])), name
        for title, kind, asked in (("Topics", "topic", "topics"), ("Providers", "provider", "providers")):
            others = self.wanted.without(asked)
            expected = {(self.labels[number], others.number(self.iris[number], "articles")) for number in self.of_kind(kind)}
            assert {(name, first_number(text)) for name, text in said["sections"].get(title, [])} <= expected
        for title, column, asked, label in (
            ("Event type", "type", "types", lambda name: event_type_words()[name].label),
            ("Status", "status", "statuses", str.capitalize),
        ):
            left = Counter(self.wanted.without(asked).events[column])
            for name, text in said["sections"].get(title, []):
                assert first_number(text) == sum(many for value, many in left.items() if label(value) == name), (title, name)
        for _, text in said["sections"].get("Background", []):
            assert first_number(text) == self.wanted.without("background").events["background"].sum()

    def start(self) -> None:
        """Check the start panel."""
        self.show("map")
        said = self.said("panelWords")
        vague = self.wanted.vague_events
        told = re.findall(r"(\d+) events? of (?:\w+ )?\d{4} without a (?:month|day)", said["sum"].partition(" Not counted: ")[2])
        assert sum(map(int, told)) == vague, said["sum"]
        for kind in ("article", "provider", "story", "company", "event"):
            words = rf"{NODE_KINDS[kind].label}|{NODE_KINDS[kind].plural}"
            many = len(self.wanted.passing(kind)) - (vague if kind == "event" else 0)
            found = re.search(rf"(\d+) (?:{words})\b", said["sum"].partition(".")[0], re.IGNORECASE)
            assert int(found[1]) == many if found else many == 0 or kind == "provider", (kind, said["sum"])
        companies = sorted(-self.wanted.number(iri, "articles") for iri in self.wanted.passing("company"))[:5]
        rows = said["sections"]["Most reported companies"]["rows"]
        assert [first_number(row[-1]) for row in rows] == [-many for many in companies]

    def map(self) -> None:
        """Check how many of each kind the map says that it has."""
        self.show("map")
        said = self.said("mapWords")
        for kind in ("company", "event", "story", "topic"):
            words = rf"{NODE_KINDS[kind].label}|{NODE_KINDS[kind].plural}"
            found = re.search(rf"([\d,]+) (?:{words})\b", said, re.IGNORECASE)
            assert (first_number(found[1]) if found else 0) == len(self.wanted.passing(kind)), (kind, said)

    def comparison(self) -> None:
        """Check two companies side by side, and what they have in common."""
        two = [self.iris[number] for number in self.draw.sample(self.of_kind("company"), 2)]
        self.show("set", set=",".join(iri.removeprefix(self.base) for iri in two))
        said = self.said("comparisonWords")
        mine = [
            self.wanted.telling.filter(thing=iri).join(self.wanted.articles, left_on="article", right_on="iri", how="semi") for iri in two
        ]
        both = mine[0].join(mine[1], on="article", how="semi")
        assert [first_number(cell[0]) for cell in said["rows"]["Articles"]] == [both.height, *(articles.height for articles in mine)]
        events = [self.wanted.events_of.get(iri, 0) for iri in two]
        assert [listed(cell) for cell in said["rows"]["Events"][1:]] == events
        for title, kind in (("Topics", "topic"), ("Outlets", "provider"), ("Stories", "story")):
            named = {iri: self.labels[number] for number, iri in enumerate(self.iris) if self.kinds[number] == kind}
            for cell, articles in zip(said["rows"][title][1:], mine, strict=True):
                counts = dict(self.wanted.telling.join(articles, on="article", how="semi").group_by("thing").len().iter_rows())
                expected = Counter(
                    {iri: many for iri, many in counts.items() if iri in named and iri in self.wanted.passing(kind)}
                ).most_common()
                assert listed(cell) == len(expected), (title, cell)
                assert [int(row.rpartition(" ")[2].replace(",", "")) for row in cell[:6]] == [many for _, many in expected[:6]], (
                    title,
                    cell,
                )

    def timeline(self) -> None:
        """Check the lanes of companies, topics and stories."""
        for lanes, kind in (("company", "company"), ("topic", "topic"), ("story", "story")):
            self.show("timeline", lanes=lanes)
            for number, words in self.said("laneWords"):
                assert self.iris[number] in self.wanted.passing(kind)
                events, articles = re.findall(r"(\d[\d,]*) (?:event|article)", words.rpartition(": ")[2])
                dated = self.wanted.articles.filter(pl.col("published").is_not_null()).join(
                    self.wanted.telling.filter(thing=self.iris[number]), left_on="iri", right_on="article", how="semi"
                )
                assert int(articles) == dated.height, words
                if kind == "company" and self.wanted.events_of.get(self.iris[number]):
                    parties = self.graph["event_roles"].filter(party=self.iris[number])
                    assert (
                        int(events)
                        == self.wanted.events.drop_nulls("when").join(parties, left_on="iri", right_on="event", how="semi").height
                    ), words


def first_number(text: str) -> int:
    found = re.match(r"[\d,]+", text)
    return int(found[0].replace(",", "")) if found else 0


def listed(cell: list[str]) -> int:
    """Return how many rows a cell of the comparison has, with those that it has folded."""
    more = first_number(cell[-1]) if cell and cell[-1].endswith(" more") else 0
    return len(cell) - bool(more) + more


def short_day(day: object) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if isinstance(day, date) else ""


@pytest.mark.browser
@pytest.mark.timeout(2400)  # at night
def test_every_view_counts_what_the_filters_let_through(
    browser: Browser, corpus: str, graph: GraphTables, tmp_path: Path
) -> None:  # fmt: skip
    with watched(browser) as view:
        open_graph(view, graph, tmp_path, "#?view=table")  # so that all views are unpacked: what follows reads them at once
        view.evaluate(SCRAPE)
        first = 0 if ROUNDS == DRAWN else sorted(CORPORA).index(corpus) * ROUNDS
        for seed in range(first, first + ROUNDS):
            checked = Checked(view, graph, random_filters(graph, seed), random.Random(seed))  # noqa: S311 - of a test
            try:
                for look in (
                    checked.start, checked.filter_panel, checked.map, checked.tables, checked.panels, checked.focus, checked.timeline,
                    checked.comparison,
                ):  # fmt: skip
                    look()
            except (AssertionError, KeyError) as error:
                message = f"filters {seed}: {checked.filters}"
                raise AssertionError(message) from error


def test_the_filters_drawn_are_of_all_kinds_and_most_leave_something(graph: GraphTables) -> None:
    drawn = [random_filters(graph, seed) for seed in range(DRAWN)]
    for name in ("topics", "providers", "types", "statuses", "confidence", "eventconfidence", "origins", "start", "until"):
        assert sum(bool(getattr(filters, name)) for filters in drawn) >= 3, name
    left = [len(FilteredCounts(graph, filters).passing("article")) for filters in drawn]
    assert sum(0 < many < graph["articles"].height for many in left) >= DRAWN // 2
