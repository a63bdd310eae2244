"""Event rules as they are loaded, the words that start them, and what a line must hold for a rule to match."""

from __future__ import annotations

import re

import pytest

from newsgraph.extract.events.event_rules import EventRule, load_event_rules, trigger_words
from newsgraph.extract.events.rule_prefilter import RuleWords, branches, inside_of, needed_letters

RULES = {rule.id: rule for rule in load_event_rules().rules}


def matched(rule: EventRule, line: str) -> dict[str, str]:
    """Return the groups that a rule finds in a marked line."""
    match = rule.pattern.search(line)
    return {name: text for name, text in match.groupdict().items() if text} if match else {}


# --- rules


def test_a_rule_has_what_the_file_says() -> None:
    acquires, both, raiser, part = (RULES[name] for name in ("acquires", "nominal_investment", "led_round", "sells_part_to"))

    assert (acquires.type, acquires.confidence, acquires.carry, acquires.round, acquires.part, acquires.total) == (
        "acquisition", 0.8, "", False, False, False,
    )  # fmt: skip
    assert (both.carry, raiser.carry, raiser.round, part.part) == ("both", "raiser", True, True)
    assert (RULES["deal_with"].total, RULES["eyes"].status, acquires.status) == (True, "rumoured", "")


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("acquires", 2),  # a subject and an object
        ("they_merge", 2),  # a list of two
        ("wins_contract", 1),
        ("sued_by_people", 1),
        ("nominal_investment", 0),  # the rest of the article gives them
        ("led_round", 0),
    ],
)
def test_a_rule_knows_how_many_parties_its_lines_name_at_least(name: str, number: int) -> None:
    assert RULES[name].parties == number


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("acquires", "@0 buys @1", {"S": "@0", "O": "@1"}),
        ("acquires", "@0 , @1 and @2 buy $0 @13", {"S": "@0 , @1 and @2", "M": "$0", "O": "@13"}),
        ("acquires", "@0 and newcomer @1 buys @2", {"S": "@0 and newcomer @1", "O": "@2"}),
        ("acquires", "@0 and says @1 buys @2", {"S": "@1", "O": "@2"}),
        ("acquires", "@0 ____ , @1 buys @2", {"S": "@0 ____ , @1", "O": "@2"}),
        ("acquires", "@0 buys french ai startup @1", {"S": "@0", "O": "@1"}),
        ("acquires", "@0 buys time from @1", {}),
        ("they_merge", "@0 and @1 merge", {"P": "@0 and @1"}),
        ("they_merge", "@0 merge", {}),
        ("sells_part_to", "@0 sells its mill to @1", {"O": "@0", "part": "its mill ", "S": "@1"}),
    ],
)
def test_a_rule_captures_lists_of_parties_and_sums(name: str, line: str, expected: dict[str, str]) -> None:
    assert matched(RULES[name], line) == expected


def test_groups_of_a_rule_are_those_that_its_pattern_has() -> None:
    assert RULES["acquires"].groups == {"S": ("S",), "O": ("O",), "P": (), "M": ("M",)}
    assert RULES["they_merge"].groups == {"S": (), "O": (), "P": ("P",), "M": ()}
    twice = [rule for rule in RULES.values() if any(len(names) > 1 for names in rule.groups.values())]
    assert all(set(sum(rule.groups.values(), ())) <= set(rule.pattern.groupindex) for rule in RULES.values())
    assert all(names == (side, f"{side}2") for rule in twice for side, names in rule.groups.items() if len(names) > 1)


def test_words_of_every_rule_start_it() -> None:
    rules = load_event_rules()
    for number, rule in enumerate(rules.rules):
        assert any(bits >> number & 1 for bits in map(rules.words.__getitem__, ("buys", *_words_of(rule)))), rule.id


def _words_of(rule: EventRule) -> list[str]:
    return ["$0", *re.findall(r"[a-z-]{3,}", rule.pattern.pattern), *re.findall(r"\b[a-z-]+(?=\?)", rule.pattern.pattern)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{S}{..} (?:acquires?|bought) {O}", {"acquire", "acquires", "bought"}),
        ("{S} (?:snaps? up|took over) {O}", {"snap", "snaps", "took"}),  # the second word starts nothing
        ("{S} (?:dismiss(?:es)?) {O}", {"dismiss", "dismisses"}),
        ("{S} (?:finali[sz]es?) {O}", {"finalise", "finalises", "finalize", "finalizes"}),
        ("{S} (?:honou?red) {O}", {"honored", "honoured"}),
        ("{S} (?:co-led) {O}", {"co-led"}),
        (r"{S} (?:\$\d|a\.) {O}", {"$d", "a."}),
        ("(?:{M}|round) for {S}", {"$", "round"}),
        # what may be missing, or be something else, starts nothing
        ("{S}(?: {M})? (?:buys) {O}", {"buys"}),
        ("{S}(?:at|in)? (?:buys) {O}", {"buys"}),
        ("{S}(?:at|in){0,2} (?:buys) {O}", {"buys"}),
        ("{S}(?:at|in)* (?:buys) {O}", {"buys"}),
        ("{S}(?:at|in){1,2} (?:buys) {O}", {"at", "in"}),
        ("{S}(?:, one|two) (?:buys) {O}", {"buys"}),
        (r"{S}(?!.*\b(?:ipo|offer)\b){..} (?:gets?) {O}", {"get", "gets"}),
        (r"{S}(?= (?:at|in)) (?:gets?) {O}", {"get", "gets"}),
        # without a group the first word of three letters does
        ("{S} to raise {M}", {"raise"}),
        ("{S} {O}", set()),
        ("{S} of {O}", set()),
    ],
)
def test_words_that_start_a_rule_are_the_first_of_its_first_group(pattern: str, expected: set[str]) -> None:
    assert trigger_words(pattern) == expected


# --- what a line must hold


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("{S} (?:files?|filed){..} ipo", [{"file", "filed"}, {"ipo"}]),
        ("colou?r of", [{"colo"}, {"of"}]),  # a last letter that may be missing is left out, and one letter is none
        ("colou*r of", [{"colo"}, {"of"}]),
        ("colou{0,1}r of", [{"colo"}, {"of"}]),
        ("(?:ab)?cd(?:ef|gh)", [{"cd"}, {"ef", "gh"}]),
        ("(?:ab)*cd", [{"cd"}]),
        ("(?:ab){0,2}cd", [{"cd"}]),
        ("(?:ab|cd)", [{"ab", "cd"}]),
        ("(?:abs?|b)", []),  # a branch of one letter is found nearly everywhere
        ("(?:abc?|cd)", [{"ab", "cd"}]),
        ("(?:a(?:b|c)|cd) ef", [{"ef"}]),
        ("(?:ab(?:x|y)|cd) ef", [{"ab", "cd"}, {"ef"}]),
        ("(?:[a-z]|ab) cd", [{"cd"}]),
        ("(?P<part>abc) de", [{"de"}]),
        ("(?!abc) de", [{"de"}]),
        ("a[bc]de", [{"de"}]),
        ("[]x]ab", [{"ab"}]),
        (r"\bab\d+cd", [{"ab"}, {"cd"}]),
        ("{M} of", [{"\N{CURRENCY SIGN}"}, {"of"}]),
        ("{S}{of} {O} to{..} {P} ab", [{"to"}, {"ab"}]),
        ("ab|cd", []),
        (r"ab\(c", []),
        (r"ab\)c", []),
        (r"ab[(]c", []),
        (r"ab[^(]c", []),
        (r"ab\[c", []),
        ("", []),
    ],
)
def test_what_every_match_holds(pattern: str, expected: list[set[str]]) -> None:
    assert needed_letters(pattern) == expected


def test_a_group_ends_at_its_own_bracket() -> None:
    assert inside_of("(a(b)c)d", 1) == "a(b)c"
    assert inside_of("x(a)(b)", 2) == "a"


def test_branches_are_cut_at_the_bars_of_the_group_itself() -> None:
    assert list(branches("ab|c(?:d|e)|f")) == ["ab", "c(?:d|e)", "f"]
    assert list(branches("ab")) == ["ab"]
    assert list(branches("a|")) == ["a", ""]
    assert list(branches("(a|b)|((c|d)|e)|f")) == ["(a|b)", "((c|d)|e)", "f"]


@pytest.fixture
def words() -> RuleWords:
    """Three rules: `buy` starts the first, `buy` and `sell` the second, a sum the third."""
    needed = [[frozenset({"ipo"})], [frozenset({"share", "stock"}), frozenset({"ipo"})], [frozenset({"\N{CURRENCY SIGN}"})]]
    return RuleWords({"buy": [0, 1, 1], "sell": [1], "$": [2]}, needed)


def test_a_word_starts_its_rules(words: RuleWords) -> None:
    assert words.rules == 0b111
    assert words["buy"] & words.rules == 0b011
    assert words["sell"] & words.rules == 0b010
    assert words["$17"] & words.rules == 0b100
    assert words["buys"] == words["the"] == 0


def test_a_word_meets_the_needs_whose_letters_it_holds(words: RuleWords) -> None:
    ipo, share, money = words.needs[0], words.needs[1] & ~words.needs[0], words.needs[2]

    assert len({ipo, share, money, 0}) == 4
    assert all(bits & words.rules == 0 and bits.bit_count() == 1 for bits in (ipo, share, money))
    assert words.needs[1] == ipo | share
    assert words["ipo"] == words["ipos"] == words["pre-ipo"] == ipo
    assert words["shareholder"] == words["livestock"] == share
    assert words["stockipo"] == words["ipo-shares"] == ipo | share
    assert words["$17"] & ~words.rules == money
    assert words["ip"] == words["tock"] == 0


def test_a_word_is_looked_up_once_unless_it_is_endless(words: RuleWords) -> None:
    for word in ("ipo", "x" * 39, "x" * 40, "ipo" * 20):
        assert words[word] == words[word]
    assert set(words) == {"ipo", "x" * 39}
    assert words["ipo" * 20] == words["ipo"]
