"""Which company an article is about by its headline."""

from __future__ import annotations

from collections.abc import Sequence

from newsgraph.extract.companies.company_finder import CompanySpan
from newsgraph.extract.companies.description_words import description_words, sector_words
from newsgraph.extract.text.article_text import ArticleText


def headline_end(text: ArticleText) -> int:
    """Return the token behind the headline, 0 if there is none."""
    return next((sentence.last for sentence in reversed(text.sentences) if sentence.region == "title"), 0)


def headline_subject(text: ArticleText, companies: Sequence[CompanySpan]) -> CompanySpan | None:
    """Return the company that an article is about by its headline, if there is one."""
    end = headline_end(text)
    return _subject([company for company in companies if company.first < end], companies, text)


def _subject(headline: Sequence[CompanySpan], companies: Sequence[CompanySpan], text: ArticleText) -> CompanySpan | None:
    """Return the company that a headline begins with, or the only one if the headline has no other subject ("Airline sues Zorvex")."""
    if headline and headline[0].first == 0:
        first = headline[0]
        with_another = first.last + 1 in {company.first for company in headline} and text.lower[first.last] in description_words().together
        return None if with_another else first
    if len({company.name for company in (headline or companies)}) != 1:
        return None
    sectors, end = sector_words(), headline[0].first if headline else 0
    return None if any(word in sectors for word in text.lower[:end]) else (headline or companies)[0]
