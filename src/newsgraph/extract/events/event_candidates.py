"""What event rules look at in one article, and what they give before it is settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence, Party
from newsgraph.extract.events.event_rules import EventRule, EventRules
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.dates import Day
from newsgraph.extract.text.money import Amount


class EventContext(NamedTuple):
    """What event rules look at in one article."""

    text: ArticleText
    parties: Sequence[Party]
    money: Sequence[Amount]
    days: Sequence[Day]
    published: date | None
    rules: EventRules


class EventCandidate(NamedTuple):
    """One match of a rule: parties and money by their numbers in the scene; `start` and `end` in the marked line."""

    type: str
    subject: int | None
    object: int | None
    rule: EventRule
    marked: DelexicalizedSentence
    start: int
    end: int
    money: int | None
    part: str | None
