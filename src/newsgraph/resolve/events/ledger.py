"""The ledger: every value that is reported of an event, with its articles and its relation to the main value.

Relations: `main`; `decided` (set by people); `rounded` and `converted` (the same amount in other figures); `total` (the amount of this
event and others of a deal together, not a rival); `part` (one of the parts of a deal's amount); `stage` (an earlier or later status of
the same event); `superseded` (reported only by articles that a correction replaced); `disputed` (articles disagree).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsgraph.core.model import Money
from newsgraph.resolve.corroboration import Counts, Witnesses
from newsgraph.resolve.events.event_labels import money_text
from newsgraph.resolve.events.event_roles import EventNode
from newsgraph.resolve.events.event_values import OFF, EventValue, amounts, directions, main_money, reported_times, statuses
from newsgraph.resolve.events.resolved_reports import ResolvedReport, are_one_amount

MAIN, DECIDED, ROUNDED, CONVERTED = "main", "decided", "rounded", "converted"
NOTHING = "none"  # the value of a field that people decided to have none
TOTAL, PART, STAGE, SUPERSEDED, DISPUTED = "total", "part", "stage", "superseded", "disputed"


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One value of one field of one event, and the articles (IRIs) that report it.

    `value` is for people; `money` is the amount if the field is the amount; `first` is the time of the first article.
    """

    event: str
    field: str
    value: str
    money: Money | None
    relation: str
    note: str
    counts: Counts
    articles: tuple[str, ...]
    first: datetime | None


def ledger(
    events: Sequence[EventNode], names: Mapping[str, str], witnesses: Witnesses, times: Mapping[str, datetime | None]
) -> Iterator[LedgerEntry]:
    """Yield the entries of all fields with more than one reported value, and of all statuses; the main value of a field first.

    `names` maps the IRIs of parties to their names, `times` those of articles to their times of publication.
    """
    by_iri = {event.iri: event for event in events}
    deals: dict[str, list[EventNode]] = {}
    for event in events:
        for part in event.parts:
            deals.setdefault(part, []).append(event)
    for event in events:
        entries = _Entries(event, witnesses, times)
        yield from _amounts(event, deals.get(event.iri, ()), by_iri, entries)
        yield from _days(event, entries)
        yield from _directions(event, names, entries)
        yield from _statuses(event, entries)
        yield from _unreported("part", event.part or "", (), event.decision("part"), entries)


@dataclass(frozen=True, slots=True)
class _Entries:
    event: EventNode
    witnesses: Witnesses
    times: Mapping[str, datetime | None]

    def make(
        self, field: str, value: str, relation: str, articles: Sequence[str], note: str = "", money: Money | None = None
    ) -> LedgerEntry:
        """Make an entry of the event."""
        first = min((time for iri in articles if (time := self.times[iri])), default=None)
        return LedgerEntry(self.event.iri, field, value, money, relation, note, self.witnesses.count(articles), tuple(articles), first)

    def rival(self, articles: Sequence[str]) -> str:
        """Return the relation of a rival value: superseded if a correction replaced all its articles, else disputed."""
        return DISPUTED if self.witnesses.uncorrected(articles) else SUPERSEDED


def _amounts(event: EventNode, deals: Sequence[EventNode], by_iri: Mapping[str, EventNode], entries: _Entries) -> Iterator[LedgerEntry]:
    reported = amounts(event.reports, entries.witnesses)
    main = event.money
    decision = event.decision("amount")
    if decision and all(amount.value != main for amount in reported):
        yield entries.make("amount", _text(main) if main else NOTHING, DECIDED, (), decision, main)
    for amount in reported if (main is not None and (len(reported) > 1 or deals)) or decision else ():
        relation, note = _relation(amount, main, entries)
        yield entries.make("amount", _text(amount.value), relation, amount.articles, note, amount.value)
    if event.totals and main is not None:
        articles = tuple(dict.fromkeys(article.iri for article, _ in event.totals))
        parts = [by_iri[iri] for iri in event.parts]
        yield entries.make("amount", _text(main), MAIN, articles, _addition(parts, main), main)
        for part in parts:
            if part.money:
                reports = [resolved for resolved in sorted(part.reports, key=_by_time) if main_money(resolved.report) == part.money]
                articles = tuple(dict.fromkeys(resolved.article.iri for resolved in reports))
                yield entries.make("amount", _text(part.money), PART, articles, part.label, part.money)
    for deal in deals:
        if deal.money is not None:
            articles = tuple(dict.fromkeys(article.iri for article, _ in deal.totals))
            note = f"the whole of {_addition([by_iri[iri] for iri in deal.parts], deal.money)}"
            yield entries.make("amount", _text(deal.money), TOTAL, articles, note, deal.money)


def _relation(amount: EventValue[Money], main: Money | None, entries: _Entries) -> tuple[str, str]:
    """Return the relation of an amount to the main one, and a note."""
    if amount.value == main:
        decision = entries.event.decision("amount")
        return (DECIDED, decision) if decision else (MAIN, "")
    rival = entries.rival(amount.articles)
    if rival == SUPERSEDED or main is None:
        return rival, ""  # an amount that people removed is disputed
    if amount.value.currency != main.currency:
        return (CONVERTED, "in another currency") if are_one_amount(amount.value, main) else (DISPUTED, "")
    return (ROUNDED, "") if are_one_amount(amount.value, main) else (DISPUTED, "")


def _addition(parts: Sequence[EventNode], whole: Money) -> str:
    total = sum(part.money.amount for part in parts if part.money and part.money.currency == whole.currency)
    addends = " + ".join(_text(part.money) for part in parts if part.money)
    if not addends:
        return f"{len(parts)} parts without sums"
    return f"{addends} = {_text(whole)}" if abs(total - whole.amount) < 1 else f"{addends}, which is not {_text(whole)}"


def _days(event: EventNode, entries: _Entries) -> Iterator[LedgerEntry]:
    reported = reported_times(event.reports, entries.witnesses)
    decision = event.decision("date")
    yield from _unreported("date", event.when, [time.value for time in reported], decision, entries)
    for time in reported if len(reported) > 1 or decision else ():
        if time.value == event.when:
            yield entries.make("date", time.value, DECIDED if decision else MAIN, time.articles, decision)
        else:
            relation = ROUNDED if event.when and _is_within(time.value, event.when) else entries.rival(time.articles)
            yield entries.make("date", time.value, relation, time.articles)


def _unreported(field: str, value: str, reported: Sequence[str], decision: str, entries: _Entries) -> Iterator[LedgerEntry]:
    """Yield the entry of a decided value that no article reports."""
    if decision and value not in reported:
        yield entries.make(field, value or NOTHING, DECIDED, (), decision)


def _is_within(one: str, other: str) -> bool:
    """Return whether one time is the other one, less or more precisely."""
    return one.startswith(other) or other.startswith(one)


def _directions(event: EventNode, names: Mapping[str, str], entries: _Entries) -> Iterator[LedgerEntry]:
    reported = directions(event.reports, entries.witnesses)
    for number, direction in enumerate(reported if len(reported) > 1 else ()):
        text = " -> ".join(names.get(iri, "nobody named") if iri else "nobody named" for iri in direction.value)
        yield entries.make("roles", text, entries.rival(direction.articles) if number else MAIN, direction.articles)


def _statuses(event: EventNode, entries: _Entries) -> Iterator[LedgerEntry]:
    reported = statuses(event.reports, entries.witnesses)
    decision = event.decision("status")
    yield from _unreported("status", event.status, [status.value for status in reported], decision, entries)
    for status in reported:
        if status.value is event.status:
            yield entries.make("status", status.value.value, DECIDED if decision else MAIN, status.articles, decision)
        else:
            is_denial = bool(OFF & {status.value, event.status})
            relation = entries.rival(status.articles) if is_denial else STAGE
            yield entries.make("status", status.value.value, relation, status.articles)


def _by_time(resolved: ResolvedReport) -> tuple[datetime, str]:
    return resolved.article.order


def _text(money: Money) -> str:
    return money_text(money.amount, money.currency)
