"""Read articles: companies, products, organisations, people, places, money, days and tickers, then who did what to whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.limits import NAME_CHARACTERS
from newsgraph.core.model import ACCEPTED, Article, Facts, Kind, Mention, Naming, Total
from newsgraph.core.passages import Passage
from newsgraph.extract.companies.company_finder import CompanySpan, feature_context, find_companies
from newsgraph.extract.companies.descriptions import find_descriptions
from newsgraph.extract.companies.former_names import find_former_names
from newsgraph.extract.companies.mention_evidence import load_weights
from newsgraph.extract.companies.recognizer_features import RecognizerFeatures
from newsgraph.extract.companies.tickers import ticker_mentions
from newsgraph.extract.entities.employment import Employer, find_employment
from newsgraph.extract.entities.organisations import Organisation, find_exchanges, find_organisations, find_outlets, without_headlines
from newsgraph.extract.entities.people import Person, find_people
from newsgraph.extract.entities.places import Place, find_places
from newsgraph.extract.entities.products import Maker, Product, find_products
from newsgraph.extract.entities.tagged_organisations import with_tagged_organisations
from newsgraph.extract.entities.tagged_products import tagged_products
from newsgraph.extract.events.combined_reports import combine, report_of
from newsgraph.extract.events.delexicalized_sentences import Party
from newsgraph.extract.events.event_candidates import EventContext
from newsgraph.extract.events.event_confidence import ArticleEvidence
from newsgraph.extract.events.event_finder import find_events
from newsgraph.extract.events.event_rules import load_event_rules
from newsgraph.extract.events.pair_report import PairReport
from newsgraph.extract.events.report_checks import checked_reports
from newsgraph.extract.events.report_details import with_details
from newsgraph.extract.events.report_roles import with_roles
from newsgraph.extract.events.tidy_words import with_tidy_words
from newsgraph.extract.mention_weights import weighed_mentions
from newsgraph.extract.omissions import text_omissions, without_long_names
from newsgraph.extract.reader.read_event import ReadRelation
from newsgraph.extract.reader.windows import Candidate
from newsgraph.extract.relations.read_relations import with_read_relations
from newsgraph.extract.relations.relation_finder import RelationSide, find_relations
from newsgraph.extract.relations.state_reports import without_states
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.context_words import load_context_words
from newsgraph.extract.text.dates import Day, find_days
from newsgraph.extract.text.listed_phrases import find_phrases
from newsgraph.extract.text.money import Amount, find_money, find_percents
from newsgraph.extract.text.times import Time, find_times


class _TokenRange(Protocol):
    """Tokens `first` to `last` (excluded)."""

    @property
    def first(self) -> int: ...

    @property
    def last(self) -> int: ...


class _NamedThings(NamedTuple):
    """The names of a text: products, companies and which of their names are one, organisations, stock exchanges, the possible parties of an event, news outlets.

    Stock exchanges are mentions only where a company is listed at them. Outlets are credited, and take no part in what they report.
    """

    products: list[Product]
    companies: list[CompanySpan]
    namings: list[Naming]
    organisations: list[Organisation]
    exchanges: list[Organisation]
    parties: list[Party]
    outlets: list[Organisation]
    long_names: int = 0  # left out for their length


class _EventFacts(NamedTuple):
    """The sums, days and other times of a text, and the events that it reports."""

    money: list[Amount]
    days: list[Day]
    times: list[Time]
    reports: list[PairReport]
    totals: list[Total]
    limited: bool


def read_articles(
    articles: Sequence[Article],
    texts: Sequence[ArticleText],
    lexicon: Lexicon,
    recognized: Iterable[RecognizerFeatures],
    extractor: str,
    least: float = ACCEPTED,
) -> list[Facts]:
    """Return the facts that each article states; those of one do not depend on the others.

    `texts` are those of the articles (see `read_text`), `recognized` what other recognizers find in each of them, `extractor` the version
    that is recorded. A company with a confidence below `least` is a weak candidate and no party of an event. All articles are searched
    for names first, then for events, then for the rest: so the code and the lists of each step stay in the processor's cache, which saves
    6 % of the time.
    """
    recognized = list(recognized)
    names = [_named_things(*item, lexicon, least) for item in zip(articles, texts, recognized, strict=True)]
    events = [_event_facts(*item) for item in zip(articles, texts, names, strict=True)]
    return [_facts(*item, lexicon, extractor, least) for item in zip(articles, texts, recognized, names, events, strict=True)]


def _named_things(article: Article, text: ArticleText, recognized: RecognizerFeatures, lexicon: Lexicon, least: float) -> _NamedThings:
    words, weights = load_context_words(), load_weights(tagged=bool(recognized.tags))
    hits = find_phrases(text, lexicon)
    context = feature_context(article, text, hits, lexicon, words, recognized)
    products, makers = find_products(text, hits, lexicon)
    introduced = _tokens_of(product for product in products if product.rule == "called")
    companies, namings = find_companies(context, hits, weights, introduced, least)
    companies = _with_makers(companies, makers)
    all_names = len(companies)
    companies = without_long_names(text, companies)
    long_names = all_names - len(companies)
    if long_names:
        namings = [naming for naming in namings if max(len(naming.name), len(naming.same_as)) <= NAME_CHARACTERS]
    taken = _tokens_of(company for company in companies if company.confidence >= least)
    organisations = find_organisations(text, hits, taken, lexicon, words)
    if recognized.tags:
        named = {name for one in companies if one.confidence >= least for name in (one.name, text.words(one.first, one.last))}
        others = taken | _tokens_of(products)
        organisations = with_tagged_organisations(text, organisations, hits, recognized.names, others, named, lexicon)
    organisations = without_headlines(text, without_long_names(text, organisations))
    exchanges = find_exchanges(hits, taken)
    parties = _parties(companies, organisations, least)
    if recognized.tags:
        names = {at: party.name for party in parties for at in range(party.first, party.last)}
        products = tagged_products(text, products, recognized, names)
    outlets = find_outlets(text, hits, _tokens_of(parties) | _tokens_of(products))
    products = without_long_names(text, products)
    return _NamedThings(products, companies, namings, organisations, exchanges, parties, outlets, long_names)


def _event_facts(article: Article, text: ArticleText, names: _NamedThings) -> _EventFacts:
    published = article.published.date() if article.published else None
    money, days = find_money(text.clean), find_days(text.clean, published)
    times = find_times(text.clean, days, published)
    return _EventFacts(money, days, times, *find_events(EventContext(text, names.parties, money, times, published, load_event_rules())))


def _facts(
    article: Article,
    text: ArticleText,
    recognized: RecognizerFeatures,
    names: _NamedThings,
    events: _EventFacts,
    lexicon: Lexicon,
    extractor: str,
    least: float,
) -> Facts:
    companies = names.companies
    people, places = _people_and_places(text, names, recognized, lexicon)
    posts = find_employment(text, people, [Employer(party.first, party.last, party.name) for party in names.parties])
    sides = _relation_sides(names)
    relations = find_relations(text, sides, events.times)
    listing = {relation.object for relation in relations if relation.kind == "listed_at"}
    mentions = [
        *_company_mentions(text, companies),
        *_product_mentions(text, names.products),
        *_name_mentions(text, Kind.PERSON, people),
        *_name_mentions(text, Kind.PLACE, places),
        *_name_mentions(text, Kind.ORGANISATION, [*names.organisations, *(name for name in names.exchanges if name.name in listing)]),
        *_name_mentions(text, Kind.OUTLET, _outlets_apart(names.outlets, [*people, *places])),
        *_value_mentions(text, events.money, events.days),
        *ticker_mentions(text, companies, lexicon),
    ]
    namings = (*names.namings, *find_former_names(text, companies, least))
    descriptions = tuple(find_descriptions(text, companies, least))
    ordered = tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end, mention.kind)))
    kinds = {party.name: Kind.COMPANY if party.company else Kind.ORGANISATION for party in names.parties}
    reports = checked_reports(with_details(with_roles(events.reports, kinds), text, ordered), article.text, article.title, ordered)
    read_relations: Sequence[ReadRelation] = ()
    if recognized.reading is not None:
        published = article.published.date() if article.published else None
        told = recognized.reading.events(_candidates(names, people, places, least), published)
        evidence = ArticleEvidence(ordered, len(article.title), len(article.text), told.opinion)
        by_reader = checked_reports([report_of(event, published) for event in told.events], article.text, article.title, ordered)
        read_relations = told.relations
        reports = combine(by_reader, reports, evidence, keep_amounts=bool(events.totals))
    passages = tuple(Passage(*text.offsets(passage.start, passage.end), passage.kind) for passage in text.passages)
    apart = [report for report in without_states(reports, relations) if not any(part.start <= report.start < part.end for part in passages)]
    reports = [with_tidy_words(report) for report in apart]
    relations = with_read_relations(relations, read_relations, sides, text)
    ordered = weighed_mentions(article, text, ordered, reports, namings, least)
    firsts = (party.first for party in names.parties)
    unread = recognized.reading.unread if recognized.reading else 0
    omissions = tuple(text_omissions(text, firsts, limited=events.limited, long_names=names.long_names, unread=unread))
    return Facts(
        ordered, tuple(reports), tuple(events.totals), namings, extractor, tuple(posts), descriptions, tuple(relations), omissions, passages
    )


def _candidates(names: _NamedThings, people: Sequence[Person], places: Sequence[Place], least: float) -> list[Candidate]:
    """Return the named things that may take roles in events, in the order of their first mentions."""
    spans: dict[tuple[Kind, str], list[tuple[int, int]]] = defaultdict(list)
    companies = [company for company in names.companies if company.confidence >= least]
    kinds: list[tuple[Kind, Sequence[CompanySpan | Organisation | Person | Place | Product]]] = [
        (Kind.COMPANY, companies),
        (Kind.ORGANISATION, names.organisations),
        (Kind.PERSON, people),
        (Kind.PLACE, places),
        (Kind.PRODUCT, names.products),
    ]
    for kind, found in kinds:
        for thing in found:
            spans[kind, thing.name].append((thing.first, thing.last))
    candidates = [Candidate(name, kind.value, tuple(sorted(set(mentions)))) for (kind, name), mentions in spans.items()]
    return sorted(candidates, key=lambda candidate: (candidate.mentions[0], candidate.kind, candidate.name))


def _tokens_of(ranges: Iterable[_TokenRange]) -> set[int]:
    """Return the numbers of the tokens that some ranges hold."""
    return {at for tokens in ranges for at in range(tokens.first, tokens.last)}


def _people_and_places(
    text: ArticleText, names: _NamedThings, recognized: RecognizerFeatures, lexicon: Lexicon
) -> tuple[list[Person], list[Place]]:
    """Return the people and the places outside companies, organisations and products."""
    if not recognized.names:
        return [], []
    taken = _tokens_of(names.parties) | _tokens_of(names.products)
    people = without_long_names(text, find_people(text, recognized.names, taken))
    taken |= _tokens_of(people)
    return people, without_long_names(text, find_places(text, recognized.names, taken, lexicon))


def _outlets_apart(outlets: list[Organisation], others: Sequence[Person | Place]) -> list[Organisation]:
    taken = _tokens_of(others)
    return [outlet for outlet in outlets if taken.isdisjoint(range(outlet.first, outlet.last))]


def _parties(companies: list[CompanySpan], organisations: list[Organisation], least: float) -> list[Party]:
    parties = [Party(*company[:3], company=True, confidence=company.confidence) for company in companies if company.confidence >= least]
    parties += [Party(*organisation[:3], company=False, confidence=organisation.confidence) for organisation in organisations]
    return sorted(parties, key=lambda party: party.first)


def _relation_sides(names: _NamedThings) -> list[RelationSide]:
    """Return all that may be related, in text order and without overlaps."""
    sides = [RelationSide(*party[:3], "company" if party.company else "organisation") for party in names.parties]
    taken = _tokens_of(names.parties)
    for kind, things in (("product", names.products), ("exchange", names.exchanges)):
        free = [thing for thing in things if taken.isdisjoint(range(thing.first, thing.last))]
        sides += [RelationSide(thing.first, thing.last, thing.name, kind) for thing in free]
        taken |= _tokens_of(free)
    return sorted(sides)


def _with_makers(companies: list[CompanySpan], makers: list[Maker]) -> list[CompanySpan]:
    taken = _tokens_of(companies)
    extra = [
        CompanySpan(maker.first, maker.last, maker.name, maker.name, "maker_before_product", 0.95)
        for maker in makers
        if maker.first not in taken
    ]
    return sorted((*companies, *extra), key=lambda company: company.first)


def _company_mentions(text: ArticleText, companies: list[CompanySpan]) -> Iterator[Mention]:
    for company in companies:
        words = text.words(company.first, company.last)
        offsets = text.span(company.first, company.last)
        yield Mention(Kind.COMPANY, company.name, *offsets, words, company.rule, company.confidence, company.known)


def _product_mentions(text: ArticleText, products: list[Product]) -> Iterator[Mention]:
    for product in products:
        words = text.words(product.first, product.last)
        offsets = text.span(product.first, product.last)
        yield Mention(Kind.PRODUCT, product.name, *offsets, words, product.rule, product.confidence, product.name, product.maker)


def _name_mentions(text: ArticleText, kind: Kind, names: Sequence[Organisation | Person | Place]) -> Iterator[Mention]:
    for name in names:
        words = text.words(name.first, name.last)
        yield Mention(kind, name.name, *text.span(name.first, name.last), words, name.rule, name.confidence)


def _value_mentions(text: ArticleText, money: list[Amount], days: list[Day]) -> Iterator[Mention]:
    for amount in money:
        name = f"{amount.amount:.2f}".removesuffix(".00") + f" {amount.currency}"
        words = text.clean[amount.start : amount.end]
        yield Mention(Kind.MONEY, name, *text.offsets(amount.start, amount.end), words, "money", 0.99)
    for first, last in find_percents(text.clean):
        words = text.clean[first:last]
        yield Mention(Kind.PERCENT, words, *text.offsets(first, last), words, "percent", 0.99)
    for day in days:
        name = day.day.isoformat() if isinstance(day.day, date) else ""
        yield Mention(Kind.DATE, name, *text.offsets(day.start, day.end), text.clean[day.start : day.end], "day", 0.9)
