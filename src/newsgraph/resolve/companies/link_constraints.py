"""Must-link and cannot-link constraints: what people decided about companies, which overrides every rule of clustering."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Mention
from newsgraph.decisions.decision import DECISION, Decision, Decisions, NamedThing, Verb
from newsgraph.resolve.article_nodes import ArticleNode, article_addresses
from newsgraph.resolve.companies.company_clusters import ClusterMerge, CompanyClusters
from newsgraph.resolve.companies.mention_groups import GroupId, MentionGroup, affinity


class LinkConstraints:
    """The decisions about companies, by the names that they are about.

    `used` are the decisions that apply to something, `clashing` those that contradict others given what the names turned out to mean.
    """

    def __init__(self, articles: Sequence[ArticleNode], lexicon: Lexicon, decisions: Decisions) -> None:
        """Look up the articles and names that decisions refer to."""
        self._lexicon = lexicon
        self._decisions = decisions
        self._articles = article_addresses(articles, decisions)
        self.used: set[tuple[str, ...]] = set()
        self.clashing: set[tuple[str, ...]] = set()
        self._absorbers: Mapping[str, Sequence[GroupId]] = {}
        self._rejected = {
            (company.key[0], self._article(company.key[1])): decision
            for decision in decisions.of(Verb.NOT_A_COMPANY)
            for company in decision.companies
        }
        self._renames = {name_key(decision.name): decision.companies[0] for decision in decisions.of(Verb.RENAME)}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for decision in decisions.of(Verb.DIFFERENT):
            for first, second in combinations(decision.companies, 2):
                self._apart[first.key[0]] |= {second.key[0], self._listed(second, first)}
                self._apart[second.key[0]] |= {first.key[0], self._listed(first, second)}

    def _listed(self, company: NamedThing, other: NamedThing) -> str:
        """Return the folded name that a list has for a name; if it has one entry for both names, each means its own spelling."""
        entry, second = self._lexicon.company(company.name), self._lexicon.company(other.name)
        return name_key(entry.name) if entry and entry != second else company.key[0]

    def _article(self, address: str) -> str:
        """Return the IRI of an article that a decision refers to, `?` for an unknown one, and an empty text for no article."""
        return self._articles.get(address, "?") if address else ""

    def key_of(self, article: str, mention: Mention) -> str | None:
        """Return the folded name under which a mention counts, or None if a decision rejects it.

        It is that of the mention's own words if a decision separates them from their listed name.
        """
        key = name_key(mention.name)
        if not self._rejected and not self._apart:
            return key
        text = name_key(mention.text)
        for name in (key, text):
            decision = self._rejected.get((name, "")) or self._rejected.get((name, article))
            if decision is not None:
                self.used.add(decision.order)
                return None
        return text if key in self._apart.get(text, ()) else key

    def separates(self, one: GroupId, other: GroupId) -> bool:
        """Return whether a decision says that two names of one article are different companies."""
        return other[1] in self._apart.get(one[1], ())

    def split(self, key: str, clusters: Sequence[tuple[MentionGroup, ...]]) -> list[tuple[MentionGroup, ...]]:
        """Split clusters of one name further where a decision says that two articles mean different companies by it."""
        parts = list(clusters)
        for decision in self._decisions.of(Verb.DIFFERENT):
            seeds = [self._article(company.article) for company in decision.companies if company.key[0] == key and company.article]
            if len(seeds) > 1:
                parts = [part for cluster in parts for part in _split_by_seeds(cluster, seeds)]
        return parts

    def apply(self, clusters: CompanyClusters, absorbed: Mapping[GroupId, GroupId]) -> None:
        """Add the cannot-link constraints, then merge what must be linked.

        If a name turns out to belong to both sides, or if a constraint forbids the merge, the decisions clash and the companies stay
        apart.
        """
        self._absorbers = _by_short_name(absorbed)
        for decision in self._decisions.of(Verb.DIFFERENT):
            sides = [self._clusters(company, clusters, absorbed) for company in decision.companies]
            if all(sides):
                pairs = [(one, other) for first, second in combinations(sides, 2) for one in first for other in second if one != other]
                for one, other in pairs:
                    clusters.keep_apart(one, other)
                self.used |= {decision.order} if pairs else set()
        for decision in self._decisions.of(Verb.SAME):
            sides = [self._clusters(company, clusters, absorbed) for company in decision.companies]
            if sides and all(sides):
                self._merge([name for side in sides for name in side], decision, clusters)

    def _merge(self, names: Sequence[str], decision: Decision, clusters: CompanyClusters) -> None:
        if any(clusters.must_differ(one, other) for one, other in combinations(names, 2)):
            self.clashing.add(decision.order)
            return
        self.used.add(decision.order)
        note = signed_decision(decision)
        clusters.merges[names[0]].append(ClusterMerge(clusters.all[names[0]].spelled, DECISION, "", note=note))
        for name in names[1:]:
            if clusters.find(name) != clusters.find(names[0]):
                clusters.join(name, names[0], ClusterMerge(clusters.all[name].spelled, DECISION, "", note=note))

    def _clusters(self, company: NamedThing, clusters: CompanyClusters, absorbed: Mapping[GroupId, GroupId]) -> list[str]:
        """Return the clusters that a decision means by a name.

        It is looked up as the name that articles use, the full name that it is short for in its articles, the name in a list, or the
        new name of another decision.
        """
        key = company.key[0]
        if company.article:
            group_id = (self._article(company.article), key)
            name = clusters.of_group.get(absorbed.get(group_id, group_id))
            return [name] if name else []
        if key in clusters.of_key:
            return list(clusters.of_key[key])
        if key in self._absorbers:
            return sorted({clusters.of_group[group_id] for group_id in self._absorbers[key]})
        entry = self._lexicon.company(company.name)
        if entry and name_key(entry.name) in clusters.of_key:
            return list(clusters.of_key[name_key(entry.name)])
        renamed = self._renames.get(key)
        if renamed and renamed.key[0] != key and renamed.key[0] not in self._renames:
            return self._clusters(renamed, clusters, absorbed)
        return []

    def decided_names(self, clusters: CompanyClusters, absorbed: Mapping[GroupId, GroupId]) -> dict[GroupId, str]:
        """Return the company names that people decided, by mention group."""
        names: dict[GroupId, str] = {}
        for decision in self._decisions.of(Verb.RENAME):
            for name in self._clusters(decision.companies[0], clusters, absorbed):
                self.used.add(decision.order)
                names.update({group.group_id: decision.name for group in clusters.all[name].groups})
        return names


def _by_short_name(absorbed: Mapping[GroupId, GroupId]) -> dict[str, list[GroupId]]:
    """Return the groups that absorbed each short name."""
    absorbers: dict[str, list[GroupId]] = defaultdict(list)
    for (_, key), group_id in sorted(absorbed.items()):
        absorbers[key].append(group_id)
    return absorbers


def signed_decision(decision: Decision) -> str:
    """Describe in words what was decided, by whom, when and why."""
    signature = " ".join(filter(None, (decision.who and f"by {decision.who}", decision.when and f"on {decision.when}")))
    return ", ".join(filter(None, (str(decision), signature, decision.why)))


def _split_by_seeds(cluster: tuple[MentionGroup, ...], seeds: Sequence[str]) -> list[tuple[MentionGroup, ...]]:
    """Split a cluster by the articles (IRIs) that mean different companies; each other group joins the one that it fits best, else the first."""
    heads = [group for seed in seeds for group in cluster if group.article.iri == seed]
    if len(heads) < 2:  # noqa: PLR2004 - one head splits nothing
        return [cluster]
    heads.sort(key=lambda group: (group.article.order, group.group_id))
    parts: list[list[MentionGroup]] = [[head] for head in heads]
    for group in cluster:
        if group not in heads:
            best = max(range(len(heads)), key=lambda at: (affinity(group.profile, heads[at].profile), -at))
            parts[best].append(group)
    return [tuple(part) for part in parts]
