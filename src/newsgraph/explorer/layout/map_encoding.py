"""A map as bytes, to be kept from one build to the next."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import numpy as np

from newsgraph.explorer.layout.community_map import CommunityMap, Region


def encode_map(laid_out: CommunityMap) -> bytes:
    """Return a map as bytes, arrays of whole numbers without anything executable."""
    regions = [(region.number, region.x, region.y, region.radius, len(region.members)) for region in laid_out.regions]
    buffer = io.BytesIO()
    np.savez(
        buffer, x=laid_out.x, y=laid_out.y, community=laid_out.community, room=np.array(laid_out.room),
        regions=np.array(regions, dtype=np.int64).reshape(-1, 5),
        members=np.array([member for region in laid_out.regions for member in region.members], dtype=np.int64),
    )  # fmt: skip
    return buffer.getvalue()


def decode_map(content: bytes) -> CommunityMap:
    """Return the map that `encode_map` wrote. Raises ValueError for anything else."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            x, y, community, room, rows, members = (arrays[name] for name in ("x", "y", "community", "room", "regions", "members"))
    except (KeyError, OSError, EOFError, zipfile.BadZipFile) as error:
        message = "no map"
        raise ValueError(message) from error
    ends = np.concatenate([[0], np.cumsum(rows[:, 4])]).tolist()
    regions = tuple(
        Region(number, at_x, at_y, radius, tuple(members[start:end].tolist()))
        for (number, at_x, at_y, radius, _), (start, end) in zip(rows.tolist(), pairwise(ends), strict=True)
    )
    return CommunityMap(x, y, community, regions, int(room))
