"""Texts whose parties are given by hand, and events as one line each, for tests of how events are found and put together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence, Party, delexicalize
from newsgraph.extract.events.event_candidates import EventCandidate, EventContext
from newsgraph.extract.events.event_rules import EventRule, load_event_rules
from newsgraph.extract.events.pair_report import PairReport
from newsgraph.extract.text.article_text import read_text
from newsgraph.extract.text.dates import find_days
from newsgraph.extract.text.money import find_money
from newsgraph.extract.text.times import find_times
from reading_cases import article, founds

COMPANIES = ("Zorvex", "Quorl", "Dunmore", "Keltic", "Keltic Marine", "Abrixo")
ORGANISATIONS = ("Ministry", "Agency")


def scene(title: str, body: str = "", day: date | None = None, *, confidence: float = 0.9, doubtful: Sequence[str] = ()) -> EventContext:
    """Read a text in which the names above are the parties; those that are `doubtful` are half as sure."""
    text = read_text(article(title, day=day, body=body))
    spans = {(one.first, one.last): one for one in founds(text, (*COMPANIES, *ORGANISATIONS), confidence)}
    longest = [
        one for one in spans.values() if not any(a <= one.first and one.last <= b and (a, b) != (one.first, one.last) for a, b in spans)
    ]
    parties = [
        Party(one.first, one.last, one.name, one.name in COMPANIES, confidence / 2 if one.name in doubtful else confidence)
        for one in sorted(longest, key=lambda one: one.first)
    ]
    times = find_times(text.clean, find_days(text.clean, day), day)
    return EventContext(text, parties, find_money(text.clean), times, day, load_event_rules())


class Drafts:
    """Drafts of the events of a scene, as rules would make them."""

    def __init__(self, looked_at: EventContext) -> None:
        """Mark the sentences of the scene."""
        self.scene = looked_at
        self.lines = delexicalize(looked_at.text, looked_at.parties, looked_at.money)

    def draft(
        self, words: str, type_name: str, subject: str | None, other: str | None = None, *, confidence: float = 0.8, money: int | None = None,
        part: str | None = None, status: str = "", total: bool = False,
    ) -> EventCandidate:  # fmt: skip
        """Make the draft that a rule makes of some words of a marked sentence."""
        line = next(line for line in self.lines if words in line.line)
        start = line.line.index(words)
        rule = EventRule(f"by_{type_name}", type_name, words, confidence, status=status, total=total)
        sides = (self._party(subject, line), self._party(other, line))
        return EventCandidate(type_name, *sides, rule, line, start, start + len(words), money, part)

    def _party(self, name: str | None, line: DelexicalizedSentence) -> int | None:
        """Find the number of a party, in the sentence where it is named there."""
        numbers = [number for number, party in enumerate(self.scene.parties) if party.name == name]
        here = [number for number in numbers if f"@{number}" in line.words]
        return None if name is None else (here or numbers)[0]


def line_of(report: PairReport) -> str:
    """Write a report as one line: type, parties and sum."""
    sides = f"{report.subject or 'none'} -> {report.object or 'none'}"
    money = f"; {report.money.amount:.0f} {report.money.currency}" if report.money else ""
    return f"{report.type}: {sides}{money}"
