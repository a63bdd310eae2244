"""Identifiers for the companies of a graph, out of linking packs; what a pack cannot settle is listed and not chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import polars as pl

from newsgraph.core.graph_tables import frame

if TYPE_CHECKING:
    from newsgraph.identifiers import Match, RecordCandidate, Wanted

_IDS = ("lei", "wikidata", "cik", "country")


def link_companies(companies: pl.DataFrame, packs: Sequence[Path]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the table of companies with identifiers, and the table `id_candidates`.

    What a list or a text already says of a company stays; a pack fills what is empty. Raises InputError where a pack
    cannot be read.
    """
    from newsgraph.identifiers import link  # noqa: PLC0415 - pyarrow is slow to load, and needed by packs only

    rows = companies.to_dicts()
    matches = link([_wanted(row) for row in rows], packs)
    linked = [_with_ids(row, found) for row, found in zip(rows, matches, strict=True)]
    candidates = [_candidate(found, one) for found in matches for one in found.candidates]
    return frame("companies", linked), frame("id_candidates", candidates)


def _wanted(row: Mapping[str, Any]) -> Wanted:
    from newsgraph.identifiers import Wanted  # noqa: PLC0415 - as above

    countries = {place[:2] for place in row["places"] or ()}
    return Wanted(
        row["iri"],
        tuple(filter(None, dict.fromkeys((row["name"], row["legal_name"], *(row["aliases"] or ()))))),
        tuple(row["tickers"] or ()),
        tuple(countries) if len(countries) == 1 else (),
        row["domain"] or "",
        row["lei"] or "",
        row["wikidata"] or "",
    )


def _with_ids(row: dict[str, Any], found: Match) -> dict[str, Any]:
    record = found.record
    if record is None:
        return row
    ids = {name: row[name] or getattr(record, name) or None for name in _IDS}
    return row | ids | {
        "legal_name": row["legal_name"] or record.legal_name or None,
        "tickers": row["tickers"] or sorted(record.symbols),
        "isins": sorted(record.isins),
        "domain": row["domain"] or urlsplit(record.website).hostname or None,
        "id_rule": found.rule,
        "id_source": record.source or None,
    }  # fmt: skip


def _candidate(found: Match, one: RecordCandidate) -> dict[str, Any]:
    record = one.record
    ids = {name: getattr(record, name) or None for name in _IDS}
    return ids | {
        "company": found.key, "name": record.legal_name or record.name, "tickers": list(record.tickers), "source": record.source or None,
        "reason": f"{found.rule}: {one.reason}" if one.reason else found.rule,
    }  # fmt: skip
