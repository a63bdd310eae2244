"""The backbone of a network: the links that are stronger than chance gives each of their ends (Serrano, Boguñá and Vespignani 2009)."""

from __future__ import annotations

import polars as pl


def disparity(links: pl.DataFrame, weight: str = "happenings") -> pl.DataFrame:
    """Add `p_value`: the probability that one end divides its whole weight among its links at random and gives this one so much.

    For an end of degree k whose link has the share s of its weight that is (1 - s) ** (k - 1). The smaller of both ends counts; an end
    with one link says nothing, so a link between two such ends has the probability 1.
    """
    ends = pl.concat([links.select(pl.col(end).alias("end"), pl.col(weight).alias("w")) for end in ("one", "other")])
    totals = ends.group_by("end").agg(pl.col("w").sum().alias("total"), pl.len().cast(pl.Int64).alias("degree"))
    for end in ("one", "other"):
        joined = links.join(totals, left_on=end, right_on="end", how="left", maintain_order="left")
        chance = (1 - pl.col(weight) / pl.col("total")) ** (pl.col("degree") - 1)
        links = joined.with_columns(chance.alias(f"{end}_p")).drop("total", "degree")
    smaller = pl.min_horizontal("one_p", "other_p").round_sig_figs(6)
    return links.with_columns(smaller.alias("p_value")).drop("one_p", "other_p")


def backbone(links: pl.DataFrame, level: float) -> pl.DataFrame:
    """Return the links whose probability is below `level`, the least probable first."""
    kept = disparity(links).filter(pl.col("p_value") < level)
    return kept.sort(["p_value", "happenings", "one", "other"], descending=[False, True, False, False])
