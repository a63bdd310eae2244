"""What a graph claims about articles and stories: copies, corrections, and what merged articles into stories."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import Article
from newsgraph.core.vocabulary import EDGE_KINDS
from newsgraph.provenance.claims import Claim, report_rows
from newsgraph.provenance.story_links import StoryLink, links_of, path_between
from newsgraph.resolve.copies.near_copies import shares

NEAR_COPY = "near_copy"
_SHOWN = 5


def article_claims(graph: GraphTables, first: str, second: str | None, kinds: dict[str, str]) -> list[Claim]:
    """Return the claims between two articles, between a story and its events or articles, or about one article or story alone.

    `kinds` has the kind of each node (IRI).
    """
    if second is None:
        if kinds[first] == "article":
            return [*_copies(graph, first, None), *_membership(graph, first)]
        return [*_members(graph, first), *_events(graph, first, None)] if kinds[first] == "story" else []
    by_kind = {kinds[first]: first, kinds[second]: second}
    if len(by_kind) == 1 and "article" in by_kind:
        return [
            *_copies(graph, first, second),
            *_common_origin(graph, first, second),
            *_corrections_between(graph, first, second),
            *_one_story(graph, first, second),
        ]
    if by_kind.keys() == {"article", "story"}:
        return [claim for claim in _membership(graph, by_kind["article"]) if claim.object == by_kind["story"]]
    return _events(graph, by_kind["story"], by_kind["event"]) if by_kind.keys() == {"story", "event"} else []


def correction_claims(graph: GraphTables, article: str) -> Iterator[Claim]:
    """Yield which articles an article replaces, and which replace it."""
    for row in graph["corrections"].filter((pl.col("article") == article) | (pl.col("superseded") == article)).iter_rows(named=True):
        claim = Claim(row["article"], "replaces", row["superseded"], "correction", row["rule"], article=row["article"])
        yield replace(claim, note=f"marked “{row['words']}”")


def _corrections_between(graph: GraphTables, first: str, second: str) -> list[Claim]:
    return [claim for claim in correction_claims(graph, first) if second in {claim.subject, claim.object}]


def _copies(graph: GraphTables, first: str, second: str | None) -> list[Claim]:
    """Return the near-copies of an article, or only another article if it is one, each with its similarity."""
    near = (pl.col("article") == first) | (pl.col("copy") == first)
    if second is not None:
        near &= (pl.col("article") == second) | (pl.col("copy") == second)
    pairs = graph["copies"].filter(near).select("article", "copy").rows()
    texts = _texts(graph, {iri for pair in pairs for iri in pair})
    return [
        Claim(
            article, "is a near-copy of", copy, "near_duplicate", NEAR_COPY, article=article, note=_similarity(texts[article], texts[copy])
        )
        for article, copy in pairs
    ]


def _common_origin(graph: GraphTables, first: str, second: str) -> Iterator[Claim]:
    """Yield that two articles are copies of a third, if neither is known as a copy of the other."""
    origins = dict(graph["articles"].filter(pl.col("iri").is_in([first, second])).select("iri", "copy_group").iter_rows())
    origin = origins[first]
    if origin != origins[second] or origin in {first, second} or _copies(graph, first, second):
        return
    texts = _texts(graph, {first, second, origin})
    for article in (first, second):
        claim = Claim(article, "has its text from", origin, "copy_group", NEAR_COPY, article=article)
        yield replace(claim, note=_similarity(texts[article], texts[origin]))


def _similarity(one: Article, other: Article) -> str:
    """Describe how similar two texts are, and first their excerpts if these are more similar."""
    whole, excerpts = shares(one, other)
    parts = [f"{share:.0%} of all runs of three words are in both {what}" for share, what in ((whole, "texts"), (excerpts, "excerpts"))]
    return parts[0] if whole >= excerpts else f"{parts[1]}; {parts[0]}"


def _texts(graph: GraphTables, iris: set[str]) -> dict[str, Article]:
    rows = graph["articles"].filter(pl.col("iri").is_in(sorted(iris))).select("iri", "url", "title", "excerpt", "text", "source", "part")
    return {row["iri"]: _article(row) for row in rows.iter_rows(named=True)}


def _article(row: dict[str, Any]) -> Article:
    title, excerpt = row["title"], row["excerpt"] or ""
    before = len(title) + (len(excerpt) + 2 if excerpt else 2)  # see `Article.text`
    return Article(row["iri"], row["url"], title, excerpt, row["source"], row["part"], body=(row["text"] or "")[before:])


def _membership(graph: GraphTables, article: str) -> list[Claim]:
    """Return the story of an article, once for each rule that links the article to others."""
    story = next(iter(graph["articles"].filter(pl.col("iri") == article)["story"]), None)
    return _member(graph, story, article, links_of(graph, story)) if story else []


def _members(graph: GraphTables, story: str) -> list[Claim]:
    links = links_of(graph, story)
    members = graph["articles"].filter(pl.col("story") == story)["iri"]
    return [claim for article in members for claim in _member(graph, story, article, links)]


def _member(graph: GraphTables, story: str, article: str, links: tuple[StoryLink, ...]) -> list[Claim]:
    claim = Claim(article, "is part of story", story, "part_of_story", article=article)
    links = tuple(link for link in links if article in {link.article, link.other})
    if not links:
        return [replace(claim, rule=graph["stories"].filter(pl.col("iri") == story)["rule"].item())]
    others = [link.other if link.article == article else link.article for link in links]
    titles = dict(graph["articles"].filter(pl.col("iri").is_in(others)).select("iri", "title").iter_rows())
    more = f", and {len(links) - _SHOWN} more" if len(links) > _SHOWN else ""
    claims = []
    for rule in dict.fromkeys(link.rule for link in links):
        linked = [f"“{titles[other]}”" for link, other in zip(links, others, strict=True) if link.rule == rule][:_SHOWN]
        claims.append(replace(claim, rule=rule, note=f"linked to {', '.join(linked)}{more}"))
    return claims


def _one_story(graph: GraphTables, first: str, second: str) -> Iterator[Claim]:
    """Yield the links that lead from one article of a story to another, with the words of an event that both report."""
    stories = dict(graph["articles"].filter(pl.col("iri").is_in([first, second])).select("iri", "story").iter_rows())
    if stories[first] is None or stories[first] != stories[second]:
        return
    for link in path_between(links_of(graph, stories[first]), first, second):
        claim = Claim(link.article, "is in one story with", link.other, "one_story", link.rule, article=link.article)
        if link.rule == NEAR_COPY:
            texts = _texts(graph, {link.article, link.other})
            claim = replace(claim, note=_similarity(texts[link.article], texts[link.other]))
        yield from _shared_events(graph, claim) if link.rule == "same_event" else (claim,)


def _shared_events(graph: GraphTables, claim: Claim) -> list[Claim]:
    reports = graph["reports"].filter(pl.col("article").is_in([claim.subject, claim.object]) & pl.col("event").is_not_null())
    articles_of: dict[str, set[str]] = {}
    for event, article in reports.select("event", "article").iter_rows():
        articles_of.setdefault(event, set()).add(article)
    shared = sorted(event for event, articles in articles_of.items() if len(articles) > 1)
    labels = dict(graph["events"].filter(pl.col("iri").is_in(shared)).select("iri", "label").iter_rows())
    rows = reports.filter(pl.col("event").is_in(shared)).unique(["event", "article"], keep="first", maintain_order=True)
    claims = [
        replace(claim, article=article, span=(start, end), event=event, note=f"both report “{labels[event]}”")
        for event, article, start, end in rows.select("event", "article", "start", "end").iter_rows()
    ]
    return claims or [claim]


def _events(graph: GraphTables, story: str, event: str | None) -> list[Claim]:
    """Return the events of a story, with the words of its articles that report them."""
    events = graph["story_events"].filter(pl.col("story") == story)["event"].to_list()
    members = set(graph["articles"].filter(pl.col("story") == story)["iri"])
    claims = []
    for iri in events if event is None else {event} & set(events):
        claim = Claim(story, EDGE_KINDS["tells"].label, iri, "tells", event=iri)
        claims += [replace(claim, **row) for row in report_rows(graph, (iri,)).get(iri, ()) if row["article"] in members]
    return claims
