"""The last line of defence: an error that nobody foresaw costs one article or document, names it, and leaves the others as they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

import newsgraph
from folders import titled
from newsgraph.cli.app import main
from newsgraph.core.model import Article
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.ingest.raw_record import SourceFile
from newsgraph.pipeline.graph_build import BuildOptions, build

TITLES = {f"n{number}": f"Nokia buys Alcatel {number}" for number in range(5)} | {"poison": "Acme grows", "after": "Sanofi buys Owkin"}


def raises_for(name: str, call: Callable[..., object]) -> Callable[..., object]:
    """Return a function that fails for one document, as a mistake of the program would."""

    def spoilt(subject: Article | SourceFile, *rest: object) -> object:
        if (subject.name if isinstance(subject, SourceFile) else subject.source) == f"{name}.json":
            raise ZeroDivisionError(hex(id(subject)))
        return call(subject, *rest)

    return spoilt


def test_a_text_that_raises_costs_its_own_facts_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = import_module("newsgraph.extract.extractors")
    monkeypatch.setattr(reader, "read_text", raises_for("poison", reader.read_text))
    folder = titled(tmp_path / "in", **TITLES)
    graph = build([folder], BuildOptions(extractor="rules"))
    rows = graph["problems"].select("source", "field", "what").rows()
    assert rows == [("poison.json", "text", "the text cannot be read for names and events: ZeroDivisionError in extract/extractors.py")]
    assert graph["articles"].height == len(TITLES)
    assert {"Nokia", "Sanofi", "Owkin"} <= set(graph["companies"]["name"])
    result = CliRunner().invoke(main, ["build", str(folder), "-o", str(tmp_path / "out"), "--extractor", "rules", "-q", "-f", "turtle"])
    assert result.exit_code == 1
    assert result.output.startswith("left out: poison.json: text: the text cannot be read for names and events: ")
    problems: list[str] = []
    assert len(list(newsgraph.read_articles(folder, extractor="rules", problems=problems))) == len(TITLES)
    assert [line.split(":")[0] for line in problems] == ["poison.json"]


def test_a_document_that_raises_is_left_out_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parser = import_module("newsgraph.ingest.document_parser")
    monkeypatch.setattr(parser, "read_records", raises_for("poison", parser.read_records))
    folder = titled(tmp_path / "in", **TITLES)
    result = CliRunner().invoke(main, ["build", str(folder), "-o", str(tmp_path / "out"), "--extractor", "rules", "-q", "-f", "turtle"])
    assert result.exit_code == 1
    assert result.output == (
        "left out: poison.json: document: cannot be read further: ZeroDivisionError in ingest/document_parser.py. "
        "Please report this fault of newsgraph, with the document if you may\n"
    )
    assert newsgraph.load(tmp_path / "out").tables["articles"].height == len(TITLES) - 1
    assert json.loads((tmp_path / "out" / "report.json").read_bytes())["totals"]["lost"]["documents"] == 1


def test_want_of_memory_is_no_fault_of_a_document(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def exhausted(_article: Article, _phrases: object) -> ArticleText:
        raise MemoryError

    monkeypatch.setattr("newsgraph.extract.extractors.read_text", exhausted)
    with pytest.raises(MemoryError):
        build([titled(tmp_path / "in", a="Acme grows")], BuildOptions(extractor="rules"))
