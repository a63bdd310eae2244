"""IRIs that a former build gave, so that what stays the same thing keeps its name: the file `iris.csv`.

One row says that a member (a company's folded name, an article of a story, a report of an event) belonged to an IRI; a
row without a member says that an IRI was replaced by another.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsgraph.errors import InputError

COLUMNS = ("kind", "iri", "member", "replaced_by")


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
            rows = list(csv.DictReader(file, strict=True))
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "Check the path and its permissions.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(str(path), f"is no CSV ({error})", "Give the iris.csv that a former build wrote.") from error
    if rows and not set(COLUMNS) <= set(rows[0]):
        hint = f"Give the iris.csv that a former build wrote, with the columns {', '.join(COLUMNS)}."
        raise InputError(str(path), "has not the columns of kept IRIs", hint)
    return _kept(path, base, rows)


def _kept(path: Path, base: str, rows: Iterable[Mapping[str, str | None]]) -> KeptIris:
    members: dict[str, dict[str, list[str]]] = defaultdict(dict)
    replaced: dict[str, tuple[str, str]] = {}
    for number, row in enumerate(rows, start=2):
        kind, iri, member, other = ((row[column] or "").strip() for column in COLUMNS)
        where = f"{path}: line {number}"
        for one in filter(None, (iri, other)):
            if not one.startswith(base) or set(one) & set(' <>"{}|\\^`'):
                hint = f"All IRIs of this file must begin with {base}: build with the --base it was made with."
                problem = f"{one} is no IRI of this base"
                raise InputError(where, problem, hint)
        if not kind or not iri:
            raise InputError(where, "names no kind or no IRI", "Give the iris.csv that a former build wrote.")
        if other:
            replaced[iri] = (kind, other)
        else:
            members[kind].setdefault(iri, []).append(member)
    for iri in replaced:
        seen, at = {iri}, replaced[iri][1]
        while at in replaced:
            if at in seen:
                raise InputError(str(path), f"{iri} is replaced in a circle", "Remove one of the rows of the circle.")
            seen.add(at)
            at = replaced[at][1]
    return KeptIris({kind: {iri: tuple(found) for iri, found in named.items()} for kind, named in members.items()}, replaced)
