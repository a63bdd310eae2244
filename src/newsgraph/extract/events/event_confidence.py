"""How sure the events of an article are: small trees over who reports them and how, and over what could be told in their place.

The trees see the numbers of `COLUMNS` of each event. They were fitted, by gradient boosting, on annotated articles that neither the reader nor
the rules were made for (`training/reader/fit_event_confidence.py`), and are stored as an ONNX graph. The confidence of an event is the
probability that its type, its parties and their roles are right.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsgraph.core.model import Kind, Mention, Report
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.models.forest import chances_by
from newsgraph.extract.reader.event_opinion import OPINION, UNKNOWN, EventOpinion, odds_of

_VOICES = ("read", "ruled")
_PARTIES = ("companies", "organisations", "people", "least_name", "fewest_mentions", "least_weight", "in_title", "inside")
_OTHERS = tuple(f"{kind}_type_{what}" for kind in ("same", "other") for what in ("same_parties", "shared_party", "same_sentence"))
_PLACE = ("beside", "agents", "surer", "starts_in_title", "words", "amounts", "dated", "background")
COLUMNS = (*_VOICES, *_PARTIES, *OPINION, *_OTHERS, *_PLACE)
"""What the trees see of an event: logarithms of odds, counts and shares; `event_opinion.UNKNOWN` where it has no such number."""

_DECIMALS, _ROUNDED = 2, 2
_LEAST, _MOST = 0.01, 0.98  # nothing that was fitted on some thousand events is surer than that
_WORD = 6  # characters, on average, with the space
_MANY = 40  # surer events; more count as this number
_CROWD = 60  # companies and organisations of an article
_DATED = {"": 0.0, "article": 1.0, "text": 2.0}
_RIVALS = frozenset({Kind.COMPANY, Kind.ORGANISATION})
_KINDS = {"companies": Kind.COMPANY, "organisations": Kind.ORGANISATION, "people": Kind.PERSON}


@dataclass(frozen=True, slots=True)
class VoicedReport:
    """A report with the probabilities that the reader and the rules state for it, None where one of them does not report it."""

    report: Report
    read: float | None
    ruled: float | None

    @property
    def order(self) -> tuple[bool, float, int, int, str]:
        """Sort the surest first: what both report, then by the higher of the probabilities."""
        return (self.read is None or self.ruled is None, -max(self.read or 0.0, self.ruled or 0.0), *self._place)

    @property
    def _place(self) -> tuple[int, int, str]:
        return self.report.start, self.report.end, self.report.type


@dataclass(frozen=True, slots=True)
class ArticleEvidence:
    """What an article says besides its events: its mentions, the length of its title and of its whole text in characters.

    `opinion` is what the reader says of any event, None without a reader.
    """

    mentions: Sequence[Mention]
    title: int
    length: int
    opinion: EventOpinion | None = None


def confidences_of(reports: Sequence[VoicedReport], article: ArticleEvidence) -> list[float]:
    """Return the confidence of each report of an article, between .01 and .98; the reports are in their `order`."""
    if not reports:
        return []
    rows = np.stack([row_of(one, reports[:number], article) for number, one in enumerate(reports)])
    return [round(min(_MOST, max(_LEAST, chance)), _DECIMALS) for chance in chances_by("event_confidence.onnx", rows)]


def row_of(one: VoicedReport, surer: Sequence[VoicedReport], article: ArticleEvidence) -> NDArray[np.float32]:
    """Return the numbers of `COLUMNS` of a report; `surer` are the reports of the article that come before it in `order`."""
    opinion = {} if article.opinion is None else article.opinion.of(one.report.type, sorted(main_parties(one.report)))
    numbers = _of_voices(one) | _of_parties(one.report, article) | opinion | _of_others(one.report, surer) | _of_place(one.report, article)
    numbers["surer"] = float(min(len(surer), _MANY))
    row: NDArray[np.float32] = np.round([numbers.get(name, UNKNOWN) for name in COLUMNS], _ROUNDED).astype(np.float32)
    return row


def _of_voices(one: VoicedReport) -> dict[str, float]:
    said = {"read": one.read, "ruled": one.ruled}
    return {voice: UNKNOWN if chance is None else odds_of(chance) for voice, chance in said.items()}


def _of_parties(report: Report, article: ArticleEvidence) -> dict[str, float]:
    """Return how many parties there are, how sure and how frequent their names are, and whether title and sentence have them all."""
    filled = [filler.kind for filler in report.roles]
    numbers = {name: float(filled.count(kind)) for name, kind in _KINDS.items()}
    names = sorted(name for _, name in main_parties(report))
    if not names:
        return numbers
    named = [[one for one in article.mentions if one.name == name] for name in names]
    numbers["least_name"] = min(odds_of(max((one.confidence for one in mentions), default=0.5)) for mentions in named)
    counts = _mentions_of_rivals(article)
    numbers["fewest_mentions"] = float(min(map(len, named)))
    numbers["least_weight"] = min(counts.get(name, 0) for name in names) / max(counts.values()) if counts else UNKNOWN
    numbers["in_title"] = _share(any(one.start < article.title for one in mentions) for mentions in named)
    numbers["inside"] = float(sum(any(_overlaps(one, report) for one in mentions if one.kind in _RIVALS) for mentions in named))
    return numbers


def _of_others(report: Report, surer: Sequence[VoicedReport]) -> dict[str, float]:
    """Return whether a surer report of the article has the same parties, or some of them, or the same sentence."""
    parties = {name for _, name in main_parties(report)}
    numbers = dict.fromkeys(_OTHERS, 0.0)
    for other in surer:
        others = {name for _, name in main_parties(other.report)}
        kind = "same" if other.report.type == report.type else "other"
        if parties and parties == others:
            numbers[f"{kind}_type_same_parties"] = 1.0
        elif parties & others:
            numbers[f"{kind}_type_shared_party"] = 1.0
        if _overlaps(other.report, report):
            numbers[f"{kind}_type_same_sentence"] = 1.0
    return numbers


def _of_place(report: Report, article: ArticleEvidence) -> dict[str, float]:
    """Return where in the text the report is, who else is named there, and how much it tells."""
    names = {name for _, name in main_parties(report)}
    beside = {one.name for one in article.mentions if one.kind in _RIVALS and _overlaps(one, report)} - names
    return {
        "beside": float(len(beside)),  # each might be the party in place of one that is named
        "agents": float(min(len(_mentions_of_rivals(article)), _CROWD)),
        "starts_in_title": float(report.start < article.title),
        "words": math.log(1 + article.length / _WORD),
        "amounts": float(len(report.amounts)),
        "dated": _DATED[report.when_source],
        "background": float(report.background),
    }


def _mentions_of_rivals(article: ArticleEvidence) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in article.mentions:
        if one.kind in _RIVALS:
            counts[one.name] = counts.get(one.name, 0) + 1
    return counts


def _overlaps(one: Mention | Report, other: Mention | Report) -> bool:
    return one.start < other.end and other.start < one.end


def _share(truths: Iterable[bool]) -> float:
    each = list(truths)
    return sum(each) / len(each)


def main_parties(report: Report) -> set[tuple[str, str]]:
    """Return roles and names of the parties that have a mention in the text.

    >>> from newsgraph.core.model import RoleFiller
    >>> sorted(main_parties(Report("ipo", (RoleFiller("company", "Owkin"), RoleFiller("venue", "Nasdaq")), 0, 9, "lists", 0.9)))
    [('company', 'Owkin'), ('venue', 'Nasdaq')]
    """
    kind = EVENT_TYPES[report.type]
    roles = {kind.first, kind.second, "seller"}
    return {(filler.role, filler.name) for filler in report.roles if filler.role in roles and filler.kind is not None}
