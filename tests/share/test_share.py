"""A pack has the graph and no text, describes itself in forms that others read, and is the same bytes for the same graph."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyshacl
import pytest
import rdflib
from click.testing import CliRunner

import newsgraph
from conftest import ROOT, shared
from newsgraph.cli.app import main
from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.withheld_text import MOST_WORDS
from newsgraph.export.parquet import read_tables
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.share.pack_card import PackCard, Publication, read_licenses
from newsgraph.share.pack_writer import share
from newsgraph.share.shared_graph import INTERNAL
from output_files import files

BASE = "https://data.desk.example/id/"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
STATED = Publication(
    'News of "Rotterdam" \\ 2025',
    "The Desk",
    LICENSE,
    "https://desk.example/",
    licenses={"maasdaily.example": "https://maasdaily.example/terms"},
)
NEWS = ROOT / "examples" / "news"
_WORD, _ADDRESS = re.compile(r"\w+|\|"), re.compile(r"https?(?::|%3a)[^\s\"<>]+")


@pytest.fixture(scope="module")
def graph() -> GraphTables:
    """Build the example news with a base of its own, and with decisions."""
    return build([NEWS], BuildOptions(base=BASE, extractor="names", decisions=ROOT / "examples" / "decisions.yaml"))


@pytest.fixture(scope="module")
def packed(graph: GraphTables, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PackCard]:
    """Write its pack."""
    folder = tmp_path_factory.mktemp("share") / "pack"
    return folder, share(graph, folder, STATED)


def _runs(text: str) -> set[str]:
    words = _WORD.findall(_ADDRESS.sub(" | ", text.casefold()))  # an address is one word, however long
    return {" ".join(words[at : at + MOST_WORDS + 1]) for at in range(len(words) - MOST_WORDS)}


def _copied(inputs: Iterable[Path], pack: Path) -> list[str]:
    """List the runs of 26 words that are in an input and in a file of a pack."""
    runs = set().union(*(_runs(path.read_text("utf-8", "replace")) for path in inputs if path.is_file()))
    read = [path for path in pack.rglob("*") if path.suffix in {".ttl", ".csv", ".json", ".md"}]
    tables = "\n".join(str(value) for table in read_tables(pack).tables.values() for row in table.iter_rows() for value in row)
    return sorted(runs.intersection(set().union(_runs(tables), *(_runs(path.read_text("utf-8")) for path in read))))


def test_no_run_of_26_words_of_an_input_is_in_the_pack(packed: tuple[Path, PackCard]) -> None:
    assert _copied(NEWS.rglob("*"), packed[0]) == []


def test_a_run_of_26_words_would_be_found(packed: tuple[Path, PackCard], tmp_path: Path) -> None:
    longest = max(read_tables(packed[0])["excerpts"]["text"], key=lambda words: len(words.split()))
    (tmp_path / "input.md").write_text(f"{longest} " * 3, "utf-8")
    assert _copied([tmp_path / "input.md"], packed[0]) == []
    text = (packed[0] / "README.md").read_text("utf-8")
    (tmp_path / "input.md").write_text(text, "utf-8")
    assert _copied([tmp_path / "input.md"], packed[0]) != []


@pytest.mark.parametrize("corpus", ["seeds", "corpus/news"])
def test_no_run_of_26_words_of_others_news_is_in_a_pack(corpus: str, tmp_path: Path) -> None:
    folder = ROOT / corpus if corpus == "seeds" else shared(corpus)
    share(build([folder], BuildOptions(base=BASE, extractor="rules")), tmp_path / "pack", STATED)
    assert _copied(folder.rglob("*"), tmp_path / "pack") == []


def test_the_graph_of_a_pack_is_whole_but_for_texts_and_the_work_on_it(packed: tuple[Path, PackCard], graph: GraphTables) -> None:
    tables = read_tables(packed[0])
    for name in ("companies", "events", "event_roles", "mentions", "stories"):
        assert tables[name].height == graph[name].height > 0
    assert [tables["articles"][column].null_count() for column in ("text", "excerpt")] == [graph["articles"].height] * 2
    assert tables["articles"]["url"].equals(graph["articles"]["url"])
    assert {name: tables[name].height for name in INTERNAL} == dict.fromkeys(INTERNAL, 0)
    assert graph["decisions"].height > 0


def test_a_pack_names_no_place_of_this_machine(packed: tuple[Path, PackCard]) -> None:
    assert list(packed[0].rglob(".*")) == []
    assert [
        name for name, content in files(packed[0]).items() if str(ROOT).encode() in content or str(packed[0].parent).encode() in content
    ] == []


def test_all_sums_are_right(packed: tuple[Path, PackCard]) -> None:
    result = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=packed[0], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert len(result.stdout.splitlines()) == len(files(packed[0])) - 1


def test_the_description_counts_and_names_what_is_there(packed: tuple[Path, PackCard], graph: GraphTables) -> None:
    folder, card = packed
    described = rdflib.Graph().parse(folder / "dataset.ttl", publicID="https://pack.example/dataset.ttl")
    data = rdflib.Graph().parse(folder / "graph.ttl")
    void, dcterms = rdflib.Namespace("http://rdfs.org/ns/void#"), rdflib.DCTERMS
    dataset = rdflib.URIRef(f"{BASE}dataset")
    assert described.value(dataset, void.triples).toPython() == len(data) == card.triples  # type: ignore[union-attr]
    assert str(described.value(dataset, dcterms.title)) == STATED.title
    for part in described.objects(dataset, void.classPartition):
        cls, count = described.value(part, void["class"]), described.value(part, void.entities)
        assert len(set(data.subjects(rdflib.RDF.type, cls))) == count.toPython(), cls  # type: ignore[union-attr]
    downloads = {str(one) for one in described.objects(None, rdflib.DCAT.downloadURL)}
    assert downloads == {f"https://pack.example/{name}" for name in ("graph.ttl", "datapackage.json")}
    rights = {str(described.value(rdflib.URIRef(iri), dcterms.license) or "") for iri in graph["providers"]["iri"]}
    assert rights == {"", "https://maasdaily.example/terms"}


def test_the_description_conforms_to_dcat_ap(packed: tuple[Path, PackCard]) -> None:
    described = rdflib.Graph().parse(packed[0] / "dataset.ttl", publicID="https://pack.example/dataset.ttl")
    shapes = rdflib.Graph().parse(Path(__file__).parent / "dcat-ap" / "shapes.ttl")
    conforms, _, text = pyshacl.validate(described, shacl_graph=shapes)
    assert conforms, text
    described.remove((rdflib.URIRef(f"{BASE}dataset"), rdflib.DCTERMS.title, None))
    assert not pyshacl.validate(described, shacl_graph=shapes)[0]


def test_rocrate_reads_the_pack(packed: tuple[Path, PackCard]) -> None:
    library = pytest.importorskip("rocrate.rocrate", reason="rocrate is not installed")
    crate = library.ROCrate(packed[0])
    assert crate.name == STATED.title
    assert crate.root_dataset["license"]["@id"] == LICENSE
    assert crate.root_dataset["datePublished"] == "2025-11-05"
    paths = {entity.id for entity in crate.data_entities}
    assert paths == {name for name in files(packed[0]) if name not in {"SHA256SUMS", "ro-crate-metadata.json"}}


def test_frictionless_validates_every_table(packed: tuple[Path, PackCard]) -> None:
    library = pytest.importorskip("frictionless", reason="frictionless is not installed")
    report = library.validate(str(packed[0] / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])[:10]
    assert report.stats["tasks"] == len(list((packed[0] / "csv").iterdir()))


def test_the_same_graph_gives_the_same_pack(packed: tuple[Path, PackCard], graph: GraphTables, tmp_path: Path) -> None:
    share(graph, tmp_path / "pack", STATED, workers=2)
    share(graph, tmp_path / "pack", STATED)  # in the place of the former one
    assert files(tmp_path / "pack") == files(packed[0])
    assert [path.name for path in tmp_path.iterdir()] == ["pack"]


def test_the_example_base_is_refused(seed_graph: GraphTables, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is the example base"):
        share(seed_graph, tmp_path / "pack", STATED)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_other_files_is_left_alone(graph: GraphTables, tmp_path: Path) -> None:
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "dataset.ttl").write_text("# mine\n", "utf-8")
    with pytest.raises(InputError, match="has files that this command did not write"):
        share(graph, tmp_path / "pack", STATED)
    assert (tmp_path / "pack" / "dataset.ttl").read_text("utf-8") == "# mine\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("domain,rights\na,b\n", "lacks the columns"),
        ("domain,license\na.example,free\n", "line 2: 'free' is no IRI"),
        ("\xff", "cannot be read"),
    ],
)
def test_a_file_of_licences_that_is_none_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "licenses.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError, match=message):
        read_licenses(tmp_path / "licenses.csv")


def test_the_command_writes_a_pack(graph: GraphTables, tmp_path: Path) -> None:
    from newsgraph.export import write  # noqa: PLC0415 - used here alone

    write(graph, tmp_path / "out", ["parquet"])
    (tmp_path / "licenses.csv").write_text("domain,license\nwww.maasdaily.example,https://maasdaily.example/terms\n", "utf-8")
    options = ["--publisher", "The Desk", "--license", LICENSE, "--licenses", str(tmp_path / "licenses.csv"), "--issued", "2025-12-01"]
    where = ["--address", "https://desk.example/pack", "--title", "Deals"]
    result = CliRunner().invoke(main, ["share", str(tmp_path / "out"), str(tmp_path / "pack"), *options, *where])
    assert result.exit_code == 0, result.output
    assert re.search(r"pack: \d+ files, [\d,]+ triples", result.output)
    text = (tmp_path / "pack" / "dataset.ttl").read_text("utf-8")
    assert "dcat:accessURL <https://desk.example/pack/graph.ttl>" in text
    assert f'dcterms:issued "{date(2025, 12, 1)}"' in text
    assert json.loads((tmp_path / "pack" / "datapackage.json").read_text("utf-8"))["title"] == "Deals"
    licenses = {"www.maasdaily.example": "https://maasdaily.example/terms"}
    kg = newsgraph.load(tmp_path / "out")
    kg.share(
        tmp_path / "same",
        "The Desk",
        LICENSE,
        title="Deals",
        address="https://desk.example/pack",
        issued=date(2025, 12, 1),
        licenses=licenses,
    )
    assert files(tmp_path / "same") == files(tmp_path / "pack")
    with pytest.raises(InputError, match="is no address of the web"):
        kg.share(tmp_path / "p", "The Desk", "free")
    with pytest.raises(InputError, match="is missing"):
        kg.share(tmp_path / "p", "The Desk", "")
    wrong = CliRunner().invoke(main, ["share", str(tmp_path / "out"), str(tmp_path / "p"), "--publisher", "D", "--license", "free"])
    assert wrong.exit_code == 2
    assert "free is not an address" in wrong.output
