"""The command `diff`: what differs between two built graphs, as a text for people, as JSON, or as a patch for stores."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgraph.cli import terminal
from newsgraph.cli.terminal import counted

if TYPE_CHECKING:
    from newsgraph.diff.difference import ChangedNode, Difference, FieldChange, KindDifference, NodeSummary, Value

SHOWN = 20  # of each list
LISTED = ("companies", "events", "stories")  # kinds whose nodes are named; of others the number tells enough
WIDE, MANY = 80, 3  # letters of a value, values of a field
_HEAD = 22  # letters before the first number of a line


@click.command(short_help="Tell what differs between two built graphs.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option(
    "--patch", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write an RDF patch: old graph to new graph."
)
@click.option(
    "--output-format", "layout", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print the answer."
)
@click.option("--all", "everything", is_flag=True, help=f"Name all that differs, of every kind, not {SHOWN} of each list.")
@click.option("--exit-code", "telling", is_flag=True, help="Exit with 1 where the graphs differ.")
@click.pass_context
def diff(ctx: click.Context, *, old: Path, new: Path, patch: Path | None, layout: str, everything: bool, telling: bool) -> None:
    """Tell which companies, events and stories are new, gone or changed from OLD to NEW, two output folders of `build`.

    Exit code: 0, with --exit-code 1 where the graphs differ; 2 for wrong usage.
    """
    from newsgraph.diff.graph_diff import diff as diff_tables
    from newsgraph.export.parquet import read_tables

    before, after = read_tables(old), read_tables(new)
    found = diff_tables(before, after)
    if layout == "json":
        click.echo(terminal.as_json(_object(found)))
    else:
        for line in lines(found, None if everything else SHOWN):
            terminal.say(line)
    if patch is not None:
        from newsgraph.diff.rdf_patch import write_patch

        deleted, added = write_patch(before, after, patch)
        terminal.say(f"{patch}: {counted(deleted, 'deletion')}, {counted(added, 'addition')}", err=True)
    ctx.exit(1 if telling and not found.empty else 0)


def _object(found: Difference) -> dict[str, object]:
    """Write a difference as JSON has it, the facts of a node by name."""
    told = asdict(found)
    for kind in told["kinds"]:
        for node in (*kind["new"], *kind["gone"]):
            node["facts"] = dict(node["facts"])
    return {"different": not found.empty, **told}


def lines(found: Difference, most: int | None) -> Iterator[str]:
    """Write a difference for people: how the graphs were made, numbers, then lists of at most `most` lines each (None: all)."""
    if found.empty:
        yield "no difference"
        return
    if found.made:
        yield f"made differently: {'; '.join(_change(change) for change in found.made)}"
    for kind in found.kinds:
        told = _counts(kind)
        if told:
            yield f"{kind.kind:<{_HEAD}}{f'{kind.before:,} -> {kind.after:,}':<19}  {told}"
    rows = _rows(found)
    if rows:
        yield f"{'rows of other tables':<{_HEAD}}{rows}"
    for kind in found.kinds:
        if most is None or kind.kind in LISTED:
            yield from _lists(kind, most)


def _counts(kind: KindDifference) -> str:
    numbers = (("new", kind.new), ("gone", kind.gone), ("changed", kind.changed), ("renamed", kind.became))
    return ", ".join(f"{len(nodes):,} {name}" for name, nodes in numbers if nodes)


def _rows(found: Difference) -> str:
    """Tell of the tables that are not told of as nodes."""
    named = {kind.kind for kind in found.kinds if _counts(kind)}
    return ", ".join(
        f"{row.table} {_signed('+', row.new)}{_signed(' -', row.gone)}".replace("  ", " ") for row in found.rows if row.table not in named
    )


def _signed(sign: str, number: int) -> str:
    return f"{sign}{number:,}" if number else ""


def _lists(kind: KindDifference, most: int | None) -> Iterator[str]:
    yield from _listed(f"new {kind.kind}", [_node(node) for node in kind.new[:most]], len(kind.new))
    yield from _listed(f"gone {kind.kind}", [_node(node) for node in kind.gone[:most]], len(kind.gone))
    became = [f"{_short(one.old.label)} <{one.old.iri}> became {_short(one.new.label)} <{one.new.iri}>" for one in kind.became[:most]]
    yield from _listed(f"renamed {kind.kind}", became, len(kind.became))
    yield from _listed(f"changed {kind.kind}", [_changed(node, whole=most is None) for node in kind.changed[:most]], len(kind.changed))


def _listed(head: str, shown: Sequence[str], count: int) -> Iterator[str]:
    if not count:
        return
    yield ""
    for number, line in enumerate(shown):
        yield f"{'' if number else head:<{_HEAD}}{'' if number else f'{count:,}':>5}   {line}"
    if count > len(shown):
        yield f"{'':{_HEAD + 8}}and {count - len(shown):,} more: --all names them"


def _node(node: NodeSummary) -> str:
    facts = ", ".join(_fact(name, value) for name, value in node.facts)
    return f"{_short(node.label)}{f' ({facts})' if facts else ''}"


def _fact(name: str, value: Value) -> str:
    if isinstance(value, int):
        return counted(value, "article" if name == "size" else name.removesuffix("s"))
    return _value(value)


def _changed(node: ChangedNode, *, whole: bool) -> str:
    return f"{_short(node.label)}: {'; '.join(_change(change, None if whole else MANY) for change in node.fields)}"


def _change(change: FieldChange, most: int | None = None) -> str:
    """Say how a field changed: old and new value, or what came (+) and went (-)."""
    name = change.field.replace("_", " ")
    if isinstance(change.old, tuple) and isinstance(change.new, tuple):
        parts = [f"+{_value(value)}" for value in change.new] + [f"-{_value(value)}" for value in change.old]
        more = f" and {len(parts) - most:,} more" if most is not None and len(parts) > most else ""
        return f"{name} {', '.join(parts[:most])}{more}"
    if change.field == "text":
        return f"text of {len(str(change.old)):,} -> {len(str(change.new)):,} characters"
    return f"{name} {_value(change.old)} -> {_value(change.new)}"


def _value(value: Value) -> str:
    if value is None:
        return "none"
    if isinstance(value, str | int | float | date):
        return _short(value) if isinstance(value, str) else terminal.shown(value)
    return _short(getattr(value, "label", "")) if not isinstance(value, tuple) else ", ".join(map(_value, value))


def _short(text: str) -> str:
    plain = unescape(text)
    return plain if len(plain) <= WIDE else f"{plain[: WIDE - 1]}…"
