"""The command `build`: documents in, a graph out, a summary of five lines, and an account of the inputs."""
# ruff: noqa: PLC0415 - heavy imports are late, so that `newsgraph --help` answers at once

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsgraph.cli import terminal
from newsgraph.cli.terminal import DAY, FILE, SHARE, WORKERS, counted

if TYPE_CHECKING:
    from newsgraph.core.graph_tables import GraphTables
    from newsgraph.pipeline.build_options import BuildOptions, Built

SHOWN_PROBLEMS = 20
SHOWN_LANGUAGES = 6


class _FormatOption(click.Option):
    """An option whose help lists the formats, which are looked up when the help is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its help."""
        from newsgraph.export import DEFAULT_FORMATS, EXPORTERS

        self.help = f"Formats to write; repeat, or separate by commas: {', '.join(EXPORTERS)}. Default: {', '.join(DEFAULT_FORMATS)}."
        return super().get_help_record(ctx)


def _formats(_: click.Context, __: click.Parameter, values: Sequence[str]) -> tuple[str, ...]:
    """Split values at commas; an unknown format is reported before any work."""
    from newsgraph.export import DEFAULT_FORMATS, EXPORTERS

    names = tuple(name.strip() for value in values for name in value.split(",") if name.strip())
    unknown = [name for name in names if name not in EXPORTERS]
    if unknown:
        message = f"{unknown[0]} is not a format. Choose from: {', '.join(EXPORTERS)}."
        raise click.BadParameter(message)
    return names or DEFAULT_FORMATS


FORMATS = click.option("-f", "--format", "formats", cls=_FormatOption, multiple=True, callback=_formats, metavar="NAME")


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
@FORMATS
@click.option("--base", metavar="IRI", help="Start of all IRIs in the graph.")
@click.option("--title", help="Name of the corpus, for pages and RDF.")
@click.option("--companies", type=FILE, help="CSV file of companies: name, aliases, ticker, LEI, Wikidata id, domain.")
@click.option("--ignore", type=FILE, help="Text file of names that are not companies, one per line.")
@click.option("--decisions", type=FILE, help="YAML file of decisions by people: same, different, rename, not_a_company ...")
@click.option("--iris", type=FILE, help="The iris.csv of an earlier build: what is still the same thing keeps its IRI.")
@click.option("--new-iris", is_flag=True, help="Do not keep the IRIs of the graph that the output folder has.")
@click.option(
    "--day", type=DAY, metavar="DATE", help="Day of this build in the history of its folder. Default: the last day of its articles."
)
@click.option(
    "--map", "field_map", type=FILE, help="YAML file of the names that fields have in your documents: title: kop, link: adres ..."
)
@click.option("--pack", "packs", type=FILE, multiple=True, help="File of company identifiers (see newsgraph pack); repeat for more.")
@click.option("--as-of", type=DAY, metavar="DATE", help="Build only what was known at the end of a day (UTC).")
@click.option(
    "--extractor",
    metavar="NAME",
    default="",
    help="How texts are read: none, rules, names, reader, spacy:PIPELINE or a plugged-in one. Default: the best one installed.",
)
@click.option(
    "--threshold",
    type=float,
    metavar="X",
    help="Confidence, 0 to 1, that a company mention needs to count by itself: higher is more precise, lower finds more.",
)
@click.option(
    "--event-threshold",
    type=SHARE,
    metavar="X",
    help="Confidence, 0 to 1, that a report of an event needs: higher states fewer false events, lower misses fewer. [default: 0.5]",
)
@WORKERS
@click.option(
    "--cluster",
    metavar="ADDRESS",
    default="",
    help="Dask scheduler whose workers read the documents; local starts a cluster of --workers on this machine.",
)
@click.option("--fresh", is_flag=True, help="Read all documents again, even those unchanged since the last build into this folder.")
@click.option(
    "--watch", "watched", is_flag=True, help="Keep running, and build again whenever a document or a list changes; stop with Ctrl-C."
)
@click.option("--no-text", is_flag=True, help="Leave out the articles' bodies and every sentence of more than 25 words; offsets remain.")
@click.option("--strict", is_flag=True, help="End with 1 if anything was lost, not understood or passed over.")
@click.option("-q", "--quiet", is_flag=True, help="Print only what was lost.")
@click.option("-v", "--verbose", is_flag=True, help="List every problem and every file.")
@click.pass_context
def build(
    ctx: click.Context, *, inputs: tuple[Path, ...], output: Path, formats: tuple[str, ...], base: str | None,
    companies: Path | None, ignore: Path | None, decisions: Path | None, iris: Path | None, packs: tuple[Path, ...], as_of: datetime | None, extractor: str,
    threshold: float | None, event_threshold: float | None, workers: int | None, cluster: str, fresh: bool, watched: bool, no_text: bool, quiet: bool, verbose: bool,
    field_map: Path | None, strict: bool, new_iris: bool, day: datetime | None, title: str | None,
) -> None:  # fmt: skip
    """Build a graph from documents: files, archives, folders with everything in them, and the standard input (-).

    The end says what was read as what, what was lost, which fields were not understood, and what was passed over; report.json in the output
    says it file by file. Exit code: 0 if all articles were built, 1 if a document, an article or a line of a feed was left out or a format
    could not be written, 2 if no article was built or the command was wrong.
    """
    from newsgraph.cli.input_account import account_lines
    from newsgraph.core.iris import DEFAULT_BASE
    from newsgraph.executor import processor_count
    from newsgraph.pipeline.build_options import BuildOptions
    from newsgraph.pipeline.folder_build import build_into

    options = BuildOptions(
        base=base or DEFAULT_BASE, companies=companies, ignore=ignore, workers=workers or processor_count(), extractor=extractor, decisions=decisions,
        iris=iris, packs=packs, as_of=as_of.date() if as_of else None, fresh=fresh,
        cluster=cluster, text=not no_text, field_map=field_map, new_iris=new_iris, day=day.date() if day else None,
    )  # fmt: skip
    options = options if threshold is None else replace(options, threshold=threshold)
    options = options if title is None else replace(options, title=title)
    options = options if event_threshold is None else replace(options, event_threshold=event_threshold)
    if watched and Path("-") in inputs:
        message = "The standard input (-) cannot be watched. Name a folder or a file."
        raise click.UsageError(message)
    if watched:
        _watch(output, inputs, options, formats, quiet=quiet)
        return
    with terminal.progress(quiet=quiet) as progress:
        result = build_into(output, inputs, options, formats, progress)
    if result.files and not quiet:
        _summary(result.built, result.files, output, verbose=verbose)
    if not quiet:
        for line in account_lines(result.built.report, verbose=verbose):
            terminal.say(line)
    if result.files and not quiet:
        _notes(verbose=verbose, base=base, extractor=extractor)
    for failure in result.failures:
        terminal.say(f"error: {failure.line()}", err=True)
    _problems(result.built.tables, quiet=quiet, verbose=verbose)
    if not result.files:
        terminal.say(f"error: {_no_article(inputs)}", err=True)
        ctx.exit(2)
    report = result.built.report
    incomplete = strict and not report.is_complete
    if incomplete:
        terminal.say("error: --strict: not everything in the inputs was read; report.json in the output says what", err=True)
    ctx.exit(1 if report.losses.whole or result.failures or incomplete else 0)


def _watch(output: Path, inputs: tuple[Path, ...], options: BuildOptions, formats: tuple[str, ...], *, quiet: bool) -> None:
    """Build now and whenever something changes, and print one line each time."""
    from newsgraph.core.errors import NewsgraphError
    from newsgraph.pipeline.folder_build import build_into
    from newsgraph.pipeline.input_snapshot import snapshot_inputs
    from newsgraph.pipeline.watch import watch

    def act() -> None:
        try:
            result = build_into(output, inputs, options, formats)
        except NewsgraphError as error:  # the next change may solve it
            terminal.say(f"error: {error}", err=True)
            return
        for failure in result.failures:
            terminal.say(f"error: {failure.line()}", err=True)
        if not result.files:
            terminal.say(f"error: {_no_article(inputs)}", err=True)
        elif not quiet:
            _line(result.built, output)

    watch(lambda: snapshot_inputs(inputs, options), act)


def _no_article(inputs: Sequence[Path]) -> str:
    return f"no article in {', '.join(map(str, inputs))}; nothing was written. Name a folder with news, or look at a file with: newsgraph inspect FILE"


def _line(built: Built, output: Path) -> None:
    """Print in one line what was built."""
    from newsgraph.pipeline.skipped import skipped_documents

    lost = len(skipped_documents(built.tables))
    counts = ", ".join(
        counted(built.tables[name].height, noun, plural)
        for name, noun, plural in (
            ("articles", "article", "articles"),
            ("companies", "company", "companies"),
            ("events", "event", "events"),
        )
    )
    more = f"; {counted(lost, 'document')} left out" if lost else ""
    terminal.say(f"read {built.read:,} of {counted(built.documents, 'document')}: {counts} in {output}{more}")


def _summary(result: Built, files: Sequence[Path], output: Path, *, verbose: bool) -> None:
    """Print in five lines what was built."""
    from newsgraph.pipeline.skipped import skipped_documents

    graph, lost = result.tables, len(skipped_documents(result.tables))
    built = graph["article_sources"]["source"].n_unique()
    companies = graph["companies"].height
    origin = f"from {counted(graph['providers'].height, 'provider')}"
    if stories := graph["stories"].height:
        origin += f"; {graph['stories']['size'].sum():,} in {counted(stories, 'story', 'stories')}"
    cached = f"read {result.read:,} of {counted(result.documents, 'document')}" if result.read < result.documents else ""
    rows = [
        ("documents", built, "; ".join(filter(None, (f"{lost:,} left out" if lost else "", cached)))),
        ("articles", graph["articles"].height, "; ".join(filter(None, (origin, _unread_languages(graph))))),
        ("companies", companies, "" if companies else "no company was found; list yours in a companies.csv"),
        ("events", graph["events"].height, f"reported {counted(graph['reports'].height, 'time')}"),
        ("files", len(files), f"in {output}"),
    ]
    for name, count, more in rows:
        terminal.say(f"{name:<10}{count:>9,}  {more}".rstrip())
    if verbose:
        for path in files:
            terminal.say(f"  {path}")


def _unread_languages(graph: GraphTables) -> str:
    """Return in words how many articles are in languages whose texts are not read for names and events, empty if none are."""
    from newsgraph.core.read_languages import is_read

    languages = [str(language).partition("-")[0] for language in graph["articles"]["language"].drop_nulls() if not is_read(str(language))]
    counts = sorted(Counter(languages).items(), key=lambda item: (-item[1], item[0]))
    if not counts:
        return ""
    shown = ", ".join(f"{count:,} {language}" for language, count in counts[:SHOWN_LANGUAGES])
    more = ", ..." if len(counts) > SHOWN_LANGUAGES else ""
    return f"{len(languages):,} in other languages were not read for names and events ({shown}{more})"


def _notes(*, verbose: bool, base: str | None, extractor: str) -> None:
    """Print, if the output is verbose, the defaults that a user may want to change."""
    from newsgraph.core.iris import DEFAULT_BASE
    from newsgraph.extract import default_extractor

    if verbose and base is None:
        terminal.say(f"note: IRIs start with the example base {DEFAULT_BASE}; set your own with --base before you publish", err=True)
    if verbose and not extractor and default_extractor() == "rules":
        terminal.say("note: texts were read by rules only, because this installation has no tagger model", err=True)


def _problems(graph: GraphTables, *, quiet: bool, verbose: bool) -> None:
    """Print the problems, the worst first; if quiet, of those that cost no document, article or line of a feed only the number."""
    from newsgraph.pipeline.skipped import problems_of

    found = problems_of(graph)
    problems = [problem for problem in found if not quiet or problem.severity != "field"]
    shown = problems if verbose else problems[:SHOWN_PROBLEMS]
    for problem in shown:
        terminal.say(f"{'left out' if problem.severity != 'field' else 'warning'}: {problem.line()}", err=True)
    if len(problems) > len(shown):
        more = counted(len(problems) - len(shown), "more problem")
        terminal.say(f"and {more}: -v lists all, and so does the table problems of the output", err=True)
    if quiet and len(found) > len(problems):
        fields = counted(len(found) - len(problems), "field was", "fields were")
        terminal.say(f"warning: {fields} left out in part or whole: the table problems of the output lists them", err=True)
