"""A graph with an event of every type, each with all of its roles, for what must hold of any event."""

from __future__ import annotations

from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.core.vocabulary import EVENT_TYPES, ROLES
from sample import ACME, ALPHA, BASE, BOLT, CANE, COURT, DUNE, JANE, LYON, ROCKET, sample_graph

_STATUSES = ("announced", "completed", "planned", "rumoured", "denied", "ended")
_TIMES = ("2024-05-01", "2024-05", "2018", None)
_FILLERS = {
    "person": JANE,
    "place": LYON,
    "product": ROCKET,
    "unit": DUNE,
    "court": COURT,
    "authority": COURT,
    "plaintiff": JANE,
    "seller": CANE,
}
_KINDS = {JANE: "person", LYON: "place", ROCKET: "product", COURT: "organisation"}


def event_iri(type_name: str) -> str:
    """Return the IRI of the event of a type."""
    return f"{BASE}event/every-{type_name.replace('_', '-')}"


def every_event() -> GraphTables:
    """Return the sample with one more event of every type: all roles, times of every precision, all statuses."""
    graph = sample_graph()
    events: list[dict[str, object]] = []
    roles: list[dict[str, object]] = []
    reports: list[dict[str, object]] = []
    for number, kind in enumerate(EVENT_TYPES.values()):
        iri, when, status = event_iri(kind.name), _TIMES[number % 4], _STATUSES[number % 2 if kind.shortcut else number % 6]
        part = {"part": "rocket unit"} if kind.name == "acquisition" else {}
        events.append({
            "iri": iri, "type": kind.name, "label": f"{kind.label} {number}", "when": when, "date_source": "text" if when else None,
            "amount": 100.0 + number, "currency": "USD", "amount_of": kind.amount, "percent": 12.5,
            "count": number, "status": status, "background": number % 3 == 0, "confidence": 0.75, "rule": "hand", "articles": 1, "outlets": 1,
            "origins": 1, **part,
        })  # fmt: skip
        roles += [{"event": iri, **row} for row in _fillers(kind.name)]
        reports.append({"article": ALPHA, "event": iri, "type": kind.name, "start": 0, "end": 26, "status": status, "when": when,
                        "background": False, "rule": "hand", "confidence": 0.75})  # fmt: skip
    more = {"events": events, "event_roles": roles, "reports": reports}
    return make_tables({**graph.tables, **{name: graph[name].vstack(frame(name, rows)) for name, rows in more.items()}})


def _fillers(type_name: str) -> list[dict[str, object]]:
    """Return who takes each role of a type: a node, and for some roles words too."""
    kind = EVENT_TYPES[type_name]
    rows: list[dict[str, object]] = []
    for position, role in enumerate(ROLES[name] for name in kind.roles):
        if role.literal:
            rows.append({"role": role.property, "party": None, "name": "chief of rockets", "kind": "text"})
            continue
        party = _FILLERS.get(role.name, (ACME, BOLT, DUNE)[position % 3])
        rows.append({"role": role.property, "party": party, "name": party.rpartition("/")[2], "kind": _KINDS.get(party, "company")})
    if kind.symmetric:
        rows.append({"role": ROLES[kind.first].property, "party": BOLT, "name": "bolt", "kind": "company"})
        rows.append({"role": ROLES[kind.first].property, "party": None, "name": "two small firms", "kind": "text"})
    return rows
