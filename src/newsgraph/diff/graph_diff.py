"""Compare two graphs: which companies, events, stories and so on are new, gone, changed or renamed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import polars as pl

from newsgraph.core.graph_tables import NAMES, NODE_TABLES, SCHEMAS, STR, GraphTables, nodes
from newsgraph.diff.difference import (
    ChangedNode,
    Difference,
    FieldChange,
    KindDifference,
    NodeReference,
    NodeSummary,
    ReplacedNode,
    RowDifference,
    Value,
)
from newsgraph.diff.renamed_nodes import Renaming, find_renaming
from newsgraph.rdf.graph_statements import dataset

# The fields that are compared; confidence, rules and the like differ often and mean little: they count as rows only.
FIELDS: dict[str, tuple[str, ...]] = {
    "providers": ("name", "domain", "url", "articles"),
    "topics": ("name", "broader", "articles"),
    "articles": ("title", "excerpt", "text", "url", "published", "provider", "type", "category", "quality", "heat", "language"),
    "companies": ("name", "aliases", "tickers", "legal_name", "lei", "wikidata", "domain", "parent", "articles"),
    "organisations": ("name", "aliases", "articles"),
    "products": ("name", "maker", "articles"),
    "people": ("name", "aliases", "articles"),
    "places": ("name", "aliases", "articles"),
    "events": (
        "label", "type", "status", "amount", "currency", "amount_of", "when", "percent", "count", "part", "background", "articles",
        "outlets", "origins",
    ),
    "stories": ("name", "lead", "size"),
}  # fmt: skip
# Fields from other tables: name, table, column of the node, column of the other node.
LINKS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "articles": (("topics", "article_topics", "article", "topic"), ("related", "relations", "article", "related")),
    "people": (("employers", "posts", "person", "employer"),),
    "events": (("parts", "event_parts", "event", "part"),),
    "stories": (("members", "articles", "story", "iri"), ("events", "story_events", "story", "event")),
}
COUNTS = frozenset({"articles", "outlets", "origins", "size"})
_FACTS = {"events": ("when", "articles", "origins"), "stories": ("size",), "articles": ("published",)}
_REFERENCES = frozenset({"broader", "provider", "maker", "parent", "lead"})
_DATASET_FIELDS = ("base", "program", "program_version", "lexicon_version", "model_version")


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the compared graphs, and the label of every node in it."""

    graph: GraphTables
    labels: Mapping[str, str]

    def reference(self, target: str) -> NodeReference | str:
        """Return a reference to a node by its IRI; a party without a node is a name and stays as it is."""
        return NodeReference(target, self.labels[target]) if target in self.labels else target


def diff(old: GraphTables, new: GraphTables) -> Difference:
    """Return the difference between an old and a new graph, in an order that depends on nothing else.

    Nodes are compared by their IRI relative to the base. If table `replaced` of the new graph leads from one IRI to another,
    the node counts as the same. Nodes that are gone have the IRIs of the old graph, all others those of the new one.
    Raises InputError for tables that do not form a graph.
    """
    old_dataset, new_dataset = dataset(old), dataset(new)
    names = find_renaming(old, new)
    before, after = _side(names.apply(old)), _side(new)
    changes = (FieldChange(field, old_dataset[field], new_dataset[field]) for field in _DATASET_FIELDS)
    return Difference(
        made=tuple(change for change in changes if change.old != change.new),
        kinds=tuple(_kind(kind, before, after, names, _renamed(old[kind], names, after)) for kind in NODE_TABLES),
        rows=tuple(row for name in SCHEMAS if name != "dataset" and (row := _rows(name, before.graph[name], new[name]))),
    )


def _side(graph: GraphTables) -> _Side:
    return _Side(graph, {iri: label or iri for iri, label in nodes(graph).select("iri", "label").iter_rows()})


def _renamed(table: pl.DataFrame, names: Renaming, after: _Side) -> tuple[ReplacedNode, ...]:
    column = "title" if "title" in table.columns else "label" if "label" in table.columns else "name"
    replaced = []
    for iri, label in table.select("iri", column).iter_rows():
        if iri in names.names:
            new = names.names[iri]
            replaced.append(ReplacedNode(NodeReference(iri, label or iri), NodeReference(new, after.labels[new]), names.rules[iri]))
    return tuple(sorted(replaced))


def _kind(kind: str, before: _Side, after: _Side, names: Renaming, became: tuple[ReplacedNode, ...]) -> KindDifference:
    old, new = before.graph[kind], after.graph[kind]
    old_iris, new_iris = set(old["iri"]), set(new["iri"])
    moved = set(names.names.values())  # a node may even have become one of another kind: it is neither new nor gone
    facts = _FACTS.get(kind, ("articles",))
    gone = (NodeSummary(names.old(node.iri), node.label, node.facts) for node in _nodes(old, old_iris - new_iris - moved, facts, before))
    return KindDifference(
        kind=kind,
        before=old.height,
        after=new.height,
        new=tuple(_nodes(new, new_iris - old_iris - moved, facts, after)),
        gone=tuple(gone),
        changed=_changed(kind, before, after, old_iris & new_iris),
        became=became,
    )


def _select(table: pl.DataFrame, iris: set[str]) -> pl.DataFrame:
    return table.join(pl.DataFrame({"iri": sorted(iris)}, schema={"iri": STR}), on="iri", how="semi").sort("iri")


def _nodes(table: pl.DataFrame, iris: set[str], facts: tuple[str, ...], side: _Side) -> list[NodeSummary]:
    """Describe nodes; those that most articles mention come first."""
    rows = _select(table, iris).iter_rows(named=True)
    summaries = [
        NodeSummary(row["iri"], side.labels[row["iri"]], tuple((fact, row[fact]) for fact in facts if row[fact] is not None))
        for row in rows
    ]
    return sorted(summaries, key=lambda node: (-_count(node), node.label, node.iri))


def _count(node: NodeSummary) -> int:
    return next((value for name, value in node.facts if name in COUNTS and isinstance(value, int)), 0)


def _changed(kind: str, before: _Side, after: _Side, both: set[str]) -> tuple[ChangedNode, ...]:
    old, new = (side.graph[kind].select("iri", *FIELDS[kind]) for side in (before, after))
    linked: dict[str, list[FieldChange]] = {}
    for owner, link in _links(kind, before, after):
        linked.setdefault(owner, []).append(link)
    touched = (set(_uneven(old, new)["iri"]) | linked.keys()) & both
    pairs = zip(_select(old, touched).iter_rows(named=True), _select(new, touched).iter_rows(named=True), strict=True)
    changed = []
    for was, now in pairs:
        fields = [change for field in FIELDS[kind] if (change := _field(field, was[field], now[field], before, after))]
        if any(change.field in {"title", "excerpt"} for change in fields):
            fields = [change for change in fields if change.field != "text"]  # it consists of them
        fields += linked.get(now["iri"], [])
        if fields:
            changed.append(ChangedNode(now["iri"], after.labels[now["iri"]], tuple(fields)))
    return tuple(sorted(changed, key=lambda node: (all(change.field in COUNTS for change in node.fields), node.label, node.iri)))


def _field(name: str, was: object, now: object, before: _Side, after: _Side) -> FieldChange | None:
    """Compare a field of a node's own table; the order of several values does not matter."""
    if isinstance(was, list) or isinstance(now, list):
        old, new = (set(values) if isinstance(values, list) else set() for values in (was, now))
        return FieldChange(name, tuple(sorted(old - new)), tuple(sorted(new - old))) if old != new else None
    if was == now:
        return None
    return FieldChange(name, _value(name, was, before), _value(name, now, after))


def _value(name: str, value: object, side: _Side) -> Value:
    return side.reference(value) if name in _REFERENCES and isinstance(value, str) else cast("Value", value)


def _links(kind: str, before: _Side, after: _Side) -> Iterator[tuple[str, FieldChange]]:
    """Yield the differences in fields from other tables, with the IRI of the node."""
    uneven = _uneven(_pairs(kind, before.graph), _pairs(kind, after.graph)).sort("iri", "field", "target")
    for (owner, field), rows in uneven.group_by("iri", "field", maintain_order=True):
        gone = tuple(before.reference(target) for target in rows.filter(pl.col("before") > pl.col("after"))["target"])
        new = tuple(after.reference(target) for target in rows.filter(pl.col("before") < pl.col("after"))["target"])
        yield str(owner), FieldChange(str(field), gone, new)


def _pairs(kind: str, graph: GraphTables) -> pl.DataFrame:
    """Return the links of nodes, each once: columns iri, field, target."""
    parts = [
        graph[table].select(pl.col(owner).alias("iri"), pl.lit(field).alias("field"), pl.col(target).alias("target"))
        for field, table, owner, target in LINKS.get(kind, ())
    ]
    if kind == "events":  # a field for each role, whose parties may be mere names
        role = pl.col("role").str.strip_prefix("ng:").alias("field")
        parts.append(graph["event_roles"].select(pl.col("event").alias("iri"), role, pl.coalesce("party", "name").alias("target")))
    return pl.concat([pl.DataFrame(schema={"iri": STR, "field": STR, "target": STR}), *parts]).drop_nulls().unique()


def _rows(name: str, before: pl.DataFrame, after: pl.DataFrame) -> RowDifference | None:
    uneven = _uneven(before, after)
    if uneven.is_empty():
        return None
    more = pl.col("after") - pl.col("before")
    gone, new = uneven.select((-more).clip(0).sum().alias("gone"), more.clip(0).sum().alias("new")).row(0)
    return RowDifference(name, gone, new)


def _uneven(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that do not occur equally often in two frames, with columns `before` and `after` for their numbers."""
    one, none = pl.lit(1, pl.Int64()), pl.lit(0, pl.Int64())
    # a list becomes one sorted text, because group_by is more reliable with texts
    lists = [pl.col(name).list.sort().list.join("\x1f").fill_null("") for name, kind in after.schema.items() if kind == NAMES]
    sides = pl.concat(
        [
            before.select(after.columns).with_columns(*lists, one.alias("before"), none.alias("after")),
            after.with_columns(*lists, none.alias("before"), one.alias("after")),
        ]
    )
    counted = sides.group_by(after.columns).agg(pl.col("before", "after").sum())
    return counted.filter(pl.col("before") != pl.col("after"))
