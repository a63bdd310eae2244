"""The sentences that the statements of a graph stand in, each kept once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

import polars as pl

from newsgraph.core.sentences import sentences
from newsgraph.explorer.display_text import Span, mark_spans

_MOST = 8  # sentences of one span
_QUOTED = {"use": pl.Int64, "low": pl.Int64, "high": pl.Int64, "text": pl.String, "marks": pl.String}

_Quoted = tuple[int, int, int, str | None, str]
"""Number of a span, start and end of its sentence, the sentence as the page shows it (once), and the span in it as the page marks it."""


def quoted_sentences(texts: Sequence[str], spans: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Give the sentences round spans (columns at, start and end), and the spans, each once, with sentence and marks.

    Sentences have the columns at and text, in the order of their first use; `at` is the number of a text. Each text is cut
    once, and its cuts are not kept.
    """
    spans = spans.unique(["at", "start", "end"], keep="first", maintain_order=True).with_row_index("use")
    # article by article; within one in the order of use, so that the first use of a sentence is met first
    rows = spans.sort("at", maintain_order=True).select("at", "use", "start", "end").iter_rows()
    found = (quoted for at, group in groupby(rows, key=itemgetter(0)) for quoted in _quoted(texts[at], group))
    spans = spans.with_columns(pl.col("use").cast(pl.Int64)).join(
        pl.DataFrame(list(found), schema=_QUOTED, orient="row"), on="use", maintain_order="left"
    )
    first = pl.col("use").min().over("at", "low", "high")
    spans = spans.with_columns((first.rank("dense") - 1).cast(pl.Int64).alias("sentence"), (first == pl.col("use")).alias("is_first"))
    return spans.filter("is_first").select("at", "text"), spans.select("at", "start", "end", "sentence", "marks")


def _quoted(text: str, spans: Iterable[tuple[int, int, int, int]]) -> Iterator[_Quoted]:
    cuts, seen = sentences(text), set[Span]()
    for _, use, start, end in spans:
        low, high = around = _around(cuts, len(text), start, end)
        sentence, marks = _marked(text[low:high], (start - low, end - low))
        yield use, low, high, None if around in seen else sentence, marks
        seen.add(around)


def _around(cuts: tuple[Span, ...], length: int, start: int, end: int) -> Span:
    """Give the sentence around a span, several of them as one piece, or the span itself where there is none."""
    first = max(bisect_right(cuts, (start, length + 1)) - 1, 0)
    touched = [cut for cut in cuts[first : first + _MOST] if cut[0] < end and start < cut[1]]
    return (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)


def _marked(sentence: str, span: Span) -> tuple[str, str]:
    start, end = span
    if sentence.isascii() and "&" not in sentence and 0 <= start < end <= len(sentence):
        return sentence, f"{start}-{end}"  # nothing to decode, and a letter is a unit: what `mark_spans` gives
    return mark_spans(sentence, [span])
