"""What it costs to build a graph from web feeds and from saved web pages: items and pages a CPU second of `newsgraph build`, with its start.

Usage: python benchmarks/input_speed.py [--items 10000] [--pages 1000] [--saved FOLDER] [--extractor none] [--documents]

The items are invented (`generate.py`), a hundred to a feed. So are the pages, unless `--saved` names a folder of real ones in the form that
`web_pages.py` reads; these are taken several times if there are fewer, and each is one article then. `--documents` also builds the same items as documents in
newsgraph's own format. One worker, Turtle and tables.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from xml.sax.saxutils import escape

from cost import cost_of
from generate import documents
from machine import machine
from newsgraph.core.model import Article
from newsgraph.ingest import parse_document
from web_pages import read_pages

_A_FEED = 100


def main() -> None:
    """Print a line for each kind of input."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=1_000)
    parser.add_argument("--saved", type=Path, help="folder of real pages, in the form that web_pages.py reads")
    parser.add_argument("--extractor", default="none")
    parser.add_argument("--documents", action="store_true", help="also build documents in newsgraph's own format")
    options = parser.parse_args()
    print(f"{machine()}\n{'':<18} {'inputs':>8} {'articles':>8} {'CPU seconds':>11} {'inputs a CPU second':>19}")
    pages = [page.html for page in read_pages(options.saved)] if options.saved else [_page(article) for article in articles(options.pages)]
    kinds = {
        "items of feeds": (options.items, dict(feeds(options.items))),
        "saved pages": (options.pages, dict(named_pages(pages, options.pages))),
    }
    if options.documents:
        own = dict(islice(documents(options.items), options.items // 5))
        kinds["own documents"] = (len(own), {name: text.encode() for name, text in own.items()})
    for kind, (count, files) in kinds.items():
        if files:
            print(f"{kind:<18} {count:>8,} {measured(count, files, options.extractor)}", flush=True)


def measured(inputs: int, files: dict[str, bytes], extractor: str) -> str:
    """Build a folder of files, and return the row of the table."""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home, "in")
        folder.mkdir()
        for name, data in files.items():
            (folder / name).write_bytes(data)
        command = [sys.executable, "-m", "newsgraph", "build", str(folder), "-o", str(Path(home, "out")), "-f", "turtle", "--workers", "1"]
        cost, printed = cost_of([*command, "--extractor", extractor])
        articles_built = next(int(line.split()[1].replace(",", "")) for line in printed.splitlines() if line.startswith("articles "))
    return f"{articles_built:>8,} {cost.processor:>11.1f} {inputs / cost.processor:>19.0f}"


def articles(count: int) -> list[Article]:
    """Return invented articles."""
    every = (article for _, text in documents(count) for article in parse_document(text.encode(), "a.md")[0])
    return list(islice(every, count))


def feeds(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield feeds of invented items, each with its name."""
    items = articles(count)
    for start in range(0, len(items), _A_FEED):
        yield f"{start:06}.xml", _feed(items[start : start + _A_FEED])


def _feed(items: Sequence[Article]) -> bytes:
    rows = "".join(
        f"<item><title>{escape(item.title)}</title><link>{escape(item.url or '')}</link><description>{escape(item.excerpt)}</description>"
        f"<pubDate>{item.published:%a, %d %b %Y %H:%M:%S} GMT</pubDate>{''.join(f'<category>{escape(name)}</category>' for name in item.topics)}</item>\n"
        for item in items
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Daily</title>\n{rows}</channel></rss>\n'.encode()


def named_pages(pages: Sequence[bytes], count: int) -> Iterator[tuple[str, bytes]]:
    """Yield so many pages, each with its name."""
    yield from ((f"{number:05}.html", page) for number, page in enumerate(islice(cycle(pages), count)))


def _page(article: Article) -> bytes:
    title, text = escape(article.title), escape(article.excerpt)
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title} | Daily</title><link rel="canonical" href="{escape(article.url or "")}">'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="Daily">'
        f'<meta property="article:published_time" content="{article.published:%Y-%m-%dT%H:%M:%SZ}"></head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{title}</h1>{f'<p>{text}</p>' * 8}</article><footer>About us</footer></body></html>"
    ).encode()


if __name__ == "__main__":
    main()
