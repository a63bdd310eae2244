"""The sentences that the statements of a graph stand in, each kept once."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from newsgraph.explorer.shown import Span, marked
from newsgraph.sentences import sentences


@dataclass
class Quotes:
    """Sentences by article, in the order of their first use within an article; `texts` are by article number."""

    texts: list[str]
    article: list[int] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    _cuts: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    _known: dict[tuple[int, int, int], int] = field(default_factory=dict)

    def quote(self, article: int, start: int, end: int) -> tuple[int, str]:
        """Give the number of the sentence around a span, and the span in it as the page marks it."""
        if article not in self._cuts:
            self._cuts[article] = sentences(self.texts[article])
        cuts = self._cuts[article]
        first = max(bisect_right(cuts, (start, len(self.texts[article]) + 1)) - 1, 0)
        touched = [cut for cut in cuts[first : first + 8] if cut[0] < end and start < cut[1]] or [(start, end)]
        low, high = min(start, touched[0][0]), max(end, touched[-1][1])
        sentence = self.texts[article][low:high]
        decoded, marks = marked(sentence, [(start - low, end - low)])
        key = (article, low, high)
        if key not in self._known:
            self._known[key] = len(self.text)
            self.article.append(article)
            self.text.append(decoded)
        return self._known[key], marks
