"""Decide pairs of company names, same or different, as a build does, and count what is right.

Each pair of `tests/cases/company_pairs.jsonl` is two articles; both are read and resolved together. A name that reading does
not find as a company is put in by hand, so that resolving alone is measured. Nothing here prints a pair.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from newsgraph.core.canonical_url import article_key
from newsgraph.core.company_names import strip_legal_form
from newsgraph.core.graph_tables import frame
from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Article, Description, Facts, Kind, Mention, Provider
from newsgraph.extract import open_extractor
from newsgraph.extract.companies.company_finder import CompanySpan
from newsgraph.extract.companies.descriptions import find_descriptions
from newsgraph.extract.text.article_text import read_text
from newsgraph.resolve import ExtractedArticle, resolve

PAIRS = Path(__file__).parent.parent / "tests" / "cases" / "company_pairs.jsonl"
_DAY = datetime(2024, 3, 4, 9, tzinfo=UTC)
_BASE = "https://pairs.example/"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of one pair, and whether both names were found by reading."""

    pair: Mapping[str, Any]
    same: bool
    found: bool
    names: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether the pair is decided as it is labelled."""
        return self.same == bool(self.pair["same"])


def read_pairs() -> list[Mapping[str, Any]]:
    """Give all pairs."""
    return [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]


def verdicts(pairs: Sequence[Mapping[str, Any]], extractor: str) -> Iterator[Verdict]:
    """Decide pairs, each in a corpus of its own two articles."""
    lexicon, reader = load_lexicon(), open_extractor(extractor)
    articles = [_article(pair, side, number) for pair in pairs for number, side in enumerate("ab")]
    facts = list(reader.read(articles, lexicon))
    for at, pair in enumerate(pairs):
        sides = [
            _with_name(*one) for one in zip(articles[2 * at : 2 * at + 2], facts[2 * at : 2 * at + 2], [pair["a"], pair["b"]], strict=True)
        ]
        readings = [ExtractedArticle(article, one) for article, (one, _, _) in zip(articles[2 * at : 2 * at + 2], sides, strict=True)]
        rows = {
            name: frame(name, table).to_dicts()
            for name, table in resolve(readings, lexicon, _BASE)
            if name in {"articles", "mentions", "companies"}
        }
        named = {str(row["iri"]): str(row["name"]) for row in rows["companies"]}
        iris = {str(row["source"]): str(row["iri"]) for row in rows["articles"]}
        nodes = [
            {str(row["company"]) for row in rows["mentions"] if row["article"] == iris[side] and _covers(row, span)}
            for side, (_, span, _) in zip("ab", sides, strict=True)
        ]
        yield Verdict(
            pair,
            bool(nodes[0] & nodes[1]),
            all(found for _, _, found in sides),
            tuple(named[iri] for found in nodes for iri in sorted(found)),
        )


def _covers(row: Mapping[str, object], span: tuple[int, int]) -> bool:
    return int(str(row["start"])) < span[1] and span[0] < int(str(row["end"]))


def _article(pair: Mapping[str, Any], side: str, number: int) -> Article:
    record, link = pair[side], f"https://{side}.example/{pair['id']}"
    key, url, aliases = article_key(None, link, None, None, provider_domain=f"{side}.example", published=_DAY, title=record["title"])
    return Article(
        key, url, record["title"], record["excerpt"], side, "main", published=_DAY + timedelta(days=11 * number),
        provider=Provider(f"Outlet {side.upper()}", f"{side}.example"), aliases=aliases,
    )  # fmt: skip


def _with_name(article: Article, facts: Facts, record: Mapping[str, str]) -> tuple[Facts, tuple[int, int], bool]:
    """Give facts in which the name that is asked for is a company, its place, and whether reading found it."""
    name, text = record["name"], article.text
    start = text.index(name)
    span = (start, start + len(name))
    over = [one for one in facts.mentions if one.kind is Kind.COMPANY and one.start < span[1] and span[0] < one.end]
    if any(one.confidence >= 0.5 for one in over):  # noqa: PLR2004 - the measured default of a build
        return facts, span, True
    mention = Mention(Kind.COMPANY, strip_legal_form(name), *span, name, "by_hand", 0.9)
    kept = tuple(one for one in facts.mentions if one not in over)
    mentions = tuple(sorted((*kept, mention), key=lambda one: (one.start, one.end, one.kind)))
    return replace(facts, mentions=mentions, descriptions=_described(article, mentions)), span, False


def _described(article: Article, mentions: Sequence[Mention]) -> tuple[Description, ...]:
    """Read again what the text says of its companies, now that one more is known."""
    text = read_text(article)
    found = []
    for one in mentions:
        at = [
            number
            for number in range(len(text.tokens))
            if text.span(number, number + 1)[0] < one.end and one.start < text.span(number, number + 1)[1]
        ]
        if one.kind is Kind.COMPANY and at:
            found.append(CompanySpan(at[0], at[-1] + 1, one.name, one.known, one.rule, one.confidence))
    return tuple(find_descriptions(text, found, 0.5))


GROUPS = {"p": "hard", "h": "homonym", "s": "same spelling"}
"""What the pairs of one first letter of an id are."""


def table(found: Iterable[Verdict]) -> list[tuple[str, int, int, int, int]]:
    """Count by kind, and by group ("= hard"): pairs, right, falsely the same, falsely different."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in found:
        for name in (one.pair["kind"], f"= {GROUPS[one.pair['id'][0]]}"):
            counts[name].update(pairs=1, right=one.right, merged=one.same and not one.right, parted=not one.same and not one.right)
    return [(name, row["pairs"], row["right"], row["merged"], row["parted"]) for name, row in sorted(counts.items())]
