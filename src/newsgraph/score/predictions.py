"""Predictions: what newsgraph found in one text, as `score` compares it; from a built graph, or from the facts of an article."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsgraph.core.acceptance import is_accepted
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import Facts, Kind
from newsgraph.score.event_pairs import OFF, of_rows, pairs_of, party_names
from newsgraph.score.gold_records import OTHER
from newsgraph.score.party_names import Party, key, party


@dataclass(frozen=True, slots=True)
class PredictedCompany:
    """A company found in one text: its canonical name, its name and surfaces there as keys, and its IRI in a graph."""

    name: str
    names: Party
    iri: str = ""


@dataclass(frozen=True, slots=True)
class PredictedEvent:
    """An event found in one text; an empty party or currency means that there is none."""

    type: str
    subject: Party
    object: Party
    line: str
    amount: float | None = None
    currency: str = ""

    @property
    def parties(self) -> tuple[Party, ...]:
        """The parties that are named."""
        return tuple(side for side in (self.subject, self.object) if side)


@dataclass(frozen=True, slots=True)
class PredictedSpan:
    """One mention of a company: a span of the text (code points), all its names as keys, and its confidence.

    A mention that is not `accepted` was read, but is too weak to count.
    """

    start: int
    end: int
    text: str
    names: Party
    confidence: float
    accepted: bool = True


@dataclass(frozen=True, slots=True)
class Predictions:
    """Everything found in one text. In a graph, the text has an article and a story, which are IRIs."""

    companies: tuple[PredictedCompany, ...] = ()
    events: tuple[PredictedEvent, ...] = ()
    mentions: tuple[PredictedSpan, ...] = ()
    article: str = ""
    story: str = ""


def predictions_of_graph(graph: GraphTables, records: Sequence[Mapping[str, Any]]) -> list[Predictions | None]:
    """Return what a graph holds about the text of each record; None if the graph does not hold that very text."""
    columns = ("iri", "source", "part", "title", "excerpt", "story")
    chosen = {row["iri"]: row for row in graph["articles"].select(columns).iter_rows(named=True)}
    articles = [_article_of(chosen, rows) for rows in _with_places(graph, records)]
    wanted = frozenset(iri for iri in articles if iri)
    companies, names = _graph_companies(graph, wanted)
    events = _graph_events(graph, wanted, names)
    mentions = _graph_mentions(graph, wanted, names)
    return [
        Predictions(tuple(companies[iri]), tuple(events[iri]), tuple(mentions[iri]), iri, chosen[iri]["story"] or "") if iri else None
        for iri in articles
    ]


def predictions_of_facts(facts: Facts, accept: float) -> Predictions:
    """Return what was read in one article; company mentions below the confidence `accept` do not count.

    Neither do reports of which a build makes no event. Names that the article itself says are one company are one company, as after resolving.
    """
    least = {Kind.COMPANY: accept, Kind.ORGANISATION: 0.0}
    same = {key(naming.name): key(naming.same_as) for naming in facts.namings}
    label: dict[str, str] = {}
    surfaces: dict[str, set[str]] = defaultdict(set)
    group: dict[str, str] = {}
    for mention in facts.mentions:
        if mention.confidence < least.get(mention.kind, math.inf):
            continue
        own = key(mention.known or mention.name)
        head = same.get(own, own)
        name = f"{mention.kind}:{head}"
        group.setdefault(mention.name, name)
        if name not in label or own == head:
            label[name] = mention.known or mention.name
        surfaces[name] |= party([mention.known, mention.name, mention.text])
    companies = tuple(PredictedCompany(label[name], frozenset(surfaces[name])) for name in label if name.startswith(f"{Kind.COMPANY}:"))
    events = _merged(_facts_events(facts, {name: frozenset(surfaces[at]) for name, at in group.items()}))
    return Predictions(companies, tuple(events), tuple(_facts_mentions(facts, accept)))


def _facts_mentions(facts: Facts, accept: float) -> Iterator[PredictedSpan]:
    for mention in facts.mentions:
        if mention.kind == Kind.COMPANY:
            names = party([mention.known, mention.name, mention.text])
            yield PredictedSpan(mention.start, mention.end, mention.text, names, mention.confidence, mention.confidence >= accept)


def _facts_events(facts: Facts, names: Mapping[str, Party]) -> Iterator[PredictedEvent]:
    for report in facts.reports:
        fillers = party_names(report)
        if not is_accepted(report) or any(name not in names for _, name in fillers):
            continue
        for type_name, subject, target, with_amount in pairs_of(report.type, fillers):
            sides = [names[str(side)] if side else frozenset[str]() for side in (subject, target)]
            money = report.money if with_amount else None
            yield _event(
                (type_name, report.status.value, str(subject) if subject else None, str(target) if target else None),
                (sides[0], sides[1]),
                (money.amount, money.currency) if money else (None, None),
            )


def _merged(events: Iterable[PredictedEvent]) -> list[PredictedEvent]:
    """Merge the events of several sentences of one text that report the same, as resolving does."""
    merged: list[PredictedEvent] = []
    for event in events:
        at = next((n for n, other in enumerate(merged) if _is_same(event, other)), None)
        if at is None:
            merged.append(event)
        elif merged[at].amount is None:
            merged[at] = event
    return merged


def _is_same(one: PredictedEvent, other: PredictedEvent) -> bool:
    amounts = {one.amount, other.amount} - {None}
    return (one.type, one.subject, one.object) == (other.type, other.subject, other.object) and len(amounts) < len((one, other))


def _event(
    words: tuple[str, str, str | None, str | None], parties: tuple[Party, Party], money: tuple[float | None, str | None],
) -> PredictedEvent:  # fmt: skip
    """Return an event from its type, status, subject and object, its parties as keys, and its amount and currency."""
    type_name, status, subject, target = words
    name = OTHER if status in OFF else type_name
    return PredictedEvent(name, *parties, f"{name}({subject or '-'}, {target or '-'})", money[0], money[1] or "")


def _with_places(graph: GraphTables, records: Sequence[Mapping[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield for each record the rows of table `versions` that may hold its text: their source ends with the name of the document."""
    places: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in graph["versions"].iter_rows(named=True):
        places[row["source"].rpartition("/")[2], row["part"]].append(row)
    for record in records:
        rows = places[record["doc"].rpartition("/")[2], record["part"]]
        yield [row for row in rows if f"/{row['source']}".endswith(f"/{record['doc']}")]


def _article_of(chosen: Mapping[str, Mapping[str, Any]], rows: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the article whose facts were read from one of these texts."""
    for row in rows:
        article = chosen.get(row["article"])
        if article and (_place(article) == _place(row) or _words(article) == _words(row)):
            return str(row["article"])
    return None


def _place(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["source"], row["part"]


def _words(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["title"], row["excerpt"] or ""


def _graph_companies(graph: GraphTables, wanted: frozenset[str]) -> tuple[dict[str, list[PredictedCompany]], dict[tuple[str, str], Party]]:
    labels = {iri: name for table in ("companies", "organisations") for iri, name in graph[table].select("iri", "name").iter_rows()}
    own = frozenset(graph["companies"]["iri"].to_list())
    surfaces: dict[tuple[str, str], list[str]] = defaultdict(list)
    others = graph["other_mentions"].select("article", "entity", "text").iter_rows()
    for article, entity, text in (*graph["mentions"].select("article", "company", "text").iter_rows(), *others):
        if article in wanted and entity in labels:
            surfaces[article, entity].append(text)
    names = {(article, entity): party([labels[entity], *texts]) for (article, entity), texts in surfaces.items()}
    companies: dict[str, list[PredictedCompany]] = defaultdict(list)
    for (article, entity), keys in names.items():
        if entity in own:
            companies[article].append(PredictedCompany(labels[entity], keys, entity))
    return companies, names


def _graph_mentions(graph: GraphTables, wanted: frozenset[str], names: Mapping[tuple[str, str], Party]) -> dict[str, list[PredictedSpan]]:
    mentions: dict[str, list[PredictedSpan]] = defaultdict(list)
    columns = ("article", "company", "start", "end", "text", "confidence")
    for article, company, start, end, text, confidence in graph["mentions"].select(columns).iter_rows():
        if article in wanted and start is not None and confidence is not None:
            mentions[article].append(PredictedSpan(start, end, text, names.get((article, company), party([text])), confidence))
    return mentions


def _graph_events(graph: GraphTables, wanted: frozenset[str], names: Mapping[tuple[str, str], Party]) -> dict[str, list[PredictedEvent]]:
    events: dict[str, dict[object, PredictedEvent]] = defaultdict(dict)
    fillers: dict[tuple[object, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in graph["report_roles"].iter_rows(named=True):
        fillers[row["article"], row["event"], row["start"], row["end"]].append(row)
    for row in graph["reports"].iter_rows(named=True):
        article = row["article"]
        if article not in wanted:
            continue
        parties = of_rows(fillers[article, row["event"], row["start"], row["end"]])
        for type_name, *sides, with_amount in pairs_of(row["type"], parties):
            named = [(side[0], side[1]) if isinstance(side, tuple) else (None, None) for side in sides]
            keys = [party([name]) | names.get((article, iri or ""), frozenset()) if name else frozenset[str]() for name, iri in named]
            money = (row["amount"], row["currency"]) if with_amount else (None, None)
            event = _event((type_name, row["status"], named[0][0], named[1][0]), (keys[0], keys[1]), money)
            place = row["event"], type_name, named[0][0], named[1][0]
            if place not in events[article] or events[article][place].amount is None:
                events[article][place] = event
    return defaultdict(list, {article: list(rows.values()) for article, rows in events.items()})
