"""After three articles are added to a thousand, a brief names what these tell and nothing else."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from newsgraph.brief.news_brief import news_brief
from newsgraph.export.parquet import read_tables
from newsgraph.history.build_records import read_records
from newsgraph.pipeline.folder_build import build_into
from newsgraph.pipeline.graph_build import BuildOptions

sys.path.insert(0, str(ROOT / "benchmarks"))
from generate import documents

_ADDED = [
    ("Quillmark Robotics acquires Ternbridge Foods for $75 million", "Quillmark Robotics has acquired Ternbridge Foods for $75 million."),
    (
        "Quillmark Robotics buys Ternbridge Foods in $75 million deal",
        "Ternbridge Foods has been bought by Quillmark Robotics for $75 million.",
    ),
    ("Ternbridge Foods sues Ashwell Mining over a port", "Ternbridge Foods sues Ashwell Mining."),
]


@pytest.mark.skipif(not (ROOT / "benchmarks").exists(), reason="a source archive has no benchmarks")
def test_a_brief_of_three_articles_beside_a_thousand_names_what_is_new_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, text in documents(250, mixed=True):
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    output, options = tmp_path / "out", BuildOptions(extractor="rules")
    build_into(output, [tmp_path / "in"], options, ["parquet"])
    assert read_tables(output)["articles"].height > 950
    articles = [
        {
            "title": title,
            "excerpt": excerpt,
            "webUrl": f"https://harbourwire.example/{number}",
            "publishedDateTime": f"2031-01-02T0{number}:00:00Z",
        }
        for number, (title, excerpt) in enumerate(_ADDED)
    ]
    (tmp_path / "in" / "added.json").write_text(json.dumps(articles), encoding="utf-8")
    build_into(output, [tmp_path / "in"], options, ["parquet"])

    brief = news_brief(read_tables(output), read_records(output), "last-build")
    labels = {section.heading: sorted(entry.label for entry in section.entries) for section in brief.sections}
    assert labels == {
        "New events": ["Quillmark Robotics acquires Ternbridge Foods for $75M", "Ternbridge Foods sues Ashwell Mining"],
        "New companies": ["Ashwell Mining", "Quillmark Robotics", "Ternbridge Foods"],
        "New stories": ["Quillmark Robotics acquires Ternbridge Foods for $75 million"],
    }
