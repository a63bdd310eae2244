"""Sums over several events between the same two companies: "$500M, consisting of a $300M stake and a $200M joint venture".

A sum is a total if the text says that it has parts, the parts add up to it, the words around each part say what kind of event it is, no
two parts are of one kind, and two companies and nobody else are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from newsgraph.core.model import Money
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence, Party
from newsgraph.extract.events.event_candidates import EventContext
from newsgraph.extract.text.word_lists import read_yaml

_SUM, _PARTY = re.compile(r"\$(\d+)"), re.compile(r"@(\d+)")
_TARGET, _BY = re.compile(r"\b(?:in|of|into) (?:[^@ ]+ ){0,3}?@(\d+)"), re.compile(r"\bby @(\d+)")
_WINS = re.compile(r"@(\d+) (?:has |had )?(?:won|wins?|secured|secures|landed|lands)\b")
_FEWEST, _MOST = 2, 4  # parts of a total
_TOLERANCE = 0.005  # share of the total by which the sum of rounded parts may differ from it
_PAIR = 2


class DealPart(NamedTuple):
    """One event of a deal; `start` to `end` are its words in the line of the sentence.

    `directed` says that these words state who is subject and who is object; otherwise it follows from the headline.
    """

    type: str
    subject: Party
    object: Party
    money: Money
    sentence: DelexicalizedSentence
    start: int
    end: int
    directed: bool


class Deal(NamedTuple):
    """A total, the sentence that states it, the two companies that it is between, and its parts."""

    money: Money
    sentence: DelexicalizedSentence
    parties: tuple[Party, Party]
    parts: tuple[DealPart, ...]


class _Sum(NamedTuple):
    """The sum `$number` at `start` to `end` of the line of a sentence."""

    number: int
    sentence: DelexicalizedSentence
    start: int
    end: int


class _TypedPart(NamedTuple):
    """A part with its event type and the span of its words."""

    type: str
    sum: _Sum
    start: int
    end: int


class _Cues(NamedTuple):
    """Patterns of `data/total_cues.yaml`."""

    headline_parts: re.Pattern[str]
    parts: re.Pattern[str]
    between: re.Pattern[str]
    no_part: re.Pattern[str]
    deal_of_sum: re.Pattern[str]
    types: dict[str, re.Pattern[str]]


@cache
def _cues() -> _Cues:
    words = read_yaml("total_cues.yaml")
    deal = rf"\b(?:{words['deal_of_sum']})\b"
    return _Cues(
        re.compile(rf"\b(?:{words['headline_parts']})"),
        re.compile(rf"(?<![^ ])(?:{words['parts']}|{words['further']})(?![^ ])|\$\d+ (?:{words['opens_parts']})"),
        re.compile(rf"(?<= )(?:{words['between_parts']})(?= )"),
        re.compile(rf"(?<![^ ])(?:{words['no_part']})(?![^ ])"),
        re.compile(rf"\$\d+ (?:[a-z-]+ ){{0,3}}{deal}|{deal} (?:worth|of|for|valued at) (?:[a-z-]+ ){{0,2}}\$\d+"),
        {name: re.compile(rf"(?<![^ ])(?:{pattern})(?![^ ])") for name, pattern in words["part_types"].items()},
    )


def says_parts(line: str) -> bool:
    """Return whether a delexicalized sentence says that the sum of the headline has parts, whether or not it states their sums."""
    return bool(_cues().headline_parts.search(line))


def find_deal(sentences: Sequence[DelexicalizedSentence], context: EventContext) -> Deal | None:
    """Return the first total of a text whose parts are stated in one sentence or in two that follow each other, or None."""
    if len(context.money) <= _FEWEST:
        return None
    cues = _cues()
    headline_deal = any(sentence.sentence.region == "title" and cues.deal_of_sum.search(sentence.line) for sentence in sentences)
    windows: list[tuple[DelexicalizedSentence, ...]] = [(sentence,) for sentence in sentences]
    for window in (*windows, *pairwise(sentences)):
        if not all("$" in sentence.line and not cues.no_part.search(sentence.line) for sentence in window):
            continue
        if headline_deal or any(cues.parts.search(sentence.line) for sentence in window):
            deal = next(_deals(window, sentences, context), None)
            if deal is not None:
                return deal
    return None


def _deals(
    window: Sequence[DelexicalizedSentence], sentences: Sequence[DelexicalizedSentence], context: EventContext
) -> Iterator[Deal]:  # fmt: skip
    """Yield the totals whose parts are in a window of sentences; a total is in the headline, the sentence before, or the window."""
    before = [
        sentence
        for sentence in sentences
        if (sentence.sentence.region == "title" or sentence.sentence.last == window[0].sentence.first)
        and sentence not in window
        and not _cues().no_part.search(sentence.line)
    ]
    inside = list(_sums(window))
    for whole in (*_sums(before), *inside):
        total = context.sum(whole.number)
        smaller = [one for one in inside if _is_smaller(context.sum(one.number), total)]
        for run in _runs(smaller):
            if abs(sum(context.sum(one.number).amount for one in run) - total.amount) > _TOLERANCE * total.amount:
                continue
            parts = _typed_parts(run, [one for one in inside if one not in run])
            parties = _parties(window, whole.sentence, sentences, context)
            if parts and parties:
                yield Deal(total, whole.sentence, parties, _directed_parts(parts, parties, context))


def _is_smaller(money: Money, total: Money) -> bool:
    return money.currency == total.currency and money.amount < total.amount


def _sums(sentences: Iterable[DelexicalizedSentence]) -> Iterator[_Sum]:
    for sentence in sentences:
        for match in _SUM.finditer(sentence.line):
            yield _Sum(int(match[1]), sentence, *match.span())


def _runs(sums: Sequence[_Sum]) -> Iterator[Sequence[_Sum]]:
    """Yield the runs of neighbouring sums that may be parts of another, the longest first."""
    for size in range(min(_MOST, len(sums)), _FEWEST - 1, -1):
        for first in range(len(sums) - size + 1):
            yield sums[first : first + size]


def _typed_parts(run: Sequence[_Sum], others: Sequence[_Sum]) -> list[_TypedPart]:
    """Return the parts with the event type whose words are nearest to each sum; none if one has no type or two have the same."""
    parts = []
    for one, (start, end) in zip(run, _clauses(run, others), strict=True):
        distances = [
            (match.start() - one.end if match.start() >= one.end else one.start - match.end(), name)
            for name, pattern in _cues().types.items()
            for match in pattern.finditer(one.sentence.line, start, end)
        ]
        if not distances:
            return []
        parts.append(_TypedPart(min(distances)[1], one, start, end))
    return parts if len({part.type for part in parts}) == len(parts) else []


def _clauses(run: Sequence[_Sum], others: Sequence[_Sum]) -> Iterator[tuple[int, int]]:
    """Yield the span of the words about each part: up to the conjunction before the next part, a cue, or another sum."""
    for at, one in enumerate(run):
        line = one.sentence.line
        before = run[at - 1] if at and run[at - 1].sentence is one.sentence else None
        after = run[at + 1] if at + 1 < len(run) and run[at + 1].sentence is one.sentence else None
        following = [other.start for other in others if other.sentence is one.sentence and other.start > one.start]
        start = _conjunction(line, before, one) if before else _opening(line, one, others)
        yield start, _conjunction(line, one, after) if after else min(following, default=len(line))


def _conjunction(line: str, one: _Sum, other: _Sum) -> int:
    conjunctions = list(_cues().between.finditer(line, one.end, other.start))
    return conjunctions[-1].start() if conjunctions else other.start


def _opening(line: str, one: _Sum, others: Sequence[_Sum]) -> int:
    cues = [match.end() for match in _cues().parts.finditer(line, 0, one.start)]
    return max((*cues, *(other.end for other in others if other.sentence is one.sentence and other.end <= one.start)), default=0)


def _parties(
    window: Sequence[DelexicalizedSentence], whole: DelexicalizedSentence, sentences: Sequence[DelexicalizedSentence], context: EventContext
) -> tuple[Party, Party] | None:
    """Return the two companies that the sentences name, or with the headline if they name fewer, in the order of the headline."""
    title = [sentence for sentence in sentences if sentence.sentence.region == "title"]
    stating = window if whole in window else (whole, *window)
    named = _named_parties(stating, context)
    if len(named) < _PAIR:
        named = _named_parties((*title, *window), context)
    if len(named) != _PAIR or not all(party.company for party in named.values()):
        return None
    order = list(_named_parties((*title, *stating), context))
    first, second = sorted(named, key=order.index)
    return named[first], named[second]


def _named_parties(sentences: Sequence[DelexicalizedSentence], context: EventContext) -> dict[str, Party]:
    """Return the parties of some sentences by name, in text order."""
    named: dict[str, Party] = {}
    for sentence in sentences:
        for number in _PARTY.findall(sentence.line):
            party = context.parties[int(number)]
            named.setdefault(party.name, party)
    return named


def _directed_parts(parts: Sequence[_TypedPart], parties: tuple[Party, Party], context: EventContext) -> tuple[DealPart, ...]:
    """Return the parts with subject and object: the first company of the headline pays, unless the words of a part say otherwise."""
    payer, other = parties
    if next((party for part in parts if (party := _investor(part, parties, context))), None) == other:
        payer, other = other, payer
    directed = []
    for part in parts:
        subject, target = payer, other
        stated = _investor(part, parties, context) is not None
        if part.type == "contract":
            supplier = _supplier(part, context)
            stated = supplier is not None
            subject, target = (payer, other) if supplier == payer.name else (other, payer)
        if EVENT_TYPES[part.type].symmetric and target.name < subject.name:
            subject, target = target, subject
        money = context.sum(part.sum.number)
        directed.append(DealPart(part.type, subject, target, money, part.sum.sentence, part.start, part.end, stated))
    return tuple(directed)


def _investor(part: _TypedPart, parties: tuple[Party, Party], context: EventContext) -> Party | None:
    """Return the company that invests or buys if the words of a part say so: "a stake in @1", "an investment by @0"."""
    if part.type not in {"investment", "acquisition"}:
        return None
    clause = part.sum.sentence.line[part.start : part.end]
    by, target = _BY.search(clause), _TARGET.search(clause)
    if by:
        return next(party for party in parties if party.name == context.parties[int(by[1])].name)
    return next(party for party in parties if party.name != context.parties[int(target[1])].name) if target else None


def _supplier(part: _TypedPart, context: EventContext) -> str | None:
    wins = _WINS.search(part.sum.sentence.line, part.start, part.end)
    return context.parties[int(wins[1])].name if wins else None
