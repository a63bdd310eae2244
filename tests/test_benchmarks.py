"""The benchmarks run, at a size that costs nothing; their figures are for the machine they run on."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from chromium import NAMES
from conftest import shared
from newsgraph.export import write
from newsgraph.ingest import find_documents, read_document
from newsgraph.pipeline.graph_build import build

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


def test_planted_news_and_their_truth_are_the_same_for_the_same_seed_only(tmp_path: Path) -> None:
    known = [
        run("planted.py", str(tmp_path / name), "--stories", "20", "--seed", seed) for name, seed in (("a", "1"), ("b", "1"), ("c", "2"))
    ]
    assert texts(tmp_path / "a") == texts(tmp_path / "b") != texts(tmp_path / "c")
    assert known[0] == known[1] != known[2]
    plain = json.loads(run("planted.py", str(tmp_path / "d"), "--stories", "20", "--plain"))
    assert not any(value for name, value in plain.items() if name != "deals")
    assert len(json.loads(known[0])["communities"]) == 3


def test_generated_news_are_read_without_a_problem(tmp_path: Path) -> None:
    run("generate.py", str(tmp_path / "a"), "--documents", "20")
    readings = [read_document(document) for document in find_documents([tmp_path / "a"])[0]]
    assert [problem for _, problems, _ in readings for problem in problems] == []
    assert sum(len(articles) for articles, _, _ in readings) > 20


def truths(folder: Path, *options: str) -> list[dict[str, Any]]:
    """Generate documents and give what is true of their articles."""
    run("generate.py", str(folder / "news"), "--truth", str(folder / "truth.jsonl"), *options)
    return [json.loads(line) for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()]


def told(folder: Path) -> dict[str, str]:
    """Give the text of each generated article by its address."""
    records = [article for document in find_documents([folder])[0] for article in read_document(document)[0]]
    return {article.url or "": article.text for article in records}


@pytest.mark.parametrize("options", [(), ("--mixed",)], ids=["plain", "mixed"])
def test_the_truth_tells_of_each_article_once(tmp_path: Path, options: tuple[str, ...]) -> None:
    known = truths(tmp_path, "--documents", "60", *options)
    assert sorted(row["url"] for row in known) == sorted(told(tmp_path / "news"))


@pytest.mark.parametrize("options", [(), ("--mixed",)], ids=["plain", "mixed"])
def test_names_of_the_truth_stand_in_the_texts(tmp_path: Path, options: tuple[str, ...]) -> None:
    known = truths(tmp_path, "--documents", "60", *options)
    texts_by_url = told(tmp_path / "news")
    names = [(row["url"], name) for row in known for name, _ in row["companies"]]
    assert len(names) > 100
    assert [(url, name) for url, name in names if name not in texts_by_url[url]] == []


def test_mixed_news_are_the_same_for_the_same_seed(tmp_path: Path) -> None:
    for name in ("a", "b"):
        run("generate.py", str(tmp_path / name), "--documents", "20", "--mixed")
    assert texts(tmp_path / "a") == texts(tmp_path / "b")


def test_about_15_percent_of_mixed_news_are_copies_of_earlier_articles(tmp_path: Path) -> None:
    known = {row["url"]: row for row in truths(tmp_path, "--documents", "600", "--mixed")}
    copies = [row for row in known.values() if row["copy_of"]]
    assert 0.1 < len(copies) / len(known) < 0.2
    assert [row for row in copies if known[row["copy_of"]]["story"] != row["story"]] == []


def test_stories_of_mixed_news_run_over_several_documents(tmp_path: Path) -> None:
    known = truths(tmp_path, "--documents", "60", "--mixed")
    assert len({row["story"] for row in known}) < 50


def test_companies_of_mixed_news_have_several_forms_of_name(tmp_path: Path) -> None:
    known = truths(tmp_path, "--documents", "60", "--mixed")
    forms: dict[str, set[str]] = {}
    for row in known:
        for name, company in row["companies"]:
            forms.setdefault(company, set()).add(name)
    assert max(map(len, forms.values())) >= 3
    assert any(name.isupper() for names in forms.values() for name in names)


def test_resolving_is_timed_and_compared_with_the_truth() -> None:
    lines = run("resolve_speed.py", "--articles", "60", "120", "--profile", "3").splitlines()
    rows = [line.split() for line in lines if not line.startswith("    ") or line.split()[0].isdigit()][2:]
    assert len(rows) == 2
    assert [float(row[-1]) for row in rows] == [1.0, 1.0]
    assert sum(".py:" in line for line in lines) == 6


def test_near_copies_are_measured_beside_libraries_that_are_there() -> None:
    text = run("copies.py", "--articles", "150", "--sample", "50")
    assert [name for name in ("numpy (ours)", "datasketch", "rensa") if name not in text] == []


@pytest.mark.parametrize(
    ("found", "true", "expected"),
    [("aab", "xxy", (1.0, 1.0, 1.0)), ("aaa", "xxy", (1 / 3, 1.0, 0.5)), ("abc", "xxy", (1.0, 0.0, 0.0)), ("abc", "xyz", (1.0, 1.0, 1.0))],
)
def test_groupings_are_compared_over_pairs(found: str, true: str, expected: tuple[float, float, float]) -> None:
    code = f"from truth import agreement; print(*agreement(zip({found!r}, {true!r})))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True)
    assert [float(one) for one in result.stdout.split()] == pytest.approx(expected)


def test_extraction_is_timed(tmp_path: Path) -> None:
    run("generate.py", str(tmp_path / "news"), "--documents", "3")
    lines = run("extract_speed.py", str(tmp_path / "news"), "--articles", "20", "--rounds", "1").splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["texts", "generated", "news"]


def test_writers_are_measured_beside_their_peers() -> None:
    text = run("peers.py", "--documents", "3")
    assert "Turtle: rdflib" in text
    assert "Turtle and tables: newsgraph" in text


def test_rdf_writers_are_compared_with_pyoxigraph(tmp_path: Path) -> None:
    run("generate.py", str(tmp_path / "in"), "--documents", "3")
    write(build([tmp_path / "in"]), tmp_path / "out", [])
    rows = [line.split(maxsplit=5) for line in run("rdf_writers.py", str(tmp_path / "out")).splitlines()[2:]]
    compared = {row[0]: row[5] for row in rows if row[1] == "pyoxigraph"}
    assert compared["ntriples"] == compared["nquads"] == "the same bytes"
    assert compared["trig"] == "other bytes, the same statements in the same order"


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


@pytest.mark.parametrize("more", [[], ["--bare"]], ids=["news", "bare"])
def test_the_map_benchmark_tells_time_and_what_is_covered(more: list[str]) -> None:
    lines = run("map_layout.py", "--nodes", "400", *more).splitlines()
    assert lines[1].split()[:3] == ["nodes", "links", "CPU"]
    nodes, _, _, regions, _, covered, *_ = lines[2].split()
    assert nodes == "400"
    assert int(regions) > 1
    assert covered == "0.00%"


def test_the_page_is_measured_beside_its_budgets(tmp_path: Path) -> None:
    if not any(shutil.which(name) for name in NAMES):
        pytest.skip("no Chromium here")
    text = run("page.py", "--documents", "3", "--folder", str(tmp_path), "--rounds", "1", "--only", "newsgraph")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")]
    assert [row[0].partition(":")[0] for row in rows[2:]] == ["newsgraph", "newsgraph, all kinds shown"]
    assert [dict(zip(rows[0], row, strict=True))["requests"] for row in rows[2:]] == ["0 <= 0", "0 <= 0"]


@pytest.mark.parametrize("module", ["force_graph", "cytoscape"])
def test_the_page_of_another_viewer_is_whole_in_itself(module: str) -> None:
    code = f"import page_viewers; print(len(page_viewers.bundle({module!r})))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True)
    if int(result.stdout) == 0:
        pytest.skip("no Node.js, or no packages: npm ci --ignore-scripts in benchmarks/viewers")
    assert int(result.stdout) > 100_000


def test_the_questions_are_asked_of_newsgraph_and_of_rdflib(tmp_path: Path) -> None:
    run("generate.py", str(tmp_path / "in"), "--documents", "4", "--mixed")
    write(build([tmp_path / "in"]), tmp_path / "out", [])
    printed = run("questions.py", str(tmp_path / "out"), "--rdflib", "--names", "investments", "timeline", "topics")
    assert "rdflib gives" not in printed
    assert "times as much" in printed


def test_the_line_is_measured_stage_by_stage_and_drawn(tmp_path: Path) -> None:
    figures, picture = tmp_path / "figures.json", tmp_path / "growth.svg"
    kept = ("--documents-kept", str(tmp_path / "kept"))
    text = run("line.py", "--articles", "20", "60", *kept, "--record", str(figures), "--picture", str(picture))
    steps = (
        "build",
        "build: nothing changed",
        "build: 4 documents changed",
        "build: 10 documents changed",
        "read",
        "resolve",
        "write turtle",
    )
    assert [step for step in steps if f"  {step}  " not in text] == []
    assert "not timed" not in text
    assert [one["who"] for one in json.loads(figures.read_text(encoding="utf-8"))] == ["newsgraph, rules"] * 2
    assert ET.fromstring(picture.read_text(encoding="utf-8")).tag.endswith("svg")  # noqa: S314 - our own file


def test_documents_that_are_kept_are_as_they_were_after_a_rebuild(tmp_path: Path) -> None:
    run("line.py", "--articles", "20", "--documents-kept", str(tmp_path / "kept"))
    run("generate.py", str(tmp_path / "new"), "--documents", "4")
    assert [path.name for path in (tmp_path / "kept").iterdir()] == ["news-20"]
    assert texts(tmp_path / "kept" / "news-20") == texts(tmp_path / "new")


def test_a_stage_that_is_no_more_is_told() -> None:
    code = "import stages; stages.STAGES['gone'] = ('newsgraph.pipeline.graph_build', ('gone',)); print(stages.wrap(stages.Book()))"
    result = subprocess.run([sys.executable, "-c", code], cwd=ROOT / "benchmarks", capture_output=True, text=True, check=True)
    assert result.stdout == "['gone: no gone in newsgraph.pipeline.graph_build']\n"


def test_a_script_that_only_copies_gives_the_same_declared_triples(tmp_path: Path) -> None:
    pytest.importorskip("frontmatter", reason="python-frontmatter is not installed")
    figures = tmp_path / "figures.json"
    text = run(
        "instead.py", "--documents", "3", "--only", "rdflib, Turtle", "newsgraph, none", "newsgraph, rules", "--record", str(figures)
    )
    assert text.count("the same triples") == 2
    assert {one["who"] for one in json.loads(figures.read_text(encoding="utf-8"))} == {
        "rdflib, Turtle",
        "newsgraph, none",
        "newsgraph, rules",
    }


def test_a_mapping_of_flat_news_gives_the_same_declared_triples() -> None:
    for module in ("frontmatter", "morph_kgc"):
        pytest.importorskip(module, reason="Morph-KGC wants an environment of its own")
    assert "the same triples" in run("instead.py", "--documents", "3", "--only", "rdflib, Turtle", "Morph-KGC")


def test_one_that_is_not_installed_is_told_and_passed_over() -> None:
    text = run("instead.py", "--documents", "1", "--only", "spaCy", "--pipeline", "no-such-pipeline")
    assert "spaCy: passed over" in text
    assert "no-such-pipeline is not installed" in text


def test_flat_news_hold_every_article_with_its_key(tmp_path: Path) -> None:
    run("generate.py", str(tmp_path / "in"), "--documents", "3")
    code = f"from pathlib import Path; from flat_news import write_flat; write_flat(Path({str(tmp_path / 'in')!r}), Path({str(tmp_path / 'out')!r}))"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT / "benchmarks", check=True)
    tables = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in (tmp_path / "out").iterdir()}
    assert sorted(row["url"] for row in tables["articles"]) == sorted(told(tmp_path / "in"))
    assert {row["other"] for row in tables["relations"]} < {row["id"] for row in tables["articles"]}


def test_communities_and_centrality_are_measured() -> None:
    lines = run("networks.py", "--documents", "4", "--samples", "5").splitlines()
    assert [line.partition("  ")[0] for line in lines[2:]] == ["communities (Louvain)", "PageRank", "betweenness, 5 samples"]


def test_only_articles_that_nothing_was_fitted_on_are_scored(tmp_path: Path) -> None:
    row = {"title": "Acme buys Bolt", "published": "2024-05-01", "body": "Acme Inc. buys Bolt Corp. for $5m.", "entities": [], "events": []}
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps({"id": f"a-{number}", **row}) + "\n" for number in range(1, 9)), encoding="utf-8")

    printed = run("articles_kept_aside.py", str(path), "--extractor", "rules")

    assert "2 of 8 articles" in printed  # a-3 and a-5
    assert re.search(r"companies .*\b4\b", printed)  # two wrong ones each, as none is annotated


def test_the_load_of_a_server_is_measured_for_each_kind_of_request(tmp_path: Path) -> None:
    pytest.importorskip("uvicorn", reason="install requirements-dev.txt")
    write(build([ROOT / "seeds"]), tmp_path / "output", ("parquet",))
    printed = run("server_load.py", str(tmp_path / "output"), "--clients", "2", "--requests", "6", "--endless", "5")
    rows = re.findall(r"^(why|page of an? [a-z]+|search|SPARQL) .*? +(\d+\.\d) +(\d+\.\d) +(\d+\.\d)", printed, re.MULTILINE)
    kinds = ["why", "page of a company", "page of an event", "page of a story", "search", "SPARQL"]
    assert [kind for kind, *_ in rows] == [*kinds, *kinds]
    assert all(float(median) <= float(late) <= float(most) for _, median, late, most in rows)
    assert "memory: server at most" in printed


def test_a_server_is_asked_for_different_things_as_far_as_there_are_any(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    write(build([ROOT / "examples" / "news"]), tmp_path / "output", ("parquet",))
    requests = import_module("server_requests").ServerRequests
    kinds = requests(tmp_path / "output", 5).of_kinds()
    assert all(len(paths) == len(set(paths)) == 5 for paths in kinds.values())
    assert requests(tmp_path / "output", 5).of_kinds() == kinds
    assert all(len(paths) == 500 for paths in requests(tmp_path / "output", 500).of_kinds().values())


def test_named_questions_are_measured_over_a_server_and_on_the_command_line(tmp_path: Path) -> None:
    pytest.importorskip("uvicorn", reason="install requirements-dev.txt")
    write(build([ROOT / "examples" / "news"]), tmp_path / "output", ("parquet",))
    printed = run("server_questions.py", str(tmp_path / "output"), "--names", "timeline")
    rows = re.findall(r"^timeline .*?((?: +\d+\.\d){4})$", printed, re.MULTILINE)
    assert len(rows) == 2


def test_questions_about_generated_news_are_answered_by_a_sentence_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    news = import_module("generate").write(tmp_path / "news", 40, 3, mixed=True)
    questions = import_module("generated_questions").generated_questions(news, 12)
    assert len({question.text for question in questions}) == 12
    for question in questions:
        texts = [(article.url, text) for article in news for text in (article.title, *article.excerpt.replace(". ", ".\n").split("\n"))]
        assert [url for url, text in texts if question.is_answered_by(url, text)]
        assert not question.is_answered_by("https://elsewhere.example/", texts[0][1])


def test_every_question_by_hand_points_at_a_sentence_of_an_article() -> None:
    folder = shared("articles")
    records = {row["id"]: row for path in folder.glob("*.jsonl") for row in map(json.loads, path.read_text("utf-8").splitlines())}
    with (ROOT / "benchmarks" / "texts" / "context_questions.csv").open(encoding="utf-8", newline="") as rows:
        questions = list(csv.DictReader(rows))
    assert len(questions) == 100
    for row in questions:
        words = records[row["article"]]["body"][int(row["start"]) : int(row["end"])]
        assert len(words) > 20
        assert words not in row["question"]
