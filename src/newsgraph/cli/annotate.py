"""The command `annotate`: it serves the page on which a person annotates a sample of documents."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.terminal import counted


@click.command(short_help="Annotate a sample of your documents in the browser.")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="INPUT...")
@click.option("--sample", type=click.IntRange(min=1), default=50, show_default=True, help="Number of texts to annotate.")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="Gold file (.jsonl) to create or continue."
)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the page. Default: a free one.")
@click.option("--extractor", metavar="NAME", help="Extractor whose results you correct. Default: the best one installed.")
def annotate(inputs: tuple[Path, ...], sample: int, output: Path, port: int, extractor: str | None) -> None:
    """Correct what was read in a sample of your documents, on a page in the browser that is served on this machine only.

    Every text that you save becomes a line of the gold file, for `newsgraph score`. The same documents always give the same sample, and
    texts that are already in the file are skipped. Stop with Ctrl-C.
    """
    from newsgraph.annotate import AnnotationSession, open_server
    from newsgraph.extract import default_extractor

    session = AnnotationSession(inputs, sample, output, extractor or default_extractor())
    with open_server(session, port) as server:
        terminal.say(f"{counted(session.size, 'text')}, {session.done:,} of them annotated in {output}")
        terminal.say(f"open {server.url} in a browser on this machine; stop with Ctrl-C")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            terminal.say(f"{session.done:,} of {session.size:,} texts annotated in {output}")
