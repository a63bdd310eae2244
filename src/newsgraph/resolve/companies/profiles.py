"""What is known of a company beside its name, and whether two such pictures can be of one company."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Names = frozenset[str]

NONE: Names = frozenset()

# What speaks against two pictures being of one company. Lists have one entry a company, a ticker names one company; sectors are
# told in many ways; a company has offices in many countries, so that country alone says little.
_ENTRY = 9.0
_TICKER, _FAMILY, _SECTOR, _COUNTRY, _STATE, _WORDS, _AROUND = 2.0, 1.5, 0.8, 1.0, 0.8, 0.8, 0.8
_SHARED = 1.5  # companies or people named beside both speak for one company
ORDINARY, DISTINCT, LISTED = 0.8, 1.5, 2.0  # how much must speak against one company, by the kind of name

_FAMILIES = (
    "software games semiconductors electronics telecom payments crypto media retail security",
    "bank payments insurance investing crypto exchange property",
    "pharma medtech health chemicals",
    "automotive aviation aerospace defence space machinery shipbuilding rail metals construction electronics logistics fleet",
    "energy mining metals chemicals waste agriculture construction textiles paper",
    "food retail fashion consumer_goods travel agriculture cannabis sport textiles",
    "consulting software education",
)
_FAMILY_OF: dict[str, frozenset[int]] = {
    sector.replace("_", " "): frozenset(number for number, line in enumerate(_FAMILIES) if sector in line.split())
    for family in _FAMILIES
    for sector in family.split()
}


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """Tickers, places (`FI`, `US-CA`), sectors and words that texts describe a company by.

    `beside` are the names told beside it, `entries` the list entries that it is.
    """

    tickers: Names = NONE
    countries: Names = NONE
    sectors: Names = NONE
    beside: Names = NONE
    entries: Names = NONE
    words: Names = NONE
    around: Names = NONE

    def __or__(self, other: CompanyProfile) -> CompanyProfile:
        """Put two pictures of one company together."""
        return merge_profiles((self, other))

    @property
    def told(self) -> int:
        """Count the kinds of things that tell the company apart."""
        return bool(self.tickers) * 2 + bool(self.countries) + bool(self.sectors) + bool(self.words)


def merge_profiles(profiles: Iterable[CompanyProfile]) -> CompanyProfile:
    """Put several pictures of one company together."""
    found: list[set[str]] = [set() for _ in range(7)]
    tickers, countries, sectors, beside, entries, words, around = found
    for one in profiles:
        tickers |= one.tickers
        countries |= one.countries
        sectors |= one.sectors
        beside |= one.beside
        entries |= one.entries
        words |= one.words
        around |= one.around
    return CompanyProfile(*map(frozenset, found))


def against(one: CompanyProfile, other: CompanyProfile) -> float:
    """Say how much speaks against two pictures being of one company: 0 for nothing."""
    if one.entries and other.entries and not one.entries & other.entries:
        return _ENTRY
    if one.tickers & other.tickers:
        return 0.0
    weight = _TICKER if one.tickers and other.tickers else 0.0
    if one.sectors and other.sectors and not one.sectors & other.sectors:
        weight += _SECTOR if _families(one) & _families(other) else _FAMILY
    if one.countries and other.countries and not one.countries & other.countries:
        weight += _abroad(one.countries, other.countries)
    if not weight and one.words and other.words and not one.words & other.words and not _near(one, other):
        weight += _WORDS
    if not weight and not _near(one, other):
        mine, theirs = one.sectors | one.around, other.sectors | other.around
        if mine and theirs and not mine & theirs and not _in_families(mine) & _in_families(theirs):
            weight += _AROUND
    return max(weight - (_SHARED if one.beside & other.beside else 0.0), 0.0)


def _abroad(mine: Names, theirs: Names) -> float:
    """Weigh places that differ: two countries, or two states of one; a country alone goes with all its states."""
    if not {place[:2] for place in mine} & {place[:2] for place in theirs}:
        return _COUNTRY
    whole = {place for place in mine | theirs if len(place) == 2}  # noqa: PLR2004 - a country's code
    return 0.0 if whole & {place[:2] for place in mine | theirs} else _STATE


def _near(one: CompanyProfile, other: CompanyProfile) -> bool:
    """Tell whether two pictures share a sector, or a place that is smaller than the United States."""
    return bool(one.sectors & other.sectors or (one.countries & other.countries) - {"US"})


def affinity(one: CompanyProfile, other: CompanyProfile) -> float:
    """Say how much speaks for two pictures being of one company."""
    return (
        3.0 * bool(one.tickers & other.tickers)
        + 1.5 * bool(one.sectors & other.sectors)
        + 1.0 * bool({place[:2] for place in one.countries} & {place[:2] for place in other.countries})
        + 1.0 * bool(one.beside & other.beside)
    )


def reasons(one: CompanyProfile, other: CompanyProfile) -> str:
    """Say in words what two pictures differ in."""
    told = (
        ("list entries", one.entries, other.entries),
        ("tickers", one.tickers, other.tickers),
        ("sectors", one.sectors, other.sectors),
        ("countries", one.countries, other.countries),
    )
    parts = [f"{name} {'/'.join(sorted(a))} and {'/'.join(sorted(b))}" for name, a, b in told if a and b and not a & b]
    return "; ".join(parts)


def _families(profile: CompanyProfile) -> frozenset[int]:
    return _in_families(profile.sectors)


def _in_families(sectors: Names) -> frozenset[int]:
    return frozenset(family for sector in sectors for family in _FAMILY_OF.get(sector, ()))
