"""Extractors compared on one set of texts: figures by part and source, calibration, false events, and cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.model import ACCEPTED
from newsgraph.score.annotated_texts import Annotated
from newsgraph.score.calibration import Calibration, calibrate
from newsgraph.score.extractor_run import Cost, run_extractor
from newsgraph.score.false_events import Share, false_event_share
from newsgraph.score.marked_texts import article_of
from newsgraph.score.metrics import NodesPerCompany, Scorecard, make_card
from newsgraph.score.predictions import Predictions, predictions_of_facts, predictions_of_graph
from newsgraph.score.resolution_score import measure_resolution
from newsgraph.score.text_comparison import Comparison, compare

ALL, OPEN, HELD_OUT, SOURCE = "all", "open", "held out", "source"
GRAPH = "graph"
FALSE_EVENTS = "false events"
NODES = "nodes per company"

Row = dict[str, str | float | int]


@dataclass(frozen=True, slots=True)
class ScoredReader:
    """What one extractor, or a graph, found in each text (None if the graph does not hold the text), and how it compares."""

    name: str
    predictions: tuple[Predictions | None, ...]
    comparisons: tuple[Comparison | None, ...]
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """Extractors on the same texts; `parts` maps the name of a part or source to the numbers of its texts."""

    texts: tuple[Annotated, ...]
    readers: tuple[ScoredReader, ...]
    parts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def card(self, reader: ScoredReader, part: str) -> Scorecard:
        """Return the figures of one reader over one part; lines of errors are about open texts only."""
        numbers = self.parts[part]
        compared = [(self.texts[n], reader.comparisons[n]) for n in numbers]
        errors = [
            f"{text.place}: {note}" for text, comparison in compared if comparison and not text.is_held_out for note in comparison.notes
        ]
        missing = [text.place for text, comparison in compared if comparison is None]
        found = [(self.texts[n].truth, it, self.texts[n].is_held_out) for n in numbers if (it := reader.predictions[n]) is not None]
        return make_card([comparison for _, comparison in compared if comparison], errors, missing, measure_resolution(found))

    def figures(self, part: str) -> list[Row]:
        """Return the figures of one part as rows, with the readers of one figure below one another."""
        cards = [(reader.name, self.card(reader, part)) for reader in self.readers]
        names = dict.fromkeys(name for _, card in cards for name in card.figures)
        rows = {(name, row["figure"]): row for name, card in cards for row in card.rows()}
        ordered = [(name, figure) for figure in names for name, _ in cards if (name, figure) in rows]
        return [{"figure": figure, "extractor": name, **_without_figure(rows[name, figure])} for name, figure in ordered]

    def nodes(self, reader: ScoredReader, part: str) -> NodesPerCompany | None:
        """Return how many company nodes represent how many annotated companies; None if no graph was measured."""
        return self.card(reader, part).nodes

    def false_events(self, reader: ScoredReader, part: str) -> Share:
        """Return how often a reader finds an event in texts of a part that report none."""
        return false_event_share((self.texts[n].truth, it) for n in self.parts[part] if (it := reader.predictions[n]))

    def calibration(self, reader: ScoredReader, part: str = ALL) -> Calibration:
        """Return how well the confidence of a reader agrees with the share that is right."""
        return calibrate((self.texts[n].truth, it) for n in self.parts[part] if (it := reader.predictions[n]))

    def table(self) -> pl.DataFrame:
        """Return everything as one long table: part, figure, extractor, measure, value."""
        columns = ("part", "figure", "extractor", "measure")
        rows = [(*row[:4], float(row[4])) for row in self._long()]
        return pl.DataFrame(rows, schema=[*((name, pl.String()) for name in columns), ("value", pl.Float64())], orient="row")

    def _long(self) -> Iterator[tuple[str, str, str, str, float]]:
        for part in self.parts:
            for row in self.figures(part):
                for measure, value in _without_figure(row).items():
                    if not isinstance(value, str):
                        yield part, str(row["figure"]), str(row["extractor"]), measure, value
            for reader in self.readers:
                share = self.false_events(reader, part)
                yield from ((part, FALSE_EVENTS, reader.name, measure, value) for measure, value in asdict(share).items())
                if (nodes := self.nodes(reader, part)) is not None:
                    measures = {"nodes": nodes.nodes, "companies": nodes.companies, "ratio": nodes.ratio}
                    yield from ((part, NODES, reader.name, measure, value) for measure, value in measures.items())
        for reader in self.readers:
            yield from self._long_of(reader)

    def _long_of(self, reader: ScoredReader) -> Iterator[tuple[str, str, str, str, float]]:
        calibration = self.calibration(reader)
        for each in calibration.bins:
            figure = f"confidence {each.low:.1f} to {each.high:.1f}"
            measures = {"mentions": each.mentions, "confidence": each.confidence, "right": each.right}
            yield from ((ALL, figure, reader.name, measure, value) for measure, value in measures.items())
        yield ALL, "expected calibration error", reader.name, "error", calibration.error
        if reader.cost:
            costs = [(name, value) for name, value in asdict(reader.cost).items() if value is not None]
            yield from ((ALL, "cost", reader.name, name, value) for name, value in costs)
        for place in self.card(reader, ALL).not_built:
            yield ALL, place, reader.name, "not_built", 1.0


def report_of_graph(graph: GraphTables, texts: Sequence[Annotated]) -> ScoreReport:
    """Measure a built graph over annotated texts."""
    return _report(texts, [_reader(GRAPH, predictions_of_graph(graph, [text.record for text in texts]), texts)])


def report_of_extractors(names: Sequence[str], texts: Sequence[Annotated], threshold: float = ACCEPTED) -> ScoreReport:
    """Run each extractor over the texts, in a separate process, and measure what it found.

    `threshold` is the least confidence of a company, as in a build. Raises NewsgraphError for an extractor that cannot be opened.
    """
    articles = [article_of(text.record) for text in texts]
    readers = []
    for name in dict.fromkeys(names):
        run = run_extractor(name, articles, threshold)
        readers.append(_reader(name, [predictions_of_facts(facts, threshold) for facts in run.facts], texts, run.cost))
    return _report(texts, readers)


def _reader(name: str, predictions: Sequence[Predictions | None], texts: Sequence[Annotated], cost: Cost | None = None) -> ScoredReader:
    comparisons = tuple(compare(text.truth, found) if found else None for text, found in zip(texts, predictions, strict=True))
    return ScoredReader(name, tuple(predictions), comparisons, cost)


def _report(texts: Sequence[Annotated], readers: Sequence[ScoredReader]) -> ScoreReport:
    numbers = range(len(texts))
    parts = {ALL: tuple(numbers)}
    parts[OPEN] = tuple(n for n in numbers if not texts[n].is_held_out)
    parts[HELD_OUT] = tuple(n for n in numbers if texts[n].is_held_out)
    sources = sorted({text.source for text in texts})
    for source in sources if len(sources) > 1 else ():
        parts[f"{SOURCE} {source}"] = tuple(n for n in numbers if texts[n].source == source)
    return ScoreReport(tuple(texts), tuple(readers), {name: part for name, part in parts.items() if part})


def _without_figure(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "figure"}
