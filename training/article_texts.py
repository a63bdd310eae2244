"""How the texts of annotated articles lie in the files of their sources: titles and bodies, as they were annotated.

A source of `texts/sources.yaml` says its `form`, one of those below. Nothing is cleaned beyond white space, so that places in a text stay
right; a text that a source has in another form than here is not found by its digest, and is missing.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from third_party import Fields

PAGE_WORDS = 550  # a page is cut after the paragraph in which this word is
BBC_WORDS = 450
_LINES = re.compile(r"\n\s*\n|\n")
_EMPTY_LINE = re.compile(r"\n\s*\n")
_DAY = re.compile(r"[A-Z][a-z]+day, [A-Z][a-z]+ \d{1,2}, \d{4}")
_TITLES = (
    re.compile(r"""property=["']og:title["'][^>]*content=["']([^"']+)"""),
    re.compile(r"<title[^>]*>([^<]+)"),
)


def first_paragraphs(paragraphs: Iterable[str], words: int) -> str:
    """Join paragraphs by blank lines, up to the one in which that many words are reached."""
    kept: list[str] = []
    count = 0
    for paragraph in map(_tidy, paragraphs):
        if paragraph and count < words:
            kept.append(paragraph)
            count += len(paragraph.split())
    return "\n\n".join(kept)


def paragraphs(content: bytes) -> Iterator[Fields]:
    """Read a text file of the BBC collection, whose first paragraph is the title, as it was annotated.

    That was done in two ways: the first articles as Latin-1 with paragraphs parted by empty lines, the later ones as the UTF-8 that they
    are, with a paragraph a line and a longer excerpt.
    """
    title, *rest = (part for part in map(_tidy, _EMPTY_LINE.split(content.decode("latin-1"))) if part)
    yield title, first_paragraphs(rest, BBC_WORDS)
    title, *rest = content.decode("utf-8", errors="replace").split("\n")
    yield title.strip(), first_paragraphs(rest, PAGE_WORDS)


def sections(content: bytes) -> Iterator[Fields]:
    """Read the expected results of a publisher's parser: titles, and summaries and sections as the body."""
    for version in json.loads(content).values():
        body = version.get("body") if isinstance(version, dict) else None
        if body:
            parts = list(body.get("summary") or ())
            for section in body.get("sections", ()):
                parts += [*(section.get("headline") or ()), *(section.get("paragraphs") or ())]
            yield version.get("title") or "", first_paragraphs(parts, PAGE_WORDS)


def body_of_page(content: bytes, page: str) -> str:
    """Return the body of a page in the ground truth of the extraction benchmark; empty where the page is not in it."""
    entry = json.loads(content).get(page)
    return first_paragraphs(_LINES.split(entry["articleBody"]), PAGE_WORDS) if entry else ""


def title_of_page(content: bytes) -> str:
    """Return the title in a packed HTML page: that for social networks, or else the one of the window. Without one it is empty."""
    try:
        text = gzip.decompress(content).decode("utf-8", errors="replace")
    except (OSError, EOFError):
        return ""
    found = next((match for match in (pattern.search(text) for pattern in _TITLES) if match), None)
    return _tidy(html.unescape(found[1])) if found else ""


def headlines(content: bytes) -> Iterator[Fields]:
    """Read a table of headlines: with a column that is called title, or the news aggregator's own, without names of columns."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = packed.read({name.rpartition("/")[2]: name for name in packed.namelist()}["newsCorpora.csv"])
    text = content.decode("utf-8", errors="replace")
    first = text.partition("\n")[0]
    if "\t" in first:
        yield from ((line.split("\t")[1], "") for line in text.splitlines() if line.count("\t") > 1)
        return
    column = {name.casefold(): name for name in next(csv.reader([first]), ())}["title"]
    yield from ((row[column], "") for row in csv.DictReader(io.StringIO(text, newline="")))


def excerpts(content: bytes) -> Iterator[Fields]:
    """Read a table of headlines with a first sentence: columns `Headlines` and `Description`."""
    table = csv.DictReader(io.StringIO(content.decode("utf-8", errors="replace"), newline=""))
    yield from ((_tidy(row["Headlines"]), _tidy(row["Description"] or "")) for row in table if row["Headlines"])


def tokens(content: bytes) -> Iterator[Fields]:
    """Read a table of day and headline whose words and signs were parted by spaces, and join them as they were printed."""
    yield from ((_joined(row[1]), "") for row in csv.reader(io.StringIO(content.decode("utf-8"), newline="")))


def wiki_pages(content: bytes) -> Iterator[Fields]:
    """Read a table of Wikinews with the columns `title` and `text`; a first paragraph that is only the day of publishing is left out."""
    for row in csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")):
        parts = [part for part in map(_tidy, _EMPTY_LINE.split(row["text"])) if part]
        yield _tidy(row["title"]), first_paragraphs(parts[1:] if parts and _DAY.fullmatch(parts[0]) else parts, PAGE_WORDS)


def sentences(content: bytes) -> Iterator[Fields]:
    """Read a table with tabs whose column `text` holds a sentence."""
    table = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), delimiter="\t")
    yield from (("", row["text"] or "") for row in table)


def contents(content: bytes) -> Iterator[Fields]:
    """Read a JSON list of objects with `content`."""
    rows: list[Mapping[str, Any]] = json.loads(content)
    yield from (("", row["content"]) for row in rows)


def held_in(content: bytes) -> Iterator[Fields]:
    """Read the sentences of a JSON file that are not kept for tests."""
    yield from (("", text) for text in json.loads(content)["holdin_instances"])


FORMS: Final[Mapping[str, Callable[[bytes], Iterator[Fields]]]] = {
    each.__name__: each for each in (paragraphs, sections, headlines, excerpts, tokens, wiki_pages, sentences, contents, held_in)
}


_JOINED: Final = (
    (re.compile(r" ([:;,.?!%])"), r"\1"),
    (re.compile(r" ('s|’s|n't|'re|'ll|'ve)\b"), r"\1"),
    (re.compile(r"\b([A-Z])\. (?=[A-Z]\.)"), r"\1."),
    (re.compile(r"\bUSD (?=\d)"), "$"),
    (re.compile(r"(\w)\. (com|net|org)\b"), r"\1.\2"),
    (re.compile(r"([$#(]) "), r"\1"),
    (re.compile(r"(\d)([.,]) (?=\d)"), r"\1\2"),
)
_SIGNS: Final = ((" )", ")"), ("`` ", '"'), (" ''", '"'), ("s ' ", "s' "))


def _joined(text: str) -> str:
    for pattern, put in _JOINED:
        text = pattern.sub(put, text)
    for sign, put in _SIGNS:
        text = text.replace(sign, put)
    return _tidy(text)


def _tidy(text: str) -> str:
    return " ".join(text.split())
