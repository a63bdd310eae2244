"""Which names are one company, which weak finds the corpus proves, and what each company is called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsgraph.company_names import name_key, strip_legal_form
from newsgraph.identity import numbered, slug
from newsgraph.lexicon import Lexicon
from newsgraph.model import ACCEPTED, Kind, Mention
from newsgraph.resolve.articles import ArticleNode
from newsgraph.resolve.groups import Groups

PROVEN = 0.75  # a mention as sure as this, and sure enough to stand by itself, proves a name for the corpus
PROVEN_IN = 2  # articles that must prove a name before weak mentions of it count
MOST = 0.99  # nothing that was inferred is certain


@dataclass(frozen=True, slots=True)
class Merge:
    """Why a name was taken for a company: the rule, and the article that showed it (empty where a list says so)."""

    name: str
    rule: str
    article: str


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
    confidence: float
    rule: str
    mentions: tuple[tuple[str, Mention], ...]
    merges: tuple[Merge, ...]


@dataclass(frozen=True, slots=True)
class Companies:
    """All companies, sorted by IRI, and the way from an article's own name for one to its IRI."""

    nodes: tuple[CompanyNode, ...]
    iris: dict[str, str]  # name key -> IRI

    def iri(self, name: str | None) -> str | None:
        """Find the company that a mention's name stands for, if it was accepted."""
        return self.iris.get(name_key(name)) if name else None


def sureness(confidences: Iterable[float]) -> float:
    """Put independent evidence together: the chance that not all of it is wrong, at most `MOST`."""
    wrong = 1.0
    for confidence in confidences:
        wrong *= 1 - confidence
    return round(min(1 - wrong, MOST), 2)


def resolve_companies(articles: Sequence[ArticleNode], lexicon: Lexicon, base: str, threshold: float = ACCEPTED) -> Companies:
    """Group the company mentions of all articles by company; a mention as sure as `threshold` stands by itself."""
    groups, merges = _grouped(articles, lexicon)
    mentions: dict[str, list[tuple[ArticleNode, Mention]]] = defaultdict(list)
    for article in articles:
        for mention in article.chosen.facts.mentions:
            if mention.kind is Kind.COMPANY:
                mentions[groups.find(name_key(mention.name))].append((article, mention))
    kept = {key: strong for key, found in mentions.items() if (strong := _accepted(found, threshold))}
    names = {key: _name(found) for key, found in kept.items()}
    iris = _iris(kept, names, base)
    tickers = _tickers(articles, groups)
    nodes = [_company(iris[key], names[key], kept[key], tickers.get(key, set()), merges.get(key, ()), lexicon) for key in kept]
    keys = {name_key(mention.name): iris[key] for key, found in kept.items() for _, mention in found}
    return Companies(tuple(sorted(nodes, key=lambda node: node.iri)), keys)


def _grouped(articles: Sequence[ArticleNode], lexicon: Lexicon) -> tuple[Groups[str], dict[str, tuple[Merge, ...]]]:
    """Join names that articles say are one, where all articles that say so agree on the full name."""
    said: dict[str, dict[str, tuple[str, str, str]]] = defaultdict(dict)
    spelled: dict[str, set[str]] = defaultdict(set)
    for article in sorted(articles, key=lambda one: one.order):
        for naming in article.chosen.facts.namings:
            said[name_key(naming.name)].setdefault(name_key(naming.same_as), (naming.name, naming.rule, article.iri))
        for mention in article.chosen.facts.mentions:
            if mention.kind is Kind.COMPANY:
                spelled[name_key(mention.name)].add(mention.name)
    groups: Groups[str] = Groups(sorted(spelled))
    merges: dict[str, list[Merge]] = defaultdict(list)
    for short, fulls in sorted(said.items()):
        listed = any(lexicon.company(name) for name in spelled.get(short, ()))
        if len(fulls) == 1 and not listed and short in spelled:
            full, (name, rule, article_iri) = next(iter(fulls.items()))
            groups.join(full, short)
            merges[full].append(Merge(name, rule, article_iri))
    return groups, {groups.find(key): tuple(found) for key, found in merges.items()}


def _accepted(found: list[tuple[ArticleNode, Mention]], threshold: float) -> list[tuple[ArticleNode, Mention]]:
    """Keep sure mentions; keep weak ones too where several articles prove the name."""
    proving = {article.iri for article, mention in found if mention.confidence >= max(PROVEN, threshold)}
    least = 0.0 if len(proving) >= PROVEN_IN else threshold
    return [(article, mention) for article, mention in found if mention.confidence >= least]


def _name(found: list[tuple[ArticleNode, Mention]]) -> str:
    known = Counter(mention.known for _, mention in found if mention.known)
    if known:
        return min(known, key=lambda name: (-known[name], name))
    names = Counter(strip_legal_form(mention.name) for _, mention in found)
    return min(names, key=lambda name: (name.isupper() and len(name) > 5, -names[name], name))  # noqa: PLR2004 - longer capitals are shouting


def _iris(kept: dict[str, list[tuple[ArticleNode, Mention]]], names: dict[str, str], base: str) -> dict[str, str]:
    """Give readable IRIs; names that share one are numbered in the order in which they were first published."""
    first = {key: min(article.order for article, _ in found) for key, found in kept.items()}
    ordered = sorted(kept, key=lambda key: (slug(names[key]), first[key], key))
    slugs = numbered([slug(names[key]) for key in ordered])
    return {key: f"{base}company/{part}" for key, part in zip(ordered, slugs, strict=True)}


def _tickers(articles: Sequence[ArticleNode], groups: Groups[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        for mention in article.chosen.facts.mentions:
            if mention.kind is Kind.TICKER:
                found[groups.find(name_key(mention.detail))].add(mention.name)
    return found


def _company(
    iri: str, name: str, found: list[tuple[ArticleNode, Mention]], tickers: set[str], merges: Sequence[Merge], lexicon: Lexicon,
) -> CompanyNode:  # fmt: skip
    entry = lexicon.company(name)
    best = max((mention for _, mention in found), key=lambda mention: (mention.confidence, mention.rule))
    texts = {strip_legal_form(mention.text) for _, mention in found} | {mention.text for _, mention in found}
    spelled = {text.rstrip(".,") for text in texts} - {name}
    legal = Counter(
        mention.text for _, mention in found if strip_legal_form(mention.text) != mention.text and name_key(mention.text) == name_key(name)
    )
    by_article: dict[str, float] = {}
    for article, mention in found:
        by_article[article.iri] = max(by_article.get(article.iri, 0.0), mention.confidence)
    return CompanyNode(
        iri=iri,
        name=name,
        aliases=tuple(sorted(spelled | (set(entry.aliases) if entry else set()) - {name})),
        tickers=tuple(sorted(tickers or (entry.tickers if entry else ()))),  # a text names those that matter to it
        legal_name=min(legal, key=lambda text: (-legal[text], text)) if legal else "",
        lei=entry.lei if entry else "",
        wikidata=entry.wikidata if entry else "",
        domain=entry.domain if entry else "",
        parent=entry.parent if entry else "",
        confidence=sureness(by_article.values()),
        rule=best.rule,
        mentions=tuple((article.iri, mention) for article, mention in found),
        merges=tuple(merges),
    )
