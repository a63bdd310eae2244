"""How articles name the companies of a graph, and by which of these names a decision finds a company again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from newsgraph.core.company_names import name_key, strip_legal_form
from newsgraph.core.graph_tables import GraphTables
from newsgraph.decisions.decision import NamedThing

Span = tuple[str, int, int]
"""An article's IRI, and the start and end of some words in its text."""


@dataclass(frozen=True, slots=True)
class DescribedName:
    """One mention: its place and its words."""

    span: Span
    text: str

    @property
    def key(self) -> str:
        """Return the folded words."""
        return name_key(self.text)


@dataclass(frozen=True)
class CompanyWords:
    """The names of companies (IRIs).

    `holders` maps each folded name to the companies that have it as their own name, and `shared` each name of several companies to the
    articles in which it means each of them. `mentions` are in order of publication. `links` maps links and IRIs, as decisions refer to
    articles, to the IRIs of articles, and `addresses` each article to its link or IRI.
    """

    names: Mapping[str, str]
    mentions: Mapping[str, tuple[DescribedName, ...]]
    holders: Mapping[str, tuple[str, ...]]
    shared: Mapping[str, Mapping[str, tuple[str, ...]]]
    links: Mapping[str, str]
    addresses: Mapping[str, str]

    def keys(self, company: str) -> frozenset[str]:
        """Return the folded names that a company has as its own."""
        return frozenset(key for key, companies in self._candidate_keys(company) if company in companies)

    def _candidate_keys(self, company: str) -> Iterable[tuple[str, tuple[str, ...]]]:
        candidates = {name_key(self.names[company]), *(mention.key for mention in self.mentions.get(company, ()))}
        return ((key, self.holders.get(key, ())) for key in sorted(candidates))

    def spellings(self, company: str) -> list[str]:
        """Return the spellings of a company's own names, without legal forms: its label first, then the most frequent."""
        keys, label = self.keys(company), self.names[company]
        counts = Counter(strip_legal_form(mention.text) for mention in self.mentions.get(company, ()) if mention.key in keys)
        if name_key(label) in keys:
            counts[label] += 0
        return sorted(counts, key=lambda text: (text != label, -counts[text], text))

    def reference(self, company: str, name: str = "") -> NamedThing:
        """Refer to a company as a decision does, by a spelling; with the link of an article if other companies share the name."""
        spelling = name or next(iter(self.spellings(company)), self.names[company])
        articles = self.shared.get(name_key(spelling), {}).get(company, ())
        return NamedThing(spelling, self.addresses[articles[0]] if articles else "")

    def mentions_of(self, company: str, key: str = "") -> list[DescribedName]:
        """Return the mentions of a company by one folded name, or all."""
        return [mention for mention in self.mentions.get(company, ()) if not key or mention.key == key]


def company_words(graph: GraphTables, companies: Collection[str] | None = None) -> CompanyWords:
    """Collect the names of a graph's companies; if `companies` (IRIs) are given, mentions are those of these only."""
    dated = graph["articles"].select("iri", "url", "published").sort("published", "iri", nulls_last=True)
    order = {iri: number for number, iri in enumerate(dated["iri"])}
    mentions: dict[str, list[DescribedName]] = defaultdict(list)
    rows = graph["mentions"] if companies is None else graph["mentions"].filter(pl.col("company").is_in(sorted(companies)))
    for article, company, start, end, text in rows.select("article", "company", "start", "end", "text").iter_rows():
        mentions[company].append(DescribedName((article, start, end), text))
    names = dict(graph["companies"].select("iri", "name").iter_rows())
    holders, shared = _members(graph, names, order)
    addresses = {iri: url or iri for iri, url in dated.select("iri", "url").iter_rows()}
    links = {url: iri for iri, url in addresses.items()} | {iri: iri for iri in addresses}
    return CompanyWords(
        names,
        {
            company: tuple(sorted(found, key=lambda mention: (order[mention.span[0]], mention.span[1])))
            for company, found in mentions.items()
        },
        holders,
        shared,
        {url: article for article, url in graph["aliases"].select("article", "url").iter_rows()} | links,
        addresses,
    )


def _members(
    graph: GraphTables, names: Mapping[str, str], order: Mapping[str, int]
) -> tuple[dict[str, tuple[str, ...]], dict[str, dict[str, tuple[str, ...]]]]:
    """Read the names in table `members`: `key`, or `key@article` if several companies have the name."""
    holders: dict[str, set[str]] = defaultdict(set)
    shared: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    articles = {iri.rpartition("/")[2]: iri for iri in order}
    for kind, company, member in graph["members"].select("kind", "iri", "member").iter_rows():
        if kind == "company" and company in names:
            key, _, tail = (member or "").rpartition("@")
            if tail in articles and key:
                shared[key][company].append(articles[tail])
                holders[key].add(company)
            else:
                holders[member or ""].add(company)
    return (
        {key: tuple(sorted(companies)) for key, companies in holders.items()},
        {
            key: {company: tuple(sorted(iris, key=lambda iri: order[iri])) for company, iris in companies.items()}
            for key, companies in shared.items()
        },
    )
