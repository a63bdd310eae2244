"""The rows of the sentence index, from the tables of a graph: articles, sentences, names, mentions, events and who reports them."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from html import unescape

from newsgraph.core.graph_tables import GraphTables, nodes
from newsgraph.core.sentences import sentences
from newsgraph.core.vocabulary import EDGE_KINDS
from newsgraph.retrieval.question_words import name_words

Row = tuple[object, ...]
_NAMED = ("companies", "organisations", "people", "places", "products", "topics", "providers")
NAMED_KINDS = ("company", "organisation", "person", "place", "product", "topic", "provider")
"""The kinds of things that are found by their names."""


class IndexRows:
    """The rows of one graph. Articles, sentences and things have numbers, in the order of their IRIs and texts."""

    def __init__(self, graph: GraphTables) -> None:
        """Make the rows of `graph`."""
        self._graph = graph
        self._articles = {iri: number for number, iri in enumerate(graph["articles"]["iri"])}
        named = nodes(graph, *NAMED_KINDS).sort("iri").select("iri", "kind", "label", "articles").rows()
        self._things = {iri: number for number, (iri, *_) in enumerate(named)}
        self._named = named
        self._starts: dict[int, list[tuple[int, int]]] = {}  # of each article: start and number of each sentence

    def articles(self) -> Iterator[Row]:
        """Yield number, IRI, address, headline, provider, day, time and origin of each article."""
        providers = dict(self._graph["providers"].select("iri", "name").iter_rows())
        columns = ("iri", "url", "title", "provider", "published", "copy_group")
        for iri, url, title, provider, published, origin in self._graph["articles"].select(columns).iter_rows():
            name = unescape(providers.get(provider) or "")
            yield (
                self._articles[iri],
                iri,
                url or "",
                unescape(title),
                name,
                *_moment(published),
                self._articles.get(origin, self._articles[iri]),
            )

    def sentences(self) -> Iterator[Row]:
        """Yield number, article, day, start, end and text of each sentence.

        Of an article whose text is left out, these are the headline and the quotations that the graph has. Call it before `mentions`.
        """
        excerpts = self._excerpts()
        number = 0
        for iri, title, text, published in self._graph["articles"].select("iri", "title", "text", "published").iter_rows():
            article, (day, _) = self._articles[iri], _moment(published)
            parts = (
                [(start, end, text[start:end]) for start, end in sentences(text)] if text else excerpts.get(iri, [(0, len(title), title)])
            )
            starts = self._starts[article] = []
            for start, end, words in parts:
                starts.append((start, number))
                yield number, article, day, start, end, unescape(words)
                number += 1

    def _excerpts(self) -> dict[str, list[tuple[int, int, str]]]:
        """Return the quotations of articles without text, and their headlines; a quotation of the whole text only repeats the headline."""
        parts: dict[str, set[tuple[int, int, str]]] = defaultdict(set)
        for iri, start, end, words in self._graph["excerpts"].select("article", "start", "end", "text").iter_rows():
            if start or words.count("\n") == 0:
                parts[iri].add((start, end, words))
        titles = dict(self._graph["articles"].select("iri", "title").iter_rows())
        return {iri: sorted({(0, len(titles[iri]), titles[iri])} | found) for iri, found in parts.items() if iri in titles}

    def _sentence(self, iri: str, start: int) -> int | None:
        """Return the sentence of an article that holds a place in its text."""
        starts = self._starts.get(self._articles.get(iri, -1), [])
        at = bisect_right(starts, (start, 1 << 62)) - 1
        return starts[at][1] if at >= 0 else None

    def things(self) -> Iterator[Row]:
        """Yield number, IRI, kind, label and number of articles of each thing that has a name."""
        for iri, kind, label, count in self._named:
            yield self._things[iri], iri, kind, unescape(label), count or 0

    def names(self) -> Iterator[Row]:
        """Yield key, name as it is written, and thing, for each name of each thing, once."""
        known = {(name_words(unescape(label)), unescape(label), iri) for iri, _, label, _ in self._named}
        for table in ("companies", "organisations", "people", "places"):
            for iri, aliases in self._graph[table].select("iri", "aliases").iter_rows():
                known |= {(name_words(name), name, iri) for name in map(unescape, aliases or ())}
        for iri, tickers, legal in self._graph["companies"].select("iri", "tickers", "legal_name").iter_rows():
            known |= {(name_words(name), name, iri) for name in (*(tickers or ()), *((legal,) if legal else ()))}
        for key, name, iri in sorted(known):
            if key:
                yield key, name, self._things[iri]

    def mentions(self) -> Iterator[Row]:
        """Yield thing and sentence, for each thing that is named in a sentence."""
        pairs = set()
        for table, column in (("mentions", "company"), ("other_mentions", "entity")):
            for iri, entity, start in self._graph[table].select("article", column, "start").drop_nulls().iter_rows():
                sentence = self._sentence(iri, start)
                if entity in self._things and sentence is not None:
                    pairs.add((self._things[entity], sentence))
        yield from sorted(pairs)

    def topics(self) -> Iterator[Row]:
        """Yield topic (a thing) and article, for each topic of an article and all topics above it."""
        above = dict(self._graph["topics"].select("iri", "broader").iter_rows())
        pairs = set()
        for iri, leaf in self._graph["article_topics"].select("article", "topic").iter_rows():
            topic, seen = leaf, set[str]()
            while topic in self._things and topic not in seen:
                seen.add(topic)
                pairs.add((self._things[topic], self._articles[iri]))
                topic = above.get(topic)
        yield from sorted(pairs)

    def events(self) -> Iterator[Row]:
        """Yield IRI, type, label, status, time, amount, currency, articles, outlets and origins of each event."""
        columns = ("iri", "type", "label", "status", "when", "amount", "currency", "articles", "outlets", "origins")
        for iri, kind, label, *rest in self._graph["events"].select(columns).iter_rows():
            yield iri, kind, unescape(label or ""), *rest

    def roles(self) -> Iterator[Row]:
        """Yield event, role, thing (None for what is no node) and name of each role of each event."""
        for event, role, party, name in self._graph["event_roles"].select("event", "role", "party", "name").iter_rows():
            yield event, role.partition(":")[2], self._things.get(party), unescape(name or "")

    def reports(self) -> Iterator[Row]:
        """Yield event, sentence, article, status, time, amount and currency of each report of an event."""
        columns = ("event", "article", "start", "status", "when", "amount", "currency")
        for event, iri, start, *values in (
            self._graph["reports"].filter(self._graph["reports"]["event"].is_not_null()).select(columns).iter_rows()
        ):
            yield event, self._sentence(iri, start), self._articles[iri], *values
        for event, iri, start, status, amount, currency in (
            self._graph["totals"].select("event", "article", "start", "status", "amount", "currency").iter_rows()
        ):
            yield event, self._sentence(iri, start), self._articles[iri], status, None, amount, currency

    def values(self) -> Iterator[Row]:
        """Yield event, field, value, relation and note of each reported value of an event, with its articles as a list of numbers."""
        columns = ("event", "field", "value", "relation", "note", "tellers")
        for *row, tellers in self._graph["ledger"].select(columns).iter_rows():
            yield *row, json.dumps(sorted(self._articles[iri] for iri in tellers or () if iri in self._articles))

    def relations(self) -> Iterator[Row]:
        """Yield sentence, article, subject, predicate, object and time of what lasts, as an article states it: posts, owners, suppliers."""
        labels = {iri: unescape(label) for iri, _, label, _ in self._named}
        columns = ("article", "start", "kind", "subject", "object", "percent", "since", "until")
        for iri, start, kind, one, other, percent, since, until in self._graph["lasting_relations"].select(columns).iter_rows():
            share = f" ({percent:g} percent)" if percent is not None else ""
            yield (
                self._sentence(iri, start),
                self._articles[iri],
                labels.get(one, ""),
                EDGE_KINDS[kind].label,
                labels.get(other, "") + share,
                _period(since, until),
            )
        for iri, start, person, role, employer in self._graph["posts"].select("article", "start", "person", "role", "employer").iter_rows():
            yield (
                self._sentence(iri, start),
                self._articles[iri],
                labels.get(person, ""),
                f"is {unescape(role)} of" if role else "works for",
                labels.get(employer, ""),
                "",
            )


def _period(since: str | None, until: str | None) -> str:
    return ", ".join(f"{word} {time}" for word, time in (("since", since), ("until", until)) if time)


def _moment(time: datetime | None) -> tuple[str, str]:
    """Return the day and the time of an article in ISO 8601 (UTC), empty if it has none."""
    return (time.date().isoformat(), time.isoformat().replace("+00:00", "Z")) if time else ("", "")
