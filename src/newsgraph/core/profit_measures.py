"""Which profit a sum is: the operating profit, core earnings or EBITDA, as the words before it say.

A result keeps the measure of its first sum as its effect: "operating profit down 5%" or "core earnings" alone.
"""

from __future__ import annotations

import re

_QUALIFIED = re.compile(
    r"(?:(?:adjusted|underlying|core|headline|operating|pre-?tax|recurring) )+(?:\w+ )?(?:profits?|income|earnings|EBITDA|EBIT)\b|\bEBITDA\b|\bEBIT\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(rf"{_QUALIFIED.pattern}|\b(?:profits?|income|earnings|loss(?:es)?|revenues?|sales|turnover|net)\b", re.IGNORECASE)
_SUM = re.compile(r"[$€£¥₹]\s?\d|\d\s?(?:[mb]n|million|billion|crore)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?;]\s")
_KEPT = {"ebitda": "EBITDA", "ebit": "EBIT"}


def profit_measure(before: str) -> str:
    """Return the measure of a profit whose sum follows on some words; empty if it is a profit like any other or the words do not say.

    >>> profit_measure("The carmaker saw fourth-quarter operating profits fall to ")
    'operating profit'
    >>> profit_measure("Core earnings rose, and net profit was ")
    ''
    """
    clause = _SENTENCE_END.split(before)[-1]
    last = next(reversed(list(_FIGURE.finditer(clause))), None)
    if last is None or _SUM.search(clause[last.end() :]):
        return ""
    return leading_measure(last.group())


def leading_measure(effect: str) -> str:
    """Return the measure of a profit with which an effect begins, in the singular; empty if it begins with none.

    >>> leading_measure("operating profits down 5%"), leading_measure("net profit up")
    ('operating profit', '')
    """
    match = _QUALIFIED.match(effect)
    words = match.group().split() if match else []
    return " ".join(_KEPT.get(word.lower(), word.lower()) for word in words).replace("profits", "profit")
