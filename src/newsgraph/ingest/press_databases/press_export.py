"""Tell whether a text is the export of a press database, and yield the records of its articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsgraph.ingest.press_databases.exported_article import ExportedArticle
from newsgraph.ingest.press_databases.factiva_documents import coded_articles, ordered_articles
from newsgraph.ingest.press_databases.nexis_documents import has_head, nexis_article, nexis_documents
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import MAIN, RawRecord

_NEXIS = re.compile(
    r"^[ \t]*(?:(?:document|dokument)[ \t]+\d+[ \t]+(?:of|von|de|van)[ \t]+\d+|\d+[ \t]+(?:of|von|de|van)[ \t]+\d+[ \t]+do[ck]ument\w*)[ \t]*$"
    r"|^[ \t]*(?:length|länge|longueur|longitud|lengte):[ \t]*[\d.,]+[ \t]*\w",
    re.IGNORECASE | re.MULTILINE,
)
_HEADLINE = re.compile(r"^[ \t]*HD(?:[\t|]|  |[ \t]*$)", re.MULTILINE)
_CODED = re.compile(r"^[ \t]*(?:WC|PD|SN)(?:[\t|]|  |[ \t]*$)", re.MULTILINE)
_ORDERED = re.compile(
    r"^[ \t]*[\d.,]{1,7} (?:words|Wörter|mots|palabras|parole|woorden)[ \t]*\n(?:[ \t]*\n)?[ \t]*\d\d?\.? \w{3,10} \d{4}\b", re.MULTILINE
)


def may_be_export(text: str) -> bool:
    """Return whether the beginning of a text looks like that of an export."""
    return bool(_NEXIS.search(text) or _is_coded(text) or _ORDERED.search(text))


def _is_coded(text: str) -> bool:
    headline = _HEADLINE.search(text)
    return headline is not None and _CODED.search(text, headline.end()) is not None


def export_records(text: str, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Yield the records of an export; none if it is no export. What the export says that it has and has not is noted."""
    articles, said = _articles(text)
    for number, article in enumerate(articles):
        yield article.record(MAIN if len(articles) == 1 else f"item[{number}]")
    if articles and said > len(articles):
        notes.add("documents", f"are {len(articles)} of the {said} that the file speaks of", "Export the others as well if they are needed")


def _articles(text: str) -> tuple[list[ExportedArticle], int]:
    documents, said = nexis_documents(text)
    if documents and has_head(text):
        return [nexis_article(document) for document in documents if said or has_head(document)], said
    if not documents and has_head(text) and _NEXIS.search(text):
        return [nexis_article(text)], 0
    return (coded_articles(text) if _is_coded(text) else []) or ordered_articles(text), 0
