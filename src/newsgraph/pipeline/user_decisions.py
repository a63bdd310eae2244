"""Decisions and kept IRIs of a build, read from their files, and what is to be said of the decisions that were not applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from newsgraph.core.model import Problem
from newsgraph.decisions.decision import NO_DECISIONS, Decision, Decisions, combine_decisions
from newsgraph.decisions.decisions_file import read_decisions
from newsgraph.decisions.stable_iris import NO_IRIS, read_iris
from newsgraph.resolve import UserDecisions

_UNAPPLIED = {
    "unused": ("applies to nothing that was found", "Check the name, or remove the decision."),
    "contradicted": ("cannot hold beside another decision about the same thing, and neither was applied", "Remove what does not hold."),
    "ambiguous": ("means several events, and was applied to none", "Add the month or the amount of the event you mean."),
}


def read_user_decisions(decisions: Path | None, iris: Path | None, base: str) -> UserDecisions:
    """Read a file of decisions and an `iris.csv`, where there are any. Raises InputError where one cannot be used."""
    decided = combine_decisions(read_decisions(decisions)) if decisions else NO_DECISIONS
    return UserDecisions(decided, read_iris(iris, base) if iris else NO_IRIS)


def unapplied_decisions(source: str, decisions: Decisions, rows: Sequence[Mapping[str, object]]) -> Iterator[Problem]:
    """Say which decisions contradict each other, naming all their lines, and which were not applied for another reason.

    `rows` are those of the table `decisions`, `source` is what the file is called.
    """
    for found in decisions.contradictions:
        lines = sorted({one.line for one in found.decisions})
        where = ("lines " if len(lines) > 1 else "line ") + ", ".join(map(str, lines))
        told = "; ".join(str(one) for one in sorted(found.decisions, key=_line))
        yield Problem(source, where, f"{found.what}: {told}. None of these is applied", "Remove what does not hold.")
    outcomes = {tuple(str(row[name] or "") for name in ("decision", "who", "when", "why")): row["outcome"] for row in rows}
    for one in decisions.applied:
        what = _UNAPPLIED.get(str(outcomes.get(one.order)))
        if what:
            yield Problem(source, f"line {one.line}", f"{one} {what[0]}", what[1])


def _line(decision: Decision) -> int:
    return decision.line
