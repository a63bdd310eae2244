"""What a question can be answered from, in the size that a language model can read: sentences with sources, facts, and disagreements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from newsgraph.core.errors import InputError, UnknownNameError
from newsgraph.retrieval.candidate_lists import DEFAULT_WEIGHTS, RankWeights, Scope, ranked_sentences, scope_of
from newsgraph.retrieval.context_facts import ContextFact, Disagreement, disagreements_of, facts_of
from newsgraph.retrieval.known_names import KnownName, known_names, names_with_key, near_names
from newsgraph.retrieval.question_words import LONGEST, fold, name_words
from newsgraph.retrieval.sentence_index import SentenceIndex

DEFAULT_BUDGET = 2000
SMALLEST_BUDGET = 100
_LETTERS_OF_TOKEN = 4  # of English, as tokenizers of language models cut it
_SOURCE, _FACT = 40, 35  # tokens of a source's headline and address, and of a fact
_LOOKED_AT = 120  # sentences from the top of the list
SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class ContextSource:
    """An article that a sentence is from; `origin` is the IRI of the article that had its text first, `published` ISO 8601 (UTC)."""

    number: int
    article: str
    headline: str
    url: str
    provider: str
    published: str
    origin: str


@dataclass(frozen=True, slots=True)
class ContextSentence:
    """A sentence that may answer the question, word for word; `start` and `end` are its place in the text of its article.

    `source` is the number of its source; `also` are those of other sources with the same sentence.
    """

    number: int
    text: str
    article: str
    start: int
    end: int
    source: int
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """What a question can be answered from, the best first; `NewsGraph.context` returns it.

    `names` are the things of the graph that the question names. `facts` cite sentences by number, sentences cite sources. `origins`
    counts the sources that are no copies of each other. `left_out` counts the sentences that the budget had no room for.

    >>> found = kg.context("How much does Sanofi invest in Owkin?")
    >>> found.names[0].label, found.facts[0].text
    ('Sanofi', 'Sanofi invests $180M in Owkin')
    >>> "180" in found.sentences[0].text
    True
    """

    question: str
    as_of: str
    names: tuple[KnownName, ...]
    sentences: tuple[ContextSentence, ...]
    facts: tuple[ContextFact, ...]
    disagreements: tuple[Disagreement, ...]
    sources: tuple[ContextSource, ...]
    origins: int
    left_out: int


def context(
    index: SentenceIndex, question: str, as_of: date | None = None, topics: Sequence[str] = (), budget: int = DEFAULT_BUDGET,
    weights: RankWeights = DEFAULT_WEIGHTS, seconds: float = SECONDS,
) -> AnswerContext:  # fmt: skip
    """Find what a question can be answered from.

    `as_of`: only articles published up to the end of this day (UTC). `topics`: only articles about one of these topics or of narrower ones.
    `budget`: the size of the answer in tokens of a language model, estimated as a quarter of its letters. Raises InputError for an
    empty question or a budget below 100, UnknownNameError for an unknown topic, and QueryError if it takes longer than some seconds.
    """
    _check(question, budget)
    with index.within(seconds):
        scope = scope_of(as_of, _topics(index, topics))
        names = known_names(index, question)
        ranked = ranked_sentences(index, question, names, scope, weights)[:_LOOKED_AT]
        return _composed(index, question, names, [sentence for sentence, _ in ranked], scope, budget)


def _check(question: str, budget: int) -> None:
    if not question.strip() or len(question) > LONGEST:
        where, hint = "question", f"Ask in 1 to {LONGEST:,} characters."
        raise InputError(where, "is empty" if not question.strip() else f"has {len(question):,} characters", hint)
    if budget < SMALLEST_BUDGET:
        where, hint = "budget", f"Allow {SMALLEST_BUDGET} tokens or more."
        raise InputError(where, f"{budget} tokens hold no answer", hint)


def _topics(index: SentenceIndex, topics: Sequence[str]) -> list[int]:
    """Return the topics of some names or IRIs."""
    things = []
    for topic in topics:
        rows = index.rows("SELECT id FROM thing WHERE iri = ? AND kind = 'topic'", (topic,))
        found = [row[0] for row in rows] or [name.thing for name in names_with_key(index, name_words(topic), topic) if name.kind == "topic"]
        if not found:
            kind = "topic"
            raise UnknownNameError(kind, topic, (name.name for name in near_names(index, topic) if name.kind == "topic"))
        things += found
    return things


def _composed(
    index: SentenceIndex, question: str, names: tuple[KnownName, ...], ranked: Sequence[int], scope: Scope, budget: int
) -> AnswerContext:
    """Take sentences in their order as long as the budget allows, each with its facts."""
    groups = _groups(index, ranked)
    facts = facts_of(index, [sentence for group in groups for sentence in group], scope)
    sources: dict[int, ContextSource] = {}
    sentences: list[ContextSentence] = []
    numbers: dict[int, int] = {}
    room = budget
    chosen: dict[str, ContextFact] = {}
    for group in groups:
        rows = _rows(index, group)
        fresh = {row[1] for row in rows[:1]} - set(sources)
        new_facts = {key: fact for sentence in group for key, fact in facts.get(sentence, {}).items() if key not in chosen}
        room -= len(rows[0][4]) // _LETTERS_OF_TOKEN + _SOURCE * len(fresh) + _FACT * len(new_facts)
        if room < 0 and sentences:
            break
        for row in rows[:1] if fresh else ():
            sources[row[1]] = _source(index, row[1], len(sources) + 1)
        also = tuple(sources[row[1]].number for row in rows[1:] if row[1] in sources and row[1] != rows[0][1])
        number = len(sentences) + 1
        numbers |= dict.fromkeys(group, number)
        chosen |= new_facts
        source = sources[rows[0][1]]
        sentences.append(ContextSentence(number, rows[0][4], source.article, rows[0][2], rows[0][3], source.number, also))
    cited = tuple(fact.citing(numbers) for fact in chosen.values())
    return AnswerContext(
        question, scope.day, names, tuple(sentences), cited, disagreements_of(index, cited, scope), tuple(sources.values()),
        len({source.origin for source in sources.values()}), len(groups) - len(sentences),
    )  # fmt: skip


def _groups(index: SentenceIndex, ranked: Sequence[int]) -> list[list[int]]:
    """Put sentences of equal words together, each group where its best one is, the earliest article first."""
    texts = {row[0]: (fold(row[1]), row[2], row[0]) for row in _all(index, "SELECT id, text, day FROM sentence WHERE id IN ({})", ranked)}
    groups: dict[str, list[int]] = {}
    for sentence in ranked:
        groups.setdefault(texts[sentence][0], []).append(sentence)
    return [sorted(group, key=lambda sentence: (texts[sentence][1] or "~", sentence)) for group in groups.values()]


def _rows(index: SentenceIndex, group: Sequence[int]) -> list[tuple[int, int, int, int, str]]:
    """Return id, article, start, end and text of sentences, in their order."""
    rows = {row[0]: row for row in _all(index, "SELECT id, article, start, end, text FROM sentence WHERE id IN ({})", group)}
    return [rows[sentence] for sentence in group]


def _all(index: SentenceIndex, sql: str, keys: Sequence[int]) -> list[tuple[Any, ...]]:
    return index.rows(sql.format(",".join("?" * len(keys))), list(keys))


def _source(index: SentenceIndex, article: int, number: int) -> ContextSource:
    ((iri, url, headline, provider, published, origin),) = index.rows(
        "SELECT article.iri, article.url, article.headline, article.provider, article.published, first.iri FROM article"
        " JOIN article AS first ON first.id = article.origin WHERE article.id = ?",
        (article,),
    )
    return ContextSource(number, iri, headline, url, provider, published, origin)
