"""The command `share`: a pack of a graph that can be passed on."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from newsgraph.cli import terminal
from newsgraph.cli.graph_input import OUTPUT, load
from newsgraph.cli.terminal import DAY, FILE, WORKERS, web_address


@click.command(short_help="Write a pack of a graph, without texts, to pass on.")
@OUTPUT
@click.argument("pack", type=click.Path(file_okay=False, path_type=Path))
@click.option("--publisher", required=True, metavar="NAME", help="Who publishes the pack.")
@click.option("--license", "license_iri", required=True, metavar="IRI", callback=web_address, help="Licence of the data.")
@click.option("--title", default="A knowledge graph of news", show_default=True, help="Title of the data set.")
@click.option("--publisher-iri", metavar="IRI", callback=web_address, help="Address of the publisher.")
@click.option("--licenses", type=FILE, help="CSV file with the columns domain and license: licences of single news providers.")
@click.option(
    "--address", metavar="IRI", callback=web_address, help="Where the pack will be found. Default: files have relative addresses."
)
@click.option("--issued", type=DAY, metavar="DATE", help="Day of publication. Default: the last day of an article.")
@WORKERS
@click.option("-q", "--quiet", is_flag=True, help="Print nothing.")
def share(
    output: Path, pack: Path, *, publisher: str, license_iri: str, title: str, publisher_iri: str, licenses: Path | None, address: str,
    issued: datetime | None, workers: int | None, quiet: bool,
) -> None:  # fmt: skip
    """Write the graph in the folder OUTPUT into the folder PACK, without bodies, abstracts and sentences of more than 25 words.

    The pack has RDF, CSV and Parquet, a description of the data set (DCAT, VoID, Data Package, RO-Crate) and SHA256SUMS. It has no paths of this
    machine and nothing of .newsgraph. A graph with the example base is refused: build it with a --base of your own.
    """
    from newsgraph.executor import processor_count
    from newsgraph.share.pack_card import publication_of, read_licenses
    from newsgraph.share.pack_writer import share as write_pack

    day, of_providers = issued.date() if issued else None, read_licenses(licenses) if licenses else {}
    publication = publication_of(title, publisher, license_iri, publisher_iri, address, day, of_providers)
    with terminal.progress(quiet=quiet) as progress:
        card = write_pack(load(output), pack, publication, workers or processor_count(), progress)
    if not quiet:
        terminal.say(f"{pack}: {terminal.counted(len(card.files) + 2, 'file')}, {card.triples:,} triples")
