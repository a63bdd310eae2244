"""When an event was, by the words of its own clause, and whether the article reports it as something known from before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence
from newsgraph.extract.events.event_candidates import EventContext
from newsgraph.extract.events.event_clause import Place, is_background, is_of_something_else, words_of
from newsgraph.extract.text.times import Time

# Days before publication up to which a day may be that of the news: of older ones nine in ten are background in annotated articles.
_NEWS = 21


def time_of(sentence: DelexicalizedSentence, clause: Sequence[Place], words: Place, context: EventContext) -> tuple[str, str, bool]:
    """Return the time of an event, its source (see `model.Report`), and whether it is background.

    `clause` are the places of the pieces of the event's clause, and `words` that of its own words, in the line of the sentence. Without a time in its clause
    the news of the day has the day of publication, and a background event has no time.
    """
    when = _named_time(sentence, clause, words, context)
    background = is_old(when, context.published) or (is_background(words_of(sentence.line, clause)) and not is_new(when, context.published))
    if when:
        return when, "text", background
    if background or context.published is None:
        return "", "", background
    return context.published.isoformat(), "article", False


def _named_time(sentence: DelexicalizedSentence, clause: Sequence[Place], words: Place, context: EventContext) -> str:
    """Return the most precise time of a clause: of several the last one among the event's words, else the next one behind them.

    A time among the words is not the event's if " and " comes after it: "bought out in 1998 and listed in 2021".
    """
    begin, after = _characters(sentence, words, context)
    times = [
        (-len(time.when), _rank(time, begin, after, context), abs(time.start - after), time.when)
        for start, end in (_characters(sentence, piece, context) for piece in clause)
        for time in context.times
        if start <= time.start < end and not is_of_something_else(context.text.clean[start : time.start])
    ]
    return min(times)[-1] if times else ""


def _rank(time: Time, begin: int, after: int, context: EventContext) -> int:
    inside = begin <= time.start < after and " and " not in context.text.clean[time.end : after]
    return 0 if inside else 1 if time.start >= after else 2


def _characters(sentence: DelexicalizedSentence, place: Place, context: EventContext) -> tuple[int, int]:
    first, last = sentence.tokens(*place)
    return context.text.starts[first], context.text.ends[last - 1]


def is_old(when: str, published: date | None) -> bool:
    """Return whether a time lies so far before publication that it is no news."""
    if not when or published is None:
        return False
    if len(when) < len("2018-07-06"):
        return when < published.isoformat()[: len(when)]
    return (published - date.fromisoformat(when)).days > _NEWS


def is_new(when: str, published: date | None) -> bool:
    """Return whether a time is a day of the news: one within a fortnight of publication."""
    if published is None or len(when) != len("2018-07-06"):
        return False
    return abs((published - date.fromisoformat(when)).days) <= 14  # noqa: PLR2004 - a fortnight
