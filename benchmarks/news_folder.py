"""Folders of generated documents by the number of articles in them: made once where they are kept, changed a little for a rebuild."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generate import documents

_A_DOCUMENT = 5  # articles that a plain document has on average: the main one and those that it lists as related
_A_MIXED = 4.4  # and one of mixed news, copies included


@dataclass(frozen=True, slots=True)
class News:
    """A folder of documents: how many, how many records of articles they hold, and how many bytes."""

    folder: Path
    documents: int
    articles: int
    bytes: int


@contextmanager
def workplace(kept: Path | None) -> Iterator[Path]:
    """Give the folder that documents are made in: one that is kept, or one for this run."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with TemporaryDirectory(prefix="newsgraph-") as name:
        yield Path(name)


def news(place: Path, articles: int, *, mixed: bool = False) -> News:
    """Give a folder of documents with about so many articles; one that is there already is taken."""
    folder = place / f"news-{articles}{'-mixed' if mixed else ''}"
    if not folder.is_dir():
        partial = folder.with_suffix(".partial")
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        for name, text in documents(max(round(articles / (_A_MIXED if mixed else _A_DOCUMENT)), 1), mixed=mixed):
            (partial / name).write_text(text, encoding="utf-8")
        partial.rename(folder)
    texts = [path.read_bytes() for path in folder.iterdir()]
    return News(folder, len(texts), sum(text.count(b"webUrl:") for text in texts), sum(map(len, texts)))


@contextmanager
def copy_of(made: News) -> Iterator[Path]:
    """Give a copy that may be changed, beside the folder; files are linked, so that a million cost little."""
    with TemporaryDirectory(prefix="copy-", dir=made.folder.parent) as name:
        copy = Path(name) / made.folder.name
        shutil.copytree(made.folder, copy, copy_function=os.link)
        yield copy


def change(folder: Path, count: int) -> int:
    """Change so many documents, spread evenly: the title of every other one, and one more related article in the rest; give how many."""
    paths = sorted(folder.iterdir())
    chosen = [paths[number * len(paths) // count] for number in range(count)] if count < len(paths) else paths
    for number, path in enumerate(chosen):
        text = path.read_text(encoding="utf-8")
        path.unlink()  # the file itself belongs to the folder that this one is a copy of
        path.write_text(_longer(text, number) if number % 2 else text.replace('title: "', 'title: "Update: ', 1), encoding="utf-8")
    return len(chosen)


def _longer(text: str, number: int) -> str:
    """Add a related article: another outlet's words on what the first article tells."""
    title = text.partition('title: "')[2].partition('"')[0]
    fields = (
        f"title: {json.dumps(f'{title} after weeks of talks')}", 'excerpt: "Nobody in the trade had expected it."', "publishedDateTime: 2021-06-01T12:00:00Z",
        f'webUrl: "https://www.lateherald.example/2021/06/{number}"', "type: article", "provider:", "  name: Late Herald", "  domain: lateherald.example",
    )  # fmt: skip
    head, end = text.rstrip().removesuffix("---"), "---\n"
    return f"{head}  - {fields[0]}\n" + "".join(f"    {field}\n" for field in fields[1:]) + end
