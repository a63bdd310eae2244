"""Find who did what to whom: run the event rules over marked sentences and settle what one article says twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import combinations
from operator import or_

from newsgraph.core.model import Report, Total
from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence, delexicalize
from newsgraph.extract.events.event_candidates import EventCandidate, EventContext
from newsgraph.extract.events.event_rules import EventRule, EventRules
from newsgraph.extract.events.report_consolidation import consolidate_reports
from newsgraph.extract.events.report_rules import load_report_rules

_MARK = re.compile(r"@(\d+)")


def find_events(scene: EventContext) -> tuple[list[Report], list[Total]]:
    """Give the reports and totals of one article, in text order."""
    drafts: list[EventCandidate] = []
    if not scene.parties:
        return [], []
    lines = delexicalize(scene.text, scene.parties, scene.money)
    lead = _lead(lines, scene)
    runs: list[tuple[DelexicalizedSentence, str, EventRule]] = []
    for marked in lines:
        if "@" not in marked.line and len(lead) != 2:  # noqa: PLR2004 - only a pair lends itself to sentences that name none
            continue
        line = _masked(marked.line, scene.rules.asides)
        runs += [(marked, line, rule) for rule in _rules_for(marked, scene.rules)]
    for carried in (False, True):
        # Rules that take a side from the rest of the text run last, when it is known who raises money.
        raiser = next((draft.subject for draft in drafts if draft.type == "funding_round"), None)
        for marked, line, rule in runs:
            if bool(rule.carry) is carried:
                for match in rule.pattern.finditer(line):
                    drafts += _drafts(rule, match, marked, scene, lead, raiser)
    return consolidate_reports(drafts, lines, scene)


def _masked(line: str, asides: Sequence[re.Pattern[str]]) -> str:
    """Hide parties that only describe the next or the last one, so that rules meet those that act.

    "@0 , a subsidiary of @1 , buys @2", "@1 - owned @0 buys @2", "@1 's @0 buys @2": only @0 and @2 act. What is hidden becomes
    one long word, so that lengths stay.
    """
    if line.count("@") < 2:  # noqa: PLR2004 - a party that describes stands beside one that acts
        return line
    for aside in asides:
        line = aside.sub(lambda match: match[1] + "_" * len(match[2].rstrip()) + " " * (len(match[2]) - len(match[2].rstrip())), line)
    return line


def _rules_for(marked: DelexicalizedSentence, rules: EventRules) -> list[EventRule]:
    """Give the rules that the words of a line may match, in file order."""
    words = rules.words
    told = reduce(or_, map(words.__getitem__, marked.words))
    parties, started = marked.line.count("@"), told & words.rules
    found = []
    while started:
        number = (started & -started).bit_length() - 1
        started &= started - 1
        if words.needs[number] & told == words.needs[number] and (rule := rules.rules[number]).parties <= parties:
            found.append(rule)
    return found


def _lead(lines: Sequence[DelexicalizedSentence], scene: EventContext) -> tuple[int, ...]:
    """Give the parties of the headline: nominal events further down are theirs where they name none.

    Where the headline names fewer than two, all parties of the article that there are.
    """
    first: dict[str, int] = {}
    for marked in lines:
        if marked.sentence.region == "title" or len(first) < 2:  # noqa: PLR2004 - a pair
            for number in _MARK.findall(marked.line):
                first.setdefault(scene.parties[int(number)].name, int(number))
    return tuple(first.values())


def _drafts(
    rule: EventRule, match: re.Match[str], marked: DelexicalizedSentence, scene: EventContext, lead: tuple[int, ...], raiser: int | None
) -> Iterator[EventCandidate]:
    sums = _all(rule, match, "M")
    part = match["part"] if rule.part else None
    pairs = _pairs(rule, match, scene, lead, raiser)
    if part and part.startswith("its ") and pairs:
        # "A joins B in selling its unit to C": what is sold is the first one's, not the nearest one's
        owner = next(int(number) for number in _MARK.findall(marked.line))
        pairs = [(subject, owner) for subject, _ in pairs if subject != owner] or pairs
    # The sum is the round's, not each investor's, unless one investor gives it all.
    shared = rule.round and not (len(pairs) == 1 and " from " in match.group() and "led" not in match.group().split(" "))
    money, (start, end) = int(sums[0][1:]) if sums else None, match.span()
    part = part and part.strip()
    for subject, obj in pairs:
        if rule.round and obj is not None:
            yield EventCandidate("funding_round", obj, None, rule, marked, start, end, money, part)
        yield EventCandidate(rule.type, subject, obj, rule, marked, start, end, None if shared else money, part)


def _pairs(
    rule: EventRule, match: re.Match[str], scene: EventContext, lead: tuple[int, ...], raiser: int | None
) -> list[tuple[int | None, int | None]]:
    subjects = _numbers(_all(rule, match, "S"))
    if rule.carry:
        return _carried(rule, subjects, scene, lead, raiser)
    if together := _numbers(_all(rule, match, "P")):
        return list(combinations(together, 2))
    objects = _numbers(_all(rule, match, "O"))
    if len(subjects) > 1 and (rule.type in load_report_rules().not_together or (rule.type == "contract" and not objects)):
        return []
    if not subjects:
        return [(number, None) for number in objects] if rule.type == "lawsuit" else []
    return [(subject, obj) for subject in subjects for obj in objects or (None,)]


def _carried(
    rule: EventRule, subjects: list[int], scene: EventContext, lead: tuple[int, ...], raiser: int | None,
) -> list[tuple[int | None, int | None]]:  # fmt: skip
    """Give the pairs of a rule that takes one side or both from the rest of the article."""
    if rule.carry == "both":
        names = {scene.parties[number].name for number in lead}
        return [(lead[0], lead[1])] if len(names) == 2 else []  # noqa: PLR2004 - a pair
    # "alongside X" tells of an investment only where somebody is known to raise money
    target = raiser if raiser is not None or rule.carry == "raiser" else lead[0] if lead else None
    return [(subject, target) for subject in subjects if target is not None]


def _all(rule: EventRule, match: re.Match[str], side: str) -> list[str]:
    return [text for name in rule.groups[side] if (text := match[name])]


def _numbers(lists: list[str]) -> list[int]:
    return [int(number) for part in lists for number in _MARK.findall(part)]
