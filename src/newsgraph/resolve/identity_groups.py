"""Which units are one company: context first (the article itself), then the corpus, and over all what people decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from newsgraph.company_names import name_key
from newsgraph.decisions import Decisions
from newsgraph.lexicon import Lexicon
from newsgraph.model import Kind, Mention
from newsgraph.resolve.articles import ArticleNode
from newsgraph.resolve.candidates import Candidate, by_digraph, by_tail, by_ticker, by_typing_error
from newsgraph.resolve.clusters import Cluster, Clusters, Merge, Question, listing, spelling
from newsgraph.resolve.deciding import Orders
from newsgraph.resolve.homonyms import split
from newsgraph.resolve.profiles import DISTINCT, LISTED, ORDINARY, affinity, against, reasons
from newsgraph.resolve.units import Place, Unit, common_names, units_of


@dataclass(frozen=True, slots=True)
class Grouping:
    """The units by company; `merges` tells why by unit, `moved` leads from an article's short names to the unit that took them in."""

    groups: tuple[tuple[Unit, ...], ...]
    merges: Mapping[Place, tuple[Merge, ...]]
    moved: Mapping[Place, Place]
    renamed: Mapping[Place, str]
    questions: tuple[Question, ...] = ()
    used: frozenset[tuple[str, ...]] = field(default=frozenset())
    clashing: frozenset[tuple[str, ...]] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class _Said:
    """An article uses `short` for the company that it calls `full` elsewhere."""

    short: str
    full: str
    merge: Merge


def group_units(articles: Sequence[ArticleNode], lexicon: Lexicon, decisions: Decisions) -> Grouping:
    """Put the company names of all articles together by company.

    First each article's own words decide (a short form belongs to the full name beside it), then names of one spelling
    are parted where what is told speaks against one company, then names are joined for a reason that a look-up finds.
    A name that hangs on another for a weak reason carries no third one, so that no chain of them ties companies together.
    """
    orders = Orders(articles, lexicon, decisions)
    said = {article.iri: list(_said(article)) for article in articles}
    units, moved, merges = _in_context(units_of(articles, orders.key_of), said, lexicon, orders)
    clusters, questions = _parted(units, lexicon, len(articles), orders)
    orders.apply(clusters, moved)
    joiner = _Joiner(clusters, lexicon, questions)
    for former in _former_names(articles, clusters):
        joiner.join(*former)
    for candidate, merge in _short_forms(said, clusters, moved, joiner):
        joiner.join(candidate, merge)
    for candidate in _looked_up(clusters, lexicon):
        joiner.join(candidate, Merge(clusters.all[candidate.name].spelled, candidate.rule, "", note=candidate.note))
    groups = []
    for names in clusters.companies():
        members = [unit for name in names for unit in clusters.all[name].units]
        groups.append(tuple(sorted(members, key=lambda unit: unit.place)))
        for name in names:
            for merge in clusters.merges.get(name, ()):
                merges[clusters.all[name].units[0].place].append(merge)
    return Grouping(
        tuple(sorted(groups, key=lambda found: found[0].place)), {place: tuple(found) for place, found in merges.items()}, moved,
        orders.renamed(clusters, moved), tuple(sorted(set(questions))), frozenset(orders.used), frozenset(orders.clashing),
    )  # fmt: skip


def _said(article: ArticleNode) -> Iterator[_Said]:
    """Give what an article calls a company beside its full name: what it says outright, and mentions that carry a fuller name."""
    facts = article.chosen.facts
    for naming in facts.namings:
        if naming.rule != "former_name":
            short, full = name_key(naming.name), name_key(naming.same_as)
            yield _Said(short, full, Merge(naming.name, naming.rule, article.iri, naming.start, naming.end, f"short for {naming.same_as}"))
    met = set()
    for mention in facts.mentions:
        if mention.kind is Kind.COMPANY and not mention.known:
            short, full = name_key(mention.text), name_key(mention.name)
            if short != full and short not in met:
                met.add(short)
                yield _Said(short, full, _shown(mention, article.iri))


def _shown(mention: Mention, article: str) -> Merge:
    return Merge(mention.text, "short_form", article, mention.start, mention.end, f"short for {mention.name}")


def _in_context(
    units: Sequence[Unit], said: Mapping[str, Sequence[_Said]], lexicon: Lexicon, orders: Orders
) -> tuple[list[Unit], dict[Place, Place], dict[Place, list[Merge]]]:
    """Let the unit of a full name take in the unit of its short form in the same article."""
    by_place = {unit.place: unit for unit in units}
    moved: dict[Place, Place] = {}
    merges: dict[Place, list[Merge]] = defaultdict(list)
    for article, sayings in said.items():
        for one in sayings:
            short, full = (article, one.short), (article, one.full)
            full = _end(moved, full)
            if short == full or short not in by_place or full not in by_place or orders.told_apart(short, full):
                continue
            listed = listing([by_place[short]], lexicon)
            if listed and listed != listing([by_place[full]], lexicon):
                continue
            by_place[full] |= by_place.pop(short)
            moved[short] = full
            merges[full].append(one.merge)
    for place in moved:
        moved[place] = _end(moved, place)
    return [by_place[place] for place in sorted(by_place)], moved, merges


def _end(moved: Mapping[Place, Place], place: Place) -> Place:
    """Follow a name to the unit that took it in at last."""
    while place in moved:
        place = moved[place]
    return place


def _parted(units: Sequence[Unit], lexicon: Lexicon, articles: int, orders: Orders) -> tuple[Clusters, list[Question]]:
    """Part the units of each name into the companies that have it."""
    by_key: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_key[unit.key].append(unit)
    common = common_names(units, articles)
    clusters, questions = Clusters(), []
    for key in sorted(by_key):
        listed = listing(by_key[key], lexicon)
        parts = split(by_key[key], least_against(key, listed, lexicon), common)
        for part in orders.parted(key, parts.clusters):
            clusters.add(key, part, spelling(part), listing(part, lexicon))
        names = clusters.of_key[key]
        for name in names[1:]:
            first, other = clusters.all[names[0]], clusters.all[name]
            note = reasons(first.profile, other.profile)
            questions.append(Question("same", _named(first), _named(other), "homonym", note, len(other.units)))
    return clusters, questions


def least_against(key: str, listed: str, lexicon: Lexicon) -> float:
    """Say how much must speak against one company of a name: little where the name is an ordinary word, much where a list has it."""
    entry = lexicon.companies.get(listed)
    if entry is not None and not entry.needs_evidence:
        return LISTED
    return ORDINARY if key in lexicon.words or key in lexicon.places or key in lexicon.first_names else DISTINCT


def _named(cluster: Cluster) -> str:
    """Name a cluster for people and for decisions: the name, with an article where the name is not enough."""
    return f"{cluster.spelled} (in {cluster.units[0].article.iri})" if "#" in cluster.name else cluster.spelled


def _former_names(articles: Sequence[ArticleNode], clusters: Clusters) -> Iterator[tuple[Candidate, Merge]]:
    for article in sorted(articles, key=lambda one: one.order):
        for naming in article.chosen.facts.namings:
            old = clusters.of_place.get((article.iri, name_key(naming.name)))
            new = clusters.of_place.get((article.iri, name_key(naming.same_as)))
            if naming.rule == "former_name" and old and new:
                merge = Merge(naming.name, naming.rule, article.iri, naming.start, naming.end, f"now {naming.same_as}")
                yield Candidate(old, new, naming.rule), merge


def _short_forms(
    said: Mapping[str, Sequence[_Said]], clusters: Clusters, moved: Mapping[Place, Place], joiner: _Joiner
) -> Iterator[tuple[Candidate, Merge]]:
    """Join a short name that stands alone to the full name that other articles use it for, where that is one company only."""
    uses: dict[str, dict[str, Merge]] = defaultdict(dict)
    for article in sorted(said):
        for one in said[article]:
            place = _end(moved, (article, one.full))
            if one.short in clusters.of_key and place in clusters.of_place:
                uses[one.short].setdefault(clusters.of_place[place], one.merge)
    for short, fulls in sorted(uses.items()):
        for name in clusters.of_key[short]:
            if clusters.all[name].listed:
                continue
            full = joiner.best(name, {clusters.find(other) for other in fulls} - {clusters.find(name)})
            if full:
                merge = next(merge for other, merge in sorted(fulls.items()) if clusters.find(other) == full)
                yield Candidate(name, full, merge.rule, weak=True), merge


def _looked_up(clusters: Clusters, lexicon: Lexicon) -> Iterator[Candidate]:
    """Find candidates among the names by look-up; names of several companies only join by what sets them apart."""
    single = {key: names[0] for key, names in clusters.of_key.items() if len(names) == 1}
    spelled = {key: clusters.all[name].spelled for key, name in single.items()}
    tickers = {name: one.profile.tickers for name, one in clusters.all.items() if one.profile.tickers}
    yield from by_ticker(tickers, {name: one.spelled for name, one in clusters.all.items()})
    yield from by_digraph(spelled)
    ordinary = frozenset(key for key in single if least_against(key, "", lexicon) == ORDINARY)
    yield from by_tail(spelled, ordinary)
    told = {key: len(clusters.all[name].units) for key, name in single.items()}
    yield from by_typing_error(spelled, told, frozenset(key for key, name in single.items() if clusters.all[name].listed))


class _Joiner:
    """Joins clusters where nothing speaks against it, and asks where something does."""

    def __init__(self, clusters: Clusters, lexicon: Lexicon, questions: list[Question]) -> None:
        self._clusters = clusters
        self._lexicon = lexicon
        self._questions = questions
        self._hanging: set[str] = set()
        self._bearing: set[str] = set()

    def join(self, candidate: Candidate, merge: Merge) -> None:
        """Join the clusters of a candidate, or ask."""
        clusters = self._clusters
        one, other = clusters.all[candidate.name], clusters.all[candidate.other]
        if clusters.find(one.name) == clusters.find(other.name) or clusters.must_differ(one.name, other.name):
            return
        why = self._refused(one, other, candidate)
        if why:
            self._questions.append(Question("same", _named(one), _named(other), candidate.rule, why, len(one.units)))
            return
        if candidate.weak:
            self._hanging.add(one.name)
            self._bearing.add(other.name)
        clusters.join(one.name, other.name, merge)

    def _refused(self, one: Cluster, other: Cluster, candidate: Candidate) -> str:
        """Say why two clusters are not joined, or give an empty text."""
        clusters = self._clusters
        first, second = clusters.listed(one.name), clusters.listed(other.name)
        if first and second and first != second and candidate.rule != "former_name":
            return f"listed apart: {', '.join(sorted(first | second))}"
        if candidate.weak and (other.name in self._hanging or one.name in self._bearing or one.name in self._hanging):
            return "would be a chain of weak reasons"
        mine, theirs = clusters.profile(one.name), clusters.profile(other.name)
        if candidate.rule != "former_name" and against(mine, theirs) >= self._least(one, other):
            return reasons(mine, theirs)
        return ""

    def _least(self, one: Cluster, other: Cluster) -> float:
        return min(least_against(cluster.key, cluster.listed, self._lexicon) for cluster in (one, other))

    def best(self, name: str, fulls: set[str]) -> str:
        """Choose the company that a short name stands for: the one that fits, or fits best; an ordinary word needs a sign."""
        clusters = self._clusters
        cluster, mine = clusters.all[name], clusters.profile(name)
        least = least_against(cluster.key, cluster.listed, self._lexicon)
        fits = {full: affinity(mine, clusters.profile(full)) for full in fulls if against(mine, clusters.profile(full)) < least}
        if least == ORDINARY:
            fits = {full: score for full, score in fits.items() if score}
        if len(fits) > 1:
            most = max(fits.values())
            fits = {full: score for full, score in fits.items() if score == most and most > 0}
        if len(fits) == 1 and len(fulls) > 1 and not next(iter(fits.values())):
            return ""
        return next(iter(fits)) if len(fits) == 1 else ""
