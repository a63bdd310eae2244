"""Take apart exports of Nexis: documents one after the other, each with outlet, day and headline above a head of labels and a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsgraph.ingest.press_databases.export_labels import ExportLabels, export_labels
from newsgraph.ingest.press_databases.exported_article import ExportedArticle
from newsgraph.ingest.web_pages.page_dates import find_moment

_COUNTED = re.compile(
    r"^[ \t]*(?:(?:document|dokument)[ \t]+(\d{1,5})[ \t]+(?:of|von|de|van)[ \t]+(\d{1,5})"
    r"|(\d{1,5})[ \t]+(?:of|von|de|van)[ \t]+(\d{1,5})[ \t]+(?:documents?|dokumenten?))[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(r"^[ \t]*(?:end of document|ende des dokuments|fin du document|fin del documento)[ \t]*$", re.IGNORECASE | re.MULTILINE)
_LABEL = re.compile(r"^[ \t]*([^\W\d_][\w -]{2,20}):[ \t]*(.*)$")
_RIGHTS = re.compile(r"^(?:copyright\b|©|\(c\)|all rights reserved|alle rechte vorbehalten|tous droits)", re.IGNORECASE)
_FIRST_LISTED = re.compile(r"^[ \t]*1\.[ \t]+(\S.*)$", re.MULTILINE)
_PAGE = re.compile(r"^(?:page|seite) \d+ (?:of|von) \d+$", re.IGNORECASE)
_TOP = 12  # lines in which the day is
_HEADINGS = frozenset({"classification", "klassifikation", "link to pdf", "link to image"})


class _Block(NamedTuple):
    """Lines without an empty one between them, and the label of the first."""

    label: str  # in lower case, empty if there is none
    text: str  # without the label
    written: str  # with it


def nexis_documents(text: str) -> tuple[list[str], int]:
    """Return the documents of an export, and how many it says that it has, 0 if it does not say that; no documents if it is none."""
    starts = list(_COUNTED.finditer(text))
    if starts:
        ends = [start.start() for start in starts[1:]] + [len(text)]
        said = max(int(start[2] or start[4]) for start in starts)
        return [_END.sub("", text[start.end() : end]) for start, end in zip(starts, ends, strict=True)], said
    pieces = _END.split(text)
    if len(pieces) == 1:
        return [], 0
    return [piece for piece in pieces if piece.strip()], 0


def has_head(document: str) -> bool:
    """Return whether a document has the length in words, which every article of Nexis has above its text."""
    labels = export_labels()
    return any(_is_length(*_label(line, labels), labels) for line in document.split("\n"))


def _is_length(name: str, value: str, labels: ExportLabels) -> bool:
    """Return whether a label and its value are "LENGTH" and "532 words"."""
    number, _, unit = value.partition(" ")
    return labels.nexis.get(name) == "length" and number[:1].isdigit() and unit.strip().lower() in labels.words


def nexis_article(document: str) -> ExportedArticle:
    """Return the parts of a document. Labels count above the text and below it; a line of the text that looks like one stays there."""
    labels = export_labels()
    blocks = list(_blocks(_without_cover(document), labels))
    first = next((number for number, block in enumerate(blocks) if block.label), len(blocks))
    start = next((number for number, block in enumerate(blocks) if labels.nexis.get(block.label) == "body"), first)
    if start == first:
        while start < len(blocks) and blocks[start].label and labels.nexis[blocks[start].label] != "body":
            start += 1
    article = ExportedArticle()
    texts = _add_labelled(article, blocks[first:start], labels)
    end = len(blocks)
    while end > start and _is_below(blocks[end - 1], article, labels):
        end -= 1
    _add_labelled(article, blocks[end:], labels)
    _add_top(article, [line for block in blocks[:first] for line in block.text.split("\n")], labels)
    texts += [block.text if labels.nexis.get(block.label) == "body" else block.written for block in blocks[start:end]]
    shown = ("\n".join(line for line in text.split("\n") if not _is_margin(line)) for text in texts)
    article.add("body", "\n\n".join(filter(None, shown)), "text")
    return article


def _add_labelled(article: ExportedArticle, blocks: Sequence[_Block], labels: ExportLabels) -> list[str]:
    """Add parts that have a label; return the texts of the others."""
    for block in blocks:
        if block.label:
            article.add(_part(block, labels), block.text, block.label)
    return [block.text for block in blocks if not block.label]


def _part(block: _Block, labels: ExportLabels) -> str:
    name = labels.nexis[block.label]
    return block.label if name == "other" else name


def _is_below(block: _Block, article: ExportedArticle, labels: ExportLabels) -> bool:
    """Return whether a block belongs to the labels below a text: one that the head has already is a line of the text."""
    if not block.label:
        return _is_margin(block.text)
    return labels.nexis[block.label] != "body" and _part(block, labels) not in article.texts


def _without_cover(document: str) -> str:
    """Return a document without the list of all documents, which may be before the first one."""
    listed = _FIRST_LISTED.search(document)
    at = document.find(f"\n{listed[1].strip()}", listed.end()) if listed else -1
    return document[at + 1 :] if at >= 0 else document


def _blocks(document: str, labels: ExportLabels) -> Iterator[_Block]:
    label, lines, written = "", list[str](), list[str]()
    for line in (*document.split("\n"), ""):
        name, value = _label(line, labels)
        if line.strip() and not name:
            lines.append(line.strip())
            written.append(line.strip())
            continue
        if not line.strip() and label and not lines:
            continue  # the text of a label may begin below an empty line
        if lines or label:
            yield _Block(label, "\n".join(lines), "\n".join(written))
        label, lines, written = name, [value] if value else [], [line.strip()] if name else []
    if label:
        yield _Block(label, "\n".join(lines), "\n".join(written))


def _label(line: str, labels: ExportLabels) -> tuple[str, str]:
    """Return the label of a line and what is behind it, empty texts if it has none."""
    if found := _LABEL.match(line):
        name = found[1].strip().lower()
        return (name, found[2].strip()) if name in labels.nexis else ("", "")
    plain = line.strip().lower()
    return (plain, "") if labels.nexis.get(plain) == "body" else ("", "")


def _is_margin(text: str) -> bool:
    """Return whether a paragraph belongs to the database and not to the article."""
    return bool(_RIGHTS.match(text) or _PAGE.match(text)) or text.lower() in _HEADINGS


def _add_top(article: ExportedArticle, lines: Sequence[str], labels: ExportLabels) -> None:
    """Add what is above the labels: the outlet and the day, with the headline before or after them."""
    lines = [line for line in lines if not _is_margin(line)]
    at = next(
        (number for number, line in enumerate(lines[:_TOP]) if number and find_moment(line)), None
    )  # a day in the first is the title's
    if at is None:
        article.add("title", lines[0] if lines else "", "first line")
        return
    article.add("published", lines[at], "day above the text")
    before = lines[:at]
    if before:
        article.add("outlet", before[-1], "line above the day")
    if len(before) > 1:
        article.add("title", " ".join(before[:-1]), "first line")
    below = [line for line in lines[at + 1 :] if not any(word in line.lower() for word in labels.editions)]
    article.add("title", " ".join(below), "line below the day")
