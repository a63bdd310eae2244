"""Which company names may be one: pairs found by look-up, never by comparing all with all, each with its reason."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import CompanyEntry

_TICKER_ALONE = 4  # letters of a ticker that names one company without a likeness of names: short ones are used by several exchanges
_INITIALS = 3  # letters of an acronym that may stand for a full name


@dataclass(frozen=True, slots=True, order=True)
class NamePair:
    """Two names that may be one company: the one that joins, the one it joins, why.

    `weak` reasons bear no chain; `needs_sign` holds only where something that is told of both agrees.
    """

    name: str
    other: str
    rule: str
    weak: bool = False
    needs_sign: bool = False
    note: str = ""


@cache
def _tails() -> Mapping[str, str]:
    """Give the last words that say nothing about which company it is, each with the form that stands for its variants."""
    text = (files("newsgraph") / "data" / "name_tails.csv").read_text(encoding="utf-8")
    return {row["word"].casefold(): row["stands_for"].casefold() or row["word"].casefold() for row in csv.DictReader(text.splitlines())}


def by_ticker(tickers: Mapping[str, Iterable[str]], spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair the names beside which texts give one ticker; `tickers` by name, `spelled` a spelling of each."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key in sorted(tickers):
        for ticker in sorted(tickers[key]):
            holders[ticker].append(key)
    for ticker, keys in sorted(holders.items()):
        for key in keys[1:]:
            if len(ticker) >= _TICKER_ALONE or alike(spelled[keys[0]], spelled[key]):
                yield NamePair(key, keys[0], "ticker", note=ticker)


def alike(one: str, other: str) -> bool:
    """Tell whether one name begins as the other does, or is made of its first letters."""
    first, second = one.casefold().split(), other.casefold().split()
    initials = {"".join(word[0] for word in words) for words in (first, second) if len(words) > 1}
    return first[0] == second[0] or bool(initials & {"".join(first), "".join(second)})


def by_listed_ticker(
    tickers: Mapping[str, Iterable[str]], spelled: Mapping[str, str], entries: Mapping[str, CompanyEntry]
) -> Iterator[NamePair]:
    """Pair a name beside which a text gives a ticker with the listed company that has it, where the names are alike."""
    holders = {ticker: name for name in sorted(entries, reverse=True) for ticker in entries[name].tickers}
    for key in sorted(tickers):
        for ticker in sorted(tickers[key]):
            holder = holders.get(ticker, key)
            if holder != key and alike(spelled[key], spelled[holder]):
                yield NamePair(key, holder, "listed_ticker", note=ticker)


def by_listed_alias(spelled: Mapping[str, str], entries: Mapping[str, CompanyEntry]) -> Iterator[NamePair]:
    """Pair a name with the listed company of which it is another name, spelled otherwise than the list has it."""
    aliases = {name_key(alias): name for name in sorted(entries, reverse=True) for alias in entries[name].aliases}
    for key in sorted(spelled):
        if aliases.get(key, key) != key:
            yield NamePair(key, aliases[key], "listed_alias")


def by_tail(spelled: Mapping[str, str], ordinary: frozenset[str]) -> Iterator[NamePair]:
    """Pair "Zorvex" and "Zorvex Technologies", "Zorvex Technology" and "Zorvex Technologies": the tails say nothing.

    A name that is an ordinary word needs a sign ("Summit", "Summit Group"); one that several longer names begin with is not paired.
    """
    longer: dict[str, list[str]] = defaultdict(list)
    variants: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in sorted(spelled):
        words = spelled[key].split()
        while len(words) > 1 and (tail := words[-1].casefold().strip(".,")) in _tails():
            words = words[:-1]
            head = name_key(" ".join(words))
            variants[head, _tails()[tail]].append(key)
            if head in spelled and head != key:
                longer[head].append(key)
    for keys in (found for _, found in sorted(variants.items()) if len(found) > 1):
        yield from (NamePair(key, keys[0], "tail", weak=True) for key in keys[1:])
    for head, keys in sorted(longer.items()):
        if len(keys) == 1:
            yield NamePair(head, keys[0], "tail", weak=True, needs_sign=head in ordinary)


def by_initials(spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair an acronym with the one full name that it is made of the first letters of; both must be told to be alike."""
    full: dict[str, list[str]] = defaultdict(list)
    for key in sorted(spelled):
        words = [word for word in spelled[key].split() if word[0].isalnum()]
        if len(words) >= _INITIALS:
            full["".join(word[0] for word in words if word[0].isupper())].append(key)
    for key in sorted(spelled):
        name = spelled[key].replace(".", "")
        if name.isupper() and len(name) >= _INITIALS and len(full.get(name, ())) == 1:
            yield NamePair(key, full[name][0], "initials", weak=True, needs_sign=True)
