"""What an article says a company is: its sector and its country, as the words right beside its name tell."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from newsgraph.core.model import Description
from newsgraph.extract.companies.company_finder import CompanySpan
from newsgraph.extract.text.article_text import ArticleText, Sentence
from newsgraph.extract.text.word_lists import read_word_lists

_BEFORE = 7  # tokens before a name that may describe it: "the Paris-based drug discovery company Owkin"
_AFTER = 14  # tokens of an apposition or a predicate: ", a clinical-stage biotechnology company based in Basel,"
_LATER = 12  # tokens of a later "The Atlanta carrier ..."
_LONGEST = 3  # words of a listed description
_HYPHEN = "-"
_IS = frozenset({"is", "was"})
_MARKS = frozenset(",.;:()–—")
_SECTOR, _COUNTRY, _WORDS, _AROUND = "sector", "country", "words", "around"
_SHORT = 2  # letters of words that say nothing


@dataclass(frozen=True, eq=False)
class _DescriptionWords:
    """The lists of `data/description_words.yaml`, which says what each is for."""

    heads: frozenset[str]
    openers: frozenset[str]
    placed: frozenset[str]
    ends: frozenset[str]
    relations: frozenset[str]
    clause: frozenset[str]
    not_companies: frozenset[str]
    together: frozenset[str]
    another: frozenset[str]
    joining: frozenset[str]
    empty: frozenset[str]


@cache
def _words() -> _DescriptionWords:
    return read_word_lists("description_words.yaml", _DescriptionWords)


@cache
def _table(kind: str) -> Mapping[str, str]:
    """Give the words of a kind of description, in lower case, with what each stands for."""
    found: dict[str, str] = {}
    for name in ("cities.csv", "nations.csv") if kind == _COUNTRY else ("sectors.csv",):
        text = (files("newsgraph") / "data" / name).read_text(encoding="utf-8")
        found |= {word.casefold(): meaning for word, meaning in list(csv.reader(text.splitlines()))[1:]}
    return found


@cache
def _starts(kind: str) -> frozenset[str]:
    """Give the first words of a table: nothing that begins otherwise need be looked up."""
    return frozenset(word.split(" ", 1)[0] for word in _table(kind))


@cache
def _any_starts() -> frozenset[str]:
    return _starts(_SECTOR) | _starts(_COUNTRY)


def find_descriptions(text: ArticleText, companies: Sequence[CompanySpan], least: float) -> list[Description]:
    """Describe the companies that are as sure as `least`, in the order of the text, each thing said once."""
    named = {at for one in companies for at in range(one.first, one.last)}
    sure = [one for one in companies if one.confidence >= least]
    found: dict[tuple[str, str, str], Description] = {}
    for one in sure:
        sentence = text.sentence_of(one.first)
        for description in (*_before(text, one, sentence, named), *_after(text, one, sentence, named)):
            found.setdefault((description.name, description.kind, description.value), description)
    for description in (*_later(text, sure, named), *_around(text, sure, named)):
        found.setdefault((description.name, description.kind, description.value), description)
    return list(found.values())


def _before(text: ArticleText, one: CompanySpan, sentence: Sentence, named: set[int]) -> Iterator[Description]:
    """Read what stands directly before a name: "Finnish drugmaker Orion", "Taiwan's Delta", "Atlanta-based Delta"."""
    first = one.first
    owner = first - 1 if first > sentence.first and text.lower[first - 1] in {"'s", "'"} else first
    if owner != first:
        # of an owner only the place counts: "Taiwan's Delta", never "the carmaker's Delta"
        yield from _listed(text, max(sentence.first, owner - _LONGEST), owner, one.name, (_COUNTRY,), to_end=True)
        return
    yield from _described(text, _begin(text, first, max(sentence.first, first - _BEFORE), named), first, one.name)


def _after(text: ArticleText, one: CompanySpan, sentence: Sentence, named: set[int]) -> Iterator[Description]:
    """Read an apposition or a predicate: ", a private equity firm", "is an Indian maker of tyres", ", based in Taipei"."""
    at, last = one.last, min(sentence.last, one.last + _AFTER)
    if at + 1 >= last:
        return
    opener, begin = text.lower[at], at + 1
    if opener not in {",", "(", "-", "–", "—"} and opener not in _IS:
        return
    if text.lower[begin] in _words().placed:
        # ", of Indianapolis," and ", based in Taipei,": the place is all that is read
        place = begin + 1 + (text.lower[begin] in {"based", "headquartered"})
        yield from _listed(text, place, min(last, place + _LONGEST + 1), one.name, (_COUNTRY,), from_start=True)
        begin = place
    elif text.lower[begin] not in _words().openers:
        return
    yield from _described(text, begin, _own_end(text, begin, _end(text, begin, last, named), named), one.name)


def _between_places(text: ArticleText, comma: int, last: int) -> bool:
    """Tell whether a comma stands within a place: "The Richmond, Virginia utility", "The Newark, New Jersey insurer"."""
    sizes = range(1, min(_LONGEST, last - comma - 1) + 1)
    return text.tokens[comma - 1][0].isupper() and any(_value(text, comma + 1, size, _COUNTRY) for size in sizes)


def _own_end(text: ArticleText, begin: int, end: int, named: set[int]) -> int:
    """Cut what an apposition says of others: "a supplier to German carmakers", "a rival of the Swiss bank" before that bank's name."""
    cuts = [at for at in range(begin + 1, end) if text.lower[at] in _words().relations]
    if end in named:
        cuts += [at for at in range(begin + 1, end) if text.lower[at] == "of"]
    return min(cuts, default=end)


def _later(text: ArticleText, companies: Sequence[CompanySpan], named: set[int]) -> Iterator[Description]:
    """Read "The Atlanta carrier opens ..." behind a headline that is of one company, or begins with one: it tells of that one."""
    titles = [sentence for sentence in text.sentences if sentence.region == "title"]
    end = titles[-1].last if titles else 0
    headline = [one for one in companies if one.first < end]
    subject = _subject(headline, companies, text)
    if subject is None:
        return
    sectors = _table(_SECTOR)
    others = {sectors.get(word) for before, word in pairwise(text.lower[subject.last : end]) if before in _words().another} - {None}
    for sentence in text.sentences:
        if sentence.first >= end and text.lower[sentence.first] == "the":
            begin, last = sentence.first + 1, min(sentence.last, sentence.first + _LATER)
            last = _phrase_end(text, begin, last, named)
            if not others & {sectors.get(word) for word in text.lower[begin:last]}:
                yield from _described(text, begin, last, subject.name)


def _around(text: ArticleText, companies: Sequence[CompanySpan], named: set[int]) -> Iterator[Description]:
    """Give the sectors that an article about one company speaks of at all, for a name of one word: "sells kids' milk"."""
    names = {one.name for one in companies}
    if len(names) != 1 or " " in (name := names.pop()):
        return
    at, starts = 0, _starts(_SECTOR)
    while at < len(text.tokens):
        sizes = range(min(_LONGEST, len(text.tokens) - at), 0, -1) if text.lower[at] in starts else ()
        size = next((size for size in sizes if _value(text, at, size, _SECTOR)), 0)
        if size and at not in named:
            yield Description(name, _AROUND, _table(_SECTOR)[text.words(at, at + size).casefold()], *text.span(at, at + size))
        at += size or 1


def _subject(headline: Sequence[CompanySpan], companies: Sequence[CompanySpan], text: ArticleText) -> CompanySpan | None:
    """Give the company that a headline begins with, or the only one, where the headline tells of no other ("Airline sues Zorvex")."""
    if headline and headline[0].first == 0:
        first = headline[0]
        with_another = first.last + 1 in {one.first for one in headline} and text.lower[first.last] in _words().together
        return None if with_another else first
    if len({one.name for one in (headline or companies)}) != 1:
        return None
    sectors, end = _table(_SECTOR), headline[0].first if headline else 0
    return None if any(word in sectors for word in text.lower[:end]) else (headline or companies)[0]


def _end(text: ArticleText, begin: int, last: int, named: set[int]) -> int:
    """Find the end of a description; the comma of "The Richmond, Virginia utility" is none."""
    end = begin
    while end < last and end not in named:
        if (text.lower[end] in _MARKS or text.lower[end] in _words().ends) and not (
            text.lower[end] == "," and end > begin and _between_places(text, end, last)
        ):
            break
        end += 1
    return end


def _phrase_end(text: ArticleText, begin: int, last: int, named: set[int]) -> int:
    """Find the end of a noun phrase that names a company by what it is.

    It ends behind its first head ("The Atlanta carrier"), or behind what a maker makes ("maker of silk scarves"); a phrase
    without such a head ("The German court") is none and ends where it begins.
    """
    sectors, words = _table(_SECTOR), _words()
    end = _end(text, begin, last, named)
    at, headed = begin, False
    while at < end:
        size = next((size for size in range(min(_LONGEST, end - at), 1, -1) if text.words(at, at + size).casefold() in sectors), 1)
        at, word = at + size - 1, text.words(at, at + size).casefold()
        if word == "of" and at > begin and text.lower[at - 1] in words.heads:
            return end
        if word in words.not_companies or (word in words.clause and word not in {"and", "or"}):
            return at if headed else begin
        follows = text.lower[at + 1] if at + 1 < end else ""
        headed = headed or word in sectors or word in words.heads
        if (word in sectors or word in words.heads) and follows not in words.heads | words.joining and follows not in sectors:
            return at + 1
        at += 1
    return end if headed else begin


def _begin(text: ArticleText, first: int, least: int, named: set[int]) -> int:
    """Find where the description before a name begins: it reaches back over words that describe, and over nothing else."""
    at = first
    while at > least and at - 1 not in named:
        size = min(_LONGEST, at - least)
        while size and not _describes(text, at - size, size):
            size -= 1
        if not size and text.lower[at - 1] not in {_HYPHEN, "based"} and text.lower[at - 1] not in _words().heads:
            break
        at -= size or 1
    return at


def _describes(text: ArticleText, at: int, length: int) -> bool:
    return text.lower[at] in _any_starts() and bool(_value(text, at, length, _SECTOR) or _value(text, at, length, _COUNTRY))


def _described(text: ArticleText, begin: int, end: int, name: str) -> Iterator[Description]:
    """Read a phrase that describes a company: its place, its sector, and its words for a name of one word, which others may have too."""
    yield from _listed(text, begin, end, name, (_SECTOR, _COUNTRY))
    empty = _words().empty | _words().heads
    words = [word for word in text.tokens[begin:end] if word.isalpha() and word.islower() and len(word) > _SHORT and word not in empty]
    if words and " " not in name:
        yield Description(name, _WORDS, " ".join(sorted(set(words))), *text.span(begin, end))


def _listed(
    text: ArticleText, begin: int, end: int, name: str, kinds: Sequence[str], *, to_end: bool = False, from_start: bool = False
) -> Iterator[Description]:
    """Look the word runs of a span up, the longest first; a run may have to begin or to end where the span does."""
    at, starts = begin, _any_starts()
    while at < end:
        hit = None
        if text.lower[at] in starts:
            sizes = range(min(_LONGEST, end - at), 0, -1)
            hit = next(((kind, size, value) for size in sizes for kind in kinds if (value := _value(text, at, size, kind))), None)
        if hit and not (to_end and at + hit[1] != end):
            yield Description(name, hit[0], hit[2], *text.span(at, at + hit[1]))
        if from_start:
            return
        at += hit[1] if hit else 1


def _capital_says_nothing(text: ArticleText, at: int) -> bool:
    """Tell whether any word would have a capital there: at the beginning of a sentence, in Title Case and in ALL CAPS."""
    return any(sentence.titled or sentence.first == at for sentence in text.sentences if sentence.first <= at < sentence.last)


def _value(text: ArticleText, at: int, length: int, kind: str) -> str | None:
    if text.lower[at] not in _starts(kind):
        return None
    words = text.words(at, at + length)
    # a country is written with a capital and a sector without: "us" and "turkey" are words, "Windows" is a product
    if (kind == _SECTOR) != words[0].islower() and not (kind == _SECTOR and _capital_says_nothing(text, at)):
        return None
    return _table(kind).get(words.casefold())
