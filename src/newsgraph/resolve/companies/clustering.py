"""Which mention groups are one company: the article first, then the corpus; decisions of people win over every rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon
from newsgraph.decisions.decision import Decisions
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.article_context import FORMER, NameEquivalence, end_of, name_equivalences, take_in
from newsgraph.resolve.companies.company_clusters import ClusterMerge, CompanyCluster, CompanyClusters, MergeQuestion, listing, spelling
from newsgraph.resolve.companies.disambiguation import Least, split_homonyms
from newsgraph.resolve.companies.link_constraints import LinkConstraints
from newsgraph.resolve.companies.mention_groups import (
    DISTINCT,
    LISTED,
    ORDINARY,
    MentionGroup,
    Place,
    affinity,
    against,
    common_names,
    group_mentions,
    reasons,
)
from newsgraph.resolve.companies.name_candidates import (
    NamePair,
    by_initials,
    by_listed_alias,
    by_listed_ticker,
    by_spelling,
    by_tail,
    by_ticker,
)
from newsgraph.resolve.union_find import UnionFind


@dataclass(frozen=True, slots=True)
class CompanyClustering:
    """The units by company; `merges` tells why by unit, `moved` leads from an article's short names to the unit that took them in."""

    groups: tuple[tuple[MentionGroup, ...], ...]
    merges: Mapping[Place, tuple[ClusterMerge, ...]]
    moved: Mapping[Place, Place]
    renamed: Mapping[Place, str]
    questions: tuple[MergeQuestion, ...] = ()
    used: frozenset[tuple[str, ...]] = field(default=frozenset())
    clashing: frozenset[tuple[str, ...]] = field(default=frozenset())


def cluster_companies(articles: Sequence[ArticleNode], lexicon: Lexicon, decisions: Decisions) -> CompanyClustering:
    """Put the company names of all articles together by company.

    First each article's own words decide (a short form belongs to the full name beside it), then names of one spelling
    are parted where what is told speaks against one company, then names are joined for a reason that a look-up finds.
    """
    orders = LinkConstraints(articles, lexicon, decisions)
    said = {article.iri: list(name_equivalences(article)) for article in articles}
    units, moved, merges = take_in(group_mentions(articles, orders.key_of, lexicon), said, lexicon, orders)
    clusters, questions = _parted(units, lexicon, len(articles), orders)
    orders.apply(clusters, moved)
    joiner = ClusterMerger(clusters, lexicon, questions)
    for candidate, merge in _former_names(articles, clusters):
        joiner.join(candidate, merge)
    for candidate in _looked_up(clusters, lexicon):
        joiner.join(candidate, ClusterMerge(clusters.all[candidate.name].spelled, candidate.rule, "", note=candidate.note))
    for candidate, merge in _short_forms(said, clusters, moved, joiner):
        joiner.join(candidate, merge)
    groups = []
    for names in clusters.companies():
        members = [unit for name in names for unit in clusters.all[name].units]
        groups.append(tuple(sorted(members, key=lambda unit: unit.place)))
        for name in names:
            merges[clusters.all[name].units[0].place] += clusters.merges.get(name, ())
    return CompanyClustering(
        tuple(sorted(groups, key=lambda found: found[0].place)), {place: tuple(found) for place, found in merges.items()}, moved,
        orders.renamed(clusters, moved), tuple(sorted(set(questions))), frozenset(orders.used), frozenset(orders.clashing),
    )  # fmt: skip


def _parted(
    units: Sequence[MentionGroup], lexicon: Lexicon, articles: int, orders: LinkConstraints
) -> tuple[CompanyClusters, list[MergeQuestion]]:
    """Part the units of each name into the companies that have it."""
    by_key: dict[str, list[MentionGroup]] = defaultdict(list)
    for unit in units:
        by_key[unit.key].append(unit)
    common = common_names(units, articles)
    clusters, questions = CompanyClusters(), []
    for key in sorted(by_key):
        least = Least(least_against(key, listing(by_key[key], lexicon), lexicon), least_against(key, "", lexicon))
        for part in orders.parted(key, split_homonyms(by_key[key], least, common)):
            clusters.add(key, part, spelling(part), listing(part, lexicon))
        first, *others = (clusters.all[name] for name in clusters.of_key[key])
        questions += [
            MergeQuestion("same", named(first), named(other), "homonym", reasons(first.profile, other.profile), len(other.units))
            for other in others
        ]
    return clusters, questions


def _former_names(articles: Sequence[ArticleNode], clusters: CompanyClusters) -> Iterator[tuple[NamePair, ClusterMerge]]:
    for article in sorted(articles, key=lambda one: one.order):
        for naming in article.chosen.facts.namings:
            old = clusters.of_place.get((article.iri, name_key(naming.name)))
            new = clusters.of_place.get((article.iri, name_key(naming.same_as)))
            if naming.rule == FORMER and old and new:
                merge = ClusterMerge(naming.name, naming.rule, article.iri, naming.start, naming.end, f"now {naming.same_as}")
                yield NamePair(old, new, naming.rule), merge


def _short_forms(
    said: Mapping[str, Sequence[NameEquivalence]], clusters: CompanyClusters, moved: Mapping[Place, Place], joiner: ClusterMerger
) -> Iterator[tuple[NamePair, ClusterMerge]]:
    """Join a short name that stands alone to the full name that other articles use it for, where that is one company only."""
    uses: dict[str, dict[str, ClusterMerge]] = defaultdict(dict)
    for article in sorted(said):
        for one in said[article]:
            place = end_of(moved, (article, one.full))
            if one.short in clusters.of_key and place in clusters.of_place:
                uses[one.short].setdefault(clusters.of_place[place], one.merge)
    for short, fulls in sorted(uses.items()):
        for name in clusters.of_key[short]:
            if clusters.all[name].listed:
                continue
            full = joiner.best(name, {clusters.find(other) for other in fulls} - {clusters.find(name)})
            if full:
                merge = next(merge for other, merge in sorted(fulls.items()) if clusters.find(other) == full)
                yield NamePair(name, full, merge.rule, weak=True), merge


def _looked_up(clusters: CompanyClusters, lexicon: Lexicon) -> Iterator[NamePair]:
    """Find candidates among the names by look-up; names of several companies only join by what sets them apart."""
    single = {key: names[0] for key, names in clusters.of_key.items() if len(names) == 1}
    spelled = {key: clusters.all[name].spelled for key, name in single.items()}
    listed = {key: entry for key, name in single.items() if (entry := lexicon.companies.get(clusters.all[name].listed))}
    tickers = {name: one.profile.tickers for name, one in clusters.all.items() if one.profile.tickers}
    every = {name: one.spelled for name, one in clusters.all.items()}
    ordinary = frozenset(key for key in single if lexicon.ordinary(key))
    told = {key: len(clusters.all[name].units) for key, name in single.items()}
    yield from by_ticker(tickers, every)
    yield from by_listed_ticker(tickers, every, listed)
    yield from by_listed_alias(spelled, listed)
    yield from by_spelling(spelled, ordinary, told, frozenset(listed))
    yield from by_tail(spelled, ordinary)
    yield from by_initials(spelled)


def least_against(key: str, listed: str, lexicon: Lexicon) -> float:
    """Say how much must speak against one company of a name: little where the name is an ordinary word, much where a list has it."""
    entry = lexicon.companies.get(listed)
    if entry is not None and not entry.needs_evidence:
        return LISTED
    return ORDINARY if lexicon.ordinary(key) else DISTINCT


def named(cluster: CompanyCluster) -> str:
    """Name a cluster for people and for decisions: the name, with an article where the name is not enough."""
    return f"{cluster.spelled} (in {cluster.units[0].article.iri})" if "#" in cluster.name else cluster.spelled


class ClusterMerger:
    """Joins clusters one candidate after the other; a name that hangs on another for a weak reason carries no third one.

    Names that are one for strong reasons hang and carry as one name does.
    """

    def __init__(self, clusters: CompanyClusters, lexicon: Lexicon, questions: list[MergeQuestion]) -> None:
        """Join in `clusters` and add what is left open to `questions`."""
        self._clusters = clusters
        self._lexicon = lexicon
        self._questions = questions
        self._firm: UnionFind[str] = UnionFind()
        for name in clusters.all:
            self._firm.join(clusters.find(name), name)  # what people decided is firm
        self._hanging: set[str] = set()
        self._bearing: set[str] = set()

    def join(self, candidate: NamePair, merge: ClusterMerge) -> None:
        """Join the clusters of a candidate, or ask."""
        clusters = self._clusters
        one, other = clusters.all[candidate.name], clusters.all[candidate.other]
        if clusters.find(one.name) == clusters.find(other.name) or clusters.must_differ(one.name, other.name):
            return
        why = self._refused(one, other, candidate)
        if why:
            self._questions.append(MergeQuestion("same", named(one), named(other), candidate.rule, why, len(one.units)))
            return
        if candidate.weak:
            self._hanging.add(self._firm.find(one.name))
            self._bearing.add(self._firm.find(other.name))
        else:
            self._join_firmly(one.name, other.name)
        clusters.join(one.name, other.name, merge)

    def _join_firmly(self, one: str, other: str) -> None:
        roots = {self._firm.find(one), self._firm.find(other)}
        self._firm.join(one, other)
        for marked in (self._hanging, self._bearing):
            if roots & marked:
                marked.add(self._firm.find(one))

    def _is_chain(self, one: str, other: str) -> bool:
        first, second = self._firm.find(one), self._firm.find(other)
        return first in self._hanging or first in self._bearing or second in self._hanging

    def _refused(self, one: CompanyCluster, other: CompanyCluster, candidate: NamePair) -> str:
        """Say why two clusters are not joined, or give an empty text."""
        clusters = self._clusters
        if candidate.rule == FORMER:
            return ""
        first, second = clusters.listed(one.name), clusters.listed(other.name)
        if first and second and first != second:
            return f"listed apart: {', '.join(sorted(first | second))}"
        if candidate.weak and self._is_chain(one.name, other.name):
            return "would be a chain of weak reasons"
        mine, theirs = clusters.profile(one.name), clusters.profile(other.name)
        least = ORDINARY if candidate.weak else min(self._least(one), self._least(other))
        if against(mine, theirs) >= least:
            return reasons(mine, theirs)
        return "nothing told of both agrees" if candidate.needs_sign and not affinity(mine, theirs) else ""

    def _least(self, cluster: CompanyCluster) -> float:
        return least_against(cluster.key, cluster.listed, self._lexicon)

    def best(self, name: str, fulls: set[str]) -> str:
        """Choose the company that a short name stands for: the only one that fits, or the one that fits best.

        An ordinary word, and a name that several companies are called by, need a sign that is told of both.
        """
        clusters = self._clusters
        cluster, mine = clusters.all[name], clusters.profile(name)
        least = self._least(cluster)
        fits = {full: affinity(mine, clusters.profile(full)) for full in fulls if against(mine, clusters.profile(full)) < least}
        if least == ORDINARY or len(fulls) > 1:
            fits = {full: score for full, score in fits.items() if score}
        most = max(fits.values(), default=0.0)
        best = [full for full, score in fits.items() if score == most]
        return best[0] if len(best) == 1 else ""
