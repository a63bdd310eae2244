"""Which sum of money belongs to which event: the one that its own rule matched, else one whose context says that it is the event's."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import NamedTuple

from newsgraph.core.model import Money
from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence
from newsgraph.extract.events.event_candidates import EventContext
from newsgraph.extract.events.pair_report import PairReport
from newsgraph.extract.events.report_rules import load_report_rules
from newsgraph.extract.text.word_lists import read_yaml

_REACH = 30  # characters before and after a sum that are searched for what it is
_UNIT = 12  # characters of the text after a sum that may name a unit
_SUM, _PARTY = re.compile(r"\$(\d+)"), re.compile(r"@(\d+)")


class _AmountCues(NamedTuple):
    """What the words around a sum say about it; see `data/amount_cues.yaml`."""

    no_price_before: re.Pattern[str]
    no_price_after: re.Pattern[str]
    unit_after: re.Pattern[str]
    result: re.Pattern[str]
    deal_before: re.Pattern[str]
    deal_after: re.Pattern[str]
    names_deal: re.Pattern[str]


@cache
def _cues() -> _AmountCues:
    words = read_yaml("amount_cues.yaml")
    return _AmountCues(
        re.compile(rf"(?:{words['no_price_before']})(?: (?:{words['hedges']}))* $"),
        re.compile(rf"^ (?:{words['no_price_after']})"),
        re.compile(rf"^[ -]?(?:{words['unit_after']})"),
        re.compile(rf"\b(?:{words['result']})\b", re.IGNORECASE),
        re.compile(rf"(?:{words['deal_before']})(?: (?:{words['deal_hedges']}))* $"),
        re.compile(rf"^ (?:[a-z-]+ ){{0,3}}(?:{words['deal_after']})\b"),
        re.compile(rf"\b(?:{words['names_deal']})\b"),
    )


def with_amounts(reports: Sequence[PairReport], sentences: Sequence[DelexicalizedSentence], context: EventContext) -> list[PairReport]:
    """Return the reports with the sums that belong to them; a sum of one report is not given to another."""
    sentences = [sentence for sentence in sentences if "$" in sentence.line]
    if not sentences:
        return list(reports)
    taken = {report.money for report in reports if report.money}
    told, complete = _ToldSums(sentences, context), []
    for report in reports:
        money = None if report.money else next(_sums(report, told, context, taken), None)
        complete.append(replace(report, money=money) if money else report)
    return complete


class _ToldSums:
    """The sentences with sums, found by their place or by the parties that they name: a text may report thousands of events."""

    def __init__(self, sentences: Sequence[DelexicalizedSentence], context: EventContext) -> None:
        self._lines = [sentence.line for sentence in sentences]
        self._starts, self._ends = zip(
            *(context.text.span(sentence.sentence.first, sentence.sentence.last) for sentence in sentences), strict=True
        )
        self._by_names: dict[frozenset[str], list[int]] = defaultdict(list)
        for number, line in enumerate(self._lines):
            names = frozenset(_first_word(context.parties[int(party)].name) for party in _PARTY.findall(line))
            if names or _cues().names_deal.search(line):
                self._by_names[names].append(number)

    def about(self, report: PairReport) -> list[str]:
        """Return the sentence of a report, then all others about the same deal: those that name its parties only, or "the deal"."""
        at = bisect_right(self._starts, report.start) - 1
        own = at if at >= 0 and report.start < self._ends[at] else None
        parties = {_first_word(name) for name in (report.subject, report.object) if name}
        named = (frozenset(some) for size in range(len(parties) + 1) for some in combinations(sorted(parties), size))
        others = sorted(number for names in named for number in self._by_names.get(names, ()) if number != own)
        return [self._lines[number] for number in (*(() if own is None else (own,)), *others)]


def _sums(report: PairReport, told: _ToldSums, context: EventContext, taken: set[Money]) -> Iterator[Money]:
    """Yield the sums that may be a report's, likeliest first: those of its own sentence, then those of other sentences about the deal."""
    if report.type not in load_report_rules().with_amount:
        return
    for line in told.about(report):
        for match in _SUM.finditer(line):
            end = context.money[int(match[1])].end
            money = context.sum(int(match[1]))
            if money not in taken and _fits(report, line, match, context.text.clean[end : end + _UNIT]):
                yield money


def _fits(report: PairReport, line: str, match: re.Match[str], text_after: str) -> bool:
    cues = _cues()
    before, after = line[max(0, match.start() - _REACH) : match.start()], line[match.end() : match.end() + _REACH]
    if cues.unit_after.match(text_after) or cues.no_price_before.search(before):
        return False
    if report.type == "financial_result":
        return bool(cues.result.search(line))
    if cues.no_price_after.match(after) or cues.result.search(before[-14:]):
        return False
    if report.type in load_report_rules().amount_needs_cue or "@" not in line:
        return bool(cues.deal_before.search(before) or cues.deal_after.match(after))
    return True


def _first_word(name: str) -> str:
    """Return the first word of a name, folded: in one article "Kongsberg" and "Kongsberg Maritime" are parties of one deal."""
    return name.split(" ", 1)[0].casefold()
