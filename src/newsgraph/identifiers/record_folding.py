"""Merge records with the same LEI, CIK or Wikidata id; equal names never merge records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from newsgraph.identifiers.company_record import IDS, Identifiers, drop_bare_symbols

# Order in which sources are preferred, after the user's own: for the names in use, and for legal names and countries.
_CALLED = ("wikidata", "sec", "gleif")
_REGISTERED = ("gleif", "sec", "wikidata")


@dataclass(frozen=True, slots=True)
class FoldedRecords:
    """The result of merging records."""

    records: tuple[Identifiers, ...]  # sorted
    folded: int  # records that were merged into others
    apart: int  # records that share an id with others but stay separate, because other ids contradict


def fold_records(records: Iterable[Identifiers]) -> FoldedRecords:
    """Merge records whose ids agree; the order of the records does not matter.

    Records that are connected by equal ids but have different ids of one kind all stay as they are, since which of them belong together
    would be a guess.
    """
    ordered = sorted(records)
    same: dict[tuple[object, ...], list[Identifiers]] = defaultdict(list)
    for record in ordered:
        ids = _ids(record)
        same[tuple(ids) if ids else (replace(record, source=""),)].append(record)
    rows = [_merge(group) for group in same.values()]
    folded: list[Identifiers] = []
    apart = 0
    for group in _connected(rows):
        if _contradict(group):
            folded += group
            apart += len(group)
        else:
            folded.append(_merge(group))
    return FoldedRecords(tuple(sorted(folded)), len(ordered) - len(folded), apart)


def _ids(record: Identifiers) -> list[tuple[str, str]]:
    return [(kind, value) for kind in IDS if (value := getattr(record, kind))]


def _connected(rows: Sequence[Identifiers]) -> Iterator[list[Identifiers]]:
    """Yield the groups of rows that are connected by equal ids, directly or through other rows."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for company_id in _ids(row):
            holders[company_id].append(number)
    seen: set[int] = set()
    for start in range(len(rows)):
        if start in seen:
            continue
        seen.add(start)
        group = [start]
        for number in group:  # grows while it is iterated over
            for company_id in _ids(rows[number]):
                new = [holder for holder in holders.pop(company_id, ()) if holder not in seen]
                seen.update(new)
                group += new
        yield [rows[number] for number in group]


def _contradict(group: Sequence[Identifiers]) -> bool:
    return any(len({getattr(row, kind) for row in group} - {""}) > 1 for kind in IDS)


def _merge(group: Sequence[Identifiers]) -> Identifiers:
    if len(group) == 1:
        return group[0]
    called = sorted(group, key=lambda row: (_rank(row, _CALLED), row))
    registered = sorted(group, key=lambda row: (_rank(row, _REGISTERED), row))
    name, legal_name = called[0].name, _first(registered, "legal_name")
    names = {spelling for row in group for spelling in row.names}
    return Identifiers(
        name=name,
        aliases=tuple(sorted(names - {name, legal_name})),
        legal_name=legal_name,
        tickers=drop_bare_symbols(ticker for row in group for ticker in row.tickers),
        isins=tuple(sorted({isin for row in group for isin in row.isins})),
        website=_first(called, "website"),
        country=_first(registered, "country"),
        source="+".join(sorted({part for row in group for part in row.source.split("+") if part})),
        **{kind: _first(called, kind) for kind in IDS},
    )


def _rank(row: Identifiers, order: Sequence[str]) -> int:
    return min(order.index(part) + 1 if part in order else 0 for part in row.source.split("+"))


def _first(rows: Iterable[Identifiers], column: str) -> str:
    return next(filter(None, (getattr(row, column) for row in rows)), "")
