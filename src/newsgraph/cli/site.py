"""The command `site`: a static website of a graph."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import OUTPUT, load
from newsgraph.cli.terminal import web_address


@click.command(short_help="Write a static website of a graph.")
@OUTPUT
@click.argument("site", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", default="News", show_default=True, help="Title of the site.")
@click.option("--address", metavar="IRI", callback=web_address, help="Where the site will be found. Default: the base of the graph.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing.")
def site(output: Path, site: Path, *, title: str, address: str, quiet: bool) -> None:
    """Write a website of the graph in the folder OUTPUT into the folder SITE, for any web server, or to open from the disk.

    Every company, event, story, topic, person, provider and article has a page with its facts, their sentences (25 words at most) and JSON-LD. The
    pages need no script. There are lists, a search, sitemap.xml, an Atom feed of events, redirects of replaced IRIs, and
    embed.html?company=NAME for frames in other sites.
    """
    from newsgraph.site.site_writer import write_site

    with terminal.progress(quiet=quiet) as progress:
        report = write_site(load(output), site, title, address, progress)
    if not quiet:
        redirects = terminal.counted(report.redirects, "redirect")
        terminal.say(f"{site}: {terminal.counted(report.things, 'page')} of things, {terminal.counted(report.lists, 'list')}, {redirects}")
