"""A bulletin as one HTML page that needs no other file and no script."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from newsgraph.bulletin.bulletin import Bulletin, Entry, Section, Source
from newsgraph.bulletin.safe_links import web_link

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1d22;background:#fff}"
    "h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}li{margin:.4rem 0}a{color:#00508a}"
    "@media(prefers-color-scheme:dark){body{color:#e6e8ec;background:#16181d}a{color:#8fc7ff}}"
)


def html_page(bulletin: Bulletin) -> str:
    """Return a bulletin as an HTML page; texts of articles are escaped."""
    return "\n".join(_page(bulletin)) + "\n"


def entry_html(entry: Entry) -> str:
    """Return the lines and sources of an entry as an HTML list, for a page or a feed."""
    items = [f"<li>{_text(line)}</li>" for line in entry.lines] + [f"<li>{_source(source)}</li>" for source in entry.sources]
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _page(bulletin: Bulletin) -> Iterator[str]:
    title = _text(bulletin.title)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>"
    for note in bulletin.notes:
        yield f"<p>{_text(note)}</p>"
    for section in bulletin.sections:
        yield from _section(section)
    yield "</main>\n</body>\n</html>"


def _section(section: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{_text(section.heading)}</h2>\n<ul>"
    for entry in section.entries:
        yield f"<li><strong>{_text(entry.label)}</strong>{entry_html(entry)}</li>"
    if section.more:
        yield f"<li>and {section.more:,} more</li>"
    yield "</ul>\n</section>"


def _source(source: Source) -> str:
    link, title = web_link(source.url), _text(source.title)
    shown = f'<a href="{escape(link)}">{title}</a>' if link else title
    when = f'<time datetime="{source.published:%Y-%m-%d}">{source.published:%Y-%m-%d}</time>' if source.published else ""
    return ", ".join(filter(None, (shown, _text(source.publisher), when)))


def _text(text: str) -> str:
    return escape("".join(letter if letter.isprintable() else " " for letter in text).strip())
