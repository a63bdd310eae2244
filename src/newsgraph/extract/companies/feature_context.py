"""What the features of one article's company candidates depend on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsgraph.core.lexicon import Lexicon
from newsgraph.extract.companies.recognizer_features import RecognizerFeatures
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.context_words import ContextWords


@dataclass(frozen=True, slots=True)
class FeatureContext:
    """One article as its company candidates are weighed: text, lists, and what is known of its tokens.

    `kinds[i]` are the bits of token i (see `word_kinds`), `listed` the tokens within listed company names, `counts` how often each word
    occurs, in lower case like `provider` and `topics`.
    """

    text: ArticleText
    lexicon: Lexicon
    words: ContextWords
    kinds: Sequence[int]
    listed: frozenset[int]
    counts: Mapping[str, int]
    provider: str
    topics: frozenset[str]
    recognized: RecognizerFeatures
