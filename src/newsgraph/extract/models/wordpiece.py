"""Word pieces: a word cut into the longest parts that a vocabulary holds, as BERT's uncased encoders expect it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Letters and digits hang together, anything else stands alone.
_PARTS = re.compile(r"[^\W_]+|[^\s]")
_LONGEST = 64  # characters of one part; longer ones are no words
MOST = 12  # pieces kept of one word


class WordPieces:
    """Cuts words into piece numbers; remembers the words it has met."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        """Take the pieces in the order of their numbers; they hold `[UNK]`, `[CLS]` and `[SEP]`."""
        self._number = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._number["[UNK]"]
        self.begin = self._number["[CLS]"]
        self.end = self._number["[SEP]"]
        self._met: dict[str, tuple[int, ...]] = {}

    def cut(self, word: str) -> tuple[int, ...]:
        """Give the piece numbers of a word, one at least and `MOST` at most."""
        known = self._met.get(word)
        if known is None:
            parts = _PARTS.findall(_folded(word))
            known = tuple(number for part in parts for number in self._part(part))[:MOST] or (self._unknown,)
            if len(self._met) < 1 << 17:
                self._met[word] = known
        return known

    def _part(self, part: str) -> list[int]:
        if len(part) > _LONGEST:
            return [self._unknown]
        found: list[int] = []
        at = 0
        while at < len(part):
            for end in range(len(part), at, -1):
                number = self._number.get(part[at:end] if at == 0 else f"##{part[at:end]}")
                if number is not None:
                    found.append(number)
                    at = end
                    break
            else:
                return [self._unknown]
        return found


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) not in {"Mn", "Cc", "Cf"})
