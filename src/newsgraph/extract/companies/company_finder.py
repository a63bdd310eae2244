"""Find the companies of a text: weigh candidates, keep the best that do not overlap, carry names over to their short forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from newsgraph.core.company_names import name_key, strip_legal_form
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import ACCEPTED, Article, Kind, Naming
from newsgraph.extract.companies.feature_context import FeatureContext
from newsgraph.extract.companies.mention_evidence import FeatureWeights, mention_confidence, mention_features, strongest_feature
from newsgraph.extract.companies.name_spans import NameSpan, find_name_spans
from newsgraph.extract.companies.recognizer_features import NO_RECOGNIZER_FEATURES, RecognizerFeatures, recognized_spans
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.context_words import ContextWords
from newsgraph.extract.text.listed_phrases import PhraseHit
from newsgraph.extract.text.word_kinds import is_name_like, word_kinds

WEAK = 0.2  # kept as a weak candidate: the corpus may prove it
_LISTED = 0.99  # the user says so
_SHORTEST = 4  # letters; shorter first words are rarely names
_BRACKET = 12  # tokens that a bracket with short names may hold
_CARRIED = 0.9  # a short form or an acronym is as sure as its full name, a little less


class CompanySpan(NamedTuple):
    """A company at tokens `first` to `last` (excluded): its name in this article and how it was found."""

    first: int
    last: int
    name: str
    known: str
    rule: str
    confidence: float


def feature_context(
    article: Article,
    text: ArticleText,
    hits: Sequence[PhraseHit],
    lexicon: Lexicon,
    context: ContextWords,
    hints: RecognizerFeatures = NO_RECOGNIZER_FEATURES,
) -> FeatureContext:
    """Collect what the signs of an article look at."""
    listed = {at for hit in hits if hit.phrase.kind is Kind.COMPANY and hit.plain for at in range(hit.first, hit.last)}
    provider = article.provider.name.lower() if article.provider else ""
    kinds = word_kinds(lexicon, context)
    return FeatureContext(
        text,
        lexicon,
        context,
        list(map(kinds.__getitem__, text.tokens)),
        frozenset(listed),
        Counter(text.lower),
        provider,
        frozenset(topic.lower() for topic in article.topics),
        hints,
    )


def find_companies(
    setting: FeatureContext, hits: list[PhraseHit], weights: FeatureWeights, products: AbstractSet[int], least: float = ACCEPTED,
) -> tuple[list[CompanySpan], list[Naming]]:  # fmt: skip
    """Give the company mentions of a text in text order, and which names the text says are one.

    Tokens in `products` name products: no company is found there. Names less sure than `least` are only weak candidates.
    """
    text, lexicon = setting.text, setting.lexicon
    weighed = []
    hinted = recognized_spans(text, setting.hints)
    for candidate in find_name_spans(text, hits, lexicon, setting.kinds, hinted):
        if (lexicon.ignored and _ignored(candidate, setting)) or (
            products and not products.isdisjoint(range(candidate.first, candidate.last))
        ):
            continue
        if candidate.hit and candidate.hit.phrase.user:
            weighed.append((max(_LISTED, least), "user_list", candidate))  # a user's list stands at any threshold
            continue
        signs = mention_features(candidate, setting)
        confidence = mention_confidence(signs, weights)
        if confidence >= min(WEAK, least):
            weighed.append((round(confidence, 2), strongest_feature(signs, weights), candidate))
    weighed = _agreed(weighed, text, least)
    found = _fullest([_found(candidate, rule, confidence, text) for confidence, rule, candidate in _best(weighed)], least)
    taken = {at for one in found for at in range(one.first, one.last)}
    carried, namings = _carry(text, found, taken, lexicon, least)
    return sorted((*found, *carried), key=lambda one: one.first), namings


def _agreed(weighed: list[tuple[float, str, NameSpan]], text: ArticleText, least: float) -> list[tuple[float, str, NameSpan]]:
    """Let a name that is sure in one place of the text be nearly as sure in all its others, with or without its legal form."""
    sure: dict[str, float] = {}
    names = [text.words(candidate.first, candidate.core) for _, _, candidate in weighed]
    for name, (confidence, _, _) in zip(names, weighed, strict=True):
        if confidence >= least:
            sure[name] = max(sure.get(name, 0.0), confidence)
    raised = []
    for name, item in zip(names, weighed, strict=True):
        best = round(sure[name] * _CARRIED, 2) if name in sure else 0.0
        raised.append((best, "same_name", item[2]) if best > item[0] else item)
    return raised


def _ignored(candidate: NameSpan, setting: FeatureContext) -> bool:
    name = setting.text.words(candidate.first, candidate.core)
    return name.lower() in setting.lexicon.ignored or name_key(name) in setting.lexicon.ignored


def _best(weighed: list[tuple[float, str, NameSpan]]) -> list[tuple[float, str, NameSpan]]:
    """Keep the surest candidates that do not overlap; of equally sure ones the longer."""
    taken: set[int] = set()
    kept = []
    for item in sorted(weighed, key=lambda item: (-item[0], item[2].first - item[2].last, item[2].first)):
        places = range(item[2].first, item[2].last)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(item)
    return kept


def _found(candidate: NameSpan, rule: str, confidence: float, text: ArticleText) -> CompanySpan:
    known = candidate.hit.phrase.name if candidate.hit else ""
    name = strip_legal_form(text.words(candidate.first, candidate.core))
    return CompanySpan(candidate.first, candidate.last, known or name, known, rule, confidence)


def _fullest(found: list[CompanySpan], least: float) -> list[CompanySpan]:
    """Call a company by the fullest form of its name that the article gives: "Lotus Ledger" where "Lotus Ledger Technologies" stands too."""
    full = {one.name.lower(): one.name for one in found if not one.known and one.confidence >= least}
    longer: dict[str, str] = {}
    for short in full:
        longer[short] = max((name for low, name in full.items() if low == short or low.startswith(f"{short} ")), key=len)
    return [
        one._replace(name=longer[low]) if not one.known and longer.get(low := one.name.lower(), one.name) != one.name else one
        for one in found
    ]


def _carry(
    text: ArticleText, found: list[CompanySpan], taken: set[int], lexicon: Lexicon, least: float
) -> tuple[list[CompanySpan], list[Naming]]:
    """Find short forms ("OneSoft" for "OneSoft Solutions") and bracketed acronyms of accepted names."""
    carried: list[CompanySpan] = []
    namings: list[Naming] = []
    shorts: dict[str, CompanySpan] = {}
    for one in found:
        if one.confidence < least:
            continue
        for short in _short_forms(text, one, lexicon):
            shorts.setdefault(short, one)
    spots = [at for at, token in enumerate(text.tokens) if token in shorts and at not in taken and is_name_like(token)] if shorts else []
    for at in spots:
        full, sentence = shorts[text.tokens[at]], text.sentence_of(at)
        before = (
            at > sentence.first
            and at - 1 not in taken
            and text.tokens[at - 1][0].isupper()
            and not sentence.titled
            and at - 1 > sentence.first
        )
        if before or (at + 1 < sentence.last and text.tokens[at + 1][0].isupper() and at + 1 not in taken and not sentence.titled):
            continue
        carried.append(CompanySpan(at, at + 1, full.name, full.known, "short_form", round(full.confidence * _CARRIED, 2)))
        taken.add(at)
    names = {one.name for one in found if one.confidence >= least}
    for short, full in sorted(shorts.items()):
        if short in names and short != full.name:
            namings.append(Naming(short, full.name, "short_form"))
    return carried, namings


def _short_forms(text: ArticleText, one: CompanySpan, lexicon: Lexicon) -> list[str]:
    """Give the words a name may be repeated by: its first word where that is a name of its own, its acronym in brackets."""
    tokens = [token for token in text.tokens[one.first : one.last] if token not in {".", ","}]
    if not tokens:  # somebody lists a mark as a name
        return []
    low = tokens[0].lower()
    forms = []
    common = low in lexicon.words or low in lexicon.places or low in lexicon.demonyms or low in lexicon.first_names
    if len(tokens) > 1 and len(low) >= _SHORTEST and not common:
        forms.append(tokens[0])
    inside = _bracket(text, one.last)
    if len(inside) == 1 and inside[0].isupper() and _is_acronym(inside[0], tokens):
        forms.append(inside[0])
    elif '"' in inside:
        quoted = [token for token in inside if is_name_like(token) and token.lower() not in lexicon.nouns]
        forms += [token for token in quoted if len(token) > 1]
    return forms


def _bracket(text: ArticleText, at: int) -> list[str]:
    if at >= len(text.tokens) or text.tokens[at] != "(":
        return []
    inside = text.tokens[at + 1 : at + _BRACKET]
    return inside[: inside.index(")")] if ")" in inside else []


def _is_acronym(short: str, tokens: list[str]) -> bool:
    """Tell whether a word is made of first letters of a name's words: AWS of Amazon Web Services, IHG of InterContinental Hotels Group."""
    initials = "".join(c for token in tokens for c in (token[0], *token[1:]) if c.isupper())
    return len(short) > 1 and short[0] == initials[:1] and (short in initials or initials in short)
