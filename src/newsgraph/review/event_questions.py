"""Questions about events: those that may not have happened, and amounts on which articles disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.decision import Decision, Verb, amount_text
from newsgraph.provenance.company_descriptions import CompanyWords, Span
from newsgraph.provenance.event_references import EventReferences, event_references
from newsgraph.review.review_question import ReviewQuestion
from newsgraph.review.touched import Touched

_LEAST = 0.05  # no question about an event with less doubt than this
_SURE = 0.85  # no question about an event of several origins that has this confidence
_PAIR = 2


@dataclass(frozen=True)
class _Events:
    """How decisions refer to events, their labels with the time, and the places of their evidence: the best report of each article."""

    references: EventReferences
    asks: Mapping[str, str]
    spans: Mapping[str, tuple[Span, ...]]


def questions_about_events(graph: GraphTables, words: CompanyWords, touched: Touched) -> Iterator[ReviewQuestion]:
    """Ask whether events happened that are doubtful or have only one origin; to say yes needs no decision."""
    events = _events(graph, words)
    for iri, confidence, origins, rule in graph["events"].select("iri", "confidence", "origins", "rule").iter_rows():
        doubt = 1 - (confidence or 0.0)
        if iri not in events.references.all or doubt < _LEAST or (confidence >= _SURE and origins > 1):
            continue
        reference = events.references.reference(iri)
        if reference is not None:
            reject = Decision(Verb.WRONG_EVENT, event=reference)
            note = f"confidence {confidence:.2f}, {origins} independent origin{'' if origins == 1 else 's'}"
            ask, impact = f"{events.asks[iri]}: is this correct?", round(touched.by_event(iri) * doubt, 4)
            yield ReviewQuestion("event", ask, None, reject, impact, rule or "", note, spans=events.spans.get(iri, ()))


def questions_about_amounts(graph: GraphTables, words: CompanyWords, touched: Touched) -> Iterator[ReviewQuestion]:
    """Ask which amount is right if articles disagree: the main amount can be accepted, or another one chosen."""
    events = _events(graph, words)
    rows: dict[str, list[tuple[str, float, str, int, list[str]]]] = defaultdict(list)
    columns = ("event", "field", "relation", "amount", "currency", "origins", "tellers")
    for event, field, relation, amount, currency, origins, articles in graph["ledger"].select(columns).iter_rows():
        if field == "amount" and relation in {"main", "disputed"} and amount is not None:
            rows[event].append((relation, amount, currency, origins or 0, articles or []))
    for iri, values in sorted(rows.items()):
        reference = events.references.reference(iri) if iri in events.references.all else None
        main = next((value for value in values if value[0] == "main"), None)
        rivals = sorted((value for value in values if value[0] == "disputed"), key=lambda value: (-value[3], value[1], value[2]))
        if reference is None or main is None or not rivals:
            continue
        answers = [Decision(Verb.RIGHT_AMOUNT, event=reference, amount=value[1], currency=value[2]) for value in (main, *rivals)]
        origins = sum(value[3] for value in rivals)
        doubt = origins / max(origins + main[3], 1)
        others = " and ".join(f"{amount_text(value[1])} {value[2]}" for value in rivals)
        ask = f"{events.asks[iri]}: is the amount {amount_text(main[1])} {main[2]}? Other articles report {others}."
        spans = _one_span_for_each_amount(graph, iri, events.spans.get(iri, ()))
        yield ReviewQuestion(
            "amount", ask, answers[0], answers[1] if len(answers) == _PAIR else None, round(touched.by_event(iri) * doubt, 4), "disputed",
            f"{main[3]} independent origins against {origins}", tuple(answers[1:]) if len(answers) > _PAIR else (), spans=spans,
        )  # fmt: skip


def _events(graph: GraphTables, words: CompanyWords) -> _Events:
    """Collect the events that decisions can be about: all except deals, which follow from their parts."""
    spans: dict[str, dict[str, tuple[float, Span]]] = defaultdict(dict)
    columns = ("event", "article", "start", "end", "confidence")
    for event, article, start, end, confidence in graph["reports"].select(columns).iter_rows():
        best = (-(confidence or 0.0), (article, start, end))
        spans[event][article] = min(spans[event].get(article, best), best)
    asks = {iri: f"{label} ({when[:7]})" if when and when not in label else label
            for iri, label, when in graph["events"].select("iri", "label", "when").iter_rows()}  # fmt: skip
    by_event = {iri: tuple(span for _, span in sorted(of_event.values())) for iri, of_event in spans.items()}
    return _Events(event_references(graph, words), asks, by_event)


def _one_span_for_each_amount(graph: GraphTables, event: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Put one report of each amount first, so that the evidence shows the disagreement."""
    rows = graph["reports"].filter(event=event).select("amount", "article", "start", "end").rows()
    first: dict[float, Span] = {}
    for amount, *span in sorted(row for row in rows if row[0] is not None):
        first.setdefault(amount, (span[0], span[1], span[2]))
    return tuple(dict.fromkeys((*first.values(), *spans)))
