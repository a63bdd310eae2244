"""What each article says by itself: the form of the objects, offsets, files of annotated articles, the command, and errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import newsgraph
from conftest import ROOT
from newsgraph.cli.app import main
from newsgraph.core.vocabulary import EVENT_TYPES, ROLES

ARTICLES = ROOT / "training" / "texts" / "articles" / "technology.jsonl"
ENTITY = {"name", "kind", "surfaces", "spans", "confidence"}
EVENT = {
    "type", "roles", "status", "when", "background", "amounts", "percent", "count", "part", "evidence", "span", "rule", "confidence",
}  # fmt: skip
DEAL = {
    "id": "deal-1", "title": "Microsoft &amp; GitHub", "published": "2018-06-05", "outlet": "The Wire", "kind": "wire",
    "body": "Microsoft said on Monday it would buy GitHub for $7.5 billion.\n\nMicrosoft&#8217;s rival Google &#8211; once interested &#8211; is out.",
    "entities": [{"name": "Nobody", "kind": "company", "surfaces": ["Nobody"]}], "events": [],
}  # fmt: skip


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=["rules", "names"])
def articles(request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """Read whole articles, with either extractor."""
    return list(newsgraph.read_articles(ARTICLES, extractor=request.param))


def test_each_annotated_article_is_read_under_its_id(articles: list[dict[str, Any]]) -> None:
    rows = [json.loads(line) for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    facts = [(article["id"], article["title"], article["published"], article["outlet"]) for article in articles]
    assert facts == [(row["id"], row["title"], row["published"], row["outlet"]) for row in rows]
    assert all(row["body"] in article["text"] for article, row in zip(articles, rows, strict=True))


def test_an_object_has_the_keys_that_the_docs_list(articles: list[dict[str, Any]]) -> None:
    for article in articles:
        assert set(article) - {"passages"} == {"id", "title", "published", "outlet", "text", "entities", "events"}
        for entity in article["entities"]:
            assert set(entity) - {"weight"} == ENTITY
            assert ("weight" in entity) == (entity["kind"] in {"company", "organisation"})
        for event in article["events"]:
            assert set(event) == EVENT
            assert set(event["roles"]) <= set(EVENT_TYPES[event["type"]].roles)
            assert list(event["roles"]) == sorted(event["roles"], key=list(ROLES).index)
            assert event["roles"]


def test_spans_cut_the_surfaces_out_of_the_text(articles: list[dict[str, Any]]) -> None:
    for article in articles:
        for entity in article["entities"]:
            assert list(dict.fromkeys(article["text"][start:end] for start, end in entity["spans"])) == entity["surfaces"]
        for event in article["events"]:
            start, end = event["span"]
            assert all(words in article["text"][start:end] for words in event["evidence"])


def test_who_fills_a_role_of_an_agent_is_an_entity_or_words_of_the_text(articles: list[dict[str, Any]]) -> None:
    for article in articles:
        names = {entity["name"] for entity in article["entities"]}
        for event in article["events"]:
            fillers = [name for value in event["roles"].values() for name in (value if isinstance(value, list) else [value])]
            assert all(name in names or name in article["text"] for name in fillers)


def test_entities_of_html_do_not_move_offsets_and_annotations_are_not_read(tmp_path: Path) -> None:
    (article,) = newsgraph.read_articles(write(tmp_path / "a.jsonl", DEAL), extractor="rules")

    spans = {entity["name"]: [article["text"][start:end] for start, end in entity["spans"]] for entity in article["entities"]}
    assert spans == {"Microsoft": ["Microsoft", "Microsoft", "Microsoft"], "GitHub": ["GitHub", "GitHub"], "Google": ["Google"]}
    (event,) = article["events"]
    assert (event["roles"], event["status"], event["when"]) == ({"acquirer": "Microsoft", "target": "GitHub"}, "announced", "2018-06-04")
    assert event["amounts"] == [{"value": 7.5e9, "currency": "USD", "of": "price"}]


def test_a_text_without_a_headline_has_its_first_paragraph_as_one(tmp_path: Path) -> None:
    row = {"id": "x", "title": "", "published": "2018-06-05", "body": "Microsoft buys GitHub\n\nIt is done."}
    (article,) = newsgraph.read_articles([write(tmp_path / "a.jsonl", row)], extractor="rules")

    assert (article["title"], article["text"], article["outlet"]) == ("Microsoft buys GitHub", "Microsoft buys GitHub\n\nIt is done.", None)


def test_other_documents_have_their_link_as_id(tmp_path: Path) -> None:
    record = {"title": "Microsoft buys GitHub", "publishedDateTime": "2018-06-04T08:00:00Z", "originalUrl": "https://news.example/a"}
    (article,) = newsgraph.read_articles(write(tmp_path / "a.json", record), extractor="rules")

    assert (article["id"], article["published"]) == ("https://news.example/a", "2018-06-04")


def test_a_threshold_leaves_weak_companies_out_with_their_events(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", DEAL)
    (article,) = newsgraph.read_articles(file, extractor="rules", threshold=1)

    assert [entity["name"] for entity in article["entities"] if entity["kind"] == "company"] == ["Microsoft"]
    assert article["events"] == []


@pytest.mark.parametrize(
    ("body", "outlets"),
    [
        ("Acme Corp. will buy Ostra for $3m, the Toronto Star reported. Reuters said so too.", ["Toronto Star", "Reuters"]),
        ("Acme Corp. will buy Ostra for $3m, the Toronto Star Hotel said.", []),
        ("Acme Corp. will buy Ostra for $3m. NPR said so.", []),
    ],
)
def test_news_outlets_that_are_credited_are_companies_with_the_weight_source(tmp_path: Path, body: str, outlets: list[str]) -> None:
    row = {"id": "a-1", "title": "Acme buys Ostra", "published": "2018-06-05", "body": body}
    [article] = newsgraph.read_articles(write(tmp_path / "articles.jsonl", row), extractor="rules")
    sources = [entity for entity in article["entities"] if entity.get("weight") == "source"]
    assert [entity["name"] for entity in sources] == outlets
    assert all(entity["kind"] == "company" for entity in sources)
    graph = newsgraph.build(tmp_path / "articles.jsonl", extractor="rules")
    assert not {*graph.companies["name"], *graph.tables["organisations"]["name"], *graph.tables["other_mentions"]["name"]} & set(outlets)


def test_problems_are_lines_and_the_rest_is_read(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", DEAL)
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    lines: list[str] = []

    assert [article["id"] for article in newsgraph.read_articles(tmp_path, extractor="none", problems=lines)] == ["deal-1"]
    assert len(lines) == 1
    assert lines[0].startswith("b.json: ")


def test_what_cannot_be_read_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(newsgraph.InputError):
        next(newsgraph.read_articles(tmp_path / "missing"))
    with pytest.raises(newsgraph.InputError):
        next(newsgraph.read_articles(write(tmp_path / "a.jsonl", DEAL), extractor="nothing-like-it"))


# --- the command


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["read", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_prints_an_object_a_line(tmp_path: Path) -> None:
    code, out, err = run(write(tmp_path / "a.jsonl", DEAL, DEAL | {"id": "deal-2", "body": "Ümläute\u2028 stay."}), "--extractor", "rules")

    assert (code, err) == (0, "")
    assert [json.loads(line)["id"] for line in out.splitlines() if line] == ["deal-1", "deal-2"]


def test_the_command_names_problems_on_the_other_stream(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", DEAL)
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    code, out, err = run(tmp_path, "--extractor", "none")

    assert (code, len(out.splitlines())) == (0, 1)
    assert err.startswith("b.json: ")


@pytest.mark.parametrize("words", [("missing",), ("FILE", "--extractor", "nothing-like-it"), ("FILE", "--threshold", "2"), ()])
def test_the_command_fails_with_a_message(words: tuple[str, ...], tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", DEAL)
    code, out, err = run(*(str(file) if word == "FILE" else word for word in words))

    assert (code, out) == (2, "")
    assert "Traceback" not in err
    assert err
