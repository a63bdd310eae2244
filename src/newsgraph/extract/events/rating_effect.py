"""What a rater says: a grade that was changed, affirmed or is held, a review, and where the price of a share is to go."""

from __future__ import annotations

import re

from newsgraph.extract.events.effect_words import MONEY, any_of, compiled, effect_lists, effect_words, first_named

_WEAK = re.compile(r"(?:stay|remain|left|leave)", re.IGNORECASE)  # "would remain a problem" affirms no grade
_LETTERS = 3  # of an agency's grade


def rating_effect(clause: str) -> str:
    """Return what a clause says of a rating: "downgrade to hold", "affirmed at buy, price target raised", "under review"; empty for nothing known."""
    grade = effect_words("grade")
    target = _target(clause)
    if watched := first_named(effect_lists("watched"), clause):
        return watched
    for label, words in effect_lists("actions").items():
        if match := compiled(rf"(?<![\w-])(?:{words})(?![\w-])").search(clause):
            graded = _graded(label, clause, match.end(), grade)
            if label == "affirmed" and graded == label and (target or _WEAK.match(match.group())):
                continue
            return graded + (f", {target}" if target else "")
    noun = rf"['\"‘“]?(?P<grade>{any_of(grade)})['\"’”]? (?:{effect_words('grade_noun')})(?![\w-])"
    if (held := re.search(noun, clause, re.IGNORECASE)) and held["grade"] != "a":
        return _in_letters(held["grade"]) + (f", {target}" if target else "")
    if target:
        return target
    moved = re.search(
        rf"(?<![\w-])(?:{effect_words('raises')}|(?P<cut>{effect_words('cuts')}))(?: [\w'’&.-]+){{0,6}}? to ['\"‘“]?(?P<grade>{any_of(grade)})",
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
    match = re.search(rf"^(?: [\w'’&.-]+){{0,6}}? {before} ?['\"‘“]?(?P<grade>{any_of(grade)})", clause[at:], re.IGNORECASE)
    match = None if match and match["grade"] == "a" else match
    if label == "affirmed" and not match:  # "overweight, repeated"
        match = re.search(rf"(?<!plan )(?<!option )(?P<grade>{any_of(grade)})['\"’”]?,? \w+$", clause[:at], re.IGNORECASE)
        match = None if match and match["grade"] == "a" else match
    return f"{label} {joint} {_in_letters(match['grade'])}" if match else label


def _in_letters(grade: str) -> str:
    """Return a grade as it is written within a sentence: agencies' letters keep their case, "Buy" becomes "buy"."""
    return grade if any(sign in grade for sign in "+-") or (len(grade) <= _LETTERS and grade.isupper()) else grade.lower()


def _target(clause: str) -> str:
    for label in ("raises", "cuts"):
        if re.search(
            rf"(?<![\w-])(?:{effect_words(label)})(?: [\w'’&.-]+){{0,5}}? (?:{effect_words('price_target')})(?![\w-])",
            clause,
            re.IGNORECASE,
        ):
            return f"price target {'raised' if label == 'raises' else 'cut'}"
    target = effect_words("price_target")
    if moved := re.search(rf"(?<![\w-])(?:{target}) (?P<way>up|down)(?![\w-])", clause, re.IGNORECASE):
        return f"price target {'raised' if moved['way'].lower() == 'up' else 'cut'}"
    return "price target" if re.search(rf"(?<![\w-])(?:{target}) (?:of|at) (?:{MONEY.pattern}|\S*\d)", clause, re.IGNORECASE) else ""
