"""Fit the weights of the similarity by which articles become stories: `data/story_weights.csv`.

    python training/fit_stories.py FILE ... [--rounds 2] --out output/training/story_weights.csv

Each FILE is one corpus in JSON Lines: a row has `title`, `originalUrl` and `story`, and where there are any `excerpt`, `publishedDateTime` and so
on, as documents have them. Articles are read in order of time. An example is an article and a cluster that it is compared with; it is
right if most of the cluster is of the article's story. In the first round clusters are those of the gold stories, in later rounds those
that the weights so far make. The weights are those of a logistic regression in which each corpus weighs alike. The bias is raised by
`LENIENCE`, because an article that opens a cluster wrongly can still be merged later.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from newsgraph.core.graph_tables import frame
from newsgraph.core.lexicon import load_lexicon
from newsgraph.extract import open_extractor
from newsgraph.ingest import parse_document
from newsgraph.resolve import ExtractedArticle, pack_signature, resolve, text_signatures
from newsgraph.resolve.deferred_task import run_at_once
from newsgraph.resolve.stories.online_clustering import cluster_online
from newsgraph.resolve.stories.similarity import NEVER, is_barred
from newsgraph.resolve.stories.story_clusters import StoryCluster
from newsgraph.resolve.stories.story_features import FEATURES, features
from newsgraph.resolve.stories.story_input import StoryInput
from newsgraph.resolve.stories.tfidf import IdfWeights, background_weights

LENIENCE = 1.0
"""What is added to the fitted bias."""

_BASE = "https://graph.example/id/"
_SURE = 9.0
_RIDGE = 1.0
_STEPS = 30
Floats = np.ndarray[Any, np.dtype[np.float64]]


class Corpus(NamedTuple):
    """What stories of a corpus are made of, and the story of each article in order of time."""

    story_input: StoryInput
    gold: Sequence[str]


def read_corpus(path: Path, extractor: str) -> Corpus:
    """Read the articles of a file as a build does."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    story_of = {row["originalUrl"]: row["story"] for row in rows}
    records = [record for number, row in enumerate(rows) for record in parse_document(json.dumps(row).encode(), f"{number}.json")[0]]
    lexicon = load_lexicon()
    facts = open_extractor(extractor).read(records, lexicon)
    readings = [ExtractedArticle(*one) for one in zip(records, facts, map(pack_signature, text_signatures(records)), strict=True)]
    caught: list[StoryInput] = []

    def defer(task: Callable[[Any], Any], argument: Any) -> Callable[[], Any]:  # noqa: ANN401 - any task
        if isinstance(argument, StoryInput):
            caught.append(argument)
        return run_at_once(task, argument)

    articles = next(frame(name, rows) for name, rows in resolve(readings, lexicon, _BASE, defer=defer) if name == "articles")
    gold = {iri: story_of[url] for iri, url in articles.select("iri", "url").iter_rows()}
    return Corpus(caught[0], [gold[summary.iri] for summary in caught[0].summaries])


class Examples:
    """What clusters that are compared have in common, and whether they are one story."""

    def __init__(self, corpus: Corpus, current: Floats | None) -> None:
        """Start without an example; `current` are the weights so far, None if the gold stories decide."""
        self.features: list[list[float]] = []
        self.right: list[bool] = []
        self._gold, self._current = corpus.gold, current

    def compare(self, one: StoryCluster, other: StoryCluster, weights: IdfWeights) -> float:
        """Note two clusters unless they cannot be one story, and return how similar they are."""
        is_right = self._story(one) == self._story(other)
        if is_barred(one, other, weights):
            return _SURE if is_right and self._current is None else NEVER
        row = features(one, other, weights)
        self.features.append(row)
        self.right.append(is_right)
        if self._current is None:
            return _SURE if is_right else NEVER
        return float(self._current @ row)

    def _story(self, cluster: StoryCluster) -> str:
        counts = Counter(self._gold[member] for member in cluster.members)
        return min(counts, key=lambda story: (-counts[story], story))


def collect(corpus: Corpus, current: Floats | None = None) -> Examples:
    """Cluster a corpus by its gold stories, or by the weights so far, and return what was compared."""
    examples = Examples(corpus, current)
    summaries, contents, events, *_ = corpus.story_input
    known = range(len(summaries))
    for _ in cluster_online(summaries, contents, events, known, {}, background_weights(), examples.compare):
        pass
    return examples


def fit(examples: Sequence[Examples]) -> Floats:
    """Return the weights of a logistic regression with an L2 penalty, by Newton's method; each set of examples weighs alike."""
    x = np.array([row for one in examples for row in one.features])
    y = np.array([right for one in examples for right in one.right], float)
    w = np.concatenate([np.full(len(one.right), 1_000 / max(len(one.right), 1)) for one in examples])
    penalty = np.eye(x.shape[1]) * _RIDGE
    penalty[0, 0] = 0.0
    found = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ found, -30, 30)))
        gradient = x.T @ (w * (chance - y)) + penalty @ found
        curvature = (x * (w * chance * (1 - chance))[:, None]).T @ x + penalty
        found -= np.linalg.solve(curvature, gradient)
    found[0] += LENIENCE
    return found


def main() -> None:
    """Fit, and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--extractor", default="names")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    corpora = [read_corpus(path, options.extractor) for path in options.files]
    examples = [collect(corpus) for corpus in corpora]
    found = fit(examples)
    for _ in range(options.rounds - 1):
        found = fit([*examples, *(collect(corpus, found) for corpus in corpora)])
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with options.out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("feature", "weight"), *((name, f"{value:.3f}") for name, value in zip(FEATURES, found, strict=True))])


if __name__ == "__main__":
    main()
