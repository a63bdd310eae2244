"""What kinds of word a spelling is, as bits, looked up once for each spelling, since every word of every text needs them."""

from __future__ import annotations

import re
from functools import lru_cache

from newsgraph.core.company_names import without_accents
from newsgraph.core.lexicon import Lexicon
from newsgraph.extract.text.context_words import ContextWords

(
    NAME_LIKE, CAPITAL, CAMEL, DIGIT, UPPER, NEVER, WORD, SMALL, CALENDAR, EXECUTIVE, VERB, DEAL_VERB, SAY_VERB, DEAL_WORD, OF_WORD,
    DESCRIPTOR, NOUN, PERSON_WORD, DEMONYM, PLACE, FIRST_NAME, ORG_WORD, STRONG_TAIL, WEAK_TAIL, LEGAL_END, PLAIN, HYPHEN, DOMAIN, LONG, AI,
) = (1 << bit for bit in range(30))  # fmt: skip
ENDS_NAME = SMALL | CALENDAR | EXECUTIVE
"""Words that no company name contains. PLAIN is a dictionary word or a punctuation mark; LONG is longer than acronyms such as IBM or BASF."""

_SHORT_ACRONYM = 4  # letters: GE, IBM, BASF; what is longer is a name in capitals

_CAMEL = re.compile(r"[a-z][A-Z]")
_NAME_CAMEL = re.compile(r"[a-z][A-Z]|^[a-z]{1,2}[A-Z]")


def is_name_like(token: str) -> bool:
    """Return whether a token is spelled like a name: with a capital first, or inner capitals (eBay, iRobot, 3M)."""
    if token[0].isupper():
        return True
    return bool(_NAME_CAMEL.search(token)) or (token[0].isdigit() and token[-1].isalpha() and token != token.lower())


class WordKinds(dict[str, int]):
    """A cache from a spelling to its bits."""

    def __init__(self, lexicon: Lexicon, words: ContextWords) -> None:
        """Store the lists in which words are looked up."""
        super().__init__()
        low: tuple[tuple[int, frozenset[str]], ...] = (
            (WORD, lexicon.words), (SMALL, words.small), (CALENDAR, words.calendar), (EXECUTIVE, words.executives),
            (VERB, words.verbs), (DEAL_VERB, words.deal_verbs), (SAY_VERB, words.say_verbs), (DEAL_WORD, words.deal_words),
            (OF_WORD, words.of_words), (DESCRIPTOR, lexicon.descriptors), (NOUN, lexicon.nouns), (PERSON_WORD, lexicon.person_words),
            (DEMONYM, lexicon.demonyms), (PLACE, lexicon.places), (FIRST_NAME, lexicon.first_names), (ORG_WORD, words.org_words),
            (STRONG_TAIL, lexicon.strong_tails), (WEAK_TAIL, lexicon.weak_tails),
        )  # fmt: skip
        self._low = low
        self._never = words.never
        self._domains = tuple(words.domains)
        self._legal_ends = lexicon.legal_ends

    def __missing__(self, token: str) -> int:
        """Look up a new spelling in all lists."""
        low = token.lower()
        bits = sum(bit for bit, listed in self._low if low in listed)
        bits |= NAME_LIKE if is_name_like(token) else 0
        bits |= CAPITAL if token[0].isupper() else 0
        bits |= CAMEL if _CAMEL.search(token) else 0
        bits |= DIGIT if any(c.isdigit() for c in token) else 0
        bits |= UPPER if token.isupper() else 0
        bits |= NEVER if token in self._never else 0
        bits |= LEGAL_END if not {low.replace(".", ""), without_accents(low)}.isdisjoint(self._legal_ends) else 0
        bits |= PLAIN if bits & WORD or not bits & (NAME_LIKE | DIGIT) else 0
        bits |= HYPHEN if "-" in token else 0
        bits |= DOMAIN if low.endswith(self._domains) else 0
        bits |= LONG if len(token) > _SHORT_ACRONYM else 0
        bits |= AI if token == "AI" else 0  # noqa: S105 - not a password
        if len(self) < _MOST:
            self[token] = bits
        return bits


_MOST = 200_000  # spellings in the cache, which must stay bounded in long runs over many languages


@lru_cache(maxsize=4)
def word_kinds(lexicon: Lexicon, words: ContextWords) -> WordKinds:
    """Return the cache of word kinds for these lists."""
    return WordKinds(lexicon, words)
