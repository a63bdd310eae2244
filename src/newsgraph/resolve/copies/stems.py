"""The content words of a text without their endings, for comparing texts."""

from __future__ import annotations

import re
from itertools import chain

_SHORTEST = 4  # letters that a stem keeps
_CACHED = 65_536  # pieces of text whose stems are cached
_LONGEST = 40  # characters of a cached piece
_TOKEN = re.compile(r"[^\W\d_]{3,}|\d[\d.,]*\d")
_TOKEN_ASCII = re.compile(r"[a-z]{3,}|[0-9][0-9.,]*[0-9]")  # the same for ASCII text, in half the time
_ENDINGS = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ians", "ian", "ies", "ers", "er", "ed", "es", "ly", "s", "y", "e",
)  # fmt: skip
_STOP_WORDS = frozenset(
    """
    about after all also amid and any are because been before being but can could did does during each for from had has have her his how
    into its just may more most new not now off one only other our out over own per said say says she should some such than that the
    their them then there these they this those through under until upon was way were what when where which while who why will with
    would you your
    """.split()
)


class _StemCache(dict[str, tuple[str, ...]]):
    """The stems of each blank-separated piece of text, computed once; stop words have none."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        words = (_TOKEN_ASCII if piece.isascii() else _TOKEN).findall(piece)
        stems_of_piece = tuple(_stem(word) for word in words if word not in _STOP_WORDS)
        if len(self) < _CACHED and len(piece) < _LONGEST:
            self[piece] = stems_of_piece
        return stems_of_piece


_CACHE = _StemCache()


def stems(text: str) -> list[str]:
    """Return the content words of a text without endings, so that Australia equals Australians; stop words are left out."""
    return list(chain.from_iterable(map(_CACHE.__getitem__, text.lower().split())))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word
