"""Find the share of a company that an acquisition is of, where only the company was read: "buys most of Bolt", "sells its 8% stake"."""

from __future__ import annotations

import re
from dataclasses import replace

from newsgraph.core.model import Report
from newsgraph.extract.events.report_evidence import Place, ReportEvidence, check_pattern

_ABOUT = r"(?:(?:almost|nearly|about|around|roughly|more than|less than|over|just over|just under|up to|at least)\s)?"
_PERCENT = r"(?:\d{1,2}(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[\s-]?(?:%|per[\s-]cent|percent|pct?)"
_WHOSE = r"(?:(?:the|an?|its|his|her|their|[\w&]+['’]s)\s(?:(?:last|remaining|other|own|entire|whole)\s)?)?"
_SIZE = rf"(?:(?:majority|minority|controlling|strategic|small|large|big|significant|substantial|equity|economic|combined|further|additional|new|indirect|direct|{_ABOUT}{_PERCENT})\s)"
_STAKE = rf"(?:{_WHOSE}{_SIZE}{{0,3}}(?:stakes?|interest|shareholding|holding)|{_WHOSE}shares)"
_FRACTION = (
    rf"{_ABOUT}{_WHOSE}(?:(?:further|additional|another)\s)?(?:most|(?:a\s)?half|parts?|rest|remainder|"
    rf"(?:(?:an?|one)[ -])?(?:majority|third|quarter|fifth|tenth)|two[ -](?:thirds|fifths)|three[ -](?:quarters|fifths)|{_PERCENT})"
)
_WORD = r"(?!(?:and|or|that|which|who|whose|what|where|when|is|are|was|were|will|has|have|had|to|for|from|by|with|in|of|on|at|as|after|before|said)\b)[\w&'’.%-]+"
_OF_NAME = re.compile(
    rf"(?<![\w-])(?P<share>{_STAKE}(?=\sin\s|\sof\s)|{_FRACTION}(?=\sof\s))\s(?:in|of)\s(?:{_WORD}\s){{0,6}}(?:{_WORD}[\s-])?$",
    re.IGNORECASE,
)
_NAMES = re.compile(r"(?:['’]s?)?\s(?P<share>(?:(?:majority|minority|controlling)\s)?(?:stake|shareholding))(?!\w)")
_BARE = re.compile(
    rf"\s(?P<share>{_STAKE}|{_ABOUT}{_WHOSE}(?:half|(?:an?|one)[ -](?:third|quarter|fifth|tenth)|two[ -]thirds|{_PERCENT}))(?![\w-])(?!\s(?:in|of)\s(?!it\b|the (?:company|firm|group|bank|business|club)\b))",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:100|all|entire|whole|full|sole)\b", re.IGNORECASE)
_HAS = re.compile(r"\b(?:own(?:s|ed|ing)?|hold(?:s|ing)?|held|has|have|had|with)\b", re.IGNORECASE)
_OPENING = re.compile(r"^(?:(?:its|his|her|their|the)\s|an?\s(?!(?:majority|third|quarter|fifth|tenth|half)$))", re.IGNORECASE)
_MERGED = re.compile(
    r"\b(?:merg|combin|pool)(?:e|es|ed|ing|ling)?\s(?:its|their|the two (?:\w+['’]\s)?)\s?(?P<part>(?:(?!of\b|with\b|and\b|to\b|in\b|into\b)[\w&'’-]+\s){0,4}(?:(?!with\b|in\b|into\b|to\b)[\w-]+))",
    re.IGNORECASE,
)


def with_bought_share(report: Report, evidence: ReportEvidence) -> Report:
    """Return an acquisition with the share of its target that changes hands as its part, where the words say one and none was read.

    A merger gets the units that are merged: "merge their satellite businesses".
    "Acme, which owns a fifth of Bolt, bids for Bolt" is about the whole: between a share and the verb of the purchase nobody owns anything.
    """
    if report.part is not None:
        return report
    if report.type == "merger":
        return replace(report, part=_merged(evidence))
    if report.type != "acquisition":
        return report
    places = evidence.places({filler.name for filler in report.roles if filler.role == "target"})
    if report.percent is not None and (stake := _stake_of(report.percent, evidence)):
        return replace(report, part=stake)
    share = next(filter(None, (_share_at(evidence, place) for place in places)), "") or _share_alone(evidence)
    return replace(report, part=share) if share else report


def _stake_of(percent: float, evidence: ReportEvidence) -> str:
    """Return the stake of that many percent of which the words speak: "the 20 per cent stake that Acme took", "a stake of 20%"."""
    number = rf"{percent:g}[\s-]?(?:%|per[\s-]cent|percent|pct?)"
    match = re.search(
        rf"(?<![\d.]){number}\s(?:stake|shareholding|holding|interest)\b|\b(?:stake|shareholding|holding|interest) of (?P<of>{number})",
        evidence.words,
    )
    if match is None:
        return ""
    return f"{match['of']} stake" if match["of"] else match.group()


def _merged(evidence: ReportEvidence) -> str | None:
    match = _MERGED.search(evidence.words)
    if match is None:
        return None
    words = match["part"].split()
    last = max((at for at, word in enumerate(words) if check_pattern("part_word").fullmatch(word)), default=-1)
    return " ".join(words[: last + 1]) if last > 0 else None  # "their businesses" are the companies as a whole


def _share_at(evidence: ReportEvidence, place: Place) -> str:
    """Return the share that the words say of the name at a place, empty where they mean the whole."""
    begin, end = evidence.clause(place)
    before = evidence.words[begin : place[0]]
    if match := _OF_NAME.search(before):
        return _bought(match["share"], before[: match.start("share")])
    behind = _NAMES.match(evidence.words[place[1] : end])
    return _bought(behind["share"], before) if behind else ""


def _share_alone(evidence: ReportEvidence) -> str:
    """Return the share behind the verb of a purchase, for a company that an earlier sentence names: "took 70%"."""
    for deal in check_pattern("must_say", "acquisition").finditer(evidence.words):
        rest = evidence.words[deal.end() :]
        verb = re.match(r"\w*", rest)
        if match := _BARE.match(rest, verb.end() if verb else 0):
            return _bought(match["share"], evidence.words[: deal.end()])
    return ""


def _bought(share: str, before: str) -> str:
    """Return a share without its article, empty if the words before it do not say that it is bought, or it is the whole."""
    deals = [deal.start() for deal in check_pattern("must_say", "acquisition").finditer(before)]
    if not deals or _HAS.search(before[deals[-1] :]) or _WHOLE.search(share):
        return ""
    return _OPENING.sub("", share)
