"""Questions about events: those that may not have happened, and amounts that tellers disagree on."""

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

_SURE, _LEAST = 0.85, 0.05  # an event surer than the first and told by several origins needs no question; nor one hardly doubted
_NEAR = 1.1  # as decisions find an amount again
_PAIR = 2


@dataclass(frozen=True, slots=True)
class _Event:
    type: str
    label: str
    day: date | None
    parties: tuple[tuple[str, str], ...]  # IRI and name
    told: tuple[float, ...]
    spans: tuple[Span, ...]

    @property
    def month(self) -> str:
        return self.day.strftime("%Y-%m") if self.day else ""

    @property
    def ask(self) -> str:
        return f"{self.label} ({self.month})" if self.month else self.label


@dataclass(frozen=True)
class _Events:
    """The events of a graph by IRI, and by type and parties; `meant` gives the parties that a folded name may mean."""

    all: Mapping[str, _Event]
    by_parties: Mapping[tuple[str, frozenset[str]], tuple[str, ...]]
    meant: Mapping[str, frozenset[str]]

    def happening(self, iri: str) -> EventReference | None:
        """Name an event so that nothing else in the graph is meant, or give None: by its month, and an amount where needed."""
        event = self.all[iri]
        names = tuple(sorted(name for _, name in event.parties))
        tries = [
            EventReference(event.type, names, event.month),
            *(EventReference(event.type, names, event.month, sum_) for sum_ in event.told),
        ]
        return next((one for one in tries if self._found(one) == {iri}), None)

    def _found(self, one: EventReference) -> set[str]:
        sides = [self.meant.get(name_key(name), frozenset()) for name in one.parties]
        found = {iri for parties in product(*sides) for iri in self.by_parties.get((one.type, frozenset(parties)), ())}
        return {iri for iri in found if self._fits(one, self.all[iri])}

    @staticmethod
    def _fits(one: EventReference, event: _Event) -> bool:
        amount = one.amount
        in_month = not one.month or one.month == event.month
        return in_month and (amount is None or any(max(sum_, amount) <= min(sum_, amount) * _NEAR for sum_ in event.told))


def of_events(graph: GraphTables, words: CompanyWords) -> Iterator[ReviewQuestion]:
    """Ask whether events happened that are doubtful or have one origin; to say that one did needs no decision."""
    events = _events(graph, words)
    columns = ("iri", "confidence", "origins", "articles", "rule")
    for iri, confidence, origins, articles, rule in graph["events"].select(columns).iter_rows():
        doubt = 1 - (confidence or 0.0)
        event = events.all.get(iri)
        if event is None or len(event.parties) != _PAIR or doubt < _LEAST or (confidence >= _SURE and origins > 1):
            continue
        happening = events.happening(iri)
        if happening is not None:
            reject = Decision(Verb.WRONG_EVENT, event=happening)
            note = f"confidence {confidence:.2f}, {origins} independent origin{'' if origins == 1 else 's'}"
            ask = f"{event.ask}: is that so?"
            yield ReviewQuestion("event", ask, None, reject, round((articles or 1) * doubt, 4), rule or "", note, spans=event.spans)


def of_amounts(graph: GraphTables, words: CompanyWords) -> Iterator[ReviewQuestion]:
    """Ask which amount is right where tellers disagree: the main one is accepted, another one chosen."""
    events = _events(graph, words)
    rows: dict[str, list[tuple[str, float, str, int, list[str]]]] = defaultdict(list)
    columns = ("event", "field", "relation", "amount", "currency", "origins", "tellers")
    for event, field, relation, amount, currency, origins, tellers in graph["ledger"].select(columns).iter_rows():
        if field == "amount" and relation in {"main", "disputed"} and amount is not None:
            rows[event].append((relation, amount, currency, origins or 0, tellers or []))
    for iri, values in sorted(rows.items()):
        happening = events.happening(iri) if iri in events.all else None
        main = next((value for value in values if value[0] == "main"), None)
        rivals = sorted((value for value in values if value[0] == "disputed"), key=lambda value: (-value[3], value[1], value[2]))
        if happening is None or main is None or not rivals:
            continue
        given = [Decision(Verb.RIGHT_AMOUNT, event=happening, amount=value[1], currency=value[2]) for value in (main, *rivals)]
        tellers = {article for value in (main, *rivals) for article in value[4]}
        against = sum(value[3] for value in rivals)
        doubt = against / max(against + main[3], 1)
        told = " and ".join(f"{amount_text(value[1])} {value[2]}" for value in rivals)
        ask = f"{events.all[iri].ask}: is the amount {amount_text(main[1])} {main[2]}? Told is also {told}."
        spans = _one_a_value(graph, iri, events.all[iri].spans)
        yield ReviewQuestion(
            "amount", ask, given[0], given[1] if len(given) == _PAIR else None, round(len(tellers) * doubt, 4), "disputed",
            f"{main[3]} independent origins against {against}", tuple(given[1:]) if len(given) > _PAIR else (), spans=spans,
        )  # fmt: skip


def _events(graph: GraphTables, words: CompanyWords) -> _Events:
    """Collect the events that decisions can be about: all but deals, which follow from their parts."""
    parties: dict[str, dict[str, str]] = defaultdict(dict)
    meant: dict[str, set[str]] = defaultdict(set)
    for key, companies in words.holders.items():
        meant[key] |= set(companies)
    for event, party, name in graph["event_roles"].select("event", "party", "name").iter_rows():
        parties[event][party] = words.named(party).name if party in words.names else name
        if party not in words.names and name_key(name) not in words.holders:
            meant[name_key(name)].add(party)
    amounts: dict[str, set[float]] = defaultdict(set)
    spans: dict[str, dict[str, tuple[float, Span]]] = defaultdict(dict)
    for event, article, start, end, amount, confidence in (
        graph["reports"].select("event", "article", "start", "end", "amount", "confidence").iter_rows()
    ):
        if amount is not None:
            amounts[event].add(amount)
        best = (-(confidence or 0.0), (article, start, end))
        spans[event][article] = min(spans[event].get(article, best), best)
    found = {
        iri: _Event(
            kind, label, day, tuple(sorted(parties[iri].items())), tuple(sorted(amounts[iri])),
            tuple(span for _, span in sorted(spans[iri].values())),
        )
        for iri, kind, label, day in graph["events"].select("iri", "type", "label", "date").iter_rows()
        if kind != "deal"
    }  # fmt: skip
    by_parties: dict[tuple[str, frozenset[str]], list[str]] = defaultdict(list)
    for iri, one in found.items():
        by_parties[one.type, frozenset(party for party, _ in one.parties)].append(iri)
    return _Events(
        found,
        {key: tuple(sorted(iris)) for key, iris in by_parties.items()},
        {key: frozenset(iris) for key, iris in meant.items()},
    )


def _one_a_value(graph: GraphTables, event: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Put first a telling of each amount, so that the evidence shows the disagreement."""
    rows = graph["reports"].filter(event=event).select("amount", "article", "start", "end").rows()
    first: dict[float, Span] = {}
    for amount, *span in sorted(row for row in rows if row[0] is not None):
        first.setdefault(amount, (span[0], span[1], span[2]))
    return tuple(dict.fromkeys((*first.values(), *spans)))
