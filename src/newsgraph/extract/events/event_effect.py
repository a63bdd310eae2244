"""What an event came to, in a few words: "profit up 12%", "forecast cut", "downgrade to hold", "dividend of 22 cents", "investigation".

The words are looked for in the clause that names the company, and in a sentence about one company also in the rest of it. What is found is
put in a fixed form (`data/effect_cues.yaml`), because "jumps", "zooms" and "is higher by" say the same of a profit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from newsgraph.extract.events.effect_words import MONEY, any_of, compiled, effect_lists, effect_words, first_named
from newsgraph.extract.events.rating_effect import rating_effect
from newsgraph.extract.text.counts import places_of
from newsgraph.extract.text.word_lists import read_yaml

_PERCENT = r"(?P<percent>\d{1,4}(?:\.\d+)?)\s?(?:%|per\s?cent\b|percent\b|pct?\b)"
_BY = re.compile(
    rf"\s(?:by\s|more than\s|over\s|nearly\s|almost\s|about\s|around\s|a\s|an?\s)*{_PERCENT}(?! (?:stake|points?))", re.IGNORECASE
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
_KEPT = frozenset(
    "US UK U.S. EBITDA EPS PC iPhone China Chinese Europe European Asia Asian Japan Japanese India Indian American Christmas".split()
)  # words of a figure that keep their capitals
COUNTED = frozenset({"layoff", "closure", "recall", "breach", "expansion"})
"""Types whose number has an effect: "up to 1,200"; that of an expansion says what it counts."""
_QUANTITIES = {"as many as": "up to", "over": "more than", "almost": "nearly"} | dict.fromkeys(
    ("around", "some", "roughly", "approximately"), "about"
)
_MOST = 60  # characters of an effect


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
    """Return whether events of a type may have an effect; that of what is counted says whether a number is more or less."""
    return type_name in _FINDERS or type_name in COUNTED


def counted_effect(type_name: str, count: int, words: str) -> str:
    """Return what the number of an event of a type that is in `COUNTED` came to, empty if it says all by itself."""
    return (things_counted if type_name == "expansion" else quantity_of)(count, words)


def quantity_of(count: int, words: str) -> str:
    """Return whether a number of some words is more or less, with the number; empty if it is just that or is not found.

    >>> quantity_of(1200, "Acme plans to cut as many as 1,200 jobs")
    'up to 1,200'
    """
    before = rf"(?<![\w-])(?P<how>{effect_words('quantities')}) (?:an? (?:additional|further|estimated|extra) |another )?$"
    for place in places_of(count, words):
        if match := re.search(before, words[: place.start], re.IGNORECASE):
            how = match["how"].lower()
            return f"{_QUANTITIES.get(how, how)} {count:,}"
    return ""


def things_counted(count: int, words: str) -> str:
    """Return a number of jobs or of sites with what it counts, empty if it counts something else.

    >>> things_counted(250, "Acme will add about 250 jobs over four years"), things_counted(250, "Acme shows 250 lamps")
    ('about 250 jobs', '')
    """
    cues = read_yaml("detail_cues.yaml")
    things = "|".join(str(cues[name]).strip() for name in ("jobs", "sites"))
    for place in places_of(count, words):
        if match := re.match(rf"[\s-]+(?:[\w'-]+ ){{0,3}}?(?P<thing>{things})(?!\w)", words[place.end :], re.IGNORECASE):
            return f"{quantity_of(count, words) or f'{count:,}'} {match['thing'].lower()}"
    return ""


def _result(clause: str) -> str:
    swing = _SWING.search(clause)
    moved = _moved(clause, "figure", "figure_moves")
    if swing and (moved is None or swing.start() <= moved.at):
        return f"swing to {swing['side'].lower()}"
    return moved.words if moved else ""


def _outlook(clause: str) -> str:
    moved = _moved(clause, "outlook", "outlook_moves")
    ranged = _RANGE.search(clause)
    expects = None if moved or ranged else re.search(any_of(effect_words("expects")), clause, re.IGNORECASE)
    behind = clause[expects.end() :] if expects else ""
    expected = _share_expected(behind) or _moved(_FUTURE.sub(" ", behind), "figure", "figure_moves")
    text = next((found.words for found in (moved, expected) if found), "")
    span = f"{ranged['low']} to {ranged['high']}{ranged['share'] or ''}" if ranged else ""
    if (
        span
        and not text
        and (figures := list(compiled(any_of(effect_words("figure"))).finditer(clause, 0, ranged.start() if ranged else 0)))
    ):
        return f"{_figure(figures[-1].group())} of {span}"
    return f"{text}, {span}" if text and span else text or span


def _share_expected(words: str) -> _Moved | None:
    """Return what is expected as a share: "revenue growth of 5% to 7%"."""
    number = r"\d{1,3}(?:\.\d+)?"
    match = re.search(
        rf"(?<![\w-])(?P<what>{effect_words('expected_share')}) (?:of|at) (?:about |around |at least |up to |between |some )?"
        rf"(?P<low>{number})(?:\s?(?:%|per\s?cent|percent|pct?))?(?:\s?(?:to|and|-|–)\s?(?P<high>{number}))?\s?(?:%|per\s?cent\b|percent\b|pct?\b)",
        words,
        re.IGNORECASE,
    )
    if match is None:
        return None
    share = f"{match['low']}% to {match['high']}%" if match["high"] else f"{match['low']}%"
    return _Moved(match.start(), f"{_figure(match['what'])} of {share}")


def _moved(clause: str, name: str, moves: str) -> _Moved | None:
    """Return the first figure of a clause of which its words say how it moved or how it is."""
    found = [*_after(clause, name, moves), *_before(clause, name, moves), *_changed(clause, name)]
    return min(found, key=lambda moved: moved.at) if found else None


def _after(clause: str, name: str, moves: str) -> Iterator[_Moved]:
    """Yield figures with a verb behind them: "profit falls 7%", "results disappoint"."""
    figure, between = effect_words(name), effect_words("between")
    for label, words in _of_name(moves):
        pattern = compiled(rf"(?P<figure>{any_of(figure)}){between} (?:{words})(?![\w-])")
        for match in pattern.finditer(clause):
            yield _Moved(match.start(), _said(match["figure"], label, clause[match.end() :]))


def _before(clause: str, name: str, moves: str) -> Iterator[_Moved]:
    """Yield figures with a verb or an adjective before them: "raised its forecast", "upbeat numbers", "lower sales"."""
    figure = effect_words(name)
    gap = r" (?:(?!and\b|but\b|on\b|after\b|to\b|for\b|with\b|in\b|from\b|at\b|of\b)[\w'’.-]+ ){0,5}?(?:(?:profit|sales|revenue|earnings|margin|output), )?"
    verbs = [(label, words) for label, words in _of_name(moves) if label not in {"up", "down"}]
    for label, words in verbs:
        for match in compiled(
            rf"(?<![\w-])(?!(?:{effect_words('not_before')})\b)(?:{words}){gap}(?:on )?(?P<figure>{any_of(figure)})"
        ).finditer(clause):
            yield _Moved(match.start(), _said(match["figure"], label, ""))
    near = r" (?:(?!and\b|but\b|on\b|after\b|to\b|for\b|with\b|in\b|from\b|at\b|of\b)[\w'’.-]+ ){0,2}?"
    for label, words in effect_lists("kinds").items():
        for match in compiled(rf"(?<![\w-])(?:{words}){near}(?P<figure>{any_of(figure)})").finditer(clause):
            yield _Moved(match.start(), _said(match["figure"], label, ""))


def _changed(clause: str, name: str) -> Iterator[_Moved]:
    """Yield figures with their change as a noun: "a 14% decline in quarterly earnings"."""
    figure = effect_words(name)
    for label, words in effect_lists("changes").items():
        pattern = compiled(rf"{_PERCENT} (?:[a-z-]+ ){{0,2}}?(?:{words}) (?:in|of) (?:[\w'’.-]+ ){{0,4}}?(?P<figure>{any_of(figure)})")
        for match in pattern.finditer(clause):
            yield _Moved(match.start(), f"{_figure(match['figure'])} {label} {match['percent']}%")


def _of_name(moves: str) -> list[tuple[str, str]]:
    names = [name.strip() for name in effect_words(moves).split(",")]
    extra = list(effect_lists("verbs").items()) if moves == "figure_moves" else []
    return [(name, effect_lists("moves")[name]) for name in names] + extra


def _said(figure: str, label: str, after: str) -> str:
    if label in _KINDS:
        return f"{label} {_figure(figure)}"
    percent = _BY.match(after) if label in {"up", "down"} else None
    return f"{_figure(figure)} {label}" + (f" {percent['percent']}%" if percent else "")


def _figure(words: str) -> str:
    words = _SPACE.sub(" ", words.strip())
    words = " ".join(word if word in _KEPT else word.lower() for word in words.split(" "))
    return {"net": "net profit", "pat": "profit after tax", "guide": "guidance"}.get(words, words)


def _payment(clause: str) -> str:
    payment = effect_words("payment")
    if match := re.search(rf"{_PERCENT} (?P<kind>{payment})(?! (?:tax|yield))", clause, re.IGNORECASE):
        return f"{match['percent']}% {match['kind'].lower()}"
    unpaid = r"(?:is|was|are|were|has been|have been|will be) (?:now )?(?:cancelled|suspended|scrapped|withheld|passed|axed)|(?:won['’]t|will not|not) be paid"
    if match := re.search(rf"(?P<kind>{payment})(?:s)?(?:,? [^\s,;]+){{0,6}}?,? (?:{unpaid})(?![\w-])", clause, re.IGNORECASE):
        return f"{match['kind'].lower()} suspended"
    return _changed_payment(clause, payment) or _paid(clause, payment)


def _changed_payment(clause: str, payment: str) -> str:
    """Return a payment that is another than before: "dividend cut"."""
    for label, verbs in (
        ("raised", effect_words("raises")),
        ("doubled", "doubles?|doubled|doubling"),
        ("cut", effect_words("cuts") + "|halves?|halved|halving"),
        ("suspended", "suspends?|suspended|suspending|scraps?|scrapped|cancels?|cancelled|omits?|skips?"),
    ):
        if match := re.search(rf"(?<![\w-])(?:{verbs})(?: [\w'’&.-]+){{0,3}}? (?P<kind>{payment})(?:s)?(?![\w-])", clause, re.IGNORECASE):
            return f"{match['kind'].lower()} {label}"
    return ""


def _paid(clause: str, payment: str) -> str:
    """Return a payment with its sum, if that is told: "dividend of 22 cents"."""
    if match := re.search(rf"(?P<kind>{payment}) of (?P<sum>{MONEY.pattern})(?P<share> (?:a|per) share)?", clause, re.IGNORECASE):
        return f"{match['kind'].lower()} of {match['sum'].strip()}{match['share'] or ''}"
    if match := re.search(
        rf"(?P<sum>(?:{MONEY.pattern}|\d[\d.]*-(?:cent|pence|penny|p)))[ -](?P<kind>{payment})(?![\w-])", clause, re.IGNORECASE
    ):
        return f"{match['sum'].strip()} {match['kind'].lower()}"
    if match := re.search(rf"(?P<kind>{payment})(?![\w-])", clause, re.IGNORECASE):
        return match["kind"].lower()
    return "buyback" if re.search(any_of(effect_words("buyback")), clause, re.IGNORECASE) else ""


_FINDERS: dict[str, Callable[[str], str]] = {
    "financial_result": _result,
    "guidance": _outlook,
    "rating": rating_effect,
    "dividend": _payment,
    "regulatory_action": lambda clause: first_named(effect_lists("steps"), clause),
    "other": lambda clause: first_named(effect_lists("happenings"), clause),
}
