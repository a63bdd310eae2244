"""Rules that find relations that last, read from `data/relation_rules.yaml` and compiled once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from newsgraph.extract.events.rule_prefilter import RuleWords, needed_letters
from newsgraph.extract.text.word_lists import read_yaml

_MOST = 50_000  # sets of words in the cache
_NAME = r"@\d+(?!\d)"
_OTHERS = r"(?:to|in|for|from|by|with|of|on|at|as|against|over|under|after|before|into|than|will|has|have|had|is|are|was|were|said|says|that|which|who|its|their|it|then|also|but|his|her)"
# Between the names of a list one or two words may describe the next name: "@0 and newcomer @1", "@0 and Japan's @1".
_SAME = rf"(?: (?!{_OTHERS}\b)(?:[a-z-]+|'s)){{0,3}}? {_NAME}"
_LIST = rf"{_NAME}(?: ,{_SAME})*(?:(?: ,)? (?:and|&|or|as well as)(?: by)?{_SAME})?"
_VERBS = (
    r"(?:from|with|for|by|to|against|at|via|through|and|or|but|that|which|who|whose|where|when|while|in|into|as|after|before|over|on|of|says?|said|"
    r"is|are|was|were|has|have|had|be|its|their|it|they|he|she|between|than|under)"
)
_BE = "(?:is|are|became|becomes|remains?|was|were|operates as|has been|have been|had been)"
_SHORT = {
    "{S}": rf"(?P<S>{_LIST})(?!\d)",
    "{O}": rf"(?P<O>{_LIST})(?!\d)",
    "{s}": rf"(?P<S>{_NAME})",
    "{o}": rf"(?P<O>{_NAME})",
    "{P}": rf"(?P<P>{_NAME}(?: ,{_SAME})*(?: ,)? (?:and|&){_SAME})",
    "{N}": r"(?:\d{1,2}(?:\.\d+)?|100) ?(?:%|percent|per cent|pct)",
    "{..}": r"(?: [^@ ;]+){0,12}?",
    "{some}": rf"(?:(?!{_VERBS} )[^@ .;:,()\"]+ ){{0,5}}?",
    "{is}": rf" (?P<is>(?:(?:, |\( |- |– |— |-- )(?:(?:which |that )?{_BE} )?|(?:(?:which|that) )?{_BE} )(?:(?:now|itself|currently|today|also|still) )?)",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RelationRule:
    """A pattern (`expression`) over a delexicalized sentence and the kind of relation that a match states.

    Every match contains one of the letters of each of the `needed` sets. `subjects` and `objects` are what may be on either side:
    company, organisation, product, exchange. A `named` rule takes no pronoun for a name. `events` are the
    types of events that its words do not report, although rules for events may think so.
    """

    id: str
    kind: str
    expression: str
    confidence: float
    needed: tuple[frozenset[str], ...]
    subjects: frozenset[str]
    objects: frozenset[str]
    named: bool
    events: frozenset[str]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when the rule first runs."""
        return _pattern(self.expression)


@dataclass(frozen=True, slots=True)
class RelationRules:
    """All rules in file order, the words that make a match unsure, former or past, and what may be on either side of each kind."""

    rules: tuple[RelationRule, ...]
    unsure: re.Pattern[str]
    former: re.Pattern[str]
    past: re.Pattern[str]
    sides: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    words: RuleWords
    by_words: dict[int, tuple[RelationRule, ...]] = field(default_factory=dict)

    def worth_running(self, line: str) -> tuple[RelationRule, ...]:
        """Return the rules, in file order, of which a delexicalized line has a word of every needed group; no others can match."""
        bits = 0
        for word in line.split():
            bits |= self.words[word]
        rules = self.by_words.get(bits)
        if rules is None:
            needs = zip(self.rules, self.words.needs, strict=True)
            rules = tuple(rule for rule, need in needs if bits & need == need)
            if len(self.by_words) < _MOST:
                self.by_words[bits] = rules
        return rules


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


@cache
def load_relation_rules() -> RelationRules:
    """Read the rules, once; each is compiled when it first runs."""
    data = read_yaml("relation_rules.yaml")
    rules = tuple(_rule(data["sides"][row["kind"]] | row, data["sets"]) for row in data["rules"])
    unsure, former, past = (re.compile(rf"(?<![^ ])(?:{data[words]})(?![^ ])") for words in ("unsure", "former", "past"))
    sides = {kind: (frozenset(row["subject"].split()), frozenset(row["object"].split())) for kind, row in data["sides"].items()}
    return RelationRules(rules, unsure, former, past, sides, RuleWords({}, [rule.needed for rule in rules]))


def _rule(row: Mapping[str, Any], sets: Mapping[str, str]) -> RelationRule:
    pattern = str(row["pattern"])
    for name, words in sets.items():
        pattern = pattern.replace("{=" + name + "}", words)
    bare = pattern
    for short in _SHORT:
        bare = bare.replace(short, "#")
    needed = tuple(group for group in needed_letters(bare) if group)
    for short, full in _SHORT.items():
        pattern = pattern.replace(short, full)
    subjects, objects = frozenset(row["subject"].split()), frozenset(row["object"].split())
    events = frozenset(() if row.get("news") else row["events"].split())
    confidence, named = float(row["confidence"]), bool(row.get("named"))
    return RelationRule(row["id"], row["kind"], pattern, confidence, needed, subjects, objects, named, events)
