"""What the signs of one article look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsgraph.core.lexicon import Lexicon
from newsgraph.extract.companies.recognizer_features import RecognizerFeatures
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.context_words import ContextWords


@dataclass(frozen=True, slots=True)
class FeatureContext:
    """What the signs of one article look at: its text, lists, and what other candidates show."""

    text: ArticleText
    lexicon: Lexicon
    words: ContextWords
    kinds: Sequence[int]
    listed: frozenset[int]
    running: Mapping[str, int]
    provider: str
    topics: frozenset[str]
    hints: RecognizerFeatures
