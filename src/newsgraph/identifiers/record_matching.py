"""Which record of a pack a company is: by rules in order, never by a guess; where several fit, all are listed and none is chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsgraph.identifiers.agreement import Agreement, Wanted, agreement
from newsgraph.identifiers.company_record import Identifiers
from newsgraph.identifiers.record_folding import fold_records
from newsgraph.identifiers.record_search import find_records

__all__ = ["MOST_LISTED", "RULES", "Match", "RecordCandidate", "Wanted", "link", "match_records"]

MOST_LISTED = 20


@dataclass(frozen=True, slots=True)
class RecordCandidate:
    """A record that was not chosen, and what speaks for and against it."""

    record: Identifiers
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """The record of a company, by which rule; or no record, and the candidates.

    Without a record the rule says why: `unknown` (none has the name), `contradicted` (something speaks against each),
    `uncorroborated` (one has the name, and nothing else speaks for it), `ambiguous` (several fit).
    """

    key: str
    record: Identifiers | None
    rule: str
    candidates: tuple[RecordCandidate, ...] = ()


_IDS = frozenset({"lei", "wikidata"})
_FACTS = _IDS | {"tickers", "country"}
_ALL = _FACTS | {"domain"}  # a company may have several sites, so another one speaks only against a name that stands alone

# Each rule is asked of all records that share a name or an id, and chooses where it holds of exactly one that is not excluded
# by a contradiction of these kinds.
RULES: tuple[tuple[str, Callable[[Agreement], bool], frozenset[str]], ...] = (
    ("same_id", lambda one: one.same_id, _IDS),
    ("ticker_and_name", lambda one: one.ticker and one.words > 0, _FACTS),
    ("legal_name", lambda one: one.legal_name, _FACTS),
    ("domain_and_name", lambda one: one.domain and one.words > 0, _FACTS),
    ("name_and_country", lambda one: one.words > 0, _ALL),
    ("only_candidate", lambda one: one.words > 0, _ALL),
)
_WORDS = 2  # a name of one word is borne by too many to stand for one of them by itself


def match_records(wanted: Wanted, records: Iterable[Identifiers]) -> Match:
    """Choose the record of a company among records that share a name key or an id with it.

    A record that something speaks against is never chosen. It still counts as a rival: where there is one, the country must
    speak for the record that is left.
    """
    fits = [one for record in sorted(records) if (one := agreement(wanted, record)).words or one.same_id]
    for rule, holds, excluding in RULES:
        found = [one for one in fits if holds(one)]
        free = [one for one in found if not one.contradicted(excluding)]
        if rule == "same_id" and found and len(free) != 1:
            break  # ids that do not agree are no ground for going on by name
        if len(free) > 1:
            break
        if free and _stands(rule, free[0], alone=len(found) == 1):
            return Match(wanted.key, free[0].record, rule)
    return _unmatched(wanted.key, fits)


def _stands(rule: str, one: Agreement, *, alone: bool) -> bool:
    """Say whether the one record of which a rule holds, and that nothing contradicts, may be chosen."""
    if rule == "name_and_country":
        return one.country
    if rule == "only_candidate":
        return alone and one.words >= _WORDS
    if rule == "legal_name":
        return alone or one.country
    return True


def _unmatched(key: str, fits: Sequence[Agreement]) -> Match:
    free = [one for one in fits if not one.against]
    ordered = sorted(fits, key=lambda one: (len(one.against), one.record))
    listed = tuple(RecordCandidate(one.record, one.reason) for one in ordered[:MOST_LISTED])
    rule = "unknown" if not fits else "contradicted" if not free else "uncorroborated" if len(free) == 1 else "ambiguous"
    return Match(key, None, rule, listed)


def link(wanted: Sequence[Wanted], packs: Sequence[Path]) -> tuple[Match, ...]:
    """Match companies to the records of packs, in the order of `wanted`; each pack is read once.

    Records of several packs whose ids agree are one. Raises InputError where a pack cannot be read.
    """
    keys = {key for one in wanted for key in one.keys}
    leis = {one.lei.upper() for one in wanted if one.lei}
    items = {one.wikidata.upper() for one in wanted if one.wikidata}
    records = fold_records(record for pack in packs for record in find_records(pack, leis, items, keys)).records
    holders: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for handle in _handles(record):
            holders[handle].append(number)
    return tuple(match_records(one, [records[number] for number in _near(one, holders)]) for one in wanted)


def _near(wanted: Wanted, holders: dict[str, list[int]]) -> list[int]:
    handles = (*(f"name:{key}" for key in wanted.keys), f"lei:{wanted.lei.upper()}", f"wikidata:{wanted.wikidata.upper()}")
    return sorted({number for handle in handles for number in holders.get(handle, ())})


def _handles(record: Identifiers) -> set[str]:
    """Give everything by which a record may be looked for."""
    keys = Wanted("", record.names).keys
    ids = {f"{kind}:{value}" for kind, value in (("lei", record.lei), ("wikidata", record.wikidata)) if value}
    return {f"name:{key}" for key in keys} | ids
