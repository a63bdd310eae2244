"""What the sentence of an event says besides its parties: the person, the post, the product, the place, how many, what share, of what an amount is."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from newsgraph.core.model import EventAmount, Kind, Mention, Report, RoleFiller
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.events.report_roles import ordered
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.counts import find_counts
from newsgraph.extract.text.word_lists import read_yaml

_COUNTED = {"layoff": "jobs", "closure": "sites", "expansion": "sites", "recall": "items", "breach": "records"}
_KINDS = {
    "financial_result": ("profit", "loss", "revenue", "per_share"),
    "guidance": ("profit", "loss", "revenue", "per_share"),
    "acquisition": ("per_share", "debt", "valuation", "stake"),
    "merger": ("per_share", "debt", "valuation"),
    "investment": ("debt", "valuation", "stake"),
    "funding_round": ("debt", "valuation"),
    "ipo": ("per_share", "valuation"),
    "lawsuit": ("fine", "damages"),
    "settlement": ("fine", "damages"),
    "layoff": ("cost",),
    "dividend": ("per_share",),
}
# Between an amount and the word behind it that says what it is of: "$5 million in annual sales".
_DIGITS = 8  # of a share in percent
_CLOSE = re.compile(
    r"[\s-]*(?:(?:in|of|a|an|the|as) )?(?!(?:including|excluding|plus|with|and|or|for|at|on|after) )(?:[\w-]+ )?", re.IGNORECASE
)
_NEXT = re.compile(r"[,;]|\b(?:and|or|at|with|on|for|from|plus)\b")
_BEFORE, _AFTER = 40, 30  # characters around an amount that may say what it is of
_PRODUCT_VERB = re.compile(
    r"\b(?:launch(?:es|ed|ing)?|unveil(?:s|ed|ing)?|introduc(?:es|ed|ing|e)|releas(?:es|ed|ing|e)|roll(?:s|ed|ing)? out|debut(?:s|ed)?|"
    r"recall(?:s|ed|ing)?|brings? out|brought out)\s+(?:(?:its|the|an?|their|some|about|around)\s+)?(?P<thing>(?:[^\s,.;:()]+\s*){1,7})",
    re.IGNORECASE,
)
_THING_ENDS = re.compile(
    r"\s+(?:for|to|with|at|in|on|that|which|who|as|after|over|because|due|by|from|this|next|last|and|amid|aimed|designed|offering|powered|based|"
    r"today|yesterday|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b.*$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence: its place and words in the cleaned text, and the mentions in it, in text order (their offsets are those of the article)."""

    start: int
    words: str
    mentions: tuple[Mention, ...]
    back: Sequence[tuple[int, int]] | None = None  # as in `ArticleText`

    def place(self, mention: Mention) -> tuple[int, int]:
        """Return where a mention begins and ends in the words."""
        if self.back is None:
            return mention.start - self.start, mention.end - self.start
        first, last = (bisect_left(self.back, (offset,)) for offset in (mention.start, mention.end))
        return first - self.start, last - self.start

    def named(self, kind: Kind) -> list[Mention]:
        return [mention for mention in self.mentions if mention.kind is kind]


def with_details(reports: Sequence[Report], text: ArticleText, mentions: Sequence[Mention]) -> list[Report]:
    """Return the reports with what their sentences say besides; `mentions` are all of the article, in text order."""
    if not reports:
        return []
    spans = [text.span(sentence.first, sentence.last) for sentence in text.sentences]
    starts, places = [start for start, _ in spans], [mention.start for mention in mentions]
    complete = []
    for report in reports:
        number = max(bisect_right(starts, report.start) - 1, 0)
        (start, end), sentence = spans[number], text.sentences[number]
        first, last = bisect_left(places, start), bisect_left(places, end)
        words = text.words(sentence.first, sentence.last)
        complete.append(_complete(report, _Sentence(text.starts[sentence.first], words, tuple(mentions[first:last]), text.back)))
    return complete


def _complete(report: Report, sentence: _Sentence) -> Report:
    fillers = dict.fromkeys((*report.roles, *_fillers(report, sentence)))
    counted = _COUNTED.get(report.type)
    return replace(
        report,
        roles=ordered(fillers),
        amounts=tuple(EventAmount(amount.money, _kind_of(report, amount, sentence)) for amount in report.amounts),
        count=report.count if report.count is not None or counted is None else _count(sentence.words, counted),
        percent=_percent(report, sentence) if report.percent is None and report.type in {"acquisition", "investment"} else report.percent,
    )


def _fillers(report: Report, sentence: _Sentence) -> Iterator[RoleFiller]:
    for role in EVENT_TYPES[report.type].roles:
        if report.first(role) is None and role in _FINDERS:
            yield from _FINDERS[role](report, sentence)


def _person(report: Report, sentence: _Sentence) -> Iterator[RoleFiller]:
    people = sentence.named(Kind.PERSON)
    if people:
        yield RoleFiller("person", min(people, key=lambda person: (abs(person.start - report.start), person.start)).name, Kind.PERSON)


def _position(_: Report, sentence: _Sentence) -> Iterator[RoleFiller]:
    if match := _pattern("position").search(sentence.words):
        yield RoleFiller("position", match.group().strip(), None)


def _product(report: Report, sentence: _Sentence) -> Iterator[RoleFiller]:
    products = [mention for mention in sentence.named(Kind.PRODUCT) if mention.start >= report.start]
    if products:
        yield RoleFiller("product", products[0].name, Kind.PRODUCT)
    elif report.type in {"product_launch", "recall"} and (match := _PRODUCT_VERB.search(sentence.words)):
        thing = _THING_ENDS.sub("", match["thing"]).strip()
        names = {mention.text for mention in sentence.mentions if mention.kind in {Kind.COMPANY, Kind.DATE, Kind.MONEY}}
        if len(thing) > 2 and thing not in names:  # noqa: PLR2004 - letters of a word
            yield RoleFiller("product", thing, None)


def _place(_: Report, sentence: _Sentence) -> Iterator[RoleFiller]:
    for mention in {place.name: place for place in sentence.named(Kind.PLACE)}.values():
        yield RoleFiller("place", mention.name, Kind.PLACE)


def _period(_: Report, sentence: _Sentence) -> Iterator[RoleFiller]:
    if match := _pattern("period").search(sentence.words):
        yield RoleFiller("period", match.group().strip(), None)


def _court(report: Report, sentence: _Sentence) -> Iterator[RoleFiller]:
    taken = {filler.name for filler in report.roles}
    for mention in sentence.named(Kind.ORGANISATION):
        if "court" in mention.name.lower() and mention.name not in taken:
            yield RoleFiller("court", mention.name, Kind.ORGANISATION)
            return


_FINDERS: dict[str, Callable[[Report, _Sentence], Iterator[RoleFiller]]] = {
    "person": _person, "position": _position, "product": _product, "place": _place, "period": _period, "court": _court,
}  # fmt: skip


def _count(words: str, counted: str) -> int | None:
    behind = _counting(counted)
    found = sorted(count for count in find_counts(words) if behind.match(words, count.end))
    return round(found[0].number) if found else None


def _percent(report: Report, sentence: _Sentence) -> float | None:
    for mention in sentence.named(Kind.PERCENT):
        after = sentence.words[sentence.place(mention)[1] :][:_AFTER]
        number = re.match(r"\d+(?:\.\d+)?", mention.text)
        if (
            number
            and len(number.group()) <= _DIGITS
            and mention.end >= report.start
            and re.match(rf"[\s-]*(?:{_words('share')})", after, re.IGNORECASE)
        ):
            return float(number.group())
    return None


def _kind_of(report: Report, amount: EventAmount, sentence: _Sentence) -> str:
    """Return what an amount is of by the words around it, else what amounts of such events are of."""
    name = f"{amount.money.amount:.2f}".removesuffix(".00") + f" {amount.money.currency}"
    for mention in sentence.named(Kind.MONEY):
        if mention.name == name:
            before, after = _around(mention, sentence)
            distances = [
                (distance, place, kind)
                for place, kind in enumerate(_KINDS.get(report.type, ()))
                for distance in _distances(kind, before, after)
            ]
            if distances:
                return min(distances)[-1]
    return amount.of


def _around(mention: Mention, sentence: _Sentence) -> tuple[str, str]:
    """Return the words before and after an amount of a sentence, up to another amount."""
    at, end = sentence.place(mention)
    others = [sentence.place(other) for other in sentence.named(Kind.MONEY) if other is not mention]
    first = max((stop for _, stop in others if stop <= at), default=0)
    last = min((start for start, _ in others if start >= end), default=len(sentence.words))
    before = sentence.words[max(first, at - _BEFORE) : at]
    if first and first >= at - _BEFORE:
        before = _NEXT.split(before, maxsplit=1)[-1]  # what follows the other amount closely is said of that
    return before, sentence.words[end : min(last, end + _AFTER)]


def _distances(kind: str, before: str, after: str) -> Iterator[int]:
    """Yield how far from an amount the words are that say what it is of; those behind it must follow closely."""
    if found := list(_pattern(kind).finditer(before)):
        yield len(before) - found[-1].end()
    if (match := _pattern(kind).search(after)) and _CLOSE.fullmatch(after[: match.start()]):
        yield match.start()


@cache
def _words(name: str) -> str:
    return str(read_yaml("detail_cues.yaml")[name])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    flags = re.NOFLAG if name in {"position", "period"} else re.IGNORECASE
    return re.compile(rf"(?<![\w-])(?:{_words(name)})(?![\w-])", flags)


@cache
def _counting(name: str) -> re.Pattern[str]:
    """Return the pattern of what is behind a number that counts some things."""
    return re.compile(rf" (?:[a-z-]+ ){{0,3}}?(?:{_words(name)})\b", re.IGNORECASE)
