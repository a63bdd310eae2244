"""The part of a graph that an explanation of one or two nodes reads, as plain rows.

Over these few rows an explanation takes milliseconds, however large the graph is. Only the decisions that would remove a node
(`remedies`) need the whole graph: how they refer to it depends on all things of like names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from newsgraph.core.row_lookup import Row, RowLookup
from newsgraph.provenance.nearby_rows import ArticleTexts, NearbyRows

_NODES = ("companies", "organisations", "products", "people", "places", "topics", "providers", "events", "stories")
_OF_EVENTS = ("event_roles", "reports", "totals", "ledger")
_LINKS: dict[str, tuple[str, ...]] = {
    "relations": ("article", "related"), "copies": ("article", "copy"), "corrections": ("article", "superseded"),
    "posts": ("person", "employer"), "lasting_relations": ("subject", "object"), "merged_relations": ("subject", "object"),
    "merges": ("entity",), "id_candidates": ("company",), "replaced": ("new",),
}  # fmt: skip
_NAMING = (("mentions", "company", "article"), ("other_mentions", "entity", "article"), ("article_topics", "topic", "article"), ("articles", "provider", "iri"))  # fmt: skip
_CITED: dict[str, tuple[str, ...]] = {
    "reports": ("article",), "totals": ("article",), "posts": ("article",), "lasting_relations": ("article",), "merges": ("article",),
    "relations": ("article", "related"), "copies": ("article", "copy"), "corrections": ("article", "superseded"),
    "story_links": ("article", "other"),
}  # fmt: skip
# the nodes whose labels, types and names statements need; what an article mentions has its words there
_RELATED: dict[str, tuple[str, ...]] = {
    "event_roles": ("event", "party"), "event_parts": ("event", "part"), "story_events": ("event", "story"), "reports": ("event",),
    "totals": ("event",), "posts": ("person", "employer"), "merged_relations": ("subject", "object"), "articles": ("provider", "story"),
}  # fmt: skip

# of tables with many columns, those that explanations read
_READ: dict[str, tuple[str, ...]] = {
    "articles": ("iri", "url", "title", "excerpt", "published", "provider", "story", "copy_group", "source", "part"),
    "reports": (
        "article", "event", "start", "end", "rule", "confidence", "amount", "currency", "status", "date", "when", "date_source", "extractor",
    ),
}  # fmt: skip

_Tables = dict[str, list[Row]]


class Neighbourhood(NamedTuple):
    """The rows around some nodes; `left_out` counts articles that name or have the nodes, beyond the newest."""

    rows: NearbyRows
    left_out: int


def neighbourhood(lookup: RowLookup, nodes: Iterable[str], most: int | None = None) -> Neighbourhood:
    """Return the rows of a graph around one or two nodes (IRIs), with at most the newest `most` articles that only name or list them.

    Articles that report the nodes' events, and those of their stories, copies and relations, are all there.
    """
    wanted = sorted(set(nodes))
    tables: _Tables = {name: lookup.all_records(name) for name in ("dataset", "decisions")}
    _add_events(lookup, wanted, tables)
    tables |= {name: lookup.records(name, dict.fromkeys(columns, wanted)) for name, columns in _LINKS.items()}
    stories = {*wanted, *_reached(lookup, "articles", "iri", wanted, "story")}
    tables["story_links"] = lookup.records("story_links", {"story": stories})
    listed = _listing_articles(lookup, wanted)
    articles = _articles(lookup, wanted, tables) | _newest(lookup, listed, most)
    tables["articles"] = lookup.records("articles", {"iri": articles}, *_READ["articles"])
    for name in ("excerpts", "article_topics"):
        tables[name] = lookup.records(name, {"article": articles})
    related = {*wanted, *(iri for name, columns in _RELATED.items() for iri in _values(tables[name], *columns))}
    for name in _NODES:
        columns = {"companies": "parent", "products": "maker", "topics": "broader", "providers": "company"}
        more = {columns[name]: wanted} if name in columns else {}
        tables[name] = lookup.records(name, {"iri": related, **more})
    _add_mentions(lookup, wanted, tables, articles)
    tables["doubts"] = lookup.all_records("doubts")
    return Neighbourhood(NearbyRows(tables, ArticleTexts(partial(_texts, lookup))), len(listed - articles))


def _texts(lookup: RowLookup, articles: Collection[str]) -> list[tuple[Any, ...]]:
    return lookup.values("articles", {"iri": articles}, "iri", "text")


def _values(rows: Iterable[Row], *columns: str) -> set[str]:
    """Return the values of columns that are not missing."""
    return {row[column] for row in rows for column in columns} - {None}


def _reached(lookup: RowLookup, table: str, column: str, keys: Iterable[str], *columns: str) -> set[str]:
    """Return the values of columns that are not missing, of the rows with one of some keys in a column."""
    if len(columns) == 1:  # as nearly always, of many rows now and then
        return set(lookup.column(table, {column: keys}, columns[0])) - {None}
    return {value for row in lookup.values(table, {column: keys}, *columns) for value in row} - {None}


def _add_events(lookup: RowLookup, wanted: list[str], tables: _Tables) -> None:
    """Add the events in which the nodes take part, that they are, report or contain, and what is said of these."""
    tables["event_parts"] = lookup.records("event_parts", {"event": wanted, "part": wanted})
    tables["story_events"] = lookup.records("story_events", {"story": wanted, "event": wanted})
    shared = set.intersection(*(_reached(lookup, "event_roles", "party", [node], "event") for node in wanted))
    reported: set[str] = set().union(*(_reached(lookup, name, "article", wanted, "event") for name in ("reports", "totals")))
    events = {*shared, *reported, *wanted, *_values(tables["story_events"], "event"), *_values(tables["event_parts"], "event", "part")}
    for name in _OF_EVENTS:
        keys = {"event": events} | ({"article": wanted} if name in {"reports", "totals"} else {})
        tables[name] = lookup.records(name, keys, *_READ.get(name, ()))


def _listing_articles(lookup: RowLookup, wanted: list[str]) -> set[str]:
    """Return the articles that name or list the nodes; of two nodes, those that name or list both."""
    return set.intersection(
        *({node}.union(*(_reached(lookup, table, column, [node], of) for table, column, of in _NAMING)) for node in wanted)
    )


def _newest(lookup: RowLookup, articles: set[str], most: int | None) -> set[str]:
    if most is None or len(articles) <= most:
        return articles
    dated = lookup.values("articles", {"iri": articles}, "published", "iri")
    newest = sorted(dated, key=lambda row: (row[0] is not None, row[0], row[1]), reverse=True)
    return {iri for _, iri in newest[:most]}


def _articles(lookup: RowLookup, wanted: list[str], tables: Mapping[str, list[Row]]) -> set[str]:
    """Return the articles behind the rows that were added, those of the nodes' stories, and those that the nodes are or are copies of."""
    articles = {iri for name, columns in _CITED.items() for iri in _values(tables[name], *columns)}
    articles |= {teller for row in tables["ledger"] for teller in row["tellers"] or ()}
    articles |= _reached(lookup, "articles", "story", wanted, "iri") | _reached(lookup, "articles", "iri", wanted, "iri", "copy_group")
    products = {*_reached(lookup, "products", "iri", wanted, "iri"), *_reached(lookup, "products", "maker", wanted, "iri")}
    return articles | _reached(lookup, "other_mentions", "entity", products, "article")


def _add_mentions(lookup: RowLookup, wanted: list[str], tables: _Tables, articles: set[str]) -> None:
    """Add where the articles name the nodes that were added, and where texts name the tickers of the nodes; of an article, all it names."""
    is_whole = any(row["iri"] in wanted for row in tables["articles"])
    added = {row["iri"] for name in _NODES for row in tables[name]}
    for name, column in (("mentions", "company"), ("other_mentions", "entity")):
        keys = {"article": articles}
        tables[name] = lookup.records(name, keys) if is_whole else lookup.records_with(name, keys, column, added)
    tickers = {ticker for row in tables["companies"] if row["iri"] in wanted for ticker in row["tickers"] or ()}
    named = lookup.records_with("other_mentions", {"name": tickers}, "kind", {"ticker"})
    tables["other_mentions"] += [row for row in named if not (is_whole and row["article"] in articles)]
