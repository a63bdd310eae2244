"""What an event rule reports: an event of one type between two parties at most, before `report_roles` makes it whole."""

from __future__ import annotations

from dataclasses import dataclass

from newsgraph.core.model import Money, Status


@dataclass(frozen=True, slots=True)
class PairReport:
    """An event between a subject and an object; `start` and `end` are those of the evidence in the article's text.

    `subject` and `object` are names of companies or organisations; which role each has follows from the event type. With an `object_part`
    the object is the owner of what changes hands.
    """

    type: str
    subject: str | None
    object: str | None
    start: int
    end: int
    rule: str
    confidence: float
    status: Status = Status.ANNOUNCED
    money: Money | None = None
    when: str = ""  # as in `model.Report`
    when_source: str = ""
    object_part: str | None = None
    background: bool = False
