"""The words that a report was read from, with the names in them, as checks of a report look at them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from newsgraph.core.model import Kind, Mention, Report
from newsgraph.extract.text.word_lists import read_yaml

Place = tuple[int, int]
"""Where words begin and end in the evidence."""

# What one side of these says does not belong to the other side: the items of a list, a headline of two parts, an aside between dashes.
_WALL = re.compile(r"[;•\n]|:(?=\s)|\.(?=\s+[A-Z\"“'‘])|\s[–—-]\s|,? (?:but|while|whereas|although|though)\b")
_BOUND, _LONGEST = re.compile(r"[.!?][\"”’]?\s|\n"), 400  # between sentences; characters of one around what was matched
_PARTIES = frozenset({Kind.COMPANY, Kind.ORGANISATION})


class ArticleMentions:
    """All mentions of an article, in text order, found by their place or their sum: reports may be many, and each looks for some."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        """Index the sums."""
        self._mentions = mentions
        self.sums: dict[str, list[Mention]] = defaultdict(list)
        for mention in mentions:
            if mention.kind is Kind.MONEY:
                self.sums[mention.name].append(mention)

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Return the mentions that begin from `start` on and before `end`."""
        first, last = (bisect_left(self._mentions, at, key=lambda mention: mention.start) for at in (start, end))
        return self._mentions[first:last]


@dataclass(frozen=True, slots=True)
class ReportEvidence:
    """The best evidence of a report: its words, where they begin in the text, the mentions in them in text order, and the headline.

    `article` has the mentions of the whole article.
    """

    words: str
    start: int
    mentions: Sequence[Mention]
    title: str
    article: ArticleMentions

    def places(self, names: Collection[str]) -> list[Place]:
        """Return where names are mentioned."""
        return [(one.start - self.start, one.end - self.start) for one in self.mentions if one.name in names]

    def in_title(self, kind: Kind) -> list[Mention]:
        """Return the mentions of a kind in the headline."""
        title = len(self.title)
        return [one for one in self.article.between(0, title) if one.kind is kind and one.end <= title]

    def clause(self, place: Place) -> Place:
        """Return the clause in which words lie, between two walls."""
        begin, end = 0, len(self.words)
        for wall in _WALL.finditer(self.words):
            if wall.end() <= place[0]:
                begin = wall.end()
            elif wall.start() >= place[1]:
                end = wall.start()
                break
        return begin, end

    def clause_words(self, place: Place) -> str:
        """Return the words of the clause in which words lie."""
        begin, end = self.clause(place)
        return self.words[begin:end].strip()

    def parties(self) -> list[str]:
        """Return the names of the companies and organisations in the words, each once."""
        return list(dict.fromkeys(one.name for one in self.mentions if one.kind in _PARTIES))


def evidence_of(report: Report, text: str, title: str, article: ArticleMentions) -> ReportEvidence:
    """Return the evidence of a report, whole sentences or the headline."""
    start, end = _whole(report.start, report.end, text, len(title))
    return ReportEvidence(text[start:end], start, article.between(start, end), title, article)


def _whole(start: int, end: int, text: str, title: int) -> Place:
    """Return where the sentences of a piece of text begin and end; rules report the piece that they matched."""
    if end <= title:
        return 0, title
    begin = max((bound.end() for bound in _BOUND.finditer(text, max(0, start - _LONGEST), start)), default=max(0, start - _LONGEST))
    bound = _BOUND.search(text, max(end - 1, start), end + _LONGEST)
    return min(begin, start), max(bound.start() + 1 if bound else min(len(text), end + _LONGEST), end)


@cache
def check_pattern(*path: str) -> re.Pattern[str]:
    """Return the pattern of a list of `data/check_cues.yaml`, which is reached by its names."""
    words = read_yaml("check_cues.yaml") if path else {}
    for name in path:
        words = words[name]
    ending = "" if path[0] == "must_say" else r"(?!\w)"
    return re.compile(rf"(?<![\w-])(?:{str(words).strip()}){ending}", re.IGNORECASE)


@cache
def check_names(name: str) -> frozenset[str]:
    """Return the names of the lists below an entry of `data/check_cues.yaml`."""
    return frozenset(read_yaml("check_cues.yaml")[name])
