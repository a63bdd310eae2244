"""Where an edge is from that no sentence states, in words: from a list that ships with newsgraph, from the documents' own fields, from a rule.

`data/edge_origins.csv` has the words for each kind of edge and rule; the command `why` and the page both use them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@cache
def edge_origins() -> Mapping[tuple[str, str], str]:
    """Return the words by kind of edge and rule; the rule is empty for edges that have none.

    >>> edge_origins()["parent", "listed"]
    "from newsgraph's list of companies"
    """
    text = (files("newsgraph") / "data" / "edge_origins.csv").read_text(encoding="utf-8")
    return MappingProxyType({(row["kind"], row["rule"]): row["words"] for row in csv.DictReader(text.splitlines())})
