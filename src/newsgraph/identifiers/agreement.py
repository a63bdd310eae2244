"""How well a record of a pack fits a company that a text names: what they share, and what speaks against it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from newsgraph.core.canonical_url import host_name
from newsgraph.core.company_names import name_key, strip_legal_form
from newsgraph.identifiers.company_record import Identifiers, symbol_of

_SPLIT = re.compile(r"[\s\-‐-―_/]+")
_BRACKETS = re.compile(r"\(.*?\)")
_SMALL = frozenset({"the", "&", "and", ""})  # words that `name_key` does not count, or that tell no name from another


@dataclass(frozen=True, slots=True)
class Wanted:
    """A company that texts name: its spellings, legal names among them, and what is known of it beside.

    `key` is any id of the caller's; `countries` are ISO 3166 alpha-2; `domain` is a host or a web address; `lei` and
    `wikidata` are known from lists.
    """

    key: str
    names: tuple[str, ...]
    tickers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    domain: str = ""
    lei: str = ""
    wikidata: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Give the keys of all names."""
        return frozenset(filter(None, map(name_key, self.names)))


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a record and a company have in common.

    `words` tells how long the shared name is, `against` what contradicts: kinds ("lei", "wikidata", "tickers", "country",
    "domain") and how to say it.
    """

    record: Identifiers
    same_id: bool
    words: int
    legal_name: bool
    ticker: bool
    domain: bool
    country: bool
    against: tuple[tuple[str, str], ...]

    def contradicted(self, kinds: frozenset[str]) -> bool:
        """Say whether something of these kinds speaks against the record."""
        return any(kind in kinds for kind, _ in self.against)

    @property
    def reason(self) -> str:
        """Say it in words: what is the same, then what is not."""
        same = {
            "id": self.same_id, "legal name": self.legal_name, "name": self.words > 0 and not self.legal_name,
            "ticker": self.ticker, "domain": self.domain, "country": self.country,
        }  # fmt: skip
        return "; ".join(
            filter(None, ("same " + ", ".join(what for what, holds in same.items() if holds), *(text for _, text in self.against)))
        )


def agreement(wanted: Wanted, record: Identifiers) -> Agreement:
    """Compare a company with one record."""
    symbols = frozenset(map(symbol_of, wanted.tickers))
    ours, theirs = host_name(wanted.domain), host_name(record.website)
    countries = {country.upper() for country in wanted.countries}
    lei, item = wanted.lei.upper(), wanted.wikidata.upper()
    against = (
        ("lei", f"another LEI: {record.lei}", lei and record.lei and lei != record.lei),
        ("wikidata", f"another Wikidata id: {record.wikidata}", item and record.wikidata and item != record.wikidata),
        ("tickers", f"other tickers: {', '.join(record.tickers)}", symbols and record.symbols and not symbols & record.symbols),
        ("country", f"another country: {record.country}", countries and record.country and record.country not in countries),
        ("domain", f"another domain: {theirs}", ours and theirs and ours != theirs),
    )
    return Agreement(
        record,
        same_id=bool((lei and lei == record.lei) or (item and item == record.wikidata)),
        words=_words(wanted.names, record.names),
        legal_name=bool(_legal(wanted.names) & set(map(_plain, filter(None, (record.name, record.legal_name))))),
        ticker=bool(symbols & record.symbols),
        domain=bool(ours and ours == theirs),
        country=record.country in countries,
        against=tuple((kind, text) for kind, text, holds in against if holds),
    )


def _words(ours: Iterable[str], theirs: Iterable[str]) -> int:
    """Count the words of the shortest spelling of a name that both have; 0 where they share none."""
    mine = {key: name for name in sorted(ours, key=_length, reverse=True) if (key := name_key(name))}
    other = {key: name for name in sorted(theirs, key=_length, reverse=True) if (key := name_key(name)) in mine}
    return max((max(min(_length(name), _length(mine[key])), 1) for key, name in other.items()), default=0)


def _length(name: str) -> int:
    bare = strip_legal_form(_BRACKETS.sub("", name).strip())
    return sum(word not in _SMALL for word in _SPLIT.split(bare.casefold()))


def _legal(names: Iterable[str]) -> set[str]:
    """Give the names that end in a legal form: the others are no full names."""
    return {_plain(name) for name in names if strip_legal_form(name) != " ".join(name.split()).rstrip(" ,&")}


def _plain(name: str) -> str:
    """Write a name without case and punctuation, its legal form kept: "Acme, Inc." and "ACME INC" are alike."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(" " if c in "-/_" else c for c in text if c.isalnum() or c in " -/_&+").split())
