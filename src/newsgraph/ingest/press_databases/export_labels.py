"""How press databases label the parts of an article, from `data/press_exports.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.yaml_tree import read_yaml

_FILE = "press_exports.yaml"


@dataclass(frozen=True, slots=True)
class ExportLabels:
    """Labels in lower case, each with the part of an article that it names; words for "words" and "edition"; tags of languages."""

    nexis: Mapping[str, str]
    factiva: Mapping[str, str]
    words: frozenset[str]
    editions: frozenset[str]
    languages: Mapping[str, str]


@cache
def export_labels() -> ExportLabels:
    """Return the labels that come with newsgraph."""
    lists: Any = read_yaml((files("newsgraph") / "data" / _FILE).read_text(encoding="utf-8"), ProblemNotes(_FILE))
    nexis, factiva = ({str(label): part for part, labels in lists[name].items() for label in labels or ()} for name in ("nexis", "factiva"))
    words, editions = (frozenset(map(str, lists[name])) for name in ("words", "editions"))
    return ExportLabels(nexis, factiva, words, editions, {str(name): str(tag) for name, tag in lists["languages"].items()})
