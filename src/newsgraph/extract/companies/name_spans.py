"""Candidate spans of company names: listed names and runs of capitalised words, cut where names end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Kind
from newsgraph.extract.companies.legal_forms import LegalForms
from newsgraph.extract.text.article_text import ArticleText, Sentence
from newsgraph.extract.text.listed_phrases import PhraseHit
from newsgraph.extract.text.word_kinds import CALENDAR, DEMONYM, DESCRIPTOR, ENDS_NAME, LEGAL_END, NAME_LIKE, NOUN, VERB, WORD

LONGEST_NAME = 6  # tokens; names in news are shorter, and longer runs are headlines
_MARKS = frozenset({"&", ".", ","})


class NameSpan(NamedTuple):
    """Tokens `first` to `last` (excluded) that may name a company; `core` is where the name without its legal form ends."""

    first: int
    last: int
    core: int
    sentence: Sentence
    hit: PhraseHit | None = None


def find_name_spans(
    text: ArticleText, hits: list[PhraseHit], lexicon: Lexicon, kinds: Sequence[int], recognized: Sequence[tuple[int, int]] = (),
) -> list[NameSpan]:  # fmt: skip
    """Return every candidate span, in text order; spans may overlap. `recognized` are the token ranges of other recognizers."""
    spans: dict[tuple[int, int], NameSpan] = {}
    forms = LegalForms(text, kinds, lexicon)
    company_hits = [hit for hit in hits if hit.phrase.kind is Kind.COMPANY]
    covered = {i for hit in hits if hit.phrase.kind is not Kind.COMPANY and hit.plain for i in range(hit.first, hit.last)}
    forms_before = {at: last for first, last in forms.before_names() for at in range(first, last)}
    covered.update(forms_before)
    for sentence in text.sentences:
        for hit in company_hits:
            if sentence.first <= hit.first < sentence.last:
                last = forms.end(hit.last, sentence.last)
                spans[hit.first, last] = NameSpan(hit.first, last, hit.last, sentence, hit)
        loud = sentence.titled or sentence.shouted
        for first, last in _capitalised_runs(text, sentence, covered, kinds):
            for begin, end in _variants(first, forms.without_begun_form(first, last, sentence.last), sentence, kinds):
                core = forms.core(begin, end)
                if not begin < core <= begin + LONGEST_NAME:
                    continue
                close = forms.end(end, sentence.last, inside=end > core)
                # In Title Case or ALL CAPS a single dictionary word is no name, unless a list or another recognizer says so.
                word = loud and close == begin + 1 and kinds[begin] & WORD and text.lower.count(text.lower[begin]) == 1
                if not word and (begin, close) not in spans:
                    spans[begin, close] = NameSpan(begin, close, core, sentence)
    for span in _recognized_spans(text, forms, recognized, forms_before, kinds):
        spans.setdefault((span.first, span.last), span)
    return [spans[key] for key in sorted(spans)]


def _recognized_spans(
    text: ArticleText, forms: LegalForms, recognized: Sequence[tuple[int, int]], forms_before: Mapping[int, int], kinds: Sequence[int]
) -> Iterator[NameSpan]:
    """Yield the spans of other recognizers without the legal forms before them and the month behind them ("Ultratech Sep quarter").

    `forms_before` maps each token of a legal form to its end.
    """
    for begin, end_of_span in recognized:
        first, last = forms_before.get(begin, begin), end_of_span
        if last - first > 1 and kinds[last - 1] & CALENDAR:
            last -= 1
        sentence = next((sentence for sentence in text.sentences if sentence.first <= first and last <= sentence.last), None)
        if sentence and 0 < last - first <= LONGEST_NAME:
            end = forms.without_begun_form(first, last, sentence.last)
            core = forms.core(first, end)
            yield NameSpan(first, forms.end(end, sentence.last, inside=end > core), core, sentence)


def _capitalised_runs(text: ArticleText, sentence: Sentence, covered: set[int], kinds: Sequence[int]) -> Iterator[tuple[int, int]]:
    loud = sentence.titled or sentence.shouted
    free = sentence.first
    for begin in [at for at in range(sentence.first, sentence.last) if kinds[at] & NAME_LIKE]:
        if begin < free:
            continue
        at = begin
        while at < sentence.last and at not in covered and _belongs_to_name(text, at, sentence, kinds, begun=at > begin, loud=loud):
            at += 1
        free = at + 1  # the token that ends a name does not begin one
        while at > begin and text.tokens[at - 1] in _MARKS:
            at -= 1
        if at > begin:
            yield begin, at


def _belongs_to_name(text: ArticleText, at: int, sentence: Sentence, kinds: Sequence[int], *, begun: bool, loud: bool) -> bool:
    kind = kinds[at]
    if not kind & NAME_LIKE:
        if not begun or text.tokens[at] not in _MARKS or at + 1 >= sentence.last:
            return False
        # "Johnson & Johnson"; "Example, Inc."
        return bool(kinds[at + 1] & (NAME_LIKE if text.tokens[at] == "&" else LEGAL_END)) and text.tokens[at] != "."
    if kind & ENDS_NAME:
        return False
    if loud and kind & VERB and kind & WORD:
        # In Title Case a verb ends the subject's name; a name that contains one ("Eros Now") occurs in running text too.
        return not begun and at == sentence.first and at + 1 < sentence.last and bool(kinds[at + 1] & VERB)
    return True


def _variants(first: int, last: int, sentence: Sentence, kinds: Sequence[int]) -> list[tuple[int, int]]:
    """Return the run, the run without words that describe the company, and in Title Case or ALL CAPS its ends that no dictionary has."""
    begin = first
    for at in range(first, last):
        if kinds[at] & (DESCRIPTOR | DEMONYM) or (kinds[at] & NOUN and at + 1 < last):
            begin = at + 1
    variants = [(first, last)]
    if first < begin < last:
        variants.append((begin, last))
    if last - begin < 2:  # noqa: PLR2004 - a single word has no parts
        return variants
    unlisted = [at for at in range(begin, last) if not kinds[at] & WORD]
    if unlisted and (sentence.titled or sentence.shouted):
        variants += ((unlisted[0], unlisted[0] + 1), (unlisted[-1], unlisted[-1] + 1), (begin, unlisted[-1] + 1))
    elif unlisted and unlisted[0] == begin:
        variants.append((begin, begin + 1))
    if begin == sentence.first and kinds[begin] & WORD:
        variants.append((begin + 1, last))
    return variants
