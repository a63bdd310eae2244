"""What companies were called on a day, from the table of the names that were taken for theirs."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import polars as pl

from newsgraph.core.company_names import name_key
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.renamings import RENAMED, FormerName, name_of_day
from newsgraph.resolve.companies.article_context import FORMER


def with_names_of_day(companies: pl.DataFrame, mentions: pl.DataFrame, graph: GraphTables, day: date) -> pl.DataFrame:
    """Return companies with the names that they had at the end of a day; `mentions` are those of articles by then, `graph` the full one.

    The day of a change is that of the list of former names, else that of the article that tells of the change, unless an article used
    the newest name before that. A name that people decided stays.
    """
    former = _former_names(graph, merges_of_day(graph["merges"], mentions))
    if not former:
        return companies
    by_then, ever = _names_used(mentions), _names_used(graph["mentions"])
    rows = []
    for row in companies.to_dicts():
        iri, name = row["iri"], name_key(row["name"])
        told_later = name in ever[iri] and name not in by_then[iri]
        counting = [
            old
            for old in former.get(iri, ())
            if name_key(old.name) != name and (old.newest == row["name"] or (told_later and not old.newest))
        ]
        old_name = name_of_day(row["name"], counting, day)
        rows.append(row | {"name": old_name, "aliases": [alias for alias in row["aliases"] if alias != old_name]})
    return pl.DataFrame(rows, schema=companies.schema)


def with_party_names(table: pl.DataFrame, iri: str, name: str, newest: pl.DataFrame, of_day: pl.DataFrame) -> pl.DataFrame:
    """Return a table whose column `name` has the name of the day of each company in its column `iri`, where it had the newest one.

    `newest` and `of_day` are companies with their names.
    """
    renamed = newest.select("iri", before="name").join(of_day.select("iri", now="name"), on="iri").filter(pl.col("before") != pl.col("now"))
    if renamed.is_empty():
        return table
    joined = table.join(renamed, left_on=iri, right_on="iri", how="left", maintain_order="left")
    called = pl.when(pl.col(name) == pl.col("before")).then("now").otherwise(name).alias(name)
    return joined.with_columns(called).select(table.columns)


def merges_of_day(merges: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Leave out the listed former names that no article used by then; `mentions` are those of articles by then."""
    used = _names_used(mentions)
    rows = merges.select("entity", "name", "rule").iter_rows()
    return merges.filter(pl.Series([rule != RENAMED or name_key(name) in used[iri] for iri, name, rule in rows], dtype=pl.Boolean))


def _former_names(graph: GraphTables, merges: pl.DataFrame) -> dict[str, list[FormerName]]:
    """Return the former names of companies (IRI); those that an article tells of have the day of the article, and no `newest`."""
    published = dict(graph["articles"].select("iri", "published").iter_rows())
    former: dict[str, list[FormerName]] = defaultdict(list)
    for iri, name, rule, article, note in merges.select("entity", "name", "rule", "article", "note").iter_rows():
        if rule == RENAMED:
            former[iri].append(FormerName.of_note(name, note))
        elif rule == FORMER and (time := published.get(article)):
            former[iri].append(FormerName(time.date(), name))
    return former


def _names_used(mentions: pl.DataFrame) -> dict[str, set[str]]:
    """Return the folded names that texts use, by company."""
    used: dict[str, set[str]] = defaultdict(set)
    for iri, text in mentions.select("company", "text").unique().iter_rows():
        used[iri].add(name_key(text))
    return used
