"""The command `mcp`: a graph as tools for language models."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import OUTPUT
from newsgraph.cli.terminal import SECONDS
from newsgraph.core.errors import InputError, MissingExtraError


@click.command(short_help="Offer a graph to language models as tools.")
@OUTPUT
@click.option(
    "--http",
    "port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    help="Answer over HTTP, at http://127.0.0.1:PORT/mcp; 0 takes a free port.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on, for --http.")
@click.option("--timeout", type=SECONDS, metavar="SECONDS", default=30.0, help="Longest time for an answer. [default: 30]")
@click.option("--max-rows", type=click.IntRange(1), metavar="N", default=100, show_default=True, help="Most rows that an answer shows.")
@click.option("--max-bytes", type=click.IntRange(1000), metavar="N", default=200_000, show_default=True, help="Largest answer.")
def mcp(*, output: Path, port: int | None, host: str, timeout: float, max_rows: int, max_bytes: int) -> None:
    """Answer a language model's questions about the graph in the folder OUTPUT, by the Model Context Protocol (MCP).

    The client starts the command and talks to it on standard input and output; with --http it calls an address. The tools only read: search,
    context, company, event, why, storyline, question and sparql. Needs the extra `server`.
    """
    try:
        from newsgraph.mcp_server.graph_answers import ToolLimits
        from newsgraph.mcp_server.tool_server import listen, serve_http, serve_standard_streams, tool_server
    except ModuleNotFoundError as error:
        if error.name not in {"mcp", "mcp_types", "pydantic"}:
            raise
        what = "newsgraph mcp"
        raise MissingExtraError(what, "mcp", "server") from error
    from newsgraph import __version__

    if not (output / "tables" / "dataset.parquet").is_file():
        where, hint = str(output), "Name the output folder of a build."
        raise InputError(where, "there is no newsgraph graph", hint)
    server = tool_server(output, ToolLimits(timeout, max_rows, max_bytes), __version__)
    if port is None:
        serve_standard_streams(server)
        return
    with listen(host, port) as listener:
        terminal.say(f"listening on http://{host}:{listener.getsockname()[1]}/mcp", err=True)
        serve_http(server, listener)
