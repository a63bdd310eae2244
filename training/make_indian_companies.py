"""Make `src/newsgraph/data/companies_india.csv`: companies listed in India, with the names and short forms that headlines use for them.

Usage: python training/make_indian_companies.py entity_list_comprehensive.csv (of pyRis/SEntFiN, MIT)

A row of the source has names of one company, or of a sector; rows without a legal form are left out, and so are names of
several companies, names cut after 13 to 15 letters and names of which no word is in the full name. Words of the language, places, given
names and short acronyms need evidence that a company is meant.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

from newsgraph.core.company_names import is_acronym, is_legal_form, name_key, strip_legal_form

DATA = Path(__file__).parent.parent / "src" / "newsgraph" / "data"
_FORM = re.compile(r"\b(?:Ltd|Limited|Corporation|Company|Co)\b", re.IGNORECASE)
_OLD = re.compile(r"\s*-\s*Old$|\s+Class N$", re.IGNORECASE)
_CUT = range(13, 16)  # letters of names that a table of the source cut off
_ACRONYM = 5  # most letters of an acronym that other companies may have too
_SHORTEST = 3
_LONG = 2  # blanks in a name that is long enough to mean nothing else
_SMALL = frozenset({"of", "and", "the", "for"})


class _Row(NamedTuple):
    name: str
    names: tuple[str, ...]


def main() -> None:
    """Write the file."""
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as source:
        rows = [row for line in csv.DictReader(source) if (row := _row(line))]
    counts = Counter(key for row in rows for key in {name_key(name) for name in row.names})
    firsts = Counter(row.name.split()[0].casefold() for row in rows)
    listed = _listed()
    made: dict[str, tuple[list[str], list[str]]] = {}
    for row in rows:
        entry = listed.get(name_key(row.name), row.name)
        usable = [
            name for name in row.names if counts[name_key(name)] == 1 and listed.get(name_key(name), entry) == entry and name != entry
        ]
        usable = [name for name in usable if _is_usable(name, firsts)]
        made.setdefault(entry, ([name for name in usable if not _is_weak(name)], [name for name in usable if _is_weak(name)]))
    with (DATA / "companies_india.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "aliases", "weak_aliases", "needs_evidence"))
        for name, (sure, weak) in sorted(made.items()):
            writer.writerow((name, "|".join(sorted(sure)), "|".join(sorted(weak)), int(_is_weak(name))))


def _row(line: dict[str, str]) -> _Row | None:
    written = [_OLD.sub("", name.strip().rstrip(".")) for name in line["Entity"].split(",") if name.strip()]
    full = next((name for name in written if _FORM.search(name)), None)
    if full is None or not full[0].isupper() or is_legal_form(full):
        return None
    name = strip_legal_form(full)
    if len(name) < _SHORTEST or (" " not in name and not name.isupper() and _is_common(name)):
        return None
    return _Row(name, tuple(sorted({one for one in map(strip_legal_form, written) if _is_name(one, name)} | {name})))


def _is_name(name: str, full: str) -> bool:
    """Return whether a name is one of the company with a full name: the beginning of it, or its initials."""
    words, all_words = name.split(), full.split()
    if name.isupper() and name != full:
        return (
            _SHORTEST <= len(name) <= _ACRONYM
            and name.casefold() != all_words[0].casefold()
            and is_acronym(name.replace("&", ""), all_words)
        )
    same = [word.casefold() for word, other in zip(words, all_words, strict=False) if word.casefold() == other.casefold()]
    if not same or same[0] != words[0].casefold() or any(word.islower() and word not in _SMALL for word in words):
        return False
    if len(same) == len(words):
        return len(name) > _SHORTEST and name.casefold() != "the"
    return len(words) > 1 and not (len(name) in _CUT and full.casefold().startswith(name.casefold()))


def _listed() -> dict[str, str]:
    entries: dict[str, str] = {}
    for row in csv.DictReader((DATA / "companies.csv").open(encoding="utf-8")):
        for name in (row["name"], *filter(None, row["aliases"].split("|"))):
            entries.setdefault(name_key(name), row["name"])
    return entries


def _is_weak(name: str) -> bool:
    """Return whether a name needs evidence: a short acronym, or words that mean something else too."""
    return (name.isupper() and len(name) <= _ACRONYM) or (name.count(" ") < _LONG and _is_common(name))


def _is_usable(name: str, firsts: Counter[str]) -> bool:
    """Return whether a name can mean one company only: an acronym, or a name that is neither ordinary words nor the name of a group."""
    if name.isupper() and " " not in name:
        return True
    return not _is_common(name) and (" " in name or firsts[name.casefold()] <= 1)


def _is_common(name: str) -> bool:
    """Return whether all words of a name are words of the language, given names or places."""
    return (" " not in name and name.casefold() in _places()) or all(
        word in _ordinary() or not word.isalpha() for word in name.casefold().split()
    )


@cache
def _ordinary() -> frozenset[str]:
    """Return words of the language, in lower case."""
    return frozenset((DATA / "words.txt").read_text(encoding="utf-8").split())


@cache
def _places() -> frozenset[str]:
    """Return given names and places, in lower case."""
    lines = ((DATA / name).read_text(encoding="utf-8").splitlines() for name in ("first_names.txt", "places.csv", "cities.csv"))
    return frozenset(line.split(",")[0].casefold() for of_file in lines for line in of_file)


if __name__ == "__main__":
    main()
