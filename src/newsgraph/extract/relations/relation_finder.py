"""Find the relations that last between what a text names: run the relation rules over delexicalized sentences."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from newsgraph.core.lasting_relation import Relation
from newsgraph.core.limits import SENTENCE_MATCHES
from newsgraph.core.vocabulary import EDGE_KINDS
from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence, delexicalize
from newsgraph.extract.relations.name_lists import without_unknown_members
from newsgraph.extract.relations.relation_rules import RelationRule, RelationRules, load_relation_rules
from newsgraph.extract.text.article_text import ArticleText, Sentence
from newsgraph.extract.text.times import Time

_NAME = re.compile(r"@(\d+)")
_PERCENT = re.compile(r"(?<![\d.])(\d{1,2}(?:\.\d+)?|100) ?(?:%|percent|per cent|pct)")
_SINCE = re.compile(r"(?:\b(?:since|from|in|as of)(?: (?:early|late|mid|the))?(?: |-)?)$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|through|to|before)(?: (?:early|late|mid|the))?(?: |-)?$", re.IGNORECASE)
_JOINED = re.compile(r" (?:and|&|or) ")
_PRONOUNS = frozenset({"it", "its"})
_COMPANY_WORDS = frozenset("company group firm bank chain carmaker retailer airline insurer manufacturer maker startup".split())
_SUBJECT = 3  # tokens from the beginning of a sentence in which the name of its subject begins
_LEADING = frozenset("in on at by since after before during with as today meanwhile now last this that".split())
_LEAD = 8  # words of a beginning that tells when or how
_MEANT = 0.85
_FORMER = 2  # words before a match in which "former" counts
_NEAR = 60  # characters after a match in which its begin or its end may be told


class RelationSide(NamedTuple):
    """What may be related, at tokens `first` to `last` (excluded); `kind` is company, organisation, product or exchange."""

    first: int
    last: int
    name: str
    kind: str
    confidence: float = 1.0  # that these tokens mean that name


def find_relations(text: ArticleText, sides: Sequence[RelationSide], times: Sequence[Time]) -> list[Relation]:
    """Return the relations that a text states, in text order, each kind between two names once; `times` are those of the text.

    Of a sentence at most `limits.SENTENCE_MATCHES` are taken.
    """
    rules = load_relation_rules()
    if len(sides) < 2:  # noqa: PLR2004 - a relation has two sides
        return []
    found: dict[tuple[str, str, str], Relation] = {}
    sides = with_pronouns(text, sides)
    for whole in delexicalize(text, sides, ()):
        if whole.line.count("@") < 2:  # noqa: PLR2004
            continue
        sentence = without_unknown_members(whole, text.tokens)
        stated = (
            relation for rule in rules.worth_running(sentence.line) for relation in _matches(rule, sentence, text, sides, times, rules)
        )
        for relation in islice(stated, SENTENCE_MATCHES):
            key = relation.kind, *_ordered(relation)
            if key not in found or _rank(relation) > _rank(found[key]):
                found[key] = relation
    return sorted(_without_doubles(found.values()), key=lambda relation: (relation.start, relation.end, relation.kind, relation.subject))


def with_pronouns(text: ArticleText, sides: Sequence[RelationSide]) -> list[RelationSide]:
    """Return all sides with "It", "Its" and "The company" at the beginning of a sentence, or behind "In 2019,".

    They mean what the sentence before begins with.
    """
    taken = {side.first: side for side in sides}
    extended, before = list(sides), None
    for sentence in text.sentences:
        begins = next((taken[at] for at in range(sentence.first, min(sentence.first + _SUBJECT, sentence.last)) if at in taken), None)
        if begins is None and before is not None:
            at = _clause(text.lower, sentence, taken)
            if length := _pronoun(text.lower[at : min(at + 2, sentence.last)]):
                begins = before._replace(first=at, last=at + length, confidence=_MEANT)
                extended.append(begins)
        before = begins if begins is not None and begins.kind == "company" and sentence.region == "body" else None
    return sorted(extended)


def _clause(words: Sequence[str], sentence: Sentence, taken: Container[int]) -> int:
    """Return where the subject of a sentence may be: behind the comma of a beginning without names ("In 2019, it"), or at its first word."""
    if words[sentence.first] in _LEADING:
        for at in range(sentence.first, min(sentence.first + _LEAD, sentence.last - 1)):
            if at in taken:
                break
            if words[at] == ",":
                return at + 1
    return sentence.first


def _pronoun(words: Sequence[str]) -> int:
    """Return the number of words of a pronoun at the beginning of a sentence, or of "the company"; 0 if there is none."""
    if words and words[0] in _PRONOUNS:
        return 1
    return 2 if len(words) > 1 and words[0] == "the" and words[1] in _COMPANY_WORDS else 0


def _ordered(relation: Relation) -> tuple[str, str]:
    if EDGE_KINDS[relation.kind].symmetric and relation.object < relation.subject:
        return relation.object, relation.subject
    return relation.subject, relation.object


def _rank(relation: Relation) -> tuple[bool, float, bool]:
    return not relation.until, relation.confidence, relation.percent is not None


def _without_doubles(relations: Iterable[Relation]) -> Iterator[Relation]:
    """Yield the relations without those that a surer one contradicts: of two that are each other's subsidiary, the surer one."""
    relations = list(relations)
    best = {(relation.kind, relation.subject, relation.object): relation.confidence for relation in relations}
    for relation in relations:
        if best.get((relation.kind, relation.object, relation.subject), 0.0) <= relation.confidence:
            yield relation


def _matches(
    rule: RelationRule, sentence: DelexicalizedSentence, text: ArticleText, sides: Sequence[RelationSide], times: Sequence[Time],
    rules: RelationRules,
) -> Iterator[Relation]:  # fmt: skip
    line, at = sentence.line, 0
    while (match := rule.pattern.search(line, at)) is not None:
        at = match.start() + 1
        words = line[: match.start()].split(" ")[-_FORMER - 1 : -1]
        around = " ".join((*words, match.group()))
        if rules.unsure.search(around):
            continue
        start, end = text.span(*sentence.tokens(*match.span()))
        since, until = _period(match, sentence, text, times)
        if not until and (rules.former.search(around) or rules.past.search(match.groupdict().get("is") or "")):
            continue
        share = _PERCENT.search(match.group()) if rule.kind == "owns" else None
        percent = float(share[1]) if share else None
        for subject, other in _pairs(match, sides):
            if _fit(rule, subject, other):
                confidence = round(rule.confidence * subject.confidence * other.confidence, 2)
                yield Relation(rule.kind, subject.name, other.name, start, end, rule.id, confidence, percent, since, until)


def _fit(rule: RelationRule, subject: RelationSide, other: RelationSide) -> bool:
    if rule.named and min(subject.confidence, other.confidence) < 1:
        return False
    return subject.kind in rule.subjects and other.kind in rule.objects and subject.name != other.name


def _pairs(match: re.Match[str], sides: Sequence[RelationSide]) -> Iterator[tuple[RelationSide, RelationSide]]:
    groups = match.groupdict()
    if groups.get("P"):
        members = [sides[int(number)] for number in _NAME.findall(groups["P"])]
        yield from ((one, other) for at, one in enumerate(members) for other in members[at + 1 :])
        return
    subjects, others = (_described(match, side) for side in "SO")
    for one in subjects:
        for other in others:
            yield sides[int(one)], sides[int(other)]


def _described(match: re.Match[str], side: str) -> list[str]:
    """Return the names of one side: of a list that a bracket follows, or a comma and that has no "and", only the last one."""
    names, words = _NAME.findall(match[side]), match.groupdict().get("is")
    if words is None or match.end(side) >= match.start("is") or words[0] not in ",(-–—":
        return names
    return names if words[0] != "(" and _JOINED.search(match[side]) else names[-1:]


def _period(match: re.Match[str], sentence: DelexicalizedSentence, text: ArticleText, times: Sequence[Time]) -> tuple[str, str]:
    """Return since when and until when a relation holds, as ISO days, months or years, as far as the words after the match tell it."""
    first, last = sentence.tokens(*match.span())
    start = text.starts[first]
    stop = min(text.ends[last - 1] + _NEAR, text.ends[sentence.sentence.last - 1])
    since = until = ""
    for time in times:
        if start <= time.start < stop:
            before = text.clean[max(start, time.start - 20) : time.start]
            if _UNTIL.search(before):
                until = until or time.when
            elif _SINCE.search(before) and "since" in before.lower():
                since = since or time.when
    return since, until
