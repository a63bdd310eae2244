"""Events where none is: texts that name two companies or more, tell nothing between them, and are read as if they did."""

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
    """A share of texts from 0 to 1, its 95 % interval, and the counts it rests on."""

    share: float
    low: float
    high: float
    counted: int
    texts: int


def false_event_share(texts: Iterable[tuple[GoldText, Predictions]]) -> Share:
    """Give the share of quiet texts in which a typed event of two companies was found; a rumour is none."""
    hits = [has_pair(found) for truth, found in texts if is_quiet(truth)]
    counted = sum(hits)
    return Share(counted / len(hits) if hits else 0.0, *share_interval(counted, len(hits)), counted, len(hits))


def is_quiet(truth: GoldText) -> bool:
    """Tell whether a text holds two companies or more, and no event between companies, not even a borderline one."""
    companies = [entity for entity in truth.entities if entity.company]
    sure = [entity for entity in companies if not entity.optional]
    return len(sure) >= _TWO and not any(_are_companies(one.parties, companies) for one in truth.happenings)


def has_pair(found: Predictions) -> bool:
    """Tell whether a typed event of two companies was found."""
    return any(one.type != OTHER and _are_companies(one.parties, found.companies) for one in found.told)


def _are_companies(parties: Sequence[Party], companies: Sequence[GoldEntity] | Sequence[PredictedCompany]) -> bool:
    return len(parties) == _TWO and all(any(side & one.names for one in companies) for side in parties)
