"""Names in roles: what is no further party or place (a state behind its town, an adjective, a name of today), and who is sued, in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from newsgraph.core.model import Kind, RoleFiller
from newsgraph.extract.events.report_evidence import ReportEvidence, check_pattern

_ADJECTIVE = re.compile(r"(?:ian|ese|ish|ean)$")  # endings of adjectives made of places


def with_defendant(fillers: Sequence[RoleFiller], evidence: ReportEvidence) -> list[RoleFiller]:
    """Name in words who is sued where only the plaintiff was read: "Acme sues the band's promoter over tickets"."""
    named = {filler.role for filler in fillers if filler.role in {"plaintiff", "defendant"}}
    if named != {"plaintiff"}:
        return list(fillers)
    plaintiff = "|".join(re.escape(filler.name) for filler in fillers if filler.role == "plaintiff")
    sued = re.search(
        rf"(?:{plaintiff}) (?:sues|sued|is suing|has sued) (?P<who>[^,;:.]{{3,60}}?)(?=[,;:.]|$| (?:for|over|after|in|on|to|as|at|alleging|claiming|seeking|and)\b)",
        evidence.words,
    )
    return [*fillers, RoleFiller("defendant", sued["who"], None)] if sued else list(fillers)


def is_adjective(filler: RoleFiller, evidence: ReportEvidence) -> bool:
    """Return whether a place is an adjective that is made of one: "the Alsatian town"."""
    if filler.role != "place" or not _ADJECTIVE.search(filler.name):
        return False
    kind = rf"(?<!\w){re.escape(filler.name)} (?:{check_pattern('kind_of_place').pattern})(?!\w)"
    return re.search(kind, evidence.words) is not None


def narrower_place(filler: RoleFiller, evidence: ReportEvidence) -> RoleFiller:
    """Return the place of which another one only says where it is: Altoona for "Altoona, Pennsylvania"."""
    if filler.role != "place":
        return filler
    places = [one for one in evidence.mentions if one.kind is Kind.PLACE]
    before = {
        two.name: one for one, two in pairwise(places) if evidence.words[one.end - evidence.start : two.start - evidence.start] == ", "
    }
    is_alone = sum(one.name == filler.name for one in places) == 1  # a list of three places is one of equals
    wider = before.get(filler.name) if is_alone else None
    if wider is None or wider.name in before or any(one.name == filler.name for one in before.values()):
        return filler
    return replace(filler, name=wider.name)


def is_name_of_today(filler: RoleFiller, fillers: Sequence[RoleFiller], evidence: ReportEvidence) -> bool:
    """Return whether a company is only another's name of today: "Cellnet (now O2)"."""
    rivals = {other.name for other in fillers if other.role == filler.role and other != filler}
    today = rf"(?:\(|, )(?:{check_pattern('today_called').pattern}) $"
    places = evidence.places({filler.name}) if rivals else []
    return bool(places) and all(
        (match := re.search(today, evidence.words[:start], re.IGNORECASE))
        and any(end == match.start() or end + 1 == match.start() for _, end in evidence.places(rivals))
        for start, _ in places
    )
