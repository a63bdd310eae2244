"""One text compared: what was annotated against what was found, as counts and as lines for people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from newsgraph.score.gold_records import GoldEntity, GoldEvent, GoldText
from newsgraph.score.party_names import Party, key, within
from newsgraph.score.predictions import PredictedCompany, PredictedEvent, Predictions

COMPANIES, BY_NAME, RELAXED_COMPANIES = "companies", "companies, by name alone", "companies, relaxed"
LINKS, EVENTS, RELAXED_EVENTS, AMOUNTS = "links", "events", "events, relaxed", "amounts"
FIGURES = (COMPANIES, BY_NAME, RELAXED_COMPANIES, LINKS, EVENTS, RELAXED_EVENTS, AMOUNTS)
"""What is measured, in the order in which it is shown."""

Pair = tuple[Party, Party]
_TWO = 2
_EXACT = 1e-6


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one figure: found and right, annotated but not found, found but not annotated."""

    hits: int = 0
    missed: int = 0
    wrong: int = 0

    def __add__(self, other: Tally) -> Tally:
        """Add up two texts."""
        return Tally(self.hits + other.hits, self.missed + other.missed, self.wrong + other.wrong)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The counts of one text, by figure, and what went wrong in it."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def compare(truth: GoldText, found: Predictions) -> Comparison:
    """Compare one text; figures of single event types are named `events: <type>`."""
    tallies: dict[str, Tally] = {}
    notes: list[str] = []
    ways: tuple[tuple[str, Callable[[GoldEntity, PredictedCompany], bool]], ...] = (
        (COMPANIES, lambda entity, company: bool(entity.names & company.names)),
        (BY_NAME, lambda entity, company: key(entity.name) == key(company.name)),
        (RELAXED_COMPANIES, lambda entity, company: within(entity.names, company.names)),
    )
    for figure, fits in ways:
        tallies[figure], lines = _companies(truth, found, fits)
        notes += lines if figure == COMPANIES else []
    tallies[LINKS], lines = _links(truth, found)
    notes += lines
    strict = match(truth.happenings, found.told, _strict)
    notes += [f"missed event {one.line}" for one in strict.missed] + [f"wrong event {one.line}" for one in strict.wrong]
    tallies |= _by_type(strict)
    tallies[EVENTS] = strict.tally
    tallies[RELAXED_EVENTS] = match(truth.happenings, found.told, _relaxed).tally
    tallies[AMOUNTS], lines = _amounts(strict.pairs)
    return Comparison(tallies, (*notes, *lines))


@dataclass(frozen=True, slots=True)
class Matching:
    """Which annotated event is which found one; events that are optional stand nowhere."""

    pairs: tuple[tuple[GoldEvent, PredictedEvent], ...]
    missed: tuple[GoldEvent, ...]
    wrong: tuple[PredictedEvent, ...]

    @property
    def tally(self) -> Tally:
        """Count the matching."""
        return Tally(len(self.pairs), len(self.missed), len(self.wrong))


def match(happenings: Sequence[GoldEvent], told: Sequence[PredictedEvent], fit: Callable[[GoldEvent, PredictedEvent], int]) -> Matching:
    """Match one to one, the best fit first; `fit` is 0 for no match and greater for a better one.

    What is left may fall to an optional event, however often.
    """
    wanted = [one for one in happenings if not one.optional]
    fits = [(fit(one, other), n, m) for n, one in enumerate(wanted) for m, other in enumerate(told)]
    taken: dict[int, int] = {}
    for score, n, m in sorted(fits, key=lambda row: (-row[0], row[1], row[2])):
        if score and n not in taken and m not in taken.values():
            taken[n] = m
    left = [other for m, other in enumerate(told) if m not in taken.values()]
    optional = [one for one in happenings if one.optional]
    return Matching(
        pairs=tuple((wanted[n], told[m]) for n, m in sorted(taken.items())),
        missed=tuple(one for n, one in enumerate(wanted) if n not in taken),
        wrong=tuple(other for other in left if not any(fit(one, other) for one in optional)),
    )


def _strict(one: GoldEvent, other: PredictedEvent) -> int:
    if other.type not in one.types:
        return 0
    straight = all(bool(a & b) or not (a or b) for a, b in ((one.subject, other.subject), (one.object, other.object)))
    # Another accepted type has its own direction, which the annotation does not give.
    if not (straight or ((not one.ordered or other.type != one.type) and _same_parties(one, other))):
        return 0
    return 1 + 2 * (other.type == one.type) + (other.amount is not None and _is_right(one, other))


def _relaxed(one: GoldEvent, other: PredictedEvent) -> int:
    return (1 + _strict(one, other)) if _same_parties(one, other) else 0


def _same_parties(one: GoldEvent, other: PredictedEvent) -> bool:
    sides = one.parties
    if not sides or len(sides) != len(other.parties):
        return False
    return any(all(a & b for a, b in zip(sides, order, strict=True)) for order in permutations(other.parties))


def _by_type(strict: Matching) -> dict[str, Tally]:
    counts: dict[str, Tally] = {}
    rows = [(one.type, Tally(hits=1)) for one, _ in strict.pairs]
    rows += [(one.type, Tally(missed=1)) for one in strict.missed] + [(other.type, Tally(wrong=1)) for other in strict.wrong]
    for name, tally in rows:
        counts[f"{EVENTS}: {name}"] = counts.get(f"{EVENTS}: {name}", Tally()) + tally
    return counts


def _amounts(pairs: Sequence[tuple[GoldEvent, PredictedEvent]]) -> tuple[Tally, list[str]]:
    total, lines = Tally(), []
    for one, other in pairs:
        if not (one.amounts or one.span):
            continue
        right = other.amount is not None and _is_right(one, other)
        total += Tally(int(right), int(not right), int(other.amount is not None and not right))
        if not right:
            lines.append(f"amount of {one.line}: {other.amount} {other.currency} for {one.amounts or one.span} {one.currency}")
    return total, lines


def _is_right(one: GoldEvent, other: PredictedEvent) -> bool:
    amount = other.amount or 0.0
    exact = any(abs(amount - wanted) <= _EXACT * abs(wanted) for wanted in one.amounts)
    between = one.span is not None and one.span[0] <= amount <= one.span[1]
    return (exact or between) and one.currency in {"", other.currency}


def _companies(truth: GoldText, found: Predictions, fits: Callable[[GoldEntity, PredictedCompany], bool]) -> tuple[Tally, list[str]]:
    wanted = [one for one in truth.entities if one.company and not one.optional]
    optional = [one for one in truth.entities if one.optional]
    missed = [one for one in wanted if not any(fits(one, other) for other in found.companies)]
    # Whatever any reading calls borderline is not punished, so the optional ones fit by every name.
    wrong = [
        other for other in found.companies
        if not any(fits(one, other) for one in wanted) and not any(one.names & other.names for one in optional)
    ]  # fmt: skip
    lines = [f"missed company {one.name}" for one in missed] + [f"wrong company {other.name}" for other in wrong]
    return Tally(len(wanted) - len(missed), len(missed), len(wrong)), lines


def _links(truth: GoldText, found: Predictions) -> tuple[Tally, list[str]]:
    deals = [one for one in truth.happenings if len(one.parties) == _TWO and one.types != {"other"}]
    wanted = _distinct([(one.subject, one.object) for one in deals if not one.optional and one.type != "other"])
    borderline = [(one.subject, one.object) for one in deals if one.optional or one.type == "other"] + list(truth.borderline)
    pairs = _distinct([(one.subject, one.object) for one in found.told if one.type != "other" and len(one.parties) == _TWO])
    missed = [pair for pair in wanted if not any(_is_same_pair(pair, other) for other in pairs)]
    wrong = [pair for pair in pairs if not any(_is_same_pair(pair, other) for other in (*wanted, *borderline))]
    lines = [f"missed link {_line(pair)}" for pair in missed] + [f"wrong link {_line(pair)}" for pair in wrong]
    return Tally(len(wanted) - len(missed), len(missed), len(wrong)), lines


def _distinct(pairs: Sequence[Pair]) -> list[Pair]:
    kept: list[Pair] = []
    for pair in pairs:
        if not pair[0] & pair[1] and not any(_is_same_pair(pair, other) for other in kept):
            kept.append(pair)
    return kept


def _is_same_pair(one: Pair, other: Pair) -> bool:
    return bool((one[0] & other[0] and one[1] & other[1]) or (one[0] & other[1] and one[1] & other[0]))


def _line(pair: Pair) -> str:
    return " | ".join(min(side, key=lambda name: (-len(name), name)) for side in pair)
