"""What each company and organisation is in an article: its subject, a party of its news, background, an adviser, or named in passing.

`data/mention_weights.csv` holds the weights of features by which the main ones are recognized (logistic regression, see
`training/fit_mention_weights.py`), `data/mention_cues.yaml` the words that say what another one is.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from newsgraph.core.article_roles import Weight
from newsgraph.core.model import ACCEPTED, Article, Mention, Naming, Report
from newsgraph.extract.mention_weight_features import WEIGHED, Shown, shown_entities
from newsgraph.extract.text.article_text import ArticleText

_BIAS = "bias"


def weighed_mentions(
    article: Article, text: ArticleText, mentions: Sequence[Mention], reports: Sequence[Report], namings: Sequence[Naming], least: float = ACCEPTED
) -> tuple[Mention, ...]:  # fmt: skip
    """Return all mentions of an article, those of companies and organisations with their weight, which is the same for all of one thing.

    A company with a confidence below `least` is named in passing, as far as one knows.
    """
    weights = {
        (shown.kind, name): weight_of(shown)
        for shown in shown_entities(article, text, mentions, reports, namings, least)
        for name in shown.names
    }
    return tuple(
        replace(mention, weight=weights.get((mention.kind, mention.name), Weight.PASSING)) if mention.kind in WEIGHED else mention
        for mention in mentions
    )


def weight_of(shown: Shown) -> Weight:
    """Return what one company or organisation is in its article."""
    points = feature_points()
    # an exact sum: features are a set, and the order of their addition must not decide what lies at the border
    if math.fsum((points[_BIAS], *(points.get(feature, 0.0) for feature in shown.features))) > 0:
        return Weight.SUBJECT if shown.features & {"title", "lead"} and "once" not in shown.features - {"short"} else Weight.PARTY
    if shown.cues:
        return Weight(shown.cues[0])
    return Weight.BACKGROUND if shown.features & {"background_party", "all_past"} else Weight.PASSING


@cache
def feature_points() -> Mapping[str, float]:
    """Read the weight of each feature, and the bias."""
    text = (files("newsgraph") / "data" / "mention_weights.csv").read_text(encoding="utf-8")
    return {row["feature"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}
