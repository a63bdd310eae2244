"""The command `check`: it validates a built graph against its SHACL shapes."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import OUTPUT, load
from newsgraph.cli.terminal import counted


@click.command(short_help="Validate a graph against its shapes (SHACL).")
@OUTPUT
@click.option("--reference", is_flag=True, help="Validate the whole graph with pySHACL, which is slow and finds the same.")
@click.pass_context
def check(ctx: click.Context, output: Path, *, reference: bool) -> None:
    """Validate the graph in the folder OUTPUT against its SHACL shapes.

    Exit code: 0 if the graph is valid, 1 if something is wrong with it.
    """
    from newsgraph.shacl.prefilter import unknown_rules
    from newsgraph.shacl.shapes import shapes
    from newsgraph.shacl.validation import check as check_tables

    for rule in () if reference else unknown_rules(shapes()):
        terminal.say(f"note: rule {rule} has no fast check; pySHACL checks it", err=True)
    findings = check_tables(load(output), reference=reference)
    for finding in findings:
        terminal.say(finding.line())
    if findings:
        terminal.say(counted(len(findings), "finding"), err=True)
        ctx.exit(1)
    terminal.say("the graph conforms to all its shapes")
