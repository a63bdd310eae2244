"""Clusters of mention groups that are merged step by step: which may be merged, and why each was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from newsgraph.core.company_names import name_key, strip_legal_form
from newsgraph.core.lexicon import Lexicon
from newsgraph.resolve.companies.mention_groups import CompanyProfile, GroupId, MentionGroup, merge_profiles


@dataclass(frozen=True, slots=True)
class ClusterMerge:
    """Why a name belongs to a company: the rule, and the article that shows it (empty if a list or a look-up says so).

    `start` and `end` cut the words out of the article, if there are any; `note` is what else the rule saw.
    """

    name: str
    rule: str
    article: str
    start: int = 0
    end: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, order=True)
class MergeQuestion:
    """A question for people: two names that may be one company, because something speaks for it though they were not merged."""

    verb: str  # same or different
    one: str
    other: str
    rule: str
    note: str
    articles: int


@dataclass(frozen=True, slots=True)
class CompanyCluster:
    """The mention groups of one folded name that are one company; `listed` is the list entry that all of them have."""

    name: str
    key: str
    groups: tuple[MentionGroup, ...]
    spelled: str
    listed: str
    profile: CompanyProfile

    @property
    def complete(self) -> bool:
        """Return whether a text has the name with its legal form."""
        texts = {mention.text for group in self.groups for mention in group.mentions}
        return any(strip_legal_form(text) != text.rstrip(" .,") and name_key(text) == self.key for text in texts)


class CompanyClusters:
    """Clusters by name, which of them are merged into one company so far, and which must stay apart."""

    def __init__(self) -> None:
        """Start without clusters."""
        self.all: dict[str, CompanyCluster] = {}
        self.of_key: dict[str, list[str]] = defaultdict(list)
        self.of_group: dict[GroupId, str] = {}
        self.merges: dict[str, list[ClusterMerge]] = defaultdict(list)
        self._parent: dict[str, str] = {}
        self._profiles: dict[str, CompanyProfile] = {}
        self._listed: dict[str, frozenset[str]] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)

    def add(self, key: str, groups: Sequence[MentionGroup], spelled: str, listed: str) -> str:
        """Add a cluster of a folded name and return its name: the first cluster is called by the key, later ones are numbered."""
        number = len(self.of_key[key])
        name = f"{key}#{number + 1}" if number else key
        profile = merge_profiles(group.profile for group in groups)
        self.all[name] = CompanyCluster(name, key, tuple(groups), spelled, listed, profile)
        self.of_key[key].append(name)
        self.of_group.update({group.group_id: name for group in groups})
        self._parent[name] = name
        self._profiles[name] = profile
        self._listed[name] = frozenset({listed} - {""})
        return name

    def find(self, name: str) -> str:
        """Return the representative of all clusters that are merged with this one."""
        root = name
        while root != self._parent[root]:
            root = self._parent[root]
        while name != root:
            self._parent[name], name = root, self._parent[name]
        return root

    def profile(self, name: str) -> CompanyProfile:
        """Return the profile of a cluster's whole company."""
        return self._profiles[self.find(name)]

    def listed(self, name: str) -> frozenset[str]:
        """Return the list entries of a cluster's company."""
        return self._listed[self.find(name)]

    def keep_apart(self, one: str, other: str) -> None:
        """Add a cannot-link constraint between two clusters."""
        self._apart[self.find(one)].add(other)
        self._apart[self.find(other)].add(one)

    def must_differ(self, one: str, other: str) -> bool:
        """Return whether a cannot-link constraint separates the companies of two clusters."""
        first, second = self.find(one), self.find(other)
        return any(self.find(name) == second for name in self._apart.get(first, ()))

    def join(self, one: str, other: str, reason: ClusterMerge) -> None:
        """Merge the company of `one` into the company of `other`."""
        first, second = self.find(one), self.find(other)
        self.merges[one].append(reason)
        if first != second:
            self._parent[first] = second
            self._profiles[second] = self._profiles[second] | self._profiles.pop(first)
            self._listed[second] |= self._listed.pop(first)
            self._apart[second] |= self._apart.pop(first, set())

    def companies(self) -> list[tuple[str, ...]]:
        """Return the clusters of each company, sorted."""
        by_root: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.all):
            by_root[self.find(name)].append(name)
        return sorted(map(tuple, by_root.values()))


def spelling(groups: Iterable[MentionGroup]) -> str:
    """Return the most frequent spelling of the groups' own name; of equals the first in the alphabet."""
    own: dict[str, int] = defaultdict(int)
    any_: dict[str, int] = defaultdict(int)
    for group in groups:
        for mention in group.mentions:
            any_[mention.name] += 1
            for name in {mention.name, strip_legal_form(mention.text)}:
                if name_key(name) == group.key:
                    own[name] += 1
    counts = own or any_
    return min(counts, key=lambda name: (-counts[name], name))


def listing(groups: Collection[MentionGroup], lexicon: Lexicon) -> str:
    """Return the list entry of some groups, or an empty text if they have none."""
    if any(group.listed_as for group in groups):
        return ""
    mentions = [mention for group in groups for mention in group.mentions]
    known = {mention.known for mention in mentions if mention.known}
    if not known:
        known = {entry.name for name in {mention.name for mention in mentions} if (entry := lexicon.company(name))}
    return min(known, default="")
