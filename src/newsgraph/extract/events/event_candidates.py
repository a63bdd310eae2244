"""The input of the event rules for one article, and their output before it is consolidated into reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from newsgraph.core.model import Money
from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence, Party
from newsgraph.extract.events.event_rules import EventRule, EventRules
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.money import Amount
from newsgraph.extract.text.times import Time


class EventContext(NamedTuple):
    """What events are found in: an article's text with its parties, sums and times, its date, and the rules."""

    text: ArticleText
    parties: Sequence[Party]
    money: Sequence[Amount]
    times: Sequence[Time]
    published: date | None
    rules: EventRules

    def sum(self, number: int) -> Money:
        """Return the sum that stands as `$number` in a delexicalized sentence."""
        return Money(self.money[number].amount, self.money[number].currency)


class EventCandidate(NamedTuple):
    """A match of a rule: parties and money by their numbers in the context, `start` and `end` in the line of the sentence."""

    type: str
    subject: int | None
    object: int | None
    rule: EventRule
    sentence: DelexicalizedSentence
    start: int
    end: int
    money: int | None
    part: str | None
