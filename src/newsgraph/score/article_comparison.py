"""What was found in an annotated whole article, compared with what is there: names, events with every role, links, and fields of events.

An event is `typed` right if its type is, and one party in the same role; where the annotation names no party, the type suffices. It is
`strict` right if all of its parties are, each in its role, and no other is named, and it is background or news, fact, plan, rumour or
called off as annotated. Links are pairs of companies or organisations of one event that is told as fact or planned, whatever the roles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from newsgraph.score.whole_articles import AnnotatedArticle, AnnotatedEvent

PARTY_ROLES = frozenset(
    "acquirer target seller party investor lead company supplier customer plaintiff defendant payer payee authority rater receiver giver".split()
)
"""Roles whose fillers are parties; who or what fills another role does not decide whether an event is found."""

TYPED, STRICT, LINKS = "events typed", "events strict", "links"
PARTS = {"": None, " news": False, " background": True}
"""Suffixes of the figures of events, and the events that each is over: all, or by whether they are background."""

_STATUS = {"announced": "fact", "completed": "fact", "planned": "planned", "rumoured": "rumour", "denied": "off", "ended": "off"}
_KINDS = {"companies": "company", "people": "person", "products": "product"}
_FURTHER_KINDS = {"organisations": "organisation", "places": "place"}  # last, so that the intervals of the others stay
_MAIN = frozenset({"subject", "party"})
_LEGAL_FORM = re.compile(
    r"[,.]?\s+(inc|corp|corporation|co|company|ltd|limited|plc|llc|lp|ag|se|sa|nv|gmbh|ab|asa|oyj|spa|kk|holdings?|group)\.?$",
    re.IGNORECASE,
)
_Event = tuple[AnnotatedEvent, frozenset[tuple[str, str]]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ArticleTally:
    """How often one figure was right in an article, how often something wrong was found, and how often something was missed.

    `wrong` is None for a part of the events, since what was found besides belongs to no part.
    """

    right: int
    wrong: int | None
    missed: int


@dataclass(frozen=True, slots=True)
class ArticleComparison:
    """The tallies of one article by figure, and of the events matched as typed how many have each field right, of how many."""

    tallies: dict[str, ArticleTally]
    fields: dict[str, tuple[int, int]]


def right_events(gold: AnnotatedArticle, found: AnnotatedArticle) -> frozenset[int]:
    """Return the numbers of the found events that are right in type, parties and roles, which is what a confidence states.

    Each named party that is found must be annotated in its role; parties may be missing. Words that are no name are not compared.
    """
    wanted, events = _events(gold, found)
    name_of = article_names(gold)
    named = {name_of(entity.name) for article in (gold, found) for entity in article.entities}
    stated = [(event, frozenset(pair for pair in parties if pair[1] in named)) for event, parties in events]
    return frozenset(number for _, number in matched(wanted, stated, _in_roles))


def _events(gold: AnnotatedArticle, found: AnnotatedArticle) -> tuple[list[_Event], list[_Event]]:
    """Return the annotated and the found events with the parties by which they are compared."""
    name_of = article_names(gold)
    known = {article_key(entity.name) for entity in gold.entities if entity.kind in {"company", "organisation"}}
    wanted = [(event, frozenset(pair for pair in _parties(event, name_of) if pair[1] in known)) for event in gold.events]
    return wanted, [(event, frozenset(_parties(event, name_of))) for event in found.events]


def compare_article(gold: AnnotatedArticle, found: AnnotatedArticle) -> ArticleComparison:
    """Compare what was found in an article with its annotation."""
    name_of = article_names(gold)
    wanted, events = _events(gold, found)
    tallies = {label: _names(gold, found, kind, name_of) for label, kind in _KINDS.items()}
    for suffix, background in PARTS.items():
        part = [event for event in wanted if background is None or event[0].background is background]
        for figure, fits in ((TYPED, _typed), (STRICT, _strict)):
            hits = len(matched(part, events, fits))
            tallies[figure + suffix] = ArticleTally(hits, None if suffix else len(events) - hits, len(part) - hits)
    tallies[LINKS] = _sets(_links(wanted), _links(events))
    tallies |= {label: _names(gold, found, kind, name_of) for label, kind in _FURTHER_KINDS.items()}
    return ArticleComparison(tallies, _fields(gold, found, wanted, events))


def article_key(name: str) -> str:
    """Fold a name for comparison: without case, marks, a final possessive and legal forms."""
    name = re.sub(r"['’]s$", "", name.strip())
    while (shorter := _LEGAL_FORM.sub("", name)) != name:
        name = shorter
    return re.sub(r"[^\w]+", " ", name.casefold()).strip()


def article_names(gold: AnnotatedArticle) -> Callable[[str], str]:
    """Return the function from any spelling of an annotated entity to the key of its name, and from any other name to its own key."""
    keys: dict[str, str] = {}
    for entity in gold.entities:
        for spelling in (entity.name, *entity.surfaces):
            keys.setdefault(article_key(spelling), article_key(entity.name))
    return lambda name: keys.get(article_key(name), article_key(name))


def matched(gold: Sequence[T], found: Sequence[T], fits: Callable[[T, T], int]) -> list[tuple[int, int]]:
    """Match each annotated event with at most one found event, the best fit first, then in order; return the pairs of their numbers."""
    pairs = [(fit, i, j) for i, one in enumerate(gold) for j, other in enumerate(found) if (fit := fits(one, other))]
    first, second, matches = set(), set(), []
    for _, i, j in sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2])):
        if i not in first and j not in second:
            first.add(i)
            second.add(j)
            matches.append((i, j))
    return matches


def _parties(event: AnnotatedEvent, name_of: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield role and name of each party; a lead investor is an investor."""
    for role, names in event.roles:
        if role in PARTY_ROLES:
            yield from (("investor" if role == "lead" else role, name_of(name)) for name in names)


def _names(gold: AnnotatedArticle, found: AnnotatedArticle, kind: str, name_of: Callable[[str], str]) -> ArticleTally:
    wanted = {article_key(entity.name) for entity in gold.entities if entity.kind == kind}
    return _sets(wanted, {name_of(entity.name) for entity in found.entities if entity.kind == kind})


def _sets(wanted: Iterable[object], found: Iterable[object]) -> ArticleTally:
    wanted, found = set(wanted), set(found)
    return ArticleTally(len(wanted & found), len(found - wanted), len(wanted - found))


def _typed(gold: _Event, found: _Event) -> int:
    shared = gold[1] & found[1]
    return 1 + len(shared) if gold[0].type == found[0].type and (shared or not gold[1]) else 0


def _in_roles(gold: _Event, found: _Event) -> int:
    return _typed(gold, found) if found[1] <= gold[1] else 0


def _strict(gold: _Event, found: _Event) -> int:
    same = gold[1] == found[1] and gold[0].background == found[0].background and _status(gold[0]) == _status(found[0])
    return int(bool(_typed(gold, found)) and same)


def _status(event: AnnotatedEvent) -> str | None:
    return _STATUS.get(event.status or "")


def _links(events: Iterable[_Event]) -> Iterator[tuple[str, frozenset[str]]]:
    for event, parties in events:
        if _status(event) in {"fact", "planned"}:
            names = sorted({name for role, name in parties if role != "authority"})
            yield from ((event.type, frozenset(pair)) for pair in combinations(names, 2))


def _fields(
    gold: AnnotatedArticle, found: AnnotatedArticle, wanted: Sequence[_Event], events: Sequence[_Event]
) -> dict[str, tuple[int, int]]:
    counts: dict[str, tuple[int, int]] = {}
    name_of = article_names(gold)
    rows = [row for i, j in matched(wanted, events, _typed) for row in _event_fields(wanted[i][0], events[j][0], name_of)]
    weights = {name_of(entity.name): entity.weight for entity in found.entities if entity.weight}
    companies = [entity for entity in gold.entities if entity.kind == "company" and article_key(entity.name) in weights]
    rows += [("main or not", (entity.weight in _MAIN) == (weights[article_key(entity.name)] in _MAIN)) for entity in companies]
    for name, is_right in rows:
        right, of = counts.get(name, (0, 0))
        counts[name] = (right + is_right, of + 1)
    return counts


def _event_fields(gold: AnnotatedEvent, found: AnnotatedEvent, name_of: Callable[[str], str]) -> Iterator[tuple[str, bool]]:
    """Yield each field that one of the two events has, and whether it is right."""
    if gold.amounts or found.amounts:
        wanted, named = ([(round(value, 2), currency) for value, currency in event.amounts] for event in (gold, found))
        yield "amount", bool(wanted and named and named[0] in wanted)
    if gold.when:
        yield "year", found.when[:4] == gold.when[:4]
    if gold.part or found.part:
        yield "part", bool(gold.part) == bool(found.part)
    if people := gold.role("person"):
        yield "person", {article_key(name) for name in people} == {name_of(name) for name in found.role("person")}
    if gold.count:
        yield "count", gold.count == found.count
    yield "background", gold.background == found.background
    yield "status", _status(gold) == _status(found)
