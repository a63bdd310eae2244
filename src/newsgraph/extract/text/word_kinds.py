"""What single words are, as bits, looked up once a spelling: lists are asked for every word of every text."""

from __future__ import annotations

import re
from functools import lru_cache

from newsgraph.core.lexicon import Lexicon
from newsgraph.extract.text.context_words import ContextWords

(
    NAME_LIKE, CAPITAL, CAMEL, DIGIT, UPPER, NEVER, WORD, SMALL, CALENDAR, EXECUTIVE, VERB, DEAL_VERB, SAY_VERB, DEAL_WORD, OF_WORD,
    DESCRIPTOR, NOUN, PERSON_WORD, DEMONYM, PLACE, FIRST_NAME, ORG_WORD, STRONG_TAIL, WEAK_TAIL, LEGAL_END, PLAIN, HYPHEN, DOMAIN, LONG, AI,
) = (1 << bit for bit in range(30))  # fmt: skip
ENDS_NAME = SMALL | CALENDAR | EXECUTIVE
"""Words that no name of a company holds; PLAIN is a word of the dictionary or a mark, LONG is no acronym such as GE, IBM or BASF."""

_SHORT_ACRONYM = 4  # letters: GE, IBM, BASF; longer ones are names in capitals

_CAMEL = re.compile(r"[a-z][A-Z]")
_NAME_CAMEL = re.compile(r"[a-z][A-Z]|^[a-z]{1,2}[A-Z]")


def is_name_like(token: str) -> bool:
    """Tell whether a token is spelled as names are: a capital first, or inner capitals (eBay, iRobot, 3M)."""
    if token[0].isupper():
        return True
    return bool(_NAME_CAMEL.search(token)) or (token[0].isdigit() and token[-1].isalpha() and token != token.lower())


class WordKinds(dict[str, int]):
    """The bits of every spelling met so far."""

    def __init__(self, lexicon: Lexicon, context: ContextWords) -> None:
        """Take the lists that words are looked up in."""
        super().__init__()
        low: tuple[tuple[int, frozenset[str]], ...] = (
            (WORD, lexicon.words), (SMALL, context.small), (CALENDAR, context.calendar), (EXECUTIVE, context.executives),
            (VERB, context.verbs), (DEAL_VERB, context.deal_verbs), (SAY_VERB, context.say_verbs), (DEAL_WORD, context.deal_words),
            (OF_WORD, context.of_words), (DESCRIPTOR, lexicon.descriptors), (NOUN, lexicon.nouns), (PERSON_WORD, lexicon.person_words),
            (DEMONYM, lexicon.demonyms), (PLACE, lexicon.places), (FIRST_NAME, lexicon.first_names), (ORG_WORD, context.org_words),
            (STRONG_TAIL, lexicon.strong_tails), (WEAK_TAIL, lexicon.weak_tails),
        )  # fmt: skip
        self._low = low
        self._never = context.never
        self._domains = tuple(context.domains)
        self._legal_ends = lexicon.legal_ends

    def __missing__(self, token: str) -> int:
        """Look a new spelling up in all lists."""
        low = token.lower()
        bits = sum(bit for bit, words in self._low if low in words)
        bits |= NAME_LIKE if is_name_like(token) else 0
        bits |= CAPITAL if token[0].isupper() else 0
        bits |= CAMEL if _CAMEL.search(token) else 0
        bits |= DIGIT if any(c.isdigit() for c in token) else 0
        bits |= UPPER if token.isupper() else 0
        bits |= NEVER if token in self._never else 0
        bits |= LEGAL_END if low.replace(".", "") in self._legal_ends else 0
        bits |= PLAIN if bits & WORD or not bits & (NAME_LIKE | DIGIT) else 0
        bits |= HYPHEN if "-" in token else 0
        bits |= DOMAIN if low.endswith(self._domains) else 0
        bits |= LONG if len(token) > _SHORT_ACRONYM else 0
        bits |= AI if token == "AI" else 0  # noqa: S105 - a word of a text
        if len(self) < _MOST:
            self[token] = bits
        return bits


_MOST = 200_000  # spellings kept; a long run over many languages must not grow without end


@lru_cache(maxsize=4)
def word_kinds(lexicon: Lexicon, context: ContextWords) -> WordKinds:
    """Give the bits of words under these lists."""
    return WordKinds(lexicon, context)
