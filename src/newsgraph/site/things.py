"""The page of each kind of thing: what it shows, as a pure function of the graph and the IRI."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from html import unescape

from newsgraph.core.shown_values import counted
from newsgraph.core.us_states import us_state_names
from newsgraph.core.vocabulary import AMOUNT_KINDS, EVENT_TYPES, NODE_KINDS, ROLES
from newsgraph.site.graph_lookup import GraphLookup, Row
from newsgraph.site.page_items import (
    MOST,
    article_section,
    event_section,
    named_section,
    post_section,
    relation_section,
    report_item,
    sections,
    story_section,
)
from newsgraph.site.page_json_ld import linked_data
from newsgraph.site.thing_page import Item, PageSection, Reference, ThingPage

Facts = tuple[tuple[str, tuple[Reference, ...]], ...]


def thing_page(lookup: GraphLookup, iri: str) -> ThingPage:
    """Return the page of a node of the graph. Raises KeyError for an IRI that is none."""
    row, kind = lookup.rows[iri], lookup.kinds[iri]
    facts, parts = _KINDS.get(kind, _named_thing)(lookup, row)
    label = EVENT_TYPES[row["type"]].label if kind == "event" else NODE_KINDS[kind].label
    return ThingPage(iri, label, lookup.labels[iri], facts, parts, linked_data(lookup, iri), _updated(lookup, iri))


def _updated(lookup: GraphLookup, iri: str) -> datetime | None:
    times = [lookup.rows[article]["published"] for article in lookup.articles_of.get(iri, (iri,) if lookup.kinds[iri] == "article" else ())]
    return max(filter(None, times), default=None)


def _facts(*pairs: tuple[str, Iterable[Reference | str | None]]) -> Facts:
    """Return facts that have a value; texts become plain references."""
    facts = ((name, tuple(Reference(one) if isinstance(one, str) else one for one in values if one)) for name, values in pairs)
    return tuple((name, values) for name, values in facts if values)


def _named_thing(lookup: GraphLookup, row: Row) -> tuple[Facts, tuple[PageSection, ...]]:
    """Show an organisation, person, product, place or topic."""
    iri = row["iri"]
    facts = _facts(
        ("Also called", row.get("aliases") or ()), ("Maker", [_to(lookup, row.get("maker"))]), ("Broader topic", [_to(lookup, row.get("broader"))]),
        ("Articles", [f"{row['articles']:,}"]),
    )  # fmt: skip
    own = (event_section(lookup, iri), relation_section(lookup, iri), post_section(lookup, iri), story_section(lookup, iri))
    return facts, sections(*own, article_section(lookup, iri))


def _company(lookup: GraphLookup, row: Row) -> tuple[Facts, tuple[PageSection, ...]]:
    wikidata = Reference(row["wikidata"], url=f"https://www.wikidata.org/wiki/{row['wikidata']}") if row["wikidata"] else None
    website = Reference(row["domain"], url=f"https://{row['domain']}/") if row["domain"] else None
    facts = _facts(
        ("Legal name", [row["legal_name"]]), ("Also called", row["aliases"] or ()), ("Ticker", row["tickers"] or ()), ("LEI", [row["lei"]]),
        ("Wikidata", [wikidata]), ("Website", [website]), ("Country", [row["country"]]), ("Places", [us_state_names().get(place, place) for place in row["places"] or ()]),
        ("Sectors", row["sectors"] or ()), ("Parent", [_to(lookup, row["parent"])]),
        ("Articles", [f"{row['articles']:,} from {counted(row['outlets'], 'outlet')}"]),
    )  # fmt: skip
    _, parts = _named_thing(lookup, row)
    return facts, parts


def _provider(lookup: GraphLookup, row: Row) -> tuple[Facts, tuple[PageSection, ...]]:
    website = [Reference(row["domain"], url=row["url"] or "")]
    facts = _facts(("Website", website), ("Company", [_to(lookup, row["company"])]), ("Articles", [f"{row['articles']:,}"]))
    return facts, sections(article_section(lookup, row["iri"]))


def _event(lookup: GraphLookup, row: Row) -> tuple[Facts, tuple[PageSection, ...]]:
    iri = row["iri"]
    roles: dict[str, list[Reference]] = {}
    for role in lookup.roles_of.get(iri, ()):
        name = ROLES[role["role"].removeprefix("ng:")].label.capitalize()
        roles.setdefault(name, []).append(lookup.reference(role["party"]) if role["party"] else Reference(unescape(role["name"])))
    amount = (
        f"{row['amount']:,.0f} {row['currency']} ({AMOUNT_KINDS.get(row['amount_of'] or '', 'amount')})"
        if row["amount"] is not None
        else ""
    )
    facts = _facts(
        *roles.items(), ("Time", [row["when"]]), ("Status", [row["status"]]), ("Amount", [amount]), ("Part", [row["part"]]),
        ("Percent", [f"{row['percent']:g}" if row["percent"] is not None else ""]), ("Number", [f"{row['count']:,}" if row["count"] is not None else ""]),
        ("Known from before", ["yes" if row["background"] else ""]), ("Confidence", [f"{row['confidence']:.2f}"]),
        ("Reported by", [f"{counted(row['articles'], 'article')} of {counted(row['origins'], 'independent origin')}"]),
    )  # fmt: skip
    reports = lookup.reports_of.get(iri, ())
    items = tuple(report_item(lookup, report, lookup.reference(report["article"])) for report in reports[:MOST])
    told = PageSection("reports", "Reports", items, max(0, len(reports) - MOST))
    return facts, sections(told, _ledger(lookup, iri), story_section(lookup, iri))


def _ledger(lookup: GraphLookup, iri: str) -> PageSection:
    rows = [row for row in lookup.ledger_of.get(iri, ()) if row["value"]]
    items = [
        Item((Reference(f"{row['field'].capitalize()}: {row['value']}"),), (row["relation"], counted(row["articles"], "article")))
        for row in rows
    ]  # fmt: skip
    return PageSection("values", "Values that were reported", tuple(items[:MOST]), max(0, len(items) - MOST))


def _story(lookup: GraphLookup, row: Row) -> tuple[Facts, tuple[PageSection, ...]]:
    days = " to ".join(dict.fromkeys(f"{row[end]:%Y-%m-%d}" for end in ("first", "last") if row[end]))
    facts = _facts(
        ("Articles", [f"{row['size']:,} from {counted(row['outlets'], 'outlet')}"]),
        ("Days", [days]),
        ("Main article", [_to(lookup, row["lead"])]),
    )
    return facts, sections(event_section(lookup, row["iri"]), article_section(lookup, row["iri"]))


def _article(lookup: GraphLookup, row: Row) -> tuple[Facts, tuple[PageSection, ...]]:
    iri = row["iri"]
    published = f"{row['published']:%Y-%m-%d %H:%M} UTC" if row["published"] else ""
    facts = _facts(
        ("Provider", [_to(lookup, row["provider"])]), ("Published", [published]), ("Read it at", [Reference(row["url"], url=row["url"]) if row["url"] else None]),
        ("Story", [_to(lookup, row["story"])]), ("Topics", [lookup.reference(topic) for topic in lookup.topics_of.get(iri, ())]),
        ("Copy of", [_to(lookup, row["copy_group"]) if row["copy_group"] != iri else None]),
    )  # fmt: skip
    return facts, sections(event_section(lookup, iri), named_section(lookup, iri))


def _to(lookup: GraphLookup, iri: str | None) -> Reference | None:
    return lookup.reference(iri) if iri else None


_KINDS: dict[str, Callable[[GraphLookup, Row], tuple[Facts, tuple[PageSection, ...]]]] = {
    "company": _company, "provider": _provider, "event": _event, "story": _story, "article": _article,
}  # fmt: skip
