"""What a page knows of its events: their columns in the first block, and the details that only the event's own panel shows.

The groups of types, their short names and what a number counts are in `data/event_types.csv`, with a name of its own for a type that is
called like a group. The page has a mark for each group, as nobody can tell 28 marks apart.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import AMOUNT_KINDS, EVENT_TYPES, ROLES
from newsgraph.explorer.display_text import display_text
from newsgraph.explorer.node_numbers import NodeNumbers
from newsgraph.explorer.outlines import EVENT_OUTLINES
from newsgraph.resolve.events.resolved_reports import main_roles

GROUPS: Mapping[str, str] = {
    "deals": "Deals",
    "money": "Money",
    "law": "Courts and authorities",
    "people": "People and jobs",
    "products": "Products and sites",
    "other": "Other",
}
"""Groups of event types, in the order of the page's legend; the page draws each with a mark of its own."""

_ROLE_PLACES = {role.property: place for place, role in enumerate(ROLES.values())}


@dataclass(frozen=True, slots=True)
class EventTypeWords:
    """How the page names one event type: its group, a name, a short one, and what the number of an event counts (empty if nothing)."""

    group: str
    label: str
    short: str
    counted: str


@cache
def event_type_words() -> Mapping[str, EventTypeWords]:
    """Return the words for each event type, by its name."""
    text = (files("newsgraph") / "data" / "event_types.csv").read_text(encoding="utf-8")
    return {
        row["type"]: EventTypeWords(row["group"], row["label"] or EVENT_TYPES[row["type"]].label, row["short"], row["counted"])
        for row in csv.DictReader(text.splitlines())
    }


def role_label(role: str) -> str:
    """Return a role for people: "lead investor" for `ng:lead`."""
    name = role.partition(":")[2] or role
    return ROLES[name].label if name in ROLES else name


def sorted_roles(roles: Sequence[str]) -> list[str]:
    """Return roles (prefixed names) in the order in which an event lists them."""
    return sorted(roles, key=lambda role: (_ROLE_PLACES.get(role, len(_ROLE_PLACES)), role))


def first_day(column: str) -> pl.Expr:
    """Return the first day of an ISO day, month or year; null if there is none."""
    text = pl.col(column)
    padded = (
        pl.when(text.str.len_chars() == len("2018")).then(text + "-01-01").when(text.str.len_chars() == len("2018-07")).then(text + "-01")
    )
    return padded.otherwise(text).str.to_date("%Y-%m-%d", strict=False)


def event_block(graph: GraphTables, numbering: NodeNumbers) -> dict[str, object]:
    """Return what the first block has of events: the types and statuses that occur, and one value for each event in every column."""
    rows = _events(graph, numbering)
    types, statuses = sorted(set(rows["type"])), sorted(set(rows["status"]))
    amounts = sorted(set(rows["amount_of"].drop_nulls()))
    disputed = set(graph["ledger"].filter(pl.col("relation") == "disputed")["event"])
    return {
        "eventGroups": [{"name": name, "label": label, "outline": EVENT_OUTLINES[name]} for name, label in GROUPS.items()],
        "eventTypes": [_type(name) for name in types],
        "statuses": statuses,
        "roles": [role_label(role) for role in sorted_roles(graph["event_roles"]["role"].unique().to_list())],
        "amountKinds": [AMOUNT_KINDS.get(name, name) for name in amounts],
        "events": {
            "type": [types.index(name) for name in rows["type"]],
            "status": [statuses.index(name) for name in rows["status"]],
            "when": rows["when"].to_list(),
            "background": [int(known) for known in rows["background"].fill_null(value=False)],
            "amount": [short_number(amount) for amount in rows["amount"]],
            "currency": rows["currency"].to_list(),
            "amountOf": [None if name is None else amounts.index(name) for name in rows["amount_of"]],
            "percent": [short_number(percent) for percent in rows["percent"]],
            "count": rows["count"].to_list(),
            "part": [display_text(part) or None for part in rows["part"]],
            "disputed": [int(iri in disputed) for iri in rows["iri"]],
        },
    }


def _type(name: str) -> dict[str, object]:
    words, of_type = event_type_words()[name], EVENT_TYPES[name]
    main = [role for role in of_type.roles if role in main_roles(name)]
    return {"name": name, "label": words.label, "short": words.short, "group": words.group, "counted": words.counted,
            "class": of_type.cls, "main": [ROLES[role].label for role in main]}  # fmt: skip


def _events(graph: GraphTables, numbering: NodeNumbers) -> pl.DataFrame:
    """Return the events of a page in the order of their numbers."""
    order = numbering.frame.filter(pl.col("kind") == "event").select("iri")
    return order.join(graph["events"], on="iri", how="left", maintain_order="left")


def event_details(graph: GraphTables) -> Iterator[tuple[str, str, Any]]:
    """Yield details of events as IRI, key and value, see `NodeDetails` in the viewer's `payload.ts`."""
    for row in graph["events"].select("iri", "outlets", "date_source").iter_rows(named=True):
        yield row["iri"], "outlets", row["outlets"]
        yield row["iri"], "whenFrom", row["date_source"]
    yield from _worded_roles(graph)
    yield from _other_amounts(graph)


def _worded_roles(graph: GraphTables) -> Iterator[tuple[str, str, Any]]:
    """Yield the roles that only words of a text take."""
    words = graph["event_roles"].filter(pl.col("party").is_null()).select("event", "role", "name")
    for event, role, name in words.unique(maintain_order=True).iter_rows():
        yield event, "roles", [[role_label(role), display_text(name)]]


def _other_amounts(graph: GraphTables) -> Iterator[tuple[str, str, Any]]:
    """Yield the sums that articles state beside the main one, unless they are of the same kind: the ledger has those."""
    main = dict(graph["events"].select("iri", "amount_of").iter_rows())
    sums: dict[tuple[str, str, float, str], int] = defaultdict(int)
    columns = ("event", "of", "amount", "currency")
    for event, of, amount, currency in graph["report_amounts"].select(columns).drop_nulls().iter_rows():
        if of != main.get(event):
            sums[event, of, amount, currency] += 1
    for event, of, amount, currency in sorted(sums, key=lambda key: (key[0], -sums[key], *key[1:])):
        yield event, "sums", [[AMOUNT_KINDS.get(of, of), short_number(amount), currency]]


def short_number(value: float | None) -> float | int | None:
    """Return a number as JSON writes it shortest: whole numbers without a decimal point."""
    return int(value) if value is not None and value == int(value) else value
