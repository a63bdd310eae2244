"""Which country, or state of the US, a place is in: cities, states and countries as texts write them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def country_names() -> Mapping[str, str]:
    """Return the country of each place (`FI`, `US-CA`), by its name in lower case."""
    countries: dict[str, str] = {}
    for name in ("cities.csv", "nations.csv"):
        text = (files("newsgraph") / "data" / name).read_text(encoding="utf-8")
        countries |= {word.casefold(): country for word, country in list(csv.reader(text.splitlines()))[1:]}
    return countries
