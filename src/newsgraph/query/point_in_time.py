"""What could be known at the end of a day, computed from the tables of a full graph.

IRIs and the names of organisations, products, people and places are those of the full graph, and so is what counts as one company, one
event and one story, even if that was only learned from later articles. Companies have the names of the day. What is stated about them is
that of the day too.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import polars as pl

from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.query.names_of_day import merges_of_day, with_names_of_day, with_party_names
from newsgraph.query.re_resolution import corpus_of, re_resolved
from newsgraph.resolve.corroboration import Witnesses, combined_confidence

# Columns that name an article: a row stays if all articles that it names stay.
_OF_ARTICLES = {
    "versions": ("article",), "excerpts": ("article",), "aliases": ("article",), "images": ("article",), "article_topics": ("article",),
    "article_sources": ("article",), "relations": ("article", "related"), "copies": ("article", "copy"),
    "corrections": ("article", "superseded"), "mentions": ("article",), "other_mentions": ("article",), "posts": ("article",),
    "lasting_relations": ("article",), "reports": ("article",), "report_roles": ("article",), "report_amounts": ("article",),
    "totals": ("article",),
}  # fmt: skip
_ENTITIES = ("organisations", "products", "people", "places")
_COUNTED = ("articles", "outlets", "origins", "mentions", "confidence", "rule")

Tables = dict[str, pl.DataFrame]


def as_of(graph: GraphTables, day: date) -> GraphTables:
    """Keep the articles published up to the end of a day (UTC) and what rests on them, counted and decided again.

    Articles without a date are left out, as nobody knows when they were published. The amount, date, status and parties of an event,
    its ledger, and the name of a story follow from what was reported by then, by the same rules as in a build. Doubts, decisions,
    stable IRIs and problems stay as they are.
    """
    tables = dict(graph.tables)
    tables["articles"] = graph["articles"].filter(pl.col("published").dt.date() <= day)
    for name, columns in _OF_ARTICLES.items():
        for column in columns:
            tables[name] = _among(tables[name], column, tables["articles"]["iri"])
    tables |= _named(tables)
    tables["companies"] = with_names_of_day(tables["companies"], tables["mentions"], graph, day)
    tables["merges"] = merges_of_day(tables["merges"], tables["mentions"])
    tables |= _declared(tables)
    remaining = GraphTables(tables)
    corpus = corpus_of(remaining)
    origins = pl.col("iri").replace_strict(corpus.witnesses.origins, default=None, return_dtype=pl.String())
    tables["articles"] = tables["articles"].with_columns(origins.alias("copy_group"))
    for name in ("companies", *_ENTITIES):
        tables[name] = _recounted(tables, name, corpus.witnesses)
    tables |= {name: frame(name, rows) for name, rows in re_resolved(remaining, corpus).items()}
    tables["articles"] = _or_none(tables["articles"], "story", tables["stories"]["iri"])
    events = tables["events"]["iri"]
    for name in ("reports", "report_roles", "report_amounts", "totals"):
        tables[name] = _among(tables[name], "event", events)
    for name, iri, called in (
        ("reports", "subject_iri", "subject"),
        ("reports", "object_iri", "object"),
        ("report_roles", "party", "name"),
    ):
        tables[name] = with_party_names(tables[name], iri, called, graph["companies"], tables["companies"])
    days = [day if built_for is None else min(built_for, day) for built_for in graph["dataset"]["as_of"]]
    tables["dataset"] = graph["dataset"].with_columns(pl.Series("as_of", days, pl.Date()))
    return make_tables(tables)


def _among(data: pl.DataFrame, column: str, iris: pl.Series) -> pl.DataFrame:
    """Keep the rows whose column holds one of some IRIs."""
    return data.join(iris.unique().to_frame("_iri"), left_on=column, right_on="_iri", how="semi")


def _among_or_null(data: pl.DataFrame, column: str, iris: pl.Series) -> pl.DataFrame:
    """Keep the rows whose column is null or holds one of some IRIs, in their order."""
    return data.filter(pl.col(column).is_null() | pl.col(column).is_in(iris.unique().to_list()))


def _or_none(data: pl.DataFrame, column: str, iris: pl.Series) -> pl.DataFrame:
    """Set a column to null where it does not hold one of some IRIs."""
    known = pl.col(column).is_in(iris.unique().to_list())
    return data.with_columns(pl.when(known).then(pl.col(column)).alias(column))


def _named(tables: Tables) -> Tables:
    """Return the nodes that are still named, and the rows that refer only to such nodes."""
    mentions, others = tables["mentions"], tables["other_mentions"]
    result = {name: _among(tables[name], "iri", others["entity"].drop_nulls()) for name in _ENTITIES}
    companies = _among(tables["companies"], "iri", mentions["company"])
    result["companies"] = _or_none(companies, "parent", companies["iri"])
    result["products"] = _or_none(result["products"], "maker", companies["iri"])
    parties = pl.concat([companies["iri"], result["organisations"]["iri"]])
    posts = _or_none(tables["posts"], "employer", parties)
    result["posts"] = _among(posts, "person", result["people"]["iri"]).filter(
        pl.col("employer").is_not_null() | pl.col("role").is_not_null()
    )
    sides = pl.concat([parties, result["products"]["iri"]])
    relations = _among(_among(tables["lasting_relations"], "subject", sides), "object", sides)
    result["lasting_relations"] = relations
    reports, named = tables["reports"], pl.concat([companies["iri"], *(result[name]["iri"] for name in _ENTITIES)])
    for side in ("subject_iri", "object_iri"):
        reports = _among_or_null(reports, side, named)
    result["reports"] = reports
    result["report_roles"] = _among_or_null(tables["report_roles"], "party", named)
    result["id_candidates"] = _among(tables["id_candidates"], "company", companies["iri"])
    merges = _among(tables["merges"], "entity", companies["iri"])
    result["merges"] = pl.concat([merges.filter(pl.col("article").is_null()), _among(merges, "article", tables["articles"]["iri"])])
    return result


def _declared(tables: Tables) -> Tables:
    """Return the providers and topics that still have articles, counted again, and the documents that hold any."""
    providers = _with_counts(tables["providers"], tables["articles"]["provider"].drop_nulls())
    topics = _with_counts(tables["topics"], tables["article_topics"]["topic"])
    topics = _or_none(topics, "broader", topics["iri"])
    rule = pl.when(pl.col("broader").is_not_null()).then(pl.col("rule")).alias("rule")
    return {
        "providers": _or_none(providers, "company", tables["companies"]["iri"]),
        "topics": topics.with_columns(rule),
        "sources": _among(tables["sources"], "source", tables["article_sources"]["source"]),
    }


def _with_counts(nodes: pl.DataFrame, iris: pl.Series) -> pl.DataFrame:
    counts = iris.rename("iri").to_frame().group_by("iri").agg(pl.len().cast(pl.Int64()).alias("articles"))
    return nodes.drop("articles").join(counts, on="iri", how="inner")


def _recounted(tables: Tables, name: str, witnesses: Witnesses) -> pl.DataFrame:
    """Count the mentions of each node of a table, and compute the confidence in it, as resolving does."""
    table, column = ("mentions", "company") if name == "companies" else ("other_mentions", "entity")
    still_there = _among(tables[table], column, tables[name]["iri"])
    mentions_of: dict[str, list[tuple[str, float, str]]] = defaultdict(list)
    for iri, *mention in still_there.sort("article", "start", "end").select(column, "article", "confidence", "rule").iter_rows():
        mentions_of[iri].append((mention[0], mention[1], mention[2]))
    rows = []
    for iri, mentions in mentions_of.items():
        sure: dict[str, float] = {}
        for article, confidence, _ in mentions:
            sure[article] = max(sure.get(article, 0.0), confidence)
        best = max(mentions, key=lambda mention: (mention[1], mention[2]))
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
