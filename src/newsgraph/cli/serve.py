"""The command `serve`: it serves a built graph over HTTP, read-only, until it is stopped."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import OUTPUT
from newsgraph.cli.terminal import SECONDS
from newsgraph.core.errors import InputError, MissingExtraError

_WEBSITE = r"https?://[^/\s]+"
_MB = 2**20


@click.command(short_help="Serve a graph: SPARQL, linked data, REST, pages.")
@OUTPUT
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen at. Others than this machine's own open it to the network."
)
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="Port to listen at; 0 for a free one.")
@click.option(
    "--allow-host", "names", multiple=True, metavar="NAME", help="Further host name by which clients may call the server; repeat for more."
)
@click.option(
    "--allow-origin", "origins", multiple=True, metavar="URL", help="Website whose pages may read answers, or * for all; repeat for more."
)
@click.option(
    "--timeout",
    type=SECONDS,
    default=30,
    show_default=True,
    metavar="SECONDS",
    help="Longest time for an answer.",
)
@click.option("--max-rows", type=click.IntRange(1), default=100_000, show_default=True, metavar="N", help="Most rows of an answer.")
@click.option(
    "--memory", type=click.IntRange(64), default=1024, show_default=True, metavar="MB", help="Memory that a SPARQL question may take."
)
@click.option(
    "--at-once", type=click.IntRange(1, 64), default=4, show_default=True, metavar="N", help="SPARQL questions answered at a time."
)
def serve(
    *,
    output: Path,
    host: str,
    port: int,
    names: tuple[str, ...],
    origins: tuple[str, ...],
    timeout: float,
    max_rows: int,
    memory: int,
    at_once: int,
) -> None:
    """Serve the graph in the folder OUTPUT at http://127.0.0.1:8000/: pages, SPARQL, linked data, REST and reconciliation.

    It only reads, and answers no other machine unless told to. A later build into the folder is not seen before the server starts again.
    Stop it with Ctrl-C.
    """
    import re

    from newsgraph.server.settings import LIMITS, ServerSettings, local_hosts

    try:
        from newsgraph.server.all_routes import application
        from newsgraph.server.listening import listen, open_socket
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"starlette", "uvicorn", "anyio", "h11"}:
            raise
        what = "the server"
        raise MissingExtraError(what, str(error.name), "server") from error
    from newsgraph.server.served_graph import ServedGraph

    for origin in origins:
        if origin != "*" and not re.fullmatch(_WEBSITE, origin):
            where, problem, hint = f"--allow-origin {origin}", "is not the address of a website", "Write it as in https://news.example.org"
            raise InputError(where, problem, hint)
    limits = replace(LIMITS, seconds=float(timeout), rows=max_rows, memory=memory * _MB)
    with open_socket(host, port) as listener:
        bound = int(listener.getsockname()[1])
        served = ServedGraph(output, ServerSettings(local_hosts(bound, host, names), frozenset(origins), at_once, limits=limits))
        try:
            served.prepare()
            shown = f"[{host}]" if ":" in host else host
            terminal.say(f"serving {output} at http://{shown}:{bound}/ (stop with Ctrl-C)")
            listen(application(served), listener)
        finally:
            served.close()
