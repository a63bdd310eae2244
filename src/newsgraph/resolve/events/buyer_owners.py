"""Which buyers belong to which other company, by the words of an article ("Toyota's Woven Planet") or by a list of companies."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from newsgraph.core.model import Kind
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_nodes import CompanyNode
from newsgraph.resolve.companies.listed_owners import listed_owners
from newsgraph.resolve.events.resolved_reports import ResolvedReport
from newsgraph.resolve.mention_lookup import MentionLookup

_FIRST = "first"
_LONGEST = 80  # characters between two names
# ", the" says that a company belongs to another only before such a word: "Woven Planet, the Toyota subsidiary"
_OWNED = re.compile(r"[ -](?:subsidiary|unit|arm|division|affiliate)\b|-owned\b")


def buyer_owners(reports: Iterable[ResolvedReport], nodes: Iterable[CompanyNode], lookup: MentionLookup) -> dict[str, str]:
    """Map companies (IRIs) to those that they belong to: by the words of articles that report the sale of a part, else by a list."""
    articles = {resolved.article.iri: resolved.article for resolved in reports if resolved.report.part}
    return listed_owners(nodes) | stated_owners(articles.values(), lookup)


def stated_owners(articles: Iterable[ArticleNode], lookup: MentionLookup) -> dict[str, str]:
    """Map companies (IRIs) to those to which articles say that they belong; of several owners to the one stated most often."""
    stated: dict[str, Counter[str]] = defaultdict(Counter)
    for article in articles:
        for owned, owner in _stated_in(article, lookup):
            stated[owned][owner] += 1
    return {owned: min(owners, key=lambda owner: (-owners[owner], owner)) for owned, owners in stated.items()}


def _stated_in(article: ArticleNode, lookup: MentionLookup) -> Iterable[tuple[str, str]]:
    text = article.chosen.article.text
    mentions = sorted(
        (mention for mention in article.chosen.facts.mentions if mention.kind is Kind.COMPANY),
        key=lambda mention: (mention.start, mention.end),
    )
    for one, other in pairwise(mentions):
        if 0 < other.start - one.end <= _LONGEST:
            side = _owner_side(text[one.end : other.start], text[other.end : other.end + _LONGEST])
            first, second = lookup.company_in(article.iri, one.name), lookup.company_in(article.iri, other.name)
            if side and first and second and first != second:
                yield (second, first) if side == _FIRST else (first, second)


def _owner_side(between: str, after: str) -> str:
    """Return which of two names is the owner's by the words between them and after the second, empty if these say nothing."""
    words = between.strip(" ")
    for side, pattern in _cues():
        if pattern.fullmatch(words):
            return side if words != ", the" or _OWNED.match(after) else ""
    return ""


@cache
def _cues() -> Sequence[tuple[str, re.Pattern[str]]]:
    text = (files("newsgraph") / "data" / "ownership_cues.csv").read_text(encoding="utf-8")
    return [(row["owner"], re.compile(row["words"].strip(), re.IGNORECASE)) for row in csv.DictReader(text.splitlines())]
