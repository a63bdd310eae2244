"""The files of words and patterns: the shipped ones are read, and a damaged one is named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from newsgraph.core.errors import InputError
from newsgraph.extract.events import report_rules
from newsgraph.extract.events.report_rules import load_report_rules
from newsgraph.extract.text import word_lists
from newsgraph.extract.text.word_lists import read_word_lists, read_yaml


@dataclass(frozen=True)
class Lists:
    """The lists of a file."""

    colours: frozenset[str]
    marks: frozenset[str]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Read data files from a folder of the test's own."""
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(word_lists, "files", lambda _: tmp_path)
    return tmp_path / "data"


def test_a_file_becomes_sets_of_words(data: Path) -> None:
    (data / "a.yaml").write_text("# which\ncolours: >\n  red green\n  no\nmarks: >\n  , & -\n", encoding="utf-8")

    assert read_word_lists("a.yaml", Lists) == Lists(frozenset({"red", "green", "no"}), frozenset({",", "&", "-"}))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("colours: red\n", "a.yaml: has missing or unknown lists: marks"),
        ("colours: red\nmarks: x\nshapes: round\n", "a.yaml: has missing or unknown lists: shapes"),
        ("colours: red blue red\nmarks: x\n", "a.yaml: colours: holds words twice: red"),
        ("- red\n", "a.yaml: is not a mapping"),
    ],
)
def test_a_damaged_file_says_what_is_wrong(data: Path, content: str, message: str) -> None:
    (data / "a.yaml").write_text(content, encoding="utf-8")

    with pytest.raises(InputError, match=message):
        read_word_lists("a.yaml", Lists)


def test_the_plain_loader_reads_the_shipped_files_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = read_yaml("context_words.yaml")
    monkeypatch.setattr(word_lists, "_Loader", yaml.SafeLoader)

    assert read_yaml("context_words.yaml") == quick


def test_types_exclude_each_other_in_either_order() -> None:
    rules = load_report_rules()

    assert rules.excludes("investment", "acquisition")
    assert rules.excludes("acquisition", "investment")
    assert not rules.excludes("acquisition", "layoff")


def test_an_unknown_event_type_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_rules, "EVENT_TYPES", {"lawsuit": None})
    load_report_rules.cache_clear()
    try:
        with pytest.raises(InputError, match="unknown event types: acquisition, approval"):
            load_report_rules()
    finally:
        load_report_rules.cache_clear()
