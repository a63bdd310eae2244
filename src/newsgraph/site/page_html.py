"""Pages as HTML: complete without a script, with the data for machines inside."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from newsgraph.bulletin.safe_links import web_link
from newsgraph.site.thing_page import Item, PageSection, Reference, ThingPage

LinkTo = Callable[[str], str]
"""Returns the link to the page of a thing by its IRI, empty if it has none."""

_LONGEST_TITLE = 70  # characters of the title of a window


@dataclass(frozen=True, slots=True)
class Frame:
    """What all pages share: the title of the site, and the lists that it has, as paths and headings."""

    title: str
    lists: tuple[tuple[str, str], ...]
    feed: str = "events.xml"


def thing_html(page: ThingPage, frame: Frame, root: str, link_to: LinkTo) -> str:
    """Return the page of a thing; `root` is the way to the root of the site (`../`), `link_to` knows the pages of other things."""
    parts = [f'<p class="kind">{text(page.kind)}</p>\n<h1>{text(page.title)}</h1>', *_facts(page, link_to)]
    parts += [section_html(section, link_to) for section in page.sections]
    parts.append(f'<p class="iri">Identifier: <code>{text(page.iri)}</code></p>')
    data = f'<script type="application/ld+json">{json_text(page.json_ld)}</script>\n'
    return frame_html(frame, page.title, "\n".join(parts), root, data)


def frame_html(frame: Frame, title: str, body: str, root: str = "", head: str = "") -> str:
    """Return a whole page around a body, with the navigation; `head` is more for its head."""
    links = "".join(f'<li><a href="{root}{path}">{text(name)}</a></li>\n' for path, name in frame.lists)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{_window_title(f"{title} - {frame.title}")}</title>
<link rel="stylesheet" href="{root}style.css">
<link rel="alternate" type="application/atom+xml" title="Events" href="{root}{frame.feed}">
{head}</head>
<body>
<header>
<p class="site"><a href="{root}index.html">{text(frame.title)}</a></p>
<nav aria-label="Lists">
<ul>
{links}</ul>
</nav>
</header>
<main>
{body}
</main>
<footer>
<p>Made by newsgraph from the articles that it links. Headlines and quotations belong to their publishers.</p>
</footer>
</body>
</html>
"""


def _window_title(title: str) -> str:
    """Return the title of a window, cut so that it is not too long even with its letters escaped."""
    most = _LONGEST_TITLE
    while len(shown := text(short(title, most))) > _LONGEST_TITLE and most > 1:
        most -= 5
    return shown


def section_html(section: PageSection, link_to: LinkTo) -> str:
    """Return a section with its heading and list."""
    items = "\n".join(f"<li>{_item(item, link_to)}</li>" for item in section.items)
    more = f"\n<p>and {section.more:,} more</p>" if section.more else ""
    return f'<section id="{section.key}">\n<h2>{text(section.heading)}</h2>\n<ul>\n{items}\n</ul>{more}\n</section>'


def _facts(page: ThingPage, link_to: LinkTo) -> Iterator[str]:
    if not page.facts:
        return
    rows = (
        f"<div><dt>{text(name)}</dt><dd>{', '.join(_reference(one, link_to) for one in values)}</dd></div>" for name, values in page.facts
    )
    yield "<dl>\n" + "\n".join(rows) + "\n</dl>"


def _item(item: Item, link_to: LinkTo) -> str:
    parts = [" ".join(_reference(one, link_to) for one in item.head)]
    if item.facts:
        parts.append(f'<span class="facts">{text(", ".join(item.facts))}</span>')
    source = f" <cite>{_reference(item.source, link_to)}</cite>" if item.source else ""
    if item.quote:
        parts.append(f"<q>{text(item.quote)}</q>{source}")
    elif source:
        parts.append(source.strip())
    return "<br>".join(parts)


def _reference(reference: Reference, link_to: LinkTo) -> str:
    shown = text(reference.text)
    target = (link_to(reference.iri) if reference.iri else "") or web_link(reference.url)
    return f'<a href="{escape(target)}">{shown}</a>' if target else shown


def json_text(value: object) -> str:
    """Return JSON that may stand inside a page: no letter of it can end its element."""
    return json.dumps(value, ensure_ascii=False).translate({ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"})


def text(value: str) -> str:
    """Return a plain text as HTML, on one line, with what cannot be printed as a blank."""
    return escape(value if value.isprintable() else "".join(letter if letter.isprintable() else " " for letter in value)).strip()


def short(value: str, most: int) -> str:
    """Return a text of at most some characters."""
    return value if len(value) <= most else f"{value[: most - 1].rstrip()}…"
