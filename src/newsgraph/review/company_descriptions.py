"""How articles name the companies of a graph, and by which of these names a decision finds a company again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsgraph.core.company_names import name_key, strip_legal_form
from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.decision import NamedThing
from newsgraph.review.review_question import Span


@dataclass(frozen=True, slots=True)
class DescribedName:
    """One mention: where it stands and its words."""

    span: Span
    text: str

    @property
    def key(self) -> str:
        """Give the folded words."""
        return name_key(self.text)


@dataclass(frozen=True)
class CompanyWords:
    """The names of companies (IRIs).

    `holders` gives for each folded name the companies that have it as a name of their own, and `split` the articles in which
    a name that several companies share means each; `mentions` are in order of publication; `links` gives articles by link or
    IRI, as decisions name them.
    """

    names: Mapping[str, str]
    mentions: Mapping[str, tuple[DescribedName, ...]]
    holders: Mapping[str, tuple[str, ...]]
    split: Mapping[str, Mapping[str, tuple[str, ...]]]
    links: Mapping[str, str]
    addresses: Mapping[str, str]

    def keys(self, company: str) -> frozenset[str]:
        """Give the folded names that a company has as its own."""
        return frozenset(key for key, companies in self._keys_of(company) if company in companies)

    def _keys_of(self, company: str) -> Iterable[tuple[str, tuple[str, ...]]]:
        candidates = {name_key(self.names[company]), *(told.key for told in self.mentions.get(company, ()))}
        return ((key, self.holders.get(key, ())) for key in sorted(candidates))

    def spellings(self, company: str) -> list[str]:
        """Give the spellings of a company that are names of its own, without legal forms, its label first, then the most used."""
        keys, label = self.keys(company), self.names[company]
        counts = Counter(strip_legal_form(told.text) for told in self.mentions.get(company, ()) if told.key in keys)
        if name_key(label) in keys:
            counts[label] += 0
        return sorted(counts, key=lambda text: (text != label, -counts[text], text))

    def named(self, company: str, name: str = "") -> NamedThing:
        """Name a company as a decision does, by a spelling of it; with the link of an article where others have that name too."""
        spelled = name or next(iter(self.spellings(company)), self.names[company])
        articles = self.split.get(name_key(spelled), {}).get(company, ())
        return NamedThing(spelled, self.addresses[articles[0]] if articles else "")

    def told(self, company: str, key: str = "") -> list[DescribedName]:
        """Give the mentions of a company by a folded name of it, or all."""
        return [told for told in self.mentions.get(company, ()) if not key or told.key == key]


def company_words(graph: GraphTables) -> CompanyWords:
    """Look up how the companies of a graph are named."""
    dated = graph["articles"].select("iri", "url", "published").sort("published", "iri", nulls_last=True)
    order = {iri: number for number, iri in enumerate(dated["iri"])}
    mentions: dict[str, list[DescribedName]] = defaultdict(list)
    for article, company, start, end, text in graph["mentions"].select("article", "company", "start", "end", "text").iter_rows():
        mentions[company].append(DescribedName((article, start, end), text))
    names = dict(graph["companies"].select("iri", "name").iter_rows())
    holders, split = _members(graph, names, order)
    addresses = {iri: url or iri for iri, url in dated.select("iri", "url").iter_rows()}
    links = {url: iri for iri, url in addresses.items()} | {iri: iri for iri in addresses}
    return CompanyWords(
        names,
        {company: tuple(sorted(told, key=lambda one: (order[one.span[0]], one.span[1]))) for company, told in mentions.items()},
        holders,
        split,
        {url: article for article, url in graph["aliases"].select("article", "url").iter_rows()} | links,
        addresses,
    )


def _members(
    graph: GraphTables, names: Mapping[str, str], order: Mapping[str, int]
) -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, tuple[str, ...]]]]:
    """Read what table `members` says of names: `key`, or `key@article` where several companies have the name."""
    holders: dict[str, set[str]] = defaultdict(set)
    split: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    articles = {iri.rpartition("/")[2]: iri for iri in order}
    for kind, company, member in graph["members"].select("kind", "iri", "member").iter_rows():
        if kind == "company" and company in names:
            key, _, tail = (member or "").rpartition("@")
            if tail in articles and key:
                split[key][company].append(articles[tail])
                holders[key].add(company)
            else:
                holders[member or ""].add(company)
    return (
        {key: tuple(sorted(companies)) for key, companies in holders.items()},
        {
            key: {company: tuple(sorted(found, key=lambda iri: order[iri])) for company, found in companies.items()}
            for key, companies in split.items()
        },
    )
