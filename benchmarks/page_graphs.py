"""Graphs of invented news for the page's benchmark, with the places that the page gives their things."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections import Counter
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import newsgraph
from generate import write
from newsgraph.explorer import Payload, payload

FEW = 500  # neighbours: of a thing that has fewer, the budget tells how soon it is shown


@dataclass(frozen=True)
class Drawn:
    """A graph as the page holds it: the page's data, and the first block of it unpacked."""

    data: Payload

    @cached_property
    def core(self) -> dict[str, Any]:
        """Give the block that `CorePayload` of the viewer describes."""
        found: dict[str, Any] = json.loads(gzip.decompress(self.data.core))
        return found

    @property
    def size(self) -> int:
        """Count the nodes that the page holds."""
        return len(self.core["nodes"]["label"])

    @cached_property
    def edges(self) -> list[tuple[int, int]]:
        """List the edges as pairs of node numbers."""
        return [pair for group in self.core["edges"] for pair in zip(accumulate(group["source"]), group["target"], strict=True)]

    def linked(self, count: int) -> list[tuple[str, int, int]]:
        """Name companies that are linked with fewer than 500 things, those with the most links first: IRI, number, neighbours."""
        around: dict[int, set[int]] = {}
        for one, other in self.edges:
            around.setdefault(one, set()).add(other)
            around.setdefault(other, set()).add(one)
        companies = next((kind["count"] for kind in self.core["kinds"] if kind["name"] == "company"), 0)  # they come first
        articles = self.size - next((kind["count"] for kind in self.core["kinds"] if kind["name"] == "article"), 0)
        found = []
        for node in range(companies):
            near = around.get(node, set())
            told = {other for article in near if article >= articles for other in around[article] if other < articles}
            many = len((near | told) - {node})
            if many < FEW:
                found.append((self.core["nodes"]["iri"][node], node, many))
        return sorted(found, key=lambda one: (-one[2], one[1]))[:count]

    def word(self) -> str:
        """Give a word that many labels have, to be searched for."""
        words = Counter(word for label in self.core["nodes"]["label"] for word in label.split() if word.isalpha() and len(word) > 5)  # noqa: PLR2004
        return words.most_common(1)[0][0].lower() if words else "company"


def drawn(documents: int, folder: Path) -> Drawn:
    """Build the graph of so many mixed documents, or take it from the folder, where all that is made is kept."""
    built = folder / f"graph-{documents}"
    if not (built / "tables").is_dir():
        news = folder / f"news-{documents}"
        write(news, documents, mixed=True)
        newsgraph.build(news, extractor="rules").write(built, formats=[])
    kept = built / f"page-{_version()}.json"
    if not kept.is_file():
        tables = newsgraph.load(built).tables
        made = payload(tables)
        kept.write_text(json.dumps({**asdict(made), "core": _text(made.core), "texts": _text(made.texts)}), encoding="utf-8")
    fields = json.loads(kept.read_text(encoding="utf-8"))
    return Drawn(Payload(base64.b64decode(fields["core"]), base64.b64decode(fields["texts"]), fields["title"], fields["summary"]))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _version() -> str:
    """Name what decides on places and numbers, so that kept pages are never older than it."""
    source = Path(newsgraph.__file__).parent / "explorer"
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(source.glob("*.py"))))
    return digest.hexdigest()[:12]
