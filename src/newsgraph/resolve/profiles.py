"""What is known of a company beside its name, and whether two such pictures can be of one company."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Names = frozenset[str]

NONE: Names = frozenset()

# What speaks against two pictures being of one company. A ticker names one company; sectors are told in many ways; a
# company has offices in many countries, so that country alone says little.
_TICKER, _FAMILY, _SECTOR, _COUNTRY = 2.0, 1.5, 0.8, 1.0
_SHARED = 1.5  # companies or people named beside both speak for one company
ORDINARY, DISTINCT, LISTED = 0.8, 1.5, 2.0  # how much must speak against one company, by the kind of name

_FAMILIES = (
    "software games semiconductors electronics telecom payments crypto media retail security",
    "bank payments insurance investing crypto exchange property",
    "pharma medtech health chemicals",
    "automotive aviation defence space machinery shipbuilding rail metals construction electronics logistics",
    "energy mining metals chemicals waste agriculture construction",
    "food retail fashion consumer_goods travel agriculture paper",
    "consulting software education",
)
_FAMILY_OF: dict[str, frozenset[int]] = {
    sector.replace("_", " "): frozenset(number for number, line in enumerate(_FAMILIES) if sector in line.split())
    for family in _FAMILIES
    for sector in family.split()
}


@dataclass(frozen=True, slots=True)
class Profile:
    """Tickers, countries (ISO 3166) and sectors that texts tell of a company, and who is named beside it."""

    tickers: Names = NONE
    countries: Names = NONE
    sectors: Names = NONE
    beside: Names = NONE

    def __or__(self, other: Profile) -> Profile:
        """Put two pictures of one company together."""
        return Profile(
            self.tickers | other.tickers, self.countries | other.countries, self.sectors | other.sectors, self.beside | other.beside,
        )  # fmt: skip

    @property
    def told(self) -> int:
        """Count the kinds of things that tell the company apart."""
        return bool(self.tickers) * 2 + bool(self.countries) + bool(self.sectors)


def merged(profiles: Iterable[Profile]) -> Profile:
    """Put several pictures of one company together."""
    tickers, countries, sectors, beside = set[str](), set[str](), set[str](), set[str]()
    for one in profiles:
        tickers |= one.tickers
        countries |= one.countries
        sectors |= one.sectors
        beside |= one.beside
    return Profile(frozenset(tickers), frozenset(countries), frozenset(sectors), frozenset(beside))


def against(one: Profile, other: Profile) -> float:
    """Say how much speaks against two pictures being of one company: 0 for nothing."""
    if one.tickers & other.tickers:
        return 0.0
    weight = _TICKER if one.tickers and other.tickers else 0.0
    if one.sectors and other.sectors and not one.sectors & other.sectors:
        weight += _SECTOR if _families(one) & _families(other) else _FAMILY
    if one.countries and other.countries and not one.countries & other.countries:
        weight += _COUNTRY
    return max(weight - (_SHARED if one.beside & other.beside else 0.0), 0.0)


def affinity(one: Profile, other: Profile) -> float:
    """Say how much speaks for two pictures being of one company."""
    return (
        3.0 * bool(one.tickers & other.tickers)
        + 1.5 * bool(one.sectors & other.sectors)
        + 1.0 * bool(one.countries & other.countries)
        + 1.0 * bool(one.beside & other.beside)
    )


def reasons(one: Profile, other: Profile) -> str:
    """Say in words what two pictures differ in."""
    told = (("tickers", one.tickers, other.tickers), ("sectors", one.sectors, other.sectors), ("countries", one.countries, other.countries))
    parts = [f"{name} {'/'.join(sorted(a))} and {'/'.join(sorted(b))}" for name, a, b in told if a and b and not a & b]
    return "; ".join(parts)


def _families(profile: Profile) -> frozenset[int]:
    return frozenset(family for sector in profile.sectors for family in _FAMILY_OF.get(sector, ()))
