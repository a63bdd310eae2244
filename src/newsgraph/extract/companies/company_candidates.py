"""The candidates for companies of one text, to be weighed: spans of words with their features and total evidence."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from newsgraph.core.company_names import name_key
from newsgraph.extract.companies.excluded_spans import is_no_company, plain_pairs, surnames_in
from newsgraph.extract.companies.feature_context import FeatureContext
from newsgraph.extract.companies.mention_evidence import FeatureWeights, mention_evidence, mention_features
from newsgraph.extract.companies.name_spans import NameSpan, find_name_spans
from newsgraph.extract.companies.recognizer_features import recognized_spans
from newsgraph.extract.companies.written_out_acronyms import written_out_acronyms
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.listed_phrases import PhraseHit


class CompanyCandidate(NamedTuple):
    """A span that may name a company, its features, and their total weight."""

    span: NameSpan
    features: list[str]
    evidence: float


def company_candidates(
    context: FeatureContext, hits: list[PhraseHit], weights: FeatureWeights, products: AbstractSet[int],
) -> tuple[list[NameSpan], list[CompanyCandidate]]:  # fmt: skip
    """Return the names of a text that are in the user's own list, and the candidates to be weighed, both in text order."""
    text, lexicon = context.text, context.lexicon
    people, plain = surnames_in(context), plain_pairs(context)
    listed: list[NameSpan] = []
    candidates: list[CompanyCandidate] = []
    meant = written_out_acronyms(text)
    for span in find_name_spans(text, hits, lexicon, context.kinds, recognized_spans(text, context.recognized)):
        if meant and span.hit and not span.hit.phrase.user and _means_another(span, text, meant):
            span = span._replace(hit=None)  # noqa: PLW2901 - the list knows another name with these letters
        if (lexicon.ignored and _is_ignored(span, context)) or (products and not products.isdisjoint(range(span.first, span.last))):
            continue
        if span.hit and span.hit.phrase.user:
            listed.append(span)
        elif not is_no_company(span, context, people, plain):
            features = mention_features(span, context)
            candidates.append(CompanyCandidate(span, features, mention_evidence(features, weights)))
    return listed, candidates


def _means_another(span: NameSpan, text: ArticleText, meant: Mapping[str, str]) -> bool:
    """Return whether a listed name is an acronym that the text writes out as something else than the list."""
    written_out = meant.get(text.words(span.first, span.core)) if span.core - span.first == 1 else None
    if written_out is None or span.hit is None:
        return False
    acronym, listed, own = (
        {*name.lower().replace("-", " ").split()} for name in (text.words(span.first, span.core), span.hit.phrase.name, written_out)
    )
    if acronym & listed:  # HSBC Holdings: the list does not say what its own letters mean
        return False
    return len(listed) > 1 and 2 * len(listed & own) < min(len(listed), len(own))


def _is_ignored(span: NameSpan, context: FeatureContext) -> bool:
    name = context.text.words(span.first, span.core)
    return name.lower() in context.lexicon.ignored or name_key(name) in context.lexicon.ignored
