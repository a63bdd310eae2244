"""What people decided about companies, applied while names are put together: it wins over every rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

from newsgraph.core.canonical_url import canonical_link
from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Mention
from newsgraph.decisions.decision import Decision, Decisions, NamedThing, Verb
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_clusters import ClusterMerge, CompanyClusters
from newsgraph.resolve.companies.mention_groups import MentionGroup, Place, affinity

DECISION = "decision"


class LinkConstraints:
    """The decisions about companies, by the names that they are about.

    `used` are those that something was there for, `clashing` those that cannot hold beside others by what names turned out
    to mean.
    """

    def __init__(self, articles: Sequence[ArticleNode], lexicon: Lexicon, decisions: Decisions) -> None:
        """Look the articles up that decisions name."""
        self._lexicon = lexicon
        self._decisions = decisions
        self._articles = _addresses(articles, decisions)
        self.used: set[tuple[str, ...]] = set()
        self.clashing: set[tuple[str, ...]] = set()
        self._moved: Mapping[str, Sequence[Place]] = {}
        self._refused = {(key, self._article(article)): one for one, key, article in self._named(Verb.NOT_A_COMPANY)}
        self._given = {name_key(one.name): one.companies[0] for one in decisions.of(Verb.RENAME)}
        self._apart: dict[str, set[str]] = defaultdict(set)
        for decision in decisions.of(Verb.DIFFERENT):
            for first, second in combinations(decision.companies, 2):
                self._apart[first.key[0]] |= {second.key[0], self._listed(second, first)}
                self._apart[second.key[0]] |= {first.key[0], self._listed(first, second)}

    def _named(self, verb: Verb) -> list[tuple[Decision, str, str]]:
        return [(one, *named.key) for one in self._decisions.of(verb) for named in one.companies]

    def _listed(self, named: NamedThing, other: NamedThing) -> str:
        """Give the folded name that a list has for a name; where it has one for both, each is meant as it is written."""
        entry, second = self._lexicon.company(named.name), self._lexicon.company(other.name)
        return name_key(entry.name) if entry and entry != second else named.key[0]

    def _article(self, address: str) -> str:
        """Give the IRI of an article that a decision names; an unknown one is none."""
        return self._articles.get(address, "?") if address else ""

    def key_of(self, article: str, mention: Mention) -> str | None:
        """Give the folded name under which a mention counts: its own words where a decision parts them from its listed name."""
        key = name_key(mention.name)
        if not self._refused and not self._apart:
            return key
        text = name_key(mention.text)
        for name in (key, text):
            refused = self._refused.get((name, "")) or self._refused.get((name, article))
            if refused is not None:
                self.used.add(refused.order)
                return None
        return text if key in self._apart.get(text, ()) else key

    def told_apart(self, one: Place, other: Place) -> bool:
        """Tell whether two names of one article were told apart."""
        return other[1] in self._apart.get(one[1], ())

    def parted(self, key: str, clusters: Sequence[tuple[MentionGroup, ...]]) -> list[tuple[MentionGroup, ...]]:
        """Part clusters of one name further where a decision says that two articles mean different companies by it."""
        found = list(clusters)
        for decision in self._decisions.of(Verb.DIFFERENT):
            seeds = [self._article(named.article) for named in decision.companies if named.key[0] == key and named.article]
            if len(seeds) > 1:
                found = [part for cluster in found for part in _seeded(cluster, seeds)]
        return found

    def apply(self, clusters: CompanyClusters, moved: Mapping[Place, Place]) -> None:
        """Bar what is different, then join what is the same.

        Where a name turns out to be that of both sides, or to be barred, the decisions clash, and what is different stays so.
        """
        self._moved = _by_name(moved)
        for decision in self._decisions.of(Verb.DIFFERENT):
            groups = [self._clusters(named, clusters, moved) for named in decision.companies]
            if all(groups):
                pairs = [(one, other) for first, second in combinations(groups, 2) for one in first for other in second if one != other]
                for one, other in pairs:
                    clusters.keep_apart(one, other)
                self.used |= {decision.order} if pairs else set()
        for decision in self._decisions.of(Verb.SAME):
            groups = [self._clusters(named, clusters, moved) for named in decision.companies]
            if all(groups):
                self._join([name for group in groups for name in group], decision, clusters)

    def _join(self, names: Sequence[str], decision: Decision, clusters: CompanyClusters) -> None:
        if any(clusters.must_differ(one, other) for one, other in combinations(names, 2)):
            self.clashing.add(decision.order)
            return
        self.used.add(decision.order)
        why = signed(decision)
        clusters.merges[names[0]].append(ClusterMerge(clusters.all[names[0]].spelled, DECISION, "", note=why))
        for name in names[1:]:
            if clusters.find(name) != clusters.find(names[0]):
                clusters.join(name, names[0], ClusterMerge(clusters.all[name].spelled, DECISION, "", note=why))

    def _clusters(self, named: NamedThing, clusters: CompanyClusters, moved: Mapping[Place, Place]) -> list[str]:
        """Give the clusters that a decision means by a name.

        By the name as articles have it, the full name it is short for in its articles, the name a list has for it, or the
        name that another decision gave.
        """
        key = named.key[0]
        if named.article:
            place = (self._article(named.article), key)
            name = clusters.of_place.get(moved.get(place, place))
            return [name] if name else []
        if key in clusters.of_key:
            return list(clusters.of_key[key])
        if key in self._moved:
            return sorted({clusters.of_place[place] for place in self._moved[key]})
        entry = self._lexicon.company(named.name)
        if entry and name_key(entry.name) in clusters.of_key:
            return list(clusters.of_key[name_key(entry.name)])
        given = self._given.get(key)
        return self._clusters(given, clusters, moved) if given and given.key[0] != key and given.key[0] not in self._given else []

    def renamed(self, clusters: CompanyClusters, moved: Mapping[Place, Place]) -> dict[Place, str]:
        """Give the names that were decided, by unit."""
        found: dict[Place, str] = {}
        for decision in self._decisions.of(Verb.RENAME):
            for name in self._clusters(decision.companies[0], clusters, moved):
                self.used.add(decision.order)
                found.update({unit.place: decision.name for unit in clusters.all[name].units})
        return found


def _by_name(moved: Mapping[Place, Place]) -> dict[str, list[Place]]:
    """Give for each short name the units that took it in."""
    found: dict[str, list[Place]] = defaultdict(list)
    for (_, key), place in sorted(moved.items()):
        found[key].append(place)
    return found


def signed(decision: Decision) -> str:
    """Say who decided what, when and why."""
    who = " ".join(filter(None, (decision.who and f"by {decision.who}", decision.when and f"on {decision.when}")))
    return ", ".join(filter(None, (str(decision), who, decision.why)))


def _addresses(articles: Sequence[ArticleNode], decisions: Decisions) -> dict[str, str]:
    """Lead the links and IRIs that decisions name to the IRIs of articles."""
    wanted = {named.article for one in decisions.applied for named in one.companies if named.article}
    if not wanted:
        return {}
    known = {}
    for article in articles:
        known[article.iri] = article.iri
        for record in article.records:
            known.setdefault(record.key, article.iri)
            if record.url:
                known.setdefault(record.url, article.iri)
    return {address: iri for address in sorted(wanted) if (iri := known.get(address) or known.get(canonical_link(address) or ""))}


def _seeded(cluster: tuple[MentionGroup, ...], seeds: Sequence[str]) -> list[tuple[MentionGroup, ...]]:
    """Part a cluster by the articles that were told apart; the other units go where they fit best, else with the first."""
    heads = [unit for seed in seeds for unit in cluster if unit.article.iri == seed]
    if len(heads) < 2:  # noqa: PLR2004 - one head parts nothing
        return [cluster]
    heads.sort(key=lambda unit: (unit.article.order, unit.place))
    parts: list[list[MentionGroup]] = [[head] for head in heads]
    for unit in cluster:
        if unit not in heads:
            best = max(range(len(heads)), key=lambda at: (affinity(unit.profile, heads[at].profile), -at))
            parts[best].append(unit)
    return [tuple(part) for part in parts]
