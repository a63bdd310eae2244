"""The sample with four more events: the sale of a part that was known before, an appointment, job cuts without a day, and a launch that ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from sample import ACME, BASE, BETA, BOLT, CANE, DUNE, GAMMA, JANE, LYON, ROCKET, article_text, sample_graph

SALE, HIRE, CUTS, LAUNCH = (f"{BASE}event/{digits}" for digits in ("f00000000000", "f10000000000", "f20000000000", "f30000000000"))

_WORDS = {
    SALE: (GAMMA, "Cane may buy Dune"),
    HIRE: (BETA, "Bolt CEO Jane Roe"),
    CUTS: (BETA, "lives in Lyon"),
    LAUNCH: (GAMMA, "a rocket maker"),
}


def event_graph() -> GraphTables:
    """Return the graph, built anew."""
    graph = sample_graph()
    counted = {"articles": 1, "outlets": 1, "origins": 1, "rule": "hand"}
    spans = {event: _span(event) for event in _WORDS}
    sale = {"type": "acquisition", "when": "2018-07", "date_source": "text", "status": "completed", "background": True, "part": "rocket arm",
            "amount": 3000000.0, "currency": "USD", "amount_of": "price", "confidence": 0.6}  # fmt: skip
    hire = {"type": "appointment", "when": "2019", "date_source": "text", "status": "announced", "background": False, "confidence": 0.9}
    cuts = {"type": "layoff", "status": "announced", "background": True, "count": 1200, "percent": 7.5, "confidence": 0.4}
    launch = {
        "type": "product_launch",
        "when": "2024-05-02",
        "date_source": "article",
        "status": "ended",
        "background": False,
        "confidence": 0.8,
    }
    return _with(graph, {
        "events": [
            {"iri": SALE, "label": "Cane & Co acquires Dune's rocket arm for $3M", **sale, **counted},
            {"iri": HIRE, "label": "Bolt names Jane Roe chief executive", **hire, **counted},
            {"iri": CUTS, "label": "Acme cuts 1,200 jobs in Lyon", **cuts, **counted},
            {"iri": LAUNCH, "label": "Ended: launch of Rocket by Dune", **launch, **counted},
        ],
        "event_roles": [
            {"event": event, "role": role, "party": party, "name": name, "kind": kind}
            for event, role, party, name, kind in (
                (SALE, "ng:acquirer", CANE, "Cane & Co", "company"), (SALE, "ng:seller", DUNE, "Dune", "company"),
                (HIRE, "ng:company", BOLT, "Bolt", "company"), (HIRE, "ng:person", JANE, "Jane Roe", "person"),
                (HIRE, "ng:position", None, "chief executive", "text"), (CUTS, "ng:company", ACME, "Acme", "company"),
                (CUTS, "ng:place", LYON, "Lyon", "place"), (LAUNCH, "ng:company", DUNE, "Dune", "company"),
                (LAUNCH, "ng:product", ROCKET, "Rocket", "product"),
            )
        ],
        "reports": [
            {**spans[event], "type": values["type"], "status": values["status"], "rule": "hand", "confidence": values["confidence"]}
            for event, values in ((SALE, sale), (HIRE, hire), (CUTS, cuts), (LAUNCH, launch))
        ],
        "report_amounts": [
            {**spans[SALE], "number": number, "amount": amount, "currency": "USD", "of": of}
            for number, amount, of in ((1, 3000000.0, "price"), (2, 500000.0, "debt"))
        ],
    })  # fmt: skip


def _span(event: str) -> dict[str, object]:
    article, words = _WORDS[event]
    at = article_text(article).index(words)
    return {"article": article, "event": event, "start": at, "end": at + len(words)}


def _with(graph: GraphTables, rows: Mapping[str, Iterable[Mapping[str, object]]]) -> GraphTables:
    return make_tables({**graph.tables, **{name: pl.concat([graph[name], frame(name, more)]) for name, more in rows.items()}})
