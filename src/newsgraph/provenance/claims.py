"""What a graph claims about a node or a pair of nodes, with the rows from which each claim was made."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from newsgraph.core.row_lookup import Row
from newsgraph.core.vocabulary import EDGE_KINDS, RELATION_KINDS, ROLES
from newsgraph.provenance.alias_evidence import LISTED, OWN_DOMAIN, evidence_for
from newsgraph.provenance.near_edges import NearEdge, near_edges
from newsgraph.provenance.nearby_rows import NearbyRows

DECLARED = "declared"
_PLACE = itemgetter("article", "start", "end")
_OF_EVENTS = frozenset({"tells", "actor", "part_event"})


class Claim(NamedTuple):
    """One statement and one reason for it: nodes by IRI, the article and the span in its text, if there are any.

    `text` is an object that is not a node; `parties` are the nodes that the evidence has to name. `extractor` read the words, with its
    version; it is empty if nothing was extracted from words.
    """

    subject: str
    predicate: str
    object: str
    kind: str
    rule: str = ""
    confidence: float | None = None
    event: str = ""
    status: str = ""
    amount: float | None = None
    currency: str = ""
    date: date | None = None
    when: str = ""
    date_source: str = ""
    article: str = ""
    span: tuple[int, int] | None = None
    parties: tuple[str, ...] = ()
    text: str = ""
    note: str = ""
    extractor: str = ""


def role_label(role: str) -> str:
    """Return a role of the table `event_roles` for people: `lead investor` for `ng:lead`."""
    name = role.partition(":")[2]
    return ROLES[name].label if name in ROLES else name


def report_fields(rows: NearbyRows, event: str) -> list[dict[str, Any]]:
    """Return the fields that each report or total of an event (IRI) adds to a claim; a total has the date and status of its event."""
    extractor = _extractor(rows)
    found = [(row, row) for row in rows.where("reports", event=event)]
    found += [(row, of_event) for of_event in rows.where("events", iri=event) for row in rows.where("totals", event=event)]
    return [
        {
            "article": row["article"],
            "span": (row["start"], row["end"]),
            "rule": row["rule"] or "",
            "confidence": row["confidence"],
            "amount": row["amount"],
            "currency": row["currency"] or "",
            "status": dated["status"] or "",
            "date": dated["date"],
            "when": dated["when"] or "",
            "date_source": dated["date_source"] or "",
            "extractor": row.get("extractor") or extractor,
        }
        for row, dated in found
    ]


def together_claims(rows: NearbyRows, first: str, second: str, excluded: Collection[str], limit: int) -> list[Claim]:
    """Return the articles that mention both nodes, except those in `excluded`; the earliest `limit` of them."""
    mine, others = _first_mentions(rows, first), _first_mentions(rows, second)
    shared = rows.among("articles", "iri", mine.keys() & others.keys() - set(excluded))
    both = sorted(shared, key=lambda row: (row["published"] is None, row["published"], row["iri"]))
    note = f"{len(both)} such articles, of which the first {limit} are shown" if len(both) > limit else ""
    claim = Claim(first, "is mentioned together with", second, "together", parties=(first, second), note=note)
    return [_with_mention(claim, mine[row["iri"]]) for row in both[:limit]]


def _mentions(rows: NearbyRows, entity: str) -> list[Row]:
    """Return the mentions of a node, in the order of the texts."""
    return sorted(rows.where("mentions", company=entity) + rows.where("other_mentions", entity=entity), key=_PLACE)


def _first_mentions(rows: NearbyRows, entity: str) -> dict[str, Row]:
    """Return the first mention of a node in each article."""
    return {row["article"]: row for row in reversed(_mentions(rows, entity))}


def edge_claims(rows: NearbyRows, first: str, second: str | None) -> list[Claim]:
    """Return the single edges of a node, or between two nodes; shortcut edges are claimed by their events.

    Copies and places in stories are claimed by `article_claims`.
    """
    others = [claim for edge in near_edges(rows, first, second) for claim in _reasons(rows, edge)]
    return [*_mention_claims(rows, first, second), *others]


def _mention_claims(rows: NearbyRows, first: str, second: str | None) -> list[Claim]:
    """Return which articles mention a node, or what an article mentions: once for each place in a text."""
    label = EDGE_KINDS["mentions"].label
    claims = []
    for table, column in (("mentions", "company"), ("other_mentions", "entity")):
        for row in sorted(rows.where(table, **{column: first}) + rows.where(table, article=first), key=_PLACE):
            article, entity = row["article"], row[column]
            if entity is not None and (second is None or second in {article, entity}):
                rule, span, extractor = row["rule"] or "", (row["start"], row["end"]), row["extractor"] or ""
                claim = Claim(
                    article, label, entity, "mentions", rule, row["confidence"], article=article, span=span, parties=(entity,), extractor=extractor
                )  # fmt: skip
                claims.append(claim)
    return claims


def _reasons(rows: NearbyRows, edge: NearEdge) -> list[Claim]:
    """Return an edge once for every row from which it was made."""
    label = f"has {role_label(edge.role)}" if edge.role else EDGE_KINDS[edge.kind].label
    claim = Claim(edge.source, label, edge.target, edge.kind, DECLARED, edge.confidence, parties=(edge.target,))
    if edge.kind in _OF_EVENTS:
        event = edge.target if edge.kind == "tells" else edge.source
        claim = claim._replace(event=event, parties=(edge.target,) if edge.kind == "actor" else ())
        reports = report_fields(rows, event)
        return [claim._replace(**fields) for fields in reports if edge.kind != "tells" or fields["article"] == edge.source]
    if edge.kind in RELATION_KINDS:
        return _relations(rows, claim)
    if edge.kind in {"made_by", "works_for"}:
        return _products(rows, claim) if edge.kind == "made_by" else _posts(rows, claim)
    if edge.kind == "broader":
        return [claim._replace(rule=rows.where("topics", iri=claim.subject)[0]["rule"] or "")]
    return [claim._replace(rule=LISTED) if edge.kind == "parent" else claim._replace(article=claim.subject)]


def _products(rows: NearbyRows, claim: Claim) -> list[Claim]:
    """Return the articles that mention a product; if some also mention its maker, only these."""
    rule = rows.where("products", iri=claim.subject)[0]["rule"] or ""
    first, with_maker = _first_mentions(rows, claim.subject), _first_mentions(rows, claim.object)
    best = sorted(first.keys() & with_maker.keys() or first)
    return [_with_mention(claim, first[article])._replace(rule=rule) for article in best] or [claim._replace(rule=rule)]


def _posts(rows: NearbyRows, claim: Claim) -> list[Claim]:
    """Return the posts by which a person works for an employer, each with the stated role."""
    both = (claim.subject, claim.object)
    return [
        _with_mention(claim, row)._replace(
            parties=both, predicate=f"{claim.predicate}, as {row['role']}," if row["role"] else claim.predicate
        )
        for row in rows.where("posts", person=claim.subject, employer=claim.object)
    ]


def _relations(rows: NearbyRows, claim: Claim) -> list[Claim]:
    """Return the statements of articles that a relation lasts, each with the share and the time that it states."""
    stated = rows.where("lasting_relations", kind=claim.kind, subject=claim.subject, object=claim.object)
    both = (claim.subject, claim.object)
    return [_with_mention(claim, row)._replace(parties=both, note=_terms(row)) for row in stated]


def _terms(row: Row) -> str:
    """Return the share and the time of a relation in words: "7 percent, since 2018"."""
    share = f"{row['percent']:g} percent" if row["percent"] is not None else ""
    return ", ".join(filter(None, (share, *(f"{word} {row[word]}" for word in ("since", "until") if row[word]))))


def _with_mention(claim: Claim, row: Row) -> Claim:
    span = (row["start"], row["end"])
    return claim._replace(
        article=row["article"], span=span, rule=row["rule"] or "", confidence=row["confidence"], extractor=row["extractor"] or ""
    )


def _extractor(rows: NearbyRows) -> str:
    """Return the extractor of a graph's texts, which is the same for all, so that not every table has a column for it."""
    return next((row["model_version"] or "" for row in rows["dataset"]), "")


def parent_claims(rows: NearbyRows, first: str, second: str | None) -> list[Claim]:
    """Return that a provider belongs to the company of its name and domain."""
    pairs = [(row["iri"], row["company"]) for row in rows["providers"] if row["company"] is not None]
    near = [pair for pair in pairs if first in pair and (second is None or second in pair)]
    return [Claim(provider, EDGE_KINDS["parent"].label, company, "parent", OWN_DOMAIN) for provider, company in near]


def alias_claims(rows: NearbyRows, node: str) -> list[Claim]:
    """Return the other names of a node, each with the rule that merged it or found it."""
    claim, extractor = Claim(node, "is also named", "", "naming"), _extractor(rows)
    return [
        claim._replace(
            rule=evidence.rule,
            article=evidence.article or "",
            span=(evidence.start or 0, evidence.end) if evidence.end else None,
            text=evidence.name,
            note=evidence.note,
            extractor=extractor if evidence.article else "",
        )
        for evidence in evidence_for(rows, node)
    ]
