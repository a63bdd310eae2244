"""The grounds of a node: how much supports it, what contradicts it, and what people decided about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import lru_cache

from newsgraph.core.company_names import name_key
from newsgraph.core.graph_tables import NODE_TABLES
from newsgraph.core.name_lookup import NameIndex
from newsgraph.core.row_lookup import Row
from newsgraph.provenance.alias_evidence import LISTED
from newsgraph.provenance.article_claims import correction_claims
from newsgraph.provenance.claims import Claim
from newsgraph.provenance.nearby_rows import NearbyRows

_SEVERAL = 2
_SHOWN_ELSEWHERE = frozenset({"main", "part"})  # parts are events whose own claims state their amounts
_IDS = ("lei", "cik", "wikidata", "country")


def node_claims(rows: NearbyRows, node: str, names: NameIndex) -> list[Claim]:
    """Return the grounds of one node: counts, identifiers, open questions, decisions, old IRIs and corrections."""
    kind = names.kinds[node]
    spellings = _spellings(rows, node, names)
    claims = [
        *_counts(rows, node),
        *_identifiers(rows, node, kind),
        *_doubts(rows, node, spellings),
        *_decisions(rows, node, spellings),
        *_old_iris(rows, node),
        *correction_claims(rows, node),
    ]
    if kind == "event":
        return [*claims, *_event_decisions(rows, node), *event_grounds(rows, (node,))]
    return claims


def event_grounds(rows: NearbyRows, events: Collection[str]) -> list[Claim]:
    """Return the other values that are reported of some events (IRIs), and by whom."""
    spans = {
        (row["event"], row["article"]): (row["start"], row["end"])
        for table in ("totals", "reports")
        for row in rows.among(table, "event", events)
    }
    values = rows.among("ledger", "event", events)
    number = Counter((row["event"], row["field"]) for row in values)
    shown = [row for row in values if number[row["event"], row["field"]] >= _SEVERAL and row["relation"] not in _SHOWN_ELSEWHERE]
    return [claim for row in shown for claim in _rival_values(row, spans)]


def _rival_values(row: Row, spans: dict[tuple[str, str], tuple[int, int]]) -> Iterator[Claim]:
    counts = _count_text(row["articles"], row["outlets"], row["origins"])
    note = "; ".join(filter(None, (row["note"], counts)))
    claim = Claim(
        row["event"], f"is also reported with the {row['field']}", "", "ledger", row["relation"], text=row["value"], note=note,
        event=row["event"],
    )  # fmt: skip
    articles = row["tellers"] or ()
    for article in articles:
        yield claim._replace(article=article, span=spans.get((row["event"], article)))
    if not articles:
        yield claim


def _counts(rows: NearbyRows, node: str) -> Iterator[Claim]:
    for table in NODE_TABLES:
        for row in rows.where(table, iri=node):
            if "origins" in row:
                text = _count_text(row["articles"] if "articles" in row else row["size"], row["outlets"], row["origins"])
                yield Claim(node, "is based on", "", "corroboration", row["rule"] or "", row.get("confidence"), text=text)


def _count_text(articles: int, outlets: int, origins: int) -> str:
    numbers = ((articles, "article"), (outlets, "outlet"), (origins, "independent origin"))
    return ", ".join(f"{count:,} {noun}{'' if count == 1 else 's'}" for count, noun in numbers)


def _identifiers(rows: NearbyRows, node: str, kind: str) -> Iterator[Claim]:
    if kind != "company":
        return
    for row in rows.where("companies", iri=node):
        text = ", ".join(f"{name} {row[name]}" for name in (*_IDS, "domain") if row[name])
        note = f"source {row['id_source'] or 'unknown'}" if row["id_rule"] else "from a list of companies"
        if text or row["id_rule"]:
            yield Claim(node, "is linked to the record", "", "identifier", row["id_rule"] or LISTED, text=text, note=note)
    for row in rows.where("id_candidates", company=node):
        text = ", ".join(filter(None, (row["name"], *(f"{name} {row[name]}" for name in _IDS if row[name]))))
        yield Claim(node, "may be the record", "", "identifier", "not chosen", text=text, note=row["reason"] or "")


def _spellings(rows: NearbyRows, node: str, names: NameIndex) -> frozenset[str]:
    companies = rows.where("companies", iri=node)
    return frozenset({names.labels[node], *(spelling for row in companies for spelling in (row["name"], *(row["aliases"] or ())))})


def _doubts(rows: NearbyRows, node: str, spellings: frozenset[str]) -> Iterator[Claim]:
    for row in rows["doubts"]:
        for one, other in ((row["one"], row["other"]), (row["other"], row["one"])):
            if one.partition(" (in ")[0] in spellings:
                predicate = "may be the same as" if row["verb"] == "same" else "may be different from"
                yield Claim(node, predicate, "", "doubt", row["rule"], text=other, note=row["note"] or "")
                break


def _decisions(rows: NearbyRows, node: str, spellings: frozenset[str]) -> Iterator[Claim]:
    for row in rows["decisions"]:
        if spellings & _decided_names(row["decision"]):
            note = ", ".join(filter(None, (row["who"], row["when"], row["why"])))
            yield Claim(node, "is the subject of the decision", "", "decision", row["outcome"], text=row["decision"], note=note)


@lru_cache(maxsize=10_000)
def _decided_names(decision: str) -> frozenset[str]:
    about = decision.partition(": ")[2].partition(" -> ")[0]
    return frozenset(name.partition(" (in ")[0] for name in about.replace(" of ", ", ").replace(" and ", ", ").split(", "))


def _event_decisions(rows: NearbyRows, event: str) -> Iterator[Claim]:
    """Yield the decisions whose references have the type and the parties of an event: which are one, which are different, what is set."""
    kind = rows.where("events", iri=event)[0]["type"]
    roles = rows.where("event_roles", event=event)
    companies = rows.among("companies", "iri", (role["party"] for role in roles))
    aliases = (alias for row in companies for alias in row["aliases"] or ())
    names = {name_key(name) for name in (*(role["name"] for role in roles), *aliases)}
    references = re.compile(rf"(?:^|: |, ){re.escape(kind)} of (.+?)(?= \((?:\d|[\d,.]+\))|, {re.escape(kind)} of | -> |$)")
    for row in rows["decisions"]:
        parties = ([name.strip('"') for name in found.split(" and ")] for found in references.findall(row["decision"]))
        if any(all(name_key(name) in names for name in of_one) for of_one in parties):
            note = ", ".join(filter(None, (row["who"], row["when"], row["why"])))
            yield Claim(event, "is the subject of the decision", "", "decision", row["outcome"], text=row["decision"], note=note)


def _old_iris(rows: NearbyRows, node: str) -> Iterator[Claim]:
    for row in rows.where("replaced", new=node):
        yield Claim(node, "replaces", "", "replaced", row["rule"], text=row["old"])
