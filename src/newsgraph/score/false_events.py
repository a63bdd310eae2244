"""False events: texts that name two or more companies and report no event between them, but are read as if they did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsgraph.score.gold_records import OTHER, GoldEntity, GoldText
from newsgraph.score.metrics import share_interval
from newsgraph.score.party_names import Party
from newsgraph.score.predictions import PredictedCompany, Predictions

_TWO = 2


@dataclass(frozen=True, slots=True)
class Share:
    """A share of texts (0 to 1), its 95 % interval, and the counts it is computed from."""

    share: float
    low: float
    high: float
    counted: int
    texts: int


def false_event_share(texts: Iterable[tuple[GoldText, Predictions]]) -> Share:
    """Return the share of quiet texts in which a typed event between two companies was found; rumours do not count."""
    hits = [has_pair(predictions) for truth, predictions in texts if is_quiet(truth)]
    counted = sum(hits)
    return Share(counted / len(hits) if hits else 0.0, *share_interval(counted, len(hits)), counted, len(hits))


def is_quiet(truth: GoldText) -> bool:
    """Return whether a text names two or more companies, and reports no event between companies, not even a borderline one."""
    companies = [entity for entity in truth.entities if entity.company]
    sure = [entity for entity in companies if not entity.optional]
    return len(sure) >= _TWO and not any(_are_companies(event.parties, companies) for event in truth.events)


def has_pair(predictions: Predictions) -> bool:
    """Return whether a typed event between two companies was found."""
    return any(event.type != OTHER and _are_companies(event.parties, predictions.companies) for event in predictions.events)


def _are_companies(parties: Sequence[Party], companies: Sequence[GoldEntity] | Sequence[PredictedCompany]) -> bool:
    return len(parties) == _TWO and all(any(side & company.names for company in companies) for side in parties)
