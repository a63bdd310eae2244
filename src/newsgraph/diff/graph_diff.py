"""Compare two graphs: which companies, events, stories and so on are new, gone, changed, or known by another IRI."""

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
    NodeSummary,
    ReplacedNode,
    RowDifference,
    Thing,
    Value,
)
from newsgraph.diff.renamed_nodes import Renaming, renaming
from newsgraph.rdf.graph_statements import dataset

# What is compared of a node; confidence, rules and the like differ often and tell little: they count as rows only.
FIELDS: dict[str, tuple[str, ...]] = {
    "providers": ("name", "domain", "url", "articles"),
    "topics": ("name", "broader", "articles"),
    "articles": ("title", "excerpt", "text", "url", "published", "provider", "type", "category", "quality", "heat"),
    "companies": ("name", "aliases", "tickers", "legal_name", "lei", "wikidata", "domain", "parent", "articles"),
    "organisations": ("name", "aliases", "articles"),
    "products": ("name", "maker", "articles"),
    "people": ("name", "aliases", "articles"),
    "places": ("name", "aliases", "articles"),
    "events": ("label", "type", "status", "amount", "currency", "date", "object_part", "articles", "outlets", "origins"),
    "stories": ("name", "lead", "size"),
}
# Fields that other tables hold: name, table, column of the node, column of what it is linked to.
LINKS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "articles": (("topics", "article_topics", "article", "topic"), ("related", "relations", "article", "related")),
    "people": (("employers", "posts", "person", "employer"),),
    "events": (("parts", "event_parts", "event", "part"),),
    "stories": (("members", "articles", "story", "iri"), ("events", "story_events", "story", "event")),
}
COUNTS = frozenset({"articles", "outlets", "origins", "size"})
_FACTS = {"events": ("date", "articles", "origins"), "stories": ("size",), "articles": ("published",)}
_REFERENCES = frozenset({"broader", "provider", "maker", "parent", "lead"})
_MADE = ("base", "program", "program_version", "lexicon_version", "model_version")


@dataclass(frozen=True, slots=True)
class _Side:
    """One graph as it is compared, and the label of every node in it."""

    graph: GraphTables
    labels: Mapping[str, str]

    def thing(self, target: str) -> Thing | str:
        """Give what a field refers to; a party that is no node is its name."""
        return Thing(target, self.labels[target]) if target in self.labels else target


def diff(old: GraphTables, new: GraphTables) -> Difference:
    """Tell what differs between an old and a new graph, in an order that depends on them alone.

    Nodes are compared by their IRI below the base. Where table `replaced` of the new graph leads from an IRI to another,
    the node counts as the same. IRIs of what is gone are those of the old graph, all others those of the new one.
    Raises InputError for tables that are no graph.
    """
    made, now = dataset(old), dataset(new)
    names = renaming(old, new)
    before, after = _side(names.applied(old)), _side(new)
    return Difference(
        made=tuple(FieldChange(field, made[field], now[field]) for field in _MADE if made[field] != now[field]),
        kinds=tuple(_kind(kind, before, after, names, _became(old[kind], names, after)) for kind in NODE_TABLES),
        rows=tuple(row for name in SCHEMAS if name != "dataset" and (row := _rows(name, before.graph[name], new[name]))),
    )


def _side(graph: GraphTables) -> _Side:
    return _Side(graph, {iri: label or iri for iri, label in nodes(graph).select("iri", "label").iter_rows()})


def _became(table: pl.DataFrame, names: Renaming, after: _Side) -> tuple[ReplacedNode, ...]:
    label = "title" if "title" in table.columns else "label" if "label" in table.columns else "name"
    pairs = [(iri, told) for iri, told in table.select("iri", label).iter_rows() if iri in names.names]
    found = [
        ReplacedNode(Thing(iri, told or iri), Thing(names.names[iri], after.labels[names.names[iri]]), names.rules[iri])
        for iri, told in pairs
    ]
    return tuple(sorted(found))


def _kind(kind: str, before: _Side, after: _Side, names: Renaming, became: tuple[ReplacedNode, ...]) -> KindDifference:
    old, new = before.graph[kind], after.graph[kind]
    had, has = set(old["iri"]), set(new["iri"])
    moved = set(names.names.values())  # a node may even become one of another kind: that is neither new nor gone
    facts = _FACTS.get(kind, ("articles",))
    gone = (NodeSummary(names.old(node.iri), node.label, node.facts) for node in _nodes(old, had - has - moved, facts, before))
    return KindDifference(
        kind=kind,
        before=old.height,
        after=new.height,
        new=tuple(_nodes(new, has - had - moved, facts, after)),
        gone=tuple(gone),
        changed=_changed(kind, before, after, had & has),
        became=became,
    )


def _picked(table: pl.DataFrame, iris: set[str]) -> pl.DataFrame:
    return table.join(pl.DataFrame({"iri": sorted(iris)}, schema={"iri": STR}), on="iri", how="semi").sort("iri")


def _nodes(table: pl.DataFrame, iris: set[str], facts: tuple[str, ...], side: _Side) -> list[NodeSummary]:
    """Describe nodes, those told most first."""
    rows = _picked(table, iris).iter_rows(named=True)
    found = [
        NodeSummary(row["iri"], side.labels[row["iri"]], tuple((fact, row[fact]) for fact in facts if row[fact] is not None))
        for row in rows
    ]
    return sorted(found, key=lambda node: (-_told(node), node.label, node.iri))


def _told(node: NodeSummary) -> int:
    return next((value for name, value in node.facts if name in COUNTS and isinstance(value, int)), 0)


def _changed(kind: str, before: _Side, after: _Side, both: set[str]) -> tuple[ChangedNode, ...]:
    old, new = (side.graph[kind].select("iri", *FIELDS[kind]) for side in (before, after))
    linked: dict[str, list[FieldChange]] = {}
    for owner, link in _links(kind, before, after):
        linked.setdefault(owner, []).append(link)
    touched = (set(_uneven(old, new)["iri"]) | linked.keys()) & both
    pairs = zip(_picked(old, touched).iter_rows(named=True), _picked(new, touched).iter_rows(named=True), strict=True)
    found = []
    for was, now in pairs:
        fields = [change for field in FIELDS[kind] if (change := _field(field, was[field], now[field], before, after))]
        if any(change.field in {"title", "excerpt"} for change in fields):
            fields = [change for change in fields if change.field != "text"]  # it is made of them
        fields += linked.get(now["iri"], [])
        if fields:
            found.append(ChangedNode(now["iri"], after.labels[now["iri"]], tuple(fields)))
    return tuple(sorted(found, key=lambda node: (all(one.field in COUNTS for one in node.fields), node.label, node.iri)))


def _field(name: str, was: object, now: object, before: _Side, after: _Side) -> FieldChange | None:
    """Compare a field of a node's own table; the order of several values means nothing."""
    if isinstance(was, list) or isinstance(now, list):
        had, has = (set(values) if isinstance(values, list) else set() for values in (was, now))
        return FieldChange(name, tuple(sorted(had - has)), tuple(sorted(has - had))) if had != has else None
    if was == now:
        return None
    return FieldChange(name, _value(name, was, before), _value(name, now, after))


def _value(name: str, value: object, side: _Side) -> Value:
    return side.thing(value) if name in _REFERENCES and isinstance(value, str) else cast("Value", value)


def _links(kind: str, before: _Side, after: _Side) -> Iterator[tuple[str, FieldChange]]:
    """Give the fields that other tables hold, of every node where they differ."""
    uneven = _uneven(_pairs(kind, before.graph), _pairs(kind, after.graph)).sort("iri", "field", "target")
    for (owner, field), rows in uneven.group_by("iri", "field", maintain_order=True):
        gone = tuple(before.thing(target) for target in rows.filter(pl.col("before") > pl.col("after"))["target"])
        come = tuple(after.thing(target) for target in rows.filter(pl.col("before") < pl.col("after"))["target"])
        yield str(owner), FieldChange(str(field), gone, come)


def _pairs(kind: str, graph: GraphTables) -> pl.DataFrame:
    """List the links of nodes, each once: iri, field, target."""
    parts = [
        graph[table].select(pl.col(owner).alias("iri"), pl.lit(field).alias("field"), pl.col(target).alias("target"))
        for field, table, owner, target in LINKS.get(kind, ())
    ]
    if kind == "events":  # a field for each role, of parties that may be names alone
        role = pl.col("role").str.strip_prefix("ng:").alias("field")
        parts.append(graph["event_roles"].select(pl.col("event").alias("iri"), role, pl.coalesce("party", "name").alias("target")))
    return pl.concat([pl.DataFrame(schema={"iri": STR, "field": STR, "target": STR}), *parts]).drop_nulls().unique()


def _rows(name: str, before: pl.DataFrame, after: pl.DataFrame) -> RowDifference | None:
    uneven = _uneven(before, after)
    if uneven.is_empty():
        return None
    more = pl.col("after") - pl.col("before")
    gone, come = uneven.select((-more).clip(0).sum().alias("gone"), more.clip(0).sum().alias("new")).row(0)
    return RowDifference(name, gone, come)


def _uneven(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Give the rows that do not stand equally often in two frames, with columns `before` and `after` that count them."""
    one, none = pl.lit(1, pl.Int64()), pl.lit(0, pl.Int64())
    # lists as one text, in any order: group_by is surer of texts
    lists = [pl.col(name).list.sort().list.join("\x1f").fill_null("") for name, kind in after.schema.items() if kind == NAMES]
    sides = pl.concat(
        [
            before.select(after.columns).with_columns(*lists, one.alias("before"), none.alias("after")),
            after.with_columns(*lists, none.alias("before"), one.alias("after")),
        ]
    )
    counted = sides.group_by(after.columns).agg(pl.col("before", "after").sum())
    return counted.filter(pl.col("before") != pl.col("after"))
