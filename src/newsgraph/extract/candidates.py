"""Spans that may name a company: listed names and runs of capitalised words, cut where names end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsgraph.extract.phrases import Hit
from newsgraph.extract.text import Sentence, Text
from newsgraph.extract.word_kinds import DEMONYM, DESCRIPTOR, ENDS_NAME, LEGAL_END, NAME_LIKE, NOUN, VERB, WORD
from newsgraph.lexicon import Lexicon
from newsgraph.model import Kind

_FORM_SIZES = (6, 5, 4, 3, 2, 1)  # tokens of a legal form, "S. de R.L. de C.V." or "A/S"
LONGEST_NAME = 6  # tokens; names in news are shorter, longer runs are headlines
_DOTTED = frozenset({"inc", "corp", "co", "ltd", "bros", "cos", "llc", "n.v", "s.a", "plc", "pte", "pty"})
_MARKS = frozenset({"&", ".", ","})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `first` to `last` (excluded) that may name a company; `core` ends before a legal form."""

    first: int
    last: int
    core: int
    sentence: Sentence
    hit: Hit | None = None


def find_candidates(
    text: Text, hits: list[Hit], lexicon: Lexicon, kinds: Sequence[int], hinted: Sequence[tuple[int, int]] = (),
) -> list[Candidate]:  # fmt: skip
    """Give every span worth weighing, in text order; spans may overlap. `hinted` spans come from other readers of the text."""
    found: dict[tuple[int, int], Candidate] = {}
    company_hits = {hit.first: hit for hit in hits if hit.phrase.kind is Kind.COMPANY}
    covered = {i for hit in hits if hit.phrase.kind is not Kind.COMPANY and hit.plain for i in range(hit.first, hit.last)}
    for sentence in text.sentences:
        for at in range(sentence.first, sentence.last):
            if at in company_hits:
                hit = company_hits[at]
                core, last = _with_legal_form(text, hit.last, sentence.last, lexicon)
                found[hit.first, last] = Candidate(hit.first, last, core, sentence, hit)
        for first, last in _runs(text, sentence, covered, kinds):
            for begin, end in _variants(first, last, sentence, kinds):
                core = _core(text, begin, end, lexicon)
                close = _with_legal_form(text, _dot(text, core, end, sentence.last), sentence.last, lexicon)[1]
                word = core - begin == 1 and close == core and kinds[begin] & WORD and text.lower.count(text.lower[begin]) == 1
                # In a loud line a lone word of the dictionary is a word, unless a list or another reader says otherwise.
                if core > begin and core - begin <= LONGEST_NAME and not (word and (sentence.titled or sentence.shouted)):
                    found.setdefault((begin, close), Candidate(begin, close, core, sentence))
    for first, last in hinted:
        around = next((one for one in text.sentences if one.first <= first and last <= one.last), None)
        if around and last - first <= LONGEST_NAME:
            core = _core(text, first, last, lexicon)
            close = _with_legal_form(text, _dot(text, core, last, around.last), around.last, lexicon)[1]
            found.setdefault((first, close), Candidate(first, close, core, around))
    return [found[key] for key in sorted(found)]


def _runs(text: Text, sentence: Sentence, covered: set[int], kinds: Sequence[int]) -> Iterator[tuple[int, int]]:
    loud = sentence.titled or sentence.shouted
    begin = -1
    for at in range(sentence.first, sentence.last + 1):
        joined = at < sentence.last and at not in covered and _joins(text, at, sentence, kinds, begun=begin >= 0, loud=loud)
        if joined and begin < 0:
            begin = at
        if not joined and begin >= 0:
            end = at
            while end > begin and text.tokens[end - 1] in _MARKS:
                end -= 1
            if end > begin:
                yield begin, end
            begin = -1


def _joins(text: Text, at: int, sentence: Sentence, kinds: Sequence[int], *, begun: bool, loud: bool) -> bool:
    kind = kinds[at]
    if not kind & NAME_LIKE:
        if not begun or text.tokens[at] not in _MARKS or at + 1 >= sentence.last:
            return False
        # "Johnson & Johnson"; "Example, Inc."
        return bool(kinds[at + 1] & (NAME_LIKE if text.tokens[at] == "&" else LEGAL_END)) and text.tokens[at] != "."
    if kind & ENDS_NAME:
        return False
    if loud and kind & VERB and kind & WORD:
        # In Title Case a verb ends the subject's name; a name that holds one ("Eros Now") is met in running text too.
        return not begun and at == sentence.first and at + 1 < sentence.last and bool(kinds[at + 1] & VERB)
    return True


def _variants(first: int, last: int, sentence: Sentence, kinds: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the run, the run without what describes the company before its name, and in loud lines its unlisted ends."""
    begin = first
    for at in range(first, last):
        if kinds[at] & (DESCRIPTOR | DEMONYM) or (kinds[at] & NOUN and at + 1 < last):
            begin = at + 1
    yield first, last
    if first < begin < last:
        yield begin, last
    if last - begin < 2:  # noqa: PLR2004 - one word has no parts
        return
    unlisted = [at for at in range(begin, last) if not kinds[at] & WORD]
    if unlisted and (sentence.titled or sentence.shouted):
        yield unlisted[0], unlisted[0] + 1
        yield unlisted[-1], unlisted[-1] + 1
        yield begin, unlisted[-1] + 1
    elif unlisted and unlisted[0] == begin:
        yield begin, begin + 1
    if begin == sentence.first and kinds[begin] & WORD:
        yield begin + 1, last


def _core(text: Text, first: int, last: int, lexicon: Lexicon) -> int:
    core = last
    while core > first:
        form = next((size for size in _FORM_SIZES if core - size > first and _is_form(text, core - size, core, lexicon)), 0)
        if not form and text.tokens[core - 1] not in {".", ",", "&"}:
            break
        core -= form or 1
    return core if core > first else last


def _is_form(text: Text, first: int, last: int, lexicon: Lexicon) -> bool:
    if text.lower[last - 1].replace(".", "") not in lexicon.legal_ends:
        return False
    return " ".join(text.lower[first:last]).replace(".", "").replace(" ", "") in lexicon.legal_forms


def _with_legal_form(text: Text, last: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """Give the end of a name and the end of the legal forms behind it: "Grupo Almendro S.A.B. de C.V.", "Chowki Foods Pvt Ltd"."""
    at = last
    while at < end:
        begin = at + 1 if text.tokens[at] == "," and at + 1 < end else at
        size = next((size for size in _FORM_SIZES if begin + size <= end and _is_form(text, begin, begin + size, lexicon)), 0)
        if not size or not (text.tokens[begin][0].isupper() or "/" in text.tokens[begin : begin + size]):
            break
        at = _dot(text, at, begin + size, end)
    return last, at


def _dot(text: Text, core: int, last: int, end: int) -> int:
    if last > core and last < end and text.tokens[last] == "." and text.lower[last - 1] in _DOTTED:
        return last + 1
    return last
