"""How files of newsrooms are read: ninjs, NewsML, NITF and wire texts that give articles, that are named, and that are passed over in silence.

Usage: python benchmarks/newsroom_items.py FOLDER... [--list]

FOLDER has files such as the examples of https://github.com/iptc/newsinjson or `tests/io/fixtures` of
https://github.com/superdesk/superdesk-core (AGPL; for measuring only). These are third parties' and no part of this project. A file is read
as a build reads it: those of no form are passed over, and named in the account of a build. An item of ninjs is expected to give an
article if it is a map with an address (`uri`), is of type text or of none, and has a headline or a body.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from newsgraph.ingest.dialects.dialect import HEAD
from newsgraph.ingest.dialects.registry import dialect_of
from newsgraph.ingest.document_parser import parse_document


def main() -> None:
    """Print the dialects with their files, articles and files that are named; then what is neither."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--list", action="store_true", help="list what each file without an article is said to be")
    options = parser.parse_args()
    files = [path for folder in options.folders for path in sorted(folder.rglob("*")) if path.is_file() and ".git" not in path.parts]
    counts: dict[str, Counter[str]] = {}
    for path in files:
        data = path.read_bytes()
        dialect = dialect_of(data[:HEAD], path.name)
        count = counts.setdefault(dialect.name if dialect else "no form of news", Counter())
        count["files"] += 1
        if dialect is None:
            continue
        articles, problems = parse_document(data, path.name)
        expected = dialect.name == "ninjs" and is_article(data)
        count.update({"articles": len(articles), "with": bool(articles), "named": bool(problems) and not articles})
        count.update({"silent": not articles and not problems, "expected": expected, "missed": expected and not articles})
        if options.list and not articles:
            print(f"{'EXPECTED ' if expected else ''}{path}: {problems[0].line() if problems else 'nothing is said'}")
    print(
        f"{len(files)} files\n{'':<18} {'files':>5} {'with an article':>15} {'articles':>8} {'only named':>10} {'silent':>6} {'missed':>6}"
    )
    for name, count in sorted(counts.items(), key=lambda row: -row[1]["files"]):
        print(
            f"{name:<18} {count['files']:>5} {count['with']:>15} {count['articles']:>8} {count['named']:>10} {count['silent']:>6} "
            + (f"{count['missed']:>3} of {count['expected']}" if count["expected"] else "")
        )


def is_article(data: bytes) -> bool:
    """Return whether a file is an item of ninjs that its schema calls a text, with words in it."""
    try:
        item = json.loads(data)
    except ValueError:
        return False
    words = ("headline", "headlines", "body_text", "body_xhtml", "bodies")
    return isinstance(item, dict) and "uri" in item and item.get("type", "text") == "text" and any(item.get(name) for name in words)


if __name__ == "__main__":
    main()
