"""How well saved web pages are read: day, title, outlet and text of real pages, beside what trafilatura and newspaper4k make of them alone.

Usage: python benchmarks/web_pages.py FOLDER [--misses day] [--titles]

FOLDER is `tests/resources/parser/test_data` of https://github.com/flairNLP/fundus (MIT licence): packed pages of outlets in 41 countries with
what people found in them. A day is right in the zone of the outlet or in UTC, a title if its words are the same, an outlet if its domain is
the host of the page's address, and a text if it has 90 % of the words of the paragraphs. "Clean" are texts of whose words 90 % are of the
article. The pages are third parties' and no part of this project. `former_pages.py` writes pages that fundus tested its parsers with before,
for a second measure: nothing was fitted on them. `--misses title` says of each title that differs in which places of the page it is, and in
which the expected one. `--titles` says how many titles any choice among those of a page could get right: fundus expects og:title of some
outlets and the headline in JSON-LD of others, as its parser of each outlet does.

newspaper4k (`pip install 'newspaper4k[all]'`, which has the languages) is measured where it is installed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from trafilatura import bare_extraction

from newsgraph.core.canonical_url import canonical_link, link_host
from newsgraph.ingest.document_parser import parse_document
from newsgraph.ingest.web_pages.html_tree import decode_page, parse_html
from newsgraph.ingest.web_pages.page_cues import page_cues
from newsgraph.ingest.web_pages.page_fields import declared, page_fields, titles
from newsgraph.ingest.web_pages.title_tails import without_tail

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
    parser.add_argument("--titles", action="store_true", help="only say which titles a choice among those of a page could get right")
    options = parser.parse_args()
    pages = list(read_pages(options.folder))
    if options.titles:
        print_titles(pages)
        return
    print(f"{len(pages)} pages\n{'':<12} {'day':>5} {'title':>5} {'outlet':>6} {'text':>5} {'clean':>5} {'pages a CPU second':>18}")
    readers: dict[str, Callable[[Page], Found]] = {"newsgraph": by_newsgraph, "trafilatura": by_trafilatura}
    if find_spec("newspaper"):
        readers["newspaper4k"] = by_newspaper
    for name, read in readers.items():
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
                    more = missed_title(page, one.title) if options.misses == "title" else f"{one.title[:80]!r} {len(one.text)} characters"
                    print(f"  {page.name}: {one.day} {one.host} {more}")


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
    body = expected.get("body") or {}
    pieces = [*body.get("summary", []), *(text for part in body.get("sections", ()) for text in (*part["headline"], *part["paragraphs"]))]
    moment = datetime.fromisoformat(expected["publishing_date"]) if expected.get("publishing_date") else None
    days = {moment.date().isoformat(), (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()} if moment else set()
    return Page(name, html, link_host(canonical_link(address) or ""), frozenset(days), expected.get("title") or "", " ".join(pieces))


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


def by_newspaper(page: Page) -> Found:
    """Read a page with newspaper4k, with the settings that it comes with, without the network."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        library: Any = import_module("newspaper")  # need not be installed
        settings = library.Config()
        settings.fetch_images = False
        article = library.Article("", config=settings)
        article.download(input_html=decode_page(page.html)[0])
        try:
            article.parse()
        except ImportError:  # of a language whose library is not installed: the page counts as not read
            return Found()
    day = article.publish_date.date().isoformat() if article.publish_date else ""
    host = link_host(canonical_link(article.canonical_link or "") or "") or ""
    return Found(day, article.title or "", host, f"{article.meta_description or ''} {article.text or ''}")


def missed_title(page: Page, found: str) -> str:
    """Print which title was found and which one was expected, each with the places of the page that have it."""
    tree: Any = parse_html(decode_page(page.html)[0])
    lines = titles(declared(tree, page_cues()), page_cues())

    def places(title: str) -> str:
        having = dict.fromkeys(origin for line, origin in lines if list(_words(line)) == list(_words(title)))
        return ", ".join(having) or "no place, unless a part is cut"

    return f"\n    found    {found!r} ({places(found)})\n    expected {page.title!r} ({places(page.title)})"


def print_titles(pages: list[Page]) -> None:
    """Say how many titles are right by choices among the titles of a page.

    A choice may depend on which of the places of a page have the same title, and is made on half of the outlets (by the digest of their
    names) for the other half. What the best choice for all pages gets is more than any rule can promise.
    """
    kinds = {"JSON-LD headline": "JSON-LD", "meta og:title": "og", "meta twitter:title": "twitter", "h1": "h1", "title": "title"}
    right = dict.fromkeys(kinds.values(), 0)
    chosen, any_of, counts = 0, 0, [0, 0]
    hits: dict[tuple[tuple[str, int], ...], list[Counter[str]]] = defaultdict(lambda: [Counter(), Counter()])
    for page in pages:
        half = sha256(_DAY_IN_NAME.sub("", page.name.partition("/")[2]).encode()).digest()[0] % 2
        counts[half] += 1
        tree: Any = parse_html(decode_page(page.html)[0])
        said = declared(tree, page_cues())
        fields = page_fields(said, page_cues()).fields
        lines, provider = titles(said, page_cues()), fields.get("provider")
        outlets = [str(value) for value in provider.values()] if isinstance(provider, dict) else []
        of_kind: dict[str, tuple[str, ...]] = {}
        for line, origin in lines:
            if origin in kinds:
                plain = without_tail(line, page_cues().title_marks, outlets, [other for other, _ in lines])
                of_kind.setdefault(kinds[origin], tuple(_words(plain)))
        expected = tuple(_words(page.title))
        same = {words: number for number, words in enumerate(dict.fromkeys(of_kind.values()))}
        good = {kind for kind, words in of_kind.items() if words == expected}
        hits[tuple((kind, same[words]) for kind, words in of_kind.items())][half].update(good)
        right.update({kind: right[kind] + 1 for kind in good})
        chosen += tuple(_words(str(fields.get("title", "")))) == expected
        any_of += any(tuple(_words(line)) == expected for line, _ in lines)
    print(
        f"{len(pages)} pages, {counts[0]} and {counts[1]} in the halves; right title by newsgraph {chosen}, among those of the page {any_of}"
    )
    print("by one place alone: " + ", ".join(f"{kind} {count}" for kind, count in right.items()))
    best = sum(max((one + other).values(), default=0) for one, other in hits.values())
    unseen = [sum(halves[half][_best(halves[1 - half])] for halves in hits.values()) for half in (0, 1)]
    print(f"by which places agree: chosen on all pages {best}, chosen on the other half {unseen[0]} + {unseen[1]} = {sum(unseen)}")


def _best(hits: Counter[str]) -> str:
    """Return the place that has the right title most often, JSON-LD if none has."""
    return max(sorted(hits), key=lambda kind: hits[kind], default="JSON-LD")


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
