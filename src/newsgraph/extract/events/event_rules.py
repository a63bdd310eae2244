"""Rules that find events, read from `data/event_rules.yaml` once and compiled at their first use.

A rule runs only on sentences that contain one of its trigger words: the first words of its first group.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product

from newsgraph.extract.events.rule_prefilter import RuleWords, branches, inside_of, needed_letters
from newsgraph.extract.text.word_lists import read_yaml

_PARTY = r"@\d+"
# Between the names of a list one or two words may describe the next name: "@0 and newcomer @1".
_AS = r"(?: (?!(?:to|in|for|from|by|with|of|on|at|as|will|has|have|had|is|are|was|were|said|says|that|which|who|its|their|it|then|also|but)\b)[a-z-]+){0,2}?"
_ASIDE = r"(?: _+)?"  # hidden descriptions of a party, see `event_finder`
_LIST = rf"{_PARTY}(?:{_ASIDE} (?:,|and|&|, and|or|/|as well as){_AS} {_PARTY})*"
_PAIR = rf"{_PARTY}(?:{_ASIDE} (?:,|and|&|, and|/|-|as well as){_AS} {_PARTY})+"
_SHORT = {
    "{S}": rf"(?P<S>{_LIST})(?!\d)",
    "{O}": rf"(?P<O>{_LIST})(?!\d)",
    "{P}": rf"(?P<P>{_PAIR})(?!\d)",
    "{M}": r"(?P<M>\$\d+)(?!\d)",
    "{..}": r"(?: [^@ ]+){0,20}?",
    "{of}": r"(?: (?!(?:from|with|for|by|to|against|at|via|through|and|that|which|who|in|into|as|after|over|on|says?|said) )[^@ .;:]+){0,6}?",
}
_GAP = re.compile(r"\(\?: | ")  # a blank, perhaps as the first character of a group: the second word follows it
_GROUP_NAME = re.compile(r"\(\?P<(\w+)>")
_PIECE = re.compile(r"\(\?:([^()]*)\)(\?)?|\[([^\]]*)\](\?)?|(\\?.)(\?)?")


@dataclass(frozen=True, slots=True)
class EventRule:
    """A pattern (`expression`) over a delexicalized sentence, and how a match becomes an event.

    `carry` names the sides that come from elsewhere in the article: object, both, or raiser, the company that raises money. A `round` rule
    also reports a funding round of the object, a `part` rule names a part of the object that changes hands, and the sum of a `total` rule
    may be over several events. `status` is the status that the rule's own words state, or empty. The pattern matches no line with fewer
    than `parties` placeholders of parties. `groups` are the names of the pattern's groups of subjects (S), objects (O), both sides (P) and
    sums (M).
    """

    id: str
    type: str
    expression: str
    confidence: float
    carry: str = ""
    round: bool = False
    part: bool = False
    parties: int = 1
    status: str = ""
    total: bool = False
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, compiled when the rule first runs: most builds have words for few rules."""
        return _compiled(self.expression)


@dataclass(frozen=True)
class EventRules:
    """All rules in file order, the prefilter by words, and the patterns of what only describes a party."""

    rules: tuple[EventRule, ...]
    words: RuleWords
    asides: tuple[re.Pattern[str], ...]


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


@cache
def load_event_rules() -> EventRules:
    """Read the rules, once."""
    data = read_yaml("event_rules.yaml")
    sets: dict[str, str] = data["sets"]
    rules = []
    triggers: dict[str, set[int]] = {}
    needed = []
    for number, row in enumerate(data["rules"]):
        pattern = str(row["pattern"])
        parties = 2 if "{P}" in pattern or ("{S}" in pattern and "{O}" in pattern and not pattern.endswith(")?")) else 1
        for name, words in sets.items():
            pattern = pattern.replace("{=" + name + "}", words)
        for word in trigger_words(pattern):
            triggers.setdefault(word, set()).add(number)
        needed.append(needed_letters(pattern))
        for short, full in _SHORT.items():
            pattern = pattern.replace(short, full, 1).replace(short, full.replace(">", "2>", 1))  # a second {O}: group O2
        named = frozenset(_GROUP_NAME.findall(pattern))
        options = {key: row[key] for key in ("carry", "round", "part", "total", "status") if key in row}
        rules.append(
            EventRule(
                row["id"],
                row["type"],
                pattern,
                float(row["confidence"]),
                parties=0 if "carry" in options else parties,
                groups={side: tuple(name for name in (side, side + "2") if name in named) for side in "SOPM"},
                **options,
            )
        )
    return EventRules(tuple(rules), RuleWords(triggers, needed), tuple(map(re.compile, data["asides"])))


def trigger_words(pattern: str) -> frozenset[str]:
    """Return the words that the first group of a pattern may begin with."""
    bare = pattern
    for short in _SHORT:
        bare = bare.replace(short, "$" if short == "{M}" else "")
    while (at := max(bare.find("(?!"), bare.find("(?="))) >= 0:
        # look-aheads contain no trigger words
        bare = bare[:at] + bare[at + 3 + len(inside_of(bare, at + 3)) + 1 :]
    at = bare.find("(?:")
    while at >= 0:
        inside = inside_of(bare, at + 3)
        end = at + 3 + len(inside) + 1
        if inside[:1] not in {" ", "?", ","} and not bare[end:].startswith(("?", "{0", "*")):
            return frozenset(word for branch in branches(inside) for word in _spellings(_GAP.split(branch, maxsplit=1)[0]))
        at = bare.find("(?:", end)
    plain = re.search(r"(?<= )[a-z]{3,}", bare)
    return frozenset((plain.group(),)) if plain else frozenset()


def _spellings(word: str) -> Iterator[str]:
    """Yield the spellings of a word with optional letters and groups: `merges?`, `dismiss(?:es)?`, `finali[sz]es?`."""
    choices: list[list[str]] = []
    for group, group_may, letters, letters_may, letter, letter_may in _PIECE.findall(word):
        options = group.split("|") if group else list(letters) if letters else [letter.removeprefix("\\")]
        choices.append([*options, ""] if group_may or letters_may or letter_may else options)
    for parts in product(*choices):
        yield "".join(parts)
