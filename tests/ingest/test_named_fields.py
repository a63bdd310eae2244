"""The fields of an article under the names of others, and under a user's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsgraph.core.errors import InputError
from newsgraph.core.model import Article, Problem
from newsgraph.ingest import read_field_names
from newsgraph.ingest.document_parser import read_file
from newsgraph.ingest.field_names import shipped_names
from newsgraph.ingest.named_fields import named_record
from newsgraph.ingest.raw_record import SourceFile

LINK = "https://harborledger.example/a"


def read(record: object, names: Path | None = None) -> tuple[Article, list[Problem], list[str]]:
    """Read one article; return its problems and the fields that were not understood."""
    reading = read_file(SourceFile("a.json", json.dumps(record).encode(), None, read_field_names(names) if names else shipped_names()))
    (article,) = reading.articles
    return article, list(reading.problems), [field.name for field in reading.unread]


@pytest.mark.parametrize(
    "name", ["date", "pubDate", "publishDate", "date_publish", "publishedAt", "published", "Date Published", "PUBLISHED-ON"]
)
def test_a_day_is_found_under_any_of_its_names(name: str) -> None:
    article, problems, unread = read({"title": "Ports grow", name: "2025-02-03"})

    assert article.published is not None
    assert article.published.date().isoformat() == "2025-02-03"
    assert (problems, unread) == ([], [])


@pytest.mark.parametrize("name", ["url", "link", "permalink", "canonicalURL", "source_url", "source"])
def test_a_link_is_found_under_any_of_its_names(name: str) -> None:
    article, problems, unread = read({"title": "Ports grow", name: LINK})

    assert article.url == LINK
    assert (problems, unread) == ([], [])


@pytest.mark.parametrize("name", ["text", "content", "maintext", "articleBody", "full_text"])
@pytest.mark.parametrize(
    "value", ["It grows.\n\nA lot.", "<p>It grows.</p><p>A lot.</p>", ["It grows.", "A lot."], {"value": "It grows.\n\nA lot."}]
)
def test_a_text_is_found_in_any_shape(name: str, value: object) -> None:
    article, problems, unread = read({"title": "Ports grow", name: value})

    assert article.body == "It grows.\n\nA lot."
    assert (problems, unread) == ([], [])


@pytest.mark.parametrize("value", ["robotics, ports", ["robotics", "ports"], [{"name": "robotics"}, {"term": "ports"}], "robotics; ports"])
def test_topics_are_found_in_any_shape(value: object) -> None:
    assert read({"title": "Ports grow", "keywords": value})[0].topics == ("robotics", "ports")


@pytest.mark.parametrize(
    ("value", "outlet"),
    [
        ("Harbor Ledger", ("Harbor Ledger", "harborledger.example")),
        ({"name": "Harbor Ledger"}, ("Harbor Ledger", "harborledger.example")),
        ({"name": "Wire", "url": "https://wire.example/"}, ("Wire", "wire.example")),
        ("wire.example", ("wire.example", "wire.example")),
    ],
)
@pytest.mark.parametrize("name", ["publisher", "outlet", "site", "source"])
def test_an_outlet_is_found_in_any_shape(name: str, value: object, outlet: tuple[str, str]) -> None:
    article, problems, _ = read({"title": "Ports grow", "url": LINK, name: value})

    assert article.provider is not None
    assert (article.provider.name, article.provider.domain) == outlet
    assert problems == []


def test_one_map_may_hold_two_fields() -> None:
    article, _, unread = read({"title": "Ports grow", "body": {"summary": ["Short."], "sections": [{"paragraphs": ["Long."]}]}})

    assert (article.excerpt, article.body) == ("Short.", "Long.")
    assert unread == []


def test_a_value_of_the_wrong_kind_is_told_under_its_own_name() -> None:
    _, (problem,), _ = read({"title": "Ports grow", "pubDate": "soon"})

    assert problem.field == "pubDate"
    assert "soon" in problem.what


@pytest.mark.parametrize("beside", [{}, {"author": "Jo"}, {"colour": "red"}])
@pytest.mark.parametrize(("field", "value"), [("publishedDateTime", [2025]), ("publishedDateTime", {"a": 1}), ("excerpt", {"a": "b"})])
def test_a_value_of_the_wrong_kind_is_told_whatever_stands_beside_it(field: str, value: object, beside: dict[str, str]) -> None:
    _, problems, _ = read({"title": "Ports grow", field: value, **beside})

    assert [problem.field for problem in problems] == [field]


def test_what_is_not_understood_is_kept_and_counted() -> None:
    article, _, unread = read({"headline": "Ports grow", "mood": "good", "layout": "post"})

    assert json.loads(article.extra or "{}") == {"mood": "good", "layout": "post"}
    assert unread == ["mood"]


def test_a_name_alone_makes_no_article() -> None:
    reading = read_file(SourceFile("package.json", b'{"name": "viewer", "version": "1.0", "license": "MIT"}'))

    assert reading.articles == ()
    assert [problem.what for problem in reading.problems] == ["is missing"]


def test_a_record_in_our_own_names_is_left_as_it_is() -> None:
    record = {"title": "Ports grow", "webUrl": LINK, "published": True, "topics": ["ports"]}

    assert named_record("main", record, shipped_names()).fields is record


def test_a_users_names_go_before_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "map.yaml").write_text("title: kop\nlink: adres\nbody: [tekst, inhoud]\noutlet: krant.naam\n", encoding="utf-8")
    record = {"kop": "Ports grow", "title": "4711", "adres": LINK, "inhoud": "It grows.", "krant": {"naam": "Harbor Ledger"}}

    article, problems, unread = read(record, tmp_path / "map.yaml")

    assert (article.title, article.url, article.body) == ("Ports grow", LINK, "It grows.")
    assert article.provider is not None
    assert article.provider.name == "Harbor Ledger"
    assert (problems, unread) == ([], [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mood: stemming", "has the field mood, which no article has"),
        ("- title", "is a list, not a map"),
        ("title: []", "has no name for the field title"),
    ],
)
def test_a_map_that_cannot_be_used_is_an_error(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "map.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match=said):
        read_field_names(tmp_path / "map.yaml")


def test_articles_are_found_in_the_envelopes_of_services() -> None:
    for path in (("articles",), ("entries",), ("value",), ("results",), ("articles", "results"), ("response", "docs"), ("data",)):
        tree: object = [{"headline": "One", "url": f"{LINK}1"}, {"headline": "Two", "url": f"{LINK}2"}]
        for key in reversed(path):
            tree = {key: tree, "status": "ok"}

        reading = read_file(SourceFile("a.json", json.dumps(tree).encode()))

        assert [article.title for article in reading.articles] == ["One", "Two"]
