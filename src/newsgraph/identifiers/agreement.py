"""Compare a company in texts with a record of a pack: what agrees, and what contradicts."""

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
_SMALL = frozenset({"the", "&", "and", ""})  # words that `name_key` ignores, or that distinguish no names


@dataclass(frozen=True, slots=True)
class CompanyQuery:
    """A company that is named in texts and looked up in packs, with what is known about it."""

    key: str  # an id that the caller chooses
    names: tuple[str, ...]  # all spellings, legal names among them
    tickers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    domain: str = ""  # host name or web address
    lei: str = ""  # from a list, as `wikidata` is
    wikidata: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """The normalised names."""
        return frozenset(filter(None, map(name_key, self.names)))


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a record and a company have in common, and what contradicts."""

    record: Identifiers
    same_id: bool  # the same LEI or Wikidata id
    words: int  # number of words of the shared name, 0 if there is none
    legal_name: bool  # the same name with legal form
    ticker: bool
    domain: bool
    country: bool
    against: tuple[tuple[str, str], ...]  # (kind, text): kind is "lei", "wikidata", "tickers", "country" or "domain"

    def contradicted(self, kinds: frozenset[str]) -> bool:
        """Return whether a value of these kinds contradicts."""
        return any(kind in kinds for kind, _ in self.against)

    @property
    def reason(self) -> str:
        """The text form: what is the same, then what contradicts."""
        same = {
            "id": self.same_id, "legal name": self.legal_name, "name": self.words > 0 and not self.legal_name,
            "ticker": self.ticker, "domain": self.domain, "country": self.country,
        }  # fmt: skip
        return "; ".join(
            filter(None, ("same " + ", ".join(what for what, holds in same.items() if holds), *(text for _, text in self.against)))
        )


def agreement(query: CompanyQuery, record: Identifiers) -> Agreement:
    """Compare a company with one record."""
    symbols = frozenset(map(symbol_of, query.tickers))
    ours, theirs = host_name(query.domain), host_name(record.website)
    countries = {country.upper() for country in query.countries}
    lei, item = query.lei.upper(), query.wikidata.upper()
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
        words=_shared_words(query.names, record.names),
        legal_name=bool(_legal_names(query.names) & set(map(_plain, filter(None, (record.name, record.legal_name))))),
        ticker=bool(symbols & record.symbols),
        domain=bool(ours and ours == theirs),
        country=record.country in countries,
        against=tuple((kind, text) for kind, text, holds in against if holds),
    )


def _shared_words(ours: Iterable[str], theirs: Iterable[str]) -> int:
    """Return the number of words of the longest name that both have, in its shortest spelling; 0 if they share none."""
    our_names = {key: name for name in sorted(ours, key=_length, reverse=True) if (key := name_key(name))}
    their_names = {key: name for name in sorted(theirs, key=_length, reverse=True) if (key := name_key(name)) in our_names}
    return max((max(min(_length(name), _length(our_names[key])), 1) for key, name in their_names.items()), default=0)


def _length(name: str) -> int:
    bare = strip_legal_form(_BRACKETS.sub("", name).strip())
    return sum(word not in _SMALL for word in _SPLIT.split(bare.casefold()))


def _legal_names(names: Iterable[str]) -> set[str]:
    """Return the names that end in a legal form, normalised; the others are not full names."""
    return {_plain(name) for name in names if strip_legal_form(name) != " ".join(name.split()).rstrip(" ,&")}


def _plain(name: str) -> str:
    """Normalise a name but keep its legal form: "Acme, Inc." and "ACME INC" become equal."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(" " if c in "-/_" else c for c in text if c.isalnum() or c in " -/_&+").split())
