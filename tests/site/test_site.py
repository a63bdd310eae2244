"""A site has a page for each thing, readable without a script, and everything in it leads somewhere."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import polars as pl
import pytest
from click.testing import CliRunner

import newsgraph
from conftest import ROOT
from newsgraph.cli.app import main
from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables, frame, make_tables, nodes
from newsgraph.core.withheld_text import MOST_WORDS
from newsgraph.export import write
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.site import list_pages, site_files
from newsgraph.site.site_links import link, page_path
from newsgraph.site.site_writer import SiteReport, write_site
from output_files import files
from renamed_company import renamed_company
from sample import ACME, BASE, BOLT, sample_graph
from site_pages import broken_links, read_page

OWN = "https://news.desk.example/id/"
_NG = "https://w3id.org/newsgraph/ns#"


@pytest.fixture(scope="module")
def graph() -> GraphTables:
    """Build the example news with a base of its own."""
    return build([ROOT / "examples" / "news"], BuildOptions(base=OWN, extractor="names"))


@pytest.fixture(scope="module")
def site(graph: GraphTables, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write its site."""
    folder = tmp_path_factory.mktemp("site") / "site"
    write_site(graph, folder, "Storage news")
    return folder


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the site of a graph with awkward titles, addresses and a replaced IRI."""
    rows = {"old": f"{BASE}company/acme-inc", "new": ACME, "kind": "company", "rule": "merged"}
    graph = make_tables(dict(sample_graph().tables) | {"replaced": frame("replaced", [rows])})
    folder = tmp_path_factory.mktemp("hostile") / "site"
    assert write_site(graph, folder, 'A "site" <b>', "https://desk.example/news") == SiteReport(nodes(graph).height, 11, 1)
    return folder


def test_every_thing_has_a_page_with_its_name(site: Path, graph: GraphTables) -> None:
    for iri, label in nodes(graph).select("iri", "label").iter_rows():
        assert read_page(site / page_path(iri, OWN)).headings == [label.strip()]


def test_all_links_lead_somewhere(site: Path, hostile: Path) -> None:
    assert list(broken_links(site)) == []
    assert list(broken_links(hostile)) == []
    (hostile.parent / "broken").mkdir()
    (hostile.parent / "broken" / "page.html").write_text('<a href="nowhere.html">x</a><a href="https://a.example/">y</a>', "utf-8")
    assert list(broken_links(hostile.parent / "broken")) == ["page.html: nowhere.html"]


def test_a_page_says_what_the_graph_says_with_its_sentence(site: Path) -> None:
    page = (site / "company" / "osterholt.html").read_text("utf-8")
    assert "Acquisition, 2025-09-08, completed, 640,000,000 EUR, as acquirer" in page
    assert "<q>Osterholt has completed its takeover of Vantrell Storage.</q>" in page
    assert "<div><dt>Ticker</dt><dd>OHT</dd></div>" in page


def test_no_page_quotes_more_than_25_words_or_an_abstract(site: Path, graph: GraphTables) -> None:
    quotes = [quote for path in site.rglob("*.html") for quote in re.findall(r"<q>(.*?)</q>", path.read_text("utf-8"))]
    assert quotes != []
    assert [quote for quote in quotes if len(quote.split()) > MOST_WORDS] == []
    abstracts = [text for text in graph["articles"]["excerpt"].drop_nulls() if len(text.split()) > MOST_WORDS]
    pages = "\n".join(path.read_text("utf-8") for path in (site / "article").iterdir())
    assert [text for text in abstracts if text in pages] == []


def test_what_is_no_fact_says_so(hostile: Path) -> None:
    assert "not a fact, as acquirer" in (hostile / "company" / "cane.html").read_text("utf-8")


def test_texts_of_articles_are_never_markup(hostile: Path) -> None:
    for path in hostile.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "<script>alert" not in text
        assert 'href="javascript:' not in text
        assert "\x07" not in text
        assert "<b>" not in text
        assert (
            [json.loads(data) for data in read_page(path).data] != []
            or len(path.relative_to(hostile).parts) == 1
            or "acme-inc" in path.name
        )


def test_extruct_reads_the_data_of_every_page(site: Path, hostile: Path, graph: GraphTables) -> None:
    library = pytest.importorskip("extruct", reason="extruct is not installed")
    for folder, tables in ((site, graph), (hostile, sample_graph())):
        found: dict[str, dict[str, Any]] = {}
        for path in folder.glob("*/*.html"):
            if "acme-inc" not in path.name:  # a redirect
                [data] = library.extract(path.read_text("utf-8"), syntaxes=["json-ld"])["json-ld"]
                found[data["@id"]] = data
        assert set(found) == set(nodes(tables)["iri"])
        types = {found[iri]["@type"] for iri in tables["events"]["iri"]}
        assert types == {"Event"}
    deal = (
        graph["events"]
        .filter(pl.col("label").str.starts_with("Osterholt acquires Vantrell"), pl.col("status") == "completed")["iri"]
        .item()
    )
    event = read_page(site / page_path(deal, OWN)).data[0]
    assert json.loads(event)["additionalType"] == f"{_NG}Acquisition"
    assert json.loads(event)["ng:acquirer"] == [{"@id": f"{OWN}company/osterholt", "@type": "Organization", "name": "Osterholt"}]


def test_html_validate_finds_nothing_wrong(site: Path, hostile: Path) -> None:
    program = ROOT / "viewer" / "node_modules" / ".bin" / "html-validate"
    if not program.is_file():
        pytest.skip("html-validate is not installed: npm ci in viewer/")
    pages = [*site.glob("*.html"), *hostile.rglob("*.html"), *(max(kind.glob("*.html")) for kind in site.iterdir() if kind.is_dir())]
    result = subprocess.run([program, *pages], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stdout[-3000:]


def test_the_map_names_every_page_once(site: Path, hostile: Path) -> None:
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    for folder, address in ((site, OWN), (hostile, "https://desk.example/news/")):
        root = ET.parse(folder / "sitemap.xml").getroot()  # noqa: S314 - written just now
        named = [one.text or "" for one in root.iterfind("s:url/s:loc", spaces)]
        pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")} - {
            "embed.html",
            "404.html",
            "company/acme-inc.html",
        }
        assert sorted(named) == sorted(address + link(path, 0) for path in pages)
    assert "<lastmod>2025-11-04</lastmod>" in (site / "sitemap.xml").read_text("utf-8")


def test_a_large_map_is_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_files, "_PER_MAP", 2)
    maps = site_files.sitemaps("https://a.example/", [(f"{number}.html", None) for number in range(5)])
    assert sorted(maps) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert sum(content.count("<url>") for content in maps.values()) == 5


def test_feedparser_reads_the_feed_of_events(site: Path, graph: GraphTables) -> None:
    parser = pytest.importorskip("feedparser", reason="feedparser is not installed")
    parsed = parser.parse((site / "events.xml").read_text("utf-8"))
    assert not parsed.bozo
    assert {entry.id for entry in parsed.entries} == set(graph["events"]["iri"])
    assert {entry.link for entry in parsed.entries} == {OWN + page_path(iri, OWN) for iri in graph["events"]["iri"]}


def test_an_old_iri_leads_to_the_new_page(hostile: Path) -> None:
    page = (hostile / "company" / "acme-inc.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../company/acme.html">' in page
    assert (hostile / "_redirects").read_text("utf-8") == "/company/acme-inc.html /company/acme.html 301\n"


def test_the_index_of_the_search_has_every_name(hostile: Path) -> None:
    text = (hostile / "search-index.js").read_text("utf-8")
    rows = json.loads(text.removeprefix("window.newsgraphSearch = ").rstrip().removesuffix(";"))
    assert ["Acme", "company", "company/acme.html", "Acme Inc. ACME ACM"] in rows
    assert len(rows) == nodes(sample_graph()).height
    assert text.isascii()


def test_a_long_list_has_several_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_pages, "PER_PAGE", 2)
    write_site(sample_graph(), tmp_path / "site", address="https://desk.example/")
    assert 'href="companies-2.html">Next page' in (tmp_path / "site" / "companies.html").read_text("utf-8")
    assert list(broken_links(tmp_path / "site")) == []


def test_a_site_is_replaced_as_a_whole_and_only_a_site(graph: GraphTables, site: Path, tmp_path: Path) -> None:
    write_site(sample_graph(), tmp_path / "site", address="https://desk.example/")
    write_site(graph, tmp_path / "site", "Storage news")
    assert files(tmp_path / "site") == files(site)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.html").write_text("mine", "utf-8")
    with pytest.raises(InputError, match="has files that this command did not write"):
        write_site(graph, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["index.html"]


def test_the_example_base_is_no_address(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="where no site can be"):
        write_site(sample_graph(), tmp_path / "site")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("company/owkin", "company/owkin.html"),
        ("company/株式会社", "company/株式会社.html"),
        ("provider/wire.example", "provider/wire.example.html"),
    ],
)
def test_a_page_lies_where_its_iri_says(name: str, path: str) -> None:
    assert page_path(f"{OWN}{name}", OWN) == path


@pytest.mark.parametrize(
    "name", ["company/..", "company/a:b", "company/.hidden", "company/" + "x" * 300, "company/", "", "../../etc/passwd"]
)
def test_no_iri_leads_out_of_the_site(name: str) -> None:
    path = page_path(f"{OWN}{name}", OWN)
    assert re.fullmatch(r"[\w-]+/[\w-][\w.-]*-[0-9a-f]{12}\.html|[\w.-]+/[\w-]+\.html", path)
    assert ".." not in path.split("/")
    assert len(path.encode()) < 160


@pytest.mark.parametrize("name", ["nul", "CON", "com1", "aux.example", "lpt9"])
def test_no_page_has_the_name_of_a_device(name: str) -> None:
    assert re.fullmatch(rf"company/{re.escape(name)}-[0-9a-f]{{12}}\.html", page_path(f"{OWN}company/{name}", OWN))


@pytest.mark.parametrize("name", ["null", "console", "com", "lpt10", "auxilium.example"])
def test_a_name_that_begins_like_a_device_stays(name: str) -> None:
    assert page_path(f"{OWN}company/{name}", OWN) == f"company/{name}.html"


def test_names_that_differ_in_case_alone_are_two_files(tmp_path: Path) -> None:
    graph = sample_graph()
    companies = graph["companies"].with_columns(pl.col("iri").replace({BOLT: f"{BASE}company/ACME"}))
    write_site(make_tables(dict(graph.tables) | {"companies": companies}), tmp_path / "site", address="https://desk.example/")
    names = [path.name.casefold() for path in (tmp_path / "site" / "company").iterdir() if path.name != "acme-inc.html"]
    assert len(set(names)) == len(names) == 4


def test_the_command_writes_a_site(tmp_path: Path) -> None:
    write(sample_graph(), tmp_path / "out", ["parquet"])
    command = ["site", str(tmp_path / "out"), str(tmp_path / "site"), "--address", "https://desk.example", "--title", "Desk"]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert re.search(r"site: \d+ pages of things, 11 lists, 1 redirect", result.output)
    kg = newsgraph.load(tmp_path / "out")
    report = kg.site(tmp_path / "same", "Desk", "https://desk.example")
    assert (report.lists, report.redirects) == (11, 1)
    assert files(tmp_path / "same") == files(tmp_path / "site")
    with pytest.raises(InputError, match="no address of a website"):
        kg.site(tmp_path / "other", address="desk.example")


@pytest.mark.parametrize(
    "address", ["https://x.example/a?b#c", 'https://x.example/"><script>', "https://x.example/a b", "https://x.example/\x01"]
)
def test_what_could_be_no_base_is_no_address(tmp_path: Path, address: str) -> None:
    with pytest.raises(InputError, match=r"--address .* is not an absolute IRI"):
        write_site(sample_graph(), tmp_path / "site", address=address)
    assert CliRunner().invoke(main, ["site", str(tmp_path), str(tmp_path / "site"), "--address", address]).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_the_name_that_an_article_uses_is_beside_the_newest_one(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    write_site(renamed_company(tmp_path / "news", OWN), tmp_path / "site", "News")
    texts = {path.relative_to(tmp_path / "site").as_posix(): path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html")}
    called = {name: text.count("here called Facebook") for name, text in texts.items() if "here called" in text}
    assert {name.split("/")[0]: number for name, number in called.items()} == {"article": 1, "company": 1, "event": 1}
    assert "Meta here called Facebook" in next(text for name, text in texts.items() if name.startswith("event/"))


def test_states_of_the_us_are_words(tmp_path: Path) -> None:
    graph = sample_graph()
    companies = graph["companies"].with_columns(places=pl.lit(["US-PA", "FR"], pl.List(pl.String)))
    write_site(make_tables(dict(graph.tables) | {"companies": companies}), tmp_path / "site", address="https://desk.example/")
    pages = [
        path.read_text("utf-8") for path in (tmp_path / "site" / "company").iterdir() if path.name != "acme-inc.html"
    ]  # which leads on
    assert all("<dd>Pennsylvania, FR</dd>" in page for page in pages)
