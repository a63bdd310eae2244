"""How well saved web pages are read: day, title, outlet and text of real pages, beside what trafilatura makes of them alone.

Usage: python benchmarks/web_pages.py FOLDER [--misses day]

FOLDER is `tests/resources/parser/test_data` of https://github.com/flairNLP/fundus (MIT licence): packed pages of outlets in 41 countries with
what people found in them. A day is right in the zone of the outlet or in UTC, a title if its words are the same, an outlet if its domain is
the host of the page's address, and a text if it has 90 % of the words of the paragraphs. "Clean" are texts of whose words 90 % are of the
article. The pages are third parties' and no part of this project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from trafilatura import bare_extraction

from newsgraph.core.canonical_url import canonical_link, link_host
from newsgraph.ingest.document_parser import parse_document

ENOUGH = 0.9  # of the words
_DAY_IN_NAME = re.compile(r"_\d{4}_\d\d_\d\d\.html\.gz$")
_WORD = re.compile(r"\w+")
_SIGN = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")  # of Japanese and Chinese, each counted as a word


class Page(NamedTuple):
    """A page and what people found in it."""

    name: str
    html: bytes
    host: str
    days: frozenset[str]
    title: str
    text: str


class Found(NamedTuple):
    """What a program found in a page."""

    day: str = ""
    title: str = ""
    host: str = ""
    text: str = ""
    language: str = ""


def main() -> None:
    """Print a table of right fields for each program."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", choices=["day", "title", "outlet", "text", "clean"], help="also list the pages whose field is wrong")
    options = parser.parse_args()
    pages = list(read_pages(options.folder))
    print(f"{len(pages)} pages\n{'':<12} {'day':>5} {'title':>5} {'outlet':>6} {'text':>5} {'clean':>5} {'pages a CPU second':>18}")
    for name, read in (("newsgraph", by_newsgraph), ("trafilatura", by_trafilatura)):
        start = time.process_time()
        found = [read(page) for page in pages]
        speed = len(pages) / (time.process_time() - start)
        rights = [right_fields(*pair) for pair in zip(pages, found, strict=True)]
        right = Counter(field for fields in rights for field in fields)
        print(
            f"{name:<12} {right['day']:>5} {right['title']:>5} {right['outlet']:>6} {right['text']:>5} {right['clean']:>5} {speed:>18.1f}"
        )
        if name == "newsgraph":
            languages = Counter(one.language or "en or none" for one in found)
            print(f"{'':<12} languages: {', '.join(f'{count} {language}' for language, count in languages.most_common(8))}, ...")
            for page, one, fields in zip(pages, found, rights, strict=True):
                if options.misses and options.misses not in fields:
                    print(f"  {page.name}: {one.day} {one.host} {one.title[:80]!r} {len(one.text)} characters")


def read_pages(folder: Path) -> Iterator[Page]:
    """Yield the pages of all countries; the expectations of an outlet are in the order of its pages."""
    for meta in sorted(folder.glob("*/meta.info")):
        addresses = {name: str(one["url"]) for name, one in json.loads(meta.read_text("utf-8")).items()}
        outlets: dict[str, list[str]] = {}
        for name in sorted(addresses):
            if (meta.parent / name).is_file():
                outlets.setdefault(_DAY_IN_NAME.sub("", name), []).append(name)
        for outlet, names in outlets.items():
            expected = json.loads((meta.parent / f"{outlet}.json").read_text("utf-8"))
            for version, name in zip(sorted(expected), names, strict=False):
                html = gzip.decompress((meta.parent / name).read_bytes())
                yield _page(f"{meta.parent.name}/{name}", html, addresses[name], expected[version])


def _page(name: str, html: bytes, address: str, expected: dict[str, Any]) -> Page:
    body = expected["body"]
    pieces = [*body.get("summary", []), *(text for part in body["sections"] for text in (*part["headline"], *part["paragraphs"]))]
    moment = datetime.fromisoformat(expected["publishing_date"]) if expected["publishing_date"] else None
    days = {moment.date().isoformat(), (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()} if moment else set()
    return Page(name, html, link_host(canonical_link(address) or ""), frozenset(days), expected["title"] or "", " ".join(pieces))


def by_newsgraph(page: Page) -> Found:
    """Read a page as a build does."""
    articles, _ = parse_document(page.html, "page.html")
    if not articles:
        return Found()
    article = articles[0]
    day = article.published.date().isoformat() if article.published else ""
    host = article.provider.domain if article.provider else ""
    return Found(day, article.title, host, f"{article.excerpt} {article.body}", article.language)


def by_trafilatura(page: Page) -> Found:
    """Read a page with trafilatura alone, with the settings that it comes with."""
    document: Any = bare_extraction(page.html, with_metadata=True, include_comments=False)
    if document is None:
        return Found()
    return Found(document.date or "", document.title or "", document.hostname or "", f"{document.description or ''} {document.text or ''}")


def right_fields(page: Page, found: Found) -> set[str]:
    """Return which fields of a page were found."""
    expected, words = _words(page.text), _words(found.text)
    right: dict[str, Callable[[], bool]] = {
        "day": lambda: found.day in page.days,
        "title": lambda: bool(found.title) and list(_words(found.title)) == list(_words(page.title)),
        "outlet": lambda: found.host == page.host,
        "text": lambda: _share(words, expected) >= ENOUGH,
        "clean": lambda: _share(expected, words) >= ENOUGH,
    }
    return {name for name, is_right in right.items() if is_right()}


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(_SIGN.sub(r" \g<0> ", text.replace("\xad", "").casefold())))


def _share(words: Counter[str], expected: Counter[str]) -> float:
    """Return the share of the expected words that are among some words."""
    return (words & expected).total() / expected.total() if expected else 1.0


if __name__ == "__main__":
    main()
