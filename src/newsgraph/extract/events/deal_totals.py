"""Sums over several events of the same two companies: "$500M, consisting of a $300M stake and a $200M joint venture".

A sum is a total where a sentence says that it has parts, the parts add up to it, the words around each part say what kind of event it is,
and nobody but two companies is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from newsgraph.core.model import Money
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence, Party
from newsgraph.extract.events.event_candidates import EventContext
from newsgraph.extract.text.word_lists import read_yaml

_SUM, _PARTY = re.compile(r"\$(\d+)"), re.compile(r"@(\d+)")
_OBJECT, _BY = re.compile(r"\b(?:in|of|into) (?:[^@ ]+ ){0,3}?@(\d+)"), re.compile(r"\bby @(\d+)")
_WINS = re.compile(r"@(\d+) (?:has |had )?(?:won|wins?|secured|secures|landed|lands)\b")
_FEWEST, _MOST = 2, 4  # parts of a total
_TOLERANCE = 0.005  # share of a sum by which rounded parts may miss it


class DealPart(NamedTuple):
    """One event of a deal; `start` to `end` cut its words out of the marked sentence.

    `directed` says that these words state who is subject and who is object; else it follows from the headline.
    """

    type: str
    subject: Party
    object: Party
    money: Money
    marked: DelexicalizedSentence
    start: int
    end: int
    directed: bool


class Deal(NamedTuple):
    """A sum of money in a sentence, the two companies that it is between, and the events that it is over."""

    money: Money
    marked: DelexicalizedSentence
    parties: tuple[Party, Party]
    parts: tuple[DealPart, ...]


class _Sum(NamedTuple):
    """The sum `$number` at `start` to `end` of a marked sentence."""

    number: int
    marked: DelexicalizedSentence
    start: int
    end: int


class _TypedPart(NamedTuple):
    type: str
    sum: _Sum
    start: int
    end: int


class _Cues(NamedTuple):
    headline_parts: re.Pattern[str]
    parts: re.Pattern[str]
    between: re.Pattern[str]
    no_part: re.Pattern[str]
    deal_of_sum: re.Pattern[str]
    types: dict[str, re.Pattern[str]]


@cache
def _cues() -> _Cues:
    words = read_yaml("total_cues.yaml")
    return _Cues(
        re.compile(rf"\b(?:{words['headline_parts']})"),
        re.compile(rf"(?<![^ ])(?:{words['parts']}|{words['further']})(?![^ ])|\$\d+ (?:{words['opens_parts']})"),
        re.compile(rf"(?<= )(?:{words['between_parts']})(?= )"),
        re.compile(rf"(?<![^ ])(?:{words['no_part']})(?![^ ])"),
        re.compile(
            rf"(?P<behind>\$\d+ (?:[a-z-]+ ){{0,3}})?\b(?:{words['deal_of_sum']})\b(?(behind)| (?:worth|of|for|valued at) (?:[a-z-]+ ){{0,2}}\$\d+)"
        ),
        {name: re.compile(rf"(?<![^ ])(?:{pattern})(?![^ ])") for name, pattern in words["part_types"].items()},
    )


def says_parts(line: str) -> bool:
    """Return whether a marked sentence says that the sum of the headline has parts, with or without their sums."""
    return bool(_cues().headline_parts.search(line))


def find_deal(lines: Sequence[DelexicalizedSentence], scene: EventContext) -> Deal | None:
    """Return the first sum of the text whose parts are stated and add up, or None."""
    if len(scene.money) <= _FEWEST:
        return None
    singles: list[tuple[DelexicalizedSentence, ...]] = [(marked,) for marked in lines if "$" in marked.line]
    pairs = [(one, other) for one, other in pairwise(lines) if "$" in one.line and "$" in other.line]
    of_deal = any(marked.sentence.region == "title" and _cues().deal_of_sum.search(marked.line) for marked in lines)
    for window in (*singles, *pairs):
        if (of_deal or any(_cues().parts.search(marked.line) for marked in window)) and not any(
            _cues().no_part.search(marked.line) for marked in window
        ):
            deal = next(_deals(window, lines, scene), None)
            if deal is not None:
                return deal
    return None


def _deals(window: Sequence[DelexicalizedSentence], lines: Sequence[DelexicalizedSentence], scene: EventContext) -> Iterator[Deal]:
    inside = list(_sums(window))
    before = [marked for marked in lines if marked.sentence.region == "title" or marked.sentence.last == window[0].sentence.first]
    before = [marked for marked in before if marked not in window and not _cues().no_part.search(marked.line)]
    for total in (*_sums(before), *inside):
        whole = scene.money[total.number]
        others = [
            one for one in inside if scene.money[one.number].currency == whole.currency and scene.money[one.number].amount < whole.amount
        ]
        for run in _runs(others):
            amount = sum(scene.money[one.number].amount for one in run)
            if abs(amount - whole.amount) > _TOLERANCE * whole.amount:
                continue
            parts = _typed(run, [one for one in inside if scene.money[one.number] not in {scene.money[part.number] for part in run}])
            parties = _parties(window, total.marked, lines, scene)
            if parts and parties:
                yield Deal(Money(whole.amount, whole.currency), total.marked, parties, _directed(parts, parties, scene))


def _sums(window: Iterator[DelexicalizedSentence] | Sequence[DelexicalizedSentence]) -> Iterator[_Sum]:
    for marked in window:
        for match in _SUM.finditer(marked.line):
            yield _Sum(int(match[1]), marked, *match.span())


def _runs(sums: Sequence[_Sum]) -> Iterator[Sequence[_Sum]]:
    """Yield the neighbouring sums that may be the parts of another, the most first."""
    for size in range(min(_MOST, len(sums)), _FEWEST - 1, -1):
        for first in range(len(sums) - size + 1):
            yield sums[first : first + size]


def _typed(run: Sequence[_Sum], others: Sequence[_Sum]) -> list[_TypedPart]:
    """Return each part with its kind of event; none where one has no kind or two have the same."""
    parts = []
    for one, (start, end) in zip(run, _clauses(run, others), strict=True):
        found = [
            (match.start() - one.end if match.start() >= one.end else one.start - match.end(), name)
            for name, pattern in _cues().types.items()
            for match in pattern.finditer(one.marked.line, start, end)
        ]
        if not found:
            return []
        parts.append(_TypedPart(min(found)[1], one, start, end))
    return parts if len({part.type for part in parts}) == len(parts) else []


def _clauses(run: Sequence[_Sum], others: Sequence[_Sum]) -> Iterator[tuple[int, int]]:
    """Yield where the words about each part begin and end in its sentence: at what joins it to the next, at a cue, at another sum."""
    for at, one in enumerate(run):
        line = one.marked.line
        before = run[at - 1] if at and run[at - 1].marked is one.marked else None
        after = run[at + 1] if at + 1 < len(run) and run[at + 1].marked is one.marked else None
        start = _border(line, before, one) if before else _opening(line, one, others)
        end = (
            _border(line, one, after)
            if after
            else min((x.start for x in others if x.marked is one.marked and x.start > one.start), default=len(line))
        )
        yield start, end


def _border(line: str, one: _Sum, other: _Sum) -> int:
    joints = list(_cues().between.finditer(line, one.end, other.start))
    return joints[-1].start() if joints else other.start


def _opening(line: str, one: _Sum, others: Sequence[_Sum]) -> int:
    ends = [match.end() for match in _cues().parts.finditer(line, 0, one.start)]
    return max((*ends, *(other.end for other in others if other.marked is one.marked and other.end <= one.start)), default=0)


def _parties(
    window: Sequence[DelexicalizedSentence], whole: DelexicalizedSentence, lines: Sequence[DelexicalizedSentence], scene: EventContext
) -> tuple[Party, Party] | None:
    """Return the two companies that the sentences name, in the order of the headline; the headline's where they name fewer."""
    title = [marked for marked in lines if marked.sentence.region == "title"]
    named = _named(window if whole in window else (whole, *window), scene)
    if len(named) < _FEWEST:
        named = _named((*title, *window), scene)
    order = list(_named((*title, *window), scene))
    if len(named) != _FEWEST or not all(party.company for party in named.values()):
        return None
    first, second = sorted(named, key=order.index)
    return named[first], named[second]


def _named(sentences: Sequence[DelexicalizedSentence], scene: EventContext) -> dict[str, Party]:
    """Return the parties of some sentences by name, in text order."""
    named: dict[str, Party] = {}
    for marked in sentences:
        for number in _PARTY.findall(marked.line):
            party = scene.parties[int(number)]
            named.setdefault(party.name, party)
    return named


def _directed(parts: Sequence[_TypedPart], parties: tuple[Party, Party], scene: EventContext) -> tuple[DealPart, ...]:
    """Return the parts with their subject and object: who is first in the headline pays, unless the words of a part say otherwise."""
    payer, other = parties
    stated = next((party for part in parts if (party := _investor(part, parties, scene))), None)
    if stated == other:
        payer, other = other, payer
    directed = []
    for part in parts:
        subject, target = payer, other
        sure = _investor(part, parties, scene) is not None
        if part.type == "contract":
            supplier = _supplier(part, scene)
            sure = supplier is not None
            subject, target = (payer, other) if supplier == payer.name else (other, payer)
        if EVENT_TYPES[part.type].symmetric and target.name < subject.name:
            subject, target = target, subject
        amount = scene.money[part.sum.number]
        money = Money(amount.amount, amount.currency)
        directed.append(DealPart(part.type, subject, target, money, part.sum.marked, part.start, part.end, sure))
    return tuple(directed)


def _investor(part: _TypedPart, parties: tuple[Party, Party], scene: EventContext) -> Party | None:
    """Return who invests or buys as the words of a part say it: "a stake in @1", "an investment by @0"."""
    if part.type not in {"investment", "acquisition"}:
        return None
    clause = part.sum.marked.line[part.start : part.end]
    by, target = _BY.search(clause), _OBJECT.search(clause)
    if by:
        return next(party for party in parties if party.name == scene.parties[int(by[1])].name)
    return next(party for party in parties if party.name != scene.parties[int(target[1])].name) if target else None


def _supplier(part: _TypedPart, scene: EventContext) -> str | None:
    wins = _WINS.search(part.sum.marked.line, part.start, part.end)
    return scene.parties[int(wins[1])].name if wins else None
