"""How newsgraph reads feeds beside feedparser: feeds and entries that each finds, and entries a CPU second.

Usage: python benchmarks/feeds.py FOLDER [--misses]

FOLDER has feeds in files (`*.xml`, searched below it), such as `tests/wellformed` of https://github.com/kurtmckee/feedparser (BSD licence).
These are third parties' and no part of this project. An entry counts for newsgraph if it gave an article; one without a title and a text
gives a problem, which counts as a line.
"""

from __future__ import annotations

import argparse
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from newsgraph.ingest.document_parser import parse_document


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="list the files with entries of which newsgraph says nothing")
    options = parser.parse_args()
    files = {path.relative_to(options.folder).as_posix(): path.read_bytes() for path in sorted(options.folder.rglob("*.xml"))}
    start = time.process_time()
    theirs = {name: _entries(data) for name, data in files.items()}
    of_theirs = time.process_time() - start
    start = time.process_time()
    ours = {name: parse_document(data, name) for name, data in files.items()}
    of_ours = time.process_time() - start
    full = [name for name, count in theirs.items() if count]
    silent = [name for name in full if not ours[name][0] and not ours[name][1]]
    print(f"{len(files)} files, {len(full)} of them with entries by feedparser")
    print(f"feedparser: {sum(theirs.values())} entries, {len(files) / of_theirs:.0f} files a CPU second")
    articles = sum(len(found) for found, _ in ours.values())
    named = sum(1 for name in full if not ours[name][0] and ours[name][1])
    given = len(full) - named - len(silent)
    print(f"newsgraph: {articles} articles, {len(files) / of_ours:.0f} files a CPU second")
    print(f"of the files with entries: {given} gave articles, {named} a line, {len(silent)} neither")
    if options.misses:
        print("\n".join(silent))


def _entries(data: bytes) -> int:
    feedparser: Any = import_module("feedparser")
    return len(feedparser.parse(data).entries)


if __name__ == "__main__":
    main()
