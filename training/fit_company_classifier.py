"""Fit the trees that weigh company candidates beside the reader (`src/newsgraph/data/company_classifier.onnx`).

Usage, from the project's root: python training/fit_company_classifier.py FILE ... [--out FOLDER]   # pip install scikit-learn onnx

Each FILE holds annotated articles. Only those are read that neither tagger nor reader has learned from (SHA-256 of the id, rest 0 by 5): the
trees are fitted on one half of them (the quotient is even), and figures are printed for the other, by file. A candidate is right if an annotated
company has its name. Gradient boosting is by scikit-learn's `HistGradientBoostingClassifier`, with one seed.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from article_parts import number_of, to_fit_on
from boosted_trees import as_onnx
from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon, load_lexicon
from newsgraph.core.model import Article
from newsgraph.extract.companies.company_candidates import company_candidates
from newsgraph.extract.companies.company_classifier import COLUMNS, classifier_rows
from newsgraph.extract.companies.company_finder import feature_context
from newsgraph.extract.companies.mention_evidence import confidence_of, load_weights
from newsgraph.extract.extractors import Extractor, open_extractor
from newsgraph.extract.text.article_text import read_text
from newsgraph.extract.text.context_words import load_context_words
from newsgraph.extract.text.listed_phrases import find_phrases

ROOT = Path(__file__).parents[1]
TREES = {"max_iter": 200, "learning_rate": 0.05, "max_leaf_nodes": 12, "min_samples_leaf": 40, "l2_regularization": 5.0, "random_state": 0}


class Row(NamedTuple):
    """A candidate: its text, the key of its name, what the trees see, its confidence by the evidence alone, and whether it is a company."""

    text: str
    name: str
    numbers: np.ndarray[Any, Any]
    before: float
    right: bool


def main() -> None:
    """Fit and write the trees, and print what they change on the other half."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415 - only to fit

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=ROOT / "output" / "training")
    options = parser.parse_args()
    lexicon, extractor = load_lexicon(), open_extractor("reader")
    halves: dict[bool, dict[str, list[Row]]] = {True: defaultdict(list), False: defaultdict(list)}
    for path in options.files:
        for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if number_of(record["id"]) % 5 == 0:
                halves[to_fit_on(record["id"])][path.stem].extend(rows_of(record, lexicon, extractor))
    fitted = [row for part in halves[True].values() for row in part]
    trees = HistGradientBoostingClassifier(**TREES)
    trees.fit(np.stack([row.numbers for row in fitted]), np.array([row.right for row in fitted]))
    measured = {**halves[False], "all": [row for part in halves[False].values() for row in part]}
    for name, rows in measured.items():
        after = trees.predict_proba(np.stack([row.numbers for row in rows]))[:, 1]
        print(f"{name}: evidence alone {figures(rows, [row.before for row in rows])}, trees {figures(rows, list(after))}")
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "company_classifier.onnx").write_bytes(as_onnx(trees, len(COLUMNS)))
    print(f"{len(fitted)} candidates, of which {sum(row.right for row in fitted)} companies")


def rows_of(record: dict[str, Any], lexicon: Lexicon, extractor: Extractor) -> Iterator[Row]:
    """Yield the candidates of an annotated article."""
    title, body = str(record["title"]), str(record["body"])
    if not title:
        title, _, body = body.partition("\n\n")
    article = Article("", None, title, "", "", "main", body)
    gold = {name_key(surface) for entity in record["entities"] if entity["kind"] == "company" for surface in entity["surfaces"]}
    text = read_text(article, lexicon.phrases)
    hits, weights = find_phrases(text, lexicon), load_weights(tagged=True)
    (recognized,) = extractor.recognize([article], [text]) if extractor.recognize else ()
    context = feature_context(article, text, hits, lexicon, load_context_words(), recognized)
    _, candidates = company_candidates(context, hits, weights, set())
    if not candidates:
        return
    for one, numbers in zip(candidates, classifier_rows(candidates, text, recognized, weights), strict=True):
        name = name_key(text.words(one.span.first, one.span.core))
        yield Row(record["id"], name, numbers, confidence_of(one.evidence), name in gold)


def figures(rows: list[Row], confidences: list[float], least: float = 0.5) -> str:
    """Return precision, recall and F1 of names: each counts once a text, by its surest mention."""
    best: dict[tuple[str, str], tuple[float, bool]] = {}
    for row, confidence in zip(rows, confidences, strict=True):
        key = row.text, row.name
        best[key] = max(best.get(key, (0.0, row.right)), (confidence, row.right))
    told = sum(confidence >= least for confidence, _ in best.values())
    right = sum(confidence >= least and is_right for confidence, is_right in best.values())
    all_of_them = sum(is_right for _, is_right in best.values())
    return f"{right / max(told, 1):.2f}/{right / max(all_of_them, 1):.2f}/{2 * right / max(told + all_of_them, 1):.3f}"


if __name__ == "__main__":
    main()
