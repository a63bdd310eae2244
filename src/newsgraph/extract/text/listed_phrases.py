"""Listed names in a text: the longest listed phrase at each place, whatever it names."""

from __future__ import annotations

from typing import NamedTuple

from newsgraph.core.lexicon import Lexicon, Phrase
from newsgraph.core.model import Kind
from newsgraph.extract.text.article_text import ArticleText, Sentence

_SPOKEN = 4  # letters of an acronym that may be spoken as a word


class PhraseHit(NamedTuple):
    """A listed phrase at tokens `first` to `last` (excluded); `plain` hits need no further evidence."""

    first: int
    last: int
    phrase: Phrase
    plain: bool


def find_phrases(text: ArticleText, lexicon: Lexicon) -> list[PhraseHit]:
    """Give the listed phrases of a text, leftmost and longest first, without overlaps."""
    hits: list[PhraseHit] = []
    longest, small_starts, tokens = lexicon.longest, lexicon.small_starts, text.tokens
    starts = [at for at, low in enumerate(text.lower) if low in longest and (low != tokens[at] or low in small_starts)]
    sentences = iter(text.sentences)
    sentence, free = None, 0
    for at in starts:  # hardly a listed name begins with a small letter, but most words do
        if at < free:
            continue
        while sentence is None or at >= sentence.last:
            sentence = next(sentences)
        hit = _hit(text, lexicon, at, longest[text.lower[at]], sentence)
        if hit is not None:
            hits.append(hit)
            free = hit.last
    return hits


def _hit(text: ArticleText, lexicon: Lexicon, at: int, longest: int, sentence: Sentence) -> PhraseHit | None:
    for count in range(min(longest, sentence.last - at), 0, -1):
        phrase = lexicon.phrases.get(" ".join(text.lower[at : at + count]) if count > 1 else text.lower[at])
        if phrase is not None and _spelled(text, at, at + count, phrase, sentence):
            return PhraseHit(at, at + count, phrase, _plain(text, lexicon, at, count, phrase, sentence))
    return None


def _spelled(text: ArticleText, first: int, last: int, phrase: Phrase, sentence: Sentence) -> bool:
    """Tell whether the text spells a name as a name: capitals where names have them, acronyms as listed."""
    token = text.tokens[first]
    if phrase.exact and last == first + 1:
        # many papers spell acronyms that are spoken as words like words: Nasa, Sebi, Opec
        spoken = phrase.kind is Kind.ORGANISATION and len(token) >= _SPOKEN and token == phrase.form.capitalize()
        return token == phrase.form or spoken
    if phrase.exact:
        return text.words(first, last) == phrase.form or sentence.shouted
    return token[0].isupper() or token[0].isdigit() or any(c.isupper() for c in token) or token == phrase.form.split(" ", 1)[0]


def _plain(text: ArticleText, lexicon: Lexicon, at: int, count: int, phrase: Phrase, sentence: Sentence) -> bool:
    if phrase.user:
        return True
    if phrase.word:
        return False
    if count == 1 and text.lower[at] in lexicon.words:
        # "Apple" in running text is the company; in a Title Case or ALL CAPS line, or first in a sentence, it may be the word.
        return phrase.exact or not (sentence.titled or sentence.shouted) or at > sentence.first
    return True
