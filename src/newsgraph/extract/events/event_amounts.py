"""Which sum of money belongs to which event: the one its own rule met, else the one that stands near and says what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from newsgraph.core.model import Money, Report
from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence
from newsgraph.extract.events.event_candidates import EventContext
from newsgraph.extract.events.report_rules import load_report_rules
from newsgraph.extract.text.word_lists import read_yaml

_REACH = 30  # characters of the marked line in which a sum says what it is for
_SUM, _PARTY = re.compile(r"\$(\d+)"), re.compile(r"@(\d+)")


class _AmountCues(NamedTuple):
    """What the words around a sum say of it; see `data/amount_cues.yaml`."""

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


def with_amounts(reports: Sequence[Report], lines: Sequence[DelexicalizedSentence], scene: EventContext) -> list[Report]:
    """Give the reports with the sums that belong to them; a sum that a report has already is no other's."""
    lines = [marked for marked in lines if "$" in marked.line]
    if not lines:
        return list(reports)
    taken = {report.money for report in reports if report.money}
    found = []
    for report in reports:
        money = None if report.money else next(_sums(report, lines, scene, taken), None)
        found.append(replace(report, money=money) if money else report)
    return found


def _sums(report: Report, lines: Sequence[DelexicalizedSentence], scene: EventContext, taken: set[Money]) -> Iterator[Money]:
    """Give the sums that may be a report's, likeliest first: those of its own sentence, then those of sentences about the deal."""
    if report.type not in load_report_rules().with_amount:
        return
    for own, marked in sorted(((not _tells(marked, report, scene), marked) for marked in lines), key=lambda item: item[0]):
        line = marked.line
        if own and not _about(line, report, scene):
            continue
        for match in _SUM.finditer(line):
            amount = scene.money[int(match[1])]
            money = Money(amount.amount, amount.currency)
            if money not in taken and _fits(report, line, match, scene.text.clean[amount.end : amount.end + 12]):
                yield money


def _tells(marked: DelexicalizedSentence, report: Report, scene: EventContext) -> bool:
    start, end = scene.text.span(marked.sentence.first, marked.sentence.last)
    return start <= report.start < end


def _about(line: str, report: Report, scene: EventContext) -> bool:
    """Tell whether a sentence without the report's evidence speaks of the same deal: of its parties only, or of "the deal"."""
    named = {_stem(scene.parties[int(number)].name) for number in _PARTY.findall(line)}
    parties = {_stem(name) for name in (report.subject, report.object) if name}
    return named <= parties and bool(named or _cues().names_deal.search(line))


def _fits(report: Report, line: str, match: re.Match[str], behind: str) -> bool:
    cues = _cues()
    before, after = line[max(0, match.start() - _REACH) : match.start()], line[match.end() : match.end() + _REACH]
    if cues.unit_after.match(behind) or cues.no_price_before.search(before):
        return False
    if report.type == "financial_result":
        return bool(cues.result.search(line))
    if cues.no_price_after.match(after) or cues.result.search(before[-14:]):
        return False
    if report.type in load_report_rules().amount_needs_cue or "@" not in line:
        return bool(cues.deal_before.search(before) or cues.deal_after.match(after))
    return True


def _stem(name: str) -> str:
    """Give the first word of a name: within one article "Kongsberg" and "Kongsberg Maritime" are about one deal."""
    return name.split(" ", 1)[0].casefold()
