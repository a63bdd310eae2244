"""Two voices on one article: what the learned reader says of events, and what the rules say; each event once, and how sure it is."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date

from newsgraph.core.model import EventAmount, Kind, Money, Report, RoleFiller, Status
from newsgraph.core.vocabulary import EVENT_TYPES, ROLES
from newsgraph.extract.events.amount_checks import without_sums_of_others
from newsgraph.extract.events.event_confidence import ArticleEvidence, VoicedReport, confidences_of, main_parties
from newsgraph.extract.events.event_time import is_old
from newsgraph.extract.events.report_roles import ordered
from newsgraph.extract.events.report_rules import load_report_rules
from newsgraph.extract.reader.read_event import Filled, ReadEvent

READER = "reader"
_PAIR = 2
_OTHER = "other"  # a type: something happened between parties, so that of one alone it says nothing
_OTHER_SUM = "other"  # what an amount is of that is not the price, stake or the like of an event
_AGENTS = frozenset({Kind.COMPANY, Kind.ORGANISATION, Kind.PERSON})
_OF_ROLE = {"place": frozenset({Kind.PLACE}), "product": frozenset({Kind.PRODUCT}), "unit": frozenset({Kind.COMPANY, Kind.ORGANISATION})}
_HARDLY = 0.2  # an event of which the reader is so little sure has the status that the rules give it
_DONE = (Status.ANNOUNCED, Status.COMPLETED)  # "had acquired": a rule says so of the verb itself only


def report_of(event: ReadEvent, published: date | None) -> Report:
    """Return what the reader says of an event as a report; its candidates are called as the mentions of the article are."""
    fillers = [RoleFiller(filled.role, filled.name, _kind(filled)) for filled in event.roles]
    start, end = event.evidence[0]
    day = published.isoformat() if published else ""
    when = event.when or ""
    amounts = tuple(EventAmount(Money(amount.value, amount.currency), amount.of) for amount in event.amounts)
    return Report(
        event.type, ordered(dict.fromkeys(fillers)), start, end, READER, event.probability, Status(event.status), amounts, when,
        ("article" if when == day else "text") if when else "", event.background or is_old(when, published), event.percent,
        None if event.count is None else round(event.count), event.part,
    )  # fmt: skip


def _kind(filled: Filled) -> Kind | None:
    """Return the kind of a filler, None if only its name takes the role: a product is no party, and a place is none either."""
    if filled.kind == "phrase":
        return None
    kind = Kind(filled.kind)
    fitting = _AGENTS if ROLES[filled.role].agent else _OF_ROLE.get(filled.role, frozenset(Kind))
    return kind if kind in fitting else None


def combine(read: Sequence[Report], ruled: Sequence[Report], article: ArticleEvidence, *, keep_amounts: bool = False) -> list[Report]:
    """Return the reports of both voices, each event once, with confidences that are true of articles in general.

    A sum that a rule gives to one event is not that of another one in the article. `keep_amounts` keeps the amounts that the rules found, as
    they know the parts of a total.
    """
    voiced: list[VoicedReport] = []
    left = list(ruled)
    assigned = {report.money: report for report in ruled if report.money}
    for report in read:
        twin = next((other for other in left if is_one_event(report, other)), None)
        if twin is None:
            voiced.append(VoicedReport(report, report.confidence, None))
            continue
        left.remove(twin)
        free = replace(report, amounts=tuple(one for one in report.amounts if assigned.get(one.money, twin) is twin))
        voiced.append(VoicedReport(_joined(free, twin, keep_amounts=keep_amounts), report.confidence, twin.confidence))
    voiced += [VoicedReport(report, None, report.confidence) for report in left]
    voiced = [one for one in voiced if one.report.type != _OTHER or len(main_parties(one.report)) >= _PAIR]
    kept = _without_repeated(_without_excluded(sorted(voiced, key=lambda one: one.order)))
    sure = [
        # the parts of a deal add up to its total, which makes them surer than what a rule says elsewhere
        one.report if keep_amounts and one.read is None else replace(one.report, confidence=confidence)
        for one, confidence in zip(kept, confidences_of(kept, article), strict=True)
    ]
    sure = without_sums_of_others(sure, article.mentions)
    return sorted(sure, key=lambda report: (report.start, report.end, report.type, [(filler.role, filler.name) for filler in report.roles]))


def _without_excluded(reports: Sequence[VoicedReport]) -> list[VoicedReport]:
    """Return the reports, surest first, without those that a surer one of the same parties rules out: a stake bought is no takeover besides."""
    rules = load_report_rules()
    kept: list[VoicedReport] = []
    for one in reports:
        report, parties = one.report, {name for _, name in main_parties(one.report)}
        if not any(
            rules.excludes(other.report.type, report.type)
            and parties == {name for _, name in main_parties(other.report)}
            and _near(other.report, report)
            for other in kept
        ):
            kept.append(one)
    return kept


def _without_repeated(reports: Sequence[VoicedReport]) -> list[VoicedReport]:
    """Return the reports, surest first; of those that tell of one event of two parties or more, the one that names most parties."""
    kept: list[VoicedReport] = []
    for one in reports:
        same = next((at for at, other in enumerate(kept) if _tells_again(one.report, other.report)), None)
        if same is None:
            kept.append(one)
        elif len(main_parties(one.report)) > len(main_parties(kept[same].report)):
            kept[same] = one
    return kept


def _tells_again(one: Report, other: Report) -> bool:
    """Return whether two reports of one voice tell of one event: parties of one among the other's, and no sum or year tells them apart."""
    names, others = ({name for _, name in main_parties(report)} for report in (one, other))
    if one.type != other.type or one.background != other.background or min(len(names), len(others)) < _PAIR:
        return False
    if one.when and other.when and one.when[:4] != other.when[:4]:
        return False
    sums, other_sums = ({amount.money for amount in report.amounts if amount.of != _OTHER_SUM} for report in (one, other))
    return (_are_among(names, others) or _are_among(others, names)) and (sums <= other_sums or other_sums <= sums)


def _are_among(names: AbstractSet[str], others: AbstractSet[str]) -> bool:
    """Return whether each name is one of the others or their beginning, or goes on from one: "Toyota" and "Toyota Motor" are one party."""
    return all(any(f"{name} ".startswith(f"{other} ") or f"{other} ".startswith(f"{name} ") for other in others) for name in names)


def _near(one: Report, other: Report) -> bool:
    return one.start < other.end and other.start < one.end


def is_one_event(one: Report, other: Report) -> bool:
    """Return whether two voices mean one event: the same type, and no main party of one that contradicts the other's."""
    if one.type != other.type:
        return False
    mine, others = main_parties(one), main_parties(other)
    if EVENT_TYPES[one.type].symmetric:
        return len(mine & others) > 1 or (bool(mine & others) and min(len(mine), len(others)) == 1)
    shared = mine & others
    clashing = {role for role, _ in mine - shared} & {role for role, _ in others - shared}
    return bool(shared) and not clashing


def _joined(read: Report, ruled: Report, *, keep_amounts: bool) -> Report:
    """Return the reader's report of an event with what only the rules say of it."""
    named = {filler.role for filler in read.roles if filler.kind is not None}
    worded = {filler.role for filler in ruled.roles} - named  # the rules cut words better than the reader does
    kept = [filler for filler in read.roles if filler.role not in worded]
    fillers = dict.fromkeys((*kept, *(filler for filler in ruled.roles if filler.role in worded)))
    return replace(
        read,
        roles=ordered(fillers),
        rule=ruled.rule,
        status=ruled.status if read.confidence < _HARDLY or (read.status, ruled.status) == _DONE else read.status,
        amounts=(ruled.amounts or read.amounts) if keep_amounts else (read.amounts or ruled.amounts),
        percent=read.percent if read.percent is not None else ruled.percent,
        count=read.count if read.count is not None else ruled.count,
        part=ruled.part or read.part,
    )
