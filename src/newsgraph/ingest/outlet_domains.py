"""The domains of agencies and newspapers, which wires, press databases and newsrooms name without one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.yaml_tree import read_yaml


@cache
def _domains() -> Mapping[str, str]:
    text = (files("newsgraph") / "data" / "outlet_domains.yaml").read_text(encoding="utf-8")
    tree = read_yaml(text, ProblemNotes("outlet_domains.yaml"))
    return {name.upper(): str(domain) for name, domain in tree.items()} if isinstance(tree, dict) else {}


def outlet_domain(name: str) -> str | None:
    """Return the domain of an agency or a newspaper by its name; None if it is not in `data/outlet_domains.yaml`.

    >>> outlet_domain("Agence France-Presse"), outlet_domain("Harbor Ledger")
    ('afp.com', None)
    """
    return _domains().get(name.upper().removeprefix("THE ").replace("-", " "))
