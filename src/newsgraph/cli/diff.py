"""The command `diff`: it shows the differences between two built graphs, as text, as JSON, or as a patch for triple stores."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgraph.cli import terminal
from newsgraph.cli.terminal import counted
from newsgraph.diff.difference_text import change_text, changed_text, node_text, short

if TYPE_CHECKING:
    from newsgraph.diff.difference import Difference, KindDifference

SHOWN = 20  # of each list
LISTED = ("companies", "events", "stories")  # kinds whose nodes are listed; of others, only numbers are shown
_HEAD = 22  # characters before the first number of a line


@click.command(short_help="Show the differences between two graphs.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--patch",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write an RDF patch that turns the old graph into the new one.",
)
@click.option(
    "--output-format",
    "layout",
    type=click.Choice(["text", "json", "markdown", "html"]),
    default="text",
    show_default=True,
    help="How to print the differences.",
)
@click.option("--all", "everything", is_flag=True, help=f"List all differences, of every kind, instead of {SHOWN} per list.")
@click.option("--exit-code", "has_exit_code", is_flag=True, help="Exit with 1 if the graphs differ.")
@click.pass_context
def diff(ctx: click.Context, *, old: Path, new: Path, patch: Path | None, layout: str, everything: bool, has_exit_code: bool) -> None:
    """Show which companies, events and stories are new, gone or changed from OLD to NEW, two output folders of `build`.

    Exit code: 0; with --exit-code, 1 if the graphs differ; 2 if the command was wrong.
    """
    from newsgraph.diff.graph_diff import diff as diff_tables
    from newsgraph.export.parquet import read_tables

    before, after = read_tables(old), read_tables(new)
    difference = diff_tables(before, after)
    if layout == "json":
        click.echo(terminal.as_json(_object(difference)))
    elif layout in {"markdown", "html"}:
        click.echo(_page(difference, layout, everything=everything), nl=False)
    else:
        for line in lines(difference, None if everything else SHOWN):
            terminal.say(line)
    if patch is not None:
        from newsgraph.diff.rdf_patch import write_patch

        deleted, added = write_patch(before, after, patch)
        terminal.say(f"{patch}: {counted(deleted, 'deletion')}, {counted(added, 'addition')}", err=True)
    ctx.exit(1 if has_exit_code and not difference.empty else 0)


def _page(difference: Difference, layout: str, *, everything: bool) -> str:
    from newsgraph.bulletin.html_page import html_page
    from newsgraph.bulletin.markdown_text import markdown
    from newsgraph.diff.difference_bulletin import difference_bulletin

    kinds, most = (None, None) if everything else (LISTED, SHOWN)
    bulletin = difference_bulletin(difference, kinds, most)
    return markdown(bulletin) if layout == "markdown" else html_page(bulletin)


def _object(difference: Difference) -> dict[str, object]:
    """Return a difference as a JSON object, with the facts of a node by name."""
    fields = asdict(difference)
    for kind in fields["kinds"]:
        for node in (*kind["new"], *kind["gone"]):
            node["facts"] = dict(node["facts"])
    return {"different": not difference.empty, **fields}


def lines(difference: Difference, most: int | None) -> Iterator[str]:
    """Yield the lines of a difference: how the graphs were made, numbers, then lists of at most `most` lines each (None for all)."""
    if difference.empty:
        yield "no difference"
        return
    if difference.made:
        yield f"built differently: {'; '.join(change_text(change) for change in difference.made)}"
    for kind in difference.kinds:
        counts = _counts(kind)
        if counts:
            yield f"{kind.kind:<{_HEAD}}{f'{kind.before:,} -> {kind.after:,}':<19}  {counts}"
    rows = _rows(difference)
    if rows:
        yield f"{'rows of other tables':<{_HEAD}}{rows}"
    for kind in difference.kinds:
        if most is None or kind.kind in LISTED:
            yield from _lists(kind, most)


def _counts(kind: KindDifference) -> str:
    numbers = (("new", kind.new), ("gone", kind.gone), ("changed", kind.changed), ("renamed", kind.became))
    return ", ".join(f"{len(nodes):,} {name}" for name, nodes in numbers if nodes)


def _rows(difference: Difference) -> str:
    """Return the numbers of rows of the tables whose nodes are not counted."""
    counted_kinds = {kind.kind for kind in difference.kinds if _counts(kind)}
    rows = [row for row in difference.rows if row.table not in counted_kinds]
    return ", ".join(f"{row.table} {_signed('+', row.new)}{_signed(' -', row.gone)}".replace("  ", " ") for row in rows)


def _signed(sign: str, number: int) -> str:
    return f"{sign}{number:,}" if number else ""


def _lists(kind: KindDifference, most: int | None) -> Iterator[str]:
    yield from _listed(f"new {kind.kind}", [node_text(node) for node in kind.new[:most]], len(kind.new))
    yield from _listed(f"gone {kind.kind}", [node_text(node) for node in kind.gone[:most]], len(kind.gone))
    became = [f"{short(node.old.label)} <{node.old.iri}> became {short(node.new.label)} <{node.new.iri}>" for node in kind.became[:most]]
    yield from _listed(f"renamed {kind.kind}", became, len(kind.became))
    yield from _listed(f"changed {kind.kind}", [changed_text(node, whole=most is None) for node in kind.changed[:most]], len(kind.changed))


def _listed(head: str, shown: Sequence[str], count: int) -> Iterator[str]:
    if not count:
        return
    yield ""
    for number, line in enumerate(shown):
        yield f"{'' if number else head:<{_HEAD}}{'' if number else f'{count:,}':>5}   {line}"
    if count > len(shown):
        yield f"{'':{_HEAD + 8}}and {count - len(shown):,} more: --all lists them"
