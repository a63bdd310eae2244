"""Units: one name in one article, with its mentions and what the article tells of it; what resolving puts together or keeps apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from newsgraph.company_names import name_key
from newsgraph.lexicon import Lexicon
from newsgraph.model import Facts, Kind, Mention
from newsgraph.resolve.articles import ArticleNode
from newsgraph.resolve.profiles import Profile, merged

Place = tuple[str, str]
"""An article's IRI and a folded name."""

_COMMON = 20  # names beside more articles than this, and in more than one of a hundred, are beside everybody
_COMMON_SHARE = 100


@dataclass(frozen=True, slots=True)
class Unit:
    """The mentions of one company name in one article; `key` is the folded name."""

    article: ArticleNode
    key: str
    mentions: tuple[Mention, ...]
    profile: Profile = field(default_factory=Profile)

    @property
    def listed(self) -> bool:
        """Tell whether the name stands in a list."""
        return bool(self.profile.entries)

    @property
    def place(self) -> Place:
        """Name the unit: the IRI of its article and its key."""
        return self.article.iri, self.key

    def __or__(self, other: Unit) -> Unit:
        """Take in another unit of the same article."""
        mentions = sorted((*self.mentions, *other.mentions), key=lambda one: (one.start, one.end))
        return replace(self, mentions=tuple(mentions), profile=merged((self.profile, other.profile)))


def units_of(articles: Sequence[ArticleNode], key_of: Callable[[str, Mention], str | None], lexicon: Lexicon) -> list[Unit]:
    """Give the units of all articles, by article and key.

    `key_of` gives the folded name under which a mention of an article counts, or None where it shall not count.
    """
    found = []
    for article in articles:
        facts = article.chosen.facts
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for mention in facts.mentions:
            if mention.kind is Kind.COMPANY and (key := key_of(article.iri, mention)) is not None:
                mentions[key].append(mention)
        if mentions:
            profiles = _profiles(facts, mentions, lexicon)
            found += [Unit(article, key, tuple(mentions[key]), profiles[key]) for key in sorted(mentions)]
    return found


def _profiles(facts: Facts, mentions: Mapping[str, Sequence[Mention]], lexicon: Lexicon) -> dict[str, Profile]:
    keys = frozenset(mentions)
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in facts.mentions:
        if mention.kind is Kind.TICKER:
            told[name_key(mention.detail), "ticker"].add(mention.name)
    for one in facts.descriptions:
        told[name_key(one.name), one.kind].update(one.value.split() if one.kind == "words" else (one.value,))
    beside = keys | {name_key(mention.name) for mention in facts.mentions if mention.kind is Kind.PERSON}
    return {
        key: Profile(
            frozenset(told.get((key, "ticker"), ())),
            frozenset(told.get((key, "country"), ())),
            frozenset(told.get((key, "sector"), ())),
            beside - {key},
            frozenset(entry for mention in mentions[key] if (entry := mention.known or _entry(mention.name, lexicon))),
            frozenset(told.get((key, "words"), ())),
        )
        for key in keys
    }


def _entry(name: str, lexicon: Lexicon) -> str:
    """Give the list entry of a name that no reader marked as listed; names that need evidence may be anybody's."""
    entry = lexicon.company(name)
    return entry.name if entry and not entry.needs_evidence else ""


def common_names(units: Iterable[Unit], articles: int) -> frozenset[str]:
    """Give the names that stand beside so many others that to be named with them says nothing."""
    counts = Counter(name for unit in units for name in (unit.key, *unit.profile.beside))
    most = max(_COMMON, articles // _COMMON_SHARE)
    return frozenset(name for name, count in counts.items() if count > most)
