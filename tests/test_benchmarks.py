"""The benchmarks run, at a size that costs nothing; their figures are for the machine they run on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from newsgraph.ingest import find_documents, read_document

ROOT = Path(__file__).parent.parent


def run(script: str, *arguments: str) -> str:
    """Run a benchmark and give what it prints."""
    command = [sys.executable, str(ROOT / "benchmarks" / script), *arguments]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def test_generated_news_are_the_same_for_the_same_seed_only(tmp_path: Path) -> None:
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        run("generate.py", str(tmp_path / name), "--documents", "5", "--seed", seed)
    assert texts(tmp_path / "a") == texts(tmp_path / "b") != texts(tmp_path / "c")


def test_generated_news_are_read_without_a_problem(tmp_path: Path) -> None:
    run("generate.py", str(tmp_path / "a"), "--documents", "20")
    readings = [read_document(document) for document in find_documents([tmp_path / "a"])[0]]
    assert [problem for _, problems, _ in readings for problem in problems] == []
    assert sum(len(articles) for articles, _, _ in readings) > 20


def test_extraction_is_timed(tmp_path: Path) -> None:
    run("generate.py", str(tmp_path / "news"), "--documents", "3")
    lines = run("extract_speed.py", str(tmp_path / "news"), "--articles", "20", "--rounds", "1").splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["texts", "generated", "news"]


def test_a_build_is_measured_with_each_stage() -> None:
    text = run("build_memory.py", "--articles", "30")
    assert [name for name in ("peak, MB", "in ingest, %", "in extract, %", "in resolve, %", "in export, %") if name not in text] == []


def test_writers_are_measured_beside_their_peers() -> None:
    text = run("peers.py", "--documents", "3")
    assert "Turtle: rdflib" in text
    assert "Turtle and tables: newsgraph" in text


def test_errors_of_texts_held_out_are_never_listed(tmp_path: Path) -> None:
    rows = [
        {
            "title": f"[Qorvalis{n} Inc.|COMPANY] waits",
            "excerpt": "",
            "events": [{"type": "ipo", "subject": f"Qorvalis{n}", "object": None}],
        }
        for n in range(40)
    ]
    (tmp_path / "texts.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    listed = [line for line in run("quality.py", str(tmp_path), "--errors", "100").splitlines() if ".jsonl, line" in line]
    assert 20 <= len({line.split(":")[0] for line in listed}) < 40


def test_people_places_and_products_are_measured(tmp_path: Path) -> None:
    row = {
        "title": "[Microsoft|COMPANY] CEO [Satya Nadella|PERSON] visits [Lyon|PLACE]",
        "excerpt": "[Nadella|PERSON] spoke of the [iPhone 13|PRODUCT] and went on to [Zzyzx|PLACE], he said.",
        "events": [],
    }
    (tmp_path / "texts.jsonl").write_text(json.dumps(row), encoding="utf-8")
    lines = run("named_things.py", str(tmp_path / "texts.jsonl")).splitlines()[1:]
    assert {line.split()[-6]: line.split()[-3:-1] for line in lines} == {"people": ["1", "0"], "places": ["1", "1"], "products": ["1", "0"]}
