"""How often the right sentence is among the first five that `kg.context` finds, beside BM25 over whole articles.

Usage: python benchmarks/context_questions.py [--generated OUTPUT] [--articles OUTPUT] [--missed]

Two kinds of questions: 200 about generated news (`generate.py --mixed --documents 600 --seed 11`), whose answers the generator knows, and
100 written by hand about annotated articles that lie beside the project (`../shared/articles`; skipped where they are missing). The latter
are in `texts/context_questions.csv`, each with the id of its article and the offsets of the sentence that answers it; no text is copied.
Both graphs are built first, or are those of `--generated` and `--articles` (outputs of earlier builds of the same inputs).

Weights were chosen on one half of the questions (an even SHA-256 of the question); both halves are printed. The columns: `sentence` is the
share of questions whose right sentence is among the first five of ours; `articles` those of the baseline, when the sentences of its best
articles are read in their order; `article` those whose right article is among its first five articles, which is an easier task.
The baseline is BM25 of SQLite over headline and text, with the same stemming and the same stop words.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generate import write
from generated_questions import GeneratedQuestion, generated_questions
from machine import machine, peak
from newsgraph import NewsGraph, load
from newsgraph.core.sentences import sentences
from newsgraph.pipeline.folder_build import build_into
from newsgraph.pipeline.graph_build import BuildOptions
from newsgraph.retrieval.question_words import content_words

QUESTIONS = Path(__file__).parent / "texts" / "context_questions.csv"
ARTICLES = Path(__file__).parents[2] / "shared" / "articles"
_FIRST = 5
_DOCUMENTS, _SEED, _COUNT = 600, 11, 200


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question, and whether a sentence (article's IRI, start and text) or an article (IRI) is right."""

    text: str
    is_sentence: Callable[[str, int, str], bool]
    is_article: Callable[[str], bool]

    @property
    def is_tuned_on(self) -> bool:
        """Whether weights were chosen on the question."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 2 == 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found for a question, and the seconds that ours took."""

    question: AskedQuestion
    sentence: bool
    by_articles: bool
    article: bool
    seconds: float


def main() -> None:
    """Ask all questions and print the shares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--generated", type=Path, help="the output of an earlier build of the generated news")
    parser.add_argument("--articles", type=Path, help="the output of an earlier build of the annotated articles")
    parser.add_argument("--missed", action="store_true", help="print the questions whose sentence was not found")
    options = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'questions':<12}{'half':<10}{'number':>7}{'sentence':>10}{'articles':>10}{'article':>9}{'median ms':>11}")
        for name, outcomes in _all(Path(folder), options.generated, options.articles):
            _report(name, outcomes, missed=options.missed)
    print(f"peak {peak():,.0f} MB")


def _all(folder: Path, generated: Path | None, articles: Path | None) -> Iterator[tuple[str, list[Outcome]]]:
    told = write(folder / "news", _DOCUMENTS, _SEED, mixed=True)
    kg = load(generated or _built(folder / "generated", folder / "news"))
    urls = dict(kg.articles.select("iri", "url").iter_rows())
    asked = [_about_news(one, urls) for one in generated_questions(told, _COUNT)]
    yield "generated", outcomes_of(kg, asked)
    if not ARTICLES.is_dir():
        print(f"by hand: skipped, because {ARTICLES.parent.name}/{ARTICLES.name} with the annotated articles is not beside the project")
        return
    kg = load(articles or _built(folder / "articles", ARTICLES))
    yield "by hand", outcomes_of(kg, list(asked_by_hand(kg, ARTICLES)))


def _about_news(question: GeneratedQuestion, urls: Mapping[str, str]) -> AskedQuestion:
    return AskedQuestion(
        question.text, lambda iri, _start, text: question.is_answered_by(urls[iri], text), lambda iri: urls[iri] in question.urls
    )


def _built(output: Path, source: Path) -> Path:
    build_into(output, [source], BuildOptions(workers=2), ["parquet"])
    return output


def asked_by_hand(kg: NewsGraph, folder: Path) -> Iterator[AskedQuestion]:
    """Yield the questions that were written by hand, with their answers found in the articles."""
    records = {row["id"]: row for path in sorted(folder.glob("*.jsonl")) for row in map(json.loads, path.read_text("utf-8").splitlines())}
    by_title = {title: (iri, text) for iri, title, text in kg.articles.select("iri", "title", "text").iter_rows()}
    with QUESTIONS.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            record = records[row["article"]]
            right, text = by_title[record["title"]]
            words = record["body"][int(row["start"]) : int(row["end"])]
            start = text.index(words)
            end = start + len(words)
            yield _about_article(row["question"], right, start, end)


def _about_article(question: str, right: str, start: int, end: int) -> AskedQuestion:
    return AskedQuestion(question, lambda iri, at, found: iri == right and at < end and start < at + len(found), lambda iri: iri == right)


def outcomes_of(kg: NewsGraph, asked: Sequence[AskedQuestion]) -> list[Outcome]:
    """Ask the questions of a graph, and the baseline."""
    baseline = _Baseline(kg)
    kg.context("warm up")  # opens the index
    outcomes = []
    for question in asked:
        begun = time.perf_counter()
        found = kg.context(question.text).sentences[:_FIRST]
        seconds = time.perf_counter() - begun
        best = baseline.articles(question.text)
        outcomes.append(
            Outcome(
                question,
                any(question.is_sentence(one.article, one.start, one.text) for one in found),
                any(question.is_sentence(*one) for one in baseline.sentences(best)),
                any(question.is_article(iri) for iri in best[:_FIRST]),
                seconds,
            )
        )
    return outcomes


class _Baseline:
    """BM25 over whole articles."""

    def __init__(self, kg: NewsGraph) -> None:
        self._texts = [(iri, text or title) for iri, title, text in kg.articles.select("iri", "title", "text").iter_rows()]
        self._index = sqlite3.connect(":memory:")
        self._index.execute('CREATE VIRTUAL TABLE article USING fts5(text, tokenize="porter unicode61 remove_diacritics 2")')
        self._index.executemany("INSERT INTO article(text) VALUES (?)", [(text,) for _, text in self._texts])

    def articles(self, question: str) -> list[str]:
        """Return the best articles."""
        match = " OR ".join(f'"{word}"' for word in content_words(question))
        rows = self._index.execute("SELECT rowid FROM article WHERE article MATCH ? ORDER BY bm25(article), rowid LIMIT 20", (match,))
        return [self._texts[number - 1][0] for (number,) in rows]

    def sentences(self, best: Sequence[str]) -> list[tuple[str, int, str]]:
        """Return the first sentences of the best articles."""
        texts = dict(self._texts)
        cuts = [(iri, start, texts[iri][start:end]) for iri in best[:_FIRST] for start, end in sentences(texts[iri])]
        return cuts[:_FIRST]


def _report(name: str, outcomes: Sequence[Outcome], *, missed: bool) -> None:
    tuned = [one for one in outcomes if one.question.is_tuned_on]
    held = [one for one in outcomes if not one.question.is_tuned_on]
    for half, part in (("tuned on", tuned), ("held out", held), ("all", outcomes)):
        shares = [sum(getattr(one, field) for one in part) / max(len(part), 1) for field in ("sentence", "by_articles", "article")]
        line = f"{name:<12}{half:<10}{len(part):>7}{shares[0]:>10.3f}{shares[1]:>10.3f}{shares[2]:>9.3f}"
        print(f"{line}{1000 * statistics.median(one.seconds for one in part):>11.1f}")
    for one in outcomes if missed else ():
        if not one.sentence:
            sys.stdout.write(f"  missed ({'tuned on' if one.question.is_tuned_on else 'held out'}): {one.question.text}\n")


if __name__ == "__main__":
    main()
