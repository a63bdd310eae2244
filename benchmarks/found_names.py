"""How many of the company names that generated texts hold somebody found, and how much else was taken for one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import polars as pl

from generate import told_documents

Named = set[tuple[str, str]]
"""Addresses of articles, and names as they stand there, without a full stop at the end."""


def true_names(documents: int, *, mixed: bool) -> Named:
    """Give the names that the maker of the texts put there."""
    told = (one for _, articles, _ in told_documents(documents, mixed=mixed) for one in articles)
    return {(one.url, name.rstrip(".")) for one in told for name, _ in one.truth.companies}


def built_names(output: Path) -> Named:
    """Give those that a build found."""
    tables = {name: pl.read_parquet(output / "tables" / f"{name}.parquet") for name in ("articles", "mentions")}
    urls = dict(tables["articles"].select("iri", "url").iter_rows())
    return {(urls[article], text.rstrip(".")) for article, text in tables["mentions"].select("article", "text").iter_rows()}


def listed_names(path: Path) -> Named:
    """Give the organisations of a file of lines as `others/pipeline.py` writes it; a name that runs over a line's end is two."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {(row["url"], part.rstrip(".")) for row in rows if row["label"] == "ORG" for part in row["text"].split("\n")}


def f1(found: Named, true: Iterable[tuple[str, str]]) -> float:
    """Give the harmonic mean of precision and recall."""
    wanted = set(true)
    return 2 * len(found & wanted) / ((len(found) + len(wanted)) or 1)
