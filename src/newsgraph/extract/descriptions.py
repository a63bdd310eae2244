"""What an article says a company is: its sector and its country, as the words right beside its name tell."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from newsgraph.extract.companies import Found
from newsgraph.extract.text import Sentence, Text
from newsgraph.model import Description

_BEFORE = 5  # tokens before a name that may describe it: "the Paris-based AI drug discovery company Owkin"
_AFTER = 12  # tokens of an apposition or a predicate: ", a clinical-stage biotechnology company based in Basel,"
_LONGEST = 3  # words of a listed description
_HYPHEN = "-"
_ARTICLES = frozenset({"a", "an", "the", "one"})
_IS = frozenset({"is", "was"})
_ENDS = frozenset({",", ".", ";", ":", "(", ")", "said", "has", "have", "will", "that", "which", "who", "and"})
_CLAUSE = frozenset({"to", "by", "from", "with", "for", "on", "in", "at", "of", "as", "into", "against", "over", "after", "about"})
_PLACED = frozenset({"based", "headquartered"})


@cache
def _table(name: str) -> Mapping[str, str]:
    """Give a data file's words, in lower case, with what each stands for."""
    text = (files("newsgraph") / "data" / name).read_text(encoding="utf-8")
    return {word.casefold(): meaning for word, meaning in list(csv.reader(text.splitlines()))[1:]}


def find_descriptions(text: Text, companies: Sequence[Found], least: float) -> list[Description]:
    """Describe the companies that are as sure as `least`, in the order of the text, each thing said once."""
    sentences = {at: sentence for sentence in text.sentences for at in range(sentence.first, sentence.last)}
    named = {at for one in companies for at in range(one.first, one.last)}
    found: dict[tuple[str, str, str], Description] = {}
    for one in companies:
        sentence = sentences.get(one.first)
        if one.confidence >= least and sentence is not None:
            for description in (*_before(text, one, sentence, named), *_after(text, one, sentence, named)):
                found.setdefault((description.name, description.kind, description.value), description)
    return list(found.values())


def _before(text: Text, one: Found, sentence: Sentence, named: set[int]) -> Iterator[Description]:
    """Read what stands directly before a name: "Finnish drugmaker Orion", "Taiwan's Delta", "Atlanta-based Delta"."""
    first = one.first
    owner = first - 1 if first > sentence.first and text.lower[first - 1] in {"'s", "'"} else first
    begin = first
    while begin > max(sentence.first, first - _BEFORE) and not _parts(text, begin - 1, named):
        begin -= 1
    if owner != first:
        # of an owner only the place counts: "Taiwan's Delta", never "the carmaker's Delta"
        yield from _listed(text, max(sentence.first, owner - _LONGEST), owner, one.name, ("country",), to_end=True)
        return
    yield from _listed(text, begin, first, one.name, ("sector", "country"))


def _after(text: Text, one: Found, sentence: Sentence, named: set[int]) -> Iterator[Description]:
    """Read an apposition or a predicate: ", a private equity firm", "is an Indian maker of tyres", ", based in Taipei"."""
    at, last = one.last, min(sentence.last, one.last + _AFTER)
    if at + 1 >= last:
        return
    opener, begin = text.lower[at], at + 1
    if opener == "(" and text.lower[begin] not in _ARTICLES:
        return
    if opener not in {",", "(", "-"} and opener not in _IS:
        return
    if text.lower[begin] not in _ARTICLES and text.lower[begin] not in _PLACED:
        return
    end = begin
    while end < last and not (text.lower[end] in _ENDS or end in named):
        end += 1
    yield from _listed(text, begin, end, one.name, ("sector", "country"))


def _parts(text: Text, at: int, named: set[int]) -> bool:
    """Tell whether a token parts a name from what stands before it."""
    word = text.lower[at]
    return at in named or word in _CLAUSE or (not word[0].isalnum() and word != _HYPHEN) or word in {"and", "or", "'s"}


def _listed(text: Text, begin: int, end: int, name: str, kinds: Sequence[str], *, to_end: bool = False) -> Iterator[Description]:
    """Look the word runs of a span up; `to_end` takes only one that reaches the end of the span."""
    tables = {"sector": _table("sectors.csv"), "country": _table("nations.csv")}
    at = begin
    while at < end:
        size = 0
        for length in range(min(_LONGEST, end - at), 0, -1):
            if to_end and at + length != end:
                continue
            words = text.words(at, at + length)
            for kind in kinds:
                value = tables[kind].get(words.casefold())
                # a country is written with a capital; "us" and "turkey" are words
                if value and (kind == "sector" or words[0].isupper()):
                    start, stop = text.span(at, at + length)
                    yield Description(name, kind, value, start, stop)
                    size = length
            if size:
                break
        at += size or 1
