"""The ledger: every value that is told of an event, side by side, with its tellers and how it stands to the main one.

Relations: `main`; `decided` (people gave it); `rounded` and `converted` (the same sum told otherwise); `total` (the sum over
this event and others of a deal, not a rival); `part` (one of the parts of a deal's sum); `stage` (an earlier or later status of
one course); `superseded` (told only by articles that a correction replaced); `disputed` (tellers disagree).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsgraph.core.model import Money, Status
from newsgraph.resolve.corroboration import Counts, Witnesses
from newsgraph.resolve.events.event_labels import money_text
from newsgraph.resolve.events.event_nodes import EventNode
from newsgraph.resolve.events.event_values import EventValue, amounts, directions, reported_days, statuses
from newsgraph.resolve.events.resolved_reports import ResolvedReport, alike

MAIN, DECIDED, ROUNDED, CONVERTED = "main", "decided", "rounded", "converted"
TOTAL, PART, STAGE, SUPERSEDED, DISPUTED = "total", "part", "stage", "superseded", "disputed"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One value of one field of one event; `value` is for people, `money` is the sum where the field is the amount."""

    event: str
    field: str
    value: str
    money: Money | None
    relation: str
    note: str
    counts: Counts
    tellers: tuple[str, ...]
    first: datetime | None


def ledger(
    events: Sequence[EventNode], names: Mapping[str, str], witnesses: Witnesses, times: Mapping[str, datetime | None]
) -> Iterator[LedgerEntry]:
    """Give the entries of all events that more than one value is told of, and of all statuses; the main value of a field first.

    `times` gives when each article (IRI) was published.
    """
    by_iri = {event.iri: event for event in events}
    deals: dict[str, list[EventNode]] = {}
    for event in events:
        for part in event.parts:
            deals.setdefault(part, []).append(event)
    for event in events:
        writer = _Writer(event, witnesses, times)
        yield from _amounts(event, deals.get(event.iri, ()), by_iri, writer)
        yield from _days(event, writer)
        yield from _directions(event, names, writer)
        yield from _statuses(event, writer)


@dataclass(frozen=True, slots=True)
class _Writer:
    event: EventNode
    witnesses: Witnesses
    times: Mapping[str, datetime | None]

    def entry(
        self, field: str, value: str, relation: str, tellers: Sequence[str], note: str = "", money: Money | None = None
    ) -> LedgerEntry:
        """Write one entry; the first teller's time is the time of the value."""
        first = min((time for iri in tellers if (time := self.times[iri])), default=None)
        return LedgerEntry(self.event.iri, field, value, money, relation, note, self.witnesses.count(tellers), tuple(tellers), first)

    def rivalry(self, tellers: Sequence[str]) -> str:
        """Tell whether a value still stands or only what was corrected tells it."""
        return DISPUTED if self.witnesses.standing(tellers) else SUPERSEDED


def _amounts(event: EventNode, deals: Sequence[EventNode], by_iri: Mapping[str, EventNode], writer: _Writer) -> Iterator[LedgerEntry]:
    told = amounts(event.tellings, writer.witnesses)
    main = event.money
    if event.decision and main is not None and all(one.value != main for one in told):
        yield writer.entry("amount", _sum(main), DECIDED, (), event.decision, main)
    for one in told if main is not None and (len(told) > 1 or deals or event.decision) else ():
        relation, note = _standing(one, main, writer)
        yield writer.entry("amount", _sum(one.value), relation, one.tellers, note, one.value)
    if event.totals and main is not None:
        tellers = tuple(dict.fromkeys(article.iri for article, _ in event.totals))
        parts = [by_iri[iri] for iri in event.parts]
        yield writer.entry("amount", _sum(main), MAIN, tellers, _adds_up(parts, main), main)
        for part in parts:
            if part.money:
                told_part = [one.article.iri for one in sorted(part.tellings, key=_by_time) if one.report.money == part.money]
                yield writer.entry("amount", _sum(part.money), PART, tuple(dict.fromkeys(told_part)), part.label, part.money)
    for deal in deals:
        if deal.money is not None:
            tellers = tuple(dict.fromkeys(article.iri for article, _ in deal.totals))
            note = f"the whole of {_adds_up([by_iri[iri] for iri in deal.parts], deal.money)}"
            yield writer.entry("amount", _sum(deal.money), TOTAL, tellers, note, deal.money)


def _standing(one: EventValue[Money], main: Money | None, writer: _Writer) -> tuple[str, str]:
    if one.value == main:
        decision = writer.event.decision
        return (DECIDED, decision) if decision else (MAIN, "")
    rivalry = writer.rivalry(one.tellers)
    if rivalry == SUPERSEDED or main is None:
        return rivalry, ""
    if one.value.currency != main.currency:
        return (CONVERTED, "in another currency") if alike(one.value, main) else (DISPUTED, "")
    return (ROUNDED, "") if alike(one.value, main) else (DISPUTED, "")


def _adds_up(parts: Sequence[EventNode], whole: Money) -> str:
    sums = [part.money.amount for part in parts if part.money and part.money.currency == whole.currency]
    told = " + ".join(_sum(part.money) for part in parts if part.money)
    if not told:
        return f"{len(parts)} parts without sums"
    return f"{told} = {_sum(whole)}" if abs(sum(sums) - whole.amount) < 1 else f"{told}, which is not {_sum(whole)}"


def _days(event: EventNode, writer: _Writer) -> Iterator[LedgerEntry]:
    told = reported_days(event.tellings, writer.witnesses)
    for one in told if len(told) > 1 else ():
        yield writer.entry("date", one.value.isoformat(), MAIN if one.value == event.date else writer.rivalry(one.tellers), one.tellers)


def _directions(event: EventNode, names: Mapping[str, str], writer: _Writer) -> Iterator[LedgerEntry]:
    told = directions(event.tellings, writer.witnesses)
    for number, one in enumerate(told if len(told) > 1 else ()):
        way = " -> ".join(names.get(iri, "nobody named") if iri else "nobody named" for iri in one.value)
        yield writer.entry("roles", way, writer.rivalry(one.tellers) if number else MAIN, one.tellers)


def _statuses(event: EventNode, writer: _Writer) -> Iterator[LedgerEntry]:
    told = statuses(event.tellings, writer.witnesses)
    for one in told:
        if one.value is event.status:
            relation = MAIN
        else:
            against = Status.DENIED in {one.value, event.status}
            relation = writer.rivalry(one.tellers) if against else STAGE
        yield writer.entry("status", one.value.value, relation, one.tellers)


def _by_time(telling: ResolvedReport) -> tuple[datetime, str]:
    return telling.article.order


def _sum(money: Money) -> str:
    return money_text(money.amount, money.currency)
