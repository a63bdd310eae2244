"""WordPiece: words are cut into the longest parts that a vocabulary has, as BERT's uncased encoders expect it (Devlin et al. 2019)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Letters and digits form parts, any other character is a part alone.
_PARTS = re.compile(r"[^\W_]+|[^\s]")
_LONGEST = 64  # characters of a part; a longer one is no word
MOST = 12  # pieces of one word; further ones are dropped


class WordPieces:
    """Cuts words into numbers of pieces, with a cache of words."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        """Store the pieces in the order of their numbers; they include `[UNK]`, `[CLS]` and `[SEP]`."""
        self._number = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._number["[UNK]"]
        self.begin = self._number["[CLS]"]
        self.end = self._number["[SEP]"]
        self._cache: dict[str, tuple[int, ...]] = {}

    def cut(self, word: str) -> tuple[int, ...]:
        """Return the numbers of a word's pieces, at least one and at most `MOST`."""
        numbers = self._cache.get(word)
        if numbers is None:
            parts = _PARTS.findall(_fold(word))
            numbers = tuple(number for part in parts for number in self._pieces_of(part))[:MOST] or (self._unknown,)
            if len(self._cache) < 1 << 17:
                self._cache[word] = numbers
        return numbers

    def _pieces_of(self, part: str) -> list[int]:
        if len(part) > _LONGEST:
            return [self._unknown]
        numbers: list[int] = []
        at = 0
        while at < len(part):
            for end in range(len(part), at, -1):
                number = self._number.get(part[at:end] if at == 0 else f"##{part[at:end]}")
                if number is not None:
                    numbers.append(number)
                    at = end
                    break
            else:
                return [self._unknown]
        return numbers


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) not in {"Mn", "Cc", "Cf"})
