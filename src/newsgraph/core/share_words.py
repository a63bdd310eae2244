"""Words for a share of a company, as the part of it that an acquisition is of: "30% stake", "most", "shares"."""

from __future__ import annotations

import re

_PERCENT = r"[\w.]+[\s-]?(?:%|per[\s-]cent|percent|pct?)"
_HOLDING = re.compile(r"(?:.*\s)?(?P<noun>stakes?|interests?|shareholdings?|holding|shares)", re.IGNORECASE)
_FRACTION = re.compile(
    rf"(?:(?:almost|nearly|about|around|roughly|more than|less than|over|just over|just under|up to|at least)\s)?(?:the\s)?(?:(?:remaining|other|further|additional|another|last)\s)?"
    rf"(?:most|(?:a\s)?half|parts?|rest|remainder|majority|(?:(?:an?|one)[ -])?(?:majority|third|quarter|fifth|tenth)|two[ -](?:thirds|fifths)|three[ -](?:quarters|fifths)|{_PERCENT})",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:its|his|her|their|the|an?)\s|[\w&]+['’]s\s", re.IGNORECASE)
_VOWEL = re.compile(r"[aeio]|8|1[18](?!\d)", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:remaining|other|last|entire|whole|rest|remainder|combined)\b", re.IGNORECASE)
_COUNTED = re.compile(r"(?:half|most|parts?|two|three)\b|.*(?:%|per[\s-]cent|percent|pct?)$", re.IGNORECASE)
_ABOUT = re.compile(r"(?:almost|nearly|about|around|roughly|more|less|over|just|up|at)\b", re.IGNORECASE)
_SIZE = re.compile(r"\d[\d.]*|\b(?:half|thirds?|quarters?|fifths?|tenth)\b")
_MOST = re.compile(
    r"\b(?:majority|controlling|control|most|half|two[ -](?:thirds|fifths)|three[ -](?:quarters|fifths)|rest|remainder|remaining|other|entire|whole|last|fifty|sixty|seventy|eighty|ninety)\b",
    re.IGNORECASE,
)
_DIGITS, _CONTROL = re.compile(r"\d{1,3}(?:\.\d+)?(?=[\s-]?(?:%|per[\s-]cent|percent|pct?))", re.IGNORECASE), 50.0


def percent_of(part: str) -> float | None:
    """Return how many percent of a company a share is, None if it does not say.

    >>> percent_of("nearly 8.5 per cent"), percent_of("30% stake"), percent_of("stake")
    (8.5, 30.0, None)
    """
    digits = _DIGITS.search(part)
    return float(digits.group()) if digits else None


def is_small_stake(part: str) -> bool:
    """Return whether words name a stake that gives no control: who buys "a stake" has invested in a company, and has not bought it.

    >>> [is_small_stake(part) for part in ("stake", "5 pct stake", "minority stake", "60% stake", "controlling stake", "remaining stake")]
    [True, True, True, False, False, False]
    """
    percent = percent_of(part)
    if not _HOLDING.fullmatch(part) or _MOST.search(part):
        return False
    return percent is None or percent < _CONTROL


def is_share(part: str) -> bool:
    """Return whether the part of a company that changes hands is a share of it as a whole, not a unit, a brand or a plant.

    >>> [is_share(part) for part in ("30% stake", "most", "two-thirds", "60 per cent", "shares", "packaging arm", "half-price brand")]
    [True, True, True, True, True, False, False]
    """
    return (_HOLDING.fullmatch(part) or _FRACTION.fullmatch(part)) is not None


def share_of(part: str, owner: str) -> str:
    """Return a share with the name of whose it is.

    >>> share_of("30% stake", "Bolt"), share_of("8% holding", "Bolt"), share_of("shares", "Bolt"), share_of("rest", "Bolt")
    ('a 30% stake in Bolt', 'an 8% holding in Bolt', 'shares in Bolt', 'the rest of Bolt')
    >>> share_of("two-thirds", "Bolt"), share_of("majority", "Bolt"), share_of("Acme's stake", "Bolt"), share_of("remaining 40%", "Bolt")
    ('two-thirds of Bolt', 'a majority of Bolt', "Acme's stake in Bolt", 'the remaining 40% of Bolt')
    """
    holding = _HOLDING.fullmatch(part)
    link = "in" if holding else "of"
    if _OWNED.match(part) or _ABOUT.match(part) or (holding and holding["noun"].casefold() in {"shares", "stakes", "interests"}):
        return f"{part} {link} {owner}"
    if _DEFINITE.match(part):
        return f"the {part} {link} {owner}"
    if not holding and (_COUNTED.match(part) or part.casefold().startswith(("one", "another", "further", "additional"))):
        return f"{part} {link} {owner}"
    return f"{'an' if _VOWEL.match(part) else 'a'} {part} {link} {owner}"


def may_be_one_share(part: str, other: str) -> bool:
    """Return whether two wordings can mean one share: they say no two sizes.

    >>> may_be_one_share("majority stake", "60% stake"), may_be_one_share("60%", "40% stake"), may_be_one_share("a third", "half")
    (True, False, False)
    """
    first, second = set(_SIZE.findall(part.casefold())), set(_SIZE.findall(other.casefold()))
    return not first or not second or first == second
