"""Turn discs so that what is linked to other discs faces them."""

from __future__ import annotations

import numpy as np

from newsgraph.explorer.layout.edge_weights import Numbers, Reals, WeightedEdges

_NONE = 1e-9  # a length that has no direction
_CLEAR = 0.05  # how much longer an axis must be, as a part of the whole


def rotate_discs(x: Reals, y: Reals, disc: Numbers, between: WeightedEdges, middle_x: Reals, middle_y: Reals) -> tuple[Reals, Reals]:
    """Turn, or turn over, the nodes of each disc; places are relative to its middle, `between` links nodes of different discs.

    Discs without such links stand upright, so that names beside their nodes have room.
    """
    discs = int(disc.max(initial=-1)) + 1
    source = np.concatenate([between.source, between.target])
    target = np.concatenate([between.target, between.source])
    weight = np.concatenate([between.weight, between.weight])
    here, there = disc[source], disc[target]
    dx, dy = middle_x[there] - middle_x[here], middle_y[there] - middle_y[here]
    far = np.maximum(np.sqrt(dx * dx + dy * dy), _NONE)
    dx, dy = weight * dx / far, weight * dy / far
    px, py = x[source], y[source]

    def summed(values: Reals) -> Reals:
        return np.bincount(here, weights=values, minlength=discs).astype(np.float64)

    # the best turn is the direction of the sum of wanted directions, each measured from where the node lies
    cos, sin = summed(dx * px + dy * py), summed(dy * px - dx * py)
    cos_over, sin_over = summed(dx * px - dy * py), summed(dy * px + dx * py)
    straight, over = np.sqrt(cos * cos + sin * sin), np.sqrt(cos_over * cos_over + sin_over * sin_over)
    flip = over > straight * 1.000001 + _NONE
    cos, sin, length = np.where(flip, cos_over, cos), np.where(flip, sin_over, sin), np.where(flip, over, straight)
    still = length < _NONE
    upright = _upright(x, y, disc, discs)
    cos = np.where(still, upright[0], cos / np.maximum(length, _NONE))
    sin = np.where(still, upright[1], sin / np.maximum(length, _NONE))
    cos, sin = cos[disc], sin[disc]
    y = np.where(flip[disc], -y, y)
    return np.round(cos * x - sin * y, 6), np.round(sin * x + cos * y, 6)


def _upright(x: Reals, y: Reals, disc: Numbers, discs: int) -> tuple[Reals, Reals]:
    """Give the cosine and sine of the turn that makes the longest axis of each disc's nodes vertical; none where no axis is longer."""
    xx, yy = np.bincount(disc, weights=x * x, minlength=discs), np.bincount(disc, weights=y * y, minlength=discs)
    xy = np.bincount(disc, weights=x * y, minlength=discs)
    # the axis lies at half the angle of (xx - yy, 2 xy); from there to the vertical it is a quarter turn less that
    doubled = np.sqrt((xx - yy) ** 2 + 4 * xy * xy)
    clear = doubled > _CLEAR * (xx + yy)
    cos_axis = np.where(clear, (xx - yy) / np.maximum(doubled, _NONE), -1.0)
    cos = np.sqrt(np.maximum(1 - cos_axis, 0) / 2)
    sin = np.sqrt(np.maximum(1 + cos_axis, 0) / 2)
    return np.where(xy < 0, -cos, cos).astype(np.float64), sin.astype(np.float64)
