"""The pages of a site that list things: the first page, and all things of each kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsgraph.core.shown_values import counted
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.site.graph_lookup import GraphLookup
from newsgraph.site.page_html import Frame, LinkTo, frame_html, section_html, text
from newsgraph.site.page_items import article_item, event_facts
from newsgraph.site.thing_page import Item, PageSection

PER_PAGE = 500
_FIRST = 20  # things of a kind on the first page
LISTED = {
    "event": ("events", "Events"), "company": ("companies", "Companies"), "story": ("stories", "Stories"), "topic": ("topics", "Topics"),
    "person": ("people", "People"), "organisation": ("organisations", "Organisations"), "product": ("products", "Products"),
    "place": ("places", "Places"), "provider": ("providers", "Providers"), "article": ("articles", "Articles"),
}  # fmt: skip
"""Kinds of things that have pages, in the order of the navigation, with the name of their list and its heading."""
SEARCH = """<div id="search" role="search" hidden>
<label for="words">Search names and headlines</label>
<input id="words" type="search" autocomplete="off">
<p id="told" role="status"></p>
<ul id="found"></ul>
</div>
<noscript><p>The lists above lead to every page.</p></noscript>
<script src="search.js" defer></script>"""


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a site that is no thing's: its path and HTML."""

    path: str
    html: str


def ordered_things(lookup: GraphLookup) -> dict[str, list[str]]:
    """Return the IRIs of each kind in the order of its list: the latest events, stories and articles first, all else by articles."""
    things: dict[str, list[str]] = {kind: [] for kind in LISTED}
    for iri, kind in lookup.kinds.items():
        things[kind].append(iri)
    for kind, iris in things.items():
        iris.sort(key=lambda iri: lookup.labels[iri].casefold())
        iris.sort(key=lambda iri, kind=kind: _rank(lookup, iri, kind), reverse=True)  # type: ignore[misc] # a key with a default
    return things


def list_pages(lookup: GraphLookup, things: dict[str, list[str]], frame: Frame, link_to: LinkTo) -> Iterator[ListPage]:
    """Yield the first page and the lists."""
    yield ListPage("index.html", _first_page(lookup, things, frame, link_to))
    for kind, (name, heading) in LISTED.items():
        yield from _lists(lookup, name, heading, things[kind], frame, link_to)


def thing_item(lookup: GraphLookup, iri: str) -> Item:
    """Return a thing as a line of a list."""
    row, kind = lookup.rows[iri], lookup.kinds[iri]
    if kind == "article":
        return article_item(lookup, iri)
    if kind == "event":
        return Item((lookup.reference(iri),), (EVENT_TYPES[row["type"]].label, *event_facts(row)))
    count = row["size"] if kind == "story" else row["articles"]
    return Item((lookup.reference(iri),), (counted(count, "article"),))


def _rank(lookup: GraphLookup, iri: str, kind: str) -> tuple[str, int]:
    row = lookup.rows[iri]
    if kind == "event":
        return row["when"] or "", row["articles"]
    if kind in {"story", "article"}:
        time = row["last"] if kind == "story" else row["published"]
        return time.isoformat() if time else "", 0
    return "", row["articles"]


def _first_page(lookup: GraphLookup, things: dict[str, list[str]], frame: Frame, link_to: LinkTo) -> str:
    counts = ", ".join(f"{len(things[kind]):,} {heading.lower()}" for kind, (_, heading) in LISTED.items() if things[kind])
    parts = [f"<h1>{text(frame.title)}</h1>\n<p>{text(counts)}.</p>", SEARCH]
    for kind, heading in (
        ("event", "Latest events"),
        ("company", "Companies in the news"),
        ("story", "Latest stories"),
        ("topic", "Topics"),
    ):
        if things[kind]:
            items = tuple(thing_item(lookup, iri) for iri in things[kind][:_FIRST])
            parts.append(section_html(PageSection(LISTED[kind][0], heading, items), link_to))
    return frame_html(frame, "News", "\n".join(parts))


def _lists(lookup: GraphLookup, name: str, heading: str, iris: Sequence[str], frame: Frame, link_to: LinkTo) -> Iterator[ListPage]:
    starts = range(0, max(len(iris), 1), PER_PAGE)
    for number, start in enumerate(starts, start=1):
        items = tuple(thing_item(lookup, iri) for iri in iris[start : start + PER_PAGE])
        title = heading if len(starts) == 1 else f"{heading}, page {number}"
        body = [f"<h1>{text(title)}</h1>\n<p>{len(iris):,} in all.</p>"]
        if items:
            body.append(
                "<ul>\n" + section_html(PageSection("list", "", items), link_to).partition("<ul>\n")[2].removesuffix("</section>").strip()
            )
        links = [(number - 1, "Previous page")] if number > 1 else []
        links += [(number + 1, "Next page")] if number < len(starts) else []
        body += [f'<p><a href="{list_path(name, other)}">{words}</a></p>' for other, words in links]
        yield ListPage(list_path(name, number), frame_html(frame, title, "\n".join(body)))


def list_path(name: str, number: int = 1) -> str:
    """Return the path of a page of a list."""
    return f"{name}.html" if number == 1 else f"{name}-{number}.html"
