"""The account of a build's inputs: what was read in which dialect, what was lost, what was not understood, what was passed over.

It is `report.json` of an output folder. It depends on the inputs only, not on which of them came from the cache.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from newsgraph.core.model import Problem
from newsgraph.ingest.losses import NO_LOSSES, Losses, losses_of
from newsgraph.ingest.other_files import PassedOver
from newsgraph.ingest.unread_fields import UnreadField

_FORMAT = 1
_SHOWN = 20
"""Problems of a file in the report; the table `problems` has more."""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What one file gave; `dialect` is empty if it was not read."""

    source: str
    dialect: str = ""
    articles: int = 0
    unread: tuple[UnreadField, ...] = ()
    losses: Losses = NO_LOSSES
    problems: tuple[Problem, ...] = ()


class UnreadTotal(NamedTuple):
    """A field that was not understood in some files: the number of records with it, of files, and the first example with its file."""

    name: str
    records: int
    files: int
    example: str
    file: str


@dataclass(frozen=True, slots=True)
class InputReport:
    """What all inputs gave, by file, sorted; and the files that were passed over, sorted."""

    files: tuple[FileReport, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()

    @property
    def losses(self) -> Losses:
        """What was lost in all files together."""
        return sum((file.losses for file in self.files), NO_LOSSES)

    @property
    def is_complete(self) -> bool:
        """Whether nothing was lost, not understood or passed over, but hidden files and the build's own lists."""
        return not (any(self.losses) or self.unread() or any(not is_expected(one) for one in self.passed_over))

    def dialects(self) -> list[tuple[str, int, int]]:
        """Return the dialects with their numbers of files and articles, the most files first."""
        files: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for file in self.files:
            if file.dialect:
                files[file.dialect][0] += 1
                files[file.dialect][1] += file.articles
        return sorted(((name, *counts) for name, counts in files.items()), key=lambda row: (-row[1], row[0]))  # type: ignore[misc]

    def unread(self) -> list[UnreadTotal]:
        """Return the fields that were not understood, those of the most records first."""
        totals: dict[str, UnreadTotal] = {}
        for file in self.files:
            for one in file.unread:
                total = totals.get(one.name) or UnreadTotal(one.name, 0, 0, one.example, file.source)
                totals[one.name] = total._replace(records=total.records + one.count, files=total.files + 1)
        return sorted(totals.values(), key=lambda total: (-total.records, total.name))

    def kinds_passed_over(self) -> list[tuple[str, int]]:
        """Return the extensions of files that were passed over, with their numbers, the most first; without those that are expected."""
        counts: dict[str, int] = defaultdict(int)
        for one in self.passed_over:
            if not is_expected(one):
                counts[one.extension] += 1
        return sorted(counts.items(), key=lambda row: (-row[1], row[0]))


NO_REPORT = InputReport()


def is_expected(file: PassedOver) -> bool:
    """Return whether a file is passed over as it ought to be: it is hidden, or a list for the build."""
    return file.what in {"is hidden", "is a list for the build, not news"}


def input_report(files: Iterable[FileReport], problems: Iterable[Problem], passed_over: Sequence[PassedOver]) -> InputReport:
    """Return the account of some files; those of one source are pieces of one feed, and `problems` are further ones of their sources."""
    pieces: dict[str, list[FileReport]] = defaultdict(list)
    for file in files:
        pieces[file.source].append(file)
    more: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        more[problem.source].append(problem)
    whole = [_joined(source, pieces.get(source, []), more.get(source, [])) for source in sorted({*pieces, *more})]
    return InputReport(tuple(whole), tuple(sorted(passed_over)))


def _joined(source: str, pieces: list[FileReport], more: list[Problem]) -> FileReport:
    unread: dict[str, UnreadField] = {}
    for piece in pieces:
        for one in piece.unread:
            known = unread.get(one.name)
            unread[one.name] = UnreadField(one.name, one.count + (known.count if known else 0), known.example if known else one.example)
    return FileReport(
        source, next((piece.dialect for piece in pieces if piece.dialect), ""), sum(piece.articles for piece in pieces),
        tuple(unread.values()), sum((piece.losses for piece in pieces), losses_of(more)),
        (*more, *(problem for piece in pieces for problem in piece.problems))[:_SHOWN],
    )  # fmt: skip


def report_file(report: InputReport) -> bytes:
    """Return the content of `report.json`."""
    content = {
        "format": _FORMAT,
        "totals": {
            "files": len(report.files), "articles": sum(file.articles for file in report.files), "passed_over": len(report.passed_over),
            "lost": _lost(report.losses),
        },
        "dialects": [{"dialect": name, "files": files, "articles": articles} for name, files, articles in report.dialects()],
        "not_understood": [
            {"field": one.name, "records": one.records, "files": one.files, "example": one.example, "in": one.file} for one in report.unread()
        ],
        "files": [_file_row(file) for file in report.files],
        "passed_over": [{"file": one.source, "reason": one.what, "hint": one.hint} for one in report.passed_over],
    }  # fmt: skip
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def _file_row(file: FileReport) -> dict[str, object]:
    row: dict[str, object] = {"file": file.source, "dialect": file.dialect or None, "articles": file.articles}
    if any(file.losses):
        row["lost"] = _lost(file.losses)
    if file.unread:
        row["not_understood"] = {one.name: one.count for one in file.unread}
    if file.problems:
        row["problems"] = [
            {"field": problem.field, "what": problem.what, "hint": problem.hint, "severity": problem.severity.value}
            for problem in file.problems
        ]
    return row


def _lost(losses: Losses) -> dict[str, int]:
    return losses._asdict()
