"""A page that shows errors: each text with annotated spans underlined and found spans coloured, and what went wrong.

It contains no script and loads nothing. Texts that are held out are never on it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape, unescape
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from string import Template

from newsgraph.core.errors import InputError
from newsgraph.score.annotated_texts import Annotated
from newsgraph.score.predictions import Predictions
from newsgraph.score.score_report import ScoredReader, ScoreReport

Span = tuple[int, int]
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_CLASSES = {(True, True): "both", (True, False): "gold", (False, True): "found"}
_TITLES = {"both": "annotated and found", "gold": "annotated, not found", "found": "found, not annotated"}


def write_errors(report: ScoreReport, path: Path) -> int:
    """Write the page, and return the number of texts shown on it. Raises InputError if the file cannot be written."""
    shown = [list(_articles(report, reader)) for reader in report.readers]
    template = files("newsgraph").joinpath("data/errors.html").read_text("utf-8")
    page = Template(template).substitute(
        policy=_hash(_STYLE.findall(template)[0]),
        summary=escape(_summary(report, [len(articles) for articles in shown])),
        sections="\n".join(map(_section, report.readers, shown)),
    )
    try:
        path.write_text(page, encoding="utf-8", newline="\n", errors="replace")
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror})", "Choose a file in a folder that can be written.") from error
    return sum(map(len, shown))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _summary(report: ScoreReport, counts: list[int]) -> str:
    texts = sum(not text.is_held_out for text in report.texts)
    each = ", ".join(f"{count:,} by {reader.name}" for reader, count in zip(report.readers, counts, strict=True))
    held_out = len(report.texts) - texts
    more = f" {held_out:,} more {'is' if held_out == 1 else 'are'} held out and never shown." if held_out else ""
    return f"Open texts: {texts:,}. Read differently from the annotation: {each}.{more}"


def _section(reader: ScoredReader, articles: list[str]) -> str:
    body = "\n".join(articles) or "<p>Every text is read as annotated.</p>"
    return f"<section>\n<h2>{escape(reader.name)}</h2>\n{body}\n</section>"


def _articles(report: ScoreReport, reader: ScoredReader) -> Iterator[str]:
    for text, predictions, comparison in zip(report.texts, reader.predictions, reader.comparisons, strict=True):
        if predictions and comparison and comparison.notes and not text.is_held_out:
            yield _article(text, predictions, comparison.notes)


def _article(text: Annotated, predictions: Predictions, notes: tuple[str, ...]) -> str:
    title, excerpt = text.record["title"], text.record["excerpt"]
    whole = f"{title}\n{excerpt}"
    gold = [span for row in text.record["companies"] for span in _spans(whole, row)]
    accepted = [mention for mention in predictions.mentions if mention.accepted]
    found = [(mention.start, mention.end) for mention in accepted if whole[mention.start : mention.end] == mention.text]
    lines = "\n".join(f'<li class="{note.partition(" ")[0]}">{_words(note)}</li>' for note in notes)
    head = f"<h3>{_marked(whole, (0, len(title)), gold, found)}</h3>\n" if title else ""
    body = f"<p>{_marked(whole, (len(title) + 1, len(whole)), gold, found)}</p>\n" if excerpt else ""
    return f"<article>\n{head}{body}<ul>\n{lines}\n</ul>\n<footer>{_words(f'{text.source}: {text.place}')}</footer>\n</article>"


def _spans(text: str, row: dict[str, object]) -> Iterator[Span]:
    """Yield every place where a surface of an annotated company occurs as whole words."""
    surfaces = row.get("surfaces")
    for surface in surfaces if isinstance(surfaces, list) else []:
        if isinstance(surface, str) and surface:
            for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", text):
                yield match.span()


def _marked(text: str, part: Span, gold: list[Span], found: list[Span]) -> str:
    """Return a part of a text as HTML; where spans overlap, each piece is marked separately."""
    start, end = part
    inside = {edge for span in (*gold, *found) for edge in span if start < edge < end}
    cuts = sorted({start, *inside, end})
    pieces = []
    for a, b in pairwise(cuts):
        kind = _CLASSES.get((_covers(gold, a, b), _covers(found, a, b)))
        words = _words(text[a:b])
        pieces.append(f'<span class="{kind}" title="{_TITLES[kind]}">{words}</span>' if kind else words)
    return "".join(pieces)


def _covers(spans: list[Span], start: int, end: int) -> bool:
    return any(a <= start and end <= b for a, b in spans)


def _words(text: str) -> str:
    """Return text of documents as HTML: entities are decoded, then everything is escaped."""
    return escape(unescape(text))
