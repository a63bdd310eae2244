"""IRIs that a former build gave, so that what stays the same thing keeps its name: the file `iris.csv`.

One row says that a member (a company's folded name, an article of a story, a report of an event) belonged to an IRI; a row with
`replaced_by` says that an IRI was replaced by another, and a row with neither that the IRI is used up, though nothing has it.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsgraph.core.errors import InputError

COLUMNS = ("kind", "iri", "member", "replaced_by")
KINDS = ("company", "deal", "event", "story")


@dataclass(frozen=True, slots=True)
class KeptIris:
    """IRIs by kind and member, in the order of the file, and the IRIs that were replaced, each by the one that stands for it now."""

    members: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)  # kind -> IRI -> members
    replaced: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # IRI -> (kind, IRI)

    def iris(self, kind: str) -> frozenset[str]:
        """Give all IRIs of a kind that were ever given, so that none is given to something else."""
        return frozenset(self.members.get(kind, ())) | {iri for iri, (of, _) in self.replaced.items() if of == kind}


NO_IRIS = KeptIris()


def read_iris(path: Path, base: str) -> KeptIris:
    """Read an `iris.csv`. Raises InputError where it cannot be read, lacks columns, contradicts itself or has another base."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            columns, rows = reader.fieldnames or (), list(reader)
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "Check the path and its permissions.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"is no CSV ({error})", "Give the iris.csv that a former build wrote.") from error
    if not set(COLUMNS) <= set(columns):
        hint = f"Give the iris.csv that a former build wrote, with the columns {', '.join(COLUMNS)}."
        raise InputError(str(path), "has not the columns of kept IRIs", hint)
    return _kept(path, base, rows)


def _kept(path: Path, base: str, rows: Iterable[Mapping[str, str | None]]) -> KeptIris:
    members: dict[str, dict[str, list[str]]] = defaultdict(dict)
    replaced: dict[str, tuple[str, str]] = {}
    for number, row in enumerate(rows, start=2):
        kind, iri, other = ((row[column] or "").strip(" ") for column in ("kind", "iri", "replaced_by"))
        member = row["member"] or ""
        where = f"{path}: line {number}"
        if kind not in KINDS or not iri:
            hint = f"Give the iris.csv that a former build wrote; its kinds are {', '.join(KINDS)}."
            raise InputError(where, "names no kind of kept IRIs, or no IRI", hint)
        for one in filter(None, (iri, other)):
            _check(one, base, where)
        if other:
            if replaced.setdefault(iri, (kind, other)) != (kind, other):
                raise InputError(where, f"{iri} is replaced by two others", "Remove one of the rows.")
        elif member not in members[kind].setdefault(iri, []) and member:
            members[kind][iri].append(member)
    both = sorted(iri for named in members.values() for iri in named if iri in replaced)
    if both:
        raise InputError(str(path), f"{both[0]} has members and is replaced", "Remove the one or the other.")
    _check_ends(path, replaced)
    return KeptIris({kind: {iri: tuple(found) for iri, found in named.items()} for kind, named in members.items()}, replaced)


def _check(iri: str, base: str, where: str) -> None:
    if not iri.startswith(base) or iri == base:
        hint = f"All IRIs of this file must begin with {base}: build with the --base it was made with."
        problem = f"{iri!r} is no IRI of this base"
        raise InputError(where, problem, hint)
    if not iri.isprintable() or set(iri) & set(' <>"{}|\\^`'):
        problem = f"{iri!r} holds characters that no IRI may hold"
        raise InputError(where, problem, "Give the iris.csv as a former build wrote it.")


def _check_ends(path: Path, replaced: Mapping[str, tuple[str, str]]) -> None:
    ends: set[str] = set()  # known to lead out of the table
    for iri in replaced:
        passed, at = set(), iri
        while at in replaced and at not in ends:
            if at in passed:
                raise InputError(str(path), f"{at} is replaced in a circle", "Remove one of the rows of the circle.")
            passed.add(at)
            at = replaced[at][1]
        ends |= passed
