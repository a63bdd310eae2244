"""The questions that a graph answers: in SPARQL, by name, in words, and why it says something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import polars as pl

from newsgraph.core.graph_tables import GraphTables

if TYPE_CHECKING:
    from newsgraph.provenance.explanation import Statement
    from newsgraph.query.sparql import QueryStore
    from newsgraph.query.sql_process import SqlEngine
    from newsgraph.retrieval.answer_context import AnswerContext
    from newsgraph.retrieval.sentence_index import SentenceIndex
    from newsgraph.storage.derived_cache import TableOrigin


class GraphQuestions:
    """The methods of a `NewsGraph` that answer questions; what they load is loaded at the first one."""

    def __init__(self, tables: GraphTables, origin: TableOrigin | None = None) -> None:
        """`origin` is the folder that the tables were read from, in which questions keep what they load."""
        self.tables = tables
        self._origin = origin
        self._sql: SqlEngine | None = None

    def query(self, question: str, *, timeout: float | None = None, max_rows: int | None = None, **parameters: str) -> pl.DataFrame:
        """Answer a question in SPARQL, or a named question with its parameters.

        SELECT returns a row for each solution and a column for each variable; ASK one row with the column `answer`; CONSTRUCT and
        DESCRIBE the columns `subject`, `predicate` and `object`. Columns are typed where all values agree: integers, decimals (floats),
        dates, times (UTC) and booleans; all others are text. What is unbound is null. The prefixes of the vocabulary need no
        declaration. Companies and topics may be called by any of their names or tickers. An IRI that was replaced stands for its
        successor. An answer may take `timeout` seconds (30) and have `max_rows` rows (1,000,000). Raises `QueryError` for SPARQL that
        cannot be answered, or not within these limits, `UnknownNameError` for an unknown question, company or topic
        and `InputError` for an unknown parameter. A term of newsgraph's vocabulary that does not exist, such as `ng:acquird`, is a warning
        with the nearest one that does.

        >>> kg.query("co-mentioned", company="Sanofi").rows()
        [('Sanofi', 'Owkin', 7), ('Sanofi', 'Deloitte', 1)]
        >>> kg.query("SELECT ?amount ?day { ?e ng:amount/schema:value ?amount ; sem:hasTimeStamp ?day } ORDER BY ?amount").rows()[0]
        (90000000, datetime.date(2021, 11, 18))
        """
        from newsgraph.query.query_limits import limits_of  # noqa: PLC0415 - the engine is loaded when it is asked

        return self._store.ask(self._store.sparql_for(question, parameters), limits_of(timeout, max_rows))

    def query_as(self, question: str, form: str, *, timeout: float | None = None, max_rows: int | None = None, **parameters: str) -> str:
        """Answer a question, like `query`, as text in a format for other programs.

        `form` is `sparql-json`, `sparql-xml`, `sparql-csv` or `sparql-tsv` for SELECT and ASK, and `turtle`, `ntriples`, `rdfxml` or
        `jsonld` for CONSTRUCT and DESCRIBE. Statements are sorted. Raises as `query` does, and `QueryError` for
        a format that cannot hold the answer.

        >>> print(kg.query_as("CONSTRUCT { ?c schema:name ?n } WHERE { ?c ng:investedIn ?o ; schema:name ?n }", "turtle"))
        @prefix dcat: ...
        <https://newsgraph.example.org/id/company/sanofi> schema:name "Sanofi" .
        """
        from newsgraph.query.query_limits import limits_of  # noqa: PLC0415 - as above

        return self._store.ask_text(self._store.sparql_for(question, parameters), form, limits_of(timeout, max_rows))

    @cached_property
    def _store(self) -> QueryStore:
        from newsgraph.query.sparql import QueryStore  # noqa: PLC0415 - as above

        return QueryStore(self.tables, self._origin)

    @cached_property
    def _index(self) -> SentenceIndex:
        from newsgraph.retrieval.sentence_index import open_index  # noqa: PLC0415 - as above

        return open_index(lambda: self.tables, self._origin)

    def search(self, words: str, limit: int = 20, as_of: date | None = None, kind: str = "") -> pl.DataFrame:
        """Find things by their names, with typing errors forgiven, and sentences by their words; the things come first.

        `as_of`: only what articles published by the end of a day (UTC) name and say. `kind`: only things of this kind, such as `company`,
        or only each `sentence`. The columns are the fields of `retrieval.full_text_search.SearchHit`. Raises `InputError` for no
        words or an unknown kind.

        >>> kg.search("Sanofy", limit=2).select("kind", "text", "is_exact").row(0)
        ('company', 'Sanofi', False)
        """
        from newsgraph.retrieval.full_text_search import search, search_frame  # noqa: PLC0415 - as above

        return search_frame(search(self._index, words, limit, as_of=as_of, kind=kind))

    def context(self, question: str, as_of: date | None = None, topics: Iterable[str] = (), budget: int = 2000) -> AnswerContext:
        """Return what a question in words can be answered from: sentences, facts, sources and disagreements, for a language model to read.

        `as_of`: only articles published by the end of a day (UTC); `topics`: only articles about these topics or narrower ones; `budget`: the
        size in tokens, estimated as a quarter of the letters. No model is used. Raises `InputError` for an empty question or a budget
        below 100, `UnknownNameError` for an unknown topic.

        >>> found = kg.context("What does Sanofi invest in?")
        >>> found.sources[0].provider, found.facts[0].status
        ('Associated Press', 'announced')
        """
        from newsgraph.retrieval.answer_context import context  # noqa: PLC0415 - as above

        return context(self._index, question, as_of, tuple(topics), budget)

    def sql(self, statement: str, *, timeout: float | None = None, max_rows: int | None = None) -> pl.DataFrame:
        """Answer a SELECT, SHOW TABLES, DESCRIBE or SUMMARIZE over the tables, by DuckDB (extra `sql`), without files and network.

        The limits are those of `query`. Raises `QueryError` for SQL that cannot be answered, and `MissingExtraError` without the extra.

        >>> kg.sql("SELECT name, articles FROM companies WHERE articles > 1 ORDER BY articles DESC").rows()
        [('Sanofi', 8), ('Owkin', 7)]
        """
        from newsgraph.query.sql_process import SqlEngine, limits_of  # noqa: PLC0415 - as above

        self._sql = self._sql or SqlEngine(self.tables)
        return self._sql.ask(statement, limits_of(timeout, max_rows))

    def questions(self) -> pl.DataFrame:
        """Return the named questions, one per row: `name`, `question` and `parameters` (separated by commas).

        >>> kg.questions().filter(name="timeline").rows()
        [('timeline', 'What happened to a company, in order of time?', 'company')]
        """
        from newsgraph.query.named_questions import questions  # noqa: PLC0415 - as above

        rows = [(one.name, one.question, ", ".join(one.parameters)) for one in questions().values()]
        return pl.DataFrame(rows, ["name", "question", "parameters"], orient="row")

    def why(self, a: str, b: str | None = None, *, limit: int = 20) -> tuple[Statement, ...]:
        """Return every statement between two nodes, or about one, with the sentence, article, rule and confidence it rests on.

        `a` and `b` are names, aliases, tickers, headlines, links or IRIs, in upper or lower case; `limit` is the most articles listed
        only because they name both. Raises `UnknownNameError`, and `InputError` where several nodes have that name.

        >>> statement = kg.why("Sanofi", "Owkin")[0]
        >>> statement.predicate, statement.amount, statement.currency, statement.status
        ('invests in', 180000000.0, 'USD', 'announced')
        >>> statement.sentence[statement.start : statement.end]
        '$180 million equity investment'
        """
        from newsgraph.provenance.explanation import why  # noqa: PLC0415 - loaded when it is asked

        return why(self.tables, a, b, limit=limit)

    def storyline(self, name: str) -> pl.DataFrame:
        """Return the events and stories of a company, organisation, person, product, place or topic in order of time.

        The columns are the fields of `query.storyline_steps.Step`: date, when, kind (`event` or `story`), label, history, amount,
        currency, articles, outlets, origins, story and iri. The events of a story follow it. Raises `UnknownNameError`, and `InputError` where
        several nodes have that name.

        >>> kg.storyline("Owkin").select("kind", "label").rows()[:2]
        [('story', 'Drugmaker Sanofi invests $180 mln in French AI startup Owkin'), ('event', 'Sanofi invests $180M in Owkin')]
        """
        from newsgraph.query.storyline_steps import storyline, storyline_frame  # noqa: PLC0415 - loaded when it is asked

        return storyline_frame(storyline(self.tables, name))
