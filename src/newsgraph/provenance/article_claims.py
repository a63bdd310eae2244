"""What a graph claims between articles and of the stories they stand in: copies, corrections, and what joined them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import Article
from newsgraph.provenance.claims import Claim, report_rows
from newsgraph.provenance.story_links import ALONE, StoryLink, links_of, path_between
from newsgraph.resolve.copies.near_copies import shares

NEAR_COPY = "near_copy"
_SHOWN = 5


def article_claims(graph: GraphTables, first: str, second: str | None, kinds: dict[str, str]) -> list[Claim]:
    """Claim what holds between two articles, between a story and its events, or of one article or story alone."""
    if second is None:
        if kinds[first] == "article":
            return [*_copies(graph, first, None), *_membership(graph, first)]
        return [*_members(graph, first), *_events(graph, first, None)] if kinds[first] == "story" else []
    met = {kinds[first]: first, kinds[second]: second}
    if len(met) == 1 and "article" in met:
        return [
            *_copies(graph, first, second),
            *_one_text(graph, first, second),
            *_replaced(graph, first, second),
            *_one_story(graph, first, second),
        ]
    if met.keys() == {"article", "story"}:
        return [claim for claim in _membership(graph, met["article"]) if claim.object == met["story"]]
    return _events(graph, met["story"], met["event"]) if met.keys() == {"story", "event"} else []


def correction_claims(graph: GraphTables, article: str) -> Iterator[Claim]:
    """Claim which articles an article replaces, and which replace it."""
    for row in graph["corrections"].filter((pl.col("article") == article) | (pl.col("superseded") == article)).iter_rows(named=True):
        claim = Claim(row["article"], "replaces", row["superseded"], "correction", row["rule"], article=row["article"])
        yield replace(claim, note=f"marked “{row['words']}”")


def _replaced(graph: GraphTables, first: str, second: str) -> list[Claim]:
    return [claim for claim in correction_claims(graph, first) if second in {claim.subject, claim.object}]


def _copies(graph: GraphTables, first: str, second: str | None) -> list[Claim]:
    """Claim the near-copies of an article, or that another is one, each with how alike they are."""
    near = (pl.col("article") == first) | (pl.col("copy") == first)
    if second is not None:
        near &= (pl.col("article") == second) | (pl.col("copy") == second)
    pairs = graph["copies"].filter(near).select("article", "copy").rows()
    texts = _texts(graph, {iri for pair in pairs for iri in pair})
    return [
        Claim(one, "is a near-copy of", other, "near_duplicate", NEAR_COPY, article=one, note=_alike(texts[one], texts[other]))
        for one, other in pairs
    ]


def _one_text(graph: GraphTables, first: str, second: str) -> Iterator[Claim]:
    """Claim that two articles are copies of a third, where neither is known as the other's."""
    origins = dict(graph["articles"].filter(pl.col("iri").is_in([first, second])).select("iri", "copy_group").iter_rows())
    origin = origins[first]
    if origin != origins[second] or origin in {first, second} or _copies(graph, first, second):
        return
    texts = _texts(graph, {first, second, origin})
    for one in (first, second):
        claim = Claim(one, "has its text from", origin, "copy_group", NEAR_COPY, article=one)
        yield replace(claim, note=_alike(texts[one], texts[origin]))


def _alike(one: Article, other: Article) -> str:
    """Say how alike two texts are, and their excerpts where these alone are more so."""
    whole, excerpts = shares(one, other)
    told = [f"{share:.0%} of all runs of three words stand in both {what}" for share, what in ((whole, "texts"), (excerpts, "excerpts"))]
    return told[0] if whole >= excerpts else f"{told[1]}; {told[0]}"


def _texts(graph: GraphTables, iris: set[str]) -> dict[str, Article]:
    rows = graph["articles"].filter(pl.col("iri").is_in(sorted(iris))).select("iri", "url", "title", "excerpt", "text", "source", "part")
    return {row["iri"]: _article(row) for row in rows.iter_rows(named=True)}


def _article(row: dict[str, Any]) -> Article:
    title, excerpt = row["title"], row["excerpt"] or ""
    before = len(title) + (len(excerpt) + 2 if excerpt else 2)  # see `Article.text`
    return Article(row["iri"], row["url"], title, excerpt, row["source"], row["part"], body=row["text"][before:])


def _membership(graph: GraphTables, article: str) -> list[Claim]:
    """Claim the story of an article, once for every article that it was joined to."""
    story = next(iter(graph["articles"].filter(pl.col("iri") == article)["story"]), None)
    return _member(graph, story, article, links_of(graph, story)) if story else []


def _members(graph: GraphTables, story: str) -> list[Claim]:
    links = links_of(graph, story)
    members = graph["articles"].filter(pl.col("story") == story)["iri"]
    return [claim for article in members for claim in _member(graph, story, article, links)]


def _member(graph: GraphTables, story: str, article: str, links: tuple[StoryLink, ...]) -> list[Claim]:
    claim = Claim(article, "is part of story", story, "part_of_story", article=article)
    own = [link for link in links if article in {link.article, link.other}]
    if not own:
        rule = next(iter(graph["stories"].filter(pl.col("iri") == story)["rule"]), None)
        return [replace(claim, rule=rule or ALONE)]
    others = [link.other if link.article == article else link.article for link in own]
    titles = dict(graph["articles"].filter(pl.col("iri").is_in(others)).select("iri", "title").iter_rows())
    more = f", and {len(own) - _SHOWN} more" if len(own) > _SHOWN else ""
    found = []
    for rule in dict.fromkeys(link.rule for link in own):
        told = [f"“{titles[other]}”" for link, other in zip(own, others, strict=True) if link.rule == rule][:_SHOWN]
        found.append(replace(claim, rule=rule, note=f"joined to {', '.join(told)}{more}"))
    return found


def _one_story(graph: GraphTables, first: str, second: str) -> Iterator[Claim]:
    """Claim the joins that lead from one article of a story to another, with the words of an event that both tell."""
    stories = dict(graph["articles"].filter(pl.col("iri").is_in([first, second])).select("iri", "story").iter_rows())
    if stories[first] is None or stories[first] != stories[second]:
        return
    for link in path_between(links_of(graph, stories[first]), first, second):
        claim = Claim(link.article, "is in one story with", link.other, "one_story", link.rule, article=link.article)
        if link.rule == NEAR_COPY:
            texts = _texts(graph, {link.article, link.other})
            claim = replace(claim, note=_alike(texts[link.article], texts[link.other]))
        yield from _both_tell(graph, claim) if link.rule == "same_event" else (claim,)


def _both_tell(graph: GraphTables, claim: Claim) -> list[Claim]:
    reports = graph["reports"].filter(pl.col("article").is_in([claim.subject, claim.object]) & pl.col("event").is_not_null())
    told: dict[str, set[str]] = {}
    for event, article in reports.select("event", "article").iter_rows():
        told.setdefault(event, set()).add(article)
    shared = sorted(event for event, articles in told.items() if len(articles) > 1)
    labels = dict(graph["events"].filter(pl.col("iri").is_in(shared)).select("iri", "label").iter_rows())
    rows = reports.filter(pl.col("event").is_in(shared)).unique(["event", "article"], keep="first", maintain_order=True)
    found = [
        replace(claim, article=article, span=(start, end), event=event, note=f"both tell of “{labels[event]}”")
        for event, article, start, end in rows.select("event", "article", "start", "end").iter_rows()
    ]
    return found or [claim]


def _events(graph: GraphTables, story: str, event: str | None) -> list[Claim]:
    """Claim the events of a story by the words of those of its articles that tell them."""
    held = graph["story_events"].filter(pl.col("story") == story)["event"].to_list()
    members = set(graph["articles"].filter(pl.col("story") == story)["iri"])
    found = []
    for one in held if event is None else {event} & set(held):
        claim = Claim(story, "reports", one, "tells", event=one)
        found += [replace(claim, **row) for row in report_rows(graph, (one,)).get(one, ()) if row["article"] in members]
    return found
