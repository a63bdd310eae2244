"""Training from the repository: our own texts can be read, sources are listed in full, and each thing is made by one command."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from newsgraph.score import read_annotated, read_texts

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "training"))

from fit_evidence import difference  # noqa: E402 - scripts, not a package
from make import steps_of  # noqa: E402
from measure_rules import RULES, Count, fit_confidences, read_confidences, with_confidences  # noqa: E402
from third_party import TEXTS, read_labels, read_manifest  # noqa: E402

MARKS = {"COMPANY", "ORG", "PERSON", "PLACE", "PRODUCT", "MONEY", "PERCENT", "DATE"}
MARKED = {"synthetic-1": 700, "synthetic-2": 700, "synthetic-3": 450, "synthetic-4": 450}
ARTICLES = {"business": 73, "deals": 63, "law": 65, "technology": 59, "mixed": 95}
IDS = {"mixed": "own-a"}  # how ids of a file begin, where not with its name


@pytest.mark.parametrize(("name", "count"), MARKED.items())
def test_our_marked_texts_can_be_read(name: str, count: int) -> None:
    path = TEXTS / "marked" / f"{name}.jsonl"
    records = read_texts(path)
    assert len(records) == len(read_annotated([path])) == count
    assert set(re.findall(r"\[[^\[\]|]+\|([^\]]*)\]", path.read_text(encoding="utf-8"))) <= MARKS
    assert not [record["part"] for record in records if re.search(r"\|[A-Z]+\]", record["title"] + record["excerpt"])]


@pytest.mark.parametrize(("name", "count"), ARTICLES.items())
def test_labels_of_our_articles_are_words_of_the_article(name: str, count: int) -> None:
    articles = [json.loads(line) for line in (TEXTS / "articles" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [article["id"] for article in articles] == [f"{IDS.get(name, name)}-{number:03}" for number in range(1, count + 1)]
    for article in articles:
        text = article["title"] + "\n\n" + article["body"]
        words = [surface for entity in article["entities"] for surface in entity["surfaces"]]
        words += [evidence for event in article["events"] for evidence in event["evidence"]]
        assert [word for word in words if word not in text] == [], article["id"]


def test_the_list_of_sources_is_complete() -> None:
    manifest = read_manifest()
    for source in manifest.sources.values():
        assert source.address.startswith("https://"), source.name
        assert source.licence, source.name
        assert source.about, source.name
        assert source.use in {"train", "measure"}, source.name
        assert not (source.is_folder and source.sha256), source.name
        one_by_one = source.is_folder or source.form  # texts that have a digest each
        assert one_by_one or source.sha256, source.name
        assert re.fullmatch("([0-9a-f]{64})?", source.sha256), source.name
    assert [each.name for each in manifest.sets] == ["real-1.jsonl", "news-a.jsonl"]
    for each in manifest.sets:
        assert re.fullmatch("[0-9a-f]{64}", each.sha256), each.name
        assert each.without, each.name


@pytest.mark.parametrize(("name", "count"), [("real-1", 450), ("news-a", 102)])
def test_labels_hold_places_in_texts_and_no_text(name: str, count: int) -> None:
    labels, sources = read_labels(TEXTS / "labels" / f"{name}.jsonl"), read_manifest().sources
    assert len({label["text"] for label in labels}) == len(labels) == count
    for label in labels:
        assert sources[label["text"].partition(":")[0]].use == "train", label["text"]
        assert re.fullmatch("[0-9a-f]{16}", label["digest"]), label["text"]
        assert label.keys() <= {"text", "digest", "glued", "marks", "events", "record"}, label["text"]
        for row in (row for rows in label.get("record", {}).values() if isinstance(rows, list) for row in rows):
            places = [*row.get("surfaces", ()), *([row["evidence"]] if "evidence" in row else ())]
            assert all(isinstance(number, int) for place in places for number in place), label["text"]
        for marks in label.get("marks", ()):
            ends = [0, *(end for _, end, _ in marks)]
            assert all(end <= start < after for end, (start, after, _) in zip(ends, marks, strict=False)), label["text"]


def test_third_parties_texts_stay_out_of_the_repository() -> None:
    assert "/training/texts/third_party/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_confidences_are_set_without_touching_anything_else() -> None:
    rules = RULES.read_text(encoding="utf-8")
    before = read_confidences(rules)
    assert len(before) == rules.count("{id: ")
    assert with_confidences(rules, before) == rules
    changed = with_confidences(rules, {"acquires": 0.15})
    assert read_confidences(changed) == before | {"acquires": 0.15}
    assert len(changed.splitlines()) == len(rules.splitlines())


def test_a_rule_is_drawn_towards_the_share_of_all_rules_and_a_rare_one_is_left() -> None:
    counts = {"often": Count(90, 0, 0), "seldom": Count(5, 2, 3), "rare": Count(0, 0, 4), "wrong": Count(0, 6, 90)}
    # half of all reports, 95 of 200, are right: (90 + 4.75) / 100, (5 + 4.75) / 20, (0 + 4.75) / 106
    assert fit_confidences(counts) == {"often": 0.95, "seldom": 0.5, "wrong": 0.05}


def test_weights_are_compared_with_those_shipped() -> None:
    shipped = {"a": ("0.10", 5), "b": ("1.00", 9), "c": ("0.00", 7)}
    assert difference(dict(shipped), shipped) == "the same as shipped, all 3 weights"
    assert difference({"a": ("0.10", 6), "b": ("0.40", 9), "d": ("0.00", 7)}, shipped) == (
        "1 of 2 weights are the same as shipped, 1 differ by no more than 0.05, the most by 0.60 (b); 1 signs are new, 1 are gone"
    )


@pytest.mark.parametrize("thing", ["tagger", "evidence", "evidence-tagged", "confidences"])
def test_each_thing_is_made_by_scripts_that_exist(thing: str, tmp_path: Path) -> None:
    steps = steps_of(thing, tmp_path, 1)
    assert steps
    assert all((ROOT / step[0]).is_file() for step in steps)
    assert all(str(ROOT / "src") not in part for step in steps for part in step)
