"""Names of the states of the US by their ISO 3166-2 codes, for places where a person reads; browsers know only countries."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def us_state_names() -> Mapping[str, str]:
    """Return the names by code.

    >>> us_state_names()["US-PA"]
    'Pennsylvania'
    """
    text = (files("newsgraph") / "data" / "us_states.csv").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}
