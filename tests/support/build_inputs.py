"""Documents for builds: made, changed, renamed and deleted, and the bytes of what a build writes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.export import EXPORTERS, write

NAMES = ["Sanofi", "Owkin", "Nvidia", "Nokia", "Toyota", "Zorvex Systems Inc."]


def document(number: int) -> dict[str, object]:
    """Make one document; some tell of one event, some list others as related."""
    one, other = NAMES[number % 3], NAMES[3 + number % 3]
    return {
        "title": f"{one} buys {other} for ${number % 4 + 1} million",
        "excerpt": f"{one}&#8217;s deal, number {number}, was told on Tuesday.",
        "publishedDateTime": f"2024-05-{number % 20 + 1:02}T06:00:00Z",
        "webUrl": f"https://www.outlet{number % 5}.example/story/{number}?utm_source=x",
        "provider": {"name": f"Outlet {number % 5}", "domain": f"outlet{number % 5}.example"},
        "topics": ["AI", "AI in Farming"][: number % 3],
        "images": [{"url": f"https://img.example/{number}.png", "width": 10, "height": 20}],
        "related": [
            {
                "title": f"{other} is sold to {one}",
                "webUrl": f"https://outlet{number % 5}.example/story/{(number * 7) % 24}",
                "publishedDateTime": "2024-05-03",
            }
        ],
    }


def documents(folder: Path, numbers: Iterable[int]) -> Path:
    """Write documents into a folder in the given order."""
    for number in numbers:
        file = folder / f"sub{number % 3}" / f"d{number:02}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(document(number)), encoding="utf-8")
    return folder


def written(graph: GraphTables, folder: Path) -> dict[str, bytes]:
    """Export a graph in all formats and give every file's bytes."""
    write(graph, folder, EXPORTERS)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


DECISIONS = """
- same: [Nvidia, Nokia]
  who: me
  when: 2024-05-01
  why: for a test
- not_a_company: Toyota
"""


def changed(number: int) -> dict[str, object]:
    """Make the document of a number as it is after a change."""
    return {**document(number + 1), "webUrl": document(number)["webUrl"], "topics": ["Changed"]}


def path_of(folder: Path, number: int) -> Path:
    return folder / f"sub{number % 3}" / f"d{number:02}.json"


def add(folder: Path, number: int) -> None:
    documents(folder, [number])


def change(folder: Path, number: int) -> None:
    if path_of(folder, number).is_file():
        path_of(folder, number).write_text(json.dumps(changed(number)), encoding="utf-8")


def rename(folder: Path, number: int) -> None:
    """Move a document to where another may lie."""
    if path_of(folder, number).is_file():
        path_of(folder, (number + 3) % 12).parent.mkdir(exist_ok=True)
        path_of(folder, number).replace(path_of(folder, (number + 3) % 12))


def delete(folder: Path, number: int) -> None:
    path_of(folder, number).unlink(missing_ok=True)


def rule(folder: Path, number: int) -> None:
    """Change what people decided, or which names are ignored."""
    (folder / "decisions.yaml").write_text(DECISIONS if number % 2 else "[]\n", encoding="utf-8")
    (folder / "ignore.txt").write_text("Owkin\n" if number % 3 else "Nobody\n", encoding="utf-8")


def slow_documents(folder: Path) -> Path:
    """Make a folder of documents that take a while to read."""
    documents(folder, range(16))
    for path in folder.rglob("*.json"):
        told = json.loads(path.read_text())
        path.write_text(json.dumps(told | {"body": "Sanofi said on Monday that it had bought Owkin for $5 million. " * 150}))
    return folder
