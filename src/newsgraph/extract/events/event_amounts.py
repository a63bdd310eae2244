"""Which sum of money belongs to which event: the one its own rule met, else the one that stands near and says what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from newsgraph.core.model import Money, Report
from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence
from newsgraph.extract.events.event_candidates import EventContext

_REACH = 30  # characters of the marked line in which a sum says what it is for
_SUM, _PARTY = re.compile(r"\$(\d+)"), re.compile(r"@(\d+)")
_UNIT = re.compile(r"^[ -]?(?:(?:per|a|an|each)\b|apiece|/)")
# Sums that are no price: what somebody is worth, what was before, what others expected.
_OTHER_BEFORE = re.compile(
    r"(?:valu(?:es|ing)(?: (?!it\b|the deal|the transaction)[^$]{0,24})? at|(?:is|was|now|company|firm|startup|start-up|it) valued at|valuation of|market (?:value|capitali[sz]ation) of|from|than|against|compared with|"
    r"expected|forecast of|estimates? of|consensus of|gave the amount as|version[^$]{0,20}|fund of|assets of|debts? of|turnover of|budget of)"
    r"(?: (?:about|around|some|over|nearly|almost|more than|up to|just|roughly))* $"
)
_OTHER_AFTER = re.compile(
    r"^ (?:valuation|market (?:value|cap)|in (?:assets|revenues?|sales|turnover|debt)|(?:a|per) (?:share|year|month)|fund\b|company\b|firm\b|market\b|industry\b)"
)
_RESULT = re.compile(
    r"\b(?:profits?|income|loss(?:es)?|lost|earned|earns?|earnings|made|revenues?|sales|turnover|ebitda|takings)\b", re.IGNORECASE
)
_DEAL_BEFORE = re.compile(
    r"(?:for|worth|valued at|paying|pays?|paid|price(?: [a-z]+)? ?:?|put it at|puts? in|at|of|to|raising|raised|values? it at|totalling|totaling|costs?|costing|"
    r"spend|spending|invest|investing|contribut(?:e|es|ing)|is|was|a|an|the|its|'s|up to)(?: (?:about|around|some|over|nearly|almost|more than|up to|just|roughly|an? (?:estimated|undisclosed)|as much as|at least))* $"
)
_DEAL_AFTER = re.compile(
    r"^ (?:[a-z-]+ ){0,3}(?:deal|contract|order|acquisition|purchase|takeover|bid|offer|stake|investment|agreement|swoop|buyout|merger|tie-up|prize|award|framework|"
    r"settlement|lawsuit|suit|fine|ipo|offering|listing|plant|factory|project|expansion|facility|partnership|pact|venture|tender|transaction|marriage|combination|round)\b"
)
_NAMES_DEAL = re.compile(
    r"\b(?:deal|order|contract|purchase|price|transaction|sale|acquisition|offer|agreement|investment|partnership|merger|marriage|prize|damages|payout|round|project|subcontract)\b"
)
_TYPES = frozenset(
    {"acquisition", "merger", "contract", "partnership", "investment", "ipo", "lawsuit", "expansion", "award", "funding_round"}
)
_NEEDS_CUE = frozenset({"partnership", "investment", "award", "expansion"})


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
    if report.type not in _TYPES and report.type != "financial_result":
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
    return named <= parties and bool(named or _NAMES_DEAL.search(line))


def _fits(report: Report, line: str, match: re.Match[str], behind: str) -> bool:
    before, after = line[max(0, match.start() - _REACH) : match.start()], line[match.end() : match.end() + _REACH]
    if _UNIT.match(behind) or _OTHER_BEFORE.search(before):
        return False
    if report.type == "financial_result":
        return bool(_RESULT.search(line))
    if _OTHER_AFTER.match(after) or _RESULT.search(before[-14:]):
        return False
    if report.type in _NEEDS_CUE or "@" not in line:
        return bool(_DEAL_BEFORE.search(before) or _DEAL_AFTER.match(after))
    return True


def _stem(name: str) -> str:
    """Give the first word of a name: within one article "Kongsberg" and "Kongsberg Maritime" are about one deal."""
    return name.split(" ", 1)[0].casefold()
