"""A folder of documents that mean harm, end to end: built, checked, exported in all formats."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from folders import titled, wrong_offsets
from newsgraph.core.graph_tables import GraphTables
from newsgraph.export import EXPORTERS, write
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.shacl.validation import check

HOSTILE_TITLES = {
    "script": "</script><script>alert(1)</script> Sanofi buys <b onload=alert(2)>Owkin</b>",
    "right-to-left": "\u202eSanofi \u2067שלום\u2069 buys Owkin",
    "nul": "Sanofi\x00 buys \x01Owkin\x7f",
    "long": "Sanofi buys Owkin " * 556,
    "korean": "삼성전자 인수 Sanofi buys 한글회사 Inc.",
    "quotes": 'Sanofi "buys" \\"Owkin\\" \'\'\' """ \\u0041 &lt;i&gt; ${x} {{y}}',
    "lines": "Sanofi buys\r\nOwkin\u2028and\u2029more\u0085",
    "marks": "Sa\u0301nofi 👩‍👩‍👧 buys \ufeffOwkin \ufffe",
    "entities": "Sanofi&#0;&#xD800;&#x110000; buys &amp;amp; Owkin&nosuch;",
}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[GraphTables, Path]:
    """Build a folder of hostile documents and export it in all formats."""
    home = tmp_path_factory.mktemp("hostile")
    folder = titled(home / "in", **HOSTILE_TITLES)
    links = [
        "javascript:alert(1)",
        "data:text/html,<script>1</script>",
        'https://x.example/"><script>',
        "https://x.example/\u202ea b",
        "https://삼성.example/회사",
    ]
    for number, link in enumerate(links):
        told = {
            "title": f"Nokia buys Alcatel {number}", "webUrl": link, "ampWebUrl": link, "excerpt": "<img src=x onerror=alert(3)>",
            "images": [{"url": link}], "topics": ["</script>", "=1+1", "\u202eIA"], "provider": {"name": "<script>", "domain": link},
        }  # fmt: skip
        (folder / f"link{number}.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "한국 <b>.md").write_text(
        "---\ntitle: 'Sanofi said it grew'\nextra: {'<script>': '\\0'}\n---\n<script>alert(4)</script>", encoding="utf-8"
    )
    graph = build([folder], BuildOptions(extractor="rules"))
    write(graph, home / "out", EXPORTERS)
    return graph, home / "out"


def test_hostile_documents_all_become_articles(hostile: tuple[GraphTables, Path]) -> None:
    assert hostile[0]["articles"].height == len(HOSTILE_TITLES) + 5 + 1


def test_a_graph_of_hostile_documents_keeps_the_shapes(hostile: tuple[GraphTables, Path]) -> None:
    assert [finding.line() for finding in check(hostile[0])] == []


def test_turtle_of_hostile_documents_parses_in_both_libraries(hostile: tuple[GraphTables, Path]) -> None:
    path = hostile[1] / "graph.ttl"

    assert len(Graph().parse(path)) == len({str(quad) for quad in ox.parse(path=str(path))}) > 100


@pytest.mark.parametrize("script", ["<script>alert", "<img src=x", "<b onload", "<script>1<"])
def test_markup_of_hostile_documents_is_no_markup_in_the_page(hostile: tuple[GraphTables, Path], script: str) -> None:
    assert script not in (hostile[1] / "network.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["javascript:", "data:text"])
def test_links_that_are_no_addresses_are_no_addresses_in_any_table(hostile: tuple[GraphTables, Path], scheme: str) -> None:
    graph, _ = hostile
    addresses = [*graph["articles"]["url"], *graph["aliases"]["url"], *graph["images"]["url"], *graph["providers"]["url"]]

    assert [address for address in addresses if address and scheme in address] == []


def test_offsets_hold_in_hostile_documents(hostile: tuple[GraphTables, Path]) -> None:
    assert wrong_offsets(hostile[0]) == []


def test_of_an_over_long_article_the_beginning_is_read_and_the_rest_is_told(tmp_path: Path) -> None:
    text = "Sanofi buys Owkin. " + "It rained again in the hills and nobody went out. " * 2_500
    titled(tmp_path / "in", short="Nokia buys Alcatel", long="Sanofi buys Owkin")
    (tmp_path / "in" / "log.md").write_text(f"---\ntitle: A long day\n---\n{text}Zorvex Inc. buys Dunmore Ltd.", encoding="utf-8")
    graph = build([tmp_path / "in"], BuildOptions(extractor="rules"))

    assert graph["articles"].height == 3
    assert {"Sanofi", "Owkin", "Nokia"} <= set(graph["companies"]["name"])
    assert "Zorvex" not in set(graph["companies"]["name"])
    assert graph["articles"]["text"].str.contains("Zorvex Inc. buys").any()
    assert [(source, "of which the first 100,000" in what) for source, what in graph["problems"].select("source", "what").iter_rows()] == [
        ("log.md", True)
    ]
