"""Details of single nodes: identifiers, names with their reasons, conflicting values, members, open questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.us_states import us_state_names
from newsgraph.explorer.display_text import display_text
from newsgraph.explorer.event_payload import event_details
from newsgraph.explorer.map_payload import EPOCH, seconds
from newsgraph.explorer.node_numbers import NodeNumbers

_SENTENCES = (
    ("Its legal name is", "", "legal_name", "words"),
    ("Its ticker is", "Its tickers are", "tickers", "words"),
    ("Its country is", "", "country", "country"),
    ("Articles place it in", "", "places", "country"),
    ("Articles describe its business as", "", "sectors", "words"),
)
"""How sentences about a company begin, of one thing and of several, with the column of what follows; the page writes the names of countries."""
_IDENTIFIERS = (("LEI", "lei"), ("ISIN", "isins"), ("CIK", "cik"), ("Wikidata", "wikidata"), ("Website", "domain"))


def node_details(graph: GraphTables, numbering: NodeNumbers) -> dict[int, dict[str, Any]]:
    """Return the details by node number, in the structure of `NodeDetails` in the viewer's `payload.ts`."""
    details: dict[int, dict[str, Any]] = defaultdict(dict)
    for iri, key, value in (
        *_facts(graph),
        *event_details(graph),
        *_names(graph),
        *_ledger(graph, numbering),
        *_stories(graph, numbering),
        *_doubts(graph),
        *_notes(graph),
    ):
        number = numbering.numbers.get(iri)
        if number is not None and value not in (None, [], ""):
            if isinstance(value, list):
                details[number].setdefault(key, []).extend(value)
            else:
                details[number][key] = value
    return dict(details)


_Fact = tuple[str, str, Any]


def _facts(graph: GraphTables) -> Iterator[_Fact]:
    for row in graph["companies"].iter_rows(named=True):
        sentences = [_sentence(one, many, row[column], kind) for one, many, column, kind in _SENTENCES if row[column]]
        identifiers = [[label, _value(label, row[column])] for label, column in _IDENTIFIERS if row[column]]
        rule = [["Identifiers matched by", row["id_rule"].replace("_", " ")]] if row["id_rule"] else []
        yield row["iri"], "facts", sentences + identifiers + rule
    yield from _posts(graph)
    for row in graph["providers"].iter_rows(named=True):
        yield row["iri"], "facts", [["Website", f"https://{row['domain']}"]] if row["domain"] else []
    for row in graph["articles"].select("iri", "type", "category", "quality", "source", "part").iter_rows(named=True):
        facts = [["Type", row["type"]], ["Category", row["category"]], ["Document", row["source"]], ["Part", row["part"]]]
        yield row["iri"], "facts", [[label, display_text(value)] for label, value in facts if value and value != "main"]


def _posts(graph: GraphTables) -> Iterator[_Fact]:
    """Yield the posts of people, each with its employer, those that most articles state first."""
    names = dict(pl.concat([graph[table].select("iri", "name") for table in ("companies", "organisations")]).iter_rows())
    posts = graph["posts"].drop_nulls("role").group_by("person", "role", "employer").agg(pl.col("article").n_unique().alias("articles"))
    for person, role, employer, _ in posts.sort(
        "person", "articles", "role", "employer", descending=[False, True, False, False]
    ).iter_rows():
        post = f"{role} of {names[employer]}" if employer in names else role
        yield person, "facts", [["Articles call this person", display_text(post), "words"]]


def _sentence(one: str, many: str, value: str | list[str], kind: str) -> list[str]:
    """Return beginning, value and kind; several values are joined as in "A, B and C", countries and states by commas.

    Countries are codes, which the page writes in words; states of the US, which browsers do not know, are words already.
    """
    values = [value] if isinstance(value, str) else value
    if kind == "country":
        values = [us_state_names().get(code, code) for code in values]
    head, last = ", ".join(values[:-1]), values[-1]
    text = f"{head}{', ' if kind == 'country' else ' and '}{last}" if head else last
    return [many if head and many else one, display_text(text), kind]


def _value(label: str, value: Any) -> str:  # noqa: ANN401 - columns hold texts and lists of texts
    text = ", ".join(value) if isinstance(value, list) else str(value)
    if label == "Wikidata":
        return f"https://www.wikidata.org/wiki/{text}"
    return f"https://{text}" if label == "Website" else text


def _names(graph: GraphTables) -> Iterator[_Fact]:
    """Yield the other names of things, each with the rules by which it is one; none that differs from the name only in its case."""
    named = pl.concat(graph[table].select("iri", "name") for table in ("companies", "organisations", "people", "places"))
    same = {(entity, name.casefold()) for entity, name in named.drop_nulls().iter_rows()}
    seen: set[tuple[str, str, str]] = set()
    for entity, name, rule, note in graph["merges"].select("entity", "name", "rule", "note").iter_rows():
        key = name.casefold()
        if (entity, key) not in same and (entity, key, rule) not in seen:
            seen.add((entity, key, rule))
            yield entity, "names", [{"name": display_text(name), "rule": rule or "", "note": note or ""}]


def _ledger(graph: GraphTables, numbering: NodeNumbers) -> Iterator[_Fact]:
    for row in graph["ledger"].iter_rows(named=True):
        tellers = sorted(numbering.numbers[article] for article in row["tellers"] or () if article in numbering.numbers)
        entry = {name: row[name] or "" for name in ("field", "relation", "value", "note")}
        counts = {name: row[name] or 0 for name in ("articles", "outlets", "origins")}
        yield row["event"], "ledger", [{**entry, **counts, "first": seconds(row["first"]), "tellers": tellers}]


def _stories(graph: GraphTables, numbering: NodeNumbers) -> Iterator[_Fact]:
    for row in graph["stories"].iter_rows(named=True):
        yield row["iri"], "last", (row["last"].date() - EPOCH).days if row["last"] else None
        yield row["iri"], "outlets", row["outlets"]
    for story, article, other, rule in graph["story_links"].iter_rows():
        if article in numbering.numbers and other in numbering.numbers:
            yield story, "links", [{"article": numbering.numbers[article], "other": numbering.numbers[other], "rule": rule}]


def _doubts(graph: GraphTables) -> Iterator[_Fact]:
    labels = _labels(graph)
    for verb, one, other, note in graph["doubts"].select("verb", "one", "other", "note").iter_rows():
        for node, partner in ((one, other), (other, one)):
            if node:
                parts = (_QUESTION.get(verb, verb), labels.get(partner, partner or ""), f"({note})" if note else "")
                yield node, "doubts", [" ".join(filter(None, parts))]


_QUESTION = {"same": "may be the same as", "different": "may not be the same as", "not_a_company": "may not be a company"}


def _labels(graph: GraphTables) -> Mapping[str, str]:
    columns = [
        graph[table].select("iri", pl.col(column).alias("name"))
        for table, column in (("companies", "name"), ("events", "label"), ("stories", "name"))
    ]
    return dict(pl.concat(columns).iter_rows())


def _notes(graph: GraphTables) -> Iterator[_Fact]:
    titles = dict(graph["articles"].select("iri", "title").iter_rows())
    for article, title in graph["versions"].select("article", "title").unique(maintain_order=True).iter_rows():
        if title and display_text(title) != display_text(titles.get(article)):
            yield article, "notes", [f"Also published with the headline “{display_text(title)}”"]
    for article, superseded, words in graph["corrections"].select("article", "superseded", "words").iter_rows():
        yield article, "notes", [f"Corrects “{display_text(titles.get(superseded))}”" + (f": {display_text(words)}" if words else "")]
        yield superseded, "notes", [f"Corrected by “{display_text(titles.get(article))}”"]
