"""Communities over time: those of each period are followed from the ones before, and keep their number and name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from newsgraph.analytics.appearances import MAIN, appearances
from newsgraph.analytics.community_detection import divide, engine_for
from newsgraph.analytics.time_periods import period_of
from newsgraph.core.graph_tables import GraphTables

_ALIKE = 0.3  # least share of common members (Jaccard) of a community and its continuation
_NAMED = 3  # members whose names make the name of a community
_SCHEMA = {
    "period": pl.String, "community": pl.Int64, "community_name": pl.String, "company": pl.String, "company_name": pl.String,
    "happenings": pl.Int64, "joined": pl.Boolean,
}  # fmt: skip


@dataclass(slots=True)
class _Community:
    """A community as it was last seen."""

    number: int
    name: str
    members: frozenset[str]


def communities(graph: GraphTables, by: str | None, weights: Iterable[str] | None = MAIN, engine: str = "networkx") -> pl.DataFrame:
    """Return the members of the communities of each period; see `Analytics.communities`."""
    named = appearances(graph, "company", weights).with_columns(period_of(pl.col("published"), by).alias("period")).drop_nulls("period")
    labels = dict(graph["companies"].select("iri", "name").iter_rows())
    known: list[_Community] = []
    divider = engine_for(engine)
    rows: list[dict[str, object]] = []
    for (period,), part in sorted(named.partition_by("period", as_dict=True).items()):
        counts = dict(part.select("iri", "happening").unique()["iri"].value_counts().iter_rows())
        for members, before in _followed(divide(part, divider).communities, known):
            ranked = sorted(members, key=lambda iri: (-counts[iri], iri))
            if before is None:
                name = ", ".join(labels[iri] for iri in ranked[:_NAMED])
                community, earlier = _Community(len(known) + 1, name, members), members
                known.append(community)
            else:
                community, earlier = before, before.members
                before.members = members
            rows += [
                {"period": period, "community": community.number, "community_name": community.name, "company": iri,
                 "company_name": labels[iri], "happenings": counts[iri], "joined": iri not in earlier}
                for iri in ranked
            ]  # fmt: skip
    return pl.DataFrame(rows, schema=_SCHEMA).sort("period", "community", maintain_order=True)


def _followed(found: Iterable[tuple[str, ...]], known: list[_Community]) -> list[tuple[frozenset[str], _Community | None]]:
    """Match communities with earlier ones, one to one, the most alike first (after Greene, Doyle and Cunningham 2010)."""
    groups = [frozenset(group) for group in found]
    alike = sorted(
        (-len(group & community.members) / len(group | community.members), community.number, place)
        for place, group in enumerate(groups)
        for community in known
    )
    matched: dict[int, _Community] = {}
    taken: set[int] = set()
    for likeness, number, place in alike:
        if -likeness >= _ALIKE and place not in matched and number not in taken:
            matched[place] = known[number - 1]
            taken.add(number)
    return [(group, matched.get(place)) for place, group in enumerate(groups)]
