"""A site on disk, read as a browser would: its links, and whether each leads somewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit


class PageReader(HTMLParser):
    """Collects the links, ids and JSON-LD of a page."""

    def __init__(self) -> None:
        """Start with nothing read."""
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.data: list[str] = []
        self.headings: list[str] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element links to."""
        values = dict(attrs)
        self.links += [value for name in ("href", "src") if (value := values.get(name))]
        self.ids += [value for value in (values.get("id"),) if value]
        self._inside = "json" if values.get("type") == "application/ld+json" else tag

    def handle_data(self, data: str) -> None:
        """Note the text of headings and of data."""
        if self._inside == "json":
            self.data.append(data)
        elif self._inside == "h1":
            self.headings.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        del tag
        self._inside = ""


def read_page(path: Path) -> PageReader:
    """Read a page."""
    reader = PageReader()
    reader.feed(path.read_text("utf-8"))
    return reader


def broken_links(site: Path) -> Iterator[str]:
    """Yield the links of all pages that lead to no file of the site."""
    for page in sorted(site.rglob("*.html")):
        for link in read_page(page).links:
            parts = urlsplit(link)
            if not parts.scheme and not (page.parent / unquote(parts.path)).resolve().is_file():
                yield f"{page.relative_to(site)}: {link}"
