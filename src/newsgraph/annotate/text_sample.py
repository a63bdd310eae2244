"""The sample of texts to annotate: the same for the same documents, wherever they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from newsgraph.core.model import Article
from newsgraph.ingest import opened_inputs, read_document


def sampled_texts(inputs: Sequence[Path], size: int, leave_out: Path | None = None) -> list[Article]:
    """Draw at most `size` articles, title and excerpt only, ordered by the hash of their keys.

    The file `leave_out` is not read: the gold file may be among the documents. Raises InputError for an input that cannot be used.
    """
    own = leave_out.resolve() if leave_out else None
    with opened_inputs(inputs) as found:
        documents = [document for document in found.documents if document.path.resolve() != own]
        return draw_sample((article for document in documents for article in read_document(document)[0]), size)


def draw_sample(articles: Iterable[Article], size: int) -> list[Article]:
    """Order articles by the hash of their keys and return the first ones; of articles with one key, the one with the longest main text."""
    chosen: dict[str, Article] = {}
    for article in articles:
        previous = chosen.get(article.key)
        if article.title.strip() and (previous is None or _rank(article) < _rank(previous)):
            chosen[article.key] = article
    ordered = sorted(chosen, key=lambda key: hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest())
    return [replace(chosen[key], body="") for key in ordered[:size]]


def _rank(article: Article) -> tuple[bool, int, str, str]:
    return article.part != "main", -len(article.text), article.source, article.part
