"""Write the pages that fundus once tested its parsers with and replaced by newer ones, for `web_pages.py`: nothing here was fitted on them.

Usage: python benchmarks/former_pages.py REPOSITORY FOLDER

REPOSITORY is a clone of https://github.com/flairNLP/fundus (MIT licence) with its history. Pages whose expectations were not kept in the
form of today, and pages that are still among the tests under another name, are left out. The older ones have a title and a day, but no
text; one without an expected text counts as right. The pages are third parties' and no part of this
project.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

_TESTS = "tests/resources/parser/test_data"
_DAY_IN_NAME = re.compile(r"_\d{4}_\d\d_\d\d\.html\.gz$")


def main() -> None:
    """Write a folder for each page, with its expectation and its address."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("repository", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    count = 0
    for count, (name, page, expected, address) in enumerate(former_pages(options.repository), 1):
        place = options.folder / f"{count:03}"
        place.mkdir(parents=True)
        (place / name).write_bytes(page)
        (place / f"{_DAY_IN_NAME.sub('', name)}.json").write_text(json.dumps({"V1": expected}), encoding="utf-8")
        (place / "meta.info").write_text(json.dumps({name: {"url": address}}), encoding="utf-8")
    print(f"{count} pages")


def former_pages(repository: Path) -> Iterator[tuple[str, bytes, object, str]]:
    """Yield name, packed page, expectation and address of each page that was removed or replaced, the latest first."""
    known = {line.split()[2] for line in _git(repository, "ls-tree", "-r", "HEAD", _TESTS).decode().splitlines()}
    change = ""
    for line in (
        _git(repository, "log", "--diff-filter=DM", "--no-renames", "--format=C %H", "--name-only", "--", _TESTS).decode().splitlines()
    ):
        if line.startswith("C "):
            change = line[2:]
        elif line.endswith(".html.gz") and (found := _before(repository, f"{change}^", PurePosixPath(line), known)):
            yield found


def _before(repository: Path, change: str, path: PurePosixPath, known: set[str]) -> tuple[str, bytes, object, str] | None:
    """Return a page as it was at a change, and add it to those that are known; None if it is known, or is not all there."""
    outlet = _DAY_IN_NAME.sub("", path.name)
    listed = [line.split(maxsplit=3) for line in _git(repository, "ls-tree", change, f"{path.parent}/").decode().splitlines()]
    blobs = {PurePosixPath(place).name: blob for _, _, blob, place in listed}
    names = sorted(name for name in blobs if _DAY_IN_NAME.search(name) and _DAY_IN_NAME.sub("", name) == outlet)
    if path.name not in names or blobs[path.name] in known or not {f"{outlet}.json", "meta.info"} <= blobs.keys():
        return None
    known.add(blobs[path.name])
    expected, addresses = (json.loads(_git(repository, "cat-file", "blob", blobs[name])) for name in (f"{outlet}.json", "meta.info"))
    if len(expected) != len(names) or path.name not in addresses:
        return None
    version = sorted(expected)[names.index(path.name)]
    return path.name, _git(repository, "cat-file", "blob", blobs[path.name]), expected[version], str(addresses[path.name]["url"])


def _git(repository: Path, *arguments: str) -> bytes:
    return subprocess.run(["git", "-C", str(repository), *arguments], check=True, capture_output=True).stdout


if __name__ == "__main__":
    main()
