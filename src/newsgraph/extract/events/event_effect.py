"""What an event came to, in a few words: "profit up 12%", "forecast cut", "downgrade to hold", "dividend of 22 cents", "investigation".

The words are looked for in the clause that names the company, and in a sentence about one company also in the rest of it. What is found is
put in a fixed form (`data/effect_cues.yaml`), because "jumps", "zooms" and "is higher by" say the same of a profit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from newsgraph.extract.text.word_lists import read_yaml

_PERCENT = r"(?P<percent>\d{1,4}(?:\.\d+)?)\s?(?:%|per\s?cent\b|percent\b|pct?\b)"
_BY = re.compile(
    rf"\s(?:by\s|more than\s|over\s|nearly\s|almost\s|about\s|around\s|a\s|an?\s)*{_PERCENT}(?! (?:stake|points?))", re.IGNORECASE
)
_MONEY = re.compile(
    r"(?:US\$|[$€£₹¥]|Rs\.? ?)\s?\d[\d.,]*(?: ?(?:crore|million|billion|mln|bn|m|b)\b)?|\d[\d.]* ?(?:cents?|pence|p)\b", re.IGNORECASE
)
_RANGE = re.compile(
    r"(?P<low>(?:US\$|[$€£₹¥])\d[\d.,]*(?: ?(?:million|billion|bn|m))?) ?(?:-|–|to|and) ?(?P<high>(?:US\$|[$€£₹¥])?\d(?:[\d.,]*\d)?(?: ?(?:million|billion|bn|m)\b)?)"
    r"(?P<share> (?:a|per) share)?"
)
_SWING = re.compile(
    r"\b(?:swings?|swung|returns?|returned|slips?|slipped|turns?|turned) (?:back )?(?:in)?to (?:a |an )?(?:net |pre-?tax |operating )?(?P<side>profit|loss)\b",
    re.IGNORECASE,
)
_FUTURE = re.compile(r" (?:to|will|would|should) (?=[a-z])")  # "sales to rise"
_SPACE = re.compile(r"\s+")
_KINDS = frozenset({"strong", "weak", "mixed", "record", "flat"})  # said before a figure: "weak results"
_LETTERS = 3  # of an agency's grade
_MOST = 60  # characters of an effect


@cache
def _words(name: str) -> str:
    """Return a list of `data/effect_cues.yaml`."""
    return str(read_yaml("effect_cues.yaml")[name]).strip()


@cache
def _lists(name: str) -> Mapping[str, str]:
    """Return the lists below an entry of `data/effect_cues.yaml` by what is said of them."""
    return {str(label): str(words).strip() for label, words in read_yaml("effect_cues.yaml")[name].items()}


@cache
def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


def _any(words: str) -> str:
    return rf"(?<![\w-])(?:{words})(?![\w-])"


@dataclass(frozen=True, slots=True)
class _Moved:
    """A figure or outlook and how it moved: its place in the clause, and the words."""

    at: int
    words: str


def effect_of(type_name: str, clause: str) -> str:
    """Return what the words of a clause say of an event of a type, empty if they say nothing known.

    >>> effect_of("financial_result", "Dick's Sporting Goods Q4 net profit jumps 7% to $139M")
    'net profit up 7%'
    >>> effect_of("rating", "BHEL falls; HSBC downgrades to 'reduce'")
    'downgrade to reduce'
    """
    finder = _FINDERS.get(type_name)
    return finder(clause)[:_MOST].strip() if finder else ""


def has_effect(type_name: str) -> bool:
    """Return whether events of a type may have an effect."""
    return type_name in _FINDERS


def _result(clause: str) -> str:
    swing = _SWING.search(clause)
    moved = _moved(clause, "figure", "figure_moves")
    if swing and (moved is None or swing.start() <= moved.at):
        return f"swing to {swing['side'].lower()}"
    return moved.words if moved else ""


def _outlook(clause: str) -> str:
    moved = _moved(clause, "outlook", "outlook_moves")
    ranged = _RANGE.search(clause)
    expects = None if moved or ranged else re.search(_any(_words("expects")), clause, re.IGNORECASE)
    expected = _moved(_FUTURE.sub(" ", clause[expects.end() :]), "figure", "figure_moves") if expects else None
    text = next((found.words for found in (moved, expected) if found), "")
    span = f"{ranged['low']} to {ranged['high']}{ranged['share'] or ''}" if ranged else ""
    return f"{text}, {span}" if text and span else text or span


def _moved(clause: str, name: str, moves: str) -> _Moved | None:
    """Return the first figure of a clause of which its words say how it moved or how it is."""
    found = [*_after(clause, name, moves), *_before(clause, name, moves), *_changed(clause, name)]
    return min(found, key=lambda moved: moved.at) if found else None


def _after(clause: str, name: str, moves: str) -> Iterator[_Moved]:
    """Yield figures with a verb behind them: "profit falls 7%", "results disappoint"."""
    figure, between = _words(name), _words("between")
    for label, words in _of_name(moves):
        pattern = _compiled(rf"(?P<figure>{_any(figure)}){between} (?:{words})(?![\w-])")
        for match in pattern.finditer(clause):
            yield _Moved(match.start(), _said(match["figure"], label, clause[match.end() :]))


def _before(clause: str, name: str, moves: str) -> Iterator[_Moved]:
    """Yield figures with a verb or an adjective before them: "raised its forecast", "upbeat numbers", "lower sales"."""
    figure = _words(name)
    gap = r" (?:(?!and\b|but\b|on\b|after\b|to\b|for\b|with\b|in\b|from\b|at\b|of\b)[\w'’.-]+ ){0,5}?"
    verbs = [(label, words) for label, words in _of_name(moves) if label not in {"up", "down"}]
    for label, words in verbs:
        for match in _compiled(rf"(?<![\w-])(?!(?:{_words('not_before')})\b)(?:{words}){gap}(?:on )?(?P<figure>{_any(figure)})").finditer(
            clause
        ):
            yield _Moved(match.start(), _said(match["figure"], label, ""))
    near = r" (?:(?!and\b|but\b|on\b|after\b|to\b|for\b|with\b|in\b|from\b|at\b|of\b)[\w'’.-]+ ){0,2}?"
    for label, words in _lists("kinds").items():
        for match in _compiled(rf"(?<![\w-])(?:{words}){near}(?P<figure>{_any(figure)})").finditer(clause):
            yield _Moved(match.start(), _said(match["figure"], label, ""))


def _changed(clause: str, name: str) -> Iterator[_Moved]:
    """Yield figures with their change as a noun: "a 14% decline in quarterly earnings"."""
    figure = _words(name)
    for label, words in _lists("changes").items():
        pattern = _compiled(rf"{_PERCENT} (?:[a-z-]+ ){{0,2}}?(?:{words}) (?:in|of) (?:[\w'’.-]+ ){{0,4}}?(?P<figure>{_any(figure)})")
        for match in pattern.finditer(clause):
            yield _Moved(match.start(), f"{_figure(match['figure'])} {label} {match['percent']}%")


def _of_name(moves: str) -> list[tuple[str, str]]:
    names = [name.strip() for name in _words(moves).split(",")]
    extra = list(_lists("verbs").items()) if moves == "figure_moves" else []
    return [(name, _lists("moves")[name]) for name in names] + extra


def _said(figure: str, label: str, after: str) -> str:
    if label in _KINDS:
        return f"{label} {_figure(figure)}"
    percent = _BY.match(after) if label in {"up", "down"} else None
    return f"{_figure(figure)} {label}" + (f" {percent['percent']}%" if percent else "")


def _figure(words: str) -> str:
    words = _SPACE.sub(" ", words.strip())
    words = " ".join(word if word in {"US", "UK", "EBITDA", "EPS"} else word.lower() for word in words.split(" "))
    return {"net": "net profit", "pat": "profit after tax", "guide": "guidance"}.get(words, words)


def _rating(clause: str) -> str:
    grade = _words("grade")
    target = _target(clause)
    for label, words in _lists("actions").items():
        if match := _compiled(rf"(?<![\w-])(?:{words})(?![\w-])").search(clause):
            if label == "affirmed" and target and not re.search(_any(grade), clause[match.end() :], re.IGNORECASE):
                continue
            return _graded(label, clause, match.end(), grade) + (f", {target}" if target else "")
    if target:
        return target
    moved = re.search(
        rf"(?<![\w-])(?:{_words('raises')}|(?P<cut>{_words('cuts')}))(?: [\w'’&.-]+){{0,6}}? to ['\"‘“]?(?P<grade>{_any(grade)})",
        clause,
        re.IGNORECASE,
    )
    return f"{'downgrade' if moved['cut'] else 'upgrade'} to {_in_letters(moved['grade'].strip())}" if moved else ""


def _graded(label: str, clause: str, at: int, grade: str) -> str:
    """Return an action with the grade behind it: "downgrade to reduce", "affirmed at buy"."""
    joint = {"upgrade": "to", "downgrade": "to", "coverage started": "at", "affirmed": "at"}.get(label, "")
    if not joint:
        return label
    before = r"(?:to|at|as|with(?: an?)?|of)" if label != "affirmed" else r"(?:at|as|on|its|the|an?|of)?"
    match = re.search(rf"^(?: [\w'’&.-]+){{0,6}}? {before} ?['\"‘“]?(?P<grade>{_any(grade)})", clause[at:], re.IGNORECASE)
    if label == "affirmed" and not match:  # "overweight, repeated"
        match = re.search(rf"(?<!plan )(?<!option )(?P<grade>{_any(grade)})['\"’”]?,? \w+$", clause[:at], re.IGNORECASE)
        match = None if match and match["grade"] == "a" else match
    return f"{label} {joint} {_in_letters(match['grade'])}" if match else label


def _in_letters(grade: str) -> str:
    """Return a grade as it is written within a sentence: agencies' letters keep their case, "Buy" becomes "buy"."""
    return grade if any(sign in grade for sign in "+-") or (len(grade) <= _LETTERS and grade.isupper()) else grade.lower()


def _target(clause: str) -> str:
    for label in ("raises", "cuts"):
        if re.search(rf"(?<![\w-])(?:{_words(label)})(?: [\w'’&.-]+){{0,5}}? (?:{_words('price_target')})(?![\w-])", clause, re.IGNORECASE):
            return f"price target {'raised' if label == 'raises' else 'cut'}"
    return ""


def _payment(clause: str) -> str:
    payment = _words("payment")
    if match := re.search(rf"{_PERCENT} (?P<kind>{payment})(?! (?:tax|yield))", clause, re.IGNORECASE):
        return f"{match['percent']}% {match['kind'].lower()}"
    for label, verbs in (
        ("raised", _words("raises")),
        ("cut", _words("cuts") + "|halves?|halved|halving"),
        ("suspended", "suspends?|suspended|suspending|scraps?|scrapped|cancels?|cancelled|omits?|skips?"),
    ):
        if match := re.search(rf"(?<![\w-])(?:{verbs})(?: [\w'’&.-]+){{0,3}}? (?P<kind>{payment})(?:s)?(?![\w-])", clause, re.IGNORECASE):
            return f"{match['kind'].lower()} {label}"
    if match := re.search(rf"(?P<kind>{payment}) of (?P<sum>{_MONEY.pattern})(?P<share> (?:a|per) share)?", clause, re.IGNORECASE):
        return f"{match['kind'].lower()} of {match['sum'].strip()}{match['share'] or ''}"
    if match := re.search(rf"(?P<kind>{payment})(?![\w-])", clause, re.IGNORECASE):
        return match["kind"].lower()
    return "buyback" if re.search(_any(_words("buyback")), clause, re.IGNORECASE) else ""


def _first_named(lists: Mapping[str, str], clause: str) -> str:
    found = [(match.start(), label) for label, words in lists.items() if (match := _compiled(_any(words)).search(clause))]
    return min(found)[1] if found else ""


_FINDERS: dict[str, Callable[[str], str]] = {
    "financial_result": _result,
    "guidance": _outlook,
    "rating": _rating,
    "dividend": _payment,
    "regulatory_action": lambda clause: _first_named(_lists("steps"), clause),
    "other": lambda clause: _first_named(_lists("happenings"), clause),
}
