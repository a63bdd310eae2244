"""The text of `docs/data.md`: the tables with their columns, and the vocabulary, from the code that defines them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files

import polars as pl
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import OWL, SKOS

from newsgraph.core.column_descriptions import column_descriptions, table_descriptions
from newsgraph.core.graph_tables import NODE_TABLES, SCHEMAS
from newsgraph.core.vocabulary import AMOUNT_KINDS, EDGE_KINDS, EVENT_TYPES, FACT_STATUSES, NODE_KINDS, PREFIXES, ROLES

_TYPES = {
    pl.String(): "text", pl.Int64(): "integer", pl.Float64(): "number", pl.Datetime("us", "UTC"): "time", pl.Date(): "day",
    pl.Boolean(): "boolean",
    pl.List(pl.String()): "list of texts",
}  # fmt: skip
_HEAD = """\
# Data dictionary

What a graph consists of: its tables with all their columns, and the vocabulary of its RDF. This page is generated from the code;
a test checks that nothing is missing ([CONTRIBUTING.md](../CONTRIBUTING.md) says how to generate it again).

The tables are the graph. Every format is written from them and from nothing else. In Python each is a polars frame
(`kg.companies`); a folder has them as `tables/NAME.parquet`, and as `csv/NAME.csv` and in `newsgraph.sqlite` if those formats were
requested. `describe` returns the columns of a table as they are described here:

```python
import newsgraph as ng

kg = ng.build("seeds/")
print(kg.tables.describe("companies"))
```

- IRIs are written in full, times are UTC, days are ISO dates. Rows are sorted by their columns, so equal graphs are equal byte for
  byte.
- Offsets (`start`, `end`) count code points of `articles.text` from 0; `end` is exclusive.
- Amounts are in full units: 180 million dollars are `180000000.0` and `USD`.
- `confidence` is a score between 0 and 1, not a measured probability. `rule` names what found or concluded the row.
- A column is never null unless the table says when. Lists are empty rather than null.
- `articles`, `outlets` and `origins` count what supports a row; `origins` counts copies of one text once.
"""


def data_page() -> str:
    """Return the text of the page."""
    parts = [_HEAD, "\n## Tables\n\n", *_overview(), *_tables(), "\n## Vocabulary\n", *_vocabulary()]
    return "".join(parts)


def table_lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield f"| {' | '.join(heads)} |\n"
    yield f"|{' --- |' * len(heads)}\n"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |\n"


def _overview() -> Iterator[str]:
    rows = ([f"[`{name}`](#{name})", one.rows.partition(". ")[0].removesuffix("."), one.rdf] for name, one in table_descriptions().items())
    yield from table_lines(("table", "rows", "RDF"), rows)


def _tables() -> Iterator[str]:
    for name, columns in SCHEMAS.items():
        yield f"\n### {name}\n\n{table_descriptions()[name].rows}\n\n"
        described = [(column_descriptions()[name, column], _TYPES[kind]) for column, kind in columns.items()]
        rows = ((f"`{one.column}`", kind, one.unit, one.null, one.meaning) for one, kind in described)
        yield from table_lines(("column", "type", "unit or form", "null", "meaning"), rows)


def _vocabulary() -> Iterator[str]:
    yield "\nOwn terms begin with `ng:`, which is `" + PREFIXES["ng"] + "`. All other terms come from published vocabularies.\n"
    yield "\n### Node kinds\n\n"
    tables = {kind: table for table, kind in NODE_TABLES.items()}
    yield from table_lines(
        ("kind", "table", "RDF class"), ((kind.name, f"`{tables[kind.name]}`", _code(kind.classes)) for kind in NODE_KINDS.values())
    )
    yield "\n### Edge kinds\n\nDeclared edges repeat what a document says about itself. All others are inferred.\n\n"
    edges = (
        (kind.name, f"`{kind.property}`", kind.label, "" if kind.symmetric else kind.inverse, "inferred" if kind.inferred else "declared")
        for kind in EDGE_KINDS.values()
    )
    yield from table_lines(("kind", "RDF property", "read as", "from the other end", ""), edges)
    statuses = " or ".join(sorted(FACT_STATUSES))
    yield f"\n### Event types\n\nAn event becomes an edge between its parties if the type has one and the status is {statuses}.\n\n"
    events = (
        (event.name, f"`{event.cls}`", ", ".join(f"`{role}`" for role in event.roles), _code([event.shortcut] if event.shortcut else ()))
        for event in EVENT_TYPES.values()
    )
    yield from table_lines(("type", "RDF class", "roles, the main ones first", "edge"), events)
    yield "\n### Roles\n\nEach role is a property with the prefix `ng:`. Those who act, or are acted on, are also `sem:hasActor`.\n\n"
    roles = (
        (f"`{role.property}`", role.label, "yes" if role.agent else "", "words" if role.literal else "a node, or words")
        for role in ROLES.values()
    )
    yield from table_lines(("role", "meaning", "acts", "taken by"), roles)
    yield "\n### Amounts\n\n"
    yield from table_lines(("`amount_of`", "meaning"), ((f"`{kind}`", says) for kind, says in AMOUNT_KINDS.items()))
    ontology = Graph().parse(data=(files("newsgraph") / "data" / "ontology.ttl").read_text("utf-8"), format="turtle")
    yield "\n### Classes\n\n"
    yield from table_lines(("class", "subclass of", "meaning"), _terms(ontology, (OWL.Class,), RDFS.subClassOf))
    yield "\n### Properties\n\n"
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    heads = ("property", "of", "value", "meaning")
    deprecated = set(ontology.subjects(OWL.deprecated, None))
    replaced = [row for row in _terms(ontology, kinds) if any(row[0] == f"`{_short(ontology, term)}`" for term in deprecated)]
    old = {row[0] for row in replaced}
    yield from table_lines(heads, (row for row in _terms(ontology, kinds, RDFS.domain, RDFS.range) if row[0] not in old))
    yield "\n### Concepts\n\nThe value in tables is the `skos:notation` of the concept.\n\n"
    yield from table_lines(("concept", "class", "value", "meaning"), _concepts(ontology))
    yield "\n### Deprecated properties\n\nVersion 0.1.0 wrote them; now the vocabulary says what replaces them.\n\n"
    yield from table_lines(("property", "meaning"), replaced)


def _concepts(ontology: Graph) -> Iterator[tuple[str, ...]]:
    for term in sorted(ontology.subjects(RDF.type, SKOS.Concept), key=str):
        classes = sorted(_short(ontology, one) for one in ontology.objects(term, RDF.type) if one != SKOS.Concept)
        value, meaning = (str(ontology.value(term, prop)) for prop in (SKOS.notation, RDFS.comment))
        yield f"`{_short(ontology, term)}`", _code(classes), f"`{value}`", meaning


def _terms(ontology: Graph, kinds: Iterable[URIRef], *relations: URIRef) -> Iterator[tuple[str, ...]]:
    terms = {term for kind in kinds for term in ontology.subjects(RDF.type, kind) if isinstance(term, URIRef)}
    for term in sorted(terms):
        comment = ontology.value(term, RDFS.comment)
        related = (_code(sorted(_short(ontology, one) for one in ontology.objects(term, relation))) for relation in relations)
        yield (f"`{_short(ontology, term)}`", *related, str(comment) if isinstance(comment, Literal) else "")


def _short(ontology: Graph, term: object) -> str:
    return ontology.namespace_manager.normalizeUri(str(term))


def _code(terms: Iterable[str]) -> str:
    return ", ".join(f"`{term}`" for term in terms)
