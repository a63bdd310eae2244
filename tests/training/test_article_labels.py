"""Labels of third parties' articles hold places, not words, and make the annotated article again; shown with invented texts."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

from article_labels import article_label, article_record, main, place_of
from third_party import TEXTS, Json, read_labels, read_manifest

ARTICLE: Json = {
    "id": "bbc-901", "source": "bbc:business/900", "title": "Ostra sells a third of its mills", "published": "2005-01-15",
    "outlet": "BBC News", "kind": "page",
    "body": "MostRare of Oslo – Ostra said – pays £3m for six mills.\n\nThe sellers, two “old” funds, and Ostra agreed in May. Ms Lund stays.",
    "entities": [
        {"name": "Ostra", "kind": "company", "surfaces": ["Ostra"], "weight": "subject"},
        {"name": "MostRare", "kind": "company", "surfaces": ["MostRare", "Rare"], "weight": "party"},
        {"name": "Oslo", "kind": "place", "surfaces": ["Oslo"]},
        {"name": "Ida Lund", "kind": "person", "surfaces": ["Lund"]},
    ],
    "events": [
        {"type": "acquisition", "roles": {"acquirer": "MostRare", "seller": ["Ostra", "two “old” funds", "a third seller"]},
         "status": "completed", "when": "2004-05", "background": True, "amounts": [{"value": 3e6, "currency": "GBP", "of": "price"}],
         "percent": 33.3, "count": 6, "part": "six mills", "evidence": ["MostRare of Oslo – Ostra said – pays £3m for six mills."]},
        {"type": "appointment", "roles": {"person": "Ida Lund"}, "status": "announced", "when": None, "background": False,
         "part": "all of it", "evidence": ["Ms Lund stays.", "Ostra sells a third of its mills"]},
    ],
}  # fmt: skip
HEADLINE: Json = {
    "id": "real-x", "source": "uci:1", "title": "Ostra wins", "published": "2014-03-11", "outlet": "", "kind": "headline", "body": "",
    "entities": [], "events": [],
}  # fmt: skip
WIRE: Json = {**HEADLINE, "id": "real-y", "source": "finentity:1", "title": "", "body": "  Ostra wins  ", "kind": "wire"}
COUNTS = {
    "bbc-1": 520,
    "bbc-2": 508,
    "bbc-3": 297,
    "aeb": 146,
    "fundus": 9,
    "wikinews": 159,
    "sentfin": 2001,
    "uci": 523,
    "reuters": 483,
    "reuters-headlines-1": 1400,
    "reuters-headlines-2": 2240,
    "guardian-headlines": 919,
    "cnbc": 100,
    "finentity": 101,
    "sentifm": 135,
    "sentivent": 172,
    "second": 119,
}
OWN_WORDS = 33  # parties and parts in our own words, of all files
LABEL_FIELDS = {"text", "digest", "id", "published", "outlet", "kind", "entities", "events"}
EVENT_FIELDS = {"type", "roles", "status", "when", "background", "amounts", "percent", "count", "part", "evidence"}


@pytest.mark.parametrize("article", [ARTICLE, HEADLINE, WIRE], ids=lambda article: str(article["id"]))
def test_labels_and_text_make_the_article_again(article: Json) -> None:
    label = json.loads(json.dumps(article_label(article)))
    again = article_record(label, (article["title"], article["body"]))
    assert json.dumps(again) == json.dumps(article)  # also in the order of fields


def test_labels_hold_no_words_but_names_and_our_own() -> None:
    label = article_label(ARTICLE)
    assert label["entities"] == [
        ["company", "Ostra", [[0, 5]], "subject"],
        ["company", "MostRare", [[34, 42], [38, 42]], "party"],
        ["place", "Oslo", [[46, 50]]],
        ["person", "Ida Lund", [[149, 153]]],
    ]
    first, second = label["events"]
    assert first["roles"] == {"acquirer": 1, "seller": [0, {"at": [104, 119]}, "a third seller"]}
    assert (first["part"], second["part"]) == ({"at": [79, 88]}, "all of it")
    assert second["evidence"] == [[146, 160], [0, 32]]


def test_places_are_those_of_whole_words_if_there_are_any() -> None:
    assert place_of("Rare", "MostRare, Rare") == [10, 14]
    assert place_of("Rare", "MostRare") == [4, 8]
    with pytest.raises(ValueError, match="substring not found"):
        place_of("Oslo", "MostRare")


def test_labels_are_written_by_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    annotated = tmp_path / "annotated.jsonl"
    annotated.write_text("".join(json.dumps(each) + "\n" for each in (WIRE, HEADLINE, ARTICLE)), encoding="utf-8")
    for options in ([], ["--name", "second.jsonl"]):
        monkeypatch.setattr(sys, "argv", ["article_labels.py", str(annotated), "--out", str(tmp_path / "labels"), *options])
        main()
    assert capsys.readouterr().out.splitlines() == [
        "bbc.jsonl: 1 texts", "uci.jsonl: 1 texts", "finentity.jsonl: 1 texts", "second.jsonl: 3 texts",
    ]  # fmt: skip
    assert read_labels(tmp_path / "labels" / "bbc.jsonl") == [article_label(ARTICLE)]
    assert read_labels(tmp_path / "labels" / "second.jsonl") == [article_label(each) for each in (ARTICLE, HEADLINE, WIRE)]


def test_surfaces_that_are_not_in_the_text_are_refused() -> None:
    with pytest.raises(ValueError, match="substring not found"):
        article_label({**HEADLINE, "entities": [{"name": "Oslo", "kind": "place", "surfaces": ["Oslo"]}]})


def test_every_set_of_articles_has_labels_and_a_use() -> None:
    manifest = read_manifest()
    assert {each.name: len(manifest.labels_of_articles(each)) for each in manifest.articles} == {
        f"{name}.jsonl": count for name, count in COUNTS.items()
    }
    assert {path.name for path in (TEXTS / "labels" / "articles").iterdir()} == {each.name for each in manifest.articles}
    for each in manifest.articles:
        assert re.fullmatch("[0-9a-f]{64}", each.sha256), each.name
        sources = {label["text"].partition(":")[0] for label in manifest.labels_of_articles(each)}
        assert all(manifest.sources[name].form for name in sources), each.name
        if each.learned_from:
            assert {manifest.sources[name].use for name in sources} == {"train"}, each.name


@pytest.mark.parametrize("name", COUNTS)
def test_shipped_labels_have_the_form(name: str) -> None:
    labels = read_labels(TEXTS / "labels" / "articles" / f"{name}.jsonl")
    assert len({label["text"] for label in labels}) == len({label["id"] for label in labels}) == COUNTS[name]
    for label in labels:
        assert label.keys() == LABEL_FIELDS, label["id"]
        assert re.fullmatch("[0-9a-f]{16}", label["digest"]), label["id"]
        places = [place for _, _, places, *_ in label["entities"] for place in places]
        for event in label["events"]:
            assert event.keys() <= EVENT_FIELDS, label["id"]
            places += event["evidence"]
            places += [filler["at"] for filler in fillers(event) if isinstance(filler, dict)]
            assert all(filler < len(label["entities"]) for filler in fillers(event) if isinstance(filler, int)), label["id"]
        assert all(0 <= start < end for start, end in places), label["id"]


def test_hardly_a_role_is_in_words() -> None:
    labels = [label for name in COUNTS for label in read_labels(TEXTS / "labels" / "articles" / f"{name}.jsonl")]
    words = [filler for label in labels for event in label["events"] for filler in fillers(event) if isinstance(filler, str)]
    assert len(words) == OWN_WORDS
    assert max(map(len, words)) < 60


def fillers(event: Json) -> Iterator[object]:
    """Yield what fills the roles and the part of an event."""
    for filler in (*event["roles"].values(), *([event["part"]] if "part" in event else ())):
        yield from filler if isinstance(filler, list) else [filler]
