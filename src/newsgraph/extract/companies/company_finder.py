"""Find the companies of a text: weigh candidates, keep the best that do not overlap, and find their short forms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from newsgraph.core.company_names import is_acronym, name_tails, strip_legal_form
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import ACCEPTED, Article, Kind, Naming
from newsgraph.extract.companies.company_candidates import company_candidates
from newsgraph.extract.companies.company_classifier import classify
from newsgraph.extract.companies.feature_context import FeatureContext
from newsgraph.extract.companies.mention_evidence import (
    FeatureWeights,
    confidence_of,
    strongest_feature,
)
from newsgraph.extract.companies.name_spans import LONGEST_NAME, NameSpan
from newsgraph.extract.companies.qualified_names import QualifiedNames, numbers_of_names
from newsgraph.extract.companies.recognizer_features import NO_RECOGNIZER_FEATURES, RecognizerFeatures
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.context_words import ContextWords
from newsgraph.extract.text.listed_phrases import PhraseHit
from newsgraph.extract.text.word_kinds import STRONG_TAIL, WEAK_TAIL, is_name_like, word_kinds

WEAK = 0.2  # confidence of a weak candidate, which other articles may confirm
_LISTED = 0.99  # confidence of a name in the user's own list
_SHORTEST = 4  # letters; a shorter first word is rarely a name
_BRACKET = 12  # most tokens of a bracket with short names
_QUOTES = '"“”„«» '
_HARDLY = 0.05  # less sure than an end of it may the whole of a name be
_CARRIED = 0.9  # a short form, acronym or repetition is a little less sure than the full name


class CompanySpan(NamedTuple):
    """A company at tokens `first` to `last` (excluded): its name in this article, its name in the lexicon or "", and how it was found."""

    first: int
    last: int
    name: str
    known: str
    rule: str
    confidence: float


class _WeighedSpan(NamedTuple):
    """A candidate with its confidence and the rule that explains it."""

    confidence: float
    rule: str
    span: NameSpan


def feature_context(
    article: Article,
    text: ArticleText,
    hits: Sequence[PhraseHit],
    lexicon: Lexicon,
    words: ContextWords,
    recognized: RecognizerFeatures = NO_RECOGNIZER_FEATURES,
) -> FeatureContext:
    """Collect what the features of an article's candidates depend on."""
    listed = {at for hit in hits if hit.phrase.kind is Kind.COMPANY and hit.plain for at in range(hit.first, hit.last)}
    provider = article.provider.name.lower() if article.provider else ""
    kinds = word_kinds(lexicon, words)
    return FeatureContext(
        text,
        lexicon,
        words,
        list(map(kinds.__getitem__, text.tokens)),
        frozenset(listed),
        Counter(text.lower),
        provider,
        frozenset(topic.lower() for topic in article.topics),
        recognized,
    )


def find_companies(
    context: FeatureContext, hits: list[PhraseHit], weights: FeatureWeights, products: AbstractSet[int], least: float = ACCEPTED,
) -> tuple[list[CompanySpan], list[Naming]]:  # fmt: skip
    """Return the company mentions of a text in text order, and which of their names the text equates.

    No company is found among the tokens in `products`. Names with a confidence below `least` are only weak candidates.
    """
    text, lexicon = context.text, context.lexicon
    listed, candidates = company_candidates(context, hits, weights, products)
    weighed = [_WeighedSpan(max(_LISTED, least), "user_list", span) for span in listed]  # the user's list counts at any threshold
    if context.recognized.each:
        confidences = classify(candidates, text, context.recognized, weights)
    else:
        confidences = [confidence_of(one.evidence) for one in candidates]
    for confidence, one in zip(confidences, candidates, strict=True):
        if confidence >= min(WEAK, least):
            weighed.append(_WeighedSpan(round(confidence, 2), strongest_feature(one.features, weights), one.span))
    weighed.sort(key=lambda item: (item.span.first, item.span.last))
    weighed = _with_shared_chances(weighed, least)
    numbers = numbers_of_names(text, (item.span for item in weighed))
    names = QualifiedNames(text, context.kinds, lexicon, numbers)
    weighed = [item._replace(span=names.extended(item.span)) for item in _raise_repeated(weighed, text, least)]
    whole = _without_ends(_without_parents(weighed, context, least), least)
    companies = [_company_span(item, text) for item in _without_overlaps(whole)]
    companies = _with_fullest_names(companies, text, least)
    taken = {at for company in companies for at in range(company.first, company.last)}
    short, namings = _find_short_forms(text, companies, taken, lexicon, least)
    return sorted((*companies, *short), key=lambda company: company.first), namings


def _raise_repeated(weighed: list[_WeighedSpan], text: ArticleText, least: float) -> list[_WeighedSpan]:
    """Raise the confidence of a name that is accepted elsewhere in the text, with or without its legal form."""
    accepted: dict[str, float] = {}
    names = [text.words(item.span.first, item.span.core) for item in weighed]
    for name, item in zip(names, weighed, strict=True):
        if item.confidence >= least:
            accepted[name] = max(accepted.get(name, 0.0), item.confidence)
    raised = []
    for name, item in zip(names, weighed, strict=True):
        best = round(accepted[name] * _CARRIED, 2) if name in accepted else 0.0
        raised.append(_WeighedSpan(best, "same_name", item.span) if best > item.confidence else item)
    return raised


def _with_shared_chances(weighed: list[_WeighedSpan], least: float) -> list[_WeighedSpan]:
    """Add to the confidence of a listed name that of a longer candidate around it, if neither counts alone.

    "Credit Suisse CDS" at .4 and "Credit Suisse" at .4 both say that a company is named here, and doubt only where its name ends.
    """
    unlisted: dict[int, list[_WeighedSpan]] = defaultdict(list)  # by their first token
    for item in weighed:
        if item.span.hit is None:
            unlisted[item.span.first].append(item)
    raised = []
    for item in weighed:
        span = item.span
        if span.hit and item.confidence < least:
            near = (other for first in range(span.first - LONGEST_NAME, span.first + 1) for other in unlisted.get(first, ()))
            around = max((other.confidence for other in near if span.core <= other.span.core), default=least)
            if around < least:
                item = item._replace(confidence=round(min(item.confidence + around, _CARRIED), 2))  # noqa: PLW2901
        raised.append(item)
    return raised


def _without_parents(weighed: list[_WeighedSpan], context: FeatureContext, least: float) -> list[_WeighedSpan]:
    """Leave out listed names with which the name of a division begins: "BNP Paribas" of "BNP Paribas Securities Services".

    That name must have a legal form or, if there is no tagger, which knows better, end as names of companies do; and its last word must
    distinguish something ("BMW Group").
    """
    tails = 0 if context.recognized.tags else STRONG_TAIL | WEAK_TAIL
    longer: dict[int, int] = {}
    for item in weighed:
        span = item.span
        if item.confidence < least or span.hit or span.sentence.titled or span.sentence.shouted:
            continue
        if (span.last > span.core or context.kinds[span.core - 1] & tails) and context.text.lower[span.core - 1] not in name_tails():
            longer[span.first] = max(longer.get(span.first, 0), span.core)
    return [item for item in weighed if not item.span.hit or longer.get(item.span.first, 0) <= item.span.core]


def _without_ends(weighed: list[_WeighedSpan], least: float) -> list[_WeighedSpan]:
    """Leave out ends of names that are candidates as a whole: "Benz AG" of "Daimler-Benz AG".

    The whole must be in a list, or be hardly less sure.
    """
    by_last: dict[int, list[_WeighedSpan]] = defaultdict(list)
    for item in weighed:
        if item.confidence >= least:
            by_last[item.span.last].append(item)
    return [
        item
        for item in weighed
        if item.span.hit
        or not any(
            whole.span.first < item.span.first and (whole.span.hit or whole.confidence >= item.confidence - _HARDLY)
            for whole in by_last[item.span.last]
        )
    ]


def _without_overlaps(weighed: list[_WeighedSpan]) -> list[_WeighedSpan]:
    """Return the surest candidates that do not overlap; of equally sure ones the longer."""
    taken: set[int] = set()
    chosen = []
    for item in sorted(weighed, key=lambda item: (-item.confidence, item.span.first - item.span.last, item.span.first)):
        tokens = range(item.span.first, item.span.last)
        if taken.isdisjoint(tokens):
            taken.update(tokens)
            chosen.append(item)
    return chosen


def _company_span(item: _WeighedSpan, text: ArticleText) -> CompanySpan:
    span = item.span
    known = span.hit.phrase.name if span.hit and span.core == span.hit.last else ""  # a name that goes on is another one
    name = strip_legal_form(text.words(span.first, span.core))
    name = name.strip(_QUOTES) or name
    return CompanySpan(span.first, span.last, known or name, known, item.rule, item.confidence)


def _with_fullest_names(companies: list[CompanySpan], text: ArticleText, least: float) -> list[CompanySpan]:
    """Name each unlisted company by its fullest name in the article: "Lotus Ledger" by "Lotus Ledger Technologies" if that occurs too.

    Names in one sentence are two companies ("Zorvex sells Zorvex Energy"), unless they differ in words that distinguish nothing.
    """
    full = {company.name.lower(): company.name for company in companies if not company.known and company.confidence >= least}
    longest: dict[str, str] = {}
    places = _sentences_of_names(companies, text)
    for low, name in full.items():
        for end in (*(at for at, letter in enumerate(low) if letter == " "), len(low)):
            if (short := low[:end]) in full and len(name) > len(longest.get(short, "")) and not _are_apart(short, low, places):
                longest[short] = name
    return [
        company._replace(name=longest[low])
        if not company.known and longest.get(low := company.name.lower(), company.name) != company.name
        else company
        for company in companies
    ]


def _sentences_of_names(companies: Sequence[CompanySpan], text: ArticleText) -> dict[str, set[int]]:
    """Map each name, in small letters, to the first tokens of the sentences that hold it."""
    places: dict[str, set[int]] = defaultdict(set)
    for company in companies:
        places[company.name.lower()].add(text.sentence_of(company.first).first)
    return places


def _are_apart(short: str, longer: str, places: Mapping[str, set[int]]) -> bool:
    """Return whether a sentence holds both of two names, of which one begins with the other, as names of two companies."""
    if not longer.startswith(f"{short} ") or frozenset(longer.removeprefix(short).split()) <= name_tails().keys():
        return False
    return not places.get(short, set()).isdisjoint(places.get(longer, set()))


def _find_short_forms(
    text: ArticleText, companies: list[CompanySpan], taken: set[int], lexicon: Lexicon, least: float
) -> tuple[list[CompanySpan], list[Naming]]:
    """Find short forms ("OneSoft" for "OneSoft Solutions") and bracketed acronyms of accepted names."""
    carried: list[CompanySpan] = []
    namings: list[Naming] = []
    shorts: dict[str, CompanySpan] = {}
    sentences = _sentences_of_names(companies, text)
    for company in companies:
        if company.confidence < least:
            continue
        for short in _short_forms(text, company, lexicon):
            if not _are_apart(short.lower(), company.name.lower(), sentences):
                shorts.setdefault(short, company)
    places = [at for at, token in enumerate(text.tokens) if token in shorts and at not in taken and is_name_like(token)] if shorts else []
    for at in places:
        full, sentence = shorts[text.tokens[at]], text.sentence_of(at)
        name_before = (
            at > sentence.first
            and at - 1 not in taken
            and text.tokens[at - 1][0].isupper()
            and not sentence.titled
            and at - 1 > sentence.first
        )
        if name_before or (at + 1 < sentence.last and text.tokens[at + 1][0].isupper() and at + 1 not in taken and not sentence.titled):
            continue
        carried.append(CompanySpan(at, at + 1, full.name, full.known, "short_form", round(full.confidence * _CARRIED, 2)))
        taken.add(at)
    names = {company.name for company in companies if company.confidence >= least}
    for short, full in sorted(shorts.items()):
        if short in names and short != full.name:
            namings.append(Naming(short, full.name, "short_form"))
    return carried, namings


def _short_forms(text: ArticleText, company: CompanySpan, lexicon: Lexicon) -> list[str]:
    """Return the words that may stand for a name: its first word if that is distinctive, and short names in a bracket after it."""
    tokens = [token for token in text.tokens[company.first : company.last] if token not in {".", ","}]
    if not tokens:  # the user's list has a punctuation mark as a name
        return []
    low = tokens[0].lower()
    forms = []
    common = low in lexicon.words or low in lexicon.places or low in lexicon.demonyms or low in lexicon.first_names
    if len(tokens) > 1 and len(low) >= _SHORTEST and not common:
        forms.append(tokens[0])
    inside = _bracket(text, company.last)
    if len(inside) == 1 and is_acronym(inside[0], tokens):
        forms.append(inside[0])
    elif '"' in inside:
        quoted = [token for token in inside if is_name_like(token) and token.lower() not in lexicon.nouns]
        forms += [token for token in quoted if len(token) > 1]
    return forms


def _bracket(text: ArticleText, at: int) -> list[str]:
    """Return the tokens in the bracket that opens at a token, or none."""
    if at >= len(text.tokens) or text.tokens[at] != "(":
        return []
    inside = text.tokens[at + 1 : at + _BRACKET]
    return inside[: inside.index(")")] if ")" in inside else []
