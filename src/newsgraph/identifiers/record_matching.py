"""Choose the record of a pack that is a company, by rules in order; if several records fit, all are listed and none is chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsgraph.identifiers.agreement import Agreement, CompanyQuery, agreement
from newsgraph.identifiers.company_record import Identifiers
from newsgraph.identifiers.record_folding import fold_records
from newsgraph.identifiers.record_search import find_records

__all__ = ["MOST_LISTED", "RULES", "CompanyQuery", "Match", "RecordCandidate", "link", "match_records"]

MOST_LISTED = 20  # candidates of one company


@dataclass(frozen=True, slots=True)
class RecordCandidate:
    """A record that was not chosen, and what agrees and contradicts, in words."""

    record: Identifiers
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """The record of a company and the rule that chose it, or no record and the candidates.

    Without a record the rule says why: `unknown` (no record has the name), `contradicted` (something contradicts every record),
    `uncorroborated` (one record has the name, but nothing else confirms it), `ambiguous` (several records fit).
    """

    key: str  # of the query
    record: Identifiers | None
    rule: str
    candidates: tuple[RecordCandidate, ...] = ()


_IDS = frozenset({"lei", "wikidata"})
_FACTS = _IDS | {"tickers", "country"}
_ALL = _FACTS | {"domain"}  # a company may have several websites, so another one counts only if nothing but the name agrees

# (name, condition, kinds of contradictions that exclude a record). A rule is applied to all records that share a name or an id with the
# company, and chooses a record if it is the only one that meets the condition and is not excluded.
RULES: tuple[tuple[str, Callable[[Agreement], bool], frozenset[str]], ...] = (
    ("same_id", lambda fit: fit.same_id, _IDS),
    ("ticker_and_name", lambda fit: fit.ticker and fit.words > 0, _FACTS),
    ("legal_name", lambda fit: fit.legal_name, _FACTS),
    ("domain_and_name", lambda fit: fit.domain and fit.words > 0, _FACTS),
    ("name_and_country", lambda fit: fit.words > 0, _ALL),
    ("only_candidate", lambda fit: fit.words > 0, _ALL),
)
_WORDS = 2  # a name of one word is not enough, because too many companies share such names


def match_records(query: CompanyQuery, records: Iterable[Identifiers]) -> Match:
    """Choose the record of a company among records that share a name key or an id with it.

    A record that something contradicts is never chosen. But it remains a rival: for the rules `legal_name` and `only_candidate` the
    chosen record must be the only one with the name, unless the country confirms a legal name.
    """
    fits = [fit for record in sorted(records) if (fit := agreement(query, record)).words or fit.same_id]
    for rule, condition, excluding in RULES:
        meeting = [fit for fit in fits if condition(fit)]
        remaining = [fit for fit in meeting if not fit.contradicted(excluding)]
        if rule == "same_id" and meeting and len(remaining) != 1:
            break  # contradicting ids rule out a choice by name
        if len(remaining) > 1:
            break
        if remaining and _may_choose(rule, remaining[0], alone=len(meeting) == 1):
            return Match(query.key, remaining[0].record, rule)
    return _unmatched(query.key, fits)


def _may_choose(rule: str, fit: Agreement, *, alone: bool) -> bool:
    """Return whether a rule may choose the only record that meets its condition without contradiction.

    `alone` is true if no contradicted record meets the condition either.
    """
    if rule == "name_and_country":
        return fit.country
    if rule == "only_candidate":
        return alone and fit.words >= _WORDS
    if rule == "legal_name":
        return alone or fit.country
    return True


def _unmatched(key: str, fits: Sequence[Agreement]) -> Match:
    uncontradicted = [fit for fit in fits if not fit.against]
    ordered = sorted(fits, key=lambda fit: (len(fit.against), fit.record))
    listed = tuple(RecordCandidate(fit.record, fit.reason) for fit in ordered[:MOST_LISTED])
    if not fits:
        rule = "unknown"
    elif not uncontradicted:
        rule = "contradicted"
    else:
        rule = "uncorroborated" if len(uncontradicted) == 1 else "ambiguous"
    return Match(key, None, rule, listed)


def link(queries: Sequence[CompanyQuery], packs: Sequence[Path]) -> tuple[Match, ...]:
    """Match companies to the records of packs, in the order of `queries`; each pack is read once.

    Records of several packs whose ids agree are merged. Raises InputError if a pack cannot be read.
    """
    keys = {key for query in queries for key in query.keys}
    leis = {query.lei.upper() for query in queries if query.lei}
    items = {query.wikidata.upper() for query in queries if query.wikidata}
    records = fold_records(record for pack in packs for record in find_records(pack, leis, items, keys)).records
    holders: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        for handle in _handles(record):
            holders[handle].append(number)
    return tuple(match_records(query, [records[number] for number in _sharing(query, holders)]) for query in queries)


def _sharing(query: CompanyQuery, holders: dict[str, list[int]]) -> list[int]:
    """Return the numbers of the records that share a name key or an id with a company."""
    handles = (*(f"name:{key}" for key in query.keys), f"lei:{query.lei.upper()}", f"wikidata:{query.wikidata.upper()}")
    return sorted({number for handle in handles for number in holders.get(handle, ())})


def _handles(record: Identifiers) -> set[str]:
    """Return everything by which a record can be looked up."""
    keys = CompanyQuery("", record.names).keys
    ids = {f"{kind}:{value}" for kind, value in (("lei", record.lei), ("wikidata", record.wikidata)) if value}
    return {f"name:{key}" for key in keys} | ids
