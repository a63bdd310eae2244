"""Mention groups: the mentions of one company name in one article, and the profile of what the article states about that company."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.limits import CO_MENTIONS
from newsgraph.core.model import Facts, Kind, Mention
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.listed_namesakes import mentions_by_country

Names = frozenset[str]

NO_NAMES: Names = frozenset()

# How much a difference speaks against two profiles being of one company. Lists have one entry a company, and a ticker belongs to one
# company; a company's sector is worded in many ways; a company has offices in many countries, so that the country alone means little.
_ENTRY = 9.0
_TICKER, _FAMILY, _SECTOR, _COUNTRY, _STATE, _WORDS, _CONTEXT = 2.0, 1.5, 0.8, 1.0, 0.8, 0.8, 0.8
_SHARED = 1.5  # companies or people that are mentioned with both speak for one company
ORDINARY, DISTINCT, LISTED = 0.8, 1.5, 2.0  # the conflict that separates two companies, by the kind of name


@cache
def _families_of_sectors() -> Mapping[str, frozenset[str]]:
    """Return the families of each sector, from `data/sector_families.csv`: one company may be described by several sectors of a family."""
    families: dict[str, set[str]] = defaultdict(set)
    text = (files("newsgraph") / "data" / "sector_families.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        families[row["sector"]].add(row["family"])
    return {sector: frozenset(names) for sector, names in families.items()}


@dataclass(frozen=True, slots=True)
class CompanyProfile:
    """What texts state about a company: tickers, countries (`FI`, `US-CA`), sectors, and words that describe it.

    `co_mentions` are the names that are mentioned with it, `entries` its entries in lists, `context` the sectors of the text around it.
    """

    tickers: Names = NO_NAMES
    countries: Names = NO_NAMES
    sectors: Names = NO_NAMES
    co_mentions: Names = NO_NAMES
    entries: Names = NO_NAMES
    words: Names = NO_NAMES
    context: Names = NO_NAMES

    def __or__(self, other: CompanyProfile) -> CompanyProfile:
        """Merge two profiles of one company."""
        return merge_profiles((self, other))

    @property
    def detail(self) -> int:
        """Return how much it says that distinguishes the company from others; a ticker counts twice."""
        return bool(self.tickers) * 2 + bool(self.countries) + bool(self.sectors) + bool(self.words)


def merge_profiles(profiles: Iterable[CompanyProfile]) -> CompanyProfile:
    """Merge several profiles of one company."""
    profiles = list(profiles)
    if len(profiles) == 1:
        return profiles[0]
    merged: list[set[str]] = [set() for _ in range(7)]
    tickers, countries, sectors, co_mentions, entries, words, context = merged
    for profile in profiles:
        tickers |= profile.tickers
        countries |= profile.countries
        sectors |= profile.sectors
        co_mentions |= profile.co_mentions
        entries |= profile.entries
        words |= profile.words
        context |= profile.context
    return CompanyProfile(*map(frozenset, merged))


def conflict(one: CompanyProfile, other: CompanyProfile) -> float:
    """Return how much speaks against two profiles being of one company: 0 if nothing does."""
    if one.entries and other.entries and not one.entries & other.entries:
        return _ENTRY
    if one.tickers & other.tickers:
        return 0.0
    weight = _TICKER if one.tickers and other.tickers else 0.0
    if one.sectors and other.sectors and not one.sectors & other.sectors:
        weight += _SECTOR if _families(one.sectors) & _families(other.sectors) else _FAMILY
    if one.countries and other.countries and not one.countries & other.countries:
        weight += _country_conflict(one.countries, other.countries)
    if not weight and one.words and other.words and not one.words & other.words and not _overlap(one, other):
        weight += _WORDS
    if not weight and not _overlap(one, other):
        mine, theirs = one.sectors | one.context, other.sectors | other.context
        if mine and theirs and not mine & theirs and not _families(mine) & _families(theirs):
            weight += _CONTEXT
    return max(weight - (_SHARED if one.co_mentions & other.co_mentions else 0.0), 0.0)


def _country_conflict(mine: Names, theirs: Names) -> float:
    """Weigh different places: two countries, or two states of one country; a country alone is compatible with all its states."""
    if not {place[:2] for place in mine} & {place[:2] for place in theirs}:
        return _COUNTRY
    countries = {place for place in mine | theirs if len(place) == 2}  # noqa: PLR2004 - a country's code
    return 0.0 if countries & {place[:2] for place in mine | theirs} else _STATE


def _overlap(one: CompanyProfile, other: CompanyProfile) -> bool:
    """Return whether two profiles share a sector, or a place smaller than the United States."""
    return bool(one.sectors & other.sectors or (one.countries & other.countries) - {"US"})


def affinity(one: CompanyProfile, other: CompanyProfile) -> float:
    """Return how much speaks for two profiles being of one company: 0 if nothing does."""
    return (
        3.0 * bool(one.tickers & other.tickers)
        + 1.5 * bool(one.sectors & other.sectors)
        + 1.0 * bool({place[:2] for place in one.countries} & {place[:2] for place in other.countries})
        + 1.0 * bool(one.co_mentions & other.co_mentions)
    )


def describe_conflict(one: CompanyProfile, other: CompanyProfile) -> str:
    """Describe in words what two profiles differ in."""
    fields = (
        ("list entries", one.entries, other.entries),
        ("tickers", one.tickers, other.tickers),
        ("sectors", one.sectors, other.sectors),
        ("countries", one.countries, other.countries),
    )
    parts = [f"{name} {'/'.join(sorted(a))} and {'/'.join(sorted(b))}" for name, a, b in fields if a and b and not a & b]
    return "; ".join(parts)


def _families(sectors: Names) -> frozenset[str]:
    return frozenset(family for sector in sectors for family in _families_of_sectors().get(sector, ()))


GroupId = tuple[str, str]
"""An article's IRI and a folded name."""

_COMPANY, _PERSON, _TICKER_KIND = Kind.COMPANY, Kind.PERSON, Kind.TICKER  # a look-up in the class takes longer than the comparison
_ACRONYM = range(2, 7)  # letters of a name made of first letters
_COMMON = 20  # names that are mentioned in more articles than this, and in more than one of a hundred, are mentioned with everybody
_COMMON_SHARE = 100


@dataclass(frozen=True, slots=True)
class MentionGroup:
    """The mentions of one company name in one article; `key` is the folded name.

    `listed_as` are the folded names that lists give to these mentions but that, as people decided, belong to another company.
    """

    article: ArticleNode
    key: str
    mentions: tuple[Mention, ...]
    profile: CompanyProfile = field(default_factory=CompanyProfile)
    listed_as: frozenset[str] = frozenset()
    group_id: GroupId = field(init=False)

    def __post_init__(self) -> None:
        """Make the identifier once, because groups are sorted and looked up by it."""
        object.__setattr__(self, "group_id", (self.article.iri, self.key))

    @property
    def listed(self) -> bool:
        """Return whether the name is in a list."""
        return bool(self.profile.entries)

    def __or__(self, other: MentionGroup) -> MentionGroup:
        """Absorb another group of the same article."""
        mentions = sorted((*self.mentions, *other.mentions), key=lambda mention: (mention.start, mention.end))
        listed = self.listed_as | other.listed_as
        return replace(self, mentions=tuple(mentions), profile=merge_profiles((self.profile, other.profile)), listed_as=listed)


def group_mentions(articles: Sequence[ArticleNode], key_of: Callable[[str, Mention], str | None], lexicon: Lexicon) -> list[MentionGroup]:
    """Return the mention groups of all articles, by article and key.

    `key_of` returns the folded name under which a mention of an article (IRI) counts, or None if the mention does not count.
    """
    groups = []
    for article in articles:
        facts = article.chosen.facts
        meant = mentions_by_country(facts, lexicon)
        facts = facts if meant is facts.mentions else replace(facts, mentions=meant)
        mentions: dict[str, list[Mention]] = defaultdict(list)
        acronyms = _acronyms_spelled_out(facts, article.chosen.article.text)
        for mention in facts.mentions:
            if mention.kind is _COMPANY and (key := key_of(article.iri, mention)) is not None:
                mentions[name_key(acronyms[mention.text]) if mention.text in acronyms else key].append(mention)
        if mentions:
            profiles = _profiles(facts, mentions, lexicon)
            groups += [_group(article, key, mentions[key], profiles[key], acronyms) for key in sorted(mentions)]
    return groups


def _group(
    article: ArticleNode, key: str, mentions: Sequence[Mention], profile: CompanyProfile, acronyms: Mapping[str, str]
) -> MentionGroup:
    """Make a group; mentions that count by their own words and not by their listed name get the full name of an acronym, or these words."""
    if not any(mention.known for mention in mentions):
        return MentionGroup(article, key, tuple(mentions), profile)
    listed = frozenset(name_key(mention.name) for mention in mentions if mention.known) - {key}
    renamed = (
        replace(mention, name=acronyms.get(mention.text, mention.text), known="")
        if mention.known and name_key(mention.name) != key
        else mention
        for mention in mentions
    )
    return MentionGroup(article, key, tuple(renamed), profile, listed)


def _acronyms_spelled_out(facts: Facts, text: str) -> dict[str, str]:
    """Return the acronyms that a list gives to one company but the article itself spells out as another, with the full name.

    "AMR" may be listed for American Airlines; in an article on "American Medical Response" it means that company. An acronym that is
    the listed company's main name must be in a bracket behind the full name: "Namibian Broadcasting Corporation (NBC)".
    """
    companies = [mention for mention in facts.mentions if mention.kind is _COMPANY]
    spelled_out = {}
    for short in companies:
        if short.known and short.text.isupper() and len(short.text) in _ACRONYM and short.text not in spelled_out:
            full_names = {
                full.name
                for full in companies
                if full.known != short.known
                and _initials(full.text) == short.text
                and (short.known != short.text or text[full.end :].lstrip().startswith(f"({short.text})"))
            }
            if len(full_names) == 1:
                spelled_out[short.text] = full_names.pop()
    return spelled_out


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in words if word[0].isupper()) if len(words) > 1 else ""


def _profiles(facts: Facts, mentions: Mapping[str, Sequence[Mention]], lexicon: Lexicon) -> dict[str, CompanyProfile]:
    keys = frozenset(mentions)
    stated: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mention in facts.mentions:
        if mention.kind is _TICKER_KIND:
            stated[name_key(mention.detail)]["ticker"].add(mention.name)
    for description in facts.descriptions:
        values = description.value.split() if description.kind == "words" else (description.value,)
        stated[name_key(description.name)][description.kind].update(values)
    names = keys | {name_key(mention.name) for mention in facts.mentions if mention.kind is _PERSON}
    if len(names) > CO_MENTIONS:  # a list of all: that two names are in it means nothing
        names = NO_NAMES
    entries = {key: frozenset(_entries(mentions[key], key, lexicon)) for key in keys}
    return {key: _profile(stated.get(key), names - {key}, entries[key]) for key in keys}


def _profile(stated: Mapping[str, Collection[str]] | None, co_mentions: Names, entries: Names) -> CompanyProfile:
    """Make a profile of what is stated of one name, by kind."""
    if not stated:
        return CompanyProfile(co_mentions=co_mentions, entries=entries)
    tickers, countries, sectors, words, around = (
        frozenset(stated.get(kind, ())) for kind in ("ticker", "country", "sector", "words", "around")
    )
    return CompanyProfile(tickers, countries, sectors, co_mentions, entries, words, around)


def _entries(mentions: Sequence[Mention], key: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield the list entries of a name's mentions; equal mentions are looked up once."""
    seen: set[tuple[str, str, str]] = set()
    for mention in mentions:
        form = mention.known, mention.name, mention.text if mention.known else ""
        if form not in seen:
            seen.add(form)
            if entry := _entry_of(mention, key, lexicon):
                yield entry


def _entry_of(mention: Mention, key: str, lexicon: Lexicon) -> str:
    """Return the list entry of a mention, or an empty text, as for an acronym that the article spells out as another name.

    A name that needs evidence, and that extraction did not identify, may be anybody's.
    """
    if mention.known:
        return mention.known if name_key(mention.name) == key or name_key(mention.text) == key else ""
    entry = lexicon.company(mention.name)
    return entry.name if entry and not entry.needs_evidence else ""


def common_names(groups: Iterable[MentionGroup], articles: int) -> frozenset[str]:
    """Return the names that are mentioned with so many others that it means nothing; `articles` is the number of articles."""
    counts = Counter(name for group in groups for name in (group.key, *group.profile.co_mentions))
    most = max(_COMMON, articles // _COMMON_SHARE)
    return frozenset(name for name, count in counts.items() if count > most)
