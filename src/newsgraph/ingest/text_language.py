"""Detect the language of a text; the only place that knows py3langid, whose model (BSD licence, 97 languages) is read when it is first asked.

Most texts are English, and say so by their words: those need no model, so that a build of English news pays next to nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.yaml_tree import read_yaml

SAMPLE = 600  # characters that are looked at
_FILE = "language_words.yaml"
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.@].*)?")
_LETTER = re.compile(r"[^\W\d_]")
_CLEAR = 5  # more words of one side than of the other: by chance that does not happen
_FEW = 3  # words of other languages that a short text in English has in its names: "Banco de la Nación"
_SURE, _LIKELY = 0.9, 0.5  # probabilities from which the model's answer counts, for short texts in Latin letters and for others
_CERTAIN = 0.99  # probability from which few words are enough to contradict what a document says
_LONG = 200  # characters of a longer text
_ACCENTED = re.compile(r"^[a-z]*[\u00df-\u024f]")  # a word that no name begins and that English spells otherwise
_MANY_FOREIGN = 0.3  # share of letters outside Latin, above which a text is not in a language of Latin letters
_ASCII_LETTERS = re.compile(r"[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, slots=True)
class LanguageWords:
    """Frequent words of English, and of other languages of Latin letters, in lower case."""

    english: frozenset[str]
    other: frozenset[str]


@cache
def language_words() -> LanguageWords:
    """Return the lists that come with newsgraph."""
    tree = read_yaml((files("newsgraph") / "data" / _FILE).read_text(encoding="utf-8"), ProblemNotes(_FILE))
    lists = tree if isinstance(tree, dict) else {}
    english, other = (frozenset(str(lists[name]).split()) for name in ("english", "other"))
    return LanguageWords(english - other, other - english)


def language_of(text: str, declared: str = "") -> str:
    """Return the language of a text as a tag of BCP 47 (`en`, `pt-BR`), an empty text if it cannot be told.

    `declared` is what the document says. It counts unless the text is plainly in another language: templates of pages often say `en` of
    everything.

    >>> language_of("Der Konzern hat die Übernahme mit der Bank und dem Land vereinbart.", "en")
    'de'
    """
    sample = text[:SAMPLE]
    tag = plain_tag(declared)
    words = sample.lower().split()
    known = language_words()
    english, other = sum(map(known.english.__contains__, words)), sum(map(known.other.__contains__, words))
    latin = sample.isascii() or _is_latin(sample)
    if latin and english > other:
        return _agreed("en", tag, clear=english >= other + _CLEAR)
    if latin and other < _FEW and (english or not (other or any(map(_ACCENTED.search, sample.split())))):
        return tag
    language, probability = _model().classify(sample)
    if probability < (_SURE if latin and len(sample) < _LONG else _LIKELY):
        return tag
    clear = not latin or other >= english + (_FEW if probability >= _CERTAIN else _CLEAR)
    return _agreed(str(language), tag, clear=clear)


def plain_tag(declared: str) -> str:
    """Return a language tag in its usual form, an empty text if it is none: `en_us.utf-8` is `en-US`."""
    match = _TAG.fullmatch(declared.strip())
    if match is None:
        return ""
    language, script, region = match.groups()
    return "-".join(filter(None, (language.lower(), script and script.title(), region and region.upper())))


def _agreed(detected: str, tag: str, *, clear: bool) -> str:
    return detected if not tag or (clear and tag.partition("-")[0] != detected) else tag


def _is_latin(sample: str) -> bool:
    letters = len(_LETTER.findall(sample))
    return len(_ASCII_LETTERS.findall(sample)) >= (1 - _MANY_FOREIGN) * letters


@cache
def _model() -> Any:  # noqa: ANN401 - of a library without types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - takes half a second, for its model

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
