"""The queue of open questions about a built graph, the most important first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, combinations

from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.decision import Decision, EventReference, NamedThing, Verb
from newsgraph.provenance.company_descriptions import CompanyWords, company_words
from newsgraph.provenance.source_sentences import Evidence, evidence_of
from newsgraph.review.event_questions import questions_about_amounts, questions_about_events
from newsgraph.review.name_questions import questions_about_companies, questions_about_doubts, questions_about_merges
from newsgraph.review.review_question import ReviewQuestion, Words
from newsgraph.review.touched import touched_by

SHOWN = 3  # sentences of a question
_SOURCES = (
    questions_about_doubts, questions_about_merges, questions_about_companies, questions_about_events, questions_about_amounts,
)  # fmt: skip
_Name = tuple[str, str]


def review_questions(graph: GraphTables, decided: Sequence[Decision] = ()) -> tuple[ReviewQuestion, ...]:
    """List the open questions, by impact, then by text, without those that `decided` or the graph's own decisions answer.

    The same graph and decisions give the same list. Each question is asked once, for its most important reason.
    """
    words = company_words(graph)
    answered = _Answered(words, decided, frozenset(graph["decisions"]["decision"]))
    touched = touched_by(graph)
    questions = chain.from_iterable(source(graph, words, touched) for source in _SOURCES)
    open_questions = [question for question in questions if question.impact > 0 and question not in answered]
    by_subject: dict[object, ReviewQuestion] = {}
    for question in sorted(open_questions, key=lambda question: (-question.impact, question.ask, question.rule)):
        by_subject.setdefault((question.kind if question.about.event else "", str(question.about)), question)
    chosen = [replace(question, spans=question.spans[:SHOWN]) for question in by_subject.values()]
    evidence = evidence_of(graph, {article for question in chosen for article, _, _ in question.spans})
    return tuple(replace(question, evidence=tuple(dict.fromkeys(_quoted(question, evidence)))) for question in chosen)


def _quoted(question: ReviewQuestion, evidence: Evidence) -> Iterator[Words]:
    for article, start, end in question.spans:
        origin = evidence.origins[article]
        yield Words(evidence.quote(article, start, end, ()).sentence, origin.headline, origin.published)


class _Answered:
    """The questions that were answered already, whatever the answer was."""

    def __init__(self, words: CompanyWords, decided: Iterable[Decision], in_graph: frozenset[str]) -> None:
        self._words = words
        self._in_graph = in_graph
        self._pairs: set[frozenset[_Name]] = set()
        self._companies: set[_Name] = set()
        self._events: dict[object, list[EventReference]] = defaultdict(list)
        for decision in decided:
            if decision.event:
                self._events[decision.event.key[:2]].append(decision.event)
            elif decision.verb in {Verb.SAME, Verb.DIFFERENT}:
                self._pairs |= self._pairs_of(decision)
            if decision.verb is not Verb.DIFFERENT:
                self._companies |= {self._name(company) for company in decision.companies}

    def __contains__(self, question: ReviewQuestion) -> bool:
        answers = [answer for answer in (question.accept, question.reject, *question.choices) if answer]
        if any(str(answer) in self._in_graph for answer in answers):
            return True
        about = question.about
        if about.event:
            return any(about.event.may_be(event) for event in self._events[about.event.key[:2]])
        if about.verb in {Verb.NOT_A_COMPANY, Verb.PERSON}:
            name = self._name(about.companies[0])
            return name in self._companies or (name[0], "") in self._companies
        return any(pair in self._pairs or _without_articles(pair) in self._pairs for pair in self._pairs_of(about))

    def _pairs_of(self, decision: Decision) -> set[frozenset[_Name]]:
        return {frozenset(pair) for pair in combinations(map(self._name, decision.companies), 2)}

    def _name(self, company: NamedThing) -> _Name:
        key, article = company.key
        return key, self._words.links.get(article, article)


def _without_articles(pair: frozenset[_Name]) -> frozenset[_Name]:
    return frozenset((key, "") for key, _ in pair)
