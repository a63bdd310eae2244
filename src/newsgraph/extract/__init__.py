"""The facts that an article states: companies and other names, events with their amounts and days, who works where.

Extractors find names by rules, by the tagger or by sources of others; rules find everything else. All have the same signature.
"""

from __future__ import annotations

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import ACCEPTED, Article, Facts
from newsgraph.extract.extractors import Extractor, default_extractor, open_extractor

__all__ = ["ACCEPTED", "Extractor", "default_extractor", "extract", "open_extractor"]


def extract(article: Article, lexicon: Lexicon, extractor: str = "rules") -> Facts:
    """Return the facts of one article, read by the extractor of that name. Raises what `open_extractor` raises."""
    return next(open_extractor(extractor).read([article], lexicon))
