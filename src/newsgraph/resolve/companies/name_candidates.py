"""Candidate pairs of company names that may be one company, each with its reason; found by look-up, never by comparing all with all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from newsgraph.core.company_names import name_key, name_tails
from newsgraph.core.lexicon import CompanyEntry

_TICKER_ALONE = 4  # letters of a ticker that identifies a company without similar names: several exchanges use the same short ones
_BRACKET = re.compile(r"\s*\([^()]*\)")
_MARKS = re.compile(r"\W")
_INITIALS = 3  # letters of an acronym that may be short for a full name


@dataclass(frozen=True, slots=True, order=True)
class NamePair:
    """Two names that may be one company: the one to merge, the one to merge it into, and why.

    `weak` reasons form no chains; with `needs_sign` the pair counts only if something that is stated of both agrees.
    """

    name: str
    other: str
    rule: str
    weak: bool = False
    needs_sign: bool = False
    note: str = ""


def by_ticker(tickers: Mapping[str, Iterable[str]], spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair the names to which texts give the same ticker; `tickers` by name, `spelled` a spelling of each name."""
    holders: dict[str, list[str]] = defaultdict(list)
    for key in sorted(tickers):
        for ticker in sorted(tickers[key]):
            holders[ticker].append(key)
    for ticker, keys in sorted(holders.items()):
        for key in keys[1:]:
            if len(ticker) >= _TICKER_ALONE or are_similar(spelled[keys[0]], spelled[key]):
                yield NamePair(key, keys[0], "ticker", note=ticker)


def are_similar(one: str, other: str) -> bool:
    """Return whether two names begin with the same word, or one consists of the other's initials."""
    first, second = one.casefold().split(), other.casefold().split()
    initials = {"".join(word[0] for word in words) for words in (first, second) if len(words) > 1}
    return first[0] == second[0] or bool(initials & {"".join(first), "".join(second)})


def by_listed_ticker(
    tickers: Mapping[str, Iterable[str]], spelled: Mapping[str, str], entries: Mapping[str, CompanyEntry]
) -> Iterator[NamePair]:
    """Pair a name to which a text gives a ticker with the listed company of that ticker, if the names are similar."""
    holders = {ticker: name for name in sorted(entries, reverse=True) for ticker in entries[name].tickers}
    for key in sorted(tickers):
        for ticker in sorted(tickers[key]):
            holder = holders.get(ticker, key)
            if holder != key and are_similar(spelled[key], spelled[holder]):
                yield NamePair(key, holder, "listed_ticker", note=ticker)


def by_listed_alias(spelled: Mapping[str, str], entries: Mapping[str, CompanyEntry]) -> Iterator[NamePair]:
    """Pair a name with the listed company whose alias it is, whatever its spelling."""
    aliases = {name_key(alias): name for name in sorted(entries, reverse=True) for alias in entries[name].aliases}
    for key in sorted(spelled):
        if aliases.get(key, key) != key:
            yield NamePair(key, aliases[key], "listed_alias")


def by_tail(spelled: Mapping[str, str], ordinary: frozenset[str], is_complete: Callable[[str], bool]) -> Iterator[NamePair]:
    """Pair "Zorvex" with "Zorvex Technologies", and "Zorvex Technology" with "Zorvex Technologies": the tails distinguish nothing.

    A name that is an ordinary word needs a sign ("Summit", "Summit Group"), and so do two complete names, those with a legal form
    ("Zorvex Ltd", "Zorvex Systems Ltd"). A name with which several longer names begin is not paired.
    """
    longer: dict[str, list[str]] = defaultdict(list)
    variants: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key in sorted(spelled):
        words = spelled[key].split()
        while len(words) > 1 and (tail := words[-1].casefold().strip(".,")) in name_tails():
            words = words[:-1]
            head = name_key(" ".join(words))
            variants[head, name_tails()[tail]].append(key)
            if head in spelled and head != key:
                longer[head].append(key)
    for keys in (names for _, names in sorted(variants.items()) if len(names) > 1):
        yield from (NamePair(key, keys[0], "tail", weak=True) for key in keys[1:])
    for head, keys in sorted(longer.items()):
        if len(keys) == 1:
            needs_sign = head in ordinary or (is_complete(head) and is_complete(keys[0]))
            yield NamePair(head, keys[0], "tail", weak=True, needs_sign=needs_sign)


def by_bracket(spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair "Zorvex (Schweiz)" with "Zorvex" if no other name differs from it by its bracket only."""
    longer: dict[str, list[str]] = defaultdict(list)
    for key in sorted(spelled):
        head = name_key(_BRACKET.sub("", spelled[key])) if "(" in spelled[key] else key
        if head != key:
            longer[head].append(key)
    for head, keys in sorted(longer.items()):
        if len(keys) == 1 and head in spelled:
            yield NamePair(keys[0], head, "bracket", weak=True)


def by_initials(spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair an acronym with the only full name that has these initials; it needs a sign."""
    full_names: dict[str, list[str]] = defaultdict(list)
    for key in sorted(spelled):
        words = [word for word in spelled[key].split() if word[0].isalnum()]
        if len(words) >= _INITIALS:
            full_names["".join(word[0] for word in words if word[0].isupper())].append(key)
    for key in sorted(spelled):
        name = spelled[key].replace(".", "")
        if name.isupper() and len(name) >= _INITIALS and len(full_names.get(name, ())) == 1:
            yield NamePair(key, full_names[name][0], "initials", weak=True, needs_sign=True)


def by_initials_and_name(spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair "NTB Norvale Trade Bank", which has its own initials before or behind it, with "Norvale Trade Bank"."""
    for key in sorted(spelled):
        words = spelled[key].split()
        for short, full in ((words[0], words[1:]), (words[-1], words[:-1])):
            initials = "".join(word[0] for word in full if word[0].isupper())
            if len(initials) > 1 and _MARKS.sub("", short) == initials and key != (other := name_key(" ".join(full))) in spelled:
                yield NamePair(key, other, "initials_and_name")


_TIMES = 10  # how much more frequent the right spelling is
_LONG = 8  # letters of a name in which one wrong letter does not make another name
_DIGRAPHS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "ß": "ss"}
_DIGIT = re.compile(r"\d")
_DOMAIN = re.compile(r"(?i)^(.+)\.(?:com|net|org|io|co)$")
_POSSESSIVE = re.compile(r"['’]s\b")


def by_spelling(
    spelled: Mapping[str, str], ordinary: frozenset[str], counts: Mapping[str, int], listed: frozenset[str]
) -> Iterator[NamePair]:
    """Pair names that are spellings of one name.

    `ordinary` names are words of the language, `counts` are numbers of articles by name, `listed` names are in a list.
    """
    yield from _by_digraph(spelled)
    yield from _by_possessive(spelled)
    yield from _by_domain(spelled, ordinary)
    yield from _by_typing_error(spelled, counts, listed)


def _by_digraph(spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair "Münchener Rück" with "Muenchener Rueck"."""
    for key in sorted(spelled):
        text = spelled[key].casefold()
        if any(letter in text for letter in _DIGRAPHS):
            other = name_key("".join(_DIGRAPHS.get(letter, letter) for letter in text))
            if other in spelled and other != key:
                yield NamePair(other, key, "digraph")


def _by_possessive(spelled: Mapping[str, str]) -> Iterator[NamePair]:
    """Pair "McDonald's", whose s belongs to the name, with "McDonalds"."""
    for key in sorted(spelled):
        other = name_key(_POSSESSIVE.sub("s", spelled[key]))
        if _POSSESSIVE.search(spelled[key]) and other in spelled and other != key:
            yield NamePair(other, key, "possessive")


def _by_domain(spelled: Mapping[str, str], ordinary: frozenset[str]) -> Iterator[NamePair]:
    """Pair "Salesforce.com" with "Salesforce"; an ordinary word needs a sign ("Hotels.com")."""
    for key in sorted(spelled):
        match = _DOMAIN.match(spelled[key])
        head = name_key(match[1]) if match else ""
        if head in spelled and head != key:
            yield NamePair(key, head, "domain", weak=True, needs_sign=head in ordinary)


def _by_typing_error(spelled: Mapping[str, str], counts: Mapping[str, int], listed: frozenset[str]) -> Iterator[NamePair]:
    """Pair a long name with one that differs by one letter and is listed or far more frequent: "Microsft" with "Microsoft".

    One letter left out, inserted or changed, or two swapped (Damerau 1964); never a digit, never the first letter, never a plural.
    """
    corrections: dict[str, list[str]] = defaultdict(list)
    for one, other in sorted(_one_edit_apart(key for key in spelled if len(key) >= _LONG - 1 and not _DIGIT.search(key))):
        for wrong, right in ((one, other), (other, one)):
            if wrong not in listed and (right in listed or counts[right] >= _TIMES * counts[wrong]):
                corrections[wrong].append(right)
                break
    for wrong, rights in sorted(corrections.items()):
        # a name that is one letter away from two others may be either, so it needs a sign
        yield from (NamePair(wrong, right, "typing_error", weak=True, needs_sign=len(rights) > 1) for right in rights)


def _one_edit_apart(keys: Iterable[str]) -> set[tuple[str, str]]:
    """Find the pairs that differ by one letter: both have the same form after one letter is deleted."""
    by_form: dict[str, list[str]] = defaultdict(list)
    for key in sorted(keys):
        for form in {key} | {key[:at] + key[at + 1 :] for at in range(1, len(key))}:
            by_form[form].append(key)
    pairs = {pair for names in by_form.values() if len(names) > 1 for pair in combinations(names, 2)}
    return {(one, other) for one, other in pairs if max(len(one), len(other)) >= _LONG and _is_one_edit(one, other)}


def _is_one_edit(one: str, other: str) -> bool:
    if one + "s" == other or other + "s" == one:
        return False
    if len(one) == len(other):
        differ = [at for at in range(len(one)) if one[at] != other[at]]
        first, last = differ[0], differ[-1]
        return first == last or (last == first + 1 and one[first] == other[last] and one[last] == other[first])
    short, long = sorted((one, other), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
