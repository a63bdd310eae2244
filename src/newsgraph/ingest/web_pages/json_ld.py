"""Find the article that a page describes in JSON-LD, schema.org's vocabulary for search engines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from newsgraph.ingest.web_pages.page_cues import PageCues

Node = Mapping[str, object]

MAX_SCRIPTS = 60
MAX_LENGTH = 3_000_000  # characters of one script: live blogs hold whole days
MAX_NODES = 20_000
MAX_DEPTH = 12
_INTO = ("@graph", "mainEntity", "mainEntityOfPage", "@set", "item")
_TELLING = ("headline", "datePublished", "articleBody", "name")
_WRAPPING = re.compile(r"^\s*(?:<!\[CDATA\[|//<!\[CDATA\[|/\*<!\[CDATA\[\*/|<!--)|(?:/\*\]\]>\*/|//\]\]>|\]\]>|-->)\s*;?\s*$")
_COMMA = re.compile(r",(?=\s*[}\]])")


def article_node(scripts: Iterable[str], cues: PageCues, link: str = "") -> tuple[Node, Mapping[str, Node]]:
    """Return the node of the article, empty if there is none, and the nodes that have an `@id`.

    Of several articles it is the one whose address is `link`, the canonical link of the page, else the first one of the narrowest type:
    pages list other articles beside their own.
    """
    nodes = [node for script in list(scripts)[:MAX_SCRIPTS] for node in _nodes(_parse(script))][:MAX_NODES]
    named: dict[str, Node] = {}
    for node in nodes:
        identifier = node.get("@id")
        if isinstance(identifier, str) and len(node) > len(named.get(identifier, ())):
            named[identifier] = node
    articles = [node for node in nodes if rank(node, cues) and any(node.get(name) for name in _TELLING)]
    if not articles:
        return {}, named
    at = _plain_link(link)
    return min(articles, key=lambda node: (not (at and at in _links(node)), rank(node, cues))), named


def rank(node: Node, cues: PageCues) -> int:
    """Return the place of a node's type in the list of types of articles, from 1; 0 if it is none."""
    kinds = {kind.rpartition("/")[2] for kind in strings(node.get("@type"))}
    return next((number for number, kind in enumerate(cues.article_types, 1) if kind in kinds), 0)


def strings(value: object) -> list[str]:
    """Return a text, or the texts of a list."""
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def _links(node: Node) -> set[str]:
    """Return the addresses that a node has."""
    values = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    values += [value.get("@id") or value.get("url") for value in values if isinstance(value, Mapping)]
    return {_plain_link(value) for value in values if isinstance(value, str)} - {""}


def _plain_link(link: str) -> str:
    return link.partition("#")[0].partition("?")[0].rstrip("/").partition("://")[2].removeprefix("www.")


def _parse(script: str) -> object:
    """Parse a script; None if it is no JSON, even without wrapping and commas too many."""
    if len(script) > MAX_LENGTH:
        return None
    text = _WRAPPING.sub("", script).strip().removesuffix(";")
    for attempt in (text, _COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(tree: object) -> Iterator[Node]:
    """Yield the nodes of a tree in document order: those at the top, in lists and graphs, and main entities."""
    waiting: list[tuple[object, int]] = [(tree, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_DEPTH:
            continue
        if isinstance(value, list):
            waiting.extend((item, depth + 1) for item in reversed(value[:MAX_NODES]))
        elif isinstance(value, Mapping):
            yield value
            waiting.extend((value[name], depth + 1) for name in reversed(_INTO) if isinstance(value.get(name), (list, Mapping)))
