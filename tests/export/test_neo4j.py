"""The files for Neo4j have the headers of its bulk import, and every relationship has two ends."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from newsgraph.core.graph_tables import edges, nodes
from newsgraph.export.neo4j import LIST_MARK, RELATIONSHIPS, write_neo4j
from sample import ACME, ALPHA, BOLT, GAMMA, HOSTILE, sample_graph

# A column of the header: NAME:TYPE, or one of the reserved fields.
_COLUMN = re.compile(r"\w+:(?:ID|string|long|double|boolean|date|datetime|string\[\])|:LABEL|:START_ID|:END_ID|:TYPE")


def _rows(folder: Path) -> dict[str, list[dict[str, str]]]:
    files = {}
    for path in write_neo4j(sample_graph(), folder):
        with path.open(encoding="utf-8", newline="") as file:
            files[path.stem] = list(csv.DictReader(file))
    return files


def test_every_column_of_a_header_has_a_type_that_the_import_knows(tmp_path: Path) -> None:
    for path in write_neo4j(sample_graph(), tmp_path):
        header = path.read_text("utf-8").split("\n", 1)[0].split(",")
        assert [column for column in header if not _COLUMN.fullmatch(column)] == []
        assert len(set(header)) == len(header)


def test_ids_are_unique_and_every_relationship_has_its_ends(tmp_path: Path) -> None:
    files = _rows(tmp_path)
    ids = [row["iri:ID"] for name, rows in files.items() if name != RELATIONSHIPS for row in rows]
    assert sorted(ids) == sorted(nodes(sample_graph())["iri"])
    ends = [(row[":START_ID"], row[":END_ID"]) for row in files[RELATIONSHIPS]]
    assert len(ends) == edges(sample_graph()).height
    assert {end for pair in ends for end in pair} <= set(ids)
    assert (ACME, BOLT, "INVESTED_IN") in {(row[":START_ID"], row[":END_ID"], row[":TYPE"]) for row in files[RELATIONSHIPS]}


def test_values_are_written_in_the_forms_of_the_import(tmp_path: Path) -> None:
    files = _rows(tmp_path)
    company = {row["iri:ID"]: row for row in files["company"]}[ACME]
    assert company["aliases:string[]"].split(LIST_MARK) == ["Acme Inc.", "ACME"]
    assert company[":LABEL"] == "Company"
    articles = {row["iri:ID"]: row for row in files["article"]}
    assert articles[ALPHA]["published:datetime"] == "2024-05-01T06:30:00Z"
    assert articles[GAMMA]["name:string"] == HOSTILE
    assert {row["background:boolean"] for row in files["event"]} <= {"true", "false", ""}
