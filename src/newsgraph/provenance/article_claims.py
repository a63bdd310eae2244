"""What a graph claims about articles and stories: copies, corrections, and what merged articles into stories."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsgraph.core.model import Article
from newsgraph.core.row_lookup import Row
from newsgraph.core.vocabulary import EDGE_KINDS
from newsgraph.provenance.claims import Claim, report_fields
from newsgraph.provenance.nearby_rows import NearbyRows
from newsgraph.provenance.story_links import StoryLink, path_between
from newsgraph.resolve.copies.near_copies import shares

NEAR_COPY = "near_copy"
_SHOWN = 5


def article_claims(rows: NearbyRows, first: str, second: str | None, kinds: dict[str, str]) -> list[Claim]:
    """Return the claims between two articles, between a story and its events or articles, or about one article or story alone.

    `kinds` has the kind of each node (IRI).
    """
    if second is None:
        if kinds[first] == "article":
            return [*_copies(rows, first, None), *_membership(rows, first)]
        return [*_members(rows, first), *_events(rows, first, None)] if kinds[first] == "story" else []
    by_kind = {kinds[first]: first, kinds[second]: second}
    if len(by_kind) == 1 and "article" in by_kind:
        return [
            *_copies(rows, first, second),
            *_common_origin(rows, first, second),
            *_corrections_between(rows, first, second),
            *_one_story(rows, first, second),
        ]
    if by_kind.keys() == {"article", "story"}:
        return [claim for claim in _membership(rows, by_kind["article"]) if claim.object == by_kind["story"]]
    return _events(rows, by_kind["story"], by_kind["event"]) if by_kind.keys() == {"story", "event"} else []


def correction_claims(rows: NearbyRows, article: str) -> Iterator[Claim]:
    """Yield which articles an article replaces, and which replace it."""
    for row in rows["corrections"]:
        if article in {row["article"], row["superseded"]}:
            claim = Claim(row["article"], "replaces", row["superseded"], "correction", row["rule"], article=row["article"])
            yield claim._replace(note=f"marked “{row['words']}”")


def _corrections_between(rows: NearbyRows, first: str, second: str) -> list[Claim]:
    return [claim for claim in correction_claims(rows, first) if second in {claim.subject, claim.object}]


def _copies(rows: NearbyRows, first: str, second: str | None) -> list[Claim]:
    """Return the near-copies of an article, or only another article if it is one, each with its similarity."""
    found = [(row["article"], row["copy"]) for row in rows["copies"]]
    pairs = [pair for pair in found if first in pair and (second is None or second in pair)]
    texts = _texts(rows, {iri for pair in pairs for iri in pair})
    return [
        Claim(
            article, "is a near-copy of", copy, "near_duplicate", NEAR_COPY, article=article, note=_similarity(texts[article], texts[copy])
        )
        for article, copy in pairs
    ]


def _common_origin(rows: NearbyRows, first: str, second: str) -> Iterator[Claim]:
    """Yield that two articles are copies of a third, if neither is known as a copy of the other."""
    origins = {row["iri"]: row["copy_group"] for row in rows.among("articles", "iri", (first, second))}
    origin = origins[first]
    if origin != origins[second] or origin in {first, second} or _copies(rows, first, second):
        return
    texts = _texts(rows, {first, second, origin})
    for article in (first, second):
        claim = Claim(article, "has its text from", origin, "copy_group", NEAR_COPY, article=article)
        yield claim._replace(note=_similarity(texts[article], texts[origin]))


def _similarity(one: Article, other: Article) -> str:
    """Describe how similar two texts are, and first their excerpts if these are more similar."""
    whole, excerpts = shares(one, other)
    parts = [f"{share:.0%} of all runs of three words are in both {what}" for share, what in ((whole, "texts"), (excerpts, "excerpts"))]
    return parts[0] if whole >= excerpts else f"{parts[1]}; {parts[0]}"


def _texts(rows: NearbyRows, iris: set[str]) -> dict[str, Article]:
    return {row["iri"]: _article(row, rows.text(row["iri"])) for row in rows.among("articles", "iri", iris)}


def _article(row: Row, text: str) -> Article:
    title, excerpt = row["title"], row["excerpt"] or ""
    before = len(title) + (len(excerpt) + 2 if excerpt else 2)  # see `Article.text`
    return Article(row["iri"], row["url"], title, excerpt, row["source"], row["part"], body=text[before:])


def _membership(rows: NearbyRows, article: str) -> list[Claim]:
    """Return the story of an article, once for each rule that links the article to others."""
    story = next((row["story"] for row in rows.where("articles", iri=article)), None)
    return _member(rows, story, article, _links(rows, story)) if story else []


def _members(rows: NearbyRows, story: str) -> list[Claim]:
    links = _links(rows, story)
    return [claim for row in rows.where("articles", story=story) for claim in _member(rows, story, row["iri"], links)]


def _links(rows: NearbyRows, story: str) -> tuple[StoryLink, ...]:
    return tuple(StoryLink(row["article"], row["other"], row["rule"]) for row in rows.where("story_links", story=story))


def _member(rows: NearbyRows, story: str, article: str, links: tuple[StoryLink, ...]) -> list[Claim]:
    claim = Claim(article, "is part of story", story, "part_of_story", article=article)
    links = tuple(link for link in links if article in {link.article, link.other})
    if not links:
        return [claim._replace(rule=rows.where("stories", iri=story)[0]["rule"])]
    others = [link.other if link.article == article else link.article for link in links]
    titles = {row["iri"]: row["title"] for row in rows.among("articles", "iri", others)}
    more = f", and {len(links) - _SHOWN} more" if len(links) > _SHOWN else ""
    claims = []
    for rule in dict.fromkeys(link.rule for link in links):
        linked = [f"“{titles[other]}”" for link, other in zip(links, others, strict=True) if link.rule == rule][:_SHOWN]
        claims.append(claim._replace(rule=rule, note=f"linked to {', '.join(linked)}{more}"))
    return claims


def _one_story(rows: NearbyRows, first: str, second: str) -> Iterator[Claim]:
    """Yield the links that lead from one article of a story to another, with the words of an event that both report."""
    stories = {row["iri"]: row["story"] for row in rows.among("articles", "iri", (first, second))}
    if stories[first] is None or stories[first] != stories[second]:
        return
    for link in path_between(_links(rows, stories[first]), first, second):
        claim = Claim(link.article, "is in one story with", link.other, "one_story", link.rule, article=link.article)
        if link.rule == NEAR_COPY:
            texts = _texts(rows, {link.article, link.other})
            claim = claim._replace(note=_similarity(texts[link.article], texts[link.other]))
        yield from _shared_events(rows, claim) if link.rule == "same_event" else (claim,)


def _shared_events(rows: NearbyRows, claim: Claim) -> list[Claim]:
    reports = [row for row in rows.among("reports", "article", (claim.subject, claim.object)) if row["event"] is not None]
    first = {(row["event"], row["article"]): row for row in reversed(reports)}  # of each event and article
    shared = [row for row in reports if row is first[row["event"], row["article"]] and _is_shared(first, row["event"], claim)]
    labels = {row["iri"]: row["label"] for row in rows.among("events", "iri", (row["event"] for row in shared))}
    return [
        claim._replace(
            article=row["article"], span=(row["start"], row["end"]), event=row["event"], note=f"both report “{labels[row['event']]}”"
        )
        for row in shared
    ] or [claim]


def _is_shared(first: Mapping[tuple[str, str], Row], event: str, claim: Claim) -> bool:
    return (event, claim.subject) in first and (event, claim.object) in first


def _events(rows: NearbyRows, story: str, event: str | None) -> list[Claim]:
    """Return the events of a story, with the words of its articles that report them."""
    events = [row["event"] for row in rows.where("story_events", story=story)]
    members = {row["iri"] for row in rows.where("articles", story=story)}
    claims = []
    for iri in events if event is None else {event} & set(events):
        claim = Claim(story, EDGE_KINDS["tells"].label, iri, "tells", event=iri)
        claims += [claim._replace(**fields) for fields in report_fields(rows, iri) if fields["article"] in members]
    return claims
