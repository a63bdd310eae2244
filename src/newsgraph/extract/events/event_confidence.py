"""How sure the events of an article are: features of who reports them and how, with fitted weights.

A feature is a short name such as `both` or `in_title`. `data/event_confidence.csv` holds the weight of each, fitted by logistic regression
on annotated articles that neither the reader nor the rules were made for (`training/reader/fit_event_confidence.py`); the confidence of an
event is the logistic function of the sum of its features, each times its weight: the probability that its type, its parties and their roles
are right.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsgraph.core.model import Kind, Mention, Report
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.reader.sentence_opinion import SentenceOpinion

Features = dict[str, float]
_DECIMALS = 2
_LEAST, _MOST = 0.01, 0.98  # nothing that was fitted on some thousand events is surer than that
_FAR = 4.0  # the logarithm of the odds at which a stated probability counts no further
_MANY = 3  # parties
_CROWD = 4  # names beside the parties: with more of them a sentence is no harder
_LONG = 100  # words; a text of so many has a body
_WORD = 6  # characters, on average, with the space
_RIVALS = frozenset({Kind.COMPANY, Kind.ORGANISATION})


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

    `opinion` is what single sentences say of an event, None without a model that reads them.
    """

    mentions: Sequence[Mention]
    title: int
    length: int
    opinion: SentenceOpinion | None = None


def features_of(one: VoicedReport, surer: Sequence[VoicedReport], article: ArticleEvidence) -> Features:
    """Return the features of a report; `surer` are the reports of the article that come before it in `order`."""
    report = one.report
    voice = "both" if one.read is not None and one.ruled is not None else "reader" if one.ruled is None else "rule"
    features: Features = {"bias": 1.0, voice: 1.0, f"status:{report.status}": 1.0}
    if one.read is not None:
        features[f"{voice}:read"] = _odds(one.read)
    if one.ruled is not None:
        features[f"{voice}:ruled"] = _odds(one.ruled)
    return (
        features
        | _of_parties(report, article)
        | _of_others(report, surer)
        | _of_place(report, article)
        | _of_opinion(report, article, voice)
    )


def _of_opinion(report: Report, article: ArticleEvidence, voice: str) -> Features:
    """Return how likely the sentences that name its parties tell this event; what that is worth depends on who reports it."""
    if article.opinion is None:
        return {}
    pair, same_type, single = article.opinion.of(report.type, sorted(main_parties(report)))
    features: Features = {}
    if pair is not None and same_type is not None:
        features |= {f"{voice}:pair": 1.0, f"{voice}:pair:odds": _odds(pair), f"{voice}:pair:type": _odds(same_type)}
    if single is not None:
        features |= {f"{voice}:single": 1.0, f"{voice}:single:odds": _odds(single)}
    return features


def _of_parties(report: Report, article: ArticleEvidence) -> Features:
    """Return how sure the names of the parties are, and whether the sentence has them all."""
    parties = main_parties(report)
    features: Features = {f"parties:{min(len(parties), _MANY)}": 1.0}
    if not parties:
        return features
    named = [[one for one in article.mentions if one.name == name] for _, name in parties]
    features["name"] = min(_odds(max((one.confidence for one in mentions), default=0.5)) for mentions in named)
    inside = [any(one.start < report.end and report.start < one.end for one in mentions) for mentions in named]
    features["inside"] = sum(inside) / len(inside)
    names = {name for _, name in parties}
    beside = {one.name for one in article.mentions if one.kind in _RIVALS and one.start < report.end and report.start < one.end} - names
    features["beside"] = min(len(beside), _CROWD) / _CROWD  # each might be the party in place of one that is named
    return features


def _of_others(report: Report, surer: Sequence[VoicedReport]) -> Features:
    """Return whether a surer report of the article has the same parties, or some of them, or the same sentence."""
    parties = {name for _, name in main_parties(report)}
    features: Features = {}
    for other in surer:
        others = {name for _, name in main_parties(other.report)}
        kind = "same" if other.report.type == report.type else "other"
        if parties and parties == others:
            features[f"{kind}_type_same_parties"] = 1.0
        elif parties & others:
            features[f"{kind}_type_shared_party"] = 1.0
        if other.report.start < report.end and report.start < other.report.end:
            features[f"{kind}_type_same_sentence"] = 1.0
    return features


def _of_place(report: Report, article: ArticleEvidence) -> Features:
    """Return where in the text the report is, and how much it tells."""
    features: Features = {"background": float(report.background), "in_title": float(report.start < article.title)}
    words = article.length / _WORD
    features["long"] = float(words > _LONG)
    features["words"] = math.log(1 + words) / 10
    features["amount"] = float(bool(report.amounts))
    features["dated_by_text"] = float(report.when_source == "text")
    return features


def main_parties(report: Report) -> set[tuple[str, str]]:
    """Return roles and names of the parties that have a mention in the text.

    >>> from newsgraph.core.model import RoleFiller
    >>> sorted(main_parties(Report("ipo", (RoleFiller("company", "Owkin"), RoleFiller("venue", "Nasdaq")), 0, 9, "lists", 0.9)))
    [('company', 'Owkin'), ('venue', 'Nasdaq')]
    """
    kind = EVENT_TYPES[report.type]
    roles = {kind.first, kind.second, "seller"}
    return {(filler.role, filler.name) for filler in report.roles if filler.role in roles and filler.kind is not None}


def confidence_of(features: Features) -> float:
    """Return the confidence of an event with some features, between .01 and .98."""
    weights = _weights()
    total = sum(value * weights.get(name, 0.0) for name, value in features.items())
    return round(min(_MOST, max(_LEAST, 1 / (1 + math.exp(-total)))), _DECIMALS)


@cache
def _weights() -> Mapping[str, float]:
    text = (files("newsgraph") / "data" / "event_confidence.csv").read_text(encoding="utf-8")
    return {row["sign"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}


def _odds(probability: float) -> float:
    """Return the logarithm of the odds, between -4 and 4."""
    held = min(max(probability, 1e-6), 1 - 1e-6)
    return max(-_FAR, min(_FAR, math.log(held / (1 - held))))
