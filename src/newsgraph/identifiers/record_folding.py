"""Records that carry the same LEI, CIK or Wikidata id become one; a name never joins two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from newsgraph.identifiers.company_record import IDS, Identifiers, without_bare

# Whose word counts first, a user's own before all: what people call a company, and what the law does.
_CALLED = ("wikidata", "sec", "gleif")
_REGISTERED = ("gleif", "sec", "wikidata")


@dataclass(frozen=True, slots=True)
class FoldedRecords:
    """Records, sorted; how many went into another, and how many share an id but stay apart, because other ids contradict."""

    records: tuple[Identifiers, ...]
    folded: int
    apart: int


def fold_records(records: Iterable[Identifiers]) -> FoldedRecords:
    """Fold records whose ids agree; the order in which they come does not count.

    Records that share an id directly or over others, but have two ids of one kind among them, all stay as they are: which of
    them belong together would be a guess.
    """
    given = sorted(records)
    same: dict[tuple[object, ...], list[Identifiers]] = defaultdict(list)
    for record in given:
        ids = _ids(record)
        same[tuple(ids) if ids else (replace(record, source=""),)].append(record)
    rows = [_merged(group) for group in same.values()]
    done: list[Identifiers] = []
    apart = 0
    for group in _connected(rows):
        if _contradict(group):
            done += group
            apart += len(group)
        else:
            done.append(_merged(group))
    return FoldedRecords(tuple(sorted(done)), len(given) - len(done), apart)


def _ids(record: Identifiers) -> list[tuple[str, str]]:
    return [(kind, value) for kind in IDS if (value := getattr(record, kind))]


def _connected(rows: Sequence[Identifiers]) -> Iterator[list[Identifiers]]:
    """Give the groups of rows that hang together by equal ids."""
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for one in _ids(row):
            holders[one].append(number)
    seen: set[int] = set()
    for start in range(len(rows)):
        if start in seen:
            continue
        seen.add(start)
        group = [start]
        for number in group:  # grows while it is walked
            for one in _ids(rows[number]):
                fresh = [other for other in holders.pop(one, ()) if other not in seen]
                seen.update(fresh)
                group += fresh
        yield [rows[number] for number in group]


def _contradict(group: Sequence[Identifiers]) -> bool:
    return any(len({getattr(row, kind) for row in group} - {""}) > 1 for kind in IDS)


def _merged(group: Sequence[Identifiers]) -> Identifiers:
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
        tickers=without_bare(ticker for row in group for ticker in row.tickers),
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
