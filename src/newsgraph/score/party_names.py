"""When two names are one party: the measure that `score` uses, separate from the name rules and lists of the product.

A better lexicon must not change the measure, so the few legal forms that count here are in this file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

Party = frozenset[str]
"""All names of one party, as keys."""

_LEGAL_FORMS = frozenset({
    "ab", "ag", "aps", "as", "asa", "bhd", "bv", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "kg", "kgaa",
    "kk", "limited", "llc", "llp", "lp", "ltd", "nv", "oy", "oyj", "pbc", "plc", "pte", "pty", "sa", "sarl", "sas", "se", "spa", "srl", "tbk",
})  # fmt: skip
_TWO_WORDS = frozenset({("motor", "company"), ("pty", "ltd"), ("pte", "ltd"), ("pvt", "ltd"), ("private", "limited"), ("holdings", "plc")})
# Rule 6 of the annotations: these are one company.
_ALIASES = {"facebook": "meta", "meta platforms": "meta"}
_MARKS = re.compile('[®™©℠"“”]')
_POSSESSIVE = re.compile(r"'s?$")
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b|$)")


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """Fold a name for comparison, with single blanks between words.

    Case, accents, marks, quotes, a final possessive or dot, a leading "the" and trailing legal forms do not count.
    """
    text = unicodedata.normalize("NFKD", _MARKS.sub("", name).casefold().replace("&amp;", "&").replace("\u2019", "'"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    words = [_DOTTED.sub("", word).strip(".,;:()!") for word in text.split()]
    words = ["and" if word == "&" else word for word in words if word]
    if words:
        words[-1] = _POSSESSIVE.sub("", words[-1]) or words[-1]
    words = _without_legal_form(words[1:] if len(words) > 1 and words[0] == "the" else words)
    folded = " ".join(words) or name.casefold().strip()
    return _ALIASES.get(folded, folded)


def party(names: Iterable[str | None]) -> Party:
    """Fold all names of one party; None and empty names are left out."""
    return frozenset(key(name) for name in names if name and name.strip())


def within(one: Party, other: Party) -> bool:
    """Return whether a name of one contains a name of the other as whole words ("Ford Motor" and "Ford")."""
    return any(f" {a} " in f" {b} " or f" {b} " in f" {a} " for a in one for b in other)


def _without_legal_form(words: list[str]) -> list[str]:
    rest = words
    while len(rest) > 1:
        if len(rest) > len(("a", "legal form")) and tuple(rest[-2:]) in _TWO_WORDS:
            rest = rest[:-2]
        elif rest[-1].replace("/", "").replace(".", "") in _LEGAL_FORMS or rest[-1] == "and":
            rest = rest[:-1]
        else:
            break
    return rest
