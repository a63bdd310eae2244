"""How right word tags are: words, and names of companies document by document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data import IGNORED, TAGS, Example, Marked, text_of

from newsgraph.core.lexicon import Lexicon
from newsgraph.extract.models.tag_decoding import decode_spans
from newsgraph.score.party_names import key

Row = tuple[float, float, float]


@dataclass(frozen=True)
class Figures:
    """Precision, recall and F1 by name of the figure."""

    texts: Sequence[Marked]
    rows: dict[str, Row]


def measure(
    texts: Sequence[Marked], examples: Sequence[Example], chances: Sequence[Sequence[Sequence[float]]], lexicon: Lexicon
) -> Figures:
    """Compare probabilities with marks: company words, company names (exact, document level), also where surer than 0.8 and 0.95."""
    words = [0, 0, 0]
    names = {least: [0, 0, 0] for least in (0.0, 0.8, 0.95)}
    company = {TAGS.index("B-COMPANY"), TAGS.index("I-COMPANY")}
    for marked, example, rows in zip(texts, examples, chances, strict=True):
        for tag, row in zip(example.tags, rows, strict=True):
            if tag != IGNORED:
                _count(words, tag in company, max(range(len(row)), key=row.__getitem__) in company)
        text = text_of(marked, lexicon)
        wanted = {key(surface) for parts in marked.fields for surface, label in parts if label == "COMPANY"}
        spans = [span for span in decode_spans(rows, text.sentences) if span.label == "COMPANY"]
        for least, counts in names.items():
            found = {key(text.words(span.first, span.last)) for span in spans if span.chance >= least}
            counts[0] += len(wanted & found)
            counts[1] += len(wanted - found)
            counts[2] += len(found - wanted)
    rows_named = {"words": _row(words)} | {f"names>={least}": _row(counts) for least, counts in names.items()}
    return Figures(texts, rows_named)


def _count(counts: list[int], wanted: bool, found: bool) -> None:  # noqa: FBT001 - a pair of facts of one word
    counts[0] += wanted and found
    counts[1] += wanted and not found
    counts[2] += found and not wanted


def _row(counts: Sequence[int]) -> Row:
    hits, missed, wrong = counts
    precision, recall = hits / max(1, hits + wrong), hits / max(1, hits + missed)
    return precision, recall, 2 * hits / max(1, 2 * hits + missed + wrong)
