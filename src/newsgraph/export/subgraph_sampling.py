"""What a small picture of a graph shows: companies, providers, topics and events, the most connected ones.

Articles are too many to draw; their links are drawn between what they connect.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from newsgraph.core.graph_tables import GraphTables, edges, nodes
from newsgraph.core.vocabulary import EDGE_KINDS, FACT_STATUSES
from newsgraph.rdf.terms import words

KINDS = ("company", "event", "provider", "topic")


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A thing to draw; `degree` counts the things it is linked to."""

    iri: str
    kind: str
    label: str
    note: str
    degree: int


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """A link to draw between two dots, by their numbers; `firm` is false where it rests on a plan, a rumour or a denial."""

    source: int
    target: int
    note: str
    weight: int
    directed: bool
    firm: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The chosen part of a graph; `total` counts the things of these kinds that the graph holds.

    `linked` counts those of them that are linked to another, or all where nothing is linked: only they are drawn.
    """

    dots: tuple[DrawnNode, ...]
    lines: tuple[DrawnEdge, ...]
    total: int
    linked: int


_Link = tuple[str, str, str, int, bool]
"""Source, target, label, weight, directed."""

_DIRECT = ("acquired", "actor", "broader", "invested_in", "merged_with", "parent", "part_event", "partnered_with", "sued", "supplies")
_EVEN = frozenset({"actor", "merged_with", "partnered_with"})


def overview(graph: GraphTables, limit: int) -> Overview:
    """Choose at most `limit` things, those with most neighbours first, and the links between them."""
    links = sorted({*_direct(graph), *_through_articles(graph)})
    known = {iri: (kind, label, count) for iri, kind, label, count in nodes(graph).iter_rows() if kind in KINDS}
    neighbours = {(a, b) for one, other, *_ in links if one in known and other in known for a, b in ((one, other), (other, one))}
    degrees = Counter(one for one, _ in neighbours)
    # where anything is linked at all, things without a link would only be dust round the picture
    linked = [iri for iri in known if degrees[iri] or not degrees]
    ranked = sorted(linked, key=lambda iri: (-degrees[iri], iri))[:limit]
    numbers = {iri: number for number, iri in enumerate(ranked)}
    notes = _event_notes(graph)
    dots = tuple(_dot(iri, known[iri], notes.get(iri, ""), degrees[iri]) for iri in ranked)
    shaky = set(graph["events"].filter(~graph["events"]["status"].is_in(list(FACT_STATUSES)))["iri"])
    lines = tuple(
        DrawnEdge(numbers[one], numbers[other], label, weight, directed, firm=not {one, other} & shaky)
        for one, other, label, weight, directed in links
        if one in numbers and other in numbers
    )
    return Overview(dots, lines, len(known), len(linked))


def _dot(iri: str, known: tuple[str, str | None, int | None], note: str, degree: int) -> DrawnNode:
    kind, label, count = known
    shown = words(label)
    articles = "" if count is None else f"{count} article{'' if count == 1 else 's'}"
    return DrawnNode(iri, kind, shown.text if shown else iri, ", ".join(part for part in (note, articles) if part), degree)


def _event_notes(graph: GraphTables) -> dict[str, str]:
    rows = graph["events"].select("iri", "status", "date").iter_rows()
    return {iri: ", ".join(part for part in (status, day and day.isoformat()) if part) for iri, status, day in rows}


def _direct(graph: GraphTables) -> Iterator[_Link]:
    for source, target, kind, role, weight in edges(graph).select("source", "target", "kind", "role", "weight").iter_rows():
        if kind in _DIRECT:
            label = role.partition(":")[2] if role else EDGE_KINDS[kind].label
            yield source, target, label, weight, kind not in _EVEN


def _through_articles(graph: GraphTables) -> Iterator[_Link]:
    """Link providers and topics to the events that their articles tell of, or to the companies where there is no event."""
    told: dict[str, set[str]] = {}
    for article, event in graph["reports"].select("article", "event").iter_rows():
        if event:
            told.setdefault(article, set()).add(event)
    named: dict[str, set[str]] = {}
    for article, company in graph["mentions"].select("article", "company").iter_rows():
        named.setdefault(article, set()).add(company)
    held = list(graph["articles"].select("iri", "provider").iter_rows()) + list(graph["article_topics"].iter_rows())
    counts: Counter[tuple[str, str]] = Counter()
    for article, holder in held:
        counts.update((holder, thing) for thing in told.get(article) or named.get(article, set()) if holder)
    for (holder, thing), count in counts.items():
        yield holder, thing, f"in {count} article{'' if count == 1 else 's'}", count, False
