"""The user's decisions and kept IRIs, read from their files, and the problems of decisions that were not applied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from newsgraph.core.model import Problem
from newsgraph.decisions.contradictions import combine_decisions
from newsgraph.decisions.decision import NO_DECISIONS, Decision, Decisions, Verb
from newsgraph.decisions.decisions_file import read_decisions
from newsgraph.decisions.stable_iris import NO_IRIS, read_iris
from newsgraph.resolve import UserDecisions

_UNAPPLIED = {
    "unused": ("applies to nothing that was found", "Check the name, or remove the decision."),
    "contradicted": ("contradicts another decision about the same thing, and neither was applied", "Remove the wrong one."),
    "ambiguous": (
        "matches several events, and was applied to none of them",
        "Add the month, the amount or an article (in) of the event you mean.",
    ),
}


_ADD = "Check the link of the article, that it contains the sentence, and the names of the main parties."


def read_user_decisions(decisions: Path | None, iris: Path | None, base: str) -> UserDecisions:
    """Read a file of decisions and an `iris.csv`, if there are any. Raises InputError if one cannot be used."""
    decided = combine_decisions(read_decisions(decisions)) if decisions else NO_DECISIONS
    return UserDecisions(decided, read_iris(iris, base) if iris else NO_IRIS)


def unapplied_decisions(source: str, decisions: Decisions, rows: Sequence[Mapping[str, object]]) -> Iterator[Problem]:
    """Yield the decisions that contradict each other, with all their lines, and those that were not applied for another reason.

    `rows` are those of the table `decisions`, `source` is the name of the file.
    """
    for contradiction in decisions.contradictions:
        lines = sorted({decision.line for decision in contradiction.decisions})
        where = ("lines " if len(lines) > 1 else "line ") + ", ".join(map(str, lines))
        listed = "; ".join(str(decision) for decision in sorted(contradiction.decisions, key=_line))
        yield Problem(source, where, f"{contradiction.what}: {listed}. None of these is applied", "Remove the wrong ones.")
    outcomes = {tuple(str(row[name] or "") for name in ("decision", "who", "when", "why")): row["outcome"] for row in rows}
    for decision in decisions.applied:
        problem = _UNAPPLIED.get(str(outcomes.get(decision.order)))
        if problem:
            what, hint = problem
            hint = _ADD if decision.verb is Verb.ADD and what == _UNAPPLIED["unused"][0] else hint
            yield Problem(source, f"line {decision.line}", f"{decision} {what}", hint)


def _line(decision: Decision) -> int:
    return decision.line
