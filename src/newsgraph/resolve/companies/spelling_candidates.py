"""Names that are one name spelled otherwise: umlauts written out, Cyrillic in Latin letters, possessives, domains, typing errors.

Every finder looks forms up, and so costs time in proportion to the number of names. `spelled` gives a spelling by folded name.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import combinations

from newsgraph.core.company_names import name_key
from newsgraph.resolve.companies.name_candidates import NamePair

_TIMES = 10  # how much oftener the right spelling is told
_LONG = 8  # letters of a name in which one wrong letter still leaves no other name
_DIGRAPHS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "ß": "ss"}
_DIGIT = re.compile(r"\d")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_DOMAIN = re.compile(r"(?i)^(.+)\.(?:com|net|org|io|co)$")
_POSSESSIVE = re.compile(r"['’]s\b")


def by_spelling(
    spelled: Mapping[str, str], ordinary: frozenset[str], told: Mapping[str, int], listed: frozenset[str]
) -> Iterator[NamePair]:
    """Give the candidates of all finders; `ordinary` names are words, `told` counts articles, `listed` names stand in a list."""
    yield from _by_digraph(spelled)
    yield from _by_cyrillic(spelled)
    yield from _by_possessive(spelled)
    yield from _by_domain(spelled, ordinary)
    yield from _by_typing_error(spelled, told, listed)


def _by_digraph(spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair "Münchener Rück" and "Muenchener Rueck"."""
    for key in sorted(spelled):
        text = spelled[key].casefold()
        if any(letter in text for letter in _DIGRAPHS):
            other = name_key("".join(_DIGRAPHS.get(letter, letter) for letter in text))
            if other in spelled and other != key:
                yield NamePair(other, key, "digraph")


@cache
def _latin() -> Mapping[str, str]:
    text = (files("newsgraph") / "data" / "cyrillic.csv").read_text(encoding="utf-8")
    return {row["letter"]: row["latin"] for row in csv.DictReader(text.splitlines())}


def _by_cyrillic(spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair "Газпром" and "Gazprom", "Яндекс" and "Yandex"."""
    cyrillic = [key for key in sorted(spelled) if _CYRILLIC.search(key)]
    if not cyrillic:
        return
    plain = {_sounds(key): key for key in sorted(spelled) if not _CYRILLIC.search(key)}
    for key in cyrillic:
        other = plain.get(_sounds("".join(_latin().get(letter, letter) for letter in key)))
        if other:
            yield NamePair(key, other, "transliteration")


def _sounds(key: str) -> str:
    return key.replace("ks", "x").replace("kh", "h").replace("yu", "iu").replace("ya", "ia").replace("y", "i")


def _by_possessive(spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair "McDonald's", whose s belongs to the name, and "McDonalds"."""
    for key in sorted(spelled):
        other = name_key(_POSSESSIVE.sub("s", spelled[key]))
        if _POSSESSIVE.search(spelled[key]) and other in spelled and other != key:
            yield NamePair(other, key, "possessive")


def _by_domain(spelled: Mapping[str, str], ordinary: frozenset[str]) -> Iterator[NamePair]:
    """Pair "Salesforce.com" and "Salesforce"; an ordinary word needs a sign ("Hotels.com")."""
    for key in sorted(spelled):
        match = _DOMAIN.match(spelled[key])
        head = name_key(match[1]) if match else ""
        if head in spelled and head != key:
            yield NamePair(key, head, "domain", weak=True, needs_sign=head in ordinary)


def _by_typing_error(spelled: Mapping[str, str], told: Mapping[str, int], listed: frozenset[str]) -> Iterator[NamePair]:
    """Pair a long name with one that is one letter off and that is listed or told far more often: "Microsft" and "Microsoft".

    One letter left out, put in, changed, or two swapped (Damerau 1964); never digits, never the first letter, no plurals.
    """
    meant: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(_neighbours(key for key in spelled if len(key) >= _LONG - 1 and not _DIGIT.search(key))):
        for wrong, right in ((one, other), (other, one)):
            if wrong not in listed and (right in listed or told[right] >= _TIMES * told[wrong]):
                meant[wrong].append(right)
                break
    for wrong, rights in sorted(meant.items()):
        # a letter off from two names, it may be either: a sign must tell
        yield from (NamePair(wrong, right, "typing_error", weak=True, needs_sign=len(rights) > 1) for right in rights)


def _neighbours(keys: Iterable[str]) -> set[tuple[str, str]]:
    """Find the pairs that are one letter off through the forms with one letter less, which both have in common."""
    shorter: dict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        for form in {key} | {key[:at] + key[at + 1 :] for at in range(1, len(key))}:
            shorter[form].append(key)
    pairs = {pair for found in shorter.values() if len(found) > 1 for pair in combinations(found, 2)}
    return {(one, other) for one, other in pairs if max(len(one), len(other)) >= _LONG and _one_letter_off(one, other)}


def _one_letter_off(one: str, other: str) -> bool:
    if one + "s" == other or other + "s" == one:
        return False
    if len(one) == len(other):
        differ = [at for at in range(len(one)) if one[at] != other[at]]
        first, last = differ[0], differ[-1]
        return first == last or (last == first + 1 and one[first] == other[last] and one[last] == other[first])
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
