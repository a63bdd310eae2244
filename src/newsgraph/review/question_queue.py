"""What is worth deciding in a built graph: questions that are open, those that matter most first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, combinations

from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.decision import Decision, EventReference, NamedThing, Verb
from newsgraph.provenance.source_sentences import Evidence, evidence_of
from newsgraph.review.company_descriptions import CompanyWords, company_words
from newsgraph.review.event_questions import of_amounts, of_events
from newsgraph.review.name_questions import of_companies, of_doubts, of_merges
from newsgraph.review.review_question import ReviewQuestion, Words

SHOWN = 3  # sentences of a question
_Name = tuple[str, str]


def review_questions(graph: GraphTables, decided: Sequence[Decision] = ()) -> tuple[ReviewQuestion, ...]:
    """List what is worth deciding, by impact, then by text; nothing that `decided` or the graph's own decisions are about.

    The same graph and decisions give the same list. Each question is asked once, for its weightiest reason.
    """
    words = company_words(graph)
    done = _Done(words, decided, frozenset(graph["decisions"]["decision"]))
    found = chain(
        of_doubts(graph, words), of_merges(graph, words), of_companies(graph, words), of_events(graph, words), of_amounts(graph, words),
    )  # fmt: skip
    ordered = sorted((one for one in found if one.impact > 0 and not done.settles(one)), key=lambda one: (-one.impact, one.ask, one.rule))
    asked: dict[object, ReviewQuestion] = {}
    for one in ordered:
        asked.setdefault((one.kind if one.about.event else "", str(one.about)), one)
    chosen = [replace(one, spans=one.spans[:SHOWN]) for one in asked.values()]
    evidence = evidence_of(graph, {article for one in chosen for article, _, _ in one.spans})
    return tuple(replace(one, evidence=tuple(dict.fromkeys(_quoted(one, evidence)))) for one in chosen)


def _quoted(one: ReviewQuestion, evidence: Evidence) -> Iterator[Words]:
    for article, start, end in one.spans:
        origin = evidence.origins[article]
        yield Words(evidence.quote(article, start, end, ()).sentence, origin.headline, origin.published)


class _Done:
    """What was decided already, whatever the answer was."""

    def __init__(self, words: CompanyWords, decided: Iterable[Decision], told: frozenset[str]) -> None:
        self._words = words
        self._told = told
        self._pairs: set[frozenset[_Name]] = set()
        self._companies: set[_Name] = set()
        self._events: dict[object, list[EventReference]] = defaultdict(list)
        for one in decided:
            if one.event:
                self._events[one.event.key[:2]].append(one.event)
            elif one.verb in {Verb.SAME, Verb.DIFFERENT}:
                self._pairs |= self._pairs_of(one)
            if one.verb is not Verb.DIFFERENT:
                self._companies |= {self._name(named) for named in one.companies}

    def settles(self, proposal: ReviewQuestion) -> bool:
        """Tell whether a question was answered."""
        answers = [one for one in (proposal.accept, proposal.reject, *proposal.choices) if one]
        if any(str(one) in self._told for one in answers):
            return True
        about = proposal.about
        if about.event:
            return any(about.event.may_be(event) for event in self._events[about.event.key[:2]])
        if about.verb is Verb.NOT_A_COMPANY:
            name = self._name(about.companies[0])
            return name in self._companies or (name[0], "") in self._companies
        return any(pair in self._pairs or _bare(pair) in self._pairs for pair in self._pairs_of(about))

    def _pairs_of(self, decision: Decision) -> set[frozenset[_Name]]:
        return {frozenset(pair) for pair in combinations(map(self._name, decision.companies), 2)}

    def _name(self, named: NamedThing) -> _Name:
        key, article = named.key
        return key, self._words.links.get(article, article)


def _bare(pair: frozenset[_Name]) -> frozenset[_Name]:
    return frozenset((key, "") for key, _ in pair)
