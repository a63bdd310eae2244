"""Which currency a mark of several countries means in a text: a dollar sign in a paper of Toronto, crowns, pesos.

Countries are known by their places, people, exchanges and authorities (`data/country_words.csv` has those that are no places).
`data/local_currencies.csv` lists for each such mark the currency by country. Its first row is that of the country that is meant where a
text names no other (the dollar sign is that of the US), or has no country where none is (crowns).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from newsgraph.extract.text.country_names import country_names

_LEAST, _NAMES_LEAST = 3, 2  # places of another country and names of them from which on a sign is the other's
_TIMES = 2  # as many as places of the usual country, at least
_NAMES = re.compile(r"(?<![^\W_])(?!\d)[^\W\d_a-z][\w.]*(?: (?!\d)[^\W\d_a-z][\w.]*)*")  # words with a capital, one behind the other
_EXPLICIT = {"$": "US$"}  # a text that writes this means another country by the bare sign


class Currencies:
    """The currencies of a text: what its marks mean is looked for when the first of them is asked for."""

    def __init__(self, clean: str) -> None:
        """Store the cleaned text."""
        self._clean = clean
        self._places: Counter[str] | None = None
        self._names: Counter[str] = Counter()
        self._known: dict[str, str] = {}

    def of(self, mark: str, usual: str) -> str:
        """Return the currency of a mark, `usual` if it means one alone; empty if the text does not tell.

        >>> Currencies("Ottawa pays for it, says Canada's minister in Toronto. It costs $5m.").of("$", "USD")
        'CAD'
        """
        by_country = _currencies().get(mark)
        if by_country is None:
            return usual
        if mark not in self._known:
            self._known[mark] = self._local(mark, by_country)
        return self._known[mark]

    @staticmethod
    def of_nation(nation: str, mark: str, usual: str) -> str:
        """Return the currency that a mark means behind a nation's name or adjective; empty if that country has none of that name.

        >>> [Currencies.of_nation(nation, mark, usual) for nation, mark, usual in (("Omani", "rials", "IRR"), ("Thai", "baht", "THB"))]
        ['OMR', 'THB']
        """
        country = _places().get(nation.casefold())
        by_country = _currencies().get(mark)
        if country is None or by_country is None:
            return usual if country else ""
        return by_country.get(country, "")

    def _local(self, mark: str, by_country: Mapping[str, str]) -> str:
        if self._places is None:
            self._places, self._names = _countries_named(self._clean)
        places = self._places
        first, *others = by_country
        best = max(others, key=lambda country: (places[country], country))
        if not first:
            tied = sum(places[country] == places[best] for country in others) > 1
            return "" if tied else by_country[best]
        explicit = _EXPLICIT.get(mark)
        if places[best] and explicit is not None and explicit in self._clean:
            return by_country[best]
        is_about = places[best] >= _LEAST and self._names[best] >= _NAMES_LEAST
        return by_country[best if is_about and places[best] >= _TIMES * places[first] else first]


@cache
def _currencies() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for mark, country, currency in _rows("local_currencies.csv"):
        found.setdefault(mark, {})[country] = currency
    return found


@cache
def _places() -> Mapping[str, str]:
    own = {word.casefold(): country for word, country in _rows("country_words.csv")}
    return {word: country.partition("-")[0] for word, country in (dict(country_names()) | own).items()}


def _countries_named(clean: str) -> tuple[Counter[str], Counter[str]]:
    """Count the places of each country in a text, and their different names; of names within each other the longest counts."""
    places, longest = _places(), _most_words()
    found: Counter[str] = Counter()
    names: dict[str, str] = {}
    for run in _NAMES.finditer(clean):
        words = run.group().split(" ")
        at = 0
        while at < len(words):
            for count in range(min(longest, len(words) - at), 0, -1):
                name = " ".join(words[at : at + count])
                country = places.get(name.casefold()) or places.get(name.casefold().rstrip("."))
                if country:
                    found[country] += 1
                    names[name.rstrip(".")] = country
                    at += count - 1
                    break
            at += 1
    return found, Counter(names.values())


@cache
def _most_words() -> int:
    return max(name.count(" ") + 1 for name in _places())


def _rows(name: str) -> list[list[str]]:
    return list(csv.reader((files("newsgraph") / "data" / name).read_text(encoding="utf-8").splitlines()))[1:]
