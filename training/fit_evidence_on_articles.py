"""Fit the weights of the signs for companies beside the tagger (`evidence_tagged.csv`) on annotated whole articles and short real texts.

Usage, from the project's root: python training/fit_evidence_on_articles.py FILE ... [--out output/training] [--strength 3] [--final] [--aside]

Each FILE holds annotated articles (see texts/README.md, articles/). The tagger has learned from none of them, so that its probabilities are
those of new texts. With `--aside` the probabilities are the reader's, and only those texts are read that it has not learned from and that
limits and probabilities are fitted on. The weights are drawn towards those of `--before`, which were fitted on the marked texts: only what the articles say
otherwise moves them. Of each file a fifth (SHA-256 of the id, rest 0 by 5) is never read, another (rest 1) only with `--final`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from article_parts import number_of, to_fit_on
from fit_evidence import DATA, ROOT, difference, read_weights, write_weights
from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon, load_lexicon
from newsgraph.core.model import Article
from newsgraph.extract.companies.company_finder import feature_context
from newsgraph.extract.companies.mention_evidence import mention_features
from newsgraph.extract.companies.name_spans import find_name_spans
from newsgraph.extract.companies.recognizer_features import recognized_spans
from newsgraph.extract.extractors import Extractor, open_extractor
from newsgraph.extract.text.article_text import read_text
from newsgraph.extract.text.context_words import load_context_words
from newsgraph.extract.text.listed_phrases import find_phrases

LEAST = 8  # a sign seen on fewer candidates has no weight of its own, unless it had one
ROUNDS = 12


def main() -> None:
    """Fit and write the weights, and print how far they are from those before."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--before", type=Path, default=DATA / "evidence_tagged.csv")
    parser.add_argument("--out", type=Path, default=ROOT / "output" / "training")
    parser.add_argument("--strength", type=float, default=3.0, help="pull towards the weights before; larger is stronger")
    parser.add_argument("--final", action="store_true", help="learn from the part for choosing too")
    parser.add_argument("--aside", action="store_true", help="beside the reader, on half of the texts that are kept aside")
    options = parser.parse_args()
    lexicon = load_lexicon()
    extractor = open_extractor("reader" if options.aside else "names")
    rests = {1, 2, 3, 4} if options.final else {2, 3, 4}
    chosen = to_fit_on if options.aside else lambda name: number_of(name) % 5 in rests
    rows = [row for path in options.files for record in _records(path, chosen) for row in _rows(record, lexicon, extractor)]
    before = read_weights(options.before)
    counts = Counter(sign for signs, _ in rows for sign in signs)
    names = sorted({sign for sign, count in counts.items() if count >= LEAST} | before.keys())
    prior = np.array([float(before[name][0]) if name in before else 0.0 for name in names])
    weights = _fit(rows, names, prior, options.strength)
    made = {
        name: (f"{weight:.2f}", counts[name] + (before[name][1] if name in before else 0))
        for name, weight in zip(names, weights, strict=True)
    }
    print(f"{len(rows)} candidates, {sum(right for _, right in rows)} companies, {len(names)} signs")
    print(f"evidence_tagged.csv: {difference(made, before)}")
    write_weights(options.out / "evidence_tagged.csv", made)


def _records(path: Path, chosen: Callable[[str], bool]) -> Iterator[dict[str, Any]]:
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    yield from (record for record in records if chosen(record["id"]))


def _rows(record: dict[str, Any], lexicon: Lexicon, extractor: Extractor) -> Iterator[tuple[list[str], bool]]:
    title, body = str(record["title"]), str(record["body"])
    if not title:
        title, _, body = body.partition("\n\n")
    article = Article("", None, title, "", "", "main", body)
    entities: list[dict[str, Any]] = record["entities"]
    gold = {name_key(surface) for entity in entities if entity["kind"] == "company" for surface in entity["surfaces"]}
    text = read_text(article, lexicon.phrases)
    hits = find_phrases(text, lexicon)
    (hints,) = extractor.recognize([article], [text]) if extractor.recognize else ()
    setting = feature_context(article, text, hits, lexicon, load_context_words(), hints)
    for candidate in find_name_spans(text, hits, lexicon, setting.kinds, recognized_spans(text, hints)):
        yield mention_features(candidate, setting), name_key(text.words(candidate.first, candidate.core)) in gold


def _fit(rows: list[tuple[list[str], bool]], names: list[str], prior: np.ndarray, strength: float) -> np.ndarray:
    """Fit by Newton's method on full data, with a ridge penalty on the distance to the prior; there is no chance in it."""
    column = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)), dtype=np.float32)
    for number, (signs, _) in enumerate(rows):
        for sign in signs:
            if sign in column:
                matrix[number, column[sign]] = 1.0
    right = np.array([row[1] for row in rows], dtype=np.float32)
    weights = prior.astype(np.float64)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-(matrix @ weights.astype(np.float32))))
        slope = (matrix.T @ (right - chance)).astype(np.float64) - strength * (weights - prior)
        curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix
        step = np.linalg.solve(curve.astype(np.float64) + strength * np.eye(len(names)), slope)
        weights += step
        if np.abs(step).max() < 1e-3:  # noqa: PLR2004 - below the two decimals that are written
            break
    return weights


if __name__ == "__main__":
    main()
