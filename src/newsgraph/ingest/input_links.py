"""Links in the folders of a build: only those that lead to its inputs are followed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path


def real_places(inputs: Iterable[Path]) -> list[Path]:
    """Return where inputs are, behind all links: a link that is itself an input was named by the user."""
    return [Path(os.path.realpath(path)) for path in inputs]


def leads_inside(link: str | os.PathLike[str], places: Sequence[Path]) -> bool:
    """Return whether a link leads to one of the places of `real_places` or to something below one."""
    target = Path(os.path.realpath(link))
    return any(target == place or place in target.parents for place in places)
