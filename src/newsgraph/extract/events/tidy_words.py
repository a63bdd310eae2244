"""Cut words off the ends of phrases that fill a role or name a part: "Self-Driving Car Division For" of a headline is "Self-Driving Car Division"."""

from __future__ import annotations

import re
from dataclasses import replace

from newsgraph.core.model import Report, RoleFiller
from newsgraph.extract.events.report_roles import ordered

_LINKING = frozenset("a an and as at by for from in into of on or that the to which with".split())
_OPENING = _LINKING | frozenset("his her its their our off".split())
_EMPTY = frozenset("own latest newest similar another".split())  # and these, which begin names as well: "Another Eden"
_POINTING = frozenset("based called dubbed here known named there".split())
_NO_PARTS = frozenset("year years month months week weeks day days quarter door doors share shares per company firm business group".split())
_PERCENT = frozenset({"%", "cent", "per cent", "percent"})  # of "its 6 per cent" the number was lost
_MARKS = ",;:-–—"


def tidy_words(words: str) -> str:
    """Return a phrase without articles, prepositions, marks and empty words such as *own* and *there* at its ends; empty where nothing else is in it.

    >>> tidy_words("Self-Driving Car Division For"), tidy_words("the laboratory there,"), tidy_words("of the")
    ('Self-Driving Car Division', 'laboratory', '')
    """
    parts = _balanced(words).strip(_MARKS + " ").split()
    while parts and (parts[-1].casefold().strip(_MARKS) in _LINKING or parts[-1].strip(_MARKS) in _POINTING):
        parts.pop()
    while parts and (parts[0].casefold() in _OPENING or parts[0] in _EMPTY):
        parts.pop(0)
    return " ".join(parts).rstrip(_MARKS + " ")


def _balanced(words: str) -> str:
    """Return words without quotation marks of which only one is there: `"third-type` of `its "third-type" drink`."""
    is_odd = words.count('"') % 2 or words.count("“") != words.count("”")
    return re.sub(r"[\"“”]", "", words) if is_odd else words


def with_tidy_words(report: Report) -> Report:
    """Return a report with tidy phrases; a role whose phrase is empty then is left out, and so is such a part."""
    tidied = [
        filler if filler.kind is not None or _is_grade(filler, report) else replace(filler, name=tidy_words(filler.name))
        for filler in report.roles
    ]
    roles = tuple(filler for filler in tidied if filler.name)
    part = _tidy_part(report) if report.part else report.part
    if roles == tuple(report.roles) and part == report.part:
        return report
    return replace(report, roles=ordered(dict.fromkeys(roles)), part=part or None)


def _is_grade(filler: RoleFiller, report: Report) -> bool:
    """Return whether words are what a rating came to: the minus of "downgrade to B-" is no mark to be taken off."""
    return report.type == "rating" and filler.role == "effect"


def names_no_part(words: str) -> bool:
    """Return whether words are a time, or what stands for the whole: a shop closes its doors.

    >>> names_no_part("doors"), names_no_part("paint shop")
    (True, False)
    """
    return set(words.casefold().split()) <= _NO_PARTS


def _tidy_part(report: Report) -> str:
    """Return the part that changes hands or is shut, empty where its words name none.

    That is a number, a party's own name (Novo Banco has no unit called Banco), a time, or what stands for the whole: a shop closes its doors.
    """
    part = tidy_words(report.part or "")
    words = set(part.casefold().split())
    is_name = any(words <= set(filler.name.casefold().split()) for filler in report.roles if filler.kind is not None)
    return (
        ""
        if is_name
        or part.casefold() in _PERCENT
        or names_no_part(part)
        or part.replace(",", "").isdigit()
        or not any(map(str.isalnum, part))
        else part
    )
