"""The words of a text that count, without endings: what texts are laid side by side by."""

from __future__ import annotations

import re
from itertools import chain

_SHORTEST = 4  # letters that a stem keeps
_KEPT = 65_536  # pieces of text whose stems are kept
_LONGEST = 40  # characters of those
_TOKEN = re.compile(r"[^\W\d_]{3,}|\d[\d.,]*\d")
_TOKEN_ASCII = re.compile(r"[a-z]{3,}|[0-9][0-9.,]*[0-9]")  # the same in a text of ASCII alone, in half the time
_ENDINGS = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ians", "ian", "ies", "ers", "er", "ed", "es", "ly", "s", "y", "e",
)  # fmt: skip
_SMALL = frozenset(
    """
    about after all also amid and any are because been before being but can could did does during each for from had has have her his how
    into its just may more most new not now off one only other our out over own per said say says she should some such than that the
    their them then there these they this those through under until upon was way were what when where which while who why will with
    would you your
    """.split()
)


class _Stems(dict[str, tuple[str, ...]]):
    """What stands between two blanks, and the stems in it, each worked out once; none for small words, which do not count."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        words = (_TOKEN_ASCII if piece.isascii() else _TOKEN).findall(piece)
        found = tuple(_stem(word) for word in words if word not in _SMALL)
        if len(self) < _KEPT and len(piece) < _LONGEST:
            self[piece] = found
        return found


_KNOWN = _Stems()


def stems(text: str) -> list[str]:
    """Give the words of a text that count, without endings, so that Australia and Australians meet; small words are left out."""
    return list(chain.from_iterable(map(_KNOWN.__getitem__, text.lower().split())))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
