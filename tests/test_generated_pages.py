"""The generated pages in `docs/` are what their generators write, and the data dictionary is complete and true."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import polars as pl
import pytest

import newsgraph
from conftest import ROOT
from newsgraph.core.column_descriptions import column_descriptions, table_descriptions
from newsgraph.core.graph_tables import NAMES, SCHEMAS, GraphTables
from newsgraph.identifiers.pack_builder import make_pack
from newsgraph.pipeline.graph_build import BuildOptions, build
from source_tree import sources
from write_pages import PAGES, write_pages

# A document with as little as a document can have: no date, no address, no provider, no excerpt.
QUIET = "---\ntitle: A quiet day\nimages:\n- url: https://news.example/a.png\n---\n"
BARE = "---\ntitle: Fennimore Automation acquires Brightmoor Robotics\n---\n"
UNSIGNED = "- same: [Osterholt, Kelvaro]\n"
# Columns that may be null and are not so in what the tests build.
RARE = {("other_mentions", "name"), ("companies", "id_source"), ("id_candidates", "source"), ("posts", "role"), ("reports", "subject"),
        ("reports", "subject_iri"), ("merges", "note"), ("articles", "text"), ("mentions", "weight"),
        ("merged_relations", "first"), ("stories", "first"), ("stories", "last")}  # fmt: skip
# Columns whose description lists the values that may occur.
CHOICES = [
    ("aliases", "kind"), ("topics", "rule"), ("other_mentions", "kind"), ("events", "status"), ("events", "date_source"),
    ("reports", "date_source"), ("ledger", "field"), ("ledger", "relation"), ("stories", "rule"), ("story_links", "rule"),
    ("doubts", "verb"), ("decisions", "verb"), ("decisions", "outcome"), ("members", "kind"), ("replaced", "kind"),
    ("replaced", "rule"), ("companies", "id_rule"), ("problems", "severity"),
]  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> GraphTables:
    """Build a graph in which as many tables as possible have rows."""
    folder = tmp_path_factory.mktemp("dictionary")
    odd, broken = f"{BARE[:-4]}heat: hot\n---\n", "---\nexcerpt: no title\n---\n"
    for name, text in (("quiet.md", QUIET), ("bare.md", BARE), ("odd.md", odd), ("broken.md", broken)):
        (folder / name).write_text(text, encoding="utf-8")
    pack, identifiers = folder / "pack.parquet", ROOT / "examples" / "identifiers"
    make_pack(pack, [identifiers / "gleif.csv"], [identifiers / "company_tickers_exchange.json"], [identifiers / "wikidata.csv"])
    decisions = folder / "decisions.yaml"
    decisions.write_text((ROOT / "examples" / "decisions.yaml").read_text("utf-8") + UNSIGNED, encoding="utf-8")
    options = BuildOptions(companies=ROOT / "examples" / "companies.csv", decisions=decisions, packs=(pack,))
    return build([ROOT / "seeds", ROOT / "examples" / "news", folder], options)


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_what_its_generator_writes(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == PAGES[name]()


def test_every_table_and_every_column_is_described_and_no_other() -> None:
    assert list(table_descriptions()) == list(SCHEMAS)
    assert list(column_descriptions()) == [(table, column) for table, columns in SCHEMAS.items() for column in columns]


def test_every_description_is_a_sentence() -> None:
    texts = [one.rows for one in table_descriptions().values()] + [one.meaning for one in column_descriptions().values()]
    assert [text for text in texts if not re.fullmatch(r"[A-Z`].{5,}\.", text)] == []
    assert [name for name, one in table_descriptions().items() if not one.rdf] == []


def test_no_column_is_null_unless_its_description_says_when(built: GraphTables) -> None:
    never = [key for key, one in column_descriptions().items() if not one.null]
    assert [key for key in never if built[key[0]][key[1]].null_count()] == []


def test_columns_that_may_be_null_are_so_in_some_graph(built: GraphTables) -> None:
    described = {key for key, one in column_descriptions().items() if one.null}
    seen = {(table, column) for table, column in described if built[table][column].null_count()}
    nowhere = {table for table in SCHEMAS if built[table].is_empty()}
    assert {key for key in described - seen if key[0] not in nowhere} <= RARE


@pytest.mark.parametrize(("table", "column"), CHOICES)
def test_a_description_lists_all_values_that_occur(built: GraphTables, table: str, column: str) -> None:
    listed = set(re.findall(r"`(\w+)`", column_descriptions()[table, column].meaning))
    assert set(built[table][column].drop_nulls()) <= listed


def test_nearly_every_table_has_rows_to_check(built: GraphTables) -> None:
    assert {table for table in SCHEMAS if built[table].is_empty()} <= {"replaced", "doubts", "id_candidates", "excerpts"}


def test_a_table_describes_its_columns(built: GraphTables) -> None:
    described = built.describe("events")
    assert described["column"].to_list() == list(SCHEMAS["events"])
    assert described.filter(pl.col("column") == "amount")["unit"].item() == "full units of `currency`"
    assert {str(NAMES)} == set(built.describe("ledger").filter(column="tellers")["type"])


def test_only_pages_that_are_out_of_date_are_written(tmp_path: Path) -> None:
    (tmp_path / "old.md").write_text("old\n", encoding="utf-8")
    (tmp_path / "new.md").write_text("new\n", encoding="utf-8")
    assert write_pages(tmp_path, {"old.md": lambda: "new\n", "new.md": lambda: "new\n"}) == ["old.md"]
    assert (tmp_path / "old.md").read_text(encoding="utf-8") == "new\n"


def test_every_path_in_the_architecture_page_exists() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    places = (ROOT / "src" / "newsgraph", ROOT)
    paths = re.findall(r"`([\w./]+(?:\.\w+|/))`", text)
    assert len(paths) > 90
    ours = [path for path in paths if "/" in path]
    assert [path for path in ours if not any((place / path).exists() for place in places)] == []


def test_every_class_and_every_column_in_the_glossary_exists() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    classes = {node.name for module in sources().values() for node in ast.parse(module).body if isinstance(node, ast.ClassDef)}
    named = set(re.findall(r"`([A-Z]\w+)`", text))
    assert len(named) > 20
    assert named - classes == set()
    columns = {(table, column) for table, column in re.findall(r"`(\w+)\.(\w+)`", text) if table in SCHEMAS}
    assert len(columns) > 10
    assert columns - set(column_descriptions()) == {("companies", "csv"), ("decisions", "yaml")}  # files


def test_the_glossary_is_in_alphabetical_order() -> None:
    terms = re.findall(r"^\*\*(.+?)\*\*", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(terms) > 40
    assert terms == sorted(terms, key=str.casefold)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a source archive does not hold all that pages lead to")
def test_every_link_between_pages_leads_to_a_file() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "output" / "README.md"]
    links = [(page, link) for page in pages for link in re.findall(r"\]\((?!https?://)([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))]
    assert len(links) > 40
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []


def test_the_api_page_names_everything_public() -> None:
    text = PAGES["api.md"]()
    assert [name for name in newsgraph.__all__ if f"`{name}`" not in text] == []
    methods = [name for name in vars(newsgraph.NewsGraph) if not name.startswith("_")]
    assert [name for name in methods if f"### NewsGraph.{name}\n" not in text] == []


def test_an_example_of_a_docstring_is_a_block_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    module = '''def build(a: int, *, b: str = "x") -> int:
    """Add.

    >>> build(1)
    2

    >>> build(2)
    3

    More.
    """
'''
    monkeypatch.setattr("api_page.sources", lambda: sources() | {"api.entry_points": module + sources()["api.entry_points"]})
    expected = "build(a: int, *, b: str = 'x') -> int\n```\n\nAdd.\n\n```pycon\n>>> build(1)\n2\n\n>>> build(2)\n3\n```\n\nMore.\n"
    assert expected in PAGES["api.md"]()
