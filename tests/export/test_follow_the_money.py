"""The FollowTheMoney file holds the graph as entities and edges, and its own tools take it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from newsgraph.core.graph_tables import GraphTables
from newsgraph.export.follow_the_money import write_ftm
from sample import ACME, ALPHA, sample_graph

Entity = dict[str, Any]


def _entities(graph: GraphTables, folder: Path) -> list[Entity]:
    (path,) = write_ftm(graph, folder)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _one(entities: list[Entity], **properties: str) -> Entity:
    [found] = [one for one in entities if all(value in one["properties"].get(name, ()) for name, value in properties.items())]
    return found


def test_every_actor_event_and_article_is_an_entity(tmp_path: Path) -> None:
    graph = sample_graph()
    counts = Counter(one["schema"] for one in _entities(graph, tmp_path))
    tables = {"Company": "companies", "Organization": "organisations", "Person": "people", "Article": "articles", "Event": "events"}
    assert {schema: counts[schema] for schema in tables} == {schema: graph[table].height for schema, table in tables.items()}


def test_an_entity_leads_back_to_its_iri_and_article(tmp_path: Path) -> None:
    entities = _entities(sample_graph(), tmp_path)
    acme, article = _one(entities, name="Acme", sourceUrl=ACME), _one(entities, sourceUrl="https://wire.example/a?b=1&c=%zz [x]")
    assert acme["properties"]["alias"] == ["ACME", "Acme Inc."]
    assert "text" not in article["properties"]
    assert [one["schema"] for one in entities if article["id"] in one["properties"].get("proof", ())] != []
    assert ALPHA not in article["id"]


def test_edges_are_facts_alone(tmp_path: Path) -> None:
    entities = {one["id"]: one for one in _entities(sample_graph(), tmp_path)}
    owning = [one["properties"] for one in entities.values() if one["schema"] == "Ownership"]
    ends = {
        (entities[o]["properties"]["name"][0], entities[a]["properties"]["name"][0])
        for p in owning
        for o, a in zip(p["owner"], p["asset"], strict=True)
    }
    assert ("Acme", "Bolt") in ends
    assert ("Cane", "Dune") not in ends  # a rumour


def test_ids_are_unique_and_every_reference_leads_to_an_entity(tmp_path: Path, seed_graph: GraphTables) -> None:
    for graph in (sample_graph(), seed_graph):
        entities = _entities(graph, tmp_path)
        ids = {one["id"] for one in entities}
        assert len(ids) == len(entities)
        assert [one["id"] for one in entities if not re.fullmatch(r"[0-9a-z]+(-[0-9a-z]+)+", one["id"])] == []
        fields = ("involved", "proof", "owner", "asset", "subject", "object", "employee", "employer", "document", "entity", "parent")
        referenced = {value for one in entities for field in fields for value in one["properties"].get(field, ())}
        assert referenced <= ids


def test_ftm_validates_the_file_and_nothing_is_lost(tmp_path: Path, seed_graph: GraphTables) -> None:
    if find_spec("followthemoney") is None:
        pytest.skip("followthemoney is not installed")
    (path,) = write_ftm(seed_graph, tmp_path)
    command = [
        sys.executable,
        "-c",
        "from followthemoney.cli.cli import cli; cli()",
        "validate",
        "-i",
        str(path),
        "-o",
        str(tmp_path / "valid.json"),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stderr
    before, after = ([json.loads(line) for line in file.read_text("utf-8").splitlines()] for file in (path, tmp_path / "valid.json"))
    assert {one["id"]: set(one["properties"]) for one in before} == {one["id"]: set(one["properties"]) for one in after}


_LOAD = """
import sys
from pathlib import Path
from nomenklatura.resolver import Linker
from nomenklatura.store import load_entity_file_store
store = load_entity_file_store(Path(sys.argv[1]), Linker({}))
print(len(list(store.default_view().entities())))
"""


def test_nomenklatura_loads_the_file(tmp_path: Path, seed_graph: GraphTables) -> None:
    if find_spec("nomenklatura") is None:
        pytest.skip("nomenklatura is not installed")
    (path,) = write_ftm(seed_graph, tmp_path)
    result = subprocess.run([sys.executable, "-c", _LOAD, str(path)], capture_output=True, text=True, check=False, timeout=300)
    assert result.returncode == 0, result.stderr
    assert int(result.stdout) == len(path.read_text("utf-8").splitlines())
