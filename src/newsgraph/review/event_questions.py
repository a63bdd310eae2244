"""Questions about events: those that may not have happened, and amounts on which articles disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product

from newsgraph.core.company_names import name_key
from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.decision import Decision, EventReference, Verb, amount_text
from newsgraph.review.company_descriptions import CompanyWords
from newsgraph.review.review_question import ReviewQuestion, Span

_SURE, _LEAST = 0.85, 0.05  # no question if an event of several origins has this confidence, or if there is less doubt than this
_NEAR = 1.1  # ratio within which decisions match an amount
_PAIR = 2


@dataclass(frozen=True, slots=True)
class _Event:
    type: str
    label: str
    day: date | None
    parties: tuple[tuple[str, str], ...]  # IRI and name
    amounts: tuple[float, ...]
    spans: tuple[Span, ...]

    @property
    def month(self) -> str:
        return self.day.strftime("%Y-%m") if self.day else ""

    @property
    def ask(self) -> str:
        return f"{self.label} ({self.month})" if self.month else self.label


@dataclass(frozen=True)
class _Events:
    """The events of a graph by IRI, and by type and parties; `candidates` maps a folded name to the parties that it may mean."""

    all: Mapping[str, _Event]
    by_parties: Mapping[tuple[str, frozenset[str]], tuple[str, ...]]
    candidates: Mapping[str, frozenset[str]]

    def reference(self, iri: str) -> EventReference | None:
        """Refer to an event so that it alone is matched: by its month, and by an amount if needed; None if that is impossible."""
        event = self.all[iri]
        names = tuple(sorted(name for _, name in event.parties))
        references = [
            EventReference(event.type, names, event.month),
            *(EventReference(event.type, names, event.month, amount) for amount in event.amounts),
        ]
        return next((reference for reference in references if self._matches(reference) == {iri}), None)

    def _matches(self, reference: EventReference) -> set[str]:
        sides = [self.candidates.get(name_key(name), frozenset()) for name in reference.parties]
        iris = {iri for parties in product(*sides) for iri in self.by_parties.get((reference.type, frozenset(parties)), ())}
        return {iri for iri in iris if self._fits(reference, self.all[iri])}

    @staticmethod
    def _fits(reference: EventReference, event: _Event) -> bool:
        wanted = reference.amount
        in_month = not reference.month or reference.month == event.month
        return in_month and (wanted is None or any(max(amount, wanted) <= min(amount, wanted) * _NEAR for amount in event.amounts))


def questions_about_events(graph: GraphTables, words: CompanyWords) -> Iterator[ReviewQuestion]:
    """Ask whether events happened that are doubtful or have only one origin; to say yes needs no decision."""
    events = _events(graph, words)
    columns = ("iri", "confidence", "origins", "articles", "rule")
    for iri, confidence, origins, articles, rule in graph["events"].select(columns).iter_rows():
        doubt = 1 - (confidence or 0.0)
        event = events.all.get(iri)
        if event is None or len(event.parties) != _PAIR or doubt < _LEAST or (confidence >= _SURE and origins > 1):
            continue
        reference = events.reference(iri)
        if reference is not None:
            reject = Decision(Verb.WRONG_EVENT, event=reference)
            note = f"confidence {confidence:.2f}, {origins} independent origin{'' if origins == 1 else 's'}"
            ask = f"{event.ask}: is this correct?"
            yield ReviewQuestion("event", ask, None, reject, round((articles or 1) * doubt, 4), rule or "", note, spans=event.spans)


def questions_about_amounts(graph: GraphTables, words: CompanyWords) -> Iterator[ReviewQuestion]:
    """Ask which amount is right if articles disagree: the main amount can be accepted, or another one chosen."""
    events = _events(graph, words)
    rows: dict[str, list[tuple[str, float, str, int, list[str]]]] = defaultdict(list)
    columns = ("event", "field", "relation", "amount", "currency", "origins", "tellers")
    for event, field, relation, amount, currency, origins, articles in graph["ledger"].select(columns).iter_rows():
        if field == "amount" and relation in {"main", "disputed"} and amount is not None:
            rows[event].append((relation, amount, currency, origins or 0, articles or []))
    for iri, values in sorted(rows.items()):
        reference = events.reference(iri) if iri in events.all else None
        main = next((value for value in values if value[0] == "main"), None)
        rivals = sorted((value for value in values if value[0] == "disputed"), key=lambda value: (-value[3], value[1], value[2]))
        if reference is None or main is None or not rivals:
            continue
        answers = [Decision(Verb.RIGHT_AMOUNT, event=reference, amount=value[1], currency=value[2]) for value in (main, *rivals)]
        articles = {article for value in (main, *rivals) for article in value[4]}
        origins = sum(value[3] for value in rivals)
        doubt = origins / max(origins + main[3], 1)
        others = " and ".join(f"{amount_text(value[1])} {value[2]}" for value in rivals)
        ask = f"{events.all[iri].ask}: is the amount {amount_text(main[1])} {main[2]}? Other articles report {others}."
        spans = _one_span_for_each_amount(graph, iri, events.all[iri].spans)
        yield ReviewQuestion(
            "amount", ask, answers[0], answers[1] if len(answers) == _PAIR else None, round(len(articles) * doubt, 4), "disputed",
            f"{main[3]} independent origins against {origins}", tuple(answers[1:]) if len(answers) > _PAIR else (), spans=spans,
        )  # fmt: skip


def _events(graph: GraphTables, words: CompanyWords) -> _Events:
    """Collect the events that decisions can be about: all except deals, which follow from their parts."""
    parties: dict[str, dict[str, str]] = defaultdict(dict)
    candidates: dict[str, set[str]] = defaultdict(set)
    for key, companies in words.holders.items():
        candidates[key] |= set(companies)
    for event, party, name in graph["event_roles"].select("event", "party", "name").iter_rows():
        parties[event][party] = words.reference(party).name if party in words.names else name
        if party not in words.names and name_key(name) not in words.holders:
            candidates[name_key(name)].add(party)
    amounts: dict[str, set[float]] = defaultdict(set)
    spans: dict[str, dict[str, tuple[float, Span]]] = defaultdict(dict)
    for event, article, start, end, amount, confidence in (
        graph["reports"].select("event", "article", "start", "end", "amount", "confidence").iter_rows()
    ):
        if amount is not None:
            amounts[event].add(amount)
        best = (-(confidence or 0.0), (article, start, end))
        spans[event][article] = min(spans[event].get(article, best), best)
    events = {
        iri: _Event(
            kind, label, day, tuple(sorted(parties[iri].items())), tuple(sorted(amounts[iri])),
            tuple(span for _, span in sorted(spans[iri].values())),
        )
        for iri, kind, label, day in graph["events"].select("iri", "type", "label", "date").iter_rows()
        if kind != "deal"
    }  # fmt: skip
    by_parties: dict[tuple[str, frozenset[str]], list[str]] = defaultdict(list)
    for iri, event in events.items():
        by_parties[event.type, frozenset(party for party, _ in event.parties)].append(iri)
    return _Events(
        events,
        {key: tuple(sorted(iris)) for key, iris in by_parties.items()},
        {key: frozenset(iris) for key, iris in candidates.items()},
    )


def _one_span_for_each_amount(graph: GraphTables, event: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Put one report of each amount first, so that the evidence shows the disagreement."""
    rows = graph["reports"].filter(event=event).select("amount", "article", "start", "end").rows()
    first: dict[float, Span] = {}
    for amount, *span in sorted(row for row in rows if row[0] is not None):
        first.setdefault(amount, (span[0], span[1], span[2]))
    return tuple(dict.fromkeys((*first.values(), *spans)))
