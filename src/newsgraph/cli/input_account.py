"""What a build says about its inputs: dialects, losses, fields that were not understood, and files that were passed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsgraph.cli.terminal import counted

if TYPE_CHECKING:
    from newsgraph.ingest import Losses
    from newsgraph.pipeline.input_report import InputReport

_SHOWN = 5
_NOUNS = (("document", "documents"), ("article", "articles"), ("line", "lines"), ("field", "fields"))


def account_lines(report: InputReport, *, verbose: bool = False) -> Iterator[str]:
    """Yield the account of the inputs as lines; if `verbose`, all fields and all files that were passed over."""
    dialects = [f"{name} ({counted(files, 'file')}, {counted(articles, 'article')})" for name, files, articles in report.dialects()]
    if dialects:
        yield f"read as    {', '.join(dialects)}"
    if any(report.losses):
        yield f"lost       {lost(report.losses)}"
    if unread := report.unread():
        shown = unread if verbose else unread[:_SHOWN]
        fields = [f'{one.name} ({counted(one.records, "record")}, such as "{one.example}" in {one.file})' for one in shown]
        yield f"unknown    {', '.join(fields)}{_more(len(unread) - len(shown), 'field')}"
    if kinds := report.kinds_passed_over():
        shown_kinds = kinds if verbose else kinds[:_SHOWN]
        yield f"passed by  {', '.join(f'{count:,} {kind}' for kind, count in shown_kinds)}{_more(len(kinds) - len(shown_kinds), 'kind')}"
    if verbose:
        for file in report.passed_over:
            yield f"  {file.source}: {file.what}. {file.hint}"


def lost(losses: Losses) -> str:
    """Return losses in words: "1 document, 3 lines"."""
    return ", ".join(counted(number, *nouns) for number, nouns in zip(losses, _NOUNS, strict=True) if number)


def _more(number: int, noun: str) -> str:
    return f", and {counted(number, f'more {noun}')}" if number else ""
