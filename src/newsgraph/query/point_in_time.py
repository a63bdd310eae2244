"""What could be known at the end of a day, out of the tables of a full graph.

IRIs, and the names of companies, organisations, products, people and places, stay those of the full graph, and so does what
is one company, one event and one story: later articles may have taught it. What is told of them is that of the day.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import polars as pl

from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.query.re_resolution import corpus_of, re_resolved
from newsgraph.resolve.corroboration import Witnesses, combined_confidence

# Columns that name an article: a row stays where all articles that it names stay.
_OF_ARTICLES = {
    "versions": ("article",), "aliases": ("article",), "images": ("article",), "article_topics": ("article",),
    "article_sources": ("article",), "relations": ("article", "related"), "copies": ("article", "copy"),
    "corrections": ("article", "superseded"), "mentions": ("article",), "other_mentions": ("article",), "posts": ("article",),
    "reports": ("article",), "totals": ("article",),
}  # fmt: skip
_ENTITIES = ("organisations", "products", "people", "places")
_COUNTED = ("articles", "outlets", "origins", "mentions", "confidence", "rule")

Tables = dict[str, pl.DataFrame]


def as_of(graph: GraphTables, day: date) -> GraphTables:
    """Keep the articles published up to the end of a day (UTC) and what rests on them, counted and decided anew.

    Articles without a date are left out, since nobody knows when they were out. Which sum, day, status and parties an event
    has, its ledger, and what a story is called follows from what was told by then, by the same rules as in a build. Doubts,
    decisions, kept IRIs and problems stay as they are.
    """
    tables = dict(graph.tables)
    tables["articles"] = graph["articles"].filter(pl.col("published").dt.date() <= day)
    for name, columns in _OF_ARTICLES.items():
        for column in columns:
            tables[name] = _among(tables[name], column, tables["articles"]["iri"])
    tables |= _named(tables)
    tables |= _declared(tables)
    left = GraphTables(tables)
    corpus = corpus_of(left)
    origins = pl.col("iri").replace_strict(corpus.witnesses.origins, default=None, return_dtype=pl.String())
    tables["articles"] = tables["articles"].with_columns(origins.alias("copy_group"))
    for name in ("companies", *_ENTITIES):
        tables[name] = _recounted(tables, name, corpus.witnesses)
    tables |= {name: frame(name, rows) for name, rows in re_resolved(left, corpus).items()}
    told = tables["events"]["iri"]
    tables["reports"], tables["totals"] = (_among(tables[name], "event", told) for name in ("reports", "totals"))
    known = [day if made is None else min(made, day) for made in graph["dataset"]["as_of"]]
    tables["dataset"] = graph["dataset"].with_columns(pl.Series("as_of", known, pl.Date()))
    return make_tables(tables)


def _among(data: pl.DataFrame, column: str, iris: pl.Series) -> pl.DataFrame:
    """Keep the rows whose column holds one of some IRIs."""
    return data.join(iris.unique().to_frame("_iri"), left_on=column, right_on="_iri", how="semi")


def _or_none(data: pl.DataFrame, column: str, iris: pl.Series) -> pl.DataFrame:
    """Set a column to null where it holds none of some IRIs."""
    known = pl.col(column).is_in(iris.unique().to_list())
    return data.with_columns(pl.when(known).then(pl.col(column)).alias(column))


def _named(tables: Tables) -> Tables:
    """Keep what is still named, and of all that leads to it only what leads to something that is kept."""
    mentions, others = tables["mentions"], tables["other_mentions"]
    kept = {name: _among(tables[name], "iri", others["entity"].drop_nulls()) for name in _ENTITIES}
    companies = _among(tables["companies"], "iri", mentions["company"])
    kept["companies"] = _or_none(companies, "parent", companies["iri"])
    kept["products"] = _or_none(kept["products"], "maker", companies["iri"])
    parties = pl.concat([companies["iri"], kept["organisations"]["iri"]])
    posts = _or_none(tables["posts"], "employer", parties)
    kept["posts"] = _among(posts, "person", kept["people"]["iri"]).filter(pl.col("employer").is_not_null() | pl.col("role").is_not_null())
    reports = tables["reports"]
    for side in ("subject_iri", "object_iri"):
        none = reports.filter(pl.col(side).is_null())
        reports = pl.concat([none, _among(reports, side, parties)])
    kept["reports"] = reports
    kept["id_candidates"] = _among(tables["id_candidates"], "company", companies["iri"])
    merges = _among(tables["merges"], "entity", companies["iri"])
    kept["merges"] = pl.concat([merges.filter(pl.col("article").is_null()), _among(merges, "article", tables["articles"]["iri"])])
    return kept


def _declared(tables: Tables) -> Tables:
    """Keep the providers and topics that still have articles, counted anew, and the documents that tell of any."""
    providers = _with_counts(tables["providers"], tables["articles"]["provider"].drop_nulls())
    topics = _with_counts(tables["topics"], tables["article_topics"]["topic"])
    topics = _or_none(topics, "broader", topics["iri"])
    rule = pl.when(pl.col("broader").is_not_null()).then(pl.col("rule")).alias("rule")
    return {
        "providers": _or_none(providers, "company", tables["companies"]["iri"]),
        "topics": topics.with_columns(rule),
        "sources": _among(tables["sources"], "source", tables["article_sources"]["source"]),
    }


def _with_counts(nodes: pl.DataFrame, found: pl.Series) -> pl.DataFrame:
    counts = found.rename("iri").to_frame().group_by("iri").agg(pl.len().cast(pl.Int64()).alias("articles"))
    return nodes.drop("articles").join(counts, on="iri", how="inner")


def _recounted(tables: Tables, name: str, witnesses: Witnesses) -> pl.DataFrame:
    """Count what names each node of a table now, and how sure that makes it, as resolving does."""
    table, column = ("mentions", "company") if name == "companies" else ("other_mentions", "entity")
    found = _among(tables[table], column, tables[name]["iri"])
    told: dict[str, list[tuple[str, float, str]]] = defaultdict(list)
    for iri, *mention in found.sort("article", "start", "end").select(column, "article", "confidence", "rule").iter_rows():
        told[iri].append((mention[0], mention[1], mention[2]))
    rows = []
    for iri, mentions in told.items():
        sure: dict[str, float] = {}
        for article, confidence, _ in mentions:
            sure[article] = max(sure.get(article, 0.0), confidence)
        best = max(mentions, key=lambda one: (one[1], one[2]))
        rows.append(
            {
                "iri": iri,
                "mentions": len(mentions),
                "confidence": combined_confidence(sure.values()),
                "rule": best[2],
                **witnesses.count(sure).row(),
            }
        )
    counted = pl.DataFrame(rows, schema={"iri": pl.String(), **{column: tables[name].schema[column] for column in _COUNTED}})
    return tables[name].drop(_COUNTED).join(counted, on="iri", how="inner")
