"""Communities of companies, kept only where the network is more divided than one in which chance decides who is in the news together."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
import polars as pl

from newsgraph.analytics.appearances import pairs
from newsgraph.core.errors import MissingExtraError, UnknownNameError
from newsgraph.explorer.layout.communities import Engine, engine_named
from newsgraph.explorer.layout.edge_weights import Numbers, WeightedEdges

ENGINES = ("networkx", "networkit")
"""Libraries that find communities and paths; networkit is an extra."""
_SAMPLES = 10  # shuffled networks that the real one is compared with
_BEYOND = 3.0  # standard deviations that modularity must be above their mean
_LEAST = 3  # companies of a community
_SEED = 20210301


@dataclass(frozen=True, slots=True)
class Division:
    """The communities of a network, each the IRIs of its members in order; the largest first. With the modularity, and that of chance."""

    communities: tuple[tuple[str, ...], ...]
    modularity: float
    expected: float
    deviations: float


def divide(named: pl.DataFrame, engine: Engine) -> Division:
    """Divide what appears together by the Louvain method (Blondel and others 2008).

    `named` has the columns iri and happening. A random network has communities too, with a modularity far above 0 (Guimerà, Sales-Pardo and
    Amaral 2004). So the same division is made of networks in which everything appears as often, and every happening is as large, but who
    appears with whom is shuffled; without a modularity three standard deviations above theirs, there are no communities.
    """
    rows = named.select("happening", "iri").drop_nulls().unique().sort("happening", "iri")
    things = rows["iri"].unique().sort()
    links = _links(rows, things)
    if not len(links.weight):
        return Division((), 0.0, 0.0, 0.0)
    labels = engine(len(things), links, 1.0)
    modularity = _modularity(labels, links)
    chance = np.random.Generator(np.random.PCG64(_SEED))
    shuffled = []
    for _ in range(_SAMPLES):
        order = chance.permutation(rows.height)
        other = _links(rows.with_columns(pl.Series("iri", rows["iri"].to_numpy()[order])), things)
        shuffled.append(_modularity(engine(len(things), other, 1.0), other))
    mean, spread = float(np.mean(shuffled)), float(np.std(shuffled, ddof=1))
    deviations = round((modularity - mean) / spread, 3) if spread > 0 else 0.0
    values = round(modularity, 6), round(mean, 6), deviations
    if deviations < _BEYOND:
        return Division((), *values)
    return Division(_groups(labels, things), *values)


def engine_for(name: str) -> Engine:
    """Return an engine. Raises UnknownNameError for an unknown one, MissingExtraError for one that is not installed."""
    what = "engine"
    if name not in ENGINES:
        raise UnknownNameError(what, name, ENGINES, "")
    if find_spec(name) is None:
        raise MissingExtraError(what, name, name, "Without it, use networkx")
    return engine_named(name)


def _links(rows: pl.DataFrame, things: pl.Series) -> WeightedEdges:
    counted = pairs(rows, "happening")
    number = pl.DataFrame({"iri": things, "n": range(len(things))}, schema={"iri": pl.String, "n": pl.Int64})
    for end in ("one", "other"):
        counted = counted.join(number.rename({"iri": end, "n": f"{end}_n"}), on=end, maintain_order="left")
    return WeightedEdges(counted["one_n"].to_numpy(), counted["other_n"].to_numpy(), counted["shared"].cast(pl.Float64).to_numpy())


def _modularity(labels: Numbers, links: WeightedEdges) -> float:
    """Return the modularity of a division (Newman and Girvan 2004, with weights)."""
    total = float(links.weight.sum())
    if not total:
        return 0.0
    inside = float(links.weight[labels[links.source] == labels[links.target]].sum()) / total
    strength = np.bincount(np.concatenate([labels[links.source], labels[links.target]]), weights=np.tile(links.weight, 2))
    return inside - float(((strength / (2 * total)) ** 2).sum())


def _groups(labels: Numbers, things: pl.Series) -> tuple[tuple[str, ...], ...]:
    members: dict[int, list[str]] = {}
    for iri, label in zip(things.to_list(), labels.tolist(), strict=True):
        members.setdefault(label, []).append(iri)
    large = (tuple(group) for group in members.values() if len(group) >= _LEAST)
    return tuple(sorted(large, key=lambda group: (-len(group), group)))
