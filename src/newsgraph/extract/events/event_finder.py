"""Find who did what to whom: run the event rules over delexicalized sentences and consolidate what they find."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import combinations
from operator import or_
from typing import NamedTuple

from newsgraph.core.limits import SENTENCE_MATCHES
from newsgraph.core.model import Total
from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence, delexicalize
from newsgraph.extract.events.event_candidates import EventCandidate, EventContext
from newsgraph.extract.events.event_rules import EventRule, EventRules
from newsgraph.extract.events.pair_report import PairReport
from newsgraph.extract.events.report_consolidation import consolidate_reports
from newsgraph.extract.events.report_rules import load_report_rules

_PARTY = re.compile(r"@(\d+)")
_RELATIVE = re.compile(r"(@\d+) (, (?:which|who) )([^,]+)")
_AFTER_PART = re.compile(r"\s+(?:for|in an?|in cash|to|from|worth|valued)\b|,(?!\d)|[;(]|\s[$€£¥]")


class FoundEvents(NamedTuple):
    """The reports and totals of an article, in text order; `limited` says that a sentence has more than `limits.SENTENCE_MATCHES`."""

    reports: list[PairReport]
    totals: list[Total]
    limited: bool = False


def find_events(context: EventContext) -> FoundEvents:
    """Return the reports and totals of one article, in text order."""
    candidates: list[EventCandidate] = []
    if not context.parties:
        return FoundEvents([], [])
    sentences = delexicalize(context.text, context.parties, context.money)
    lead = _lead_parties(sentences, context)
    runs: list[tuple[DelexicalizedSentence, str, EventRule]] = []
    for sentence in sentences:
        if "@" not in sentence.line and len(lead) != 2:  # noqa: PLR2004 - only a pair can be meant where no party is named
            continue
        if rules := _rules_for(sentence, context.rules):
            lines = (_hide_descriptions(sentence.line, context.rules.asides), *_relative_clauses(sentence.line))
            runs += [(sentence, line, rule) for line in lines for rule in rules]
    matches: Counter[int] = Counter()  # by the first token of the sentence
    for carried in (False, True):
        # Rules that take a party from elsewhere in the text run last, when it is known who raises money.
        raiser = next((candidate.subject for candidate in candidates if candidate.type == "funding_round"), None)
        for sentence, line, rule in runs:
            if bool(rule.carry) is carried:
                at = sentence.sentence.first
                for match in rule.pattern.finditer(line):
                    if matches[at] > SENTENCE_MATCHES:
                        break
                    found = list(_candidates(rule, match, sentence, context, lead, raiser))
                    candidates += found[: SENTENCE_MATCHES - matches[at]]
                    matches[at] += len(found)
    limited = max(matches.values(), default=0) > SENTENCE_MATCHES
    return FoundEvents(*consolidate_reports(candidates, sentences, context), limited)


def _hide_descriptions(line: str, asides: Sequence[re.Pattern[str]]) -> str:
    """Hide parties that only describe another one, so that rules see those that act.

    In "@0 , a subsidiary of @1 , buys @2", "@1 - owned @0 buys @2" and "@1 's @0 buys @2" only @0 and @2 act. What is hidden becomes one
    word of underscores, so that offsets stay.
    """
    hidden = line
    for aside in asides:
        hidden = aside.sub(lambda match: match[1] + _underscores(match[2]), hidden)
    return hidden if "@" in hidden else line


def _underscores(words: str) -> str:
    """Return words as one word of underscores of the same length, with the blanks that follow them."""
    return "_" * len(words.rstrip()) + " " * (len(words) - len(words.rstrip()))


def _relative_clauses(line: str) -> Iterator[str]:
    """Yield the line with all but one party and what is said of it besides: "@0 , which bought @1 in 2019 , sells software".

    The rest of the line becomes underscores, so that offsets stay and no rule joins the clause to what follows it.
    """
    for clause in _RELATIVE.finditer(line):
        rest = line[clause.end() :]
        yield f"{_underscores(line[: clause.start()])}{clause[1]} {_underscores(clause[2])}{clause[3]}{'_' * len(rest)}"


def _rules_for(sentence: DelexicalizedSentence, rules: EventRules) -> list[EventRule]:
    """Return the rules that may match a sentence, in file order."""
    words = rules.words
    bits = reduce(or_, map(words.__getitem__, sentence.words))
    parties, started = sentence.line.count("@"), bits & words.rules
    matching = []
    while started:
        number = (started & -started).bit_length() - 1
        started &= started - 1
        if words.needs[number] & bits == words.needs[number] and (rule := rules.rules[number]).parties <= parties:
            matching.append(rule)
    return matching


def _lead_parties(sentences: Sequence[DelexicalizedSentence], context: EventContext) -> tuple[int, ...]:
    """Return the parties of the headline, to which events belong that are mentioned further down without a party.

    If the headline names fewer than two, those of the following sentences are added.
    """
    first: dict[str, int] = {}
    for sentence in sentences:
        if sentence.sentence.region == "title" or len(first) < 2:  # noqa: PLR2004 - a pair
            for number in _PARTY.findall(sentence.line):
                first.setdefault(context.parties[int(number)].name, int(number))
    return tuple(first.values())


def _candidates(
    rule: EventRule, match: re.Match[str], sentence: DelexicalizedSentence, context: EventContext, lead: tuple[int, ...], raiser: int | None
) -> Iterator[EventCandidate]:
    sums = _texts(rule, match, "M")
    part = match["part"] if rule.part else None
    words = _original_words(match.span("part"), sentence, context) if part else None
    if "goods" in match.re.groupindex:  # "45 @1 jets"
        words = " ".join(filter(None, (words, _original_words(match.span("goods"), sentence, context))))
    pairs = _pairs(rule, match, context, lead, raiser)
    if part and part.startswith("its ") and pairs:
        # "A joins B in selling its unit to C": the first one, not the nearest, owns what is sold
        owner = next(int(number) for number in _PARTY.findall(sentence.line))
        pairs = [(subject, owner) for subject, _ in pairs if subject != owner] or pairs
    # The sum is that of the round and not of each investor, unless one investor gives all of it.
    shared = rule.round and not (len(pairs) == 1 and " from " in match.group() and "led" not in match.group().split(" "))
    money, (start, end) = int(sums[0][1:]) if sums else None, match.span()
    for subject, obj in pairs:
        if rule.round and obj is not None:
            yield EventCandidate("funding_round", obj, None, rule, sentence, start, end, money, words)
        yield EventCandidate(rule.type, subject, obj, rule, sentence, start, end, None if shared else money, words)


def _original_words(span: tuple[int, int], sentence: DelexicalizedSentence, context: EventContext) -> str:
    """Return the words of a part as the text has them, without what follows its name: a price, a place in a list."""
    words = context.text.words(*sentence.tokens(*span))
    return _AFTER_PART.split(words, maxsplit=1)[0].strip()


def _pairs(
    rule: EventRule, match: re.Match[str], context: EventContext, lead: tuple[int, ...], raiser: int | None
) -> list[tuple[int | None, int | None]]:
    """Return the pairs of subject and object that a match stands for."""
    subjects = _party_numbers(_texts(rule, match, "S"))
    if rule.carry:
        return _carried_pairs(rule, subjects, context, lead, raiser)
    if together := _party_numbers(_texts(rule, match, "P")):
        return list(combinations(together, 2))
    objects = _party_numbers(_texts(rule, match, "O"))
    if len(subjects) > 1 and (rule.type in load_report_rules().not_together or (rule.type == "contract" and not objects)):
        return []
    if not subjects:
        return [(None, number) for number in objects] if rule.type in load_report_rules().defendant_alone else []
    return [(subject, obj) for subject in subjects for obj in objects or (None,)]


def _carried_pairs(
    rule: EventRule, subjects: list[int], context: EventContext, lead: tuple[int, ...], raiser: int | None,
) -> list[tuple[int | None, int | None]]:  # fmt: skip
    """Return the pairs of a rule that takes one side or both from elsewhere in the article."""
    if rule.carry == "both":
        names = {context.parties[number].name for number in lead}
        return [(lead[0], lead[1])] if len(names) == 2 else []  # noqa: PLR2004 - a pair
    # "alongside X" is an investment only if somebody is known to raise money
    target = raiser if raiser is not None or rule.carry == "raiser" else lead[0] if lead else None
    return [(subject, target) for subject in subjects if target is not None]


def _texts(rule: EventRule, match: re.Match[str], side: str) -> list[str]:
    return [text for name in rule.groups[side] if (text := match[name])]


def _party_numbers(lists: list[str]) -> list[int]:
    return [int(number) for part in lists for number in _PARTY.findall(part)]
