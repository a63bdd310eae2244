"""What an article shows of each company and organisation in it: where it is named, how often, in which events, and beside which words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from newsgraph.core.company_names import name_key
from newsgraph.core.model import ACCEPTED, Article, Kind, Mention, Naming, Report
from newsgraph.core.vocabulary import ROLES
from newsgraph.extract.events.event_clause import is_background
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.word_lists import read_yaml

WEIGHED = frozenset({Kind.COMPANY, Kind.ORGANISATION})
_LIST_BEFORE = r"(?: (?:the|its|his|her|their|a|an))?(?: @(?:'s)?(?:,|;)?(?: (?:and|or|&))?(?: the)?)* $"
_LIST_AFTER = r"^(?:,? (?:and|or|&) @|, @)*,? ?"
_RATED = re.compile(
    r"\b(?:ratings?|rates|rated|target|buy|hold|sell|neutral|outperform|underperform|overweight|underweight|downgrad\w+|upgrad\w+|fair value|stock|shares)\b"
)
_LETTER = re.compile(r"\w")
_ACTS = re.compile(
    r"^(?:'s (?:board|owner|management|directors|shareholders))?(?:, [^,@]{3,70},|,? \([^)]{1,40}\)| \w+ly)?,? (?:has|have|is to|are to|will|plans?|agree[sd]?|said (?:it|that it|on)|says (?:it|that it)|"
    r"takes?|buys?|sells?|signs?|wins?|won|bought|sold|signed|named|names|appointed|launched|launches|opened|opens|closed|closes|cut|cuts|raised|raises|posted|reported|reports|filed|files|"
    r"sued|sues|paid|pays|laid off|ordered|orders|hired|picked|picks|unveiled|announced|expects|declined|rejected|settled|recalled|is calling|is recalling|is buying|is selling|"
    r"is cutting|is closing|is opening|is trimming|is suing|received|secured|got|gets|gave|gives|denied|confirmed)\b"
)
_PRICE = re.compile(r"[$€£¥]\s?\d|\d (?:million|billion|crore)|\d(?:m|bn)\b")
_NEWS_DAY = re.compile(
    r"\b(?:on (?:mon|tues|wednes|thurs|fri|satur|sun)day|today|this (?:week|morning)|yesterday|last week|has (?:agreed|signed|been (?:chosen|named|fined|awarded))|is to)\b"
)
_LINKS = ("of", "at", "and")
_MANY, _EVEN = 8, 4  # names, and mentions of the one that is named most, in a round-up of many matters
_CROWD = 4  # names in one sentence that make a list
_LEAD = 3  # sentences of the body that tell what the article is about
_SHORT = 400  # characters of a text that is only a headline with a line or two


class _Cue(NamedTuple):
    """The patterns of one role."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    rated: re.Pattern[str] | None
    rated_after: re.Pattern[str] | None


class _Place(NamedTuple):
    """A mention in its sentence: the words of the sentence before it and behind it, in lower case and with @ for names."""

    number: int  # of the sentence, from 0
    before: str
    after: str
    opens: bool = False  # nothing but marks is between the beginning of the paragraph and the name

    @property
    def line(self) -> str:
        return f"{self.before}@{self.after}"


class _Line(NamedTuple):
    """What the line of a sentence says, which is the same for all names in it."""

    past: bool
    news_day: bool
    priced: bool
    rated: bool
    crowded: bool


class Shown(NamedTuple):
    """One company or organisation of an article: its kind, its names, its features, and the roles that cues beside it say."""

    kind: Kind
    names: frozenset[str]
    features: frozenset[str]
    cues: tuple[str, ...]


@cache
def load_cues() -> Mapping[str, _Cue]:
    """Read and compile the cues, by role in the order of their strength."""
    return {
        role: _Cue(
            re.compile(rf"(?:^|[^a-z])(?:{words['before']}){_LIST_BEFORE}"),
            re.compile(rf"{_LIST_AFTER}(?:{words['after']})"),
            re.compile(rf"(?:^|[^a-z])(?:{words['rated']}){_LIST_BEFORE}") if "rated" in words else None,
            re.compile(rf"{_LIST_AFTER}(?:{words['rated_after']})") if "rated_after" in words else None,
        )
        for role, words in read_yaml("mention_cues.yaml").items()
    }


def shown_entities(
    article: Article,
    text: ArticleText,
    mentions: Sequence[Mention],
    reports: Sequence[Report],
    namings: Sequence[Naming],
    least: float = ACCEPTED,
) -> list[Shown]:
    """Return the companies (of confidence `least` or more) and organisations of an article with what it shows of them."""
    weighed = [
        mention for mention in mentions if mention.kind in WEIGHED and (mention.kind is not Kind.COMPANY or mention.confidence >= least)
    ]
    groups = _groups(weighed, namings)
    places = _places(article.text, text, weighed)
    most = max((len(group) for group in groups.values()), default=0)
    title = len(article.title)
    in_title = [key for key, group in groups.items() if any(mention.start < title for mention in group)]
    first_of_body = next((number for number, sentence in enumerate(text.sentences) if sentence.region == "body"), len(text.sentences))
    said_by = cache(_line)  # every name of a sentence has the same line
    roles, shown = _roles(reports), []
    for (kind, _), group in groups.items():
        names = frozenset(mention.name for mention in group)
        mine = [places[mention.start] for mention in group]
        lines = [said_by(place.line) for place in mine]
        features = _counts(len(group), most) | _positions(mine, first_of_body, len(text.sentences))
        features |= set().union(*(roles[name] for name in names if name in roles))
        if any(mention.start < title for mention in group):
            features |= {"title", "title_alone"} if len(in_title) == 1 else {"title"}
            features |= {"title_begins"} if any(place.number == 0 and not place.before.strip() for place in mine) else set()
        features |= {"short"} if len(article.text) < _SHORT else set()
        features |= {"organisation"} if kind is Kind.ORGANISATION else set()
        said = [_roles_said(place, line) for place, line in zip(mine, lines, strict=True)]
        cues = tuple(role for role in load_cues() if any(role in roles_there for roles_there in said))
        features |= {f"cue_{role}" for role in cues}
        features |= {"cue_everywhere"} if all(said) else set()
        news = [(place, line) for place, line in zip(mine, lines, strict=True) if not line.past]
        features |= {"acts"} if any(_ACTS.search(place.after) for place, _ in news) else set()
        features |= {"news_day"} if any(line.news_day for _, line in news) else set()
        features |= {"priced"} if any(line.priced for _, line in news) else set()
        features |= {f"after_{word}" for place in mine for word in _LINKS if place.before.endswith(f" {word} ")}
        features |= {"owns"} if any(place.after.startswith("'s") for place in mine) else set()
        features |= {"round_up"} if len(groups) >= _MANY and most <= _EVEN else set()
        features |= {"opens_paragraph"} if any(place.opens and place.number for place in mine) else set()
        features |= {"in_crowd"} if all(line.crowded for line in lines) else set()
        features |= set() if news else {"all_past"}
        shown.append(Shown(kind, names, frozenset(features), cues))
    return shown


def _line(line: str) -> _Line:
    return _Line(
        is_background(line), _NEWS_DAY.search(line) is not None, _PRICE.search(line) is not None, _RATED.search(line) is not None,
        line.count("@") >= _CROWD,
    )  # fmt: skip


def _groups(mentions: Sequence[Mention], namings: Sequence[Naming]) -> dict[tuple[Kind, str], list[Mention]]:
    same = {name_key(naming.name): name_key(naming.same_as) for naming in namings}
    groups: dict[tuple[Kind, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        own = name_key(mention.known or mention.name)
        groups[mention.kind, same.get(own, own)].append(mention)
    return groups


def _places(words: str, text: ArticleText, mentions: Sequence[Mention]) -> dict[int, _Place]:
    """Return the place of each mention by its start."""
    spans = [text.span(sentence.first, sentence.last) for sentence in text.sentences]
    starts = [start for start, _ in spans]
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    for mention in sorted(mentions, key=lambda mention: (mention.start, mention.end)):
        by_sentence[max(bisect_right(starts, mention.start) - 1, 0)].append(mention)
    places = {}
    for number, inside in by_sentence.items():
        first, last = spans[number]
        for mention in inside:
            before = _masked(words, first, mention.start, inside)
            opens = not _LETTER.search(words, words.rfind("\n", 0, mention.start) + 1, mention.start)
            places[mention.start] = _Place(number, before, _masked(words, mention.end, max(last, mention.end), inside), opens)
    return places


def _masked(words: str, first: int, last: int, mentions: Sequence[Mention]) -> str:
    """Return the words from `first` to `last` in lower case, with @ for the names in them."""
    parts, at = [], first
    for mention in mentions:
        if at <= mention.start and mention.end <= last:
            parts += [words[at : mention.start], "@"]
            at = mention.end
    return " ".join("".join([*parts, words[at:last]]).lower().replace("’", "'").split(" "))


def _counts(count: int, most: int) -> set[str]:
    features = {"once"} if count == 1 else {"twice"} if count == 2 else {"often"}  # noqa: PLR2004 - numbers with words of their own
    features |= {"very_often"} if count > 4 else set()  # noqa: PLR2004
    features |= {"most"} if count == most else {"half_of_most"} if 2 * count >= most else set()
    return features


def _positions(places: Sequence[_Place], first_of_body: int, sentences: int) -> set[str]:
    numbers = {place.number for place in places}
    features = set()
    if first_of_body in numbers:
        features.add("lead")
    if any(first_of_body < number < first_of_body + _LEAD for number in numbers):
        features.add("near_lead")
    if min(numbers) > 2 * sentences / 3:
        features.add("late")
    if any(not place.before.strip(' "“') for place in places):
        features.add("begins_sentence")
    return features


def _roles(reports: Sequence[Report]) -> Mapping[str, set[str]]:
    """Return the features of each name that is a party of a report."""
    features: dict[str, set[str]] = defaultdict(set)
    for report in reports:
        as_party = {"background_party"} if report.background else {"party"}
        if not report.background and report.confidence >= 0.7:  # noqa: PLR2004 - a sure report
            as_party.add("sure_party")
        for filler in report.roles:
            if ROLES[filler.role].agent and filler.kind in WEIGHED:
                features[filler.name] |= as_party
    return features


def _roles_said(place: _Place, line: _Line) -> list[str]:
    """Return the roles that cues beside a mention say."""
    return [role for role, cue in load_cues().items() if _has_cue(place, line, cue)]


def _has_cue(place: _Place, line: _Line, cue: _Cue) -> bool:
    if cue.before.search(place.before) or cue.after.search(place.after):
        return True
    if cue.rated is None or cue.rated_after is None or not line.rated:
        return False
    return bool(cue.rated.search(place.before) or cue.rated_after.search(place.after))
