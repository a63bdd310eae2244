"""Which articles are one story, which leads it, and what it is called."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from newsgraph.graph import GraphTables
from newsgraph.model import Report
from newsgraph.resolve import Reading
from readings import DAY_ONE, article, graph_of, report, short, told

TITLES = [
    "Bolt is sold to Acme",
    "Why Acme wanted its old rival",
    "An end for Bolt of Lyon",
    "Acme: a shopping tour",
    "Two makers of bolts are now one",
]


def tells(
    number: int,
    *,
    days: float = 0,
    part: str = "main",
    related: tuple[str, ...] = (),
    reports: tuple[Report, ...] | None = None,
    title: str = "",
) -> Reading:
    """Make an article that tells in its own words of one acquisition."""
    record = article(f"s{number}", title or TITLES[number], days=days, part=part, related=related, outlet=f"o{number}.example")
    text_names = [name for name in ("Acme", "Bolt") if name in record.text]
    found = [report("acquisition", "Acme", "Bolt", day=(DAY_ONE + timedelta(days=days)).date())] if reports is None else reports
    if reports is None and len(text_names) < 2:
        record = article(f"s{number}", record.title, "Acme and Bolt.", days=days, part=part, related=related, outlet=f"o{number}.example")
        text_names = ["Acme", "Bolt"]
    return told(record, *text_names, reports=found)


def stories(graph: GraphTables) -> list[list[str]]:
    """Give the short names of the articles of each story."""
    members: dict[str, list[str]] = {}
    for story, url in graph["articles"].sort("url").select("story", "url").iter_rows():
        members.setdefault(story, []).append(short(url))
    return sorted(members.values())


def lead(graph: GraphTables) -> str:
    urls = dict(graph["articles"].select("iri", "url").iter_rows())
    return short(urls[graph["stories"]["lead"][0]])


def test_articles_that_tell_one_event_within_days_are_one_story() -> None:
    assert stories(graph_of([tells(0), tells(1, days=1), tells(2, days=4)])) == [["s0", "s1", "s2"]]


def test_an_event_told_again_weeks_later_is_another_story() -> None:
    assert stories(graph_of([tells(0), tells(1, days=20)])) == [["s0"], ["s1"]]


def test_a_chain_of_tellers_is_one_story_though_its_ends_are_far_apart() -> None:
    assert stories(graph_of([tells(number, days=4 * number) for number in range(4)])) == [["s0", "s1", "s2", "s3"]]


def test_two_events_of_one_company_are_two_stories() -> None:
    other = told(article("s9", "Acme opens a plant in Chile"), "Acme", reports=[report("expansion", "Acme", None)])

    assert stories(graph_of([tells(0), other])) == [["s0"], ["s9"]]


def test_like_headlines_with_one_company_are_one_story_without_any_event() -> None:
    titles = ["Acme workers strike over pay at Lyon plant", "Acme workers go on strike over pay in Lyon plant"]

    graph = graph_of([tells(number, title=title, reports=(), days=number) for number, title in enumerate(titles)])

    assert stories(graph) == [["s0", "s1"]]


def test_like_headlines_without_a_company_in_common_are_two_stories() -> None:
    titles = ["Workers of Acme strike over pay at Lyon plant", "Workers of Bolt strike over pay at Lyon plant"]

    graph = graph_of([tells(number, title=title, reports=()) for number, title in enumerate(titles)])

    assert stories(graph) == [["s0"], ["s1"]]


def test_to_be_listed_as_related_does_not_make_a_story() -> None:
    other = told(article("s9", "A wet spring in Chile"), reports=[])

    assert stories(graph_of([tells(0, related=("s9",)), other])) == [["s0"], ["s9"]]


def test_every_article_is_in_one_story_and_sizes_add_up() -> None:
    graph = graph_of([tells(0), tells(1), told(article("s9", "A wet spring in Chile"))])

    assert graph["articles"]["story"].null_count() == 0
    assert sorted(graph["stories"]["size"]) == [1, 2]


def test_the_main_article_that_lists_most_members_leads() -> None:
    graph = graph_of([tells(0), tells(1, days=1, related=("s0",)), tells(2, days=2, related=("s0", "s1"))])

    assert lead(graph) == "s2"


def test_a_listing_of_articles_outside_the_story_does_not_lead() -> None:
    titles = ["A wet spring in Chile", "Chess for beginners", "Why cats sleep so long"]
    outside = [told(article(f"x{number}", title, days=30)) for number, title in enumerate(titles)]
    graph = graph_of([tells(0, days=1, related=("s1",)), tells(1, related=("x0", "x1", "x2")), *outside])

    largest = graph["stories"].sort("size", descending=True)["lead"][0]
    assert graph["articles"].filter(iri=largest)["url"].item().endswith("s0")


def test_a_related_article_does_not_lead_by_what_it_lists() -> None:
    graph = graph_of([tells(0), tells(1, days=1, part="related[0]", related=("s0", "s2")), tells(2, days=2)])

    assert lead(graph) == "s0"


def test_of_equals_the_earliest_leads() -> None:
    assert lead(graph_of([tells(0, days=2), tells(1, days=1), tells(2, days=3)])) == "s1"


def test_of_equally_early_ones_one_leads_whatever_the_order() -> None:
    forward, backward = graph_of([tells(0), tells(1), tells(2)]), graph_of([tells(2), tells(1), tells(0)])

    assert lead(forward) == lead(backward)


def test_a_story_is_called_by_its_best_told_event() -> None:
    both = (report("acquisition", "Acme", "Bolt", 5e6), report("lawsuit", "Bolt", "Acme"))
    graph = graph_of([tells(0, reports=both), tells(2, title="Bolt and Acme, a marriage")])

    best = graph["events"].filter(type="acquisition")["label"].item()
    assert graph["stories"]["name"].to_list() == [best]


def test_a_story_without_an_event_is_called_by_its_leads_headline() -> None:
    assert graph_of([told(article("s9", "A wet spring in Chile"))])["stories"]["name"].to_list() == ["A wet spring in Chile"]


def test_a_story_is_named_after_its_earliest_article_and_keeps_its_name_while_it_grows() -> None:
    before, after = graph_of([tells(0), tells(1, days=1)]), graph_of([tells(0), tells(1, days=1), tells(2, days=2)])

    assert before["stories"]["iri"].to_list() == after["stories"]["iri"].to_list()


def test_a_story_tells_when_it_began_and_ended() -> None:
    graph = graph_of([tells(0), tells(1, days=3), tells(2, days=1)])

    assert graph["stories"].select("first", "last").rows() == [(DAY_ONE, DAY_ONE + timedelta(days=3))]


def test_a_story_knows_the_events_of_its_articles() -> None:
    graph = graph_of([tells(0), tells(1)])

    assert graph["story_events"].rows() == [(graph["stories"]["iri"].item(), graph["events"]["iri"].item())]


def test_an_article_without_a_date_joins_the_story_of_its_event() -> None:
    undated = told(
        article("s1", "Acme and Bolt are one", published=None), "Acme", "Bolt", reports=[report("acquisition", "Acme", "Bolt", day=None)]
    )

    assert stories(graph_of([tells(0), undated])) == [["s0", "s1"]]


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_readings_does_not_matter(seed: int) -> None:
    readings = [tells(number, days=day) for number, day in enumerate([0, 3, 3, 9, 11])]
    readings += [told(article(f"x{number}", f"Acme workers strike over pay {number // 2}", days=number), "Acme") for number in range(6)]
    expected = graph_of(readings)

    Random(seed).shuffle(readings)  # noqa: S311 - a repeatable order, no secret
    shuffled = graph_of(readings)

    assert [name for name in expected.tables if not expected[name].equals(shuffled[name])] == []


def test_on_the_seed_the_article_on_deloitte_is_a_story_of_its_own(seed_graph: GraphTables) -> None:
    sizes = dict(seed_graph["stories"].select("iri", "size").iter_rows())
    deloitte = seed_graph["articles"].filter(seed_graph["articles"]["title"].str.starts_with("Deloitte"))

    assert [sizes[story] for story in deloitte["story"]] == [1]
    assert sorted(sizes.values()) == [1, 7]


def test_on_the_seed_the_three_articles_of_one_wire_text_are_one_origin(seed_graph: GraphTables) -> None:
    wire = seed_graph["articles"].filter(seed_graph["articles"]["title"].str.contains("(?i)drugmaker sanofi"))

    assert wire.height == 3
    assert wire["copy_group"].n_unique() == 1
