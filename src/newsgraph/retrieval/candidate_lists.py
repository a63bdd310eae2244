"""Sentences that may answer a question, ranked in several ways, and fused into one list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from math import log
from typing import TYPE_CHECKING

import numpy as np

from newsgraph.retrieval.inverted_index import day_number
from newsgraph.retrieval.known_names import KnownName
from newsgraph.retrieval.question_words import asked_events, content_words
from newsgraph.retrieval.rank_fusion import fuse
from newsgraph.retrieval.sentence_index import SentenceIndex

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
    by_words = _full_text(index, words, scope, weights)
    place = {sentence: rank for rank, (sentence, _) in enumerate(by_words)}
    cues = [word for kind in asked_events(question).values() for word in kind]
    by_cues = _full_text(index, list(dict.fromkeys([*words, *cues])), scope, weights) if cues else []
    return fuse([
        (weights.words, [sentence for sentence, _ in by_words]),
        (weights.cues, [sentence for sentence, _ in by_cues]),
        (weights.articles, _by_article(index, by_words)),
        (weights.names, _by_names(index, names, scope, place)),
        (weights.events, _by_events(index, names, frozenset(asked_events(question)), scope, place)),
    ])  # fmt: skip


def _full_text(index: SentenceIndex, words: Sequence[str], scope: Scope, weights: RankWeights) -> list[tuple[int, float]]:
    """Return sentences by BM25 over their words, with their scores; higher is better."""
    if not words:
        return []
    fields = (weights.in_sentence, weights.in_names, weights.in_headline)
    return index.words.best(words, fields, _MOST, _allowed(index, scope))


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
    sentences = [sentence for sentence, _ in by_words]
    article = dict(zip(sentences, index.words.articles[sentences].tolist(), strict=True))
    best: dict[int, list[float]] = defaultdict(list)
    for sentence, score in by_words:
        if len(best[article[sentence]]) < _BEST_OF_ARTICLE:
            best[article[sentence]].append(score)
    order = sorted(enumerate(by_words), key=lambda item: (-sum(best[article[item[1][0]]]), article[item[1][0]], item[0]))
    return [sentence for _, (sentence, _) in order]


def _by_names(index: SentenceIndex, names: Sequence[KnownName], scope: Scope, place: Mapping[int, int]) -> list[int]:
    """Return sentences by the names of the question that are in them; a name counts more if fewer articles have it."""
    worth: dict[int, float] = defaultdict(float)
    for known in names:
        weight = 1 / log(2 + known.articles)
        for (sentence,) in _naming(index, known.thing, scope):
            worth[sentence] += weight
    return nsmallest(_MOST, worth, key=lambda sentence: (-worth[sentence], place.get(sentence, _MOST), sentence))


def _naming(index: SentenceIndex, thing: int, scope: Scope) -> list[tuple[int]]:
    """Return the sentences that name a thing; the newest if there are very many."""
    condition, values = scope.where()
    if not condition:  # most things are in few sentences, whose days then make no difference
        rows = index.rows("SELECT sentence FROM mention WHERE thing = ? LIMIT ?", (thing, _MOST_OF_THING + 1))
        if len(rows) <= _MOST_OF_THING:
            return rows
    return index.rows(
        f"SELECT mention.sentence FROM mention JOIN sentence ON sentence.id = mention.sentence WHERE mention.thing = ?{condition}"  # noqa: S608 - our own condition
        " ORDER BY sentence.day DESC, sentence.id LIMIT ?",
        [thing, *values, _MOST_OF_THING],
    )


def _by_events(
    index: SentenceIndex, names: Sequence[KnownName], asked: frozenset[str], scope: Scope, place: Mapping[int, int]
) -> list[int]:
    """Return the sentences that report events of what the question names: one step along events, the kinds that are asked about first."""
    if not names:
        return []
    condition, values = scope.where()
    things = [known.thing for known in names]
    rows = index.rows(
        "SELECT reported.sentence, reported.type, count(*) FROM reported JOIN sentence ON sentence.id = reported.sentence"  # noqa: S608 - as above
        f" WHERE reported.thing IN ({_marks(things)}){condition} GROUP BY reported.sentence, reported.event"
        " ORDER BY sentence.day DESC, reported.sentence LIMIT ?",
        [*things, *values, _MOST_OF_THING],
    )
    best: dict[int, tuple[bool, int]] = {}
    for sentence, kind, parties in rows:
        best[sentence] = min(best.get(sentence, (True, 0)), (kind not in asked, -parties))
    return nsmallest(_MOST, best, key=lambda sentence: (*best[sentence], place.get(sentence, _MOST), sentence))


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
