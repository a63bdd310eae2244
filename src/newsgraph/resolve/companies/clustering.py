"""Which mention groups are one company: the article decides first, then the corpus; decisions of people override every rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from newsgraph.core.company_names import name_key
from newsgraph.core.lexicon import Lexicon
from newsgraph.decisions.decision import Decisions
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.article_context import FORMER, NameEquivalence, absorb_short_forms, absorbing_group, name_equivalences
from newsgraph.resolve.companies.company_clusters import ClusterMerge, CompanyCluster, CompanyClusters, MergeQuestion, listing, spelling
from newsgraph.resolve.companies.disambiguation import SplitThresholds, split_homonyms
from newsgraph.resolve.companies.link_constraints import LinkConstraints
from newsgraph.resolve.companies.mention_groups import (
    DISTINCT,
    LISTED,
    ORDINARY,
    GroupId,
    MentionGroup,
    affinity,
    common_names,
    conflict,
    describe_conflict,
    group_mentions,
)
from newsgraph.resolve.companies.name_candidates import (
    NamePair,
    by_bracket,
    by_initials,
    by_initials_and_name,
    by_listed_alias,
    by_listed_ticker,
    by_spelling,
    by_tail,
    by_ticker,
)
from newsgraph.resolve.companies.name_wording import by_wording
from newsgraph.resolve.union_find import UnionFind


@dataclass(frozen=True, slots=True)
class CompanyClustering:
    """The mention groups of each company.

    `merges` are the reasons for merging, by mention group; `names` are the company names that people decided, by mention group. `used`
    and `clashing` are decisions, see `LinkConstraints`.
    """

    companies: tuple[tuple[MentionGroup, ...], ...]
    merges: Mapping[GroupId, tuple[ClusterMerge, ...]]
    names: Mapping[GroupId, str]
    questions: tuple[MergeQuestion, ...] = ()
    used: frozenset[tuple[str, ...]] = field(default=frozenset())
    clashing: frozenset[tuple[str, ...]] = field(default=frozenset())


def cluster_companies(articles: Sequence[ArticleNode], lexicon: Lexicon, decisions: Decisions) -> CompanyClustering:
    """Cluster the company names of all articles.

    First, short forms are assigned to the full name in the same article. Then names of one spelling are split where what articles state
    speaks against one company. Last, names are merged for reasons that a look-up finds.
    """
    constraints = LinkConstraints(articles, lexicon, decisions)
    equivalences = {article.iri: list(name_equivalences(article)) for article in articles}
    mention_groups = group_mentions(articles, constraints.key_of, lexicon)
    groups, absorbed, merges = absorb_short_forms(mention_groups, equivalences, lexicon, constraints)
    clusters, questions = _split_names(groups, lexicon, len(articles), constraints)
    constraints.apply(clusters, absorbed)
    merger = ClusterMerger(clusters, lexicon, questions)
    for candidate, merge in _former_names(articles, clusters):
        merger.merge(candidate, merge)
    for candidate in _candidates(clusters, lexicon):
        merger.merge(candidate, ClusterMerge(clusters.all[candidate.name].spelled, candidate.rule, "", note=candidate.note))
    for candidate, merge in _short_forms(equivalences, clusters, absorbed, merger):
        merger.merge(candidate, merge)
    companies = []
    for names in clusters.companies():
        members = [group for name in names for group in clusters.all[name].groups]
        companies.append(tuple(sorted(members, key=lambda group: group.group_id)))
        for name in names:
            merges[clusters.all[name].groups[0].group_id] += clusters.merges.get(name, ())
    return CompanyClustering(
        tuple(sorted(companies, key=lambda members: members[0].group_id)),
        {group_id: tuple(reasons) for group_id, reasons in merges.items()},
        constraints.decided_names(clusters, absorbed),
        tuple(sorted(set(questions))),
        frozenset(constraints.used),
        frozenset(constraints.clashing),
    )


def _split_names(
    groups: Sequence[MentionGroup], lexicon: Lexicon, articles: int, constraints: LinkConstraints
) -> tuple[CompanyClusters, list[MergeQuestion]]:
    """Split the mention groups of each name into the companies that have it, and ask about those of one name."""
    by_key: dict[str, list[MentionGroup]] = defaultdict(list)
    for group in groups:
        by_key[group.key].append(group)
    common = common_names(groups, articles)
    clusters, questions = CompanyClusters(), []
    for key in sorted(by_key):
        thresholds = SplitThresholds(
            conflict_threshold(key, listing(by_key[key], lexicon), lexicon), conflict_threshold(key, "", lexicon)
        )  # fmt: skip
        for part in constraints.split(key, split_homonyms(by_key[key], thresholds, common)):
            clusters.add(key, part, spelling(part), listing(part, lexicon))
        first, *others = (clusters.all[name] for name in clusters.of_key[key])
        questions += [
            MergeQuestion(
                "same", display_name(first), display_name(other), "homonym", describe_conflict(first.profile, other.profile), len(other.groups)
            )
            for other in others
        ]  # fmt: skip
    return clusters, questions


def _former_names(articles: Sequence[ArticleNode], clusters: CompanyClusters) -> Iterator[tuple[NamePair, ClusterMerge]]:
    for article in sorted(articles, key=lambda article: article.order):
        for naming in article.chosen.facts.namings:
            old = clusters.of_group.get((article.iri, name_key(naming.name)))
            new = clusters.of_group.get((article.iri, name_key(naming.same_as)))
            if naming.rule == FORMER and old and new:
                merge = ClusterMerge(naming.name, naming.rule, article.iri, naming.start, naming.end, f"now {naming.same_as}")
                yield NamePair(old, new, naming.rule), merge


def _short_forms(
    equivalences: Mapping[str, Sequence[NameEquivalence]],
    clusters: CompanyClusters,
    absorbed: Mapping[GroupId, GroupId],
    merger: ClusterMerger,
) -> Iterator[tuple[NamePair, ClusterMerge]]:
    """Pair a short name that occurs alone with the full name that other articles use it for, if that is one company only."""
    uses: dict[str, dict[str, ClusterMerge]] = defaultdict(dict)
    for article in sorted(equivalences):
        for equivalence in equivalences[article]:
            group_id = absorbing_group(absorbed, (article, equivalence.full))
            if equivalence.short in clusters.of_key and group_id in clusters.of_group:
                uses[equivalence.short].setdefault(clusters.of_group[group_id], equivalence.merge)
    for short, full_names in sorted(uses.items()):
        for name in clusters.of_key[short]:
            if clusters.all[name].listed:
                continue
            full = merger.best(name, {clusters.find(other) for other in full_names} - {clusters.find(name)})
            if full:
                merge = next(merge for other, merge in sorted(full_names.items()) if clusters.find(other) == full)
                yield NamePair(name, full, merge.rule, weak=True), merge


def _candidates(clusters: CompanyClusters, lexicon: Lexicon) -> Iterator[NamePair]:
    """Find candidates by look-up among the names; names of several companies are paired by their tickers only."""
    single = {key: names[0] for key, names in clusters.of_key.items() if len(names) == 1}
    spelled = {key: clusters.all[name].spelled for key, name in single.items()}
    listed = {key: entry for key, name in single.items() if (entry := lexicon.companies.get(clusters.all[name].listed))}
    tickers = {name: cluster.profile.tickers for name, cluster in clusters.all.items() if cluster.profile.tickers}
    all_spelled = {name: cluster.spelled for name, cluster in clusters.all.items()}
    ordinary = frozenset(key for key in single if lexicon.ordinary(key))
    counts = {key: len(clusters.all[name].groups) for key, name in single.items()}
    yield from by_ticker(tickers, all_spelled)
    yield from by_listed_ticker(tickers, all_spelled, listed)
    yield from by_listed_alias(spelled, listed)
    yield from by_spelling(spelled, ordinary, counts, frozenset(listed))
    yield from by_wording(spelled, lexicon.words)
    yield from by_initials_and_name(spelled)
    yield from by_tail(spelled, ordinary, lambda key: clusters.all[single[key]].complete)
    yield from by_bracket(spelled)
    yield from by_initials(spelled)


def conflict_threshold(key: str, listed: str, lexicon: Lexicon) -> float:
    """Return the conflict at which a name means two companies: low for an ordinary word, high for a name in a list."""
    entry = lexicon.companies.get(listed)
    if entry is not None and not entry.needs_evidence:
        return LISTED
    return ORDINARY if lexicon.ordinary(key) else DISTINCT


def display_name(cluster: CompanyCluster) -> str:
    """Return the name of a cluster for people and for decisions; with an article if several clusters have the name."""
    return f"{cluster.spelled} (in {cluster.groups[0].article.iri})" if "#" in cluster.name else cluster.spelled


class ClusterMerger:
    """Merges clusters candidate by candidate.

    A name that was merged with another for a weak reason connects no third one. Names that are one for strong reasons count as one name
    in this.
    """

    def __init__(self, clusters: CompanyClusters, lexicon: Lexicon, questions: list[MergeQuestion]) -> None:
        """Merge in `clusters`, and add what remains open to `questions`."""
        self._clusters = clusters
        self._lexicon = lexicon
        self._questions = questions
        self._firm: UnionFind[str] = UnionFind()
        for name in clusters.all:
            self._firm.join(clusters.find(name), name)  # decisions of people are firm
        self._weakly_merged: set[str] = set()
        self._weak_targets: set[str] = set()

    def merge(self, candidate: NamePair, reason: ClusterMerge) -> None:
        """Merge the clusters of a candidate, or ask."""
        clusters = self._clusters
        one, other = clusters.all[candidate.name], clusters.all[candidate.other]
        if clusters.find(one.name) == clusters.find(other.name) or clusters.must_differ(one.name, other.name):
            return
        objection = self._objection(one, other, candidate)
        if objection:
            question = MergeQuestion("same", display_name(one), display_name(other), candidate.rule, objection, len(one.groups))
            self._questions.append(question)
            return
        if candidate.weak:
            self._weakly_merged.add(self._firm.find(one.name))
            self._weak_targets.add(self._firm.find(other.name))
        else:
            self._merge_firmly(one.name, other.name)
        clusters.join(one.name, other.name, reason)

    def _merge_firmly(self, one: str, other: str) -> None:
        roots = {self._firm.find(one), self._firm.find(other)}
        self._firm.join(one, other)
        for names in (self._weakly_merged, self._weak_targets):
            if roots & names:
                names.add(self._firm.find(one))

    def _is_chain(self, one: str, other: str) -> bool:
        first, second = self._firm.find(one), self._firm.find(other)
        return first in self._weakly_merged or first in self._weak_targets or second in self._weakly_merged

    def _objection(self, one: CompanyCluster, other: CompanyCluster, candidate: NamePair) -> str:
        """Return why two clusters must not be merged, or an empty text."""
        clusters = self._clusters
        if candidate.rule == FORMER:
            return ""
        first, second = clusters.listed(one.name), clusters.listed(other.name)
        if first and second and first != second:
            return f"listed apart: {', '.join(sorted(first | second))}"
        if candidate.weak and self._is_chain(one.name, other.name):
            return "would be a chain of weak reasons"
        mine, theirs = clusters.profile(one.name), clusters.profile(other.name)
        threshold = ORDINARY if candidate.weak else min(self._threshold(one), self._threshold(other))
        if conflict(mine, theirs) >= threshold:
            return describe_conflict(mine, theirs)
        return "nothing told of both agrees" if candidate.needs_sign and not affinity(mine, theirs) else ""

    def _threshold(self, cluster: CompanyCluster) -> float:
        return conflict_threshold(cluster.key, cluster.listed, self._lexicon)

    def best(self, name: str, full_names: set[str]) -> str:
        """Return the company that a short name means: the only one that fits, or the one that fits best; else an empty text.

        An ordinary word, and a name that several companies use, need a sign: something that is stated of both.
        """
        clusters = self._clusters
        cluster, mine = clusters.all[name], clusters.profile(name)
        threshold = self._threshold(cluster)
        fits = {full: affinity(mine, clusters.profile(full)) for full in full_names if conflict(mine, clusters.profile(full)) < threshold}
        if threshold == ORDINARY or len(full_names) > 1:
            fits = {full: score for full, score in fits.items() if score}
        most = max(fits.values(), default=0.0)
        best = [full for full, score in fits.items() if score == most]
        return best[0] if len(best) == 1 else ""
