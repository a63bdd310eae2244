"""Names of the lexicon in a text: the longest listed phrase at each place, whatever it names."""

from __future__ import annotations

from typing import NamedTuple

from newsgraph.core.company_names import split_name
from newsgraph.core.lexicon import Lexicon, Phrase
from newsgraph.core.model import Kind
from newsgraph.extract.text.article_text import ArticleText, Sentence

_SPOKEN = 4  # letters; an acronym of this length or more may be spoken as a word


class PhraseHit(NamedTuple):
    """A listed phrase at tokens `first` to `last` (excluded); a `plain` hit needs no further evidence."""

    first: int
    last: int
    phrase: Phrase
    plain: bool


def find_phrases(text: ArticleText, lexicon: Lexicon) -> list[PhraseHit]:
    """Return the listed phrases of a text in text order, without overlaps; of several at one place the longest."""
    hits: list[PhraseHit] = []
    longest, small_starts, tokens = lexicon.longest, lexicon.small_starts, text.tokens
    starts = [at for at, low in enumerate(text.lower) if low in longest and (low != tokens[at] or low in small_starts)]
    sentences = iter(text.sentences)
    sentence, free = None, 0
    for at in starts:  # few listed names begin with a small letter, but most words do
        if at < free:
            continue
        while sentence is None or at >= sentence.last:
            sentence = next(sentences)
        hit = _longest_hit(text, lexicon, at, longest[text.lower[at]], sentence)
        if hit is not None:
            hits.append(hit)
            free = hit.last
    return hits


def _longest_hit(text: ArticleText, lexicon: Lexicon, at: int, longest: int, sentence: Sentence) -> PhraseHit | None:
    for count in range(min(longest, sentence.last - at), 0, -1):
        phrase = lexicon.phrases.get(" ".join(text.lower[at : at + count]) if count > 1 else text.lower[at])
        if phrase is not None and _is_spelled_as_name(text, at, at + count, phrase, sentence):
            return PhraseHit(at, at + count, phrase, _is_plain(text, lexicon, at, count, phrase, sentence))
    return None


def _is_spelled_as_name(text: ArticleText, first: int, last: int, phrase: Phrase, sentence: Sentence) -> bool:
    """Return whether the text spells a phrase as a name: with capitals where names have them, acronyms as listed."""
    token = text.tokens[first]
    if last > first + 1 and not sentence.shouted and _has_small_words(text, first, last, phrase):
        return False
    if phrase.exact and last == first + 1:
        # many papers write acronyms that are spoken as words like words: Nasa, Sebi, Opec
        written_as_word = phrase.kind is Kind.ORGANISATION and len(token) >= _SPOKEN and token == phrase.form.capitalize()
        return token == phrase.form or written_as_word
    if phrase.exact:
        return text.words(first, last) == phrase.form or sentence.shouted
    return token[0].isupper() or token[0].isdigit() or any(c.isupper() for c in token) or token == phrase.form.split(" ", 1)[0]


def _has_small_words(text: ArticleText, first: int, last: int, phrase: Phrase) -> bool:
    """Return whether the text has words in small letters that the list has with capitals: "a US bank" is not US Bank."""
    small = [token for token in text.tokens[first:last] if token.islower()]
    return bool(small) and not frozenset(split_name(phrase.form)).issuperset(small)


def _is_plain(text: ArticleText, lexicon: Lexicon, at: int, count: int, phrase: Phrase, sentence: Sentence) -> bool:
    if phrase.user:
        return True
    if phrase.word:
        return False
    if count == 1 and text.lower[at] in lexicon.words:
        # "Apple" in running text is the company; in Title Case or ALL CAPS, or first in a sentence, it may be the word.
        return phrase.exact or not (sentence.titled or sentence.shouted) or at > sentence.first
    return True
