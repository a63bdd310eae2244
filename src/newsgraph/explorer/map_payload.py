"""The first block of a page: nodes, links and places, which is all that the map, the search and the filters need.

Its structure is `CorePayload` in the viewer's `payload.ts`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from newsgraph.core.edge_origins import edge_origins
from newsgraph.core.graph_tables import NODE_TABLES, GraphTables
from newsgraph.core.redirects import redirects
from newsgraph.core.vocabulary import EDGE_KINDS, NODE_KINDS, PREFIXES
from newsgraph.explorer.display_text import display_text, other_names
from newsgraph.explorer.event_payload import event_block, first_day, role_label, sorted_roles
from newsgraph.explorer.layout.community_map import CommunityMap
from newsgraph.explorer.node_numbers import NodeNumbers
from newsgraph.explorer.outlines import OUTLINES, SIGNS
from newsgraph.explorer.page_help import PAGE_HELP
from newsgraph.explorer.question_subjects import filler_words, question_links, question_patterns, question_subjects
from newsgraph.explorer.region_names import region_names

EPOCH = date(1970, 1, 1)


def core_block(graph: GraphTables, numbering: NodeNumbers, edges: pl.DataFrame, placed: CommunityMap) -> dict[str, object]:
    """Return the block; `edges` are those of `page_edges`, whose order numbers them."""
    dataset = graph["dataset"].to_dicts()[0] if graph["dataset"].height else {}
    base = str(dataset.get("base") or "")
    labels = [display_text(label) for label in numbering.frame["label"]]
    return {
        "version": 2,
        "title": display_text(dataset.get("title")),
        "base": base,
        "program": f"{dataset.get('program') or 'newsgraph'} {dataset.get('program_version') or ''}".strip(),
        "asOf": dataset["as_of"].isoformat() if dataset.get("as_of") else None,
        "complete": numbering.complete,
        "total": numbering.total,
        "prefixes": PREFIXES,
        "kinds": [_kind(kind, count) for kind, count in numbering.counts().items()],
        "asked": question_subjects(),
        "fillers": "|".join(filler_words()),
        "patterns": question_patterns(),
        "askedLinks": question_links(),
        "help": PAGE_HELP,
        "signs": SIGNS,
        **event_block(graph, numbering),
        "communities": [
            {
                "name": name,
                "x": region.x,
                "y": region.y,
                "radius": region.radius,
                "size": len(region.members),
            }
            for name, region in zip(
                region_names(numbering, labels, (region.members for region in placed.regions)), placed.regions, strict=True
            )
        ],
        "nodes": {
            "label": labels,
            "iri": [iri.removeprefix(base) for iri, kind in numbering.frame.select("iri", "kind").iter_rows() if kind != "article"],
            "x": placed.x.tolist(),
            "y": placed.y.tolist(),
            "community": placed.community.tolist(),
            **_facts(graph, numbering),
        },
        "storyLead": _story_leads(graph, numbering),
        "articleOrigin": _article_origins(graph, numbering),
        "names": _names(graph, numbering),
        "edges": edge_groups(edges, numbering),
        "replaced": [
            [old.removeprefix(base), numbering.numbers[new]] for old, new in sorted(redirects(graph).items()) if new in numbering.numbers
        ],
    }


def _kind(name: str, count: int) -> dict[str, object]:
    kind = NODE_KINDS[name]
    return {
        "name": name,
        "label": kind.label,
        "plural": kind.plural,
        "classes": list(kind.classes),
        "colour": kind.light,
        "dark": kind.dark,
        "shape": kind.mark,
        "outline": OUTLINES[kind.mark],
        "count": count,
    }


def _facts(graph: GraphTables, numbering: NodeNumbers) -> dict[str, list[int | None]]:
    """Return day, number of articles, number of origins and confidence (in percent) of every node."""
    parts = []
    for table in NODE_TABLES:
        data = graph[table]
        day = next((pl.col(name).cast(pl.Date) for name in ("published", "first") if name in data.columns), pl.lit(None, pl.Date()))
        if table == "events":  # the first day of its month or year; the day of an article is not that of what it only recalls
            day = first_day("when")
        parts.append(
            data.select(
                "iri",
                (day - EPOCH).dt.total_days().alias("day"),
                (pl.col("origins") if "origins" in data.columns else pl.lit(1)).cast(pl.Int64).alias("origins"),
                ((pl.col("confidence") * 100).round() if "confidence" in data.columns else pl.lit(None)).cast(pl.Int64).alias("confidence"),
            )
        )
    frame = numbering.frame.join(pl.concat(parts), on="iri", how="left", maintain_order="left")
    return {
        "day": frame["day"].to_list(),
        "articles": frame["articles"].fill_null(1).to_list(),
        "origins": frame["origins"].fill_null(1).to_list(),
        "confidence": frame["confidence"].to_list(),
    }


def _story_leads(graph: GraphTables, numbering: NodeNumbers) -> list[int | None]:
    """Return the number of the article that leads each story; None if the page does not contain it."""
    first, past = numbering.range("story")
    leads = dict(graph["stories"].select("iri", "lead").iter_rows())
    return [numbering.numbers.get(leads[iri]) for iri in numbering.frame["iri"][first:past]]


def _article_origins(graph: GraphTables, numbering: NodeNumbers) -> list[int]:
    """Return for each article how many places after its origin it is: 0, but for copies of a text that another published first."""
    first, past = numbering.range("article")
    groups = dict(graph["articles"].select("iri", "copy_group").iter_rows())
    articles = numbering.frame["iri"][first:past]
    return [number - numbering.numbers.get(groups[iri] or iri, number) for number, iri in enumerate(articles, first)]


def _names(graph: GraphTables, numbering: NodeNumbers) -> dict[str, list[Any]]:
    """Return the other names and the tickers of nodes, but not the other titles of articles, and none that differs only in its case."""
    names: dict[int, list[str]] = {}
    for table in ("companies", "organisations", "people", "places"):
        columns = [column for column in ("aliases", "tickers", "legal_name") if column in graph[table].columns]
        for row in graph[table].select("iri", "name", *columns).iter_rows(named=True):
            number = numbering.numbers.get(row["iri"])
            candidates = [*(row.get("aliases") or ()), *(row.get("tickers") or ()), row.get("legal_name") or ""]
            others = other_names(row["name"], [name.replace("|", " ") for name in candidates])
            if number is not None and others:
                names[number] = others
    return {"node": sorted(names), "names": ["|".join(names[number]) for number in sorted(names)]}


def page_edges(edges: pl.DataFrame, numbering: NodeNumbers) -> pl.DataFrame:
    """Return the edges between nodes of the page, in the order in which the page numbers them: by kind, source, target."""
    numbers = pl.DataFrame({"iri": numbering.frame["iri"], "n": range(numbering.frame.height)}, schema={"iri": pl.String, "n": pl.Int64})
    shown = edges.join(numbers.rename({"iri": "source", "n": "from"}), on="source").join(
        numbers.rename({"iri": "target", "n": "to"}), on="target"
    )
    order = pl.col("kind").cast(pl.Enum(list(EDGE_KINDS))).to_physical().alias("place")
    return shown.with_columns(order).sort("place", "from", "to", "role", "event", nulls_last=True)


def edge_groups(edges: pl.DataFrame, numbering: NodeNumbers) -> list[dict[str, object]]:
    """Return the edges in groups, one for each kind."""
    groups = []
    for (kind,), rows in edges.group_by("kind", maintain_order=True):
        about = EDGE_KINDS[str(kind)]
        sources = rows["from"]
        group: dict[str, object] = {
            "kind": about.name, "label": about.label, "inverse": about.inverse, "inferred": about.inferred, "directed": not about.symmetric,
            "property": about.property,
            "origin": edge_origins().get((about.name, ""), ""),
            "source": [int(sources[0]), *sources.diff().drop_nulls().to_list()], "target": rows["to"].to_list(),
        }  # fmt: skip
        if rows["role"].null_count() < rows.height:
            roles = sorted_roles(rows["role"].drop_nulls().unique().to_list())
            group |= {
                "role": [roles.index(role) for role in rows["role"]],
                "roles": [role_label(role) for role in roles],
                "roleProperties": roles,
            }
        if rows["event"].null_count() < rows.height:
            group["event"] = [numbering.numbers.get(event, -1) for event in rows["event"]]
        groups.append(group)
    return groups


def seconds(value: datetime | None) -> int | None:
    """Return a time as seconds since 1970, in UTC."""
    return None if value is None else int(value.astimezone(UTC).timestamp())
