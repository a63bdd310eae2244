"""What a measured server is asked: addresses of each kind, drawn by chance from a graph, none of them twice where the graph has enough.

A server remembers what it was asked last, so a load of few different requests would measure its memory and not its work.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import polars as pl

ENDLESS = "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o FILTER(?a != ?d && {number} > 0) }}"
"""A question that no engine finishes; the number makes it differ from others."""
_SPARQL = (
    "SELECT ?p ?o {{ <{iri}> ?p ?o }}",
    "SELECT ?e ?label {{ ?e ?role <{iri}> ; <http://www.w3.org/2000/01/rdf-schema#label> ?label }} LIMIT 50",
    "SELECT (COUNT(*) AS ?n) {{ ?a <https://schema.org/mentions> <{iri}> }}",
)
_EVENTS = ("acquisition", "lawsuit", "funding", "partnership", "invests")
_LETTERS = 4  # of a name that is not yet typed to its end


class ServerRequests:
    """The addresses to ask of one graph, `count` of each kind."""

    def __init__(self, output: Path, count: int) -> None:
        """Read what there is to ask for, and draw companies: each is as likely as articles name it often."""
        self._output, self._count, self._chance = output, count, random.Random(1)
        self._base = str(self._read("dataset", "base")["base"][0])
        companies = self._read("companies", "iri", "name", "articles").sort("iri")
        drawn = self._drawn(companies.rows(), companies["articles"].to_list(), 4)
        self._parts = [drawn[place * count : (place + 1) * count] for place in range(4)]  # no two kinds ask for the same

    def of_kinds(self) -> dict[str, list[str]]:
        """Return the addresses of each kind by its name."""
        why, pages, searched, asked = self._parts
        return {
            "why (REST)": [f"/api/v1/why?{urlencode({'a': iri})}" for iri, *_ in why],
            "page of a company": [self._page(iri) for iri, *_ in pages],
            "page of an event": [self._page(iri) for iri in self._sample("events")],
            "page of a story": [self._page(iri) for iri in self._sample("stories")],
            "search (REST)": [f"/api/v1/search?{urlencode({'q': words})}" for words in self._searches([name for _, name, _ in searched])],
            "SPARQL": [
                f"/sparql?{urlencode({'query': _SPARQL[number % len(_SPARQL)].format(iri=iri)})}" for number, (iri, *_) in enumerate(asked)
            ],
        }

    def _read(self, table: str, *columns: str) -> pl.DataFrame:
        return pl.read_parquet(self._output / "tables" / f"{table}.parquet", columns=list(columns))

    def _drawn(self, rows: Sequence[tuple[str, str, int]], weights: Sequence[int], times: int) -> list[tuple[str, str, int]]:
        """Draw rows by their weights, none twice (Efraimidis and Spirakis), in an order by chance; a short list is repeated."""
        keys = [self._chance.random() ** (1 / max(weight, 1)) for weight in weights]
        best = sorted(range(len(rows)), key=lambda place: keys[place], reverse=True)[: self._count * times]
        self._chance.shuffle(best)
        return list(islice(cycle([rows[place] for place in best]), self._count * times))

    def _sample(self, table: str) -> list[str]:
        iris = self._read(table, "iri")["iri"].sort().to_list()
        return list(islice(cycle(self._chance.sample(iris, min(self._count, len(iris)))), self._count))

    def _page(self, iri: str) -> str:
        return f"{quote(urlsplit(self._base).path + iri.removeprefix(self._base), '/%')}.html"

    def _searches(self, names: Sequence[str]) -> list[str]:
        """Return searches of six kinds in turn, each once: what a person types who looks for a name, an event or a headline."""
        headlines = self._read("articles", "iri", "title").sort("iri")["title"].to_list()
        made = (words for name in cycle(names) for words in self._of_name(name, self._chance.choice(headlines)))
        different = dict.fromkeys(islice(made, 12 * self._count))
        return list(islice(cycle(different), self._count))

    def _of_name(self, name: str, headline: str) -> Iterator[str]:
        kinds = (
            lambda: self._chance.choice(name.split()),
            lambda: name,
            lambda: self._mistyped(name),
            lambda: f"{name} {self._chance.choice(_EVENTS)}",
            lambda: " ".join(self._chance.sample(headline.split(), min(2, len(headline.split())))),
            lambda: name[:_LETTERS],
        )
        yield self._chance.choice(kinds)()

    def _mistyped(self, name: str) -> str:
        """Return a name with two letters that changed places."""
        at = self._chance.randrange(max(len(name) - 1, 1))
        return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
