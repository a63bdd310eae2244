"""Where web pages say what they are about, from `data/page_cues.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.yaml_tree import read_yaml

_FILE = "page_cues.yaml"


@dataclass(frozen=True, slots=True)
class PageCues:
    """Names of meta tags by field, in the order in which they count, and other cues; all in lower case but the types."""

    article_types: tuple[str, ...]
    title: tuple[str, ...]
    excerpt: tuple[str, ...]
    link: tuple[str, ...]
    published: tuple[str, ...]
    modified: tuple[str, ...]
    outlet: tuple[str, ...]
    topics: tuple[str, ...]
    section: tuple[str, ...]
    authors: tuple[str, ...]
    language: tuple[str, ...]
    image: tuple[str, ...]
    date_classes: tuple[str, ...]
    title_marks: tuple[str, ...]
    stub_cues: tuple[str, ...]


@cache
def page_cues() -> PageCues:
    """Return the lists that come with newsgraph."""
    tree = read_yaml((files("newsgraph") / "data" / _FILE).read_text(encoding="utf-8"), ProblemNotes(_FILE))
    lists = tree if isinstance(tree, dict) else {}
    return PageCues(**{field.name: tuple(str(word) for word in lists[field.name] or ()) for field in fields(PageCues)})
