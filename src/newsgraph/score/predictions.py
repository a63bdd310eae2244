"""What newsgraph found in one text, as `score` compares it: out of a built graph, or straight out of an article's facts."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import Facts, Kind, Status
from newsgraph.score.gold_records import OTHER
from newsgraph.score.party_names import Party, key, party

_UNSURE = frozenset({Status.RUMOURED.value, Status.DENIED.value})


@dataclass(frozen=True, slots=True)
class PredictedCompany:
    """A company as found in one text: canonical name, its name and surfaces there as keys, and its IRI in a graph."""

    name: str
    names: Party
    iri: str = ""


@dataclass(frozen=True, slots=True)
class PredictedEvent:
    """An event as found in one text; an empty party is none, an empty currency is none."""

    type: str
    subject: Party
    object: Party
    line: str
    amount: float | None = None
    currency: str = ""

    @property
    def parties(self) -> tuple[Party, ...]:
        """Give the parties that are named."""
        return tuple(side for side in (self.subject, self.object) if side)


@dataclass(frozen=True, slots=True)
class PredictedSpan:
    """One mention of a company: a span of the text (code points), all its names as keys, and how sure it is.

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
    """Everything found in one text; in a graph the text has an article and a story, which are IRIs."""

    companies: tuple[PredictedCompany, ...] = ()
    told: tuple[PredictedEvent, ...] = ()
    marks: tuple[PredictedSpan, ...] = ()
    article: str = ""
    story: str = ""


def predictions_of_graph(graph: GraphTables, records: Sequence[Mapping[str, Any]]) -> list[Predictions | None]:
    """Give what a graph holds of each record's text; None where the graph has no facts of that very text."""
    columns = ("iri", "source", "part", "title", "excerpt", "story")
    chosen = {row["iri"]: row for row in graph["articles"].select(columns).iter_rows(named=True)}
    articles = [_article_of(chosen, rows) for rows in _with_places(graph, records)]
    wanted = frozenset(iri for iri in articles if iri)
    companies, names = _graph_companies(graph, wanted)
    told = _graph_told(graph, wanted, names)
    marks = _graph_marks(graph, wanted, names)
    return [
        Predictions(tuple(companies[iri]), tuple(told[iri]), tuple(marks[iri]), iri, chosen[iri]["story"] or "") if iri else None
        for iri in articles
    ]


def predictions_of_facts(facts: Facts, accept: float, told: float | None = None) -> Predictions:
    """Give what was read out of one article; company mentions below the confidence `accept` do not count.

    Neither do reports and mentions of organisations below `told`, which is `accept` where it is not given; a build takes all.
    Names that the article itself calls one company are one company, as they are after resolving.
    """
    floor = accept if told is None else told
    least = {Kind.COMPANY: accept, Kind.ORGANISATION: floor}
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
    events = _fold(_facts_told(facts, floor, {name: frozenset(surfaces[at]) for name, at in group.items()}))
    return Predictions(companies, tuple(events), tuple(_facts_marks(facts, accept)))


def _facts_marks(facts: Facts, accept: float) -> Iterator[PredictedSpan]:
    for one in facts.mentions:
        if one.kind == Kind.COMPANY:
            names = party([one.known, one.name, one.text])
            yield PredictedSpan(one.start, one.end, one.text, names, one.confidence, one.confidence >= accept)


def _facts_told(facts: Facts, accept: float, names: Mapping[str, Party]) -> Iterator[PredictedEvent]:
    for report in facts.reports:
        sides = [report.subject, report.object]
        if report.confidence < accept or any(side is not None and side not in names for side in sides):
            continue
        subject, target = (names[side] if side else frozenset[str]() for side in sides)
        money = report.money
        yield _told(
            (report.type, report.status.value, report.subject, report.object),
            (subject, target),
            (money.amount, money.currency) if money else (None, None),
        )


def _fold(told: Iterable[PredictedEvent]) -> list[PredictedEvent]:
    """Let several sentences of one text that tell the same event be one, as they are after resolving."""
    kept: list[PredictedEvent] = []
    for one in told:
        at = next((n for n, other in enumerate(kept) if _is_same(one, other)), None)
        if at is None:
            kept.append(one)
        elif kept[at].amount is None:
            kept[at] = one
    return kept


def _is_same(one: PredictedEvent, other: PredictedEvent) -> bool:
    amounts = {one.amount, other.amount} - {None}
    return (one.type, one.subject, one.object) == (other.type, other.subject, other.object) and len(amounts) < len((one, other))


def _told(
    said: tuple[str, str, str | None, str | None], parties: tuple[Party, Party], money: tuple[float | None, str | None],
) -> PredictedEvent:  # fmt: skip
    type_name, status, subject, target = said
    name = OTHER if status in _UNSURE else type_name
    return PredictedEvent(name, *parties, f"{name}({subject or '-'}, {target or '-'})", money[0], money[1] or "")


def _with_places(graph: GraphTables, records: Sequence[Mapping[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Find the rows of table `versions` that tell a record: its source ends with the document's name."""
    places: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in graph["versions"].iter_rows(named=True):
        places[row["source"].rpartition("/")[2], row["part"]].append(row)
    for record in records:
        rows = places[record["doc"].rpartition("/")[2], record["part"]]
        yield [row for row in rows if f"/{row['source']}".endswith(f"/{record['doc']}")]


def _article_of(chosen: Mapping[str, Mapping[str, Any]], rows: Iterable[Mapping[str, Any]]) -> str | None:
    """Give the article whose facts were read out of one of these very texts."""
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


def _graph_marks(graph: GraphTables, wanted: frozenset[str], names: Mapping[tuple[str, str], Party]) -> dict[str, list[PredictedSpan]]:
    marks: dict[str, list[PredictedSpan]] = defaultdict(list)
    columns = ("article", "company", "start", "end", "text", "confidence")
    for article, company, start, end, text, confidence in graph["mentions"].select(columns).iter_rows():
        if article in wanted and start is not None and confidence is not None:
            marks[article].append(PredictedSpan(start, end, text, names.get((article, company), party([text])), confidence))
    return marks


def _graph_told(graph: GraphTables, wanted: frozenset[str], names: Mapping[tuple[str, str], Party]) -> dict[str, list[PredictedEvent]]:
    told: dict[str, dict[object, PredictedEvent]] = defaultdict(dict)
    for number, row in enumerate(graph["reports"].iter_rows(named=True)):
        article = row["article"]
        if article not in wanted:
            continue
        sides = [party([row[side]]) | names.get((article, row[f"{side}_iri"]), frozenset()) for side in ("subject", "object")]
        one = _told(
            (row["type"], row["status"], row["subject"], row["object"]), (sides[0], sides[1]), (row["amount"], row["currency"]),
        )  # fmt: skip
        place = row["event"] or number
        if place not in told[article] or told[article][place].amount is None:
            told[article][place] = one
    return defaultdict(list, {article: list(rows.values()) for article, rows in told.items()})
