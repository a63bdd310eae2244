"""What a German text says a company is: "der Darmstädter Pharma- und Chemiekonzern Merck", "Der Autobauer aus Wolfsburg ..."."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from newsgraph.core.model import Description
from newsgraph.extract.companies.company_finder import CompanySpan
from newsgraph.extract.companies.headline_subject import headline_end
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.country_names import country_names
from newsgraph.extract.text.word_lists import read_yaml

_LONGEST = 9  # tokens of a description
_SHORT = 3  # letters of a first part that is too short to be looked for in any word
_ENDINGS = ("", "e", "en", "er", "es", "em")
_GERMAN = frozenset({"DE", "AT", "CH"})
_OPENERS = frozenset(",(-–—")


@dataclass(frozen=True, eq=False)
class _GermanWords:
    """The lists of `data/german_descriptions.yaml`; places are in lower case and have all their forms."""

    determiners: frozenset[str]
    heads: tuple[str, ...]
    joining: frozenset[str]
    purposes: frozenset[str]
    origins: frozenset[str]
    sectors: tuple[tuple[str, str], ...]  # first part of a compound, sector; the longest first
    nouns: Mapping[str, str]
    places: Mapping[str, str]


@cache
def _words() -> _GermanWords:
    content = read_yaml("german_descriptions.yaml")
    sectors = [(word, sector) for sector, words in content["sectors"].items() for word in words.split()]
    adjectives = {
        f"{stem}{ending}": country for country, stems in content["countries"].items() for stem in stems.split() for ending in _ENDINGS
    }
    places = {word.casefold(): country for country, words in content["places"].items() for word in words.split()}
    plain = {name: frozenset(content[name].split()) for name in ("determiners", "joining", "purposes", "origins")}
    return _GermanWords(
        plain["determiners"], tuple(content["heads"].split()), plain["joining"], plain["purposes"], plain["origins"],
        tuple(sorted(sectors, key=lambda pair: (-len(pair[0]), pair))),
        {noun.casefold(): sector for sector, nouns in content["nouns"].items() for noun in nouns.split()},
        _city_adjectives() | adjectives | places,
    )  # fmt: skip


def _city_adjectives() -> dict[str, str]:
    """Return the adjectives of German, Austrian and Swiss cities: Wolfsburger, Bremer, Münchner, Darmstädter, Karlsruher."""
    adjectives: dict[str, str] = {}
    for city, country in country_names().items():
        if country in _GERMAN and " " not in city:
            stem = city.removesuffix("en")
            forms = (f"{city}er", f"{stem}er", f"{stem}ner") if stem != city else (f"{city.removesuffix('e')}er",)
            forms = (*forms, f"{city.removesuffix('stadt')}städter") if city.endswith("stadt") else forms
            adjectives |= dict.fromkeys(forms, country)
    return adjectives


def find_german_descriptions(
    text: ArticleText, companies: Sequence[CompanySpan], subject: CompanySpan | None, name_tokens: Collection[int]
) -> Iterator[Description]:
    """Yield the sectors and countries that a German text states of companies, right before a name, behind it, or of its `subject`.

    `subject` is the company that the headline is about: a later sentence that begins with a description means that one.
    """
    if _words().determiners.isdisjoint(text.lower):
        return
    for company in companies:
        first = company.first
        if first and first - 1 not in name_tokens and _is_noun(text.tokens[first - 1]):
            yield from _read(text, _begin(text, first, name_tokens), first, company.name)
        behind = company.last + 1
        if behind < len(text.tokens) and text.lower[company.last] in _OPENERS and text.lower[behind] in _words().determiners:
            yield from _phrase(text, behind + 1, text.sentence_of(company.first).last, company.name, name_tokens)
    for sentence in text.sentences if subject else ():
        if subject and sentence.first >= headline_end(text) and text.lower[sentence.first] in _words().determiners:
            yield from _phrase(text, sentence.first + 1, sentence.last, subject.name, name_tokens)


def _begin(text: ArticleText, end: int, name_tokens: Collection[int]) -> int:
    """Return the beginning of the description that ends before a token: it extends back over words that describe."""
    least, at = max(text.sentence_of(end).first, end - _LONGEST), end - 1
    while at > least and at - 1 not in name_tokens and (_describes(text, at - 1) or text.lower[at - 1] in {*_words().joining, "-"}):
        at -= 1
    return at


def _phrase(text: ArticleText, begin: int, last: int, name: str, name_tokens: Collection[int]) -> Iterator[Description]:
    """Read a description that begins at a token, up to its noun and what is said right behind it: "Ausrüster für X aus Y"."""
    at, last = begin, min(last, begin + _LONGEST)
    while at < last and at not in name_tokens and not _is_noun(text.tokens[at]):
        if not (_describes(text, at) or text.lower[at] in {*_words().joining, "-"} or text.tokens[at].islower()):
            return
        at += 1
    if at >= last or at in name_tokens:
        return
    end = at + 1
    yield from _read(text, begin, end, name)
    if end + 1 < last and text.lower[end] in _words().purposes:
        if not _sector(text.tokens[at]) and (sector := _purpose(text.tokens[end + 1])):
            yield Description(name, "sector", sector, *text.span(end + 1, end + 2))
        end += 2
    if end + 1 < last and text.lower[end] in _words().origins and (country := country_names().get(text.lower[end + 1])):
        yield Description(name, "country", country, *text.span(end + 1, end + 2))


def _read(text: ArticleText, begin: int, end: int, name: str) -> Iterator[Description]:
    for at in range(begin, end):
        word = text.tokens[at]
        if country := _words().places.get(text.lower[at]):
            yield Description(name, "country", country, *text.span(at, at + 1))
        elif word[:1].isupper() and (sector := _sector(word)):
            yield Description(name, "sector", sector, *text.span(at, at + 1))


def _describes(text: ArticleText, at: int) -> bool:
    return text.lower[at] in _words().places or bool(text.tokens[at][:1].isupper() and _sector(text.tokens[at]))


def _is_noun(word: str) -> bool:
    """Return whether a word calls something a company: "Konzern", "Chemiekonzern", "Versicherer"."""
    return word[:1].isupper() and (word.casefold().endswith(_words().heads) or word.casefold() in _words().nouns)


def _sector(word: str) -> str:
    """Return the sector that a noun or the first part of a compound names, else an empty text.

    A first part may be alone ("Pharma-"); behind it goes a noun that calls something a company: "Chemiekonzern", but not "Bauern".
    """
    words, folded = _words(), word.casefold().strip("-")
    if folded in words.nouns:
        return words.nouns[folded]
    if folded.endswith(words.heads):
        return next((sector for start, sector in words.sectors if folded.startswith(start)), "")
    return next((sector for start, sector in words.sectors if folded == start), "")


def _purpose(word: str) -> str:
    """Return the sector of what a company is for: "Motorradfahrer", "Autos"."""
    folded = word.casefold()
    return next((sector for start, sector in _words().sectors if len(start) > _SHORT and folded.startswith(start)), "")
