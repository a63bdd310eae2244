"""The IRIs of an earlier build, so that a thing that stays the same keeps its IRI: the file `iris.csv`.

A row says that a member (a normalised name of a company, an article of a story, a report of an event) belongs to an IRI. Each article of
the build has a row too, so that a later build can tell new articles from those that were there. A row with
`replaced_by` says that another IRI replaces it for now; it keeps its members, by which it is found again if a decision is taken back. A
row with neither reserves the IRI, which must not be given to something else.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file

COLUMNS = ("kind", "iri", "member", "replaced_by")
KINDS = ("article", "company", "deal", "event", "story")


@dataclass(frozen=True, slots=True)
class KeptIris:
    """The IRIs of an earlier build with their members, in the order of the file, and its redirects."""

    members: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)  # kind -> IRI -> members
    replaced: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # replaced IRI -> (kind, the IRI that replaces it)

    def articles(self) -> frozenset[str]:
        """Return the names of all articles that earlier builds had: the last part of their IRIs.

        Files that older versions wrote have no rows of articles. In these each article was in a story, if only in one of its own.
        """
        return frozenset(name for kind in ("article", "story") for names in self.members.get(kind, {}).values() for name in names)

    def iris(self, kind: str) -> frozenset[str]:
        """Return all IRIs of a kind that were ever assigned, none of which may be given to something else."""
        return frozenset(self.members.get(kind, ())) | {iri for iri, (its_kind, _) in self.replaced.items() if its_kind == kind}


NO_IRIS = KeptIris()


def read_iris(path: Path, base: str) -> KeptIris:
    """Read an `iris.csv`; all its IRIs must begin with `base`.

    Raises InputError if it cannot be read, lacks columns, contradicts itself or has another base.
    """
    check_given_file(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            columns, rows = next(reader, []), list(filter(None, reader))
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "Check the path and its permissions.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"is not valid CSV ({error})", "Use the iris.csv that an earlier build wrote.") from error
    if not set(COLUMNS) <= set(columns):
        hint = f"Use the iris.csv that an earlier build wrote, with the columns {', '.join(COLUMNS)}."
        raise InputError(str(path), "lacks columns of a file of IRIs", hint)
    return _checked_iris(path, base, columns, rows)


def _checked_iris(path: Path, base: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> KeptIris:
    members: dict[str, dict[str, dict[str, None]]] = defaultdict(dict)
    replaced: dict[str, tuple[str, str]] = {}
    checked: set[str] = set()
    position = {column: at for at, column in enumerate(columns)}
    cells = itemgetter(*map(position.__getitem__, COLUMNS))
    for number, row in enumerate(rows, start=2):
        kind, iri, member, replacement = cells(row if len(row) >= len(columns) else [*row, *[""] * (len(columns) - len(row))])
        kind, iri, replacement = kind.strip(" "), iri.strip(" "), replacement.strip(" ")
        if kind not in KINDS or not iri:
            hint = f"Use the iris.csv that an earlier build wrote; its kinds are {', '.join(KINDS)}."
            raise InputError(_place(path, number), "has an unknown kind, or no IRI", hint)
        for written in (iri, replacement):
            if written and written not in checked:
                _check_iri(written, base, _place(path, number))
                checked.add(written)
        if replacement:
            if replaced.setdefault(iri, (kind, replacement)) != (kind, replacement):
                raise InputError(_place(path, number), f"{iri} is replaced by two others", "Remove one of the rows.")
        else:
            names = members[kind].setdefault(iri, {})
            if member:
                names[member] = None
    _check_no_circles(path, replaced)
    return KeptIris({kind: {iri: tuple(names) for iri, names in of_kind.items()} for kind, of_kind in members.items()}, replaced)


def _place(path: Path, line: int) -> str:
    return f"{path}: line {line}"


def _check_iri(iri: str, base: str, where: str) -> None:
    if not iri.startswith(base) or iri == base:
        hint = f"All IRIs of this file must begin with {base}: build with the same --base as before."
        problem = f"{iri!r} is not an IRI with this base"
        raise InputError(where, problem, hint)
    if not iri.isprintable() or set(iri) & set(' <>"{}|\\^`'):
        problem = f"{iri!r} contains characters that are not allowed in an IRI"
        raise InputError(where, problem, "Use the iris.csv as an earlier build wrote it.")


def _check_no_circles(path: Path, replaced: Mapping[str, tuple[str, str]]) -> None:
    checked: set[str] = set()  # known not to lead into a circle
    for iri in replaced:
        passed, current = set(), iri
        while current in replaced and current not in checked:
            if current in passed:
                raise InputError(str(path), f"{current} is replaced in a circle", "Remove one of the rows of the circle.")
            passed.add(current)
            current = replaced[current][1]
        checked |= passed
