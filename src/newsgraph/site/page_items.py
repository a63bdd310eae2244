"""Lists of pages that several kinds of things have: events, articles, stories, relations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from newsgraph.core.shown_values import counted
from newsgraph.core.vocabulary import EDGE_KINDS, EVENT_TYPES, FACT_STATUSES, ROLES
from newsgraph.site.graph_lookup import GraphLookup, Row
from newsgraph.site.thing_page import Item, PageSection, Reference

MOST = 100
"""Items of a list on the page of a thing; it counts the others."""


def sections(*found: PageSection) -> tuple[PageSection, ...]:
    """Return those sections that have items."""
    return tuple(section for section in found if section.items)


def event_section(lookup: GraphLookup, iri: str) -> PageSection:
    """Return the events of a thing, each with its role in it, the latest first."""
    return _section(
        "events", "Events", [_event(lookup, event, iri) for event in lookup.events_of.get(iri, ())[:MOST]], lookup.events_of.get(iri, ())
    )


def article_section(lookup: GraphLookup, iri: str, heading: str = "Articles") -> PageSection:
    """Return the articles of a thing, the latest first."""
    articles = lookup.articles_of.get(iri, ())
    return _section("articles", heading, [article_item(lookup, article, iri) for article in articles[:MOST]], articles)


def story_section(lookup: GraphLookup, iri: str) -> PageSection:
    """Return the stories of a thing, the latest first."""
    stories = lookup.stories_of.get(iri, ())
    items = [Item((lookup.reference(story),), (_articles(lookup.rows[story]["size"]),)) for story in stories[:MOST]]
    return _section("stories", "Stories", items, stories)


def relation_section(lookup: GraphLookup, iri: str) -> PageSection:
    """Return relations that last: owners, subsidiaries, suppliers and the like."""
    items = [_relation(lookup, row, iri) for row in lookup.relations_of.get(iri, ())]
    return _section("relations", "Relations", items[:MOST], items)


def post_section(lookup: GraphLookup, iri: str) -> PageSection:
    """Return who works as what where, each once."""
    posts: dict[tuple[str, str, str], str] = {}
    for row in lookup.posts_of.get(iri, ()):
        posts.setdefault((row["person"], row["role"] or "", row["employer"] or ""), row["article"])
    items = [
        Item(
            tuple(lookup.reference(one) for one in (person, employer) if one and one != iri) or (Reference(role),),
            (role,) if role else (), source=lookup.source(article),
        )
        for (person, role, employer), article in posts.items()
    ]  # fmt: skip
    return _section("people", "Posts", items[:MOST], items)


def named_section(lookup: GraphLookup, article: str) -> PageSection:
    """Return what an article names."""
    named = lookup.named_in.get(article, ())
    items = [Item((lookup.reference(iri),), (lookup.kinds[iri], *lookup.called(article, iri))) for iri in named if iri in lookup.kinds]
    return _section("named", "Named in the article", items[:MOST], items)


def event_facts(row: Row) -> tuple[str, ...]:
    """Return the time, status and figures of an event in words."""
    amount = f"{row['amount']:,.0f} {row['currency']}" if row["amount"] is not None else ""
    percent = f"{row['percent']:g} %" if row["percent"] is not None else ""
    background = "known from before" if row["background"] else ""
    return tuple(filter(None, (row["when"], row["status"], amount, percent, background)))


def article_item(lookup: GraphLookup, article: str, iri: str = "") -> Item:
    """Return an article as a line: its headline, its provider, its day, and its name for a thing if that is another than the graph's."""
    row = lookup.rows[article]
    day = f"{row['published']:%Y-%m-%d}" if row["published"] else ""
    return Item(
        (lookup.reference(article),), tuple(filter(None, (lookup.labels.get(row["provider"] or "", ""), day, *lookup.called(article, iri))))
    )


def report_item(lookup: GraphLookup, row: Row, head: Reference) -> Item:
    """Return a report as a line, with its sentence."""
    source, url = lookup.source(row["article"]), lookup.rows[row["article"]]["url"]
    original = replace(source, iri="", url=url) if url else source
    return Item((head,), (row["status"], *_called(lookup, row)), lookup.quote(row["article"], row["start"], row["end"]), original)


def _event(lookup: GraphLookup, event: str, iri: str) -> Item:
    row = lookup.rows[event]
    roles = [ROLES[role["role"].removeprefix("ng:")].label for role in lookup.roles_of.get(event, ()) if role["party"] == iri]
    doubt = () if row["status"] in FACT_STATUSES else ("not a fact",)
    facts = (EVENT_TYPES[row["type"]].label, *event_facts(row), *doubt, *(f"as {role}" for role in dict.fromkeys(roles)))
    reports: Sequence[Row] = lookup.reports_of.get(event, ())
    if not reports:
        return Item((lookup.reference(event),), facts)
    shown = next((report for report in reports if report["status"] == row["status"]), reports[0])
    quote = lookup.quote(shown["article"], shown["start"], shown["end"])
    return Item((lookup.reference(event),), (*facts, *_called(lookup, shown)), quote, lookup.source(shown["article"]))


def _called(lookup: GraphLookup, report: Row) -> tuple[str, ...]:
    """Return in words which parties of an event a report calls by another name than the graph."""
    parties = dict.fromkeys(role["party"] for role in lookup.roles_of.get(report["event"], ()) if role["party"])
    used = ((lookup.labels.get(party, ""), lookup.used_names.get((report["article"], party))) for party in parties)
    return tuple(f"{label} here called {name}" for label, name in used if name)


def _relation(lookup: GraphLookup, row: Row, iri: str) -> Item:
    edge, outgoing = EDGE_KINDS[row["kind"]], row["subject"] == iri
    other = row["object"] if outgoing else row["subject"]
    share = f"{row['percent']:g} %" if row["percent"] is not None else ""
    since, until = (f"{word} {row[word]}" if row[word] else "" for word in ("since", "until"))
    articles = _articles(row["articles"])
    head = (Reference(edge.label if outgoing else edge.inverse), lookup.reference(other))
    return Item(head, tuple(filter(None, (share, since, until, articles))))


def _articles(count: int) -> str:
    return counted(count, "article")


def _section(key: str, heading: str, items: Iterable[Item], whole: Sequence[object]) -> PageSection:
    shown = tuple(items)
    return PageSection(key, heading, shown, max(0, len(whole) - MOST))
