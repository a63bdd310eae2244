"""What an article says a company is: its sector and its country, from the words next to its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from newsgraph.core.model import Description
from newsgraph.extract.companies.company_finder import CompanySpan
from newsgraph.extract.companies.description_words import description_words, sector_words
from newsgraph.extract.companies.german_descriptions import find_german_descriptions
from newsgraph.extract.companies.headline_subject import headline_end, headline_subject
from newsgraph.extract.text.article_text import ArticleText, Sentence
from newsgraph.extract.text.country_names import country_names

_BEFORE = 7  # tokens before a name that may describe it: "the Paris-based drug discovery company Owkin"
_AFTER = 14  # tokens of an apposition or a predicate: ", a clinical-stage biotechnology company based in Basel,"
_LATER = 12  # tokens of a later "The Atlanta carrier ..."
_LONGEST = 3  # words of a listed description
_IS = frozenset({"is", "was"})
_MARKS = frozenset(",.;:()–—")
_SECTOR, _COUNTRY, _WORDS, _AROUND = "sector", "country", "words", "around"
_SHORT = 2  # letters; words up to this length are left out


def _table(kind: str) -> Mapping[str, str]:
    """Return the words of a kind of description, in lower case, with their meanings: a sector, or a country or state."""
    return country_names() if kind == _COUNTRY else sector_words()


@cache
def _starts(kind: str) -> frozenset[str]:
    """Return the first words of a table; phrases that begin with another word need no look-up."""
    return frozenset(word.split(" ", 1)[0] for word in _table(kind))


@cache
def _any_starts() -> frozenset[str]:
    return _starts(_SECTOR) | _starts(_COUNTRY)


def find_descriptions(text: ArticleText, companies: Sequence[CompanySpan], least: float) -> list[Description]:
    """Return descriptions of the companies with a confidence of at least `least`, each once, those next to a name first."""
    name_tokens = {at for company in companies for at in range(company.first, company.last)}
    accepted = [company for company in companies if company.confidence >= least]
    descriptions: dict[tuple[str, str, str], Description] = {}
    for company in accepted:
        sentence = text.sentence_of(company.first)
        for description in (*_before(text, company, sentence, name_tokens), *_after(text, company, sentence, name_tokens)):
            descriptions.setdefault((description.name, description.kind, description.value), description)
    subject = headline_subject(text, accepted)
    later = (
        *_later(text, subject, name_tokens),
        *_lead(text, subject, name_tokens),
        *find_german_descriptions(text, accepted, subject, name_tokens),
        *_around(text, accepted, name_tokens),
    )
    for description in later:
        descriptions.setdefault((description.name, description.kind, description.value), description)
    return list(descriptions.values())


def _before(text: ArticleText, company: CompanySpan, sentence: Sentence, name_tokens: set[int]) -> Iterator[Description]:
    """Read the words directly before a name: "Finnish drugmaker Orion", "Taiwan's Delta", "Atlanta-based Delta"."""
    first = company.first
    owner = first - 1 if first > sentence.first and text.lower[first - 1] in {"'s", "'"} else first
    if owner != first:
        # with a possessive only a place describes the company: "Taiwan's Delta", but not "the carmaker's Delta"
        yield from _listed(text, max(sentence.first, owner - _LONGEST), owner, company.name, (_COUNTRY,), to_end=True)
        return
    yield from _described(text, _begin(text, first, max(sentence.first, first - _BEFORE), name_tokens), first, company.name)


def _after(text: ArticleText, company: CompanySpan, sentence: Sentence, name_tokens: set[int]) -> Iterator[Description]:
    """Read an apposition or a predicate: ", a private equity firm", "is an Indian maker of tyres", ", based in Taipei"."""
    at, last = company.last, min(sentence.last, company.last + _AFTER)
    if at + 1 >= last:
        return
    opener, begin = text.lower[at], at + 1
    if opener not in {",", "(", "-", "–", "—"} and opener not in _IS:
        return
    if text.lower[begin] in description_words().placed:
        # ", of Indianapolis," and ", based in Taipei,": only the place is read
        place = begin + 1 + (text.lower[begin] in {"based", "headquartered"})
        yield from _listed(text, place, min(last, place + _LONGEST + 1), company.name, (_COUNTRY,), from_start=True)
        begin = place
    elif text.lower[begin] not in description_words().openers:
        return
    yield from _described(text, begin, _own_end(text, begin, _end(text, begin, last, name_tokens), name_tokens), company.name)


def _between_places(text: ArticleText, comma: int, last: int) -> bool:
    """Return whether a comma is part of a place: "The Richmond, Virginia utility", "The Newark, New Jersey insurer"."""
    sizes = range(1, min(_LONGEST, last - comma - 1) + 1)
    return text.tokens[comma - 1][0].isupper() and any(_value(text, comma + 1, size, _COUNTRY) for size in sizes)


def _own_end(text: ArticleText, begin: int, end: int, name_tokens: set[int]) -> int:
    """Return the end of an apposition without what it says of others: "a supplier to German carmakers", "a rival of the Swiss bank X"."""
    cuts = [at for at in range(begin + 1, end) if text.lower[at] in description_words().relations]
    if end in name_tokens:
        cuts += [at for at in range(begin + 1, end) if text.lower[at] == "of"]
    return min(cuts, default=end)


def _later(text: ArticleText, subject: CompanySpan | None, name_tokens: set[int]) -> Iterator[Description]:
    """Read "The Atlanta carrier opens ..." below a headline about one company, or one that begins with a company: it describes that one."""
    if subject is None:
        return
    end, sectors = headline_end(text), sector_words()
    other_sectors = {
        sectors.get(word) for before, word in pairwise(text.lower[subject.last : end]) if before in description_words().another
    } - {None}
    for sentence in text.sentences:
        if sentence.first >= end and text.lower[sentence.first] == "the":
            begin, last = sentence.first + 1, min(sentence.last, sentence.first + _LATER)
            last = _phrase_end(text, begin, last, name_tokens)
            if not other_sectors & {sectors.get(word) for word in text.lower[begin:last]}:
                yield from _described(text, begin, last, subject.name)


def _lead(text: ArticleText, subject: CompanySpan | None, name_tokens: set[int]) -> Iterator[Description]:
    """Read how the first sentence below a headline takes up its company without the name.

    It may be said whose it is ("Google's smart home company lets ..."), or what and where it is in one phrase, anywhere in the sentence:
    "for the aircraft parts supplier from Radnor". Less than both may mean another company: "analysts at the bank".
    """
    end = headline_end(text)
    lead = next((sentence for sentence in text.sentences if sentence.first >= end), None)
    if subject is None or lead is None or subject.name.casefold() in text.words(lead.first, lead.last).casefold():
        return
    for at in range(lead.first + 1, lead.last - 1):
        last = _phrase_end(text, at + 1, min(lead.last, at + 1 + _LATER), name_tokens)
        if last in name_tokens or last == at + 1:
            continue
        if text.lower[at] == "'s" and at - 1 in name_tokens and all(before in name_tokens for before in range(lead.first, at)):
            yield from _described(text, at + 1, last, subject.name)
        elif text.lower[at] == "the":
            described = list(_described(text, at + 1, last, subject.name))
            if last + 1 < lead.last and text.lower[last] in {"from", "of"}:
                described += _listed(text, last + 1, min(lead.last, last + 1 + _LONGEST), subject.name, (_COUNTRY,), from_start=True)
            if {_SECTOR, _COUNTRY} <= {description.kind for description in described}:
                yield from described


def _around(text: ArticleText, companies: Sequence[CompanySpan], name_tokens: set[int]) -> Iterator[Description]:
    """Yield the sectors that an article about a single company with a name of one word mentions anywhere: "sells kids' milk"."""
    company_names = {company.name for company in companies}
    if len(company_names) != 1 or " " in (name := company_names.pop()):
        return
    at, starts = 0, _starts(_SECTOR)
    while at < len(text.tokens):
        sizes = range(min(_LONGEST, len(text.tokens) - at), 0, -1) if text.lower[at] in starts else ()
        size = next((size for size in sizes if _value(text, at, size, _SECTOR)), 0)
        if size and at not in name_tokens:
            yield Description(name, _AROUND, sector_words()[text.words(at, at + size).casefold()], *text.span(at, at + size))
        at += size or 1


def _end(text: ArticleText, begin: int, last: int, name_tokens: set[int]) -> int:
    """Return the end of a description; the comma of "The Richmond, Virginia utility" does not end it."""
    end = begin
    while end < last and end not in name_tokens:
        if (text.lower[end] in _MARKS or text.lower[end] in description_words().ends) and not (
            text.lower[end] == "," and end > begin and _between_places(text, end, last)
        ):
            break
        end += 1
    return end


def _phrase_end(text: ArticleText, begin: int, last: int, name_tokens: set[int]) -> int:
    """Return the end of a noun phrase that says what a company is.

    It ends after its first head ("The Atlanta carrier"), or after what a maker makes ("maker of silk scarves"). A phrase without such a
    head ("The German court") ends where it begins.
    """
    sectors, words = sector_words(), description_words()
    end = _end(text, begin, last, name_tokens)
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


def _begin(text: ArticleText, first: int, least: int, name_tokens: set[int]) -> int:
    """Return the beginning of the description before a name: it extends back over words that describe, and no others."""
    at = first
    while at > least and at - 1 not in name_tokens:
        size = min(_LONGEST, at - least)
        while size and not _describes(text, at - size, size):
            size -= 1
        if not size and text.lower[at - 1] not in {"-", "based"} and text.lower[at - 1] not in description_words().heads:
            break
        at -= size or 1
    return at


def _describes(text: ArticleText, at: int, length: int) -> bool:
    return text.lower[at] in _any_starts() and bool(_value(text, at, length, _SECTOR) or _value(text, at, length, _COUNTRY))


def _described(text: ArticleText, begin: int, end: int, name: str) -> Iterator[Description]:
    """Read a phrase that describes a company: place and sector, and its words too if the name is one word, which several companies may have."""
    yield from _listed(text, begin, end, name, (_SECTOR, _COUNTRY))
    empty = description_words().empty | description_words().heads
    words = [word for word in text.tokens[begin:end] if word.isalpha() and word.islower() and len(word) > _SHORT and word not in empty]
    if words and " " not in name:
        yield Description(name, _WORDS, " ".join(sorted(set(words))), *text.span(begin, end))


def _listed(
    text: ArticleText, begin: int, end: int, name: str, kinds: Sequence[str], *, to_end: bool = False, from_start: bool = False
) -> Iterator[Description]:
    """Look up the phrases of a span, the longest first, only those that begin or end where the span does if so wanted."""
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


def _is_capitalised_anyway(text: ArticleText, at: int) -> bool:
    """Return whether any word would have a capital there: at the beginning of a sentence, in Title Case and in ALL CAPS."""
    return any(sentence.titled or sentence.first == at for sentence in text.sentences if sentence.first <= at < sentence.last)


def _value(text: ArticleText, at: int, length: int, kind: str) -> str | None:
    if text.lower[at] not in _starts(kind):
        return None
    words = text.words(at, at + length)
    # countries begin with a capital and sectors do not: "us" and "turkey" are words, "Windows" is a product
    if (kind == _SECTOR) != words[0].islower() and not (kind == _SECTOR and _is_capitalised_anyway(text, at)):
        return None
    return _table(kind).get(words.casefold())
