"""Sentences that may answer a question, ranked in several ways, and fused into one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np

from newsgraph.retrieval.inverted_index import day_number
from newsgraph.retrieval.known_names import KnownName
from newsgraph.retrieval.question_words import asked_events, content_words
from newsgraph.retrieval.rank_fusion import fuse
from newsgraph.retrieval.sentence_index import SentenceIndex
from newsgraph.retrieval.thing_sentences import types_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST = 400  # sentences of a list
_MOST_OF_THING = 5000  # sentences that name a thing, or report events
_MOST_WORDS = 60  # of a question that are looked for
_BEST_OF_ARTICLE = 3  # sentences by which an article is ranked


@dataclass(frozen=True, slots=True)
class RankWeights:
    """How much each ranked list counts, and how much a word counts by its place: in the sentence, in what its article names, in its headline.

    The values were chosen on one half of the questions of `benchmarks/context_questions.py`.
    """

    words: float = 1.0
    cues: float = 1.0
    articles: float = 0.5
    names: float = 0.1
    events: float = 1.0
    in_sentence: float = 1.0
    in_names: float = 0.5
    in_headline: float = 0.5


DEFAULT_WEIGHTS = RankWeights()


@dataclass(frozen=True, slots=True)
class Scope:
    """Which articles count: those published up to the end of a day (UTC, ISO), empty for all, and about some topics (things), if any."""

    day: str = ""
    topics: tuple[int, ...] = ()

    def where(self) -> tuple[str, list[object]]:
        """Return a condition on the table `sentence` in SQL, beginning with AND, and its values."""
        sql, values = "", list[object]()
        if self.day:
            sql, values = " AND sentence.day <> '' AND sentence.day <= ?", [self.day]
        if self.topics:
            sql += f" AND sentence.article IN (SELECT article FROM topic WHERE thing IN ({_marks(self.topics)}))"  # noqa: S608 - marks
            values += self.topics
        return sql, values


def scope_of(as_of: date | None, topics: Sequence[int] = ()) -> Scope:
    """Return the scope of a day and of topics."""
    return Scope("" if as_of is None else as_of.isoformat(), tuple(topics))


def ranked_sentences(
    index: SentenceIndex, question: str, names: Sequence[KnownName], scope: Scope, weights: RankWeights = DEFAULT_WEIGHTS
) -> list[tuple[int, float]]:
    """Return the sentences that may answer a question with their scores, the best first."""
    words = content_words(question)[:_MOST_WORDS]
    allowed = _allowed(index, scope)
    by_words = _full_text(index, words, allowed, weights)
    cues = [word for kind in asked_events(question).values() for word in kind]
    by_cues = _full_text(index, list(dict.fromkeys([*words, *cues])), allowed, weights) if cues else []
    return fuse([
        (weights.words, [sentence for sentence, _ in by_words]),
        (weights.cues, [sentence for sentence, _ in by_cues]),
        (weights.articles, _by_article(index, by_words)),
        (weights.names, _by_names(index, names, allowed, by_words)),
        (weights.events, _by_events(index, names, frozenset(asked_events(question)), allowed, by_words)),
    ])  # fmt: skip


def _full_text(
    index: SentenceIndex, words: Sequence[str], allowed: NDArray[np.bool_] | None, weights: RankWeights
) -> list[tuple[int, float]]:
    """Return sentences by BM25 over their words, with their scores; higher is better."""
    if not words:
        return []
    fields = (weights.in_sentence, weights.in_names, weights.in_headline)
    return index.words.best(words, fields, _MOST, allowed)


def _allowed(index: SentenceIndex, scope: Scope) -> NDArray[np.bool_] | None:
    """Return which sentences are in a scope, None for all."""
    words = index.words
    allowed = None
    if scope.day:
        allowed = (words.days > 0) & (words.days <= day_number(scope.day))
    if scope.topics:
        articles = index.rows(f"SELECT DISTINCT article FROM topic WHERE thing IN ({_marks(scope.topics)})", scope.topics)  # noqa: S608 - marks
        about = np.isin(words.articles, [article for (article,) in articles])
        allowed = about if allowed is None else allowed & about
    return allowed


def _by_article(index: SentenceIndex, by_words: Sequence[tuple[int, float]]) -> list[int]:
    """Return the same sentences by their articles, which are ranked by the sum of their best sentences."""
    sentences = np.array([sentence for sentence, _ in by_words], np.int64)
    scores = np.array([score for _, score in by_words])
    articles, first, of = np.unique(index.words.articles[sentences], return_index=True, return_inverse=True)
    order = np.argsort(of, kind="stable")
    starts = np.searchsorted(of[order], np.arange(len(articles)))
    rank = np.arange(len(order)) - starts[of[order]]  # of a sentence in its article
    totals = scores[first]
    for place in range(1, _BEST_OF_ARTICLE):
        further = order[rank == place]
        totals[of[further]] += scores[further]
    return _listed(sentences[np.lexsort((np.arange(len(sentences)), of, -totals[of]))])


def _by_names(
    index: SentenceIndex, names: Sequence[KnownName], allowed: NDArray[np.bool_] | None, by_words: Sequence[tuple[int, float]]
) -> list[int]:
    """Return sentences by the names of the question that are in them; a name counts more if fewer articles have it."""
    naming = [_newest(index, index.things.naming(known.thing), allowed) for known in names]
    found, places = np.unique(np.concatenate([np.zeros(0, np.uint32), *naming]), return_inverse=True)
    worth, start = np.zeros(len(found)), 0
    for known, sentences in zip(names, naming, strict=True):
        worth[places[start : start + len(sentences)]] += 1 / log(2 + known.articles)
        start += len(sentences)
    order = np.lexsort((found, _places(found, by_words), -worth))[:_MOST]
    return _listed(found[order])


def _newest(index: SentenceIndex, sentences: NDArray[np.uint32], allowed: NDArray[np.bool_] | None) -> NDArray[np.uint32]:
    """Return the sentences that are allowed; the newest if there are very many."""
    if allowed is not None:
        sentences = sentences[allowed[sentences]]
    if len(sentences) <= _MOST_OF_THING:
        return sentences
    return sentences[np.lexsort((sentences, -index.words.days[sentences].astype(np.int64)))[:_MOST_OF_THING]]


def _places(sentences: NDArray[np.uint32], by_words: Sequence[tuple[int, float]]) -> NDArray[np.intp]:
    """Return the places of sentences in a ranked list; those that are not in it come after all that are."""
    ranked = np.array([sentence for sentence, _ in by_words], np.int64)
    order = np.argsort(ranked)
    at = np.minimum(np.searchsorted(ranked, sentences, sorter=order), len(ranked) - 1)
    is_ranked = ranked[order[at]] == sentences if len(ranked) else np.zeros(len(sentences), bool)
    return np.where(is_ranked, order[at] if len(ranked) else _MOST, _MOST)


def _by_events(
    index: SentenceIndex, names: Sequence[KnownName], asked: frozenset[str], allowed: NDArray[np.bool_] | None,
    by_words: Sequence[tuple[int, float]],
) -> list[int]:  # fmt: skip
    """Return the sentences that report events of what the question names: one step along events, the kinds that are asked about first."""
    reported = index.things.reporting([known.thing for known in names])
    kept = np.arange(len(reported.sentences)) if allowed is None else np.flatnonzero(allowed[reported.sentences])
    days = index.words.days[reported.sentences[kept]].astype(np.int64)
    kept = kept[np.lexsort((reported.events[kept], reported.sentences[kept], -days))[:_MOST_OF_THING]]
    sentences = reported.sentences[kept]
    is_other = ~np.isin(reported.types[kept], types_of(asked))
    order = np.lexsort((sentences, _places(sentences, by_words), -reported.parties[kept], is_other))
    _, first = np.unique(sentences[order], return_index=True)  # of the events that a sentence reports, the best
    return _listed(sentences[order][np.sort(first)][:_MOST])


def _listed(numbers: NDArray[Any]) -> list[int]:
    values: list[int] = numbers.tolist()
    return values


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
