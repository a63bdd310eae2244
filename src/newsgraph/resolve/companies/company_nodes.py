"""Company nodes: what each company is called, its IRI and data, and which weak mentions the corpus confirms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from newsgraph.core.company_names import is_acronym, name_key, strip_legal_form
from newsgraph.core.iris import slug
from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import ACCEPTED, Mention
from newsgraph.core.renamings import RENAMED, former_names_used, name_of_day
from newsgraph.decisions.decision import DECISION, NO_DECISIONS, Decisions
from newsgraph.decisions.stable_iris import NO_IRIS, KeptIris
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.article_context import FORMER
from newsgraph.resolve.companies.clustering import CompanyClustering, cluster_companies
from newsgraph.resolve.companies.company_clusters import ClusterMerge, MergeQuestion
from newsgraph.resolve.companies.company_parts import company_parts, natural_iri
from newsgraph.resolve.companies.mention_groups import GroupId, MentionGroup, merge_profiles
from newsgraph.resolve.companies.name_wording import ABBREVIATION
from newsgraph.resolve.corroboration import combined_confidence
from newsgraph.resolve.iri_assignment import AssignedIris, Replaced, assign_iris

PROVEN = 0.75  # a mention of this confidence, if it also reaches the threshold, confirms a name for the corpus
PROVEN_IN = 2  # articles that must confirm a name before its weak mentions count
_RARER = 10  # a name that is so many times rarer than its initials does not take their place
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
    isins: tuple[str, ...]
    cik: str
    wikidata: str
    domain: str
    parent: str  # a name
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    confidence: float
    rule: str
    mentions: tuple[tuple[str, Mention], ...]
    merges: tuple[ClusterMerge, ...]


@dataclass(frozen=True, slots=True)
class Companies:
    """All companies, sorted by IRI, and their names.

    `in_articles` maps each name (folded) in each article to the IRI of its company, `by_name` each folded name to the IRIs of the
    companies that have it.
    """

    nodes: tuple[CompanyNode, ...]
    in_articles: Mapping[GroupId, str]
    by_name: Mapping[str, frozenset[str]]
    questions: tuple[MergeQuestion, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of each IRI, in a file of kept IRIs
    used: frozenset[tuple[str, ...]] = field(default=frozenset())  # decisions that apply to something
    clashing: frozenset[tuple[str, ...]] = field(default=frozenset())  # decisions that contradict others


def resolve_companies(
    articles: Sequence[ArticleNode], lexicon: Lexicon, base: str, threshold: float = ACCEPTED,
    decisions: Decisions = NO_DECISIONS, kept_iris: KeptIris = NO_IRIS, day: date | None = None,
) -> Companies:  # fmt: skip
    """Make one node of each company; a mention counts alone if its confidence reaches `threshold`.

    A company has its newest name, or that of a `day`.
    """
    clustering = cluster_companies(articles, lexicon, decisions)
    companies = [_Company(groups, mentions) for groups in clustering.companies if (mentions := _accepted(groups, threshold))]
    text_names = [_name_in_texts(company, clustering) for company in companies]
    order = sorted(range(len(companies)), key=lambda at: (slug(text_names[at]), companies[at].first, companies[at].groups[0].group_id))
    companies, text_names = [companies[at] for at in order], [text_names[at] for at in order]
    names = [_name(company, name, clustering, day) for company, name in zip(companies, text_names, strict=True)]
    owners = _owners(companies)
    # A decided name is for people; the IRI is made of the name in the texts, so that renaming moves nothing.
    slugs = [slug(name) for name in text_names]
    parts = company_parts([company.groups for company in companies], clustering.merges, base, kept_iris)
    assigned = assign_iris("company", [f"{base}company/{part}" for part in slugs], kept_iris, parts)
    nodes = [
        _node(iri, name, company, owners, clustering, lexicon)
        for iri, name, company in zip(assigned.iris, names, companies, strict=True)
    ]  # fmt: skip
    in_articles, by_name = _names(companies, assigned.iris, owners)
    return Companies(
        tuple(sorted(nodes, key=lambda node: node.iri)), in_articles, by_name, clustering.questions,
        (*assigned.replaced, *_replaced_by_decisions(companies, clustering, assigned, base)), assigned.members, clustering.used, clustering.clashing,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Company:
    """The mention groups of one company, and those of its mentions that count, each with its article."""

    groups: tuple[MentionGroup, ...]
    mentions: tuple[tuple[ArticleNode, Mention], ...]

    @property
    def first(self) -> tuple[object, ...]:
        """Return the order of the first article that mentions it."""
        return min(article.order for article, _ in self.mentions)


def _replaced_by_decisions(
    companies: Sequence[_Company], clustering: CompanyClustering, assigned: AssignedIris, base: str
) -> list[Replaced]:
    """Lead the IRIs that companies would have if people had not merged them to the IRI that they have now.

    So does the IRI of the name that a merged company has, if that kept the IRI of another one of its names.
    """
    taken = {*assigned.iris, *(replaced.old for replaced in assigned.replaced)}
    by_old = {}
    for iri, company in sorted(zip(assigned.iris, companies, strict=True), key=itemgetter(0)):
        for group_id in sorted({group.group_id for group in company.groups}):
            for merge in clustering.merges.get(group_id, ()):
                old = natural_iri(merge.name, base)
                if merge.rule == DECISION and old not in taken:
                    by_old[old] = Replaced(old, iri, "company", DECISION)
    return [by_old[old] for old in sorted(by_old)]


def _accepted(groups: Sequence[MentionGroup], threshold: float) -> tuple[tuple[ArticleNode, Mention], ...]:
    """Return the mentions above the threshold, and the weak ones too if several articles confirm the name."""
    mentions = [(group.article, mention) for group in groups for mention in group.mentions]
    confirming = {article.iri for article, mention in mentions if mention.confidence >= max(PROVEN, threshold)}
    least = 0.0 if len(confirming) >= PROVEN_IN else threshold
    return tuple((article, mention) for article, mention in mentions if mention.confidence >= least)


def _name(company: _Company, text_name: str, clustering: CompanyClustering, day: date | None) -> str:
    names = clustering.names
    decided = {names[group.group_id] for group in company.groups if group.group_id in names} if names else ()
    if decided or day is None:
        return min(decided) if decided else text_name
    return name_of_day(text_name, former_names_used(text_name, {mention.text for _, mention in company.mentions}), day)


def _name_in_texts(company: _Company, clustering: CompanyClustering) -> str:
    """Return the listed name, else the one that most mentions have of those that no article calls a former name.

    Initials that texts write out now and then give way to the name that they stand for: FCW to Fjordmark Cable Works.
    Of two that as many mentions have it is not the one with an abbreviated word.
    """
    known = Counter(mention.known for _, mention in company.mentions if mention.known)
    if known:
        return min(known, key=lambda name: (-known[name], name))
    names: Counter[str] = Counter()
    for name, count in Counter(mention.name for _, mention in company.mentions).items():
        names[strip_legal_form(name)] += count
    merges = [merge for group in company.groups for merge in clustering.merges.get(group.group_id, ())]
    former, short = ({name_key(merge.name) for merge in merges if merge.rule == rule} for rule in (FORMER, ABBREVIATION))
    newest = [name for name in names if name_key(name) not in former] or list(names)
    newest = [name for name in newest if not _is_written_out(name, newest, names)]
    return min(
        newest, key=lambda name: (name.isupper() and len(name) > _SHOUTED, -names[name], name_key(name) in short, name.isupper(), name)
    )


def _is_written_out(name: str, others: Collection[str], counts: Mapping[str, int]) -> bool:
    """Return whether a name is the initials of another one of the company that is not much rarer."""
    long = (other.split() for other in others if counts[other] * _RARER >= counts[name])
    return any(name not in words and max(map(len, words)) > 1 < len(words) and is_acronym(name, words) for words in long)


def _owners(companies: Sequence[_Company]) -> dict[str, list[int]]:
    """Return the companies (numbers) that have each folded name."""
    owners: dict[str, list[int]] = defaultdict(list)
    for number, company in enumerate(companies):
        for key in sorted({group.key for group in company.groups}):
            owners[key].append(number)
    return owners


def _names(
    companies: Sequence[_Company], iris: Sequence[str], owners: Mapping[str, Sequence[int]]
) -> tuple[dict[GroupId, str], dict[str, frozenset[str]]]:
    """Map the names that articles use to IRIs; the name of a mention group has priority over one that a list gives to another company."""
    accepted = [{article.iri for article, _ in company.mentions} for company in companies]
    own = {
        group.group_id: iri
        for iri, company, articles in zip(iris, companies, accepted, strict=True)
        for group in company.groups
        if group.article.iri in articles
    }
    mentioned: dict[GroupId, str] = {}
    for iri, company in zip(iris, companies, strict=True):
        for article, mention in company.mentions:
            mentioned.setdefault((article.iri, name_key(mention.name)), iri)
    listed = {
        (group.article.iri, key): iri
        for iri, company in zip(iris, companies, strict=True)
        for group in company.groups
        for key in group.listed_as
    }  # fmt: skip
    by_name: dict[str, set[str]] = {key: {iris[number] for number in numbers} for key, numbers in owners.items()}
    for (_, key), iri in mentioned.items():
        by_name.setdefault(key, set()).add(iri)
    return listed | mentioned | own, {key: frozenset(owner_iris) for key, owner_iris in by_name.items()}


def _node(
    iri: str, name: str, company: _Company, owners: Mapping[str, Sequence[int]], clustering: CompanyClustering, lexicon: Lexicon,
) -> CompanyNode:  # fmt: skip
    mentions, keys = company.mentions, sorted({group.key for group in company.groups})
    known = {mention.known for _, mention in mentions if mention.known}
    by_priority = sorted(known, key=lambda listed: (listed != name, listed))
    entry = next((entry for listed in by_priority if (entry := lexicon.companies.get(listed))), None)
    entry = entry or (lexicon.company(name) if keys == [name_key(name)] and len(owners[keys[0]]) == 1 else None)
    entry = None if any(group.listed_as for group in company.groups) else entry  # people decided that it is not the listed company
    best = max((mention for _, mention in mentions), key=lambda mention: (mention.confidence, mention.rule))
    texts = Counter(mention.text for _, mention in mentions)
    spelled = {text.rstrip(".,") for text in {strip_legal_form(text) for text in texts} | texts.keys()} - {name}
    # a listed alias that is the name of another company in this graph does not belong to this one
    listed = {alias for alias in entry.aliases if name_key(alias) in keys or name_key(alias) not in owners} if entry else set()
    legal = {text: count for text, count in texts.items() if strip_legal_form(text) != text and name_key(text) == name_key(name)}
    by_article: dict[str, float] = {}
    for article, mention in mentions:
        by_article[article.iri] = max(by_article.get(article.iri, 0.0), mention.confidence)
    profile = merge_profiles(group.profile for group in company.groups)
    former = former_names_used(entry.name, texts) if entry else ()
    return CompanyNode(
        iri=iri,
        name=name,
        aliases=tuple(sorted(spelled | listed - {name})),
        tickers=tuple(sorted(profile.tickers or (entry.tickers if entry else ()))),  # a text gives the tickers that matter to it
        legal_name=min(legal, key=lambda text: (-legal[text], text)) if legal else "",
        lei=entry.lei if entry else "",
        isins=tuple(sorted(entry.isins)) if entry else (),
        cik=entry.cik if entry else "",
        wikidata=entry.wikidata if entry else "",
        domain=entry.domain if entry else "",
        parent=entry.parent if entry else "",
        countries=tuple(sorted(profile.countries)),
        sectors=tuple(sorted(profile.sectors)),
        confidence=combined_confidence(by_article.values()),
        rule=best.rule,
        mentions=tuple((article.iri, mention) for article, mention in mentions),
        merges=tuple(ClusterMerge(old.name, RENAMED, "", note=old.note) for old in former)
        + tuple(
            merge
            for group_id in sorted({group.group_id for group in company.groups})
            for merge in clustering.merges.get(group_id, ())
            if (merge.name, merge.rule) != (name, DECISION)
        ),
    )
