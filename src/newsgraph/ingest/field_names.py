"""The names of an article's fields in files of others, as data: the shipped table `field_names.yaml`, and a user's own with `--map`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file
from newsgraph.ingest.problem_notes import ProblemNotes, kind_of
from newsgraph.ingest.yaml_tree import Tree, YamlError, read_yaml

_SEPARATORS = re.compile(r"[\s_\-]+")
_HINT = "Write one line for each field, such as title: kop, or body: [tekst, inhoud]"


class FieldPath(NamedTuple):
    """A name of a field: its path, its place among the names of the field (0 is the best), and whether it often means something else."""

    field: str
    rank: int
    path: tuple[str, ...]
    weak: bool = False


@dataclass(frozen=True, slots=True)
class FieldNames:
    """What fields are called: for the first part of each name, as `plain_name` has it, the fields that it may belong to.

    `of_no_use` are names that say nothing about an article's news; `lists` are the paths of lists of articles within a map; `own` are the
    fields that a user's file maps, whose names go before all others; `wrappers` are maps that hold some of a record's fields.
    """

    fields: Mapping[str, tuple[FieldPath, ...]]
    of_no_use: frozenset[str]
    lists: tuple[tuple[str, ...], ...]
    own: frozenset[str] = frozenset()
    wrappers: frozenset[str] = frozenset()


def plain_name(name: str) -> str:
    """Return a name without what does not matter in it.

    >>> plain_name("Date-published"), plain_name("datePublished")
    ('datepublished', 'datepublished')
    """
    return _SEPARATORS.sub("", name).lower()


@cache
def shipped_names() -> FieldNames:
    """Return the table that comes with newsgraph."""
    text = (files("newsgraph") / "data" / "field_names.yaml").read_text(encoding="utf-8")
    tree = read_yaml(text, ProblemNotes("field_names.yaml"))
    if not isinstance(tree, dict) or not isinstance(fields := tree["fields"], dict):
        raise TypeError  # the file is ours
    candidates = [_candidate(field, rank, name) for field, names in fields.items() for rank, name in enumerate(_names(names))]
    return FieldNames(
        _by_first(candidates),
        frozenset(map(plain_name, _names(tree["of_no_use"]))),
        tuple(map(_path, _names(tree["lists"]))),
        wrappers=frozenset(_names(tree["wrappers"])),
    )


def read_field_names(path: Path) -> FieldNames:
    """Read a file that maps fields to names, as one reads it from `--map`, and put its names before the shipped ones.

    A field is named as in `field_names.yaml`, or by any other name that the table has for it (`date`, `link`, `outlet`). Raises InputError.
    """
    check_given_file(path)
    notes = ProblemNotes(path.name)
    try:
        tree = read_yaml(path.read_text(encoding="utf-8"), notes)
    except (OSError, UnicodeDecodeError, YamlError) as error:
        raise InputError(str(path), f"cannot be read ({error})", _HINT) from error
    if not isinstance(tree, dict) or not tree:
        raise InputError(str(path), f"is {kind_of(tree)}, not a map of fields", _HINT)
    shipped = shipped_names()
    added: list[FieldPath] = []
    for name, values in tree.items():
        field, written = _field(name, shipped), _names(values)
        if field is None:
            known = sorted({candidate.field for of_name in shipped.fields.values() for candidate in of_name})
            raise InputError(str(path), f"has the field {name}, which no article has", f"Fields are: {', '.join(known)}")
        if not written:
            raise InputError(str(path), f"has no name for the field {name}", _HINT)
        added += [_candidate(field, rank - len(written), given) for rank, given in enumerate(written)]
    own = {candidate.path[0] for candidate in added}
    shipped_candidates = [candidate for of_name in shipped.fields.values() for candidate in of_name if candidate.path[0] not in own]
    return FieldNames(
        _by_first([*added, *shipped_candidates]),
        shipped.of_no_use - own,
        shipped.lists,
        frozenset(candidate.field for candidate in added),
        shipped.wrappers,
    )


def _field(name: str, table: FieldNames) -> str | None:
    """Return the field that a name in a user's file means: by its own name, or by the first field that has it as a name."""
    fields = {candidate.field: _path(candidate.field) for of_name in table.fields.values() for candidate in of_name}
    path = _path(name)
    own = next((field for field, written in fields.items() if written == path), None)
    return own or next((candidate.field for candidate in table.fields.get(path[0], ()) if candidate.path == path), None)


def _candidate(field: str, rank: int, name: str) -> FieldPath:
    return FieldPath(field, rank, _path(name.removesuffix("?")), name.endswith("?"))


def _by_first(candidates: Iterable[FieldPath]) -> dict[str, tuple[FieldPath, ...]]:
    table: dict[str, list[FieldPath]] = {}
    for candidate in candidates:
        table.setdefault(candidate.path[0], []).append(candidate)
    return {first: tuple(of_name) for first, of_name in table.items()}


def _path(name: str) -> tuple[str, ...]:
    return tuple(map(plain_name, name.split(".")))


def _names(value: Tree) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item for item in items if isinstance(item, str) and item]
