"""Documents by chance: bytes of real ones that were changed, and records of nasty values. The chance is the same in every run."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from folders import wrong_offsets
from hostile_documents import light_documents
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.shacl.validation import check
from rounds import rounds

_PIECES = (
    b"",
    b"\x00",
    b"\xff",
    b"\n",
    b"---\n",
    b'"',
    b"{",
    b"[",
    b"]",
    b": ",
    b"- ",
    b"\\u",
    b"9" * 50,
    b"\xed\xa0\x80",
    b"&#x110000;",
    b"*a",
    b"!!",
)
_SOURCES = sorted(path for path in (ROOT / "examples" / "news").rglob("*") if path.suffix in {".md", ".json", ".yaml", ".txt", ".jsonl"})
_TEXTS = (
    "Sanofi buys Owkin for $5 million", "Nokia, Nvidia and Toyota", "said on Monday", "&amp;", "\u202e", "\x00", "$", "1,000,000,000,000,000", "Inc.", "(NYSE: ABC)",
    "\n\n", '"', "'s", "\ud800", "Acme Inc. (Acme)", "2024", "next year", "%", "🙂", "", " " * 50, "<b>", "https://x.example/",
)  # fmt: skip
_FIELDS = (
    "title",
    "excerpt",
    "body",
    "webUrl",
    "originalUrl",
    "publishedDateTime",
    "provider",
    "topics",
    "images",
    "related",
    "type",
    "quality",
    "x",
)


def _changed_bytes(chance: random.Random) -> tuple[str, bytes]:
    source = chance.choice(_SOURCES)
    data = bytearray(source.read_bytes())
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data) + 1)
        data[at : at + chance.randint(0, 12)] = chance.choice(_PIECES)
    return source.suffix, bytes(data)


def _value(chance: random.Random, depth: int = 0) -> object:
    kind = chance.randrange(9 if depth < 3 else 6)
    if kind < 4:
        return "".join(chance.choices(_TEXTS, k=chance.randint(1, 6)))
    if kind < 6:
        return chance.choice((None, True, 0, -1, 1e308, 10**30, 0.1))
    if kind < 8:
        return [_value(chance, depth + 1) for _ in range(chance.randint(0, 4))]
    return {chance.choice(_FIELDS): _value(chance, depth + 1) for _ in range(chance.randint(0, 4))}


def _record(chance: random.Random) -> tuple[str, bytes]:
    record = {field: _value(chance) for field in _FIELDS if chance.random() < 0.5}
    record["title"] = "".join(chance.choices(_TEXTS, k=4))
    return ".json", json.dumps(record).encode()


@pytest.mark.parametrize("make", [_changed_bytes, _record], ids=["bytes", "values"])
@pytest.mark.parametrize("seed", range(rounds(1, 40)))
def test_no_document_ends_a_build_or_goes_without_a_word(
    make: Callable[[random.Random], tuple[str, bytes]], seed: int, tmp_path: Path
) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    names = []
    for number in range(50):
        extension, data = make(chance)
        names.append(f"{number:03}{extension}")
        (tmp_path / names[-1]).write_bytes(data)
    graph = build([tmp_path], BuildOptions(extractor="rules"))
    assert sorted(set(names) - {*graph["article_sources"]["source"], *graph["problems"]["source"]}) == []
    assert wrong_offsets(graph) == []
    assert [finding.line() for finding in check(graph)] == []
    assert not graph["problems"].filter(graph["problems"]["what"].str.contains(r"Error in |cannot be read for")).height


def test_the_sources_are_there() -> None:
    assert len(_SOURCES) > 5
    assert light_documents()
