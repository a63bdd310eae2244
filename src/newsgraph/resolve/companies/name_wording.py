"""Candidate pairs of company names that say the same in another alphabet, romanization or language, shorter, or in another order."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise

from newsgraph.core.company_names import name_words
from newsgraph.resolve.companies.name_candidates import NamePair
from newsgraph.resolve.companies.number_words import numbers_in_words

ABBREVIATION = "abbreviation"
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_DOUBLED = re.compile(r"(.)\1+")
_ROMAN = re.compile(r"[ivxlcdm]+")  # "Fund II" and "Fund III" are two funds
_LONG_WORD = 5  # letters of a word in which another romanization does not make another word: "Qaida" and "Qaeda"
_LONG_NAME = 7  # letters of such a name
_SHORTENED = range(3, 7)  # letters of an abbreviated word
_ORDERED = 3  # words of a name whose order does not distinguish it: "Eat Just" is not "Just Eat"
_DISTINCTIVE = 4  # letters of a word that says which bank or institute it is


def by_wording(spelled: Mapping[str, str], words: Collection[str]) -> Iterator[NamePair]:
    """Pair names that are worded otherwise; `spelled` has a spelling of each name, `words` are words of the language in lower case."""
    yield from _by_numbers(spelled)
    yield from _by_alphabet(spelled)
    yield from _by_romanization(spelled, words)
    yield from _by_translation(spelled)
    yield from _by_abbreviation(spelled, words)
    yield from _by_word_order(spelled, words)


def _by_numbers(spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair "Brigade 44" with "Brigade Forty-Four", and "21st Zorvex Fund" with "Twenty-First Zorvex Fund"."""
    written: dict[str, list[str]] = defaultdict(list)
    for key in sorted(spelled):
        words = name_words(spelled[key])
        if not any(len(word) == 1 and after[0].isdigit() for word, after in pairwise(words)):  # "T-1" is not "Tone"
            written["".join(map(_number_written, words))].append(key)
    for _, (first, *others) in sorted(written.items()):
        yield from (NamePair(key, first, "number") for key in others)


def _number_written(word: str) -> str:
    return numbers_in_words(word).replace("%", "percent")


def _by_alphabet(spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair "Газпром" with "Gazprom", and "Яндекс" with "Yandex"."""
    cyrillic = [key for key in sorted(spelled) if _CYRILLIC.search(key)]
    if not cyrillic:
        return
    latin = {_sound(key): key for key in sorted(spelled) if not _CYRILLIC.search(key)}
    for key in cyrillic:
        other = latin.get(_sound("".join(_latin().get(letter, letter) for letter in key)))
        if other:
            yield NamePair(key, other, "transliteration")


def _by_romanization(spelled: Mapping[str, str], words: Collection[str]) -> Iterator[NamePair]:
    """Pair "Al-Qa'ida" with "Al Qaeda", and "Gasprom" with "Gazprom": long words that other rules of romanization make.

    The words that differ are none of the language, unless the name needs a sign ("Alfa", "Alpha").
    """
    by_sound: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in sorted(spelled):
        if len(key) >= _LONG_NAME and not _CYRILLIC.search(key):
            by_sound[tuple(map(_sound_of_word, name_words(spelled[key])))].append(key)
    for _, (first, *others) in sorted(by_sound.items()):
        for key in others:
            differing = {
                word for pair in zip(name_words(spelled[first]), name_words(spelled[key]), strict=True) if len({*pair}) > 1 for word in pair
            }
            if differing and all(len(word) >= _LONG_WORD for word in differing):
                yield NamePair(key, first, "romanization", weak=True, needs_sign=any(word in words for word in differing))


@lru_cache(maxsize=65536)
def _sound_of_word(word: str) -> str:
    return word if _ROMAN.fullmatch(word) else _sound(word)


def _sound(text: str) -> str:
    """Return a text as all usual romanizations have it: without what distinguishes "kh" from "h", or "iya" from "ia"."""
    for letters, same in _romanizations():
        text = text.replace(letters, same)
    return _DOUBLED.sub(r"\1", text)


@cache
def _latin() -> Mapping[str, str]:
    return {row["letter"]: row["latin"] for row in _rows("cyrillic.csv")}


@cache
def _romanizations() -> tuple[tuple[str, str], ...]:
    """Return what letters of other alphabets are in Latin letters, and what stands for it, in the order in which it is replaced."""
    return tuple((row["letters"], row["as"]) for row in _rows("romanizations.csv"))


def _by_translation(spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair "Banque Zorvex Internationale" with "Zorvex International Bank": the words of one are those of the other in English.

    Only words of what a company is or does are translated; one word besides them must be in both. Names of one language that differ in
    order or in small words are no pair: Bank of China and China Bank.
    """
    in_english: dict[tuple[str, ...], list[str]] = defaultdict(list)
    foreign: list[tuple[str, tuple[str, ...]]] = []
    for key in sorted(spelled):
        words = name_words(spelled[key])
        if not _english().keys().isdisjoint(words):
            foreign.append((key, _meaning(words)))
        elif not _kinds().isdisjoint(words):
            in_english[_meaning(words)].append(key)
    for key, meaning in foreign:
        others = in_english.get(meaning, [])
        if len(others) == 1 and any(len(word) >= _DISTINCTIVE and word not in _kinds() for word in meaning):
            yield NamePair(key, others[0], "translation", weak=True)


def _meaning(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a name in English, sorted and without small ones."""
    return tuple(sorted(_english().get(word, word) for word in words if word not in _small_words()))


@cache
def _kinds() -> frozenset[str]:
    """Return English words for what companies are and do."""
    return frozenset(_english().values())


def _by_abbreviation(spelled: Mapping[str, str], words: Collection[str]) -> Iterator[NamePair]:
    """Pair "Zorvex Elec" with "Zorvex Electric", if no other name goes on with a word that can be so abbreviated.

    A word that names of companies often end with is abbreviated by its first letters. If all other words are words of the language, the
    name needs a sign ("Summit Med", "Summit Medical").
    """
    full: dict[tuple[tuple[str, ...], int], list[tuple[str, str]]] = defaultdict(list)
    short: list[tuple[tuple[tuple[str, ...], int], str, str]] = []
    for key in sorted(spelled):
        name = name_words(spelled[key])
        for at in range(1, len(name)):
            place = (*name[:at], "", *name[at + 1 :]), at
            if name[at] in _last_words():
                full[place].append((name[at], key))
            elif len(name[at]) in _SHORTENED:
                short.append((place, name[at], key))
    for place, word, key in short:
        others = [other for long, other in full.get(place, ()) if long.startswith(word)]
        if len(others) == 1:
            yield NamePair(key, others[0], ABBREVIATION, weak=True, needs_sign=all(part in words for part in place[0] if part))


def _by_word_order(spelled: Mapping[str, str], words: Collection[str]) -> Iterator[NamePair]:
    """Pair "44th Norvale Brigade" with "Norvale Brigade 44th": the same words, three or more, in another order.

    If all are words of the language, the name needs a sign: an International Commercial Bank may be no Commercial International Bank.
    """
    ordered: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for key in sorted(spelled):
        name = name_words(spelled[key])
        if len(name) >= _ORDERED:
            ordered[tuple(sorted(map(_number_written, name)))].append(key)
    for _, (first, *others) in sorted(ordered.items()):
        for key in others:
            is_plain = all(word in words for word in name_words(spelled[key]) + name_words(spelled[first]))
            yield NamePair(key, first, "word_order", weak=True, needs_sign=is_plain)


@cache
def _last_words() -> frozenset[str]:
    """Return words that names of companies often end with, from `data/company_tails.csv`, as `name_words` has them."""
    return frozenset(word for row in _rows("company_tails.csv") for word in name_words(row["word"]))


@cache
def _english() -> Mapping[str, str]:
    """Return English words by words of other languages for what companies are and do, from `data/company_words.csv`."""
    return {row["word"]: row["english"] for row in _rows("company_words.csv") if row["english"]}


@cache
def _small_words() -> frozenset[str]:
    """Return words such as "of", "de" and "und"."""
    return frozenset(row["word"] for row in _rows("company_words.csv") if not row["english"])


def _rows(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader((files("newsgraph") / "data" / name).read_text(encoding="utf-8").splitlines())
