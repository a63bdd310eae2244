"""Find ticker symbols in brackets after a company's name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Kind, Mention
from newsgraph.extract.companies.company_finder import CompanySpan
from newsgraph.extract.text.article_text import ArticleText

_BRACKETED = re.compile(r"\(([A-Za-z .]{0,20}:)?\s?([A-Z][A-Z0-9.]{0,6}(?:\s?,\s?[A-Z][A-Z0-9.]{0,6})*)\)?")
_TICKER = re.compile(r"[A-Z][A-Z0-9.]*[A-Z0-9]|[A-Z]")


def ticker_mentions(text: ArticleText, companies: Sequence[CompanySpan], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the tickers in brackets after a company's name: "(SNYNF, SNY)", "(NASDAQ: SNY)"."""
    for company in companies:
        if company.last >= len(text.tokens) or text.tokens[company.last] != "(":
            continue
        bracket = _BRACKETED.match(text.clean, text.starts[company.last])
        if bracket is None or (bracket[1] is None and not _looks_like_tickers(bracket[2], company.name, lexicon)):
            continue
        for ticker in _TICKER.finditer(bracket[2]):
            first = bracket.start(2) + ticker.start()
            offsets = text.offsets(first, first + len(ticker[0]))
            yield Mention(Kind.TICKER, ticker[0], *offsets, ticker[0], "ticker_in_brackets", 0.9, detail=company.name)


def _looks_like_tickers(inside: str, name: str, lexicon: Lexicon) -> bool:
    """Without an exchange before it, a bracket holds tickers if it lists two, or one that the lexicon has for the company."""
    return "," in inside or (inside, name) in lexicon.tickers
