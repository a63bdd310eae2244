"""Rotation of discs so that nodes with links to other discs face these."""

from __future__ import annotations

import numpy as np

from newsgraph.explorer.layout.edge_weights import Numbers, Reals, WeightedEdges

_ZERO = 1e-9  # below it, a length has no direction
_CLEAR = 0.05  # how much longer the main axis must be, as a part of the whole


def rotate_discs(x: Reals, y: Reals, disc: Numbers, between: WeightedEdges, middle_x: Reals, middle_y: Reals) -> tuple[Reals, Reals]:
    """Rotate, and if necessary mirror, the nodes of each disc. Places are relative to its centre; `between` links nodes of different discs.

    Discs without such links are turned upright, so that there is room for names next to their nodes.
    """
    discs = int(disc.max(initial=-1)) + 1
    source = np.concatenate([between.source, between.target])
    target = np.concatenate([between.target, between.source])
    weight = np.concatenate([between.weight, between.weight])
    here, there = disc[source], disc[target]
    dx, dy = middle_x[there] - middle_x[here], middle_y[there] - middle_y[here]
    far = np.maximum(np.sqrt(dx * dx + dy * dy), _ZERO)
    dx, dy = weight * dx / far, weight * dy / far
    px, py = x[source], y[source]

    def summed(values: Reals) -> Reals:
        return np.bincount(here, weights=values, minlength=discs).astype(np.float64)

    # the best angle is that of the sum of desired directions, each relative to the direction of the node
    cos, sin = summed(dx * px + dy * py), summed(dy * px - dx * py)
    cos_over, sin_over = summed(dx * px - dy * py), summed(dy * px + dx * py)
    straight, over = np.sqrt(cos * cos + sin * sin), np.sqrt(cos_over * cos_over + sin_over * sin_over)
    flip = over > straight * 1.000001 + _ZERO
    cos, sin, length = np.where(flip, cos_over, cos), np.where(flip, sin_over, sin), np.where(flip, over, straight)
    still = length < _ZERO
    upright = _upright(x, y, disc, discs)
    cos = np.where(still, upright[0], cos / np.maximum(length, _ZERO))
    sin = np.where(still, upright[1], sin / np.maximum(length, _ZERO))
    cos, sin = cos[disc], sin[disc]
    y = np.where(flip[disc], -y, y)
    return np.round(cos * x - sin * y, 6), np.round(sin * x + cos * y, 6)


def _upright(x: Reals, y: Reals, disc: Numbers, discs: int) -> tuple[Reals, Reals]:
    """Return cosine and sine of the angle that makes the longest axis of each disc's nodes vertical, if one is clearly longer."""
    xx, yy = np.bincount(disc, weights=x * x, minlength=discs), np.bincount(disc, weights=y * y, minlength=discs)
    xy = np.bincount(disc, weights=x * y, minlength=discs)
    # the axis has half the angle of (xx - yy, 2 xy); the rotation to the vertical is a quarter turn minus that
    doubled = np.sqrt((xx - yy) ** 2 + 4 * xy * xy)
    clear = doubled > _CLEAR * (xx + yy)
    cos_axis = np.where(clear, (xx - yy) / np.maximum(doubled, _ZERO), -1.0)
    cos = np.sqrt(np.maximum(1 - cos_axis, 0) / 2)
    sin = np.sqrt(np.maximum(1 + cos_axis, 0) / 2)
    return np.where(xy < 0, -cos, cos).astype(np.float64), sin.astype(np.float64)
