"""Which company names may be one: pairs found by look-up, never by comparing all with all, each with its reason.

Every finder costs time in proportion to the number of names: it looks up folded forms, not neighbours.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import combinations

from newsgraph.company_names import name_key

_TIMES = 10  # how much oftener the right spelling is told
_LONG = 8  # letters of a name in which one wrong letter still leaves no other name
_TICKER_ALONE = 3  # letters of a ticker that names one company without a likeness of names: short ones are used by several exchanges
_DIGRAPHS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "ß": "ss"}
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """Two folded names that may be one company: the name that joins, the one it joins, why; `weak` reasons bear no chain."""

    name: str
    other: str
    rule: str
    weak: bool = False
    note: str = ""


@cache
def tails() -> frozenset[str]:
    """Give the last words that say nothing about which company it is: "Group", "Holdings", "Technologies"."""
    text = (files("newsgraph") / "data" / "name_tails.csv").read_text(encoding="utf-8")
    return frozenset(row["word"].casefold() for row in csv.DictReader(text.splitlines()))


def by_ticker(tickers: Mapping[str, Iterable[str]], spelled: Mapping[str, str]) -> Iterator[Candidate]:
    """Pair the names beside which texts give one ticker; `tickers` by folded name, `spelled` a spelling of each."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key in sorted(tickers):
        for ticker in sorted(tickers[key]):
            holders[ticker].append(key)
    for ticker, keys in sorted(holders.items()):
        for key in keys[1:]:
            if len(ticker) >= _TICKER_ALONE or _alike(spelled[keys[0]], spelled[key]):
                yield Candidate(key, keys[0], "ticker", note=ticker)


def _alike(one: str, other: str) -> bool:
    first, second = one.casefold().split(), other.casefold().split()
    initials = {"".join(word[0] for word in words) for words in (first, second) if len(words) > 1}
    return first[0] == second[0] or bool(initials & {"".join(first), "".join(second)})


def by_tail(spelled: Mapping[str, str], ordinary: frozenset[str]) -> Iterator[Candidate]:
    """Pair a name with the same name and a tail that says nothing: "Zorvex" and "Zorvex Technologies".

    A name that is an ordinary word is not paired ("Summit", "Summit Group"), nor is one that several longer names begin with.
    """
    longer: dict[str, list[str]] = defaultdict(list)
    for key in sorted(spelled):
        words = spelled[key].split()
        if len(words) > 1 and words[-1].casefold().strip(".,") in tails():
            head = name_key(" ".join(words[:-1]))
            if head in spelled and head != key and head not in ordinary:
                longer[head].append(key)
    for head, keys in sorted(longer.items()):
        if len(keys) == 1:
            yield Candidate(head, keys[0], "tail", weak=True)


def by_digraph(spelled: Mapping[str, str]) -> Iterator[Candidate]:
    """Pair a name with an umlaut with the same name spelled out: "Münchener Rück" and "Muenchener Rueck"."""
    for key in sorted(spelled):
        text = spelled[key].casefold()
        if any(letter in text for letter in _DIGRAPHS):
            other = name_key("".join(_DIGRAPHS.get(letter, letter) for letter in text))
            if other in spelled and other != key:
                yield Candidate(other, key, "digraph")


def by_typing_error(spelled: Mapping[str, str], told: Mapping[str, int], listed: frozenset[str]) -> Iterator[Candidate]:
    """Pair a long name with one that is one letter off and that is listed or told far more often: "Microsft" and "Microsoft".

    One letter left out, put in, changed, or two swapped (Damerau 1964); never digits, never the first letter, no plurals.
    """
    for one, other in sorted(_neighbours(key for key in spelled if len(key) >= _LONG and not _DIGIT.search(key))):
        for wrong, right in ((one, other), (other, one)):
            if wrong not in listed and (right in listed or told[right] >= _TIMES * told[wrong]):
                yield Candidate(wrong, right, "typing_error", weak=True)
                break


def _neighbours(keys: Iterable[str]) -> set[tuple[str, str]]:
    """Find the pairs that are one letter off through the forms with one letter less, which both have in common."""
    shorter: dict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        for form in {key} | {key[:at] + key[at + 1 :] for at in range(1, len(key))}:
            shorter[form].append(key)
    pairs = {pair for found in shorter.values() if len(found) > 1 for pair in combinations(found, 2)}
    return {(one, other) for one, other in pairs if one != other and _one_letter_off(one, other)}


def _one_letter_off(one: str, other: str) -> bool:
    if one + "s" == other or other + "s" == one:
        return False
    if len(one) == len(other):
        differ = [at for at in range(len(one)) if one[at] != other[at]]
        first, last = differ[0], differ[-1]
        return first == last or (last == first + 1 and one[first] == other[last] and one[last] == other[first])
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
