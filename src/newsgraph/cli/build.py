"""`newsgraph build`: documents in, a graph out, and in five lines what came of it."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgraph.cli import terminal
from newsgraph.cli.terminal import DAY, FILE, WORKERS, counted

if TYPE_CHECKING:
    from newsgraph.core.graph_tables import GraphTables
    from newsgraph.pipeline.graph_build import BuildOptions, Built

SHOWN_PROBLEMS = 20


class _FormatOption(click.Option):
    """Its help names the formats, which are looked up when the help is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Give the option and its help."""
        from newsgraph.export import DEFAULT_FORMATS, EXPORTERS

        self.help = f"Format to write; repeat, or separate by commas: {', '.join(EXPORTERS)}. Without it: {', '.join(DEFAULT_FORMATS)}."
        return super().get_help_record(ctx)


def _formats(_: click.Context, __: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """Split what is separated by commas; an unknown format is told before any work."""
    from newsgraph.export import DEFAULT_FORMATS, EXPORTERS

    names = tuple(name.strip() for value in values for name in value.split(",") if name.strip())
    unknown = [name for name in names if name not in EXPORTERS]
    if unknown:
        message = f"{unknown[0]} is no format. Choose from: {', '.join(EXPORTERS)}."
        raise click.BadParameter(message)
    return names or DEFAULT_FORMATS


@click.command(short_help="Build a graph from documents.")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="INPUT...")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("output"),
    show_default=True,
    help="Folder to write to.",
)
@click.option("-f", "--format", "formats", cls=_FormatOption, multiple=True, callback=_formats, metavar="NAME")
@click.option("--base", metavar="IRI", help="IRI that every name in the graph starts with.")
@click.option("--companies", type=FILE, help="CSV of companies: name, aliases, ticker, LEI, Wikidata id, domain.")
@click.option("--ignore", type=FILE, help="Text file of names that are no companies, one a line.")
@click.option("--decisions", type=FILE, help="YAML file of what people decided: same, different, rename, not_a_company ...")
@click.option("--iris", type=FILE, help="The iris.csv of a former build: what stays the same thing keeps its IRI.")
@click.option("--pack", "packs", type=FILE, multiple=True, help="File of company identifiers (see newsgraph pack); repeat for more.")
@click.option("--as-of", type=DAY, metavar="DATE", help="Build what could be known at the end of a day (UTC).")
@click.option(
    "--extractor",
    metavar="NAME",
    default="",
    help="How texts are read: none, rules, tagger, spacy:PIPELINE or one plugged in. Without it: the best installed.",
)
@click.option(
    "--threshold",
    type=float,
    metavar="X",
    help="Least confidence of a company that stands by itself, 0 to 1: higher is surer, lower finds more.",
)
@WORKERS
@click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Dask scheduler whose workers read documents; local: a cluster of --workers on this machine.",
)
@click.option("--fresh", is_flag=True, help="Read all documents anew, also those that the last build into this folder read.")
@click.option("--watch", "watched", is_flag=True, help="Go on, and build again whenever a document or a list changes; Ctrl-C ends it.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but which documents were left out.")
@click.option("-v", "--verbose", is_flag=True, help="Name every problem and every file.")
@click.pass_context
def build(
    ctx: click.Context, *, inputs: tuple[Path, ...], output: Path, formats: tuple[str, ...], base: str | None,
    companies: Path | None, ignore: Path | None, decisions: Path | None, iris: Path | None, packs: tuple[Path, ...], as_of: datetime | None, extractor: str,
    threshold: float | None, workers: int | None, cluster: str, fresh: bool, watched: bool, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Build a graph from documents: files, and folders with all that is in them.

    Exit code: 0 all documents built, 1 at least one left out, 2 no article built or wrong usage.
    """
    from newsgraph.core.iris import DEFAULT_BASE
    from newsgraph.executor import processor_count
    from newsgraph.pipeline.folder_build import build_into
    from newsgraph.pipeline.graph_build import BuildOptions

    options = BuildOptions(
        base=base or DEFAULT_BASE, companies=companies, ignore=ignore, workers=workers or processor_count(), extractor=extractor, decisions=decisions,
        iris=iris, packs=packs, as_of=as_of.date() if as_of else None, fresh=fresh,
        cluster=cluster,
    )  # fmt: skip
    options = options if threshold is None else replace(options, threshold=threshold)
    if watched:
        _watch(output, inputs, options, formats, quiet=quiet)
        return
    with terminal.progress(quiet=quiet) as progress:
        made = build_into(output, inputs, options, formats, progress)
    if made.files and not quiet:
        _summary(made.built, made.files, output, verbose=verbose)
        _notes(verbose=verbose, base=base, extractor=extractor)
    any_left_out = _problems(made.built.tables, quiet=quiet, verbose=verbose)
    if not made.files:
        terminal.say(f"error: {_no_article(inputs)}", err=True)
        ctx.exit(2)
    ctx.exit(1 if any_left_out else 0)


def _watch(output: Path, inputs: tuple[Path, ...], options: BuildOptions, formats: tuple[str, ...], *, quiet: bool) -> None:
    """Build now and whenever something changes, with one line each time."""
    from newsgraph.core.errors import NewsgraphError
    from newsgraph.pipeline.folder_build import build_into
    from newsgraph.pipeline.input_snapshot import snapshot_inputs
    from newsgraph.pipeline.watch import watch

    def act() -> None:
        try:
            made = build_into(output, inputs, options, formats)
        except NewsgraphError as error:  # what is half mended now may be mended at the next change
            terminal.say(f"error: {error}", err=True)
            return
        if not made.files:
            terminal.say(f"error: {_no_article(inputs)}", err=True)
        elif not quiet:
            _line(made.built, output)

    watch(lambda: snapshot_inputs(inputs, options), act)


def _no_article(inputs: Sequence[Path]) -> str:
    return f"no article in {', '.join(map(str, inputs))}; nothing was written. Name a folder of .md, .txt, .yaml or .json documents."


def _line(built: Built, output: Path) -> None:
    """Say in one line what was built."""
    from newsgraph.pipeline.skipped import skipped_documents

    lost = len(skipped_documents(built.tables))
    counts = ", ".join(
        counted(built.tables[name].height, one, many)
        for name, one, many in (("articles", "article", "articles"), ("companies", "company", "companies"), ("events", "event", "events"))
    )
    more = f"; {counted(lost, 'document')} left out" if lost else ""
    terminal.say(f"read {built.read:,} of {counted(built.documents, 'document')}: {counts} in {output}{more}")


def _summary(made: Built, files: Sequence[Path], output: Path, *, verbose: bool) -> None:
    """Say in five lines what was built."""
    from newsgraph.pipeline.skipped import skipped_documents

    graph, lost = made.tables, len(skipped_documents(made.tables))
    built = graph["article_sources"]["source"].n_unique()
    companies = graph["companies"].height
    origin = f"from {counted(graph['providers'].height, 'provider')}, in {counted(graph['stories'].height, 'story', 'stories')}"
    taken = f"read {made.read:,} of {counted(made.documents, 'document')}" if made.read < made.documents else ""
    rows = [
        ("documents", built, "; ".join(filter(None, (f"{lost:,} left out" if lost else "", taken)))),
        ("articles", graph["articles"].height, origin),
        ("companies", companies, "" if companies else "no company was found; name yours in a companies.csv"),
        ("events", graph["events"].height, f"told {counted(graph['reports'].height, 'time')}"),
        ("files", len(files), f"in {output}"),
    ]
    for name, count, more in rows:
        terminal.say(f"{name:<10}{count:>9,}  {more}".rstrip())
    if verbose:
        for path in files:
            terminal.say(f"  {path}")


def _notes(*, verbose: bool, base: str | None, extractor: str) -> None:
    """Say to those who want to know all what was taken where nothing was chosen."""
    from newsgraph.core.iris import DEFAULT_BASE
    from newsgraph.extract import default_extractor

    if verbose and base is None:
        terminal.say(f"note: names start with the example base {DEFAULT_BASE}; give your own with --base before you publish", err=True)
    if verbose and not extractor and default_extractor() == "rules":
        terminal.say("note: texts were read by rules alone, because this installation holds no tagger model", err=True)


def _problems(graph: GraphTables, *, quiet: bool, verbose: bool) -> bool:
    """Say the problems, the worst first, and whether a document was left out."""
    from newsgraph.pipeline.skipped import problems_of, skipped_documents

    lost = skipped_documents(graph)
    said = [problem for problem in problems_of(graph) if not quiet or (problem.source in lost and problem.severity != "field")]
    shown = said if verbose else said[:SHOWN_PROBLEMS]
    for problem in shown:
        terminal.say(f"{'left out' if problem.severity != 'field' else 'warning'}: {problem.line()}", err=True)
    if len(said) > len(shown):
        more = counted(len(said) - len(shown), "more problem")
        terminal.say(f"and {more}: -v names all, and so does the table problems of the output", err=True)
    return bool(lost)
