"""News as flat JSON, for tools that map tables: articles, topics, images and relations, with the keys that join them.

Usage: python benchmarks/flat_news.py DOCUMENTS FOLDER
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import yaml

from newsgraph.core.iris import digest, slug

Row = dict[str, Any]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def write_flat(documents: Path, folder: Path) -> None:
    """Read the front matter of a folder of documents, and write a JSON file for each table into another."""
    folder.mkdir(parents=True, exist_ok=True)
    tables: dict[str, list[Row]] = defaultdict(list, {name: [] for name in ("articles", "topics", "images", "relations")})
    for path in sorted(documents.glob("*.md")):
        page = yaml.load(path.read_text(encoding="utf-8").split("---\n")[1], _LOADER)  # noqa: S506 - a safe loader, the fast one if there is one
        main = _add(tables, page)
        tables["relations"] += [{"main": main, "other": _add(tables, one)} for one in page.get("related") or ()]
    for name, rows in tables.items():
        (folder / f"{name}.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def _add(tables: dict[str, list[Row]], one: Row) -> str:
    key = digest(one["webUrl"])
    title, excerpt = one["title"], one.get("excerpt") or ""
    text = f"{title}\n{excerpt}" if excerpt else title
    tables["articles"].append({
        "id": key, "title": title, "excerpt": excerpt or None, "published": f"{one['publishedDateTime']:%Y-%m-%dT%H:%M:%SZ}", "url": one["webUrl"],
        "category": one.get("category"), "quality": one.get("quality"), "heat": one.get("heat"),
        "provider": one["provider"]["name"], "domain": one["provider"]["domain"], "text": text, "length": len(text),
    })  # fmt: skip
    tables["topics"] += [{"article": key, "name": name, "slug": slug(name)} for name in one.get("topics") or ()]
    tables["images"] += [{"article": key, "number": number, **image} for number, image in enumerate(one.get("images") or (), 1)]
    return key


if __name__ == "__main__":
    write_flat(Path(sys.argv[1]), Path(sys.argv[2]))
