"""The part of a graph that an explanation of one or two nodes reads: the same statements come from it as from the whole graph.

An explanation filters nearly every table. Over these few rows it takes milliseconds, however large the graph is. Only the decisions that
would remove a node (`remedies`) need the whole graph: how they refer to it depends on all things of like names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.core.row_lookup import RowLookup

_NODES = ("companies", "organisations", "products", "people", "places", "topics", "providers", "events", "stories")
_OF_EVENTS = ("event_roles", "reports", "report_roles", "report_amounts", "totals", "ledger")
_EMPTY = make_tables({})


class Neighbourhood(NamedTuple):
    """The rows around some nodes as a graph of its own; `left_out` counts articles that name or have the nodes, beyond the newest."""

    graph: GraphTables
    left_out: int


def neighbourhood(lookup: RowLookup, nodes: Iterable[str], most: int) -> Neighbourhood:
    """Return the rows of a graph around one or two nodes (IRIs), with at most the newest `most` articles that only name or list them.

    Articles that report the nodes' events, and those of their stories, copies and relations, are all there.
    """
    wanted = sorted(set(nodes))
    tables: dict[str, pl.DataFrame] = {name: lookup.graph[name] for name in ("dataset", "decisions")}
    _add_events(lookup, wanted, tables)
    _add_links(lookup, wanted, tables)
    listed = _listing_articles(lookup, wanted)
    newest = _newest(lookup, listed, most)
    articles = _articles(lookup, wanted, tables) | newest
    tables["articles"] = lookup.rows("articles", {"iri": articles})
    for name in ("mentions", "other_mentions", "excerpts", "article_topics"):
        tables[name] = lookup.rows(name, {"article": articles})
    _add_tickers(lookup, wanted, tables)
    related = _related(wanted, tables)
    for name in _NODES:
        columns = {"companies": "parent", "products": "maker", "topics": "broader", "providers": "company"}
        more = {columns[name]: wanted} if name in columns else {}
        tables[name] = lookup.rows(name, {"iri": related, **more})
    tables["doubts"] = _doubts(lookup, tables)
    return Neighbourhood(GraphTables({**_EMPTY.tables, **tables}), len(listed - articles))


def _add_events(lookup: RowLookup, wanted: list[str], tables: dict[str, pl.DataFrame]) -> None:
    """Add the events in which the nodes take part, that they are, report or contain, and what is said of these."""
    parts_of = lookup.rows("event_parts", {"event": wanted, "part": wanted})
    tables["event_parts"] = parts_of
    tables["story_events"] = lookup.rows("story_events", {"story": wanted, "event": wanted})
    sets = [set(lookup.rows("event_roles", {"party": [node]})["event"]) for node in wanted]
    shared = set.intersection(*sets)
    of_articles = {event for name in ("reports", "totals") for event in lookup.rows(name, {"article": wanted})["event"].drop_nulls()}
    events = {*shared, *of_articles, *wanted, *tables["story_events"]["event"], *parts_of["event"], *parts_of["part"]}
    for name in _OF_EVENTS:
        tables[name] = lookup.rows(name, {"event": events} | ({"article": wanted} if name in {"reports", "totals"} else {}))


def _add_links(lookup: RowLookup, wanted: list[str], tables: dict[str, pl.DataFrame]) -> None:
    """Add the rows that link the nodes with others, but for events and mentions."""
    keys: dict[str, tuple[str, ...]] = {
        "relations": ("article", "related"), "copies": ("article", "copy"), "corrections": ("article", "superseded"),
        "posts": ("person", "employer"), "lasting_relations": ("subject", "object"), "merged_relations": ("subject", "object"),
        "merges": ("entity",), "id_candidates": ("company",), "replaced": ("new",), "members": ("iri",),
    }  # fmt: skip
    tables |= {name: lookup.rows(name, dict.fromkeys(columns, wanted)) for name, columns in keys.items()}
    stories = {*wanted, *lookup.rows("articles", {"iri": wanted})["story"].drop_nulls()}
    tables["story_links"] = lookup.rows("story_links", {"story": stories})
    tables["product_makers"] = lookup.rows("products", {"iri": wanted, "maker": wanted})


def _listing_articles(lookup: RowLookup, wanted: list[str]) -> set[str]:
    """Return the articles that name or list the nodes; of two nodes, those that name or list both."""
    columns = (("mentions", "company", "article"), ("other_mentions", "entity", "article"), ("article_topics", "topic", "article"), ("articles", "provider", "iri"))  # fmt: skip
    sets = [{article for table, column, of in columns for article in lookup.rows(table, {column: [node]})[of]} | {node} for node in wanted]
    return set.intersection(*sets)


def _newest(lookup: RowLookup, articles: set[str], most: int) -> set[str]:
    if len(articles) <= most:
        return articles
    rows = lookup.rows("articles", {"iri": articles}).sort("published", "iri", descending=True, nulls_last=True)
    return set(rows["iri"].head(most))


def _articles(lookup: RowLookup, wanted: list[str], tables: dict[str, pl.DataFrame]) -> set[str]:
    """Return the articles behind the rows that were added, those of the nodes' stories, and those that the nodes are or are copies of."""
    columns = {
        "reports": ("article",), "totals": ("article",), "posts": ("article",), "lasting_relations": ("article",), "merges": ("article",),
        "relations": ("article", "related"), "copies": ("article", "copy"), "corrections": ("article", "superseded"),
        "story_links": ("article", "other"),
    }  # fmt: skip
    articles = {iri for name, of in columns.items() for column in of for iri in tables[name][column].drop_nulls()}
    articles |= {teller for tellers in tables["ledger"]["tellers"].drop_nulls() for teller in tellers}
    articles |= set(lookup.rows("articles", {"story": wanted})["iri"])
    own = lookup.rows("articles", {"iri": wanted})
    products = tables.pop("product_makers")
    of_products = lookup.rows("other_mentions", {"entity": products["iri"].to_list()})["article"]
    return articles | {*own["iri"], *own["copy_group"].drop_nulls(), *of_products}


def _add_tickers(lookup: RowLookup, wanted: list[str], tables: dict[str, pl.DataFrame]) -> None:
    """Add the places where texts name the tickers of the nodes."""
    lists = lookup.rows("companies", {"iri": wanted})["tickers"].drop_nulls()
    named = lookup.rows("other_mentions", {"name": sorted({ticker for tickers in lists for ticker in tickers})}).filter(kind="ticker")
    missing = named.filter(~pl.col("article").is_in(tables["articles"]["iri"].to_list()))
    tables["other_mentions"] = pl.concat([tables["other_mentions"], missing])


def _related(wanted: list[str], tables: dict[str, pl.DataFrame]) -> set[str]:
    """Return all nodes that the rows name."""
    columns = (
        ("event_roles", "event"), ("event_roles", "party"), ("event_parts", "event"), ("event_parts", "part"), ("story_events", "event"),
        ("story_events", "story"), ("reports", "event"), ("totals", "event"), ("posts", "person"), ("posts", "employer"),
        ("merged_relations", "subject"), ("merged_relations", "object"), ("mentions", "company"), ("other_mentions", "entity"),
        ("article_topics", "topic"), ("articles", "provider"), ("articles", "story"),
    )  # fmt: skip
    return {*wanted, *(iri for table, column in columns for iri in tables[table][column].drop_nulls())}


def _doubts(lookup: RowLookup, tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Return the open questions about nodes of these names, which may be followed by ` (in ARTICLE)`."""
    names = {name for table in ("companies", "organisations", "people", "places") for name in tables[table]["name"]}
    names |= {alias for aliases in tables["companies"]["aliases"].drop_nulls() for alias in aliases}
    named = [pl.col(column).str.split(" (in ").list.first().is_in(sorted(names)) for column in ("one", "other")]
    return lookup.graph["doubts"].filter(pl.any_horizontal(named))
