"""Joining clusters for a reason, where nothing speaks against it; what is not joined though something speaks for it is asked."""

from __future__ import annotations

from newsgraph.core.lexicon import Lexicon
from newsgraph.resolve.companies.article_context import FORMER
from newsgraph.resolve.companies.company_clusters import ClusterMerge, CompanyCluster, CompanyClusters, MergeQuestion
from newsgraph.resolve.companies.name_candidates import NamePair
from newsgraph.resolve.companies.profiles import DISTINCT, LISTED, ORDINARY, affinity, against, reasons
from newsgraph.resolve.union_find import UnionFind


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
