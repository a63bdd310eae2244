"""Companies: the units that are one, what each company is called, and which weak finds the corpus proves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from newsgraph.core.company_names import name_key, strip_legal_form
from newsgraph.core.iris import slug
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import ACCEPTED, Mention
from newsgraph.decisions.decision import NO_DECISIONS, Decisions
from newsgraph.decisions.stable_iris import NO_IRIS, KeptIris
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.clustering import CompanyClustering, cluster_companies
from newsgraph.resolve.companies.company_clusters import ClusterMerge, MergeQuestion
from newsgraph.resolve.companies.link_constraints import DECISION
from newsgraph.resolve.companies.mention_groups import MentionGroup, merge_profiles
from newsgraph.resolve.iri_assignment import AssignedIris, Replaced, assign_iris

PROVEN = 0.75  # a mention as sure as this, and sure enough to stand by itself, proves a name for the corpus
PROVEN_IN = 2  # articles that must prove a name before weak mentions of it count
MOST = 0.99  # nothing that was inferred is certain
_SHOUTED = 5  # longer names in capitals are shouted, shorter ones are acronyms


@dataclass(frozen=True, slots=True)
class CompanyNode:
    """One company and its mentions, each with the IRI of its article."""

    iri: str
    name: str
    aliases: tuple[str, ...]
    tickers: tuple[str, ...]
    legal_name: str
    lei: str
    wikidata: str
    domain: str
    parent: str  # a name
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    confidence: float
    rule: str
    mentions: tuple[tuple[str, Mention], ...]
    merges: tuple[ClusterMerge, ...]
    members: tuple[str, ...]  # what names it in a file of kept IRIs


@dataclass(frozen=True, slots=True)
class Companies:
    """All companies, sorted by IRI, and the way from an article's own name for one to its IRI."""

    nodes: tuple[CompanyNode, ...]
    places: Mapping[tuple[str, str], str]  # (article, folded name) -> IRI
    meant: Mapping[str, frozenset[str]]  # folded name -> IRIs of the companies that have it
    questions: tuple[MergeQuestion, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    used: frozenset[tuple[str, ...]] = field(default=frozenset())  # decisions that something was there for
    clashing: frozenset[tuple[str, ...]] = field(default=frozenset())  # decisions that cannot hold beside others

    def iri(self, name: str | None, article: str = "") -> str | None:
        """Find the company that a name stands for, in an article or wherever the name is one company only."""
        if not name:
            return None
        key = name_key(name)
        if article:
            return self.places.get((article, key))
        found = self.meant.get(key, frozenset())
        return next(iter(found)) if len(found) == 1 else None


def sureness(confidences: Iterable[float]) -> float:
    """Put independent evidence together: the chance that not all of it is wrong, at most `MOST`."""
    wrong = 1.0
    for confidence in confidences:
        wrong *= 1 - confidence
    return round(min(1 - wrong, MOST), 2)


def resolve_companies(
    articles: Sequence[ArticleNode], lexicon: Lexicon, base: str, threshold: float = ACCEPTED,
    decisions: Decisions = NO_DECISIONS, kept_iris: KeptIris = NO_IRIS,
) -> Companies:  # fmt: skip
    """Put the units of all articles together by company; a mention as sure as `threshold` stands by itself."""
    grouping = cluster_companies(articles, lexicon, decisions)
    groups = [_Group(units, strong) for units in grouping.groups if (strong := _accepted(units, threshold))]
    told = [_told_name(group) for group in groups]
    order = sorted(range(len(groups)), key=lambda at: (slug(told[at]), groups[at].first, groups[at].units[0].place))
    groups, told = [groups[at] for at in order], [told[at] for at in order]
    names = [_name(group, name, grouping) for group, name in zip(groups, told, strict=True)]
    owners = _owners(groups)
    # A decided name is for people; the IRI comes of the name that texts give, so that renaming moves nothing.
    slugs = [slug(name) for name in told]
    named = assign_iris("company", [f"{base}company/{part}" for part in slugs], kept_iris, _holders(groups, kept_iris))
    nodes = [_company(iri, name, group, owners, grouping, lexicon) for iri, name, group in zip(named.iris, names, groups, strict=True)]
    places, meant = _ways(groups, named.iris, owners)
    return Companies(
        tuple(sorted(nodes, key=lambda node: node.iri)), places, meant, grouping.questions, (*named.replaced, *_joined(nodes, named, base)),
        grouping.used, grouping.clashing,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """The units of one company and those of its mentions that count."""

    units: tuple[MentionGroup, ...]
    found: tuple[tuple[ArticleNode, Mention], ...]

    @property
    def first(self) -> tuple[object, ...]:
        """Give when it was first named."""
        return min(article.order for article, _ in self.found)


def _joined(nodes: Sequence[CompanyNode], named: AssignedIris, base: str) -> list[Replaced]:
    """Lead the IRIs that companies would have had before people joined them to the one that they have now."""
    taken = {*named.iris, *(one.old for one in named.replaced)}
    found = {}
    for node in nodes:
        for merge in node.merges:
            old = f"{base}company/{slug(merge.name)}"
            if merge.rule == DECISION and old not in taken:
                found[old] = Replaced(old, node.iri, "company", DECISION)
    return [found[old] for old in sorted(found)]


def _accepted(units: Sequence[MentionGroup], threshold: float) -> tuple[tuple[ArticleNode, Mention], ...]:
    """Keep sure mentions; keep weak ones too where several articles prove the name."""
    found = [(unit.article, mention) for unit in units for mention in unit.mentions]
    proving = {article.iri for article, mention in found if mention.confidence >= max(PROVEN, threshold)}
    least = 0.0 if len(proving) >= PROVEN_IN else threshold
    return tuple((article, mention) for article, mention in found if mention.confidence >= least)


def _name(group: _Group, told: str, grouping: CompanyClustering) -> str:
    decided = {grouping.renamed[unit.place] for unit in group.units if unit.place in grouping.renamed} if grouping.renamed else ()
    return min(decided) if decided else told


def _told_name(group: _Group) -> str:
    known = Counter(mention.known for _, mention in group.found if mention.known)
    if known:
        return min(known, key=lambda name: (-known[name], name))
    names: Counter[str] = Counter()
    for name, count in Counter(mention.name for _, mention in group.found).items():
        names[strip_legal_form(name)] += count
    return min(names, key=lambda name: (name.isupper() and len(name) > _SHOUTED, -names[name], name.isupper(), name))


def _owners(groups: Sequence[_Group]) -> dict[str, list[int]]:
    """Give for each folded name the groups that have it."""
    owners: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for key in sorted({unit.key for unit in group.units}):
            owners[key].append(number)
    return owners


def _member(unit: MentionGroup) -> str:
    return f"{unit.key}@{unit.article.iri.rpartition('/')[2]}"


def _holders(groups: Sequence[_Group], kept: KeptIris) -> Callable[[str], Mapping[int, int]]:
    """Make the look-up of a file of kept IRIs: which groups hold a member of it, and how many units of it.

    Units in articles that the former build had come first: a namesake in new articles, however many, takes no IRI away.
    """
    if not kept.members.get("company"):
        return lambda _: {}
    known = {article for articles in kept.members.get("story", {}).values() for article in articles}
    keys: dict[str, Counter[int]] = defaultdict(Counter)
    old: dict[str, Counter[int]] = defaultdict(Counter)
    units: dict[str, int] = {}
    for number, group in enumerate(groups):
        for unit in group.units:
            keys[unit.key][number] += 1
            units[_member(unit)] = number
            if unit.article.iri.rpartition("/")[2] in known:
                old[unit.key][number] += 1
    return lambda member: {units[member]: 1} if member in units else (old if member in old else keys).get(member, {})


def _ways(
    groups: Sequence[_Group], iris: Sequence[str], owners: Mapping[str, Sequence[int]]
) -> tuple[dict[tuple[str, str], str], dict[str, frozenset[str]]]:
    """Lead the names that articles use to IRIs; a name of its own comes before one that a list gives to another."""
    kept = [{article.iri for article, _ in group.found} for group in groups]
    own = {
        unit.place: iri
        for iri, group, articles in zip(iris, groups, kept, strict=True)
        for unit in group.units
        if unit.article.iri in articles
    }
    given: dict[tuple[str, str], str] = {}
    for iri, group in zip(iris, groups, strict=True):
        for article, mention in group.found:
            given.setdefault((article.iri, name_key(mention.name)), iri)
    listed = {
        (unit.article.iri, key): iri for iri, group in zip(iris, groups, strict=True) for unit in group.units for key in unit.listed_as
    }
    meant: dict[str, set[str]] = {key: {iris[number] for number in numbers} for key, numbers in owners.items()}
    for (_, key), iri in given.items():
        meant.setdefault(key, set()).add(iri)
    return listed | given | own, {key: frozenset(found) for key, found in meant.items()}


def _company(
    iri: str, name: str, group: _Group, owners: Mapping[str, Sequence[int]], grouping: CompanyClustering, lexicon: Lexicon,
) -> CompanyNode:  # fmt: skip
    found, keys = group.found, sorted({unit.key for unit in group.units})
    known = {mention.known for _, mention in found if mention.known}
    entry = next((entry for one in sorted(known, key=lambda one: (one != name, one)) if (entry := lexicon.companies.get(one))), None)
    entry = entry or (lexicon.company(name) if keys == [name_key(name)] and len(owners[keys[0]]) == 1 else None)
    entry = None if any(unit.listed_as for unit in group.units) else entry  # decided: it is not what lists have it for
    best = max((mention for _, mention in found), key=lambda mention: (mention.confidence, mention.rule))
    told = Counter(mention.text for _, mention in found)
    texts = {strip_legal_form(text) for text in told} | told.keys()
    spelled = {text.rstrip(".,") for text in texts} - {name}
    # a listed alias that is the name of another company here is none of this one
    listed = {alias for alias in entry.aliases if name_key(alias) in keys or name_key(alias) not in owners} if entry else set()
    legal = {text: count for text, count in told.items() if strip_legal_form(text) != text and name_key(text) == name_key(name)}
    by_article: dict[str, float] = {}
    for article, mention in found:
        by_article[article.iri] = max(by_article.get(article.iri, 0.0), mention.confidence)
    profile = merge_profiles(unit.profile for unit in group.units)
    split = [unit for unit in group.units if len(owners[unit.key]) > 1]
    return CompanyNode(
        iri=iri,
        name=name,
        aliases=tuple(sorted(spelled | listed - {name})),
        tickers=tuple(sorted(profile.tickers or (entry.tickers if entry else ()))),  # a text names those that matter to it
        legal_name=min(legal, key=lambda text: (-legal[text], text)) if legal else "",
        lei=entry.lei if entry else "",
        wikidata=entry.wikidata if entry else "",
        domain=entry.domain if entry else "",
        parent=entry.parent if entry else "",
        countries=tuple(sorted(profile.countries)),
        sectors=tuple(sorted(profile.sectors)),
        confidence=sureness(by_article.values()),
        rule=best.rule,
        mentions=tuple((article.iri, mention) for article, mention in found),
        merges=tuple(
            merge
            for key in sorted({unit.place for unit in group.units})
            for merge in grouping.merges.get(key, ())
            if (merge.name, merge.rule) != (name, DECISION)
        ),
        members=tuple(sorted({key for key in keys if len(owners[key]) == 1} | {_member(unit) for unit in split})),
    )
