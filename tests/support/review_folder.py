"""A folder whose graph leaves one question of each kind open, and every file that a build of it writes."""

from __future__ import annotations

import json
from pathlib import Path

from newsgraph.export import EXPORTERS, write
from newsgraph.pipeline.graph_build import BuildOptions, build

RULES = BuildOptions(extractor="rules")
TITLES = {
    "a": ("Zorvex Technologies acquires Quimbal Labs Inc. for $40 million", 1),
    "b": ("Zorvex Inc. opens an office", 2),
    "c": ("Zorvex Inc. hires two people", 3),
    "d": ("Plandor Inc. raises $10 million", 1),
    "e": ("Plandor Inc. raises $12 million", 2),
    "f": ("Plandor Inc. raises $10 million from a fund", 3),
    "g": ("Delta Inc. (NYSE: DAL), an airline, buys Hextrum Inc.", 4),
    "h": ("Delta Inc. (NYSE: DLT), a drugmaker, partners with Wolvane Inc.", 5),
}


def news(folder: Path) -> Path:
    """Write the documents, each of an outlet of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (title, day) in TITLES.items():
        told = {"title": title, "webUrl": f"https://{name}.example/{name}", "publishedDateTime": f"2024-05-{day:02}T06:00:00Z"}
        provider = {"name": name.upper(), "domain": f"{name}.example"}
        (folder / f"{name}.json").write_text(json.dumps(told | {"provider": provider}), encoding="utf-8")
    return folder


def built(folder: Path, output: Path) -> dict[str, bytes]:
    """Build a folder in all formats and give every file's bytes."""
    write(build([folder], RULES), output, EXPORTERS)
    return {str(path.relative_to(output)): path.read_bytes() for path in sorted(output.rglob("*")) if path.is_file()}
