"""The decisions that would remove or mend what a graph states, as lines to copy into a file of decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import polars as pl

from newsgraph.core.company_names import name_key
from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.decision import Decision, EventChange, EventReference, NamedThing, Verb
from newsgraph.decisions.decisions_writer import entry_line
from newsgraph.provenance.claims import Claim
from newsgraph.provenance.company_descriptions import company_words
from newsgraph.provenance.event_references import EventReferences, event_references

_JOIN = "would be joined with another event by the decision"
_REMOVE, _MEND, _SPLIT = "would be removed by the decision", "would be mended by the decision", "would be separated by the decision"
_KIND = "remedy"
_EDIT = "correct the value that is wrong, and leave the others out"
_SHARED = "it matches other events too, so it needs an amount or is not applied"


def event_remedies(graph: GraphTables, events: Collection[str]) -> Iterator[Claim]:
    """Yield the decisions that would remove each of some events (IRIs), and set its values; deals follow from their parts."""
    rows = graph["events"].filter(pl.col("iri").is_in(sorted(events)) & (pl.col("type") != "deal")).sort("iri").to_dicts()
    if not rows:
        return
    roles = graph["event_roles"].filter(pl.col("event").is_in([row["iri"] for row in rows]))
    references = event_references(graph, company_words(graph, roles["party"].drop_nulls().unique().to_list()))
    for row in rows:
        alone = references.reference(row["iri"])
        reference = alone or references.plain(row["iri"])
        if not reference.parties:
            continue  # a decision names at least one party
        change = _values(row, roles.filter(pl.col("event") == row["iri"]))
        for says, decision, note in (
            (_REMOVE, Decision(Verb.WRONG_EVENT, event=reference), ""),
            (_MEND, Decision(Verb.EVENT, event=reference, change=change), _EDIT),
        ):
            notes = filter(None, (note, "" if alone else _SHARED))
            yield Claim(row["iri"], says, "", _KIND, text=entry_line(decision), event=row["iri"], note="; ".join(notes))
        yield from _identities(row["iri"], alone, references)


def _identities(iri: str, reference: EventReference | None, references: EventReferences) -> Iterator[Claim]:
    """Yield the decisions that would join an event with others of its type and parties, and separate what was joined by one."""
    if reference is None:
        return
    for other in references.alike(iri):
        if found := references.reference(other):
            both = tuple(sorted((reference, found), key=str))
            yield Claim(iri, _JOIN, "", _KIND, text=entry_line(Decision(Verb.SAME, events=both)), event=iri, note="if both are one event")


def _values(row: Mapping[str, Any], roles: pl.DataFrame) -> EventChange:
    names: dict[str, list[str]] = {}
    for role, name in roles.select("role", "name").iter_rows():
        names.setdefault(role.partition(":")[2], []).append(name)
    return EventChange(
        roles=tuple((role, tuple(sorted(set(of_role)))) for role, of_role in sorted(names.items())), when=row["when"] or "",
        status=row["status"] or "", amount=row["amount"], currency=row["currency"] or "", part=row["part"] or "",
    )  # fmt: skip


def company_remedies(graph: GraphTables, company: str) -> Iterator[Claim]:
    """Yield the decisions that would remove a company (IRI), make a person of it, and separate it from each name that was merged into it."""
    words = company_words(graph, (company,))
    if company not in words.names:
        return
    reference = words.reference(company)
    for says, decision in ((_REMOVE, Decision(Verb.NOT_A_COMPANY, (reference,))), (_MEND, Decision(Verb.PERSON, (reference,)))):
        yield Claim(company, says, "", _KIND, text=entry_line(decision), note="if it is a person" if says == _MEND else "")
    merged = graph["merges"].filter(pl.col("entity") == company)["name"].drop_nulls().unique().sort()
    for name in merged:
        if name_key(name) != reference.key[0]:
            both = tuple(sorted((reference, NamedThing(name))))
            yield Claim(company, _SPLIT, "", _KIND, text=entry_line(Decision(Verb.DIFFERENT, both)), note=f"from {name}")
