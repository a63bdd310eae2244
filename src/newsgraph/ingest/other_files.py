"""Files beside the news that are not opened, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from newsgraph.ingest.problem_notes import ProblemNotes

_UNKNOWN = ("is in no form of news that newsgraph knows", "Turn it into text, JSON Lines or CSV if it is news")


@dataclass(frozen=True, slots=True, order=True)
class PassedOver:
    """A file or a hidden folder of the inputs that is not read: its path below its input, why, and what to do if it is news."""

    source: str
    what: str  # as a predicate: "is a picture"
    hint: str  # as an instruction, without a full stop

    @property
    def extension(self) -> str:
        """The end of the name in lower case, or the name itself where it has none."""
        name = PurePosixPath(self.source.rstrip("/")).name.lower()
        return PurePosixPath(name).suffix or name


@cache
def _kinds() -> Mapping[str, tuple[str, str]]:
    from newsgraph.ingest.yaml_tree import read_yaml  # noqa: PLC0415 - an account of inputs that were read before needs no YAML

    text = (files("newsgraph") / "data" / "other_files.yaml").read_text(encoding="utf-8")
    tree = read_yaml(text, ProblemNotes("other_files.yaml"))
    kinds = tree if isinstance(tree, list) else []
    return {
        extension: (f"is {kind['what']}", str(kind["hint"]))
        for kind in kinds
        if isinstance(kind, dict)
        for extension in str(kind["extensions"]).split()
    }


def is_other(name: str) -> bool:
    """Return whether a file is known to be no news by its name, so that it need not be opened."""
    return PurePosixPath(name).suffix.lower() in _kinds() or name.endswith("~")


def passed_over(source: str) -> PassedOver:
    """Return why a file that is no document is passed over."""
    return PassedOver(source, *_kinds().get(PurePosixPath(source).suffix.lower(), _UNKNOWN))
