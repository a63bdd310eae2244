"""Split company names into tokens and normalise them for comparison: legal forms, possessives, case, accents, punctuation."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
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

_DROPPED = re.compile(r"[®™©\"“”‘’'`.,«»„‚]")
_BRACKET = re.compile(r"\(([^()]*)\)")
_FORM_SIZES = tuple(range(9, 0, -1))  # words of a legal form, the longest first: "S. de R.L. de C.V.", "GmbH & Co. KG", "Pvt Ltd"
_LINKS = frozenset({"&", "and"})  # what a removed form may leave at the end: "Tiffany & Co."
_SPLIT = re.compile(r"[\s\-‐-―_/]+")
_ARTICLE = "the"


def split_name(name: str) -> list[str]:
    """Split a name into tokens as texts are split."""
    return TOKEN.findall(name)


@cache
def legal_forms() -> frozenset[str]:
    """Return the legal forms of the data files in lower case, without accents, dots and commas."""
    return frozenset(_folded([row["form"]]) for row in _rows("legal_forms.csv")) | legal_forms_in_words()


@cache
def legal_forms_in_words() -> frozenset[str]:
    """Return the legal forms that are written out, in lower case and without accents: "joint stock company", "aktiengesellschaft"."""
    return frozenset(row["form"] for row in _rows("legal_forms_in_words.csv"))


@lru_cache(maxsize=65536)  # the same names come again and again in the news of a day
def is_legal_form(text: str) -> bool:
    """Return whether a text is a legal form and nothing else: "Limited", "Joint Stock Company", "GmbH"."""
    form = _folded([text])
    return form in legal_forms() or form in _forms_before()


@cache
def first_words_of_forms() -> frozenset[str]:
    """Return the first words of legal forms of several words that are written out, in lower case: "joint", "societatea"."""
    return frozenset(form.split()[0] for form in legal_forms_in_words() if " " in form)


@cache
def _forms_before() -> frozenset[str]:
    """Return the legal forms that come before a name, as `legal_forms` has them."""
    return frozenset(_folded([row["form"]]) for row in _rows("legal_forms_placed.csv") if row["place"] == "before") | legal_forms_in_words()


@cache
def _joined_forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of the legal forms that names begin or end with, without a blank: 株式会社, "SiemensAG"."""
    forms = sorted(
        (row["form"] for row in _rows("legal_forms_placed.csv") if row["place"] == "joined"), key=lambda form: (-len(form), form)
    )
    latin, other = [form for form in forms if form.isascii()], [form for form in forms if not form.isascii()]
    start = rf"^(?:{'|'.join(other)})(?=.)"
    end = rf"(?<=[a-z][a-z])(?:{'|'.join(latin)})$|(?<=.)(?:{'|'.join(other)})$"
    return re.compile(start), re.compile(end)


@cache
def _ends_of_forms() -> frozenset[str]:
    return frozenset(form.split()[-1] for form in legal_forms())


@cache
def _spellings() -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
    """Return how words of names are written otherwise ("1st", "centre"), and the same of the ends of words ("isation")."""
    rows = [(row["written"], row["as"]) for row in _rows("name_spellings.csv")]
    ends = tuple((written[1:], same[1:]) for written, same in rows if written.startswith("-"))
    return {written: same for written, same in rows if not written.startswith("-")}, ends


@cache
def name_tails() -> Mapping[str, str]:
    """Return the last words of names that do not distinguish companies, each with the form that represents its variants."""
    return {row["word"].casefold(): row["stands_for"].casefold() or row["word"].casefold() for row in _rows("name_tails.csv")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader((files("newsgraph") / "data" / name).read_text(encoding="utf-8").splitlines())


@lru_cache(maxsize=65536)
def strip_legal_form(name: str) -> str:
    """Remove legal forms from a name, but never the whole name.

    "Sanofi S.A." becomes "Sanofi", "ПАО «Газпром»" becomes "«Газпром»", and "Joint Stock Company Zorvex" becomes "Zorvex".
    """
    if is_legal_form(name):
        return name
    words = _unjoined(name).split()
    while size := _size_of_form(words, _forms_before(), at_end=False):
        words = words[size:]
    while len(words) > 1:
        size = _size_of_form(words, legal_forms(), at_end=True)
        if not size and words[-1] not in _LINKS and _folded(words[-1:]):
            break
        words = words[: -(size or 1)]
    return " ".join(words).rstrip(" ,&") or name


def _size_of_form(words: list[str], forms: frozenset[str], *, at_end: bool) -> int:
    """Return how many words the longest legal form has with which a name begins or ends, 0 if there is none or nothing else."""
    if at_end and _folded(words[-1:]) not in _ends_of_forms():
        return 0
    return next((size for size in _FORM_SIZES if size < len(words) and _folded(words[-size:] if at_end else words[:size]) in forms), 0)


def _unjoined(name: str) -> str:
    """Remove the legal form that a name begins or ends with without a blank."""
    start, end = _joined_forms()
    return end.sub("", start.sub("", name)).strip() or name


def _folded(words: Sequence[str]) -> str:
    return without_accents(" ".join(words).replace(".", "").replace(",", "").casefold())


def without_accents(text: str) -> str:
    """Return a text without the accents of its letters; letters that are none with an accent stay: "ø", "ł"."""
    return text if text.isascii() else "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Normalise a company name for comparison: names with equal keys differ in spelling only.

    Case, accents, legal form, possessive, punctuation, hyphens, "&" against "and", "the", and what `data/name_spellings.csv` lists do
    not count ("1st", "-isation"). Words in brackets count ("(Hong Kong)"), unless they abbreviate the name ("(NBC)") or comment on it.
    Files of kept IRIs contain these keys, so what is one key stays so in later versions.
    """
    return "".join(name_words(name)) or name.casefold()


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a company name of which `name_key` is made: "The Zorvex-Bank (Asia) Ltd" has "zorvex", "bank", "asia"."""
    bare = name.replace("’s", "").replace("'s", "")
    bare = _BRACKET.sub(lambda match: _bracket_in_key(match[1], bare[: match.start()]), bare) if "(" in bare else bare
    text = strip_legal_form(_DROPPED.sub("", bare).strip())
    words = [word for word in _SPLIT.split(without_accents(text.casefold().replace("&", " and "))) if word]
    return tuple(map(_respelled, [word for word in words if word != _ARTICLE] or words))


def _bracket_in_key(inside: str, before: str) -> str:
    """Return what a bracket adds to the key of a name: nothing if it abbreviates or comments on the name before it."""
    comments = not inside[:1].isupper() or ":" in inside or any(c.isdigit() for c in inside)
    return " " if comments or _folded([inside]) in legal_forms() or is_acronym(inside, before.split()) else f" {inside} "


def is_acronym(short: str, words: Sequence[str]) -> bool:
    """Return whether a word consists of initials of a name: AWS of Amazon Web Services, IHG of InterContinental Hotels Group."""
    initials = "".join(c for word in words for c in (word[0], *word[1:]) if c.isupper())
    return short.isupper() and len(short) > 1 and short[0] == initials[:1] and (short in initials or initials in short)


def _respelled(word: str) -> str:
    spellings, ends = _spellings()
    for written, same in ends:
        if word.endswith(written) and word != written:
            return word.removesuffix(written) + same
    return spellings.get(word, word)
