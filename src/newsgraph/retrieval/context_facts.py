"""Facts that sentences state, and the values about which their articles disagree."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from newsgraph.core.vocabulary import EVENT_TYPES, ROLES
from newsgraph.retrieval.candidate_lists import Scope
from newsgraph.retrieval.sentence_index import SentenceIndex

_DISPUTED = "disputed"
_MOST_ARTICLES = 5  # that are listed for a value


@dataclass(frozen=True, slots=True)
class ContextFact:
    """An event, or a relation that lasts, as sentences state it; `sentences` are their numbers in the context.

    `event` is the IRI of the event, empty for a relation; `kind` its type or `relation`. `amount` is in full units of `currency`. `roles`
    pairs roles with names. `articles`, `outlets` and `origins` count what reports it.
    """

    event: str
    kind: str
    text: str
    status: str
    when: str
    amount: float | None
    currency: str
    roles: tuple[tuple[str, str], ...]
    articles: int
    outlets: int
    origins: int
    sentences: tuple[int, ...] = ()

    def citing(self, numbers: Mapping[int, int]) -> ContextFact:
        """Return the fact with the numbers of its sentences, which were keys of the index."""
        return replace(self, sentences=tuple(sorted({numbers[sentence] for sentence in self.sentences if sentence in numbers})))


@dataclass(frozen=True, slots=True)
class ReportedValue:
    """A value that articles report; `relation` is that of the table `ledger`; `urls` are addresses of some articles, or IRIs."""

    value: str
    relation: str
    articles: int
    origins: int
    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A field of an event (amount, date, roles, status) for which articles report different values; the graph's own value comes first."""

    event: str
    text: str
    field: str
    values: tuple[ReportedValue, ...]


def facts_of(index: SentenceIndex, sentences: Sequence[int], scope: Scope) -> dict[int, dict[str, ContextFact]]:
    """Return the facts of sentences, by sentence and by what identifies a fact.

    Within a scope that ends on a day, a fact has the values of the last report by then, and counts only what was published.
    """
    facts: dict[int, dict[str, ContextFact]] = defaultdict(dict)
    marks = ",".join("?" * len(sentences))
    pairs = index.rows(f"SELECT DISTINCT event, sentence FROM report WHERE sentence IN ({marks}) ORDER BY event, sentence", sentences)  # noqa: S608 - marks
    stating: dict[str, list[int]] = defaultdict(list)
    for event, sentence in pairs:
        stating[event].append(sentence)
    for event, places in stating.items():
        fact = replace(_event(index, event, scope), sentences=tuple(places))
        for sentence in places:
            facts[sentence][event] = fact
    relations = index.rows(
        f"SELECT sentence, subject, predicate, object, time FROM relation WHERE sentence IN ({marks}) ORDER BY sentence, subject, predicate, object",  # noqa: S608 - marks
        sentences,
    )
    for sentence, subject, predicate, other, time in relations:
        text = f"{subject} {predicate} {other}".strip()
        known = facts[sentence].get(text)
        facts[sentence][text] = known or ContextFact("", "relation", text, "", time, None, "", (), 1, 1, 1, (sentence,))
    return facts


def _event(index: SentenceIndex, iri: str, scope: Scope) -> ContextFact:
    ((kind, label, status, time, amount, currency, *counts),) = index.rows(
        "SELECT type, label, status, time, amount, currency, articles, outlets, origins FROM event WHERE iri = ?", (iri,)
    )
    roles = [(_role(role), name) for role, name in index.rows("SELECT role, name FROM role WHERE event = ? ORDER BY role, name", (iri,))]
    if not scope.day:
        return ContextFact(iri, kind, label, status or "", time or "", amount, currency or "", tuple(roles), *_three(counts))
    return _event_by_then(index, iri, kind, scope.day)


def _event_by_then(index: SentenceIndex, iri: str, kind: str, day: str) -> ContextFact:
    reports = index.rows(
        "SELECT report.status, report.time, report.amount, report.currency, article.id, article.provider, article.origin FROM report"
        " JOIN article ON article.id = report.article WHERE report.event = ? AND article.day <> '' AND article.day <= ?"
        " ORDER BY article.published, article.iri, report.sentence",
        (iri, day),
    )
    roles = index.rows(
        "SELECT DISTINCT role.role, thing.label FROM role JOIN thing ON thing.id = role.thing JOIN mention ON mention.thing = role.thing"
        " JOIN sentence ON sentence.id = mention.sentence JOIN report ON report.article = sentence.article AND report.event = role.event"
        " WHERE role.event = ? AND sentence.day <> '' AND sentence.day <= ? ORDER BY role.role, thing.label",
        (iri, day),
    )

    def last(column: int) -> Any:  # noqa: ANN401 - as SQLite has it
        return next((report[column] for report in reversed(reports) if report[column]), None)

    parties = tuple((_role(role), name) for role, name in roles)
    text = f"{EVENT_TYPES[kind].label}: {', '.join(dict.fromkeys(name for _, name in parties))}"
    counts = [len({report[column] for report in reports}) for column in (4, 5, 6)]
    return ContextFact(iri, kind, text, last(0) or "", last(1) or "", last(2), last(3) or "", parties, *_three(counts))


def _three(counts: Sequence[int | None]) -> tuple[int, int, int]:
    articles, outlets, origins = (count or 0 for count in counts)
    return articles, outlets, origins


def _role(name: str) -> str:
    return ROLES[name].label if name in ROLES else name


def disagreements_of(index: SentenceIndex, facts: Sequence[ContextFact], scope: Scope) -> tuple[Disagreement, ...]:
    """Return what articles in a scope disagree about, for the events among some facts."""
    found = []
    for fact in facts:
        if not fact.event:
            continue
        fields: dict[str, list[ReportedValue]] = defaultdict(list)
        rows = index.rows("SELECT field, value, relation, articles FROM value WHERE event = ? ORDER BY rowid", (fact.event,))
        for field, value, relation, articles in rows:
            reported = _reported(index, value, relation, json.loads(articles), scope)
            if reported is not None:
                fields[field].append(reported)
        for field, values in fields.items():
            if len(values) > 1 and any(value.relation == _DISPUTED for value in values):
                ordered = sorted(values, key=lambda value: (value.relation == _DISPUTED, -value.origins, value.value))
                found.append(Disagreement(fact.event, fact.text, field, tuple(ordered)))
    return tuple(found)


def _reported(index: SentenceIndex, value: str, relation: str, articles: Sequence[int], scope: Scope) -> ReportedValue | None:
    """Return a value with the articles that report it within a scope; None if none of them does."""
    rows = index.rows(
        f"SELECT coalesce(nullif(url, ''), iri), origin FROM article WHERE id IN ({','.join('?' * len(articles))})"  # noqa: S608 - marks
        " AND (? = '' OR (day <> '' AND day <= ?)) ORDER BY published, iri",
        [*articles, scope.day, scope.day],
    )
    if articles and not rows:
        return None
    return ReportedValue(value, relation, len(rows), len({origin for _, origin in rows}), tuple(url for url, _ in rows[:_MOST_ARTICLES]))
