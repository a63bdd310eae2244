"""Units: one name in one article, with its mentions and what the article tells of it; what resolving puts together or keeps apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Facts, Kind, Mention
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.profiles import CompanyProfile, merge_profiles

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
