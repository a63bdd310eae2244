"""The REST interface: what each route answers, that its description is true of it, and requests by chance."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

import newsgraph
from conftest import ROOT
from newsgraph.core.graph_tables import SCHEMAS
from newsgraph.query.named_questions import questions
from newsgraph.server.all_routes import site_routes
from rounds import NIGHTLY
from served_site import PATIENCE, Response, Site

OPENAPI: dict[str, Any] = json.loads((ROOT / "src" / "newsgraph" / "data" / "server" / "openapi.json").read_text(encoding="utf-8"))
EXAMPLES = 1000 if NIGHTLY else 12  # of each route: some 9,000 requests at night, and 2,000 in test_limits
OK: dict[str, dict[str, Any]] = {
    "/api/v1/": {}, "/api/v1/companies": {}, "/api/v1/events": {}, "/api/v1/stories": {}, "/api/v1/articles": {},
    "/api/v1/search": {"q": "Osterholt"}, "/api/v1/why": {"a": "Osterholt"}, "/api/v1/storyline": {"name": "Osterholt"}, "/api/v1/questions": {},
    "/api/v1/questions/{name}": {"name": "timeline", "company": "Osterholt"}, "/api/v1/diff": {"since": "2025-10-01"},
    "/api/v1/openapi.json": {},
}  # fmt: skip


def ask(site: Site, path: str, **parameters: Any) -> Response:  # noqa: ANN401 - what urlencode takes
    name = parameters.pop("name") if "{name}" in path else ""
    return site.ask(path.replace("{name}", str(name)), **parameters)


def check(path: str, reply: Response) -> None:
    schema = OPENAPI["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator({**schema, "components": OPENAPI["components"]}).validate(reply.json())


@pytest.mark.parametrize("path", OPENAPI["paths"])
def test_a_reply_has_the_shape_of_its_description(path: str, site: Site) -> None:
    reply = ask(site, path, **OK[path])
    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    check(path, reply)


def test_the_description_names_all_routes_and_no_other(site: Site) -> None:
    routes = {route.path.replace("*", "{name}") for route in site_routes(site.graph) if route.path.startswith("/api/")}
    assert routes == set(OPENAPI["paths"])
    assert site.ask("/api/v1/openapi.json").json() == OPENAPI


@pytest.mark.parametrize(
    ("schema", "table"), [("Company", "companies"), ("Event", "events"), ("Story", "stories"), ("Article", "articles")]
)
def test_the_description_names_all_columns(schema: str, table: str) -> None:
    assert list(OPENAPI["components"]["schemas"][schema]["properties"]) == [
        name for name in SCHEMAS[table] if name not in {"text", "extra"}
    ]


@pytest.mark.parametrize("table", ["companies", "events", "stories", "articles"])
def test_the_parts_of_a_list_are_the_whole_list_each_once(table: str, site: Site) -> None:
    def parts() -> Iterator[str]:
        cursor: str | None = "0"
        while cursor is not None:
            reply = site.ask(f"/api/v1/{table}", limit=4, cursor=cursor).json()
            assert reply["total"] == site.graph.now.tables[table].height
            yield from (item["iri"] for item in reply["items"])
            cursor = reply["next"]

    found = list(parts())
    assert len(found) == len(set(found))
    assert set(found) == set(site.graph.now.tables[table]["iri"])


def test_lists_are_filtered_by_words_iri_type_party_and_names(site: Site) -> None:
    base = site.graph.base
    assert {item["name"] for item in site.ask("/api/v1/companies", q="corvane").json()["items"]} == {"Corvane Energy", "Corvane Minerals"}
    assert [item["name"] for item in site.ask("/api/v1/companies", iri=f"{base}company/osterholt").json()["items"]] == ["Osterholt"]
    lawsuits = site.ask("/api/v1/events", type="lawsuit").json()["items"]
    assert {item["type"] for item in lawsuits} == {"lawsuit"}
    deals = site.ask("/api/v1/events", party="OHT").json()
    assert 0 < deals["total"] < site.graph.now.tables["events"].height
    named = site.ask("/api/v1/articles", names="Osterholt").json()
    assert named["total"] == site.graph.now.tables["companies"].filter(name="Osterholt")["articles"].item()


def test_why_is_what_the_library_says_but_for_decisions(site: Site) -> None:
    kg = newsgraph.load(site.graph.folder)
    expected = [statement for statement in kg.why("Osterholt", "Vantrell Storage") if statement.kind != "remedy"]
    reply = site.ask("/api/v1/why", a="Osterholt", b="Vantrell Storage", limit=500).json()
    assert [(item["predicate"], item["sentence"], item["article"]) for item in reply["items"]] == [
        (statement.predicate, statement.sentence, statement.article) for statement in expected
    ]
    assert reply["total"] == len(expected) > 10


@pytest.mark.parametrize("words", ["Osterholt", "osterhold", "Vantrell Storage takeover", "battery storage", "zzzzz"])
def test_a_search_finds_what_the_library_finds(words: str, site: Site) -> None:
    expected = newsgraph.load(site.graph.folder).search(words, limit=500)
    parts = [site.ask("/api/v1/search", q=words, limit=7, cursor=cursor).json() for cursor in range(0, max(expected.height, 1), 7)]
    assert [item for part in parts for item in part["items"]] == expected.to_dicts()
    assert {part["total"] for part in parts} == {expected.height}
    assert ("sentence" in expected["kind"]) == (words != "zzzzz")


def test_a_search_is_for_one_kind_and_as_of_a_day(site: Site) -> None:
    companies = site.ask("/api/v1/search", q="Osterholt Vantrell", kind="company").json()["items"]
    assert {item["text"] for item in companies} >= {"Osterholt", "Vantrell Storage"}
    assert {item["kind"] for item in companies} == {"company"}
    early = site.ask("/api/v1/search", q="Osterholt Vantrell", as_of="2025-09-05").json()
    days = {item["published"][:10] for item in early["items"] if item["kind"] == "sentence"}
    assert days
    assert max(days) <= "2025-09-05"
    assert 0 < early["items"][0]["articles"] < companies[0]["articles"]
    assert early["total"] < site.ask("/api/v1/search", q="Osterholt Vantrell").json()["total"]


def test_a_storyline_is_what_the_library_says(site: Site) -> None:
    kg = newsgraph.load(site.graph.folder)
    for name in ("Osterholt", "Antwerp", kg.topics["name"][0]):
        reply = site.ask("/api/v1/storyline", name=name, limit=500)
        assert reply.status == 200, reply.text
        items = reply.json()["items"]
        assert [(item["iri"], item["history"], item["story"]) for item in items] == kg.storyline(name).select(
            "iri", "history", "story"
        ).rows()


@pytest.mark.parametrize("name", questions())
def test_a_ready_made_question_has_the_answer_of_the_library(name: str, site: Site) -> None:
    kg = newsgraph.load(site.graph.folder)
    expected = kg.query(name)
    reply = site.ask(f"/api/v1/questions/{name}", limit=500).json()
    assert (reply["columns"], reply["total"]) == (expected.columns, expected.height)
    assert len(reply["items"]) == min(expected.height, 500)


def test_a_graph_as_of_a_day_knows_only_earlier_articles(site: Site) -> None:
    reply = site.ask("/api/v1/articles", as_of="2025-09-05").json()
    assert (reply["total"], reply["as_of"]) == (2, "2025-09-05")
    assert site.ask("/api/v1/why", a="Osterholt", b="Vantrell Storage", as_of="2025-09-05").json()["items"][0]["status"] == "rumoured"


def test_a_difference_names_what_is_new_since_a_day(site: Site) -> None:
    reply = site.ask("/api/v1/diff", since="2025-10-20", kind="articles", limit=500).json()
    new = {item["iri"] for item in reply["items"] if item["difference"] == "new"}
    later = site.graph.now.tables["articles"].filter(site.graph.now.tables["articles"]["published"].dt.date().cast(str) > "2025-10-20")
    assert new == set(later["iri"])
    assert reply["after"] - reply["before"] == len(new)


@pytest.mark.parametrize(
    ("path", "parameters", "status", "words"),
    [
        ("/api/v1/why", {}, 400, "parameter a is missing"),
        ("/api/v1/why", {"a": "Osterhold"}, 404, "Did you mean: Osterholt"),
        ("/api/v1/why", {"a": "Osterholt", "b": "OHT"}, 400, "same node"),
        ("/api/v1/events", {"type": "wedding"}, 400, "acquisition"),
        ("/api/v1/companies", {"limit": "0"}, 400, "limit"),
        ("/api/v1/companies", {"limit": ["1", "2"]}, 400, "2 times"),
        ("/api/v1/companies", {"cursor": "-1"}, 400, "cursor"),
        ("/api/v1/companies", {"as_of": "2025-13-01"}, 400, "as_of"),
        ("/api/v1/companies", {"sort": "name"}, 400, "not known here"),
        ("/api/v1/search", {"q": " "}, 400, "parameter q is missing"),
        ("/api/v1/search", {"q": "x" * 3000}, 400, "longer than"),
        ("/api/v1/search", {"q": "x", "kind": "event"}, 400, "sentence"),
        ("/api/v1/questions/no-such", {}, 404, "no such named question"),
        ("/api/v1/questions/timeline", {"colour": "red"}, 400, "has no parameter colour"),
        ("/api/v1/diff", {}, 400, "since"),
        ("/api/v1/nothing", {}, 404, "nothing at this address"),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(path: str, parameters: dict[str, Any], status: int, words: str, site: Site) -> None:
    reply = site.ask(path, **parameters)
    assert reply.status == status
    assert words in reply.json()["error"]


SCHEMA = schemathesis.openapi.from_dict(OPENAPI)


@SCHEMA.parametrize()
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_requests_by_chance_never_break_the_server(case: schemathesis.Case[Any], site: Site) -> None:
    case.call_and_validate(
        base_url=site.url,
        timeout=PATIENCE,
        # of errors of the server, 503 alone is described: a graph as of a day may take long to work out
        checks=[status_code_conformance, content_type_conformance, response_schema_conformance],
    )
