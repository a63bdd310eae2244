"""The page of one thing of the graph: its facts, each with the sentences that state it, and the same for programs as JSON-LD."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from html import escape, unescape
from io import StringIO
from typing import TYPE_CHECKING

from newsgraph.core.graph_tables import NODE_TABLES
from newsgraph.core.vocabulary import EVENT_TYPES, NODE_KINDS
from newsgraph.rdf.terms import link
from newsgraph.server.graph_view import GraphView
from newsgraph.server.linked_paths import local_path
from newsgraph.server.media_types import GRAPH_TYPES
from newsgraph.server.node_data import node_data
from newsgraph.server.node_fields import node_fields, server_file
from newsgraph.server.page_parts import page, thing_link
from newsgraph.server.served_graph import ServedGraph

if TYPE_CHECKING:
    from newsgraph.provenance.explanation import Explanation, Statement

SHOWN = 30
"""Statements of one section that a page shows; the address below the list has all."""
_OF_ARTICLE = {"Articles": "Named in the article", "Reported by": "Reports"}  # headings on the page of an article
_NEWEST_FIRST = frozenset({"Articles", "Reported by", "Events"})
_TABLES = {kind: table for table, kind in NODE_TABLES.items()}


@cache
def _sections() -> dict[str, frozenset[str]]:
    rows = csv.DictReader(StringIO(server_file("node_sections.csv")))
    return {row["section"]: frozenset(EVENT_TYPES if row["kinds"] == "event types" else row["kinds"].split()) for row in rows}


def node_page(served: ServedGraph, view: GraphView, iri: str) -> str:
    """Return the page of a thing (IRI) as HTML, readable without a script."""
    kind = NODE_KINDS[view.names.kinds[iri]]
    (row,) = view.lookup.records(_TABLES[kind.name], {"iri": [iri]})
    explained = view.explain(iri)
    parts = [
        f'<p class="kind">{kind.label} <a href="{escape(iri)}">{escape(iri)}</a></p>',
        _facts(served, view, _TABLES[kind.name], row),
        *(_section(served, iri, name, explained) for name in _sections()),
        f"<p>{explained.left_out:,} more articles name it.</p>" if explained.left_out else "",
    ]
    here = local_path(served.base, iri)
    endings = {"turtle": "ttl", "jsonld": "jsonld", "ntriples": "nt", "rdfxml": "rdf"}
    links = "".join(
        f'<link rel="alternate" type="{GRAPH_TYPES[syntax][0]}" href="{escape(here)}.{ending}">' for syntax, ending in endings.items()
    )
    shown = " ".join(f'<a href="{escape(here)}.{ending}">{ending}</a>' for ending in endings.values())
    parts.append(f"<p><small>As data: {shown}</small></p>")
    heading = unescape(view.names.labels[iri]) or kind.label
    return page(served, heading, "\n".join(filter(None, parts)), data=node_data(view, iri, row), links=links)


def _facts(served: ServedGraph, view: GraphView, table: str, row: dict[str, object]) -> str:
    items = [
        (label, _value(served, view, row[column])) for column, label in node_fields(table).items() if row[column] not in (None, [], "")
    ]
    return f"<dl>{''.join(f'<dt>{label}</dt><dd>{value}</dd>' for label, value in items)}</dl>" if items else ""


def _value(served: ServedGraph, view: GraphView, value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_value(served, view, one) for one in value)
    if isinstance(value, datetime):
        return f'<time datetime="{value.isoformat()}">{value:%Y-%m-%d %H:%M} UTC</time>'
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,.10g}" if isinstance(value, float) else f"{value:,}"
    text = str(value)
    if text in view.names.labels:
        return thing_link(served, text, view.names.labels[text])
    address = link(text)
    return f'<a href="{escape(address.value)}" rel="nofollow">{escape(text)}</a>' if address else escape(unescape(text))


def _section(served: ServedGraph, iri: str, name: str, explained: Explanation) -> str:
    mine = [claim for claim in explained.claims if claim.kind in _sections()[name]]
    if not mine:
        return ""
    if name == "Articles":  # an article that names a thing ten times is listed once
        mine = list({(claim.subject, claim.object): claim for claim in reversed(mine)}.values())
    if name in _NEWEST_FIRST:
        mine.sort(key=lambda claim: claim.when or _day(explained.published(claim)), reverse=True)
    items = "".join(f"<li>{''.join(_statement(served, iri, one))}</li>" for one in explained.statements(mine[:SHOWN]))
    more = f"<p>{SHOWN} of {len(mine):,} are shown.</p>" if len(mine) > SHOWN else ""
    heading = _OF_ARTICLE.get(name, name) if served.now.names.kinds[iri] == "article" else name
    return f"<section><h2>{heading}</h2><ul>{items}</ul>{more}</section>"


def _statement(served: ServedGraph, iri: str, statement: Statement) -> Iterator[str]:
    ends = ((statement.subject_iri, statement.subject), (statement.object_iri, statement.object))
    one, other = (_end(served, iri, statement.article, end, label) for end, label in ends)
    yield f"{one} {escape(statement.predicate)} {other}"
    yield from _detail(statement)
    if statement.event and statement.event != iri:
        yield f" {thing_link(served, statement.event, 'event')}"
    if statement.sentence:
        before, words, after = _cut(statement.sentence, statement.start, statement.end)
        yield f"<blockquote>{escape(before)}<mark>{escape(words)}</mark>{escape(after)}</blockquote>"
    if statement.article and statement.article != iri:
        source = ", ".join(filter(None, (unescape(statement.provider), _day(statement.published))))
        yield f" <cite>{thing_link(served, statement.article, statement.headline)} {escape(source)}</cite>"
    if statement.confidence is not None:
        yield f" <small>{escape(statement.rule)}, confidence {statement.confidence:.2f}</small>"


def _end(served: ServedGraph, iri: str, article: str, end: str, label: str) -> str:
    """Return one end of a statement on the page of a thing (`iri`): its label, and the name that the article has for it if that is another."""
    shown = escape(unescape(label)) if end == iri else thing_link(served, end, label)
    used = served.now.used_name(article, end) if article else ""
    return f"{shown} <small>(here called {escape(used)})</small>" if used else shown


def _detail(statement: Statement) -> Iterator[str]:
    amount = f"{statement.amount:,.10g} {statement.currency}".strip() if statement.amount is not None else ""
    words: Iterable[str] = filter(None, (amount, statement.status, statement.when, statement.note))
    joined = escape(", ".join(words))
    if joined:
        yield f" <small>({joined})</small>"


def _cut(sentence: str, start: int, end: int) -> tuple[str, str, str]:
    return unescape(sentence[:start]), unescape(sentence[start:end]), unescape(sentence[end:])


def _day(time: datetime | None) -> str:
    return time.date().isoformat() if time else ""
