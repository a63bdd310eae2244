"""The files of a site that are for machines: its map, feed, index for the search, redirects and frame for other sites."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from html import escape

from newsgraph.bulletin.atom_feed import atom_feed
from newsgraph.bulletin.bulletin import Bulletin, Entry, Section, Source
from newsgraph.site.graph_lookup import GraphLookup
from newsgraph.site.page_html import Frame, frame_html, text
from newsgraph.site.page_items import event_facts
from newsgraph.site.site_links import link

_PER_MAP = 50_000  # addresses of a sitemap, by its protocol
_FED = 100  # events of the feed
_SEARCHED_ARTICLES = 20_000
"""Articles up to which the search has their headlines; with more, its index would take long to load."""
EMBED = """<h1 id="name">Events of a company</h1>
<p id="told" role="status"></p>
<ul id="events"></ul>
<p><a id="whole" href="companies.html" target="_top">All about it</a></p>
<noscript><p>This part needs a script; <a href="companies.html" target="_top">the list of companies</a> does not.</p></noscript>
<script src="embed.js" defer></script>"""


def sitemaps(address: str, pages: Sequence[tuple[str, datetime | None]]) -> dict[str, str]:
    """Return `sitemap.xml`, and the parts that it lists if there are more than 50,000 pages; `pages` are paths and times."""
    parts = [pages[start : start + _PER_MAP] for start in range(0, len(pages), _PER_MAP)]
    if len(parts) <= 1:
        return {"sitemap.xml": _sitemap(address, pages)}
    files = {f"sitemap-{number}.xml": _sitemap(address, part) for number, part in enumerate(parts, start=1)}
    listed = "".join(f"<sitemap><loc>{escape(address + name)}</loc></sitemap>\n" for name in files)
    return {"sitemap.xml": f"{_XML}<sitemapindex {_SPACE}>\n{listed}</sitemapindex>\n"} | files


_XML, _SPACE = '<?xml version="1.0" encoding="UTF-8"?>\n', 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _sitemap(address: str, pages: Iterable[tuple[str, datetime | None]]) -> str:
    lines = (
        f"<url><loc>{escape(address + link(path, 0))}</loc>{f'<lastmod>{updated:%Y-%m-%d}</lastmod>' if updated else ''}</url>\n"
        for path, updated in pages
    )
    return f"{_XML}<urlset {_SPACE}>\n{''.join(lines)}</urlset>\n"


def event_feed(lookup: GraphLookup, events: Iterable[str], paths: Mapping[str, str], title: str, address: str) -> str:
    """Return the Atom feed of the events that became known last; an entry leads to the page of its event."""
    known = sorted(events, key=lambda iri: (lookup.rows[iri]["first"] or datetime.min.replace(tzinfo=UTC), iri), reverse=True)[:_FED]
    entries = tuple(
        Entry(
            iri, lookup.labels[iri], (", ".join(event_facts(lookup.rows[iri])),),
            (Source(lookup.labels[iri], address + link(paths[iri], 0)),), _last(lookup, iri),
        )
        for iri in known
    )  # fmt: skip
    times = [entry.updated for entry in entries if entry.updated]
    day = max(times).date() if times else None
    return atom_feed(Bulletin(f"{address}events.xml", f"{title}: events", (), (Section("Events", entries),), day), f"{address}events.xml")


def _last(lookup: GraphLookup, event: str) -> datetime | None:
    times = [lookup.rows[article]["published"] for article in lookup.articles_of.get(event, ())]
    return max(filter(None, times), default=None)


def search_index(lookup: GraphLookup, things: Mapping[str, Sequence[str]], paths: Mapping[str, str]) -> str:
    """Return the script that holds the names of all things with their kinds, links and other names."""
    kinds = [kind for kind in things if kind != "article" or len(things[kind]) <= _SEARCHED_ARTICLES]
    rows = ([lookup.labels[iri], kind, link(paths[iri], 0), *_others(lookup, iri)] for kind in kinds for iri in things[kind])
    return "window.newsgraphSearch = [\n" + ",\n".join(json.dumps(row) for row in rows) + "\n];\n"


def _others(lookup: GraphLookup, iri: str) -> list[str]:
    row = lookup.rows[iri]
    names = [*(row.get("aliases") or ()), *(row.get("tickers") or ())]
    return [" ".join(names)] if names else []


def redirect_page(frame: Frame, label: str, target: str, root: str) -> str:
    """Return the page at an old IRI, which leads to the present one; `target` is the link from there."""
    head = f'<meta http-equiv="refresh" content="0; url={escape(target)}">\n<link rel="canonical" href="{escape(target)}">\n'
    return frame_html(frame, label, f'<h1>{text(label)}</h1>\n<p>This page is now <a href="{escape(target)}">here</a>.</p>', root, head)


def redirect_rules(redirects: Iterable[tuple[str, str]]) -> str:
    """Return the file `_redirects`, by which some servers redirect without a page; pairs of paths."""
    return "".join(f"/{link(old, 0)} /{link(new, 0)} 301\n" for old, new in redirects)


def last_moment(lookup: GraphLookup) -> datetime | None:
    """Return the day of the latest article, as a time."""
    times = [row["published"] for iri, row in lookup.rows.items() if lookup.kinds[iri] == "article" and row["published"]]
    return datetime.combine(max(times).date(), time(), UTC) if times else None
