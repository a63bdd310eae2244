"""Linked data: the IRIs of the graph answer with documents, old ones with their successors, and pages need no script."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import polars as pl
import pyoxigraph as ox
import pytest

from newsgraph.core.graph_tables import GraphTables, nodes
from newsgraph.core.vocabulary import NODE_KINDS
from newsgraph.export import write
from newsgraph.export.parquet import read_tables
from newsgraph.server.linked_paths import base_path, local_path
from renamed_company import renamed_company
from served_site import Site, served_site

THING = "/id/company/osterholt"


@pytest.mark.parametrize(
    ("accept", "ending", "media_type"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "html", "text/html"),
        ("text/turtle", "ttl", "text/turtle"),
        ("application/ld+json", "jsonld", "application/ld+json"),
        ("application/n-triples", "nt", "application/n-triples"),
        ("application/rdf+xml", "rdf", "application/rdf+xml"),
        ("", "html", "text/html"),
    ],
)
def test_an_iri_leads_to_the_document_that_the_client_prefers(accept: str, ending: str, media_type: str, site: Site) -> None:
    reply = site.ask(THING, headers={"Accept": accept} if accept else {})
    assert (reply.status, reply.headers["location"], reply.headers["vary"]) == (303, f"{THING}.{ending}", "Accept")
    document = site.ask(reply.headers["location"])
    assert (document.status, document.media_type) == (200, media_type)
    assert "Osterholt" in document.text


def test_a_type_that_nobody_writes_is_not_acceptable(site: Site) -> None:
    assert site.ask(THING, headers={"Accept": "image/png"}).status == 406


@pytest.mark.parametrize(
    "path", ["/id/company/nobody", "/id/company/nobody.html", "/id/company/nobody.ttl", "/id/", "/id/%00", "/id/a b>c.ttl", "/other"]
)
def test_what_the_graph_does_not_hold_is_not_found(path: str, site: Site) -> None:
    assert site.ask(quote(path, "/%")).status == 404


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.scripts: list[str] = []
        self.quotes = 0
        self._within = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._within = f"{tag} {values.get('type', '')}"
        self.quotes += tag == "blockquote"
        if tag == "a":
            self.links.append(values["href"] or "")

    def handle_data(self, data: str) -> None:
        if self._within.startswith("script"):
            assert self._within == "script application/ld+json"
            self.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - as the base class has it
        self._within = ""


@pytest.mark.parametrize("kind", NODE_KINDS)
def test_every_kind_of_thing_has_a_page_with_data_whose_links_lead_on(kind: str, site: Site) -> None:
    things = nodes(site.graph.now.tables, kind).select("iri", "label").rows()
    assert things
    for iri, _ in things[:4]:
        reply = site.ask(f"{local_path(site.graph.base, iri)}.html")
        assert reply.status == 200
        page = _Page(reply.text)
        (script,) = page.scripts
        quads = list(ox.parse(BytesIO(script.encode()), format=ox.RdfFormat.JSON_LD))
        assert ox.NamedNode(iri) in {quad.subject for quad in quads}
        stored = {quad.object for quad in quads if quad.predicate.value.endswith("#type") and quad.subject == ox.NamedNode(iri)}
        assert stored
        assert reply.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha256-")
        for link in sorted({link for link in page.links if link.startswith("/id/")})[:6]:
            assert site.ask(link).status == (200 if link.endswith(("ttl", ".jsonld", ".nt", ".rdf")) else 303), link


def test_facts_of_a_company_are_shown_with_their_sentences(site: Site) -> None:
    text = site.ask(f"{THING}.html").text
    assert "<mark>Osterholt has agreed to buy Vantrell Storage for 640 million euros.</mark>" in text
    assert '<a href="/id/company/vantrell-storage">Vantrell Storage</a> <small>(640,000,000 EUR, announced, 2025-09-08)</small>' in text
    assert _Page(text).quotes > 10
    assert "would be removed" not in text


def test_the_document_holds_the_fragments_and_what_leads_to_the_thing(site: Site) -> None:
    article = nodes(site.graph.now.tables, "article")["iri"][0]
    text = site.ask(f"{local_path(site.graph.base, article)}.nt").text
    subjects = {line.partition(" ")[0] for line in text.splitlines()}
    assert f"<{article}>" in subjects
    assert any(subject.startswith(f"<{article}#char=") for subject in subjects)


def test_a_replaced_iri_leads_to_its_successor(site: Site, tmp_path: Path) -> None:
    base = site.graph.base
    tables = dict(read_tables(site.graph.folder).tables)
    rows = [{"old": f"{base}company/oster", "new": f"{base}company/osterholt", "kind": "company", "rule": "same_members"}]
    tables["replaced"] = pl.DataFrame(rows, schema=tables["replaced"].schema)
    write(GraphTables(tables), tmp_path / "graph", ("parquet",))
    with served_site(tmp_path / "graph") as other:
        for ending in ("", ".html", ".ttl", ".jsonld"):
            reply = other.ask(f"/id/company/oster{ending}")
            assert (reply.status, reply.headers["location"]) == (301, f"{THING}{ending}")
        old = f"SELECT ?name {{ <{base}company/oster> schema:name ?name }}"
        assert other.sparql(old, "text/csv").text.split() == ["name", "Osterholt"]


def test_what_documents_say_cannot_leave_its_place_in_a_page(site: Site, tmp_path: Path) -> None:
    tables = dict(read_tables(site.graph.folder).tables)
    evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;"
    tables["articles"] = tables["articles"].with_columns(pl.lit(evil).alias("title"), pl.lit("javascript:alert(1)").alias("url"))
    tables["companies"] = tables["companies"].with_columns(pl.lit(evil).alias("name"))
    write(GraphTables(tables), tmp_path / "graph", ("parquet",))
    with served_site(tmp_path / "graph") as other:
        article = nodes(other.graph.now.tables, "article")["iri"][0]
        for path in ("/", f"{THING}.html", f"{local_path(other.graph.base, article)}.html", "/search?q=script"):
            text = other.ask(path).text
            assert "alert(1)" in text
            assert "<script>alert" not in text
            assert "<img" not in text
            assert 'href="javascript:' not in text
            (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
            json.loads(data)


@pytest.mark.parametrize(
    ("base", "path", "iri", "local"),
    [
        ("https://news.example.org/id/", "/id/", "https://news.example.org/id/company/a", "/id/company/a"),
        ("https://news.example.org/", "/", "https://news.example.org/company/б", "/company/%D0%B1"),
        ("https://news.example.org/graph#", "", "https://news.example.org/graph#company/a", "https://news.example.org/graph#company/a"),
        ("https://news.example.org/id/", "/id/", "https://other.example.org/a", "https://other.example.org/a"),
    ],
)
def test_an_iri_has_a_path_below_that_of_the_base(base: str, path: str, iri: str, local: str) -> None:
    assert (base_path(base), local_path(base, iri)) == (path, local)


def test_the_page_of_an_article_lists_all_that_it_names(site: Site) -> None:
    mentions = site.graph.now.tables["mentions"]
    article = mentions.group_by("article").agg(pl.col("company").n_unique()).sort("company", "article", descending=True)["article"][0]
    text = site.ask(f"{local_path(site.graph.base, article)}.html").text
    named = text.partition("<h2>Named in the article</h2>")[2].partition("</section>")[0]
    companies = set(mentions.filter(pl.col("article") == article)["company"])
    assert len(companies) > 2
    assert all(f'mentions <a href="{local_path(site.graph.base, company)}">' in named for company in companies)


def test_the_name_that_an_article_uses_is_beside_the_newest_one(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    write(renamed_company(tmp_path / "news", "http://127.0.0.1/id/"), tmp_path / "graph", ("parquet",))
    with served_site(tmp_path / "graph") as other:
        text = other.ask("/id/company/meta.html").text
        assert re.search(r'Meta <small>\(here called Facebook\)</small> acquires <a href="[^"]*">Giphy</a>', text)
        newer, older = (
            other.ask(local_path(other.graph.base, iri) + ".html").text
            for iri in other.graph.now.tables["articles"].sort("published", descending=True)["iri"]
        )
        assert re.search(r">Meta</a> <small>\(here called Facebook\)</small>", older)
        assert "here called" not in newer
