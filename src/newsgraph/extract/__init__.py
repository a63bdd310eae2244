"""From an article to the facts it states; every extractor has the same signature."""

from __future__ import annotations

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import ACCEPTED, Article, Facts
from newsgraph.extract.extractors import Extractor, default_extractor, open_extractor

__all__ = ["ACCEPTED", "Extractor", "default_extractor", "extract", "open_extractor"]


def extract(article: Article, lexicon: Lexicon, extractor: str = "rules") -> Facts:
    """Read one article by the extractor of that name."""
    return next(open_extractor(extractor).read([article], lexicon))
