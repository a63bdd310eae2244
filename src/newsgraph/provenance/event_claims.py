"""What a graph claims about the parties of events: one claim for each pair of them and each report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsgraph.core.vocabulary import EVENT_TYPES, ROLES, EventType
from newsgraph.provenance.claims import Claim, report_fields, role_label
from newsgraph.provenance.nearby_rows import NearbyRows

_PARTIES = frozenset({"company", "organisation"})


class _Filler(NamedTuple):
    """A node and its role in an event."""

    role: str  # a key of `vocabulary.ROLES`
    party: str
    kind: str


def event_claims(rows: NearbyRows, first: str, second: str | None) -> list[Claim]:
    """Return the events in which a node, or both nodes, take a role: one claim for each pair of nodes and each report.

    Without `second`, the others are the companies and organisations of the event, and the person, product or unit that it is about.
    """
    events = {row["event"] for row in rows.where("event_roles", party=first)}
    if second is not None:
        events &= {row["event"] for row in rows.where("event_roles", party=second)}
    claims = []
    for row in sorted(rows.among("events", "iri", events), key=lambda row: row["iri"]):
        roles = [role for role in rows.where("event_roles", event=row["iri"]) if role["party"] is not None]
        fillers = [_Filler(role["role"].partition(":")[2], role["party"], role["kind"]) for role in roles]
        reports = report_fields(rows, row["iri"])
        for claim in _claims(Claim(first, "", "", row["type"], event=row["iri"]), row["part"] or "", fillers, second):
            claims += [claim._replace(**report) for report in reports]
    return claims


def _claims(claim: Claim, part: str, fillers: Sequence[_Filler], second: str | None) -> Iterator[Claim]:
    """Yield who does what to whom in an event, for the subject of `claim`, or between it and `second`."""
    kind = EVENT_TYPES[claim.kind]
    mine = [filler for filler in fillers if filler.party == claim.subject]
    others: dict[str, list[_Filler]] = {}
    for filler in fillers:
        if filler.party != claim.subject and _is_shown(filler, kind, second):
            others.setdefault(filler.party, []).append(filler)
    my_role = role_label(f"ng:{mine[0].role}")
    for party, of_party in others.items():
        pairs = [(one, other) for one in mine for other in of_party]
        forward = next((verb for one, other in pairs if (verb := _predicate(kind, part, one, other))), "")
        backward = next((verb for one, other in pairs if (verb := _predicate(kind, part, other, one))), "")
        both = claim._replace(parties=(claim.subject, party))
        if forward or not backward:
            yield both._replace(predicate=forward or f"is {my_role} in the same {kind.label.lower()} as", object=party)
        else:
            yield both._replace(subject=party, predicate=backward, object=claim.subject)
    if not others:
        yield claim._replace(predicate=f"is {my_role} in", object=claim.event, parties=(claim.subject,))


def _is_shown(filler: _Filler, kind: EventType, second: str | None) -> bool:
    if second is not None:
        return filler.party == second
    return filler.kind in _PARTIES or filler.role in {kind.second, _thing(kind)}


def _thing(kind: EventType) -> str:
    """Return the role of what the verb of a type is about if the type has no second party: "recalls" a product."""
    things = [role for role in kind.roles[1:] if not ROLES[role].agent and not ROLES[role].literal and role != "place"]
    return things[0] if things and not kind.second else ""


def _predicate(kind: EventType, part: str, one: _Filler, other: _Filler) -> str:
    """Return what one node does to another in an event, empty if nothing says so."""
    roles = one.role, other.role
    if kind.symmetric:
        return kind.verb if roles == (kind.first, kind.first) else ""
    special = {("funding_round", "company", "lead"): kind.verb}
    if kind.name == "acquisition":
        special = {
            ("acquisition", "acquirer", "seller"): f"buys “{part}” from" if part else "buys from",
            ("acquisition", "acquirer", "target"): f"buys “{part}” of" if part else kind.verb,
            ("acquisition", "seller", "target"): "sells",
        }
    main = roles in {(kind.first, kind.second), (kind.first, _thing(kind))}
    return special.get((kind.name, *roles), kind.verb if main else "")
