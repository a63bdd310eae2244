"""Take apart exports of Factiva: articles whose parts have codes of two or three letters, or stand in a known order below the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsgraph.ingest.press_databases.export_labels import ExportLabels, export_labels
from newsgraph.ingest.press_databases.exported_article import ExportedArticle
from newsgraph.ingest.web_pages.page_dates import find_moment

_CODE = re.compile(r"^[ \t]*([A-Z]{2,3})(?:[ \t]*\|[ \t]*|\t[ \t]*|[ ]{2,}|[ \t]*$)(.*)$")
_NUMBER = re.compile(r"^[ \t]*(?:Document|Dokument|Documento)[ \t]+[A-Za-z0-9]{15,40}[ \t]*$", re.MULTILINE)
_WORDS = re.compile(r"^[\d.,\s]{1,9}\s([^\W\d_]{4,10})$")
_CLOCK = re.compile(r"^\d\d?:\d\d(?::\d\d)?(?:\s?[AaPp][Mm])?$")
_RIGHTS = re.compile(r"^(?:copyright\b|©|\(c\))", re.IGNORECASE)
_MARGIN = re.compile(r"^(?:page \d+ of \d+.*|©.*factiva.*|search summary)$", re.IGNORECASE)
_NEAR = 8  # lines below the number of words in which the day is


def coded_articles(text: str) -> list[ExportedArticle]:
    """Return the articles of an export with codes; none if it has no part HD with a length WC, a day PD or a source SN."""
    labels = export_labels()
    articles: list[dict[str, list[str]]] = []
    code = ""
    for line in text.split("\n"):
        found = _CODE.match(line)
        name = found[1].lower() if found and found[1].lower() in labels.factiva else ""
        part = labels.factiva.get(name, "")
        if name and (not articles or ((part in {"title", "category"} or name == "clm") and "hd" in articles[-1])):
            articles.append({})
        if name and found:
            code = name
            articles[-1].setdefault(code, []).append(found[2].rstrip("| \t"))
        elif articles and code and not _MARGIN.match(line.strip()):
            articles[-1][code].append("" if code == "an" and not _NUMBER.match(line) else line.strip())
    return [_coded(parts, labels) for parts in articles if "hd" in parts and {"wc", "pd", "sn"} & parts.keys()]


def _coded(parts: dict[str, list[str]], labels: ExportLabels) -> ExportedArticle:
    article = ExportedArticle()
    texts = {code: "\n".join(lines).strip() for code, lines in parts.items()}
    body = [texts[code] for code, part in labels.factiva.items() if part == "body" and texts.get(code)]
    article.add("body", "\n\n".join(body), "LP, TD")
    for code, text in texts.items():
        part = labels.factiva[code]
        if part != "body":
            article.add(code.upper() if part in {"other", "number"} else part, text, code.upper())
    return article


def ordered_articles(text: str) -> list[ExportedArticle]:
    """Return the articles of an export without codes, each of which ends with a line "Document" and its number."""
    ends = list(_NUMBER.finditer(text))
    starts = [0, *(end.end() for end in ends)]
    found = (_ordered(text[start : end.start()], end[0].split()[-1]) for start, end in zip(starts, ends, strict=False))
    return [article for article in found if article is not None]


def _ordered(document: str, number: str) -> ExportedArticle | None:
    lines = [line.strip() for line in document.split("\n") if not _MARGIN.match(line.strip())]
    at = next((place for place, line in enumerate(lines) if _is_length(line)), None)
    if at is None:
        return None
    article = ExportedArticle()
    head = list(_head(lines, at))
    day = next((place for place in head if find_moment(lines[place])), None)
    if day is None:
        return None
    article.add("title", " ".join(lines[:at]), "lines above the length")
    article.add("published", lines[day], "line below the length")
    rest = [place for place in head if place > day]
    if rest and _CLOCK.match(lines[rest[0]]):
        article.add("time", lines[rest.pop(0)], "line below the day")
    if rest:
        article.add("outlet", lines[rest[0]], "line below the day")
    end = next((place for place in head if _RIGHTS.match(lines[place])), None)
    last = end if end is not None else head[-1]
    article.add("body", "\n".join(lines[last + 1 :]), "text")
    article.add("AN", number, "Document")
    return article


def _is_length(line: str) -> bool:
    found = _WORDS.match(line)
    return bool(found and found[1].lower() in export_labels().words)


def _head(lines: list[str], at: int) -> Iterator[int]:
    """Yield the places of the lines of the head, below that of the length; an empty line within it does not end it before the rights."""
    places = [place for place in range(at + 1, min(len(lines), at + 2 * _NEAR)) if lines[place]][:_NEAR]
    for place in places:
        yield place
        if _RIGHTS.match(lines[place]):
            return
