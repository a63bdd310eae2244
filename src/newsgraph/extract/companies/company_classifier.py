"""Weigh the company candidates of a text a second time, all together: a forest of small trees over what each sign says, and of whom.

The logistic regression of `mention_evidence` adds up signs of one mention. It cannot say that two models agree, that the same name is a company
elsewhere in the text, or that a longer candidate around it is surer. The trees see these numbers (`COLUMNS`) for each candidate. They were fitted on
annotated texts that neither model has learned from (`training/fit_company_classifier.py`), by gradient boosting, and are stored as an ONNX graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from newsgraph.extract.companies.company_candidates import CompanyCandidate
from newsgraph.extract.companies.mention_evidence import FeatureWeights
from newsgraph.extract.companies.recognizer_features import COMPANY, ORG, TAG_LABELS, RecognizerFeatures
from newsgraph.extract.models.forest import chances_by
from newsgraph.extract.text.article_text import ArticleText

_NAMED = TAG_LABELS[:-1]
COLUMNS = (
    "evidence", "evidence_without_tags", "evidence_of_words",
    *(f"tagger_{label.lower()}" for label in _NAMED), "tagger_least_company",
    *(f"reader_{label.lower()}" for label in _NAMED), "reader_least_company",
    "words", "letters", "namesakes", "most_evidence", "mean_evidence", "most_reader_company", "mean_reader_company", "mean_reader_org",
    "mean_tagger_company", "density", "around", "within",
)  # fmt: skip
"""What the trees see of a candidate: logits, counts, and `density`, likely companies a hundred tokens."""

_SPELLED = ("suffix:", "first:", "final:", "after:", "after_2:", "before:", "before_2:")
_SMALLEST = 0.003  # a smaller probability counts as this one, so that logits end at 5.8
_NONE = -5.8
_MANY = 2000  # namesakes; more count as this number
_CHANCE_DECIMALS, _DECIMALS = 3, 2
_UNIT = 100  # tokens
Floats = NDArray[np.float64]


def classifier_rows(
    candidates: Sequence[CompanyCandidate], text: ArticleText, recognized: RecognizerFeatures, weights: FeatureWeights
) -> NDArray[np.float32]:
    """Return a row of `COLUMNS` for each candidate of a text; `recognized.each` has what tagger and reader say of its tokens."""
    begins, ends = (np.array([getattr(one.span, side) for one in candidates], dtype=np.int64) for side in ("first", "core"))
    total = np.array([one.evidence for one in candidates])
    tags = np.array([sum(weights.get(name, 0.0) for name in one.features if name.startswith("tag_")) for one in candidates])
    words = np.array([sum(weights.get(name, 0.0) for name in one.features if name.startswith(_SPELLED)) for one in candidates])
    columns = [total, total - tags, words]
    company, org = (TAG_LABELS.index(label) for label in (COMPANY, ORG))
    means = []
    for rows in recognized.each:
        mean, least = _means_and_least(np.array(rows, dtype=np.float64), begins, ends)
        means.append(mean)
        columns += [*(_logits(mean[:, at]) for at in range(len(_NAMED))), _logits(least[:, company])]
    tagger, reader = means
    names = [text.words(one.span.first, one.span.core).lower() for one in candidates]
    at = {name: number for number, name in enumerate(dict.fromkeys(names))}
    group = np.array([at[name] for name in names])
    sizes = np.bincount(group)
    most, most_reader = (_most(values, group, len(sizes)) for values in (total, _logits(reader[:, company])))

    def mean_of(values: Floats) -> Floats:
        shared: Floats = (np.bincount(group, values) / sizes)[group]
        return shared

    around, within = _rivals(candidates, total, len(text.tokens))
    columns += [
        (ends - begins).astype(np.float64), np.array([float(len(name)) for name in names]), np.minimum(sizes[group], _MANY).astype(np.float64),
        most, mean_of(total), most_reader,
        *(mean_of(_logits(values)) for values in (reader[:, company], reader[:, org], tagger[:, company])),
        np.full(len(candidates), _UNIT * (total > 0).sum() / max(len(text.tokens), 1)), around, within,
    ]  # fmt: skip
    table: NDArray[np.float32] = np.round(np.stack(columns, axis=1), _DECIMALS).astype(np.float32)
    return table


def classify(
    candidates: Sequence[CompanyCandidate], text: ArticleText, recognized: RecognizerFeatures, weights: FeatureWeights
) -> list[float]:
    """Return the probability of each candidate that it is a company."""
    if not candidates:
        return []
    rows = classifier_rows(candidates, text, recognized, weights)
    return chances_by("company_classifier.onnx", rows)


def _logits(chances: Floats) -> Floats:
    clipped = np.clip(np.round(chances, _CHANCE_DECIMALS), _SMALLEST, 1 - _SMALLEST)
    logits: Floats = np.log(clipped / (1 - clipped))
    return logits


def _means_and_least(rows: Floats, begins: NDArray[np.int64], ends: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return mean and least of the rows of each range."""
    edges = np.stack([begins, ends], axis=1).ravel()
    padded = np.concatenate([rows, np.ones((1, rows.shape[1]))])  # a range may end with the text
    sums, least = (f.reduceat(padded, edges, axis=0)[::2] for f in (np.add, np.minimum))
    return sums / (ends - begins)[:, None], least


def _most(values: Floats, group: NDArray[np.int64], groups: int) -> Floats:
    most = np.full(groups, -np.inf)
    np.maximum.at(most, group, values)
    shared: Floats = most[group]
    return shared


def _rivals(candidates: Sequence[CompanyCandidate], total: Floats, tokens: int) -> tuple[Floats, Floats]:
    """Return the evidence of the surest other candidate that overlaps each candidate, and of the surest one within it."""
    covering: list[list[int]] = [[] for _ in range(tokens)]
    beginning: Mapping[int, list[int]] = defaultdict(list)
    for number, one in enumerate(candidates):
        beginning[one.span.first].append(number)
        for token in range(one.span.first, one.span.core):
            covering[token].append(number)
    around, within = np.full(len(candidates), _NONE), np.full(len(candidates), _NONE)
    for number, one in enumerate(candidates):
        inside = range(one.span.first, one.span.core)
        near = {other for token in inside for other in covering[token]} - {number}
        around[number] = max((total[other] for other in near), default=_NONE)
        held = (
            other
            for token in inside
            for other in beginning.get(token, ())
            if other != number and candidates[other].span.core <= one.span.core
        )
        within[number] = max((total[other] for other in held), default=_NONE)
    return np.clip(around, _NONE, -_NONE), np.clip(within, _NONE, -_NONE)
