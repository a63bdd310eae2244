"""The comparison of one text: what was annotated against what was found, as counts and as lines for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from newsgraph.score.gold_records import OTHER, GoldEntity, GoldEvent, GoldText
from newsgraph.score.party_names import Party, key, within
from newsgraph.score.predictions import PredictedCompany, PredictedEvent, Predictions

COMPANIES, BY_NAME, RELAXED_COMPANIES = "companies", "companies, by name alone", "companies, relaxed"
LINKS, EVENTS, RELAXED_EVENTS, AMOUNTS = "links", "events", "events, relaxed", "amounts"
FIGURES = (COMPANIES, BY_NAME, RELAXED_COMPANIES, LINKS, EVENTS, RELAXED_EVENTS, AMOUNTS)
"""The figures, in the order in which they are shown."""

Pair = tuple[Party, Party]
_TWO = 2
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one figure: annotated and found, annotated but not found, found but not annotated."""

    hits: int = 0
    missed: int = 0
    wrong: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Return the sum of two tallies."""
        return Tally(self.hits + other.hits, self.missed + other.missed, self.wrong + other.wrong)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The counts of one text by figure, and what went wrong in it."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def compare(truth: GoldText, predictions: Predictions) -> Comparison:
    """Compare one text; figures of single event types are named `events: <type>`."""
    tallies: dict[str, Tally] = {}
    notes: list[str] = []
    ways: tuple[tuple[str, Callable[[GoldEntity, PredictedCompany], bool]], ...] = (
        (COMPANIES, lambda entity, company: bool(entity.names & company.names)),
        (BY_NAME, lambda entity, company: key(entity.name) == key(company.name)),
        (RELAXED_COMPANIES, lambda entity, company: within(entity.names, company.names)),
    )
    for figure, fits in ways:
        tallies[figure], lines = _companies(truth, predictions, fits)
        notes += lines if figure == COMPANIES else []
    tallies[LINKS], lines = _links(truth, predictions)
    notes += lines
    strict = match(truth.events, predictions.events, _strict)
    notes += [f"missed event {event.line}" for event in strict.missed] + [f"wrong event {event.line}" for event in strict.wrong]
    tallies |= _by_type(strict)
    tallies[EVENTS] = strict.tally
    tallies[RELAXED_EVENTS] = match(truth.events, predictions.events, _relaxed).tally
    tallies[AMOUNTS], lines = _amounts(strict.pairs)
    return Comparison(tallies, (*notes, *lines))


@dataclass(frozen=True, slots=True)
class Matching:
    """Which annotated event is which found one; optional events do not appear."""

    pairs: tuple[tuple[GoldEvent, PredictedEvent], ...]
    missed: tuple[GoldEvent, ...]
    wrong: tuple[PredictedEvent, ...]

    @property
    def tally(self) -> Tally:
        """The counts of the matching."""
        return Tally(len(self.pairs), len(self.missed), len(self.wrong))


def match(annotated: Sequence[GoldEvent], found: Sequence[PredictedEvent], fit: Callable[[GoldEvent, PredictedEvent], int]) -> Matching:
    """Match annotated and found events one to one, the best fit first; `fit` returns 0 for no match, and more for a better one.

    Any number of the remaining found events may match an optional event.
    """
    wanted = [gold for gold in annotated if not gold.optional]
    fits = [(fit(gold, event), n, m) for n, gold in enumerate(wanted) for m, event in enumerate(found)]
    taken: dict[int, int] = {}
    for score, n, m in sorted(fits, key=lambda row: (-row[0], row[1], row[2])):
        if score and n not in taken and m not in taken.values():
            taken[n] = m
    remaining = [event for m, event in enumerate(found) if m not in taken.values()]
    optional = [gold for gold in annotated if gold.optional]
    return Matching(
        pairs=tuple((wanted[n], found[m]) for n, m in sorted(taken.items())),
        missed=tuple(gold for n, gold in enumerate(wanted) if n not in taken),
        wrong=tuple(event for event in remaining if not any(fit(gold, event) for gold in optional)),
    )


def _strict(gold: GoldEvent, event: PredictedEvent) -> int:
    if event.type not in gold.types:
        return 0
    straight = all(bool(a & b) or not (a or b) for a, b in ((gold.subject, event.subject), (gold.object, event.object)))
    # Another accepted type has its own direction, which the annotation does not state.
    if not (straight or ((not gold.ordered or event.type != gold.type) and _same_parties(gold, event))):
        return 0
    return 1 + 2 * (event.type == gold.type) + (event.amount is not None and _is_right(gold, event))


def _relaxed(gold: GoldEvent, event: PredictedEvent) -> int:
    return (1 + _strict(gold, event)) if _same_parties(gold, event) else 0


def _same_parties(gold: GoldEvent, event: PredictedEvent) -> bool:
    sides = gold.parties
    if not sides or len(sides) != len(event.parties):
        return False
    return any(all(a & b for a, b in zip(sides, order, strict=True)) for order in permutations(event.parties))


def _by_type(strict: Matching) -> dict[str, Tally]:
    counts: dict[str, Tally] = {}
    rows = [(gold.type, Tally(hits=1)) for gold, _ in strict.pairs]
    rows += [(gold.type, Tally(missed=1)) for gold in strict.missed] + [(event.type, Tally(wrong=1)) for event in strict.wrong]
    for name, tally in rows:
        counts[f"{EVENTS}: {name}"] = counts.get(f"{EVENTS}: {name}", Tally()) + tally
    return counts


def _amounts(pairs: Sequence[tuple[GoldEvent, PredictedEvent]]) -> tuple[Tally, list[str]]:
    total, lines = Tally(), []
    for gold, event in pairs:
        if not (gold.amounts or gold.span):
            continue
        right = event.amount is not None and _is_right(gold, event)
        total += Tally(int(right), int(not right), int(event.amount is not None and not right))
        if not right:
            lines.append(f"amount of {gold.line}: {event.amount} {event.currency} for {gold.amounts or gold.span} {gold.currency}")
    return total, lines


def _is_right(gold: GoldEvent, event: PredictedEvent) -> bool:
    amount = event.amount or 0.0
    exact = any(abs(amount - wanted) <= _EXACT * abs(wanted) for wanted in gold.amounts)
    between = gold.span is not None and gold.span[0] <= amount <= gold.span[1]
    return (exact or between) and gold.currency in {"", event.currency}


def _companies(truth: GoldText, predictions: Predictions, fits: Callable[[GoldEntity, PredictedCompany], bool]) -> tuple[Tally, list[str]]:
    wanted = [entity for entity in truth.entities if entity.company and not entity.optional]
    optional = [entity for entity in truth.entities if entity.optional]
    missed = [entity for entity in wanted if not any(fits(entity, company) for company in predictions.companies)]
    # What any reading calls borderline does not count as wrong, so the optional ones fit by every name.
    wrong = [
        company for company in predictions.companies
        if not any(fits(entity, company) for entity in wanted) and not any(entity.names & company.names for entity in optional)
    ]  # fmt: skip
    lines = [f"missed company {entity.name}" for entity in missed] + [f"wrong company {company.name}" for company in wrong]
    return Tally(len(wanted) - len(missed), len(missed), len(wrong)), lines


def _links(truth: GoldText, predictions: Predictions) -> tuple[Tally, list[str]]:
    deals = [gold for gold in truth.events if len(gold.parties) == _TWO and gold.types != {OTHER}]
    wanted = _distinct([(gold.subject, gold.object) for gold in deals if not gold.optional and gold.type != OTHER])
    borderline = [(gold.subject, gold.object) for gold in deals if gold.optional or gold.type == OTHER] + list(truth.borderline)
    found = [event for event in predictions.events if event.type != OTHER and len(event.parties) == _TWO]
    pairs = _distinct([(event.subject, event.object) for event in found])
    missed = [pair for pair in wanted if not any(_is_same_pair(pair, other) for other in pairs)]
    wrong = [pair for pair in pairs if not any(_is_same_pair(pair, other) for other in (*wanted, *borderline))]
    lines = [f"missed link {_line(pair)}" for pair in missed] + [f"wrong link {_line(pair)}" for pair in wrong]
    return Tally(len(wanted) - len(missed), len(missed), len(wrong)), lines


def _distinct(pairs: Sequence[Pair]) -> list[Pair]:
    distinct: list[Pair] = []
    for pair in pairs:
        if not pair[0] & pair[1] and not any(_is_same_pair(pair, other) for other in distinct):
            distinct.append(pair)
    return distinct


def _is_same_pair(one: Pair, other: Pair) -> bool:
    return bool((one[0] & other[0] and one[1] & other[1]) or (one[0] & other[1] and one[1] & other[0]))


def _line(pair: Pair) -> str:
    return " | ".join(min(side, key=lambda name: (-len(name), name)) for side in pair)
