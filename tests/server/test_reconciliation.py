"""The reconciliation service: replies have the shapes of the Reconciliation API 0.2, and names are matched well.

The shapes are in our own words, after the specification's schemas (https://reconciliation-api.github.io/specs/0.2/).
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from jsonschema import Draft202012Validator

from served_site import Response, Site

TYPE = {"type": "object", "properties": {"id": {"type": "string"}, "name": {"type": "string"}}, "required": ["id", "name"]}
TEXT = {"type": "string"}
SERVICE = {"type": "object", "properties": {"service_url": {"type": "string", "pattern": "^http"}, "service_path": {"type": "string", "pattern": "^/"}}, "required": ["service_url", "service_path"]}  # fmt: skip
MANIFEST = {
    "type": "object",
    "properties": {
        "versions": {"type": "array", "contains": {"const": "0.2"}},
        "name": TEXT, "identifierSpace": TEXT, "schemaSpace": TEXT,
        "defaultTypes": {"type": "array", "items": TYPE},
        "view": {"type": "object", "properties": {"url": {"type": "string", "pattern": r"\{\{id\}\}"}}, "required": ["url"]},
        "preview": {
            "type": "object",
            "properties": {"url": {"type": "string", "pattern": r"\{\{id\}\}"}, "width": {"type": "integer"}, "height": {"type": "integer"}},
            "required": ["url", "width", "height"],
        },
        "suggest": {"type": "object", "properties": dict.fromkeys(("entity", "type", "property"), SERVICE), "required": ["entity", "type", "property"]},
        "extend": {"type": "object", "properties": {"propose_properties": SERVICE}, "required": ["propose_properties"]},
    },
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
}  # fmt: skip
RESULT = {
    "type": "object",
    "properties": {
        "id": TEXT, "name": TEXT, "description": TEXT, "score": {"type": "number"}, "match": {"type": "boolean"},
        "type": {"type": "array", "items": TYPE},
    },
    "required": ["id", "name", "score", "match", "type"],
}  # fmt: skip
BATCH = {
    "type": "object",
    "additionalProperties": {"type": "object", "properties": {"result": {"type": "array", "items": RESULT}}, "required": ["result"]},
}
CELL = {
    "oneOf": [
        {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}
        for properties, required in (
            ({}, ()), ({"id": TEXT, "name": TEXT}, ("id", "name")), ({"str": TEXT}, ("str",)), ({"int": {"type": "integer"}}, ("int",)),
            ({"float": {"type": "number"}}, ("float",)), ({"date": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"}}, ("date",)),
        )
    ]
}  # fmt: skip
EXTENSION = {
    "type": "object",
    "properties": {
        "meta": {"type": "array", "items": TYPE},
        "rows": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {"type": "array", "items": CELL}}},
    },
    "required": ["meta", "rows"],
}
SUGGESTED = {"type": "object", "properties": {"result": {"type": "array", "items": TYPE}}, "required": ["result"]}


def valid(reply: Response, schema: dict[str, Any]) -> Any:  # noqa: ANN401 - what the server wrote
    assert (reply.status, reply.media_type) == (200, "application/json"), reply.text
    Draft202012Validator(schema).validate(reply.json())
    return reply.json()


def posted(site: Site, name: str, value: object) -> Response:
    body = urlencode({name: value if isinstance(value, str) else json.dumps(value)}).encode()
    return site.ask("/reconcile", method="POST", body=body, headers={"Content-Type": "application/x-www-form-urlencoded"})


def matched(site: Site, **query: object) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = valid(posted(site, "queries", {"q0": query}), BATCH)["q0"]["result"]
    return results


def test_the_service_describes_itself_and_each_address_answers(site: Site) -> None:
    manifest = valid(site.ask("/reconcile"), MANIFEST)
    assert manifest["identifierSpace"] == site.graph.base
    for service in (*manifest["suggest"].values(), manifest["extend"]["propose_properties"]):
        assert service["service_url"].startswith(site.url)
        assert site.ask(f"{service['service_url'].removeprefix(site.url)}{service['service_path']}").status == 200
    for place in (manifest["view"]["url"], manifest["preview"]["url"]):
        reply = site.ask(place.replace("{{id}}", "company/osterholt").removeprefix(site.url))
        assert reply.status in {200, 303}


@pytest.mark.parametrize(
    ("name", "kind", "identifier"),
    [
        ("Osterholt", "company", "company/osterholt"), ("osterholt ag", "company", "company/osterholt"),
        ("Vantrell Storage B.V.", "company", "company/vantrell-storage"), ("OHT", "company", "company/osterholt"),
        ("Katrin Vollmer", "person", "person/katrin-vollmer"), ("  VANTRELL   storage ", "", "company/vantrell-storage"),
    ],
)  # fmt: skip
def test_a_name_as_the_graph_knows_it_is_a_match(name: str, kind: str, identifier: str, site: Site) -> None:
    first = matched(site, query=name, **({"type": kind} if kind else {}))[0]
    assert (first["id"], first["match"]) == (identifier, True)


def test_a_misspelt_name_is_a_candidate_and_no_match(site: Site) -> None:
    first = matched(site, query="Osterhold", type="company")[0]
    assert (first["id"], first["match"]) == ("company/osterholt", False)
    assert 50 < first["score"] < 95
    assert matched(site, query="Zzyzx Holdings", type="company") == []
    assert matched(site, query="Osterholt", type="no-such-type") == []


def test_properties_that_a_thing_lacks_lower_its_score(site: Site) -> None:
    with_ticker = matched(site, query="Osterholt", properties=[{"pid": "tickers", "v": "oht"}])[0]
    with_other = matched(
        site, query="Osterholt", properties=[{"pid": "tickers", "v": ["XYZ", {"id": "a", "name": "b"}]}, {"pid": "no", "v": 1}]
    )[0]
    assert (with_ticker["score"], with_ticker["match"]) == (100, True)
    assert (with_other["score"], with_other["match"]) == (80, False)


def test_a_row_without_a_name_is_matched_by_its_identifiers(site: Site) -> None:
    (only,) = matched(site, type="company", properties=[{"pid": "tickers", "v": "oht"}])
    assert (only["id"], only["score"], only["match"]) == ("company/osterholt", 100, True)
    half = matched(site, query="", properties=[{"pid": "tickers", "v": "OHT"}, {"pid": "lei", "v": "none"}])[0]
    assert (half["id"], half["score"], half["match"]) == ("company/osterholt", 50, False)
    url = site.graph.now.tables["articles"]["url"].drop_nulls()[0]
    (article,) = matched(site, properties=[{"pid": "url", "v": url}])
    assert (article["type"], article["match"]) == ([{"id": "article", "name": "Article"}], True)


def test_values_that_identify_nothing_are_no_match_and_unknown_ones_find_nothing(site: Site) -> None:
    years = matched(site, type="event", properties=[{"pid": "type", "v": "acquisition"}])
    assert len(years) > 1
    assert not any(one["match"] for one in years)
    assert (
        matched(site, properties=[{"pid": "tickers", "v": "NONE"}])
        == matched(site, properties=[{"pid": "no", "v": 1}])
        == matched(site)
        == []
    )


def test_a_batch_is_answered_query_by_query_and_by_get_as_well(site: Site) -> None:
    queries = {f"q{number}": {"query": name, "limit": 1} for number, name in enumerate(("Osterholt", "Corvane", "nobody at all"))}
    posted_batch = valid(posted(site, "queries", queries), BATCH)
    assert posted_batch == valid(site.ask("/reconcile", queries=json.dumps(queries)), BATCH)
    assert [len(one["result"]) for one in posted_batch.values()] == [1, 1, 0]


def test_values_are_fetched_for_things(site: Site) -> None:
    query = {
        "ids": ["company/osterholt", "article/none"],
        "properties": [{"id": "tickers"}, {"id": "parent"}, {"id": "country"}, {"id": "nothing"}],
    }
    reply = valid(posted(site, "extend", query), EXTENSION)
    assert reply["rows"]["company/osterholt"]["tickers"] == [{"str": "OHT"}]
    assert set(reply["rows"]["article/none"]) == {"tickers", "parent", "country", "nothing"}
    articles = [iri.removeprefix(site.graph.base) for iri in site.graph.now.tables["articles"]["iri"].head(3)]
    columns = ["published", "provider", "url", "excerpt"]
    rows = valid(posted(site, "extend", {"ids": articles, "properties": [{"id": name} for name in columns]}), EXTENSION)["rows"]
    assert all("date" in row["published"][0] and row["provider"][0]["id"].startswith("provider/") for row in rows.values())


def test_names_types_and_properties_are_suggested(site: Site) -> None:
    entities = valid(site.ask("/reconcile/suggest/entity", prefix="oster"), SUGGESTED)["result"]
    assert entities[0]["id"] == "company/osterholt"
    assert [one["id"] for one in valid(site.ask("/reconcile/suggest/type", prefix="comp"), SUGGESTED)["result"]] == ["company"]
    assert {"id": "lei", "name": "LEI"} in valid(site.ask("/reconcile/suggest/property", prefix="le"), SUGGESTED)["result"]
    proposed = site.ask("/reconcile/properties", type="company").json()
    assert {"id": "sectors", "name": "Sectors"} in proposed["properties"]
    assert site.ask("/reconcile/properties", type="company", limit=2).json()["properties"] == proposed["properties"][:2]
    assert site.ask("/reconcile/properties", type="company", limit="x").status == 400
    flyout = site.ask("/reconcile/flyout/entity", id="company/osterholt").json()
    assert "Osterholt" in flyout["html"]


def test_a_preview_may_be_framed_and_runs_nothing(site: Site) -> None:
    reply = site.ask("/reconcile/preview", id="company/osterholt")
    assert reply.status == 200
    assert "frame-ancestors *" in reply.headers["content-security-policy"]
    assert "x-frame-options" not in reply.headers
    assert "<b>Osterholt</b>" in reply.text


@pytest.mark.parametrize(
    "value",
    ["", "[]", "{", "nonsense", '{"q": 1}', '{"q": {"query": 1}}', '{"q": {"query": "a", "type": {}}}', '{"q": {"query": "a", "limit": "9"}}',
     '{"q": {"query": "a", "properties": 3}}', "[" * 50_000, json.dumps({f"q{number}": {"query": "a"} for number in range(101)})],
)  # fmt: skip
def test_a_batch_that_is_none_is_refused_in_words(value: str, site: Site) -> None:
    reply = posted(site, "queries", value)
    assert reply.status == 400
    assert reply.json()["error"]


@pytest.mark.parametrize(
    "value", ["{}", '{"ids": 1, "properties": []}', '{"ids": [], "properties": {}}', json.dumps({"ids": ["a"] * 101, "properties": []})]
)
def test_an_extension_that_is_none_is_refused_in_words(value: str, site: Site) -> None:
    assert posted(site, "extend", value).status == 400


@pytest.mark.parametrize(
    "query", ['{"q": {"query": "a", "limit": 1e999}}', '{"q": {"query": "a", "limit": NaN}}', '{"q": {"query": "a", "limit": -5}}']
)
def test_a_limit_that_is_no_number_of_candidates_does_no_harm(query: str, site: Site) -> None:
    valid(posted(site, "queries", query), BATCH)


def test_what_is_unknown_has_no_preview(site: Site) -> None:
    assert site.ask("/reconcile/preview", id="company/nobody").status == 404
    assert site.ask("/reconcile/preview").status == 404
    assert site.ask("/reconcile/properties", type="wedding").status == 404
