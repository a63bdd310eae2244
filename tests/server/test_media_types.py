"""Content negotiation, and the names under which a server answers."""

from __future__ import annotations

import pytest

from newsgraph.server.media_types import GRAPH_TYPES, PAGE_TYPES, RESULT_TYPES, media_type, preferred
from newsgraph.server.settings import local_hosts

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
RDFLIB = "application/rdf+xml,text/turtle;q=0.9,application/n-triples;q=0.8,*/*;q=0.1"


@pytest.mark.parametrize(
    ("accept", "syntax"),
    [
        (BROWSER, "html"), (RDFLIB, "rdfxml"), (None, "html"), ("", "html"), ("text/turtle", "turtle"), ("TEXT/TURTLE;Q=1", "turtle"),
        ("application/ld+json;q=0.5, text/turtle;q=0.4", "jsonld"), ("text/html;q=0, */*", "turtle"), ("application/pdf", ""), ("*/*;q=nan", ""),
        ("*/*;q=-1", ""), ("application/n-triples;q=7", "ntriples"),
    ],
)  # fmt: skip
def test_the_most_specific_range_weighs_and_the_first_of_equals_wins(accept: str | None, syntax: str) -> None:
    assert preferred(accept, PAGE_TYPES | GRAPH_TYPES) == syntax


def test_texts_name_their_encoding() -> None:
    assert media_type("csv", RESULT_TYPES) == "text/csv; charset=utf-8"
    assert media_type("json", RESULT_TYPES) == "application/sparql-results+json"


def test_a_server_answers_under_the_names_of_this_machine_and_those_that_are_allowed() -> None:
    own = {"127.0.0.1:8000", "localhost:8000", "[::1]:8000"}
    assert local_hosts(8000) == own
    assert local_hosts(8000, "0.0.0.0") == own  # noqa: S104 - that it is no name is the point
    assert local_hosts(8000, "192.0.2.7") == own | {"192.0.2.7:8000"}
    assert local_hosts(8000, "fe80::1") == own | {"[fe80::1]:8000"}
    assert local_hosts(8000, names=("news.example.org",)) == own | {"news.example.org", "news.example.org:8000"}
    assert "localhost" in local_hosts(80)
