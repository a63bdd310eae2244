"""Add identifiers from packs to the companies of a graph; if no record can be chosen, the candidates are listed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import polars as pl

from newsgraph.core.graph_tables import frame
from newsgraph.identifiers.record_matching import CompanyQuery, link

if TYPE_CHECKING:
    from newsgraph.identifiers.record_matching import Match, RecordCandidate

_IDS = ("lei", "wikidata", "cik", "country")


def link_companies(companies: pl.DataFrame, packs: Sequence[Path]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the table of companies with identifiers, and the table `id_candidates`.

    Values from lists and texts stay; packs fill in what is missing. Raises InputError if a pack cannot be read.
    """
    rows = companies.to_dicts()
    matches = link([_query(row) for row in rows], packs)
    linked = [_with_ids(row, match) for row, match in zip(rows, matches, strict=True)]
    candidates = [_candidate_row(match, candidate) for match in matches for candidate in match.candidates]
    return frame("companies", linked), frame("id_candidates", candidates)


def _query(row: Mapping[str, Any]) -> CompanyQuery:
    countries = {place[:2] for place in row["places"] or ()}
    return CompanyQuery(
        row["iri"],
        tuple(filter(None, dict.fromkeys((row["name"], row["legal_name"], *(row["aliases"] or ()))))),
        tuple(row["tickers"] or ()),
        tuple(countries) if len(countries) == 1 else (),
        row["domain"] or "",
        row["lei"] or "",
        row["wikidata"] or "",
    )


def _with_ids(row: dict[str, Any], match: Match) -> dict[str, Any]:
    record = match.record
    if record is None:
        return row
    ids = {name: row[name] or getattr(record, name) or None for name in _IDS}
    return row | ids | {
        "legal_name": row["legal_name"] or record.legal_name or None,
        "tickers": row["tickers"] or sorted(record.symbols),
        "isins": sorted({*(row["isins"] or ()), *record.isins}),
        "domain": row["domain"] or urlsplit(record.website).hostname or None,
        "id_rule": match.rule,
        "id_source": record.source or None,
    }  # fmt: skip


def _candidate_row(match: Match, candidate: RecordCandidate) -> dict[str, Any]:
    record = candidate.record
    ids = {name: getattr(record, name) or None for name in _IDS}
    return ids | {
        "company": match.key, "name": record.legal_name or record.name, "tickers": list(record.tickers), "source": record.source or None,
        "reason": f"{match.rule}: {candidate.reason}" if candidate.reason else match.rule,
    }  # fmt: skip
