"""The sentences that support the statements of a graph, each stored once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

import polars as pl

from newsgraph.core.sentences import sentences
from newsgraph.explorer.display_text import Span, mark_spans

_MOST_SENTENCES = 8  # of one span
_QUOTED = {"use": pl.Int64, "low": pl.Int64, "high": pl.Int64, "text": pl.String, "marks": pl.String}

_Quoted = tuple[int, int, int, str | None, str]
"""Number of the span, start and end of its sentence, the sentence for the page (None if repeated), and the span in it."""


def quoted_sentences(
    texts: Sequence[str | None], spans: pl.DataFrame, excerpts: Mapping[tuple[int, int, int], str] | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the sentences around spans (columns at, start and end), and the spans, each once, with columns sentence and marks.

    Sentences have the columns at and text, in the order of their first use; `at` is the number of a text. Each text is split
    into sentences once. Where a text is None, the words of a span are quoted instead: `excerpts` has them by at, start and end.
    """
    spans = spans.unique(["at", "start", "end"], keep="first", maintain_order=True).with_row_index("use")
    # article by article, and within an article in the order of use, so that the first use of a sentence comes first
    rows = spans.sort("at", maintain_order=True).select("at", "use", "start", "end").iter_rows()
    quotes = (quoted for at, group in groupby(rows, key=itemgetter(0)) for quoted in _quoted(texts[at], group, excerpts or {}))
    spans = spans.with_columns(pl.col("use").cast(pl.Int64)).join(
        pl.DataFrame(list(quotes), schema=_QUOTED, orient="row"), on="use", maintain_order="left"
    )
    first = pl.col("use").min().over("at", "low", "high")
    spans = spans.with_columns((first.rank("dense") - 1).cast(pl.Int64).alias("sentence"), (first == pl.col("use")).alias("is_first"))
    return spans.filter("is_first").select("at", "text"), spans.select("at", "start", "end", "sentence", "marks")


def _quoted(
    text: str | None, spans: Iterable[tuple[int, int, int, int]], excerpts: Mapping[tuple[int, int, int], str]
) -> Iterator[_Quoted]:
    if text is None:
        for at, use, start, end in spans:
            words, marks = _marked(excerpts.get((at, start, end), ""), (0, len(excerpts.get((at, start, end), ""))))
            yield use, start, end, words, marks
        return
    all_sentences, seen = sentences(text), set[Span]()
    for _, use, start, end in spans:
        low, high = around = _around(all_sentences, len(text), start, end)
        sentence, marks = _marked(text[low:high], (start - low, end - low))
        yield use, low, high, None if around in seen else sentence, marks
        seen.add(around)


def _around(all_sentences: tuple[Span, ...], length: int, start: int, end: int) -> Span:
    """Return the sentence around a span, several sentences as one piece, or the span itself if it is in no sentence."""
    first = max(bisect_right(all_sentences, (start, length + 1)) - 1, 0)
    touched = [sentence for sentence in all_sentences[first : first + _MOST_SENTENCES] if sentence[0] < end and start < sentence[1]]
    return (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)


def _marked(sentence: str, span: Span) -> tuple[str, str]:
    start, end = span
    if sentence.isascii() and "&" not in sentence and 0 <= start < end <= len(sentence):
        return sentence, f"{start}-{end}"  # nothing to decode, and a letter is one code unit: the result of `mark_spans`
    return mark_spans(sentence, [span])
