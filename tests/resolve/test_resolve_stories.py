"""Which articles are one story, which leads it, and what it is called."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import polars as pl
import pytest

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import Kind, Mention, Report
from newsgraph.resolve import ExtractedArticle
from newsgraph.resolve.article_nodes import resolve_articles, summarize_articles
from newsgraph.resolve.corroboration import witnesses
from newsgraph.resolve.events.event_nodes import resolve_events
from newsgraph.resolve.events.resolved_reports import ResolvedFiller, ResolvedReport
from newsgraph.resolve.stories.story_clusters import article_words, story_cluster
from newsgraph.resolve.stories.story_features import FEATURES, feature_weights, features
from newsgraph.resolve.stories.story_input import NamedCompanies, article_contents, summarize_events
from newsgraph.resolve.stories.tfidf import background_weights
from readings import BASE, DAY_ONE, article, graph_of, report, short, told

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
) -> ExtractedArticle:
    """Make an article that tells in its own words of one acquisition."""
    record = article(f"s{number}", title or TITLES[number], days=days, part=part, related=related, outlet=f"o{number}.example")
    text_names = [name for name in ("Acme", "Bolt") if name in record.text]
    found = [report("acquisition", "Acme", "Bolt", day=(DAY_ONE + timedelta(days=days)).date())] if reports is None else reports
    if reports is None and len(text_names) < 2:
        record = article(f"s{number}", record.title, "Acme and Bolt.", days=days, part=part, related=related, outlet=f"o{number}.example")
        text_names = ["Acme", "Bolt"]
    return told(record, *text_names, reports=found)


def stories(graph: GraphTables) -> list[list[str]]:
    """Give the short names of the articles of each story; an article in no story is alone."""
    members: dict[str, list[str]] = {}
    for story, url in graph["articles"].sort("url").select("story", "url").iter_rows():
        members.setdefault(story or url, []).append(short(url))
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


def test_an_article_alone_is_in_no_story() -> None:
    graph = graph_of([tells(0), tells(1), told(article("s9", "A wet spring in Chile"))])

    assert graph["articles"].filter(pl.col("story").is_null())["title"].to_list() == ["A wet spring in Chile"]
    assert graph["stories"]["size"].to_list() == [2]


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


def test_a_story_is_called_by_the_headline_that_has_most_in_common_with_the_others() -> None:
    titles = ["An end for Bolt of Lyon", "Acme buys Bolt, maker of pumps in Lyon", "Bolt, maker of pumps, is sold to Acme"]

    assert graph_of([tells(number, title=title) for number, title in enumerate(titles)])["stories"]["name"].to_list() == [titles[1]]


def test_of_equally_central_headlines_that_of_the_lead_is_the_name() -> None:
    graph = graph_of([tells(0), tells(1, days=1, related=("s0",))])

    assert graph["stories"]["name"].to_list() == [TITLES[1]]


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


def test_on_the_seed_the_article_on_deloitte_is_in_no_story(seed_graph: GraphTables) -> None:
    deloitte = seed_graph["articles"].filter(seed_graph["articles"]["title"].str.starts_with("Deloitte"))

    assert deloitte["story"].to_list() == [None]
    assert seed_graph["stories"]["size"].to_list() == [7]


def test_on_the_seed_the_three_articles_of_one_wire_text_are_one_origin(seed_graph: GraphTables) -> None:
    wire = seed_graph["articles"].filter(seed_graph["articles"]["title"].str.contains("(?i)drugmaker sanofi"))

    assert wire.height == 3
    assert wire["copy_group"].n_unique() == 1


# --- words, parties, sums, quotations: stories that no event joins

STRIKE = ["Acme workers strike over pay at Lyon plant", "Pay dispute at Acme: strike closes Lyon works"]
STRIKE_TEXTS = [
    "Workers of Acme in Lyon walked out on Monday and closed the plant, asking for six percent more pay.",
    "The Lyon plant of Acme stood still after workers walked out; unions ask for six percent.",
]


def says(name: str, title: str, excerpt: str = "", *parties: str, reports: tuple[Report, ...] = (), **more: Any) -> ExtractedArticle:  # noqa: ANN401 - fields of Article
    """Make an article of an outlet of its own, with the companies that its headline or text names."""
    return told(article(name, title, excerpt, outlet=f"{name}.example", **more), *parties, reports=reports)


def test_one_happening_in_other_words_is_one_story() -> None:
    one, other = (says(f"s{n}", title, STRIKE_TEXTS[n], "Acme", days=n / 2) for n, title in enumerate(STRIKE))

    assert stories(graph_of([one, other])) == [["s0", "s1"]]


def test_a_text_that_comes_back_after_days_of_silence_is_another_story() -> None:
    one, other = (says(f"s{n}", title, STRIKE_TEXTS[n], "Acme", days=4 * n) for n, title in enumerate(STRIKE))

    assert stories(graph_of([one, other])) == [["s0"], ["s1"]]


def test_other_news_of_the_same_company_on_the_same_day_is_another_story() -> None:
    recall = says("s9", "Acme recalls pumps that may catch fire", "Acme calls back 40,000 pumps sold in Chile since May.", "Acme")

    assert stories(graph_of([says("s0", STRIKE[0], STRIKE_TEXTS[0], "Acme"), recall])) == [["s0"], ["s9"]]


def test_an_award_given_to_two_in_the_same_words_is_two_stories() -> None:
    text = "{} has achieved the Nimbus Storage Competency, which tells customers that its experts know Nimbus well. {}"
    more = {"Bolt": "Founded in Lyon, it moves banks to newer machines.", "Crux": "Its chief called it a great day for hospitals."}
    winners = [
        says(name.lower(), f"{name} achieves Nimbus Storage Competency status", text.format(name, words), name, "Nimbus")
        for name, words in more.items()
    ]

    assert stories(graph_of(winners)) == [["bolt"], ["crux"]]


@pytest.mark.parametrize("title", ["Acme buys maker of pumps {}", "Acme buys a maker of pumps"])
def test_two_purchases_of_one_buyer_are_two_stories_though_the_words_are_alike(title: str) -> None:
    text = "Acme said on Monday that it buys {}, a maker of pumps{}."
    bought = [
        says(name.lower(), title.format(name), text.format(name, more), "Acme", name, reports=(report("acquisition", "Acme", name),))
        for name, more in (("Bolt", " in Lyon"), ("Crux", ", for its plants"))
    ]

    assert stories(graph_of(bought)) == [["bolt"], ["crux"]]


def test_a_purchase_told_of_the_buyer_and_of_its_parent_is_one_story() -> None:
    text = "Bolt Robots goes to Crux, a part of Acme, as Acme bets on robots that weld."
    sold = [
        says("s0", "Crux buys the welding robots of Bolt", text, "Crux", "Bolt", "Acme", reports=(report("acquisition", "Crux", "Bolt"),)),
        says("s1", "Acme buys welding robots of Bolt", text, "Acme", "Bolt", "Crux", reports=(report("acquisition", "Acme", "Bolt"),)),
    ]

    assert stories(graph_of(sold)) == [["s0", "s1"]]


def test_parts_of_a_series_are_stories_of_their_own() -> None:
    parts = [says(f"s{n}", f"Teach pumps to talk with Acme Studio, part {n}", f"We go on with lesson {n}.", "Acme") for n in (1, 2)]

    assert stories(graph_of(parts)) == [["s1"], ["s2"]]


def test_market_reports_of_one_publisher_on_two_markets_are_two_stories() -> None:
    text = 'The "{} Market Forecast to 2031" report has been added to the offering of Acme Research. It names key players and trends.'
    reports = [
        says(name[:4].lower(), f"Worldwide {name} market to 2031", text.format(name), "Acme")
        for name in ("Industrial Welding Robots", "Frozen Bakery Products")
    ]

    assert stories(graph_of(reports)) == [["froz"], ["indu"]]


COLUMN = "Why machine learning still needs people"
COLUMNS = (
    "Researchers asked a thousand readers what they expect of machine learning. {}'s shares rose. One customer praised the new timetable.",
    "Researchers asked a thousand readers what they expect of machine learning. A clerk ignored some early figures by letter. {} has plans.",
)


@pytest.mark.parametrize(
    ("named", "more", "expected"),
    [
        (("Bolt", "Crux"), {}, [["s0"], ["s1"]]),
        (("Bolt", "Bolt"), {}, [["s0", "s1"]]),
        (("Bolt", "Crux"), {"related": ("s0",)}, [["s0", "s1"]]),
    ],
)
def test_texts_under_the_headline_of_a_column_are_one_story_if_they_name_a_thing_in_common_or_a_document_says_so(
    named: tuple[str, str], more: dict[str, Any], expected: list[list[str]]
) -> None:
    one, other = (
        says(f"s{n}", COLUMN, text.format(name), name, **(more if n else {}))
        for n, (text, name) in enumerate(zip(COLUMNS, named, strict=True))
    )

    assert stories(graph_of([one, other])) == expected


def test_what_is_quoted_word_for_word_joins_two_articles_that_name_no_company_though_one_is_cut_off() -> None:
    quoted = '"Welding Robots Market Forecast to 2031 - Impact and Global Analysis by Region'
    one = says("s0", "Insights on the world market of welding robots", f'The {quoted} and Use" report is out.')
    other = says("s1", "Robots to 2031: makers see chances", f"DUBLIN -- The {quoted} and")
    unquoted = says("s2", "Robots to 2031: makers see chances", "DUBLIN -- Factories want to know how many they will need")

    assert stories(graph_of([one, other])) == [["s0", "s1"]]
    assert stories(graph_of([one, unquoted])) == [["s0"], ["s2"]]


def test_texts_without_a_company_are_one_story_where_their_words_are_much_alike() -> None:
    titles = [
        "Storm floods harbour of Lyon, thousands flee",
        "Thousands flee as storm floods the harbour of Lyon",
        "Chess fair draws thousands",
    ]

    assert stories(graph_of([says(f"s{n}", title) for n, title in enumerate(titles)])) == [["s0", "s1"], ["s2"]]


@pytest.mark.parametrize(
    "more",
    [
        {"title": "Acme and Bolt in the same boat", "parties": ("Acme", "Bolt")},
        {"sum": "450000000 USD"},
        {"related": ("s0",)},
        {"excerpt": 'Acme welds a ship. "We will weld the whole ship ourselves," said its chief.'},
    ],
    ids=["the same two companies", "the same sum", "declared as related", "the same quotation"],
)
def test_evidence_makes_two_articles_more_alike_than_their_words(more: dict[str, Any]) -> None:
    plain = says("s1", "Acme in the same boat", "Acme welds a ship.", "Acme")
    text = more.get("excerpt", "Acme welds a ship.")
    better = says("s1", more.get("title", "Acme in the same boat"), text, *more.get("parties", ("Acme",)), related=more.get("related", ()))
    first = says("s0", "Acme and Bolt weld ship", '"We will weld the whole ship ourselves," said its chief.', "Acme", "Bolt")
    if "sum" in more:
        better, first = (
            ExtractedArticle(one.article, replace(one.facts, mentions=(*one.facts.mentions, money(more["sum"])))) for one in (better, first)
        )

    assert evidence(first, better) > evidence(first, plain)


def test_different_events_of_one_company_make_two_articles_less_alike_than_their_words() -> None:
    one, plain = says("s0", STRIKE[0], STRIKE_TEXTS[0], "Acme"), says("s1", STRIKE[1], STRIKE_TEXTS[1], "Acme")
    layoff = ExtractedArticle(one.article, replace(one.facts, reports=(report("layoff", "Acme", None),)))
    lawsuit = ExtractedArticle(plain.article, replace(plain.facts, reports=(report("lawsuit", "Acme", None),)))

    assert evidence(layoff, lawsuit) < evidence(layoff, plain)


def test_articles_are_less_alike_the_more_days_lie_between() -> None:
    one, soon, late = (says(f"s{n}", STRIKE[n > 0], STRIKE_TEXTS[n > 0], "Acme", days=n) for n in range(3))

    assert evidence(one, late) < evidence(one, soon)


def test_an_event_of_one_company_joins_only_articles_that_share_some_words() -> None:
    launch = (report("product_launch", "Acme", None),)
    pump = says("s0", "Acme launches a pump for wells", "", "Acme", reports=launch)
    same = says("s1", "A new pump comes from Acme", "Wells run dry.", "Acme", reports=launch, days=1)
    robot = says("s2", "Welding robot is out", "Acme shows what it can.", "Acme", reports=launch, days=2)

    assert stories(graph_of([pump, same, robot])) == [["s0", "s1"], ["s2"]]


def test_of_a_week_of_three_hundred_articles_on_one_merger_nearly_all_are_one_story() -> None:
    merger, noise = (
        _merger(300),
        [says(f"x{n}", f"Acme {' '.join(_nonsense(n, 5))}", " ".join(_nonsense(-n, 20)), "Acme", days=n / 40) for n in range(1, 300)],
    )
    graph = graph_of([*merger, *noise])

    sizes = [len([name for name in story if name.startswith("m")]) for story in stories(graph)]
    assert sum(sizes) == 300
    assert max(sizes) >= 285
    assert max(graph["stories"]["size"]) == max(sizes)


def test_what_is_told_in_the_same_words_for_weeks_is_a_series_and_no_single_story() -> None:
    things, random = ["steel", "wheat", "copper", "sugar", "cotton", "coffee"], Random(3)  # noqa: S311 - repeatable, no secret
    series = [
        says(
            f"s{n}", f"Acme shares today: {' and '.join(random.sample(things, 2))}",
            f"{' '.join(random.sample(things, 2))} prices moved the shares of Acme, {random.choice(things)} did not.", "Acme", days=n,
        )
        for n in range(25)
    ]  # fmt: skip
    spans = [last - first for first, last in graph_of(series)["stories"].select("first", "last").rows()]

    assert timedelta(days=3) < max(spans) <= timedelta(days=10)


def test_another_event_of_that_week_stays_out_of_the_merger() -> None:
    recall = [
        says(f"r{n}", f"Acme recalls pumps that may catch {word}", f"Acme calls back 40,000 pumps sold in Chile; some caught {word}.", "Acme", days=3 + n / 9)
        for n, word in enumerate(("fire", "flames"))
    ]  # fmt: skip

    assert ["r0", "r1"] in stories(graph_of([*_merger(100), *recall]))


_HEADS = [
    "Acme and Bolt agree to merge in $12 billion deal", "Acme to merge with Bolt, creating giant of fasteners", "Bolt shareholders weigh merger with Acme",
    "What the merger of Acme and Bolt means for {}", "{} fear for jobs as Acme and Bolt merge", "Acme shares jump after merger with Bolt",
    "Regulators to look at merger of Acme and Bolt", "Analysis: why Acme needs Bolt", "Acme-Bolt merger: five things to know",
    "Chief of Bolt to lead the merged Acme", "Rivals shrug at the $12 billion merger of Acme and Bolt", "Acme and Bolt tie the knot",
]  # fmt: skip
_BODIES = [
    "Acme and Bolt said that they will merge in a deal worth $12 billion.", "The merger makes Acme and Bolt the largest maker of fasteners, with {} workers.",
    "Shares of Acme rose {} percent; those of Bolt rose more.", "Unions said that {} jobs were at risk.",
    "The boards of both have approved the merger, which needs the consent of regulators.", "Analysts called the price rich.",
    "{} said that they would watch the merger closely.", "Savings of {} million a year are expected from the merger.",
]  # fmt: skip


def _merger(count: int) -> list[ExtractedArticle]:
    """Make articles of one week on one merger, none of which tells it as an event."""
    random = Random(7)  # noqa: S311 - repeatable, no secret
    readings = []
    for number in range(count):
        who, amount = random.choice(["Workers", "Unions", "Carmakers", "Farmers"]), random.randint(2, 900)
        text = " ".join(body.format(random.choice([who, amount])) for body in random.sample(_BODIES, random.randint(1, 3)))
        title = random.choice(_HEADS).format(who)
        readings.append(says(f"m{number}", title, text, "Acme", "Bolt", days=7 * number / count))
    return readings


def _nonsense(seed: int, count: int) -> list[str]:
    random = Random(seed)  # noqa: S311 - repeatable, no secret
    return ["".join(random.choices("abcdefghiklmnoprstuvw", k=7)) for _ in range(count)]


def money(amount: str) -> Mention:
    return Mention(Kind.MONEY, amount, 0, 1, amount, "hand", 0.9)


def evidence(one: ExtractedArticle, other: ExtractedArticle) -> float:
    """Give by how much what two articles have in common besides their words speaks for one story."""
    articles = resolve_articles([one, other], BASE)
    names = {
        node.iri: NamedCompanies(*(
            frozenset(
                f"{BASE}company/{mention.name.lower()}"
                for mention in node.chosen.facts.mentions
                if mention.kind is Kind.COMPANY and mention.start < end
            )
            for end in (len(node.chosen.article.title), len(node.chosen.article.text) + 1)
        ))
        for node in articles
    }  # fmt: skip
    reports = [
        ResolvedReport(
            node, stated, tuple(ResolvedFiller(filler.role, f"{BASE}company/acme", "Acme", "company") for filler in stated.roles)
        )
        for node in articles
        for stated in node.chosen.facts.reports
    ]
    by = witnesses(articles, {node.iri: node.iri for node in articles})
    events = resolve_events(reports, [], {f"{BASE}company/acme": "Acme"}, BASE, by).nodes
    ordered = sorted(articles, key=lambda node: node.order)
    number = {node.iri: at for at, node in enumerate(ordered)}
    summaries, contents = summarize_articles(ordered), article_contents(ordered, events, names, number)
    weights, event_summaries = background_weights(), summarize_events(events, number)
    at = [number[node.iri] for node in articles]
    first, second = (
        story_cluster(one, summaries[one], contents[one], event_summaries, weights, article_words(summaries[one], weights)) for one in at
    )
    found = zip(FEATURES, feature_weights(), features(first, second, weights), strict=True)
    return math.fsum(weight * value for name, weight, value in found if not name.startswith(("text", "headline", "rare")))
