"""Questions to ask both over columns and the SPARQL engine: the named ones, changed a little, and typical ones of users."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pyoxigraph as ox
from polars.testing import assert_frame_equal

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.answer_columns import answer_columns
from newsgraph.query.answer_syntax import answer_text
from newsgraph.query.columnwise import ColumnStore, NotCoveredError, answer, build_column_store, parse, written_answer
from newsgraph.query.columnwise.query_syntax import Group, Select, Triple, Var
from newsgraph.query.named_questions import questions, sparql_of
from newsgraph.query.result_frame import frame_of
from newsgraph.query.statement_columns import columns_of
from newsgraph.rdf.line_syntax import LineSerializer
from newsgraph.rdf.statement_file import write_text

FILE = Path(__file__).parents[1] / "cases" / "questions.rq"
_END = re.compile(r"^\s*\}\s*\n(?=(?:GROUP BY|ORDER BY|HAVING|LIMIT)|$)", re.MULTILINE)


def engine_of(graph: GraphTables) -> ox.Store:
    """Load a graph into a SPARQL engine in this process."""
    store = ox.Store()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "statements"
        write_text(graph, LineSerializer(quads=False), path)
        store.bulk_load(path=str(path), format=ox.RdfFormat.N_TRIPLES)
    return store


class BothEngines:
    """One graph in columns and in the SPARQL engine."""

    def __init__(self, graph: GraphTables) -> None:
        """Load a graph into both."""
        self.columns: ColumnStore = build_column_store(columns_of(graph))
        self.engine = engine_of(graph)

    def over_columns(self, sparql: str) -> pl.DataFrame | None:
        """Answer over columns; None where these do not cover the question."""
        no_answer = ox.Store().query(sparql, prefixes=PREFIXES)
        names = [variable.value for variable in no_answer.variables] if isinstance(no_answer, ox.QuerySolutions) else None
        try:
            return answer(self.columns, parse(sparql, names))
        except NotCoveredError:
            return None

    def by_engine(self, sparql: str) -> pl.DataFrame:
        """Answer by the engine."""
        columns = answer_columns(self.engine.query(sparql, prefixes=PREFIXES), sys.maxsize - 1)
        assert columns is not None
        return frame_of(columns)

    def check(self, sparql: str, *, ordered: bool) -> bool:
        """Check that both answer alike, and return whether columns cover the question."""
        found = self.over_columns(sparql)
        if found is None:
            return False
        expected = self.by_engine(sparql)
        if ordered:
            assert_frame_equal(found, expected)
        else:
            assert_frame_equal(_sorted(found), _sorted(expected))
        return True

    def check_written(self, sparql: str) -> bool:
        """Check that both write the same solutions in JSON, terms with their types and languages; return whether columns cover the question."""
        no_answer = ox.Store().query(sparql, prefixes=PREFIXES)
        names = [variable.value for variable in no_answer.variables] if isinstance(no_answer, ox.QuerySolutions) else None
        limits = {"rows": 1_000_000, "size": 2**30}
        try:
            found = json.loads(written_answer(self.columns, parse(sparql, names), "json", **limits))
        except NotCoveredError:
            return False
        _, text = answer_text(self.engine.query(sparql, prefixes=PREFIXES), "json", "", **limits)
        assert _solutions(found) == _solutions(json.loads(text)), sparql
        return True


def _solutions(answer: dict[str, Any]) -> object:
    if "boolean" in answer:
        return answer
    return answer["head"], sorted(json.dumps(row, sort_keys=True) for row in answer["results"]["bindings"])


def _sorted(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.sort(frame.columns, nulls_last=True)


def user_questions() -> list[str]:
    """Read the typical questions of users."""
    return [part.strip() for part in FILE.read_text("utf-8").split("\n\n")[1:]]


def changed_questions() -> list[tuple[str, str, str]]:
    """Return each named question with one change at a time, as name, change and SPARQL."""
    cases = []
    for name in sorted(questions()):
        sparql = sparql_of(name, {})
        select = parse(sparql)
        plain = [column for column, value in select.shown if value is None]
        condition = f'!BOUND(?{plain[-1]}) || CONTAINS(LCASE(STR(?{plain[-1]})), "a")'
        where, _, _ = sparql.rpartition("ORDER BY")
        cases += [
            (name, "filter", with_pattern(sparql, f"FILTER({condition})")),
            (name, "triple", with_pattern(sparql, f"?{_subject(select.group)} a ?its_class .")),
            (name, "order", f"{where}ORDER BY DESC(?{plain[0]})"),
            (name, "limit", f"{re.sub(r'LIMIT [0-9]+$', '', sparql.rstrip())}\nLIMIT 3"),
        ]
    return cases


def with_pattern(sparql: str, pattern: str) -> str:
    """Add a pattern at the end of a question's WHERE."""
    ends = list(_END.finditer(sparql))
    return f"{sparql[: ends[-1].start()]}  {pattern}\n{sparql[ends[-1].start() :]}"


def _subject(group: Group) -> str:
    """Return the first variable that is the subject of a triple pattern."""
    for part in group.parts:
        if isinstance(part, Triple) and isinstance(part.subject, Var) and not part.subject.name.startswith("["):
            return part.subject.name
        for inner in (part,) if isinstance(part, Group) else (part.group,) if isinstance(part, Select) else getattr(part, "groups", ()):
            return _subject(inner)
    raise AssertionError(str(group))
