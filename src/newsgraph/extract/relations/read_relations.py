"""Relations that last which the reader sees in single sentences, beside those that rules find."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from newsgraph.core.lasting_relation import Relation
from newsgraph.extract.reader.read_event import ReadRelation
from newsgraph.extract.relations.relation_finder import RelationSide
from newsgraph.extract.relations.relation_rules import load_relation_rules
from newsgraph.extract.text.article_text import ArticleText

READER = "reader"
_CLIENT = "client_of"  # of a supplier, who is the subject in a graph
_OWNS = "owns"
_LEFT_OUT = frozenset({"brand_of"})  # what a firm makes or sells for others was taken for its brand
_DECIMALS = 2
_NO_WORD = re.compile(r"[^\w'’-]+")
_OVER = re.compile(r"(?<![\w-])(?:used to|no longer|until|formerly|ex)(?![\w-])")
_OWNING = re.compile(r"(?<![\w-])(?:own|owns|owned|owners?|ownership|shareholders?|stakes?|shareholding|holds?)(?![\w-])")
_JOINING = frozenset({",", ";", "and", "&", "or", "as", "well", "the", "including"})


def with_read_relations(
    ruled: Sequence[Relation], read: Sequence[ReadRelation], sides: Sequence[RelationSide], text: ArticleText
) -> list[Relation]:
    """Return the relations of the rules, and those of the reader between names of which no rule says the same kind, in text order.

    `sides` are the things that may be related. A sentence that speaks of what was or may be states no relation, none between two names of one
    list ("clients include Nike, Taco Bell and Volkswagen"), and no owner where it only tells who paid into a round.
    """
    known = {_key(relation) for relation in ruled}
    new = {_key(one): one for one in _fitting(read, sides, text) if _key(one) not in known}
    return sorted(
        [*ruled, *new.values()], key=lambda relation: (relation.start, relation.end, relation.kind, relation.subject, relation.object)
    )


def _key(relation: Relation) -> tuple[str, frozenset[str]]:
    return relation.kind, frozenset((relation.subject, relation.object))


def _fitting(read: Sequence[ReadRelation], sides: Sequence[RelationSide], text: ArticleText) -> Iterator[Relation]:
    rules = load_relation_rules()
    for one in read:
        kind, subject, other = one.kind, one.subject, one.object
        if kind in _LEFT_OUT:
            continue
        if kind == _CLIENT:
            kind, subject, other = "supplies_to", other, subject
        start, end = one.evidence
        subjects, others = rules.sides[kind]
        inside = [side for side in sides if start <= text.span(side.first, side.last)[0] < end]
        first, second = (
            [side for side in inside if side.name == name and side.kind in kinds] for name, kinds in ((subject, subjects), (other, others))
        )
        if not first or not second or subject == other or any(_are_listed(a, b, inside, text) for a, b in product(first, second)):
            continue
        sentence = text.sentence_of(first[0].first)
        words = _NO_WORD.sub(" ", text.words(sentence.first, sentence.last).lower())
        told = kind != _OWNS or _OWNING.search(words) is not None
        if told and not any(said.search(words) for said in (rules.unsure, rules.former, rules.past, _OVER)):
            yield Relation(kind, subject, other, start, end, READER, round(one.probability, _DECIMALS))


def _are_listed(one: RelationSide, other: RelationSide, sides: Sequence[RelationSide], text: ArticleText) -> bool:
    """Return whether only other names, commas and the like are between two names."""
    begin, end = min(one.last, other.last), max(one.first, other.first)
    named = {at for side in sides for at in range(side.first, side.last)}
    between = [at for at in range(begin, end) if at not in named]
    return bool(between) and all(text.tokens[at].lower() in _JOINING or text.tokens[at][:1].isupper() for at in between)
