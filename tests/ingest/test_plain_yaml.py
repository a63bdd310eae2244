"""The quick reader of plain YAML: whatever it reads, PyYAML reads as the same, and it leaves all else to PyYAML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsgraph.ingest.encoding import clean
from newsgraph.ingest.plain_yaml import read_plain
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.yaml_tree import YamlError, read_any

CORPORA = Path(__file__).parents[3] / "shared" / "corpus"

PIECES = [
    "a", "b", ": ", ":", " ", "  ", "\n", "\n  ", "\n    ", "- ", "-", '"', "'", "\\", '\\"', "''", "#", " #", "null", "~", "1", "-1", ".", "[", "]",
    "{", ",", "&a ", "*a", "!x ", "|", ">", "%", "@", "`", "? ", "<<: ", "=", "é", "\xa0", "title: ", "---", "...", "\t", "- k: ", "\n- ", "\nk: ", "\nj:",
    "\n  - ", "\r", "\u3000", "\u2028", "\x85", "\ufeff", "0x1", "10:30", "NO", "http://a/b", "010", "2021-13-45",
]  # fmt: skip
INDENTS, STARTS = st.sampled_from(["", "", "  ", "    ", " "]), st.sampled_from(["", "- ", "-   ", "- - "])
NAMES = st.sampled_from(["", "k: ", "k:", "j: ", "m:", "title: ", '"k": '])
VALUES = st.one_of(
    st.sampled_from(
        [
            "",
            "v",
            "'v'",
            '"v"',
            '"it\'s"',
            "'it''s'",
            "null",
            "-1",
            "a b",
            "a:b",
            "a: b",
            "a #b",
            "a#b",
            "[a]",
            "|",
            "*a",
            "&a v",
            "!!str 1",
        ]
    ),
    st.text(max_size=6),
)


def same(text: str) -> bool:
    """Tell whether a text was plain; it must then be what PyYAML makes of it, without a note."""
    plain, notes = read_plain(text), ProblemNotes("a.md")
    if plain is None:
        return False
    assert read_any(text, notes) == plain
    assert notes.problems == []
    return True


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_mixed_signs_of_yaml_are_read_as_pyyaml_reads_them_or_not_at_all(text: str) -> None:
    same(text)


@given(st.lists(st.tuples(INDENTS, STARTS, NAMES, VALUES).map("".join), max_size=7).map("\n".join))
def test_lines_of_maps_and_lists_are_read_as_pyyaml_reads_them_or_not_at_all(text: str) -> None:
    same(text)


@given(st.dictionaries(st.sampled_from(["title", "excerpt", "webUrl", "heat"]), st.text(max_size=20), min_size=1))
def test_quoted_texts_are_read_as_pyyaml_reads_them_or_not_at_all(fields: dict[str, str]) -> None:
    escaped = {name: clean(value).replace("\\", "\\\\").replace('"', '\\"') for name, value in fields.items()}
    text = "".join(f'{name}: "{value}"\n' for name, value in escaped.items())
    try:
        same(text)
    except YamlError:
        pytest.fail(f"read what PyYAML refuses: {text!r}")


@pytest.mark.parametrize(
    "text",
    ["a: &x 1", "a: *x", "a: !x 1", "<<: 1", "a: 1\na: 2", "a: [1]", "a: {b: 1}", "a: |\n  b", "a: b\n  c", "a: 1 # b", "a: 1\n---\nb: 2", "a:\tb",
     "a: b: c", "? a", "a", "- - a", 'a: "\\x41"', "- a\nb: c", "a: b\n  c: d", "  a: 1\nb: 2", "\ufeffa: 1", ""],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_pyyaml(text: str) -> None:
    assert read_plain(text) is None


def test_front_matter_of_the_seeds_shape_is_plain() -> None:
    text = (
        'category: news\ntitle: "A \\"small\\" step: 1"\nheat: -1\npublished: NO\n\nprovider:\n  name: O\'Reilly\n  domain: oreilly.com\n\n'
        "topics:\n  - AI\n  - 'It''s'\nrelated:\n- title: B\n  images:\n    - url: https://a.example/b?c=d#e\n      width: 010\n- title: C\n  topics:\n"
    )

    assert read_plain(text) == {
        "category": "news", "title": 'A "small" step: 1', "heat": "-1", "published": "NO", "provider": {"name": "O'Reilly", "domain": "oreilly.com"},
        "topics": ["AI", "It's"],
        "related": [{"title": "B", "images": [{"url": "https://a.example/b?c=d#e", "width": "010"}]}, {"title": "C", "topics": None}],
    }  # fmt: skip
    assert same(text)


@pytest.mark.skipif(not CORPORA.is_dir(), reason="needs the corpora")
def test_most_documents_of_the_corpora_are_plain() -> None:
    texts = [path.read_text(encoding="utf-8") for path in CORPORA.rglob("*") if path.suffix in {".md", ".txt"}]
    fronts = [parts[1] for text in texts if len(parts := re.split(r"^---\n", text, maxsplit=2, flags=re.MULTILINE)) > 1]

    assert sum(map(same, fronts)) > 0.8 * len(fronts)
