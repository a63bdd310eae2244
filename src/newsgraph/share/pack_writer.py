"""Write a pack: the graph, its tables, and what describes and protects them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.core.given_files import check_name
from newsgraph.core.graph_tables import NODE_TABLES, GraphTables
from newsgraph.core.progress import Progress
from newsgraph.core.vocabulary import EVENT_TYPES, NODE_KINDS, expand
from newsgraph.export import EXPORTERS
from newsgraph.share.data_package import data_package
from newsgraph.share.dataset_description import HEAD, RIGHTS, dataset_description
from newsgraph.share.pack_card import PackCard, PackFile, Publication
from newsgraph.share.ro_crate import METADATA, ro_crate
from newsgraph.share.shared_graph import shared_graph
from newsgraph.storage.file_digests import sha256_of
from newsgraph.storage.folder_swap import replaced_folder

DESCRIPTION, PACKAGE, SUMS, README = "dataset.ttl", "datapackage.json", "SHA256SUMS", "README.md"
_FORMATS = ("turtle", "csv", "parquet")
_MEDIA = {
    ".ttl": "text/turtle", ".csv": "text/csv", ".json": "application/json", ".md": "text/markdown", ".parquet": "application/vnd.apache.parquet",
}  # fmt: skip
_TITLES = {
    "graph.ttl": "The graph as RDF (Turtle)", PACKAGE: "The tables as CSV files, described as a Data Package", README: "What this is and how to use it",
    "tables/manifest.json": "Sizes and digests of the Parquet files",
}  # fmt: skip


def share(graph: GraphTables, folder: Path, publication: Publication, workers: int = 1, progress: Progress | None = None) -> PackCard:
    """Write a pack of a graph into a folder, which is replaced as a whole, and return what the pack says about itself.

    Raises InputError for a graph with the example base, and for a folder that has other files or a name that is not in UTF-8.
    """
    check_name(folder)
    shared = shared_graph(graph)
    with replaced_folder(folder, DESCRIPTION, HEAD) as place:
        for done, name in enumerate(_FORMATS):
            if progress:
                progress(f"writing {name}", done, len(_FORMATS))
            EXPORTERS[name](shared, place, workers)
        card = _card(shared, publication, _triples(shared, workers))
        tables = replace(card, files=_files(place))
        (place / PACKAGE).write_text(_json(data_package(shared, tables)), encoding="utf-8", newline="\n")
        (place / README).write_text(_readme(card), encoding="utf-8", newline="\n")
        card = replace(card, files=_files(place))
        (place / DESCRIPTION).write_text(dataset_description(card), encoding="utf-8", newline="\n")
        described = replace(card, files=_files(place))
        (place / METADATA).write_text(_json(ro_crate(described)), encoding="utf-8", newline="\n")
        sums = "".join(f"{file.sha256}  {file.path}\n" for file in _files(place))
        (place / SUMS).write_text(sums, encoding="utf-8", newline="\n")
    return described


def _card(graph: GraphTables, publication: Publication, triples: int) -> PackCard:
    described = graph["dataset"].row(0, named=True)
    days = graph["articles"]["published"].drop_nulls()
    types = graph["events"]["type"].value_counts(sort=False).sort("type").rows()
    classes = {
        expand(NODE_KINDS[kind].classes[0]): graph[table].height
        for table, kind in NODE_TABLES.items()
        if kind not in {"event", "organisation"}
    }
    classes[expand(NODE_KINDS["company"].classes[0])] = graph["companies"].height + graph["organisations"].height
    classes |= {expand(EVENT_TYPES[name].cls): count for name, count in types}
    providers = graph["providers"].sort("iri").select("iri", "name", "domain", "articles").rows()
    return PackCard(
        publication=publication, iri=f"{described['base']}dataset", base=described["base"], version=described["program_version"], triples=triples,
        counts={kind: graph[table].height for table, kind in NODE_TABLES.items()},
        classes={name: count for name, count in sorted(classes.items()) if count}, providers=tuple(providers),
        first=_day(days.min()), last=_day(days.max()),
    )  # fmt: skip


def _day(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else None


def _triples(graph: GraphTables, workers: int) -> int:
    with TemporaryDirectory(prefix="newsgraph-") as folder:
        (path,) = EXPORTERS["ntriples"](graph, Path(folder), workers)
        with path.open("rb") as file:
            return len(set(file))


def _files(folder: Path) -> tuple[PackFile, ...]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple(_file(path, path.relative_to(folder).as_posix()) for path in paths)


def _file(path: Path, name: str) -> PackFile:
    title = _TITLES.get(name) or f"Table {path.stem} ({'Parquet' if path.suffix == '.parquet' else 'CSV'})"
    return PackFile(name, path.stat().st_size, sha256_of(path), _MEDIA[path.suffix], title)


def _json(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _readme(card: PackCard) -> str:
    return "\n".join(_readme_lines(card)) + "\n"


def _readme_lines(card: PackCard) -> Iterable[str]:
    stated = card.publication
    yield f"# {stated.title}\n\n{card.description}\n"
    yield f"Published by {stated.publisher}. Licence of the data: <{stated.license}>. {RIGHTS}\n"
    yield "| file | what it is |\n| --- | --- |"
    yield f"| `{DESCRIPTION}` | description of the data set (DCAT, VoID), with {card.triples:,} triples |"
    yield "| `graph.ttl` | the graph as RDF |\n| `csv/`, `datapackage.json` | all tables, with types and keys |"
    yield "| `tables/` | the same tables as Parquet, for `newsgraph.load` |\n| `ro-crate-metadata.json` | the pack as a research object |"
    yield f"| `{SUMS}` | check with `sha256sum -c {SUMS}` |"
