"""Clusters of units that grow together: who may join whom, and why each did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsgraph.core.company_names import name_key, strip_legal_form
from newsgraph.core.lexicon import Lexicon
from newsgraph.resolve.companies.mention_groups import CompanyProfile, MentionGroup, Place, merge_profiles


@dataclass(frozen=True, slots=True)
class ClusterMerge:
    """Why a name was taken for a company: the rule, and the article that showed it (empty where a list or a look-up says so).

    `start` and `end` cut the words out of the article where there are any; `note` is what else the rule saw.
    """

    name: str
    rule: str
    article: str
    start: int = 0
    end: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, order=True)
class MergeQuestion:
    """Two names that may or may not be one company: what is not done, though something speaks for it, for people to decide."""

    verb: str  # same or different
    one: str
    other: str
    rule: str
    note: str
    articles: int


@dataclass(frozen=True, slots=True)
class CompanyCluster:
    """The units of one folded name that are one company; `listed` is the name of the list entry that all of them have."""

    name: str
    key: str
    units: tuple[MentionGroup, ...]
    spelled: str
    listed: str
    profile: CompanyProfile


class CompanyClusters:
    """Clusters by name, which of them are one company by now, and which must stay apart."""

    def __init__(self) -> None:
        """Begin with none."""
        self.all: dict[str, CompanyCluster] = {}
        self.of_key: dict[str, list[str]] = defaultdict(list)
        self.of_place: dict[Place, str] = {}
        self.merges: dict[str, list[ClusterMerge]] = defaultdict(list)
        self._parent: dict[str, str] = {}
        self._profiles: dict[str, CompanyProfile] = {}
        self._listed: dict[str, frozenset[str]] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)

    def add(self, key: str, units: Sequence[MentionGroup], spelled: str, listed: str) -> str:
        """Add a cluster of a name; the first of a name is called by it, later ones are numbered."""
        number = len(self.of_key[key])
        name = f"{key}#{number + 1}" if number else key
        profile = merge_profiles(unit.profile for unit in units)
        self.all[name] = CompanyCluster(name, key, tuple(units), spelled, listed, profile)
        self.of_key[key].append(name)
        self.of_place.update({unit.place: name for unit in units})
        self._parent[name] = name
        self._profiles[name] = profile
        self._listed[name] = frozenset({listed} - {""})
        return name

    def find(self, name: str) -> str:
        """Give the cluster that stands for all those that are one company with this one."""
        root = name
        while root != self._parent[root]:
            root = self._parent[root]
        while name != root:
            self._parent[name], name = root, self._parent[name]
        return root

    def profile(self, name: str) -> CompanyProfile:
        """Give what is known of the whole company of a cluster."""
        return self._profiles[self.find(name)]

    def listed(self, name: str) -> frozenset[str]:
        """Give the list entries that the company of a cluster is."""
        return self._listed[self.find(name)]

    def keep_apart(self, one: str, other: str) -> None:
        """Never let two clusters be one company."""
        self._apart[self.find(one)].add(other)
        self._apart[self.find(other)].add(one)

    def must_differ(self, one: str, other: str) -> bool:
        """Tell whether two clusters were told apart, themselves or through what they are one with."""
        first, second = self.find(one), self.find(other)
        return any(self.find(name) == second for name in self._apart.get(first, ()))

    def join(self, one: str, other: str, why: ClusterMerge) -> None:
        """Make the company of `one` a part of the company of `other`."""
        first, second = self.find(one), self.find(other)
        self.merges[one].append(why)
        if first != second:
            self._parent[first] = second
            self._profiles[second] = self._profiles[second] | self._profiles.pop(first)
            self._listed[second] |= self._listed.pop(first)
            self._apart[second] |= self._apart.pop(first, set())

    def companies(self) -> list[tuple[str, ...]]:
        """Give the clusters by company, sorted."""
        groups: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.all):
            groups[self.find(name)].append(name)
        return sorted(map(tuple, groups.values()))


def spelling(units: Iterable[MentionGroup]) -> str:
    """Give the spelling of their own name that units have most often, of equals the first in the alphabet."""
    own: dict[str, int] = defaultdict(int)
    any_: dict[str, int] = defaultdict(int)
    for unit in units:
        for mention in unit.mentions:
            any_[mention.name] += 1
            for name in {mention.name, strip_legal_form(mention.text)}:
                if name_key(name) == unit.key:
                    own[name] += 1
    counts = own or any_
    return min(counts, key=lambda name: (-counts[name], name))


def listing(units: Iterable[MentionGroup], lexicon: Lexicon) -> str:
    """Give the list entry of some units, where they have one."""
    units = list(units)
    if any(unit.listed_as for unit in units):
        return ""
    mentions = [mention for unit in units for mention in unit.mentions]
    known = {mention.known for mention in mentions if mention.known}
    if not known:
        known = {entry.name for name in {mention.name for mention in mentions} if (entry := lexicon.company(name))}
    return min(known, default="")
