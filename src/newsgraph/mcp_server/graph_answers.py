"""What the tools answer: each method takes what a model fills in, and returns values for JSON."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from newsgraph.core.errors import QueryError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.name_lookup import NameIndex, name_index
from newsgraph.core.row_lookup import RowLookup
from newsgraph.export.parquet import read_tables
from newsgraph.provenance.explanation import Explanation, explain, find_ends
from newsgraph.query.named_questions import questions
from newsgraph.query.query_limits import limits_of
from newsgraph.query.sparql import QueryStore
from newsgraph.query.storyline_steps import EVENT, STORY, find_node, storyline_of, storyline_rows
from newsgraph.query.unknown_terms import unknown_terms
from newsgraph.retrieval.answer_context import context
from newsgraph.retrieval.full_text_search import search
from newsgraph.retrieval.sentence_index import SentenceIndex, open_index
from newsgraph.storage.derived_cache import TableOrigin, table_origin

Answer = dict[str, Any]
_COMPANY = (
    "iri", "name", "aliases", "tickers", "legal_name", "lei", "wikidata", "domain", "country", "sectors", "articles", "outlets", "origins", "confidence",
)  # fmt: skip
_STATEMENT = (
    "subject", "predicate", "object", "kind", "status", "amount", "currency", "when", "sentence", "headline", "url", "provider", "published", "rule",
    "confidence", "note",
)  # fmt: skip
_MOST_STATEMENTS, _MOST_EVENTS = 40, 40
_DECISION = "decision"  # a kind of statement: what people decided is of no use to a reader


@dataclass(frozen=True, slots=True)
class ToolLimits:
    """Limits of one answer: seconds, rows of a table, and bytes of its JSON."""

    seconds: float = 30.0
    rows: int = 100
    size: int = 200_000


class GraphAnswers:
    """The tools over the graph in an output folder; tables are read and engines started when a tool first needs them."""

    def __init__(self, output: Path, limits: ToolLimits) -> None:
        """Read nothing yet."""
        self._output, self._limits = output, limits
        self._turn = threading.RLock()

    def search(self, words: str, limit: int = 20, as_of: date | None = None, kind: str = "") -> Answer:
        """Find things by name, and sentences by words."""
        hits = search(self._index, words, min(limit, self._limits.rows), self._limits.seconds, as_of, kind)
        return {"hits": [_present(asdict(hit)) for hit in hits]}

    def context(self, question: str, as_of: date | None = None, topics: Iterable[str] = (), budget: int = 2000) -> Answer:
        """Find sentences, facts, sources and disagreements for a question."""
        return asdict(context(self._index, question, as_of, tuple(topics), budget, seconds=self._limits.seconds))

    def company(self, name: str) -> Answer:
        """Describe a company."""
        return self._in_time(lambda: self._company(name))

    def _company(self, name: str) -> Answer:
        with self._turn:
            iri = self._names.find(name, "company")
            tables = self._graph
            row = tables["companies"].filter(pl.col("iri") == iri).row(0, named=True)
            labels = self._names.labels
            relations = tables["merged_relations"].filter((pl.col("subject") == iri) | (pl.col("object") == iri))
            posts = tables["posts"].filter(pl.col("employer") == iri).unique(["person", "role"], maintain_order=True)
            return {
                "company": _present({column: row[column] for column in _COMPANY}),
                "parent": labels.get(row["parent"], ""),
                "events": self._steps(iri, (EVENT,), _MOST_EVENTS),
                "people": [{"person": labels.get(person, ""), "role": role or ""} for person, role in posts.select("person", "role").iter_rows()],
                "relations": [
                    _present({"subject": labels.get(one, ""), "relation": kind, "object": labels.get(other, ""), "percent": percent, "articles": articles})
                    for one, kind, other, percent, articles in relations.select("subject", "kind", "object", "percent", "articles").iter_rows()
                ],
            }  # fmt: skip

    def event(self, name: str) -> Answer:
        """Describe an event: what it is, who takes part, who reports it in which words, and values that are reported otherwise."""
        return self._in_time(lambda: self._event(name))

    def _event(self, name: str) -> Answer:
        with self._turn:
            iri = self._names.find(name, "event")
            tables = self._graph
            row = tables["events"].filter(pl.col("iri") == iri).row(0, named=True)
            roles = tables["event_roles"].filter(pl.col("event") == iri).select("role", "name").rows()
            values = tables["ledger"].filter(pl.col("event") == iri).select("field", "value", "relation", "articles", "origins").to_dicts()
            return {
                "event": _present(row),
                "roles": [{"role": role.partition(":")[2], "name": label or ""} for role, label in roles],
                "values": values,
                **_statements(explain(self._lookup, self._names, iri, None)),
            }

    def why(self, name: str, other: str = "") -> Answer:
        """Return the statements about a thing, or between two, with their sentences and sources."""
        return self._in_time(lambda: self._why(name, other or None))

    def _why(self, name: str, other: str | None) -> Answer:
        with self._turn:
            return _statements(explain(self._lookup, self._names, *find_ends(self._names, name, other)))

    def storyline(self, name: str) -> Answer:
        """Return the events and stories of a thing in order of time."""
        return self._in_time(lambda: self._storyline(name))

    def _storyline(self, name: str) -> Answer:
        with self._turn:
            return {"steps": self._steps(find_node(self._names, name), (EVENT, STORY), self._limits.rows)}

    def question(self, name: str = "", parameters: Mapping[str, str] | None = None) -> Answer:
        """Answer a ready-made question; without a name, list them."""
        if not name:
            listed = [{"name": one.name, "question": one.question, "parameters": dict(one.parameters)} for one in questions().values()]
            return {"questions": listed}
        with self._turn:
            return self._table(self._store.ask_named(name, parameters or {}, limits_of(self._limits.seconds)))

    def sparql(self, query: str) -> Answer:
        """Answer a question in SPARQL."""
        with self._turn:
            warnings = [term.line() for term in unknown_terms(query)]
            return self._table(self._store.ask(query, limits_of(self._limits.seconds))) | ({"warnings": warnings} if warnings else {})

    @cached_property
    def _origin(self) -> TableOrigin:
        return table_origin(self._output)

    @cached_property
    def _graph(self) -> GraphTables:
        return read_tables(self._output)

    @cached_property
    def _lookup(self) -> RowLookup:
        return RowLookup(self._graph)

    @cached_property
    def _store(self) -> QueryStore:
        return QueryStore(self._graph, self._origin)

    @cached_property
    def _names(self) -> NameIndex:
        return name_index(self._graph)

    @property
    def _index(self) -> SentenceIndex:
        with self._turn:
            return self._opened

    @cached_property
    def _opened(self) -> SentenceIndex:
        return open_index(lambda: self._graph, self._origin)

    def _in_time(self, ask: Callable[[], Answer]) -> Answer:
        """Return an answer, or raise QueryError when its time is over; it is then worked out to its end beside the next ones."""
        answer: Future[Answer] = Future()

        def run() -> None:
            try:
                answer.set_result(ask())
            except BaseException as error:  # noqa: BLE001 - who asked gets it
                answer.set_exception(error)

        threading.Thread(target=run, daemon=True).start()
        try:
            return answer.result(self._limits.seconds)
        except TimeoutError as error:
            message = f"The answer takes longer than {self._limits.seconds:g} seconds. Ask about less, or allow more time."
            raise QueryError(message) from error

    def _steps(self, node: str, kinds: tuple[str, ...], most: int) -> list[Answer]:
        rows = storyline_rows(self._lookup, node)
        steps = [asdict(step) for step in storyline_of(rows, self._names, node) if step.kind in kinds]
        return [_present(step) for step in steps[-most:]]

    def _table(self, answer: pl.DataFrame) -> Answer:
        return {"rows": [_readable(row) for row in answer.head(self._limits.rows).to_dicts()], "number": answer.height}


def _statements(explained: Explanation) -> Answer:
    claims = [claim for claim in explained.claims if claim.kind != _DECISION]
    shown = explained.statements(claims[:_MOST_STATEMENTS])
    listed = [_present({name: getattr(statement, name) for name in _STATEMENT}) for statement in shown]
    return {"statements": listed, "left_out": len(claims) - len(shown)}


def _present(row: Mapping[str, Any]) -> Answer:
    """Return the fields of a row that say something."""
    return {name: value for name, value in _readable(row).items() if value not in (None, "", [], ())}


def _readable(row: Mapping[str, Any]) -> Answer:
    """Return a row with dates and times as text (ISO 8601)."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
