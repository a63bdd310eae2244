"""Split company names into tokens and normalise them for comparison: legal forms, possessives, case, accents, punctuation."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

# A word may contain dots, hyphens, ampersands and apostrophes (C3.ai, Coca-Cola, AT&T, L'Oréal); initials keep
# their last dot (U.S., J.B.); a possessive is a separate token, and so is any other sign.
TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}(?![A-Za-z])"
    r"|\d[\d,.]*\d(?![\w])"
    r"|['’]s\b|['’](?!\w)"
    r"|\w+(?:[-.&+]\w+|['’](?!s\b)\w+)*[+]?"
    r"|[^\w\s]"
)

_DROPPED = re.compile(r"[®™©\"“”‘’'`.,«»„‚]|\(.*?\)")
# Legal forms before a name, and those that are written without a blank.
_LEADING = frozenset("пао оао зао ооо ао пт тоо pt cv ooo pao oao zao pjsc ojsc".split())
_GLUED = ("株式会社", "有限会社", "合同会社", "주식회사", "股份有限公司", "有限公司", "㈱")
_FORM_SIZES = (5, 4, 3, 2, 1)  # words of a legal form, the longest first: "S. de R.L. de C.V.", "GmbH & Co. KG", "Pvt Ltd"
_LINKS = frozenset({"&", "and"})  # what a removed form may leave at the end: "Tiffany & Co."
_SPLIT = re.compile(r"[\s\-‐-―_/]+")


def split_name(name: str) -> list[str]:
    """Split a name into tokens as texts are split."""
    return TOKEN.findall(name)


@cache
def legal_forms() -> frozenset[str]:
    """Return the legal forms of the data file in lower case, without dots and commas."""
    text = (files("newsgraph") / "data" / "legal_forms.csv").read_text(encoding="utf-8")
    return frozenset(re.sub(r"[.,]", "", row["form"]).casefold() for row in csv.DictReader(text.splitlines()))


@lru_cache(maxsize=65536)
def strip_legal_form(name: str) -> str:
    """Remove legal forms from a name, but never the whole name.

    "Sanofi S.A." becomes "Sanofi", and "ПАО «Газпром»" becomes "«Газпром»".
    """
    words = _unglued(name).split()
    while len(words) > 1 and _folded(words[:1]) in _LEADING:
        words = words[1:]
    while len(words) > 1:
        size = next((size for size in _FORM_SIZES if size < len(words) and _folded(words[-size:]) in legal_forms()), 0)
        if not size and words[-1] not in _LINKS and _folded(words[-1:]):
            break
        words = words[: -(size or 1)]
    return " ".join(words).rstrip(" ,&") or name


def _unglued(name: str) -> str:
    """Remove the legal form that a Chinese, Japanese or Korean name begins or ends with."""
    for form in _GLUED:
        if form in name and name.strip() != form:
            return name.removeprefix(form).removesuffix(form).strip() or name
    return name


def _folded(words: list[str]) -> str:
    return re.sub(r"[.,]", "", " ".join(words)).casefold()


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Normalise a company name for comparison: names with equal keys differ in spelling only.

    Case, accents, legal form, possessive, punctuation, hyphens, "&" against "and", and a leading "the" do not count.
    """
    text = strip_legal_form(_DROPPED.sub("", name.replace("’s", "").replace("'s", "")).strip())
    text = unicodedata.normalize("NFKD", text.casefold()).replace("&", " and ")
    plain = "".join(c for c in text if not unicodedata.combining(c))
    words = [word for word in _SPLIT.split(plain) if word]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return "".join(words) or name.casefold()
