"""Small trees that weigh rows of numbers, stored as ONNX graphs from `rows` to `chances`; `training/boosted_trees.py` writes them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from newsgraph.core.errors import InputError
from newsgraph.extract.models.tagger import open_session


def chances_by(name: str, rows: NDArray[np.float32]) -> list[float]:
    """Return the probability of each row by the trees of a file in `data`, for instance `event_confidence.onnx`; `rows` are rows by columns.

    Raises InputError if the file is missing.
    """
    return [float(chance) for chance in _load_session(name).run(["chances"], {"rows": rows})[0][:, 0]]


@cache
def _load_session(name: str):  # type: ignore[no-untyped-def] # noqa: ANN202 - onnxruntime has no types
    path = files("newsgraph") / "data" / name
    if not path.is_file():
        raise InputError(str(path), "is missing", "Reinstall newsgraph.")
    return open_session(path.read_bytes(), 1)
