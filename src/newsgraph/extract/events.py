"""Find who did what to whom: run the event rules over marked sentences and settle what one article says twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from newsgraph.extract.dates import Day
from newsgraph.extract.event_rules import EventRule, EventRules
from newsgraph.extract.marked import Marked, Party, mark, marks_of
from newsgraph.extract.money import Amount
from newsgraph.extract.status import status_of
from newsgraph.extract.text import Text
from newsgraph.model import Money, Report, Status, Total
from newsgraph.vocabulary import EVENT_TYPES

_PARTS_CUE = re.compile(
    r"\b(?:sum|total|figure|package|deal|agreement|transaction|bet) (?:represents|includes|comprises|consists of|covers|combines|is made up of|is split)"
)
_PER_UNIT = re.compile(
    r" ?(?:per|a|an|each) (?:share|unit|ounce|barrel|month|year|day|week|user|ton|tonne)\b| (?:valuation|market value|in revenue|in sales|in assets|market)\b"
)
_ASIDES = (
    re.compile(
        r"(@\d+ )(, (?:a|an|the|which|whose|part|owned|backed|controlled|formerly|one|maker|parent|based|unit)\b[^,]{0,110}? ,)(?= )"
    ),
    re.compile(r"()(@\d+ - (?:owned|backed|controlled|led|funded|listed|based) (?=(?:[^@ ]+ ){0,3}@))"),
    re.compile(r"()(@\d+ 's (?:(?:unit|subsidiary|division|arm|parent) )?(?=@\d))"),
    re.compile(r"(@\d+ )(\( [^()]{0,80} \))"),
)
_COMPANY_SUBJECT = frozenset({"approval", "contract", "award", "acquisition", "merger"})
_TOGETHER = frozenset({"expansion", "product_launch", "ipo"})  # what two do together is their partnership
_NO_OBJECT_ORGANISATION = frozenset({"approval", "contract", "acquisition", "funding_round", "expansion", "layoff", "ipo"})
_LATEST, _OLDEST = 1, 60  # days from the article's day within which a named day is the event's day
# Of two events between the same parties in one article, of these types, only the surer is meant.
_EXCLUSIVE = frozenset(
    frozenset(pair.split())
    for pair in [
        "acquisition investment",
        "acquisition contract",
        "acquisition merger",
        "investment contract",
        "investment merger",
        "contract merger",
        "partnership contract",
        "partnership merger",
        "approval award",
        "approval contract",
        "award contract",
        "lawsuit partnership",
        "lawsuit acquisition",
        "lawsuit investment",
        "lawsuit contract",
        "partnership award",
        "acquisition partnership",
    ]
)
_MONEY_TYPES = frozenset({"acquisition", "funding_round", "contract", "merger", "lawsuit", "ipo", "expansion"})


@dataclass(frozen=True, slots=True)
class Scene:
    """What event rules look at in one article."""

    text: Text
    parties: Sequence[Party]
    money: Sequence[Amount]
    days: Sequence[Day]
    published: date | None
    rules: EventRules


@dataclass(frozen=True, slots=True)
class _Draft:
    type: str
    subject: int | None
    object: int | None
    rule: EventRule
    marked: Marked
    start: int
    end: int
    money: int | None
    part: str | None


def find_events(scene: Scene) -> tuple[list[Report], list[Total]]:
    """Give the reports and totals of one article, in text order."""
    drafts: list[_Draft] = []
    if not scene.parties:
        return [], []
    marks = marks_of(scene.text, scene.parties, scene.money)
    lines = [mark(scene.text, sentence, marks) for sentence in scene.text.sentences]
    lead = _lead(lines, scene)
    raiser: int | None = None
    for marked in lines:
        if "@" not in marked.line and len(lead) != 2:  # noqa: PLR2004 - only a pair lends itself to sentences that name none
            continue
        line = _masked(marked.line)
        # Rules that take a side from the rest of the text come last: the sentence itself may tell who raises the money.
        for rule in sorted(_rules_for(marked, scene.rules), key=lambda rule: bool(rule.carry)):
            raiser = next((draft.subject for draft in drafts if draft.type == "funding_round"), raiser) if rule.carry else raiser
            for match in rule.pattern.finditer(line):
                drafts += _drafts(rule, match, marked, scene, lead, raiser)
    return _settle(drafts, lines, scene)


def _masked(line: str) -> str:
    """Hide parties that only describe the next or the last one, so that rules meet those that act.

    "@0 , a subsidiary of @1 , buys @2", "@1 - owned @0 buys @2", "@1 's @0 buys @2": only @0 and @2 act. Lengths stay.
    """
    for aside in _ASIDES:
        line = aside.sub(lambda match: match[1] + match[2].replace("@", "~"), line)
    return line


def _rules_for(marked: Marked, rules: EventRules) -> list[EventRule]:
    numbers: set[int] = set()
    for word in marked.line.split(" "):
        numbers |= rules.triggers.get(word, frozenset())
    parties = marked.line.count("@")
    return [rule for number in sorted(numbers) if (rule := rules.rules[number]).parties <= parties]


def _lead(lines: Sequence[Marked], scene: Scene) -> tuple[int, ...]:
    """Give the parties of the headline: nominal events further down are theirs where they name none.

    Where the headline names fewer than two, all parties of the article that there are.
    """
    first: dict[str, int] = {}
    for marked in lines:
        if marked.sentence.region == "title" or len(first) < 2:  # noqa: PLR2004 - a pair
            for number in re.findall(r"@(\d+)", marked.line):
                first.setdefault(scene.parties[int(number)].name, int(number))
    return tuple(first.values())


def _drafts(
    rule: EventRule, match: re.Match[str], marked: Marked, scene: Scene, lead: tuple[int, ...], raiser: int | None
) -> Iterator[_Draft]:
    money = next((int(mark[1:]) for mark in _all(match, "M")), None)
    part = match.groupdict().get("part")
    made = {"rule": rule, "marked": marked, "start": match.start(), "end": match.end(), "money": money, "part": part and part.strip()}
    pairs = _pairs(rule, match, scene, lead, raiser)
    for subject, obj in pairs:
        if rule.round and obj is not None:
            yield _Draft("funding_round", obj, None, **made)  # type: ignore[arg-type]
        kept = made | {"money": None} if rule.round else made  # the sum is the round's, not each investor's
        yield _Draft(rule.type, subject, obj, **kept)  # type: ignore[arg-type]


def _pairs(
    rule: EventRule, match: re.Match[str], scene: Scene, lead: tuple[int, ...], raiser: int | None
) -> list[tuple[int | None, int | None]]:
    subjects, objects, together = (_numbers(_all(match, side)) for side in "SOP")
    if together:
        return list(combinations(together, 2))
    if len(subjects) > 1 and rule.type in _TOGETHER:
        return []
    if rule.carry == "both":
        names = [scene.parties[number].name for number in lead]
        return [(lead[0], lead[1])] if len(set(names)) == 2 else []  # noqa: PLR2004 - a pair
    if rule.carry == "object":
        target = raiser if raiser is not None else lead[0] if lead else None
        return [(subject, target) for subject in subjects if target is not None]
    if not subjects:
        return [(number, None) for number in objects] if rule.type == "lawsuit" else []
    if not objects:
        return [(number, None) for number in subjects]
    return [(subject, obj) for subject in subjects for obj in objects]


def _all(match: re.Match[str], side: str) -> list[str]:
    groups = match.groupdict()
    return [groups[name] for name in (side, side + "2") if groups.get(name)]


def _numbers(lists: list[str]) -> list[int]:
    return [int(number) for part in lists for number in re.findall(r"@(\d+)", part)]


def _settle(drafts: list[_Draft], lines: list[Marked], scene: Scene) -> tuple[list[Report], list[Total]]:
    split = _is_split(lines)
    reports = [report for draft in drafts if not (split and draft.rule.total) and (report := _report(draft, scene)) is not None]
    kept: list[Report] = []
    for report in sorted(reports, key=lambda one: (-one.confidence, one.money is None, one.start, one.end, one.type)):
        twin = next((other for other in kept if _same(report, other)), None)
        if twin is not None:
            kept[kept.index(twin)] = _merged(twin, report)
        elif not any(_excludes(other, report) for other in kept):
            kept.append(report)
    kept, totals = _totals(kept, lines, scene) if split else (kept, [])
    return sorted(kept, key=lambda one: (one.start, one.end, one.type, one.subject or "", one.object or "")), totals


def _report(draft: _Draft, scene: Scene) -> Report | None:
    subject = scene.parties[draft.subject] if draft.subject is not None else None
    other = scene.parties[draft.object] if draft.object is not None else None
    sides = [side for side in (subject, other) if side]
    if not any(side.company for side in sides) and draft.type not in {"product_launch", "partnership"}:
        return None
    if subject and other and subject.name == other.name:
        return None
    if other and not other.company and draft.type in _NO_OBJECT_ORGANISATION:
        other = None  # an army or an agency as customer, a regulator: the event has one party
    if subject is None or (not subject.company and draft.type in _COMPANY_SUBJECT):
        return None
    symmetric = EVENT_TYPES[draft.type].symmetric
    names = [side.name if side else None for side in (subject, other)]
    if symmetric and None not in names:
        names = sorted(names, key=str)
    first, last = draft.marked.tokens(draft.start, draft.end)
    start, end = scene.text.span(first, last)
    # Both parties were accepted before: doubt about them counts half.
    confidence = round(draft.rule.confidence * (1 + min(side.confidence for side in sides)) / 2, 2)
    day = _day(draft.marked, scene)
    status = status_of(draft.marked.line)
    return Report(
        draft.type, names[0], names[1], start, end, draft.rule.id, confidence, status, _money(draft, scene),
        day or scene.published, "text" if day else "article" if scene.published else "", draft.part or None,
    )  # fmt: skip


def _money(draft: _Draft, scene: Scene) -> Money | None:
    if draft.money is not None:
        amount = scene.money[draft.money]
        return Money(amount.amount, amount.currency)
    if draft.type not in _MONEY_TYPES or (draft.rule.round and draft.type == "investment"):
        return None
    for found in re.finditer(r"\$(\d+)", draft.marked.line):
        amount = scene.money[int(found[1])]
        if not _PER_UNIT.match(scene.text.clean[amount.end : amount.end + 20]):
            return Money(amount.amount, amount.currency)
    return None


def _day(marked: Marked, scene: Scene) -> date | None:
    begin, end = scene.text.starts[marked.sentence.first], scene.text.ends[marked.sentence.last - 1]
    for named in scene.days:
        near = named.day and scene.published and -_LATEST <= (scene.published - named.day).days <= _OLDEST
        if near and begin <= named.start < end:
            return named.day
    return None


def _same(report: Report, other: Report) -> bool:
    if report.type != other.type:
        return False
    if (report.subject, report.object) == (other.subject, other.object):
        return True
    # An event told once with one party and once with two is the fuller one.
    return (
        report.subject == other.subject
        and (report.object is None or other.object is None)
        and report.type not in {"partnership", "investment", "acquisition"}
    )


def _merged(kept: Report, other: Report) -> Report:
    return replace(
        kept,
        object=kept.object or other.object,
        money=kept.money or other.money,
        date=other.date if other.date_source == "text" and kept.date_source != "text" else kept.date,
        date_source="text" if "text" in {kept.date_source, other.date_source} else kept.date_source,
        status=kept.status if kept.status is not Status.ANNOUNCED or other.status is Status.PLANNED else other.status,
        object_part=kept.object_part or other.object_part,
    )


def _excludes(kept: Report, report: Report) -> bool:
    pair, other = {kept.subject, kept.object} - {None}, {report.subject, report.object} - {None}
    if kept.type == report.type:
        # "A buys B" and "B buys A" of one article: the surer direction stands.
        return pair == other and len(pair) > 1
    overlapping = kept.start < report.end and report.start < kept.end
    return pair == other and frozenset((kept.type, report.type)) in _EXCLUSIVE and (overlapping or len(pair) > 1)


def _is_split(lines: Sequence[Marked]) -> bool:
    """Tell whether the text below a headline with a sum says that the sum has parts."""
    body = [marked.line for marked in lines if marked.sentence.region != "title"]
    return _headline_money(lines)[0] is not None and any(_PARTS_CUE.search(line) for line in body)


def _headline_money(lines: Sequence[Marked]) -> tuple[Marked | None, int]:
    for marked in lines:
        found = re.search(r"\$(\d+)", marked.line) if marked.sentence.region == "title" else None
        if found:
            return marked, int(found[1])
    return None, 0


def _totals(reports: list[Report], lines: list[Marked], scene: Scene) -> tuple[list[Report], list[Total]]:
    """Take a headline sum over several events for what it is: "inks $270M deal ... includes $180M ... alongside $90M"."""
    title, number = _headline_money(lines)
    if title is None:
        return reports, []
    amount = scene.money[number]
    money = Money(amount.amount, amount.currency)
    title_end = scene.text.offsets(0, amount.end)[1]
    parts = [report for report in reports if report.start >= title_end and report.subject and report.object]
    pairs = {frozenset((report.subject, report.object)) for report in parts}
    if len(parts) < 2 or len(pairs) != 1:  # noqa: PLR2004 - a total is over two events or more
        return reports, []
    first, last = title.tokens(0, len(title.line))
    start, end = scene.text.span(first, last)
    rest = [
        replace(report, money=None) if report.money == money else report
        for report in reports
        if report not in parts and report.start >= title_end
    ]
    kept = [replace(report, money=None) if report.money == money else report for report in parts]
    return [*kept, *rest], [Total(tuple(sorted(name for name in next(iter(pairs)) if name)), money, start, end, "headline_total", 0.8)]
