"""The domains of news agencies, which newsrooms and wires name without one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.yaml_tree import read_yaml


@cache
def _agencies() -> Mapping[str, str]:
    text = (files("newsgraph") / "data" / "news_agencies.yaml").read_text(encoding="utf-8")
    tree = read_yaml(text, ProblemNotes("news_agencies.yaml"))
    return {name.upper(): str(domain) for name, domain in tree.items()} if isinstance(tree, dict) else {}


def agency_domain(name: str) -> str | None:
    """Return the domain of a news agency by its name or its short name; None if it is not in `data/news_agencies.yaml`.

    >>> agency_domain("Agence France-Presse"), agency_domain("Harbor Ledger")
    ('afp.com', None)
    """
    return _agencies().get(name.upper().removeprefix("THE ").replace("-", " "))
