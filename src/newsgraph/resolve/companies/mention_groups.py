"""Mention groups: one company name in one article with its mentions, and the profile of what the article states about it."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Facts, Kind, Mention
from newsgraph.resolve.article_nodes import ArticleNode

Names = frozenset[str]

NONE: Names = frozenset()

# What speaks against two pictures being of one company. Lists have one entry a company, a ticker names one company; sectors are
# told in many ways; a company has offices in many countries, so that country alone says little.
_ENTRY = 9.0
_TICKER, _FAMILY, _SECTOR, _COUNTRY, _STATE, _WORDS, _AROUND = 2.0, 1.5, 0.8, 1.0, 0.8, 0.8, 0.8
_SHARED = 1.5  # companies or people named beside both speak for one company
ORDINARY, DISTINCT, LISTED = 0.8, 1.5, 2.0  # how much must speak against one company, by the kind of name


@cache
def _family_of() -> Mapping[str, frozenset[str]]:
    """Return the families of each sector, from `data/sector_families.csv`: one company may be described by several sectors of a family."""
    families: dict[str, set[str]] = defaultdict(set)
    text = (files("newsgraph") / "data" / "sector_families.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        families[row["sector"]].add(row["family"])
    return {sector: frozenset(names) for sector, names in families.items()}


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


def _families(profile: CompanyProfile) -> frozenset[str]:
    return _in_families(profile.sectors)


def _in_families(sectors: Names) -> frozenset[str]:
    return frozenset(family for sector in sectors for family in _family_of().get(sector, ()))


Place = tuple[str, str]
"""An article's IRI and a folded name."""

_ACRONYM = range(2, 7)  # letters of a name made of first letters
_COMMON = 20  # names beside more articles than this, and in more than one of a hundred, are beside everybody
_COMMON_SHARE = 100


@dataclass(frozen=True, slots=True)
class MentionGroup:
    """The mentions of one company name in one article; `key` is the folded name.

    `listed_as` are folded names that lists give to it and that people decided are not its own.
    """

    article: ArticleNode
    key: str
    mentions: tuple[Mention, ...]
    profile: CompanyProfile = field(default_factory=CompanyProfile)
    listed_as: frozenset[str] = frozenset()
    place: Place = field(init=False)  # names the unit: the IRI of its article and its key

    def __post_init__(self) -> None:
        """Make the name once: units are sorted and looked up by it."""
        object.__setattr__(self, "place", (self.article.iri, self.key))

    @property
    def listed(self) -> bool:
        """Tell whether the name stands in a list."""
        return bool(self.profile.entries)

    def __or__(self, other: MentionGroup) -> MentionGroup:
        """Take in another unit of the same article."""
        mentions = sorted((*self.mentions, *other.mentions), key=lambda one: (one.start, one.end))
        listed = self.listed_as | other.listed_as
        return replace(self, mentions=tuple(mentions), profile=merge_profiles((self.profile, other.profile)), listed_as=listed)


def group_mentions(articles: Sequence[ArticleNode], key_of: Callable[[str, Mention], str | None], lexicon: Lexicon) -> list[MentionGroup]:
    """Give the units of all articles, by article and key.

    `key_of` gives the folded name under which a mention of an article counts, or None where it shall not count.
    """
    found = []
    for article in articles:
        facts = article.chosen.facts
        mentions: dict[str, list[Mention]] = defaultdict(list)
        spelled_out = _spelled_out(facts)
        for mention in facts.mentions:
            if mention.kind is Kind.COMPANY and (key := key_of(article.iri, mention)) is not None:
                mentions[spelled_out.get(mention.text, key)].append(mention)
        if mentions:
            profiles = _profiles(facts, mentions, lexicon)
            found += [_unit(article, key, mentions[key], profiles[key]) for key in sorted(mentions)]
    return found


def _unit(article: ArticleNode, key: str, mentions: Sequence[Mention], profile: CompanyProfile) -> MentionGroup:
    """Make a unit; mentions that count by their own words and not by their listed name carry these words alone."""
    if not any(mention.known for mention in mentions):
        return MentionGroup(article, key, tuple(mentions), profile)
    listed = frozenset(name_key(mention.name) for mention in mentions if mention.known) - {key}
    own = (replace(one, name=one.text, known="") if one.known and name_key(one.name) != key else one for one in mentions)
    return MentionGroup(article, key, tuple(own), profile, listed)


def _spelled_out(facts: Facts) -> dict[str, str]:
    """Give the acronyms that a list gives to one company and the article itself spells out as another (folded names).

    "AMR" may be listed for American Airlines; beside "American Medical Response" it stands for that.
    """
    companies = [mention for mention in facts.mentions if mention.kind is Kind.COMPANY]
    found = {}
    for short in companies:
        if short.known and short.text.isupper() and len(short.text) in _ACRONYM and short.known != short.text:
            fulls = {full.name for full in companies if full.known != short.known and _initials(full.text) == short.text}
            if len(fulls) == 1:
                found[short.text] = name_key(fulls.pop())
    return found


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in words if word[0].isupper()) if len(words) > 1 else ""


def _profiles(facts: Facts, mentions: Mapping[str, Sequence[Mention]], lexicon: Lexicon) -> dict[str, CompanyProfile]:
    keys = frozenset(mentions)
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in facts.mentions:
        if mention.kind is Kind.TICKER:
            told[name_key(mention.detail), "ticker"].add(mention.name)
    for one in facts.descriptions:
        told[name_key(one.name), one.kind].update(one.value.split() if one.kind == "words" else (one.value,))
    beside = keys | {name_key(mention.name) for mention in facts.mentions if mention.kind is Kind.PERSON}
    entries = {key: frozenset(_entries(mentions[key], key, lexicon)) for key in keys}
    if not told:
        return {key: CompanyProfile(beside=beside - {key}, entries=entries[key]) for key in keys}
    return {
        key: CompanyProfile(
            frozenset(told.get((key, "ticker"), ())),
            frozenset(told.get((key, "country"), ())),
            frozenset(told.get((key, "sector"), ())),
            beside - {key},
            entries[key],
            frozenset(told.get((key, "words"), ())),
            frozenset(told.get((key, "around"), ())),
        )
        for key in keys
    }


def _entries(mentions: Sequence[Mention], key: str, lexicon: Lexicon) -> Iterator[str]:
    """Give the list entries of a name's mentions, looked up once for mentions that are alike."""
    met: set[tuple[str, str, str]] = set()
    for mention in mentions:
        alike = mention.known, mention.name, mention.text if mention.known else ""
        if alike not in met:
            met.add(alike)
            if entry := _entry_of(mention, key, lexicon):
                yield entry


def _entry_of(mention: Mention, key: str, lexicon: Lexicon) -> str:
    """Give the list entry of a mention, marked by a reader or not; none where the article spells its acronym out as another name.

    Names that need evidence, and that no reader marked, may be anybody's.
    """
    if mention.known:
        return mention.known if name_key(mention.name) == key or name_key(mention.text) == key else ""
    entry = lexicon.company(mention.name)
    return entry.name if entry and not entry.needs_evidence else ""


def common_names(units: Iterable[MentionGroup], articles: int) -> frozenset[str]:
    """Give the names that stand beside so many others that to be named with them says nothing."""
    counts = Counter(name for unit in units for name in (unit.key, *unit.profile.beside))
    most = max(_COMMON, articles // _COMMON_SHARE)
    return frozenset(name for name, count in counts.items() if count > most)
