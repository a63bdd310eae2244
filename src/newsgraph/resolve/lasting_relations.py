"""Relations that last, as articles state them and merged over all articles: owners, subsidiaries, suppliers, competitors, brands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from newsgraph.core.model import Kind
from newsgraph.core.vocabulary import EDGE_KINDS
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.corroboration import Counts, Witnesses, combined_confidence
from newsgraph.resolve.mention_lookup import MentionLookup

FAMILY = 0.6  # the least confidence in a subsidiary for its deals to be those of its parent too


@dataclass(frozen=True, slots=True)
class StatedRelation:
    """A relation as one article states it; `iri` is that of the merged relation, `subject` and `object` are nodes (IRI).

    The rest is that of `model.Relation`.
    """

    article: ArticleNode
    iri: str
    kind: str
    subject: str
    object: str
    percent: float | None
    since: str
    until: str
    start: int
    end: int
    rule: str
    confidence: float

    def row(self) -> dict[str, Any]:
        """Return the relation as a row of the table `lasting_relations`."""
        return {
            "article": self.article.iri, "relation": self.iri, "kind": self.kind, "subject": self.subject, "object": self.object,
            "percent": self.percent, "since": self.since or None, "until": self.until or None, "start": self.start, "end": self.end,
            "rule": self.rule, "confidence": self.confidence, "extractor": self.article.chosen.facts.extractor,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class MergedRelation:
    """A relation as all articles together state it: share and times are those that the latest article with such a value states."""

    iri: str
    kind: str
    subject: str
    object: str
    percent: float | None
    since: str
    until: str
    rule: str
    confidence: float
    counts: Counts
    first: datetime | None

    def row(self) -> dict[str, Any]:
        """Return the relation as a row of the table `merged_relations`."""
        return {
            "iri": self.iri, "kind": self.kind, "subject": self.subject, "object": self.object, "percent": self.percent,
            "since": self.since or None, "until": self.until or None, "rule": self.rule, "confidence": self.confidence, "first": self.first,
        } | self.counts.row()  # fmt: skip


def resolve_relations(articles: Iterable[ArticleNode], lookup: MentionLookup, base: str) -> Iterator[StatedRelation]:
    """Yield the relations whose two sides are different nodes; of a relation without direction, the smaller IRI is its subject.

    `base` is what every IRI begins with.
    """
    for article in articles:
        for relation in article.chosen.facts.relations:
            subject, other = (_node(article.iri, name, lookup) for name in (relation.subject, relation.object))
            if subject is None or other is None or subject == other:
                continue
            if EDGE_KINDS[relation.kind].symmetric and other < subject:
                subject, other = other, subject
            iri = f"{base}relation/{relation.kind}/{subject.removeprefix(base)}/{other.removeprefix(base)}"
            yield StatedRelation(
                article, iri, relation.kind, subject, other, relation.percent, relation.since, relation.until, relation.start, relation.end,
                relation.rule, relation.confidence,
            )  # fmt: skip


def _node(article: str, name: str, lookup: MentionLookup) -> str | None:
    return lookup.party_in(article, name) or lookup.entity(Kind.PRODUCT, name)


def merge_relations(stated: Iterable[StatedRelation], witnesses: Witnesses) -> list[MergedRelation]:
    """Merge the relations of one kind between the same two nodes, and sort them by IRI."""
    groups: dict[str, list[StatedRelation]] = defaultdict(list)
    for relation in stated:
        groups[relation.iri].append(relation)
    return [_merged(sorted(groups[iri], key=_by_time), witnesses) for iri in sorted(groups)]


def _by_time(relation: StatedRelation) -> tuple[object, ...]:
    return (*relation.article.order, relation.start, relation.end, relation.rule)


def _merged(group: Sequence[StatedRelation], witnesses: Witnesses) -> MergedRelation:
    by_article: dict[str, float] = {}
    for relation in group:
        by_article[relation.article.iri] = max(by_article.get(relation.article.iri, 0.0), relation.confidence)
    best = max(group, key=lambda relation: (relation.confidence, relation.rule))
    last = group[-1]
    times = [relation.article.published for relation in group if relation.article.published]
    return MergedRelation(
        last.iri,
        last.kind,
        last.subject,
        last.object,
        next((relation.percent for relation in reversed(group) if relation.percent is not None), None),
        next((relation.since for relation in reversed(group) if relation.since), ""),
        last.until,
        best.rule,
        combined_confidence(by_article.values()),
        witnesses.count(by_article.keys()),
        min(times, default=None),
    )


def parents_of(merged: Iterable[MergedRelation], listed: Mapping[str, str]) -> dict[str, str]:
    """Map companies to the companies that they belong to (IRIs): by the list, else by the surest relation that still holds."""
    stated = [relation for relation in merged if relation.kind == "subsidiary_of" and not relation.until and relation.confidence >= FAMILY]
    ordered = sorted(stated, key=lambda relation: (relation.confidence, relation.counts, relation.object))
    return {relation.subject: relation.object for relation in ordered} | dict(listed)
