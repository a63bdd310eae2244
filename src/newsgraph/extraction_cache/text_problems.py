"""How much of an article is read, and what is told of its text: what was left out, and of which field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsgraph.core.limits import ARTICLE_CHARACTERS
from newsgraph.core.model import Article, Facts, Problem
from newsgraph.extract.text.money import too_large

_AMOUNTS, _WORDS = 10, 30  # amounts of one article that are reported, and characters of them that are shown


def shorten(article: Article) -> Article:
    """Return an article with no more text than is read; what is left out is at the end, so that offsets stay right."""
    if len(article.text) <= ARTICLE_CHARACTERS:
        return article
    title = article.title[:ARTICLE_CHARACTERS]
    excerpt = article.excerpt[: max(ARTICLE_CHARACTERS - len(title), 0)]
    return replace(article, title=title, excerpt=excerpt, body=article.body[: max(ARTICLE_CHARACTERS - len(title) - len(excerpt), 0)])


def text_problems(article: Article, facts: Facts) -> Iterator[Problem]:
    """Yield what is left out of the text of an article: what the budgets leave unread, and amounts that no money can have."""
    if len(article.text) > ARTICLE_CHARACTERS:
        what = f"the article has {len(article.text):,} characters, of which the first {ARTICLE_CHARACTERS:,} are read for names and events"
        yield Problem(article.source, text_field(article), what, "Split the document, if it holds more than one article.")
    for what in facts.omissions:
        yield Problem(article.source, text_field(article), what, "Correct the text, if it is a mistake.")
    for words in list(dict.fromkeys(too_large(shorten(article).text)))[:_AMOUNTS]:
        named = words if len(words) <= _WORDS else f"{words[:_WORDS]}..."
        what = f'"{named}" is larger than any amount of money and is left out'
        yield Problem(article.source, text_field(article, words), what, "Correct the number, if it is a mistake.")


def text_field(article: Article, words: str = "") -> str:
    """Return the field of a document that has some words of an article: `title`, `excerpt` or `body`, or `text` for all three.

    >>> text_field(Article("k", None, "Sanofi buys Owkin", "For $5.", "a.md", "related[0]"), "$5")
    'related[0].excerpt'
    """
    name = next((name for name in ("title", "excerpt", "body") if words and words in getattr(article, name)), "text")
    return name if article.part == "main" else f"{article.part}.{name}"
