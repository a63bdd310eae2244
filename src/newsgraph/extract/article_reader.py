"""Read articles: companies, products, organisations, people, places, money, days, tickers, then who did what to whom."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import ACCEPTED, Article, Facts, Kind, Mention, Naming, Report, Total
from newsgraph.extract.companies.company_finder import CompanySpan, feature_context, find_companies
from newsgraph.extract.companies.descriptions import find_descriptions
from newsgraph.extract.companies.former_names import find_former_names
from newsgraph.extract.companies.mention_evidence import load_weights
from newsgraph.extract.companies.recognizer_features import RecognizerFeatures
from newsgraph.extract.entities.employment import Employer, find_employment
from newsgraph.extract.entities.organisations import Organisation, find_organisations
from newsgraph.extract.entities.people import Person, find_people
from newsgraph.extract.entities.places import Place, find_places
from newsgraph.extract.entities.products import Maker, Product, find_products
from newsgraph.extract.entities.tagged_products import tagged_products
from newsgraph.extract.events.delexicalized_sentences import Party
from newsgraph.extract.events.event_candidates import EventContext
from newsgraph.extract.events.event_finder import find_events
from newsgraph.extract.events.event_rules import load_event_rules
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.context_words import load_context_words
from newsgraph.extract.text.dates import Day, find_days
from newsgraph.extract.text.listed_phrases import find_phrases
from newsgraph.extract.text.money import Amount, find_money, find_percents

_TICKERS = re.compile(r"\(([A-Za-z .]{0,20}:)?\s?([A-Z][A-Z0-9.]{0,6}(?:\s?,\s?[A-Z][A-Z0-9.]{0,6})*)\)?")


class _Named(NamedTuple):
    """What a text names: products, companies and which of their names are one, organisations, and those that may act in an event."""

    products: list[Product]
    companies: list[CompanySpan]
    namings: list[Naming]
    organisations: list[Organisation]
    parties: list[Party]


class _StatedFacts(NamedTuple):
    """The sums and days in a text, and what it tells of events."""

    money: list[Amount]
    days: list[Day]
    reports: list[Report]
    totals: list[Total]


def read_articles(
    articles: Sequence[Article],
    texts: Sequence[ArticleText],
    lexicon: Lexicon,
    hints: Sequence[RecognizerFeatures],
    extractor: str,
    least: float = ACCEPTED,
) -> list[Facts]:
    """Read the facts that each article states; those of one do not depend on the others.

    `texts` are the articles' (see `read_text`), `hints` what other readers say of their tokens, `extractor` how they are read; a
    company less sure than `least` is a weak candidate, and no party. Names of all come first, then events, then the rest: so each
    step finds its code and its lists in the processor's cache, which saves 6 % of the time of reading.
    """
    named = [_named(*one, lexicon, least) for one in zip(articles, texts, hints, strict=True)]
    told = [_told(*one) for one in zip(articles, texts, named, strict=True)]
    return [_facts(*one, lexicon, extractor, least) for one in zip(texts, hints, named, told, strict=True)]


def _named(article: Article, text: ArticleText, hints: RecognizerFeatures, lexicon: Lexicon, least: float) -> _Named:
    context, weights = load_context_words(), load_weights(tagged=bool(hints.tags))
    hits = find_phrases(text, lexicon)
    setting = feature_context(article, text, hits, lexicon, context, hints)
    products, makers = find_products(text, hits, lexicon)
    called = {at for one in products if one.rule == "called" for at in range(one.first, one.last)}
    companies, namings = find_companies(setting, hits, weights, called, least)
    companies = _with_makers(companies, makers)
    taken = {at for one in companies if one.confidence >= least for at in range(one.first, one.last)}
    organisations = find_organisations(text, hits, taken, lexicon, context)
    parties = _parties(companies, organisations, least)
    if hints.tags:
        products = tagged_products(text, products, hints, {at: one.name for one in parties for at in range(one.first, one.last)})
    return _Named(products, companies, namings, organisations, parties)


def _told(article: Article, text: ArticleText, named: _Named) -> _StatedFacts:
    published = article.published.date() if article.published else None
    money, days = find_money(text.clean), find_days(text.clean, published)
    return _StatedFacts(money, days, *find_events(EventContext(text, named.parties, money, days, published, load_event_rules())))


def _facts(
    text: ArticleText, hints: RecognizerFeatures, named: _Named, told: _StatedFacts, lexicon: Lexicon, extractor: str, least: float
) -> Facts:
    companies = named.companies
    people, places = _people_and_places(text, named.parties, named.products, hints, lexicon)
    posts = find_employment(text, people, [Employer(one.first, one.last, one.name) for one in named.parties])
    mentions = [
        *_company_mentions(text, companies),
        *_product_mentions(text, named.products),
        *_named_mentions(text, Kind.PERSON, people),
        *_named_mentions(text, Kind.PLACE, places),
        *_named_mentions(text, Kind.ORGANISATION, named.organisations),
        *_value_mentions(text, told.money, told.days),
        *_ticker_mentions(text, companies, lexicon),
    ]
    namings = (*named.namings, *find_former_names(text, companies, least))
    descriptions = tuple(find_descriptions(text, companies, least))
    ordered = tuple(sorted(mentions, key=lambda one: (one.start, one.end, one.kind)))
    return Facts(ordered, tuple(told.reports), tuple(told.totals), namings, extractor, tuple(posts), descriptions)


def _people_and_places(
    text: ArticleText, parties: list[Party], products: list[Product], hints: RecognizerFeatures, lexicon: Lexicon
) -> tuple[list[Person], list[Place]]:
    """Give the people and the places outside what is a company, an organisation or a product."""
    if not hints.names:
        return [], []
    taken = {at for named in (parties, products) for one in named for at in range(one.first, one.last)}
    people = find_people(text, hints.names, taken)
    taken |= {at for one in people for at in range(one.first, one.last)}
    return people, find_places(text, hints.names, taken, lexicon)


def _parties(companies: list[CompanySpan], organisations: list[Organisation], least: float) -> list[Party]:
    parties = [
        Party(one.first, one.last, one.name, company=True, confidence=one.confidence) for one in companies if one.confidence >= least
    ]
    parties += [Party(one.first, one.last, one.name, company=False, confidence=one.confidence) for one in organisations]
    return sorted(parties, key=lambda one: one.first)


def _with_makers(companies: list[CompanySpan], makers: list[Maker]) -> list[CompanySpan]:
    taken = {at for one in companies for at in range(one.first, one.last)}
    extra = [CompanySpan(one.first, one.last, one.name, one.name, "maker_before_product", 0.95) for one in makers if one.first not in taken]
    return sorted((*companies, *extra), key=lambda one: one.first)


def _company_mentions(text: ArticleText, companies: list[CompanySpan]) -> Iterator[Mention]:
    for one in companies:
        start, end = text.span(one.first, one.last)
        yield Mention(
            Kind.COMPANY,
            one.name,
            start,
            end,
            text.clean[text.starts[one.first] : text.ends[one.last - 1]],
            one.rule,
            one.confidence,
            one.known,
        )


def _product_mentions(text: ArticleText, products: list[Product]) -> Iterator[Mention]:
    for one in products:
        start, end = text.span(one.first, one.last)
        yield Mention(Kind.PRODUCT, one.name, start, end, text.words(one.first, one.last), one.rule, one.confidence, one.name, one.maker)


def _named_mentions(text: ArticleText, kind: Kind, named: Sequence[Organisation | Person | Place]) -> Iterator[Mention]:
    for one in named:
        start, end = text.span(one.first, one.last)
        yield Mention(kind, one.name, start, end, text.words(one.first, one.last), one.rule, one.confidence)


def _value_mentions(text: ArticleText, money: list[Amount], days: list[Day]) -> Iterator[Mention]:
    for amount in money:
        start, end = text.offsets(amount.start, amount.end)
        yield Mention(
            Kind.MONEY,
            f"{amount.amount:.2f}".removesuffix(".00") + f" {amount.currency}",
            start,
            end,
            text.clean[amount.start : amount.end],
            "money",
            0.99,
        )
    for first, last in find_percents(text.clean):
        start, end = text.offsets(first, last)
        yield Mention(Kind.PERCENT, text.clean[first:last], start, end, text.clean[first:last], "percent", 0.99)
    for day in days:
        start, end = text.offsets(day.start, day.end)
        name = day.day.isoformat() if isinstance(day.day, date) else ""
        yield Mention(Kind.DATE, name, start, end, text.clean[day.start : day.end], "day", 0.9)


def _ticker_mentions(text: ArticleText, companies: list[CompanySpan], lexicon: Lexicon) -> Iterator[Mention]:
    """Give the tickers in brackets behind a company's name: "(SNYNF, SNY)", "(NASDAQ: SNY)"."""
    for one in companies:
        if one.last >= len(text.tokens) or text.tokens[one.last] != "(":
            continue
        match = _TICKERS.match(text.clean, text.starts[one.last])
        if match is None or (match[1] is None and not _looks_like_tickers(match[2], one.name, lexicon)):
            continue
        for found in re.finditer(r"[A-Z][A-Z0-9.]*[A-Z0-9]|[A-Z]", match[2]):
            first = match.start(2) + found.start()
            start, end = text.offsets(first, first + len(found[0]))
            yield Mention(Kind.TICKER, found[0], start, end, found[0], "ticker_in_brackets", 0.9, detail=one.name)


def _looks_like_tickers(inside: str, name: str, lexicon: Lexicon) -> bool:
    """Without an exchange before it, a bracket holds tickers where it lists two, or one that a list knows for the company."""
    return "," in inside or (inside, name) in lexicon.tickers
