"""Names that a mistyped one may mean."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

_MOST, _NEAR = 5, 0.6  # names, and the least share of letters in common as `difflib` counts it
_SHORT, _FEW = 24, 5_000  # letters of a name, and numbers of known names, up to which all are compared letter by letter
_COMPARED = 300


def close_names(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to five known names that are spelt like a name, the nearest first; case does not count.

    To compare letters takes long where names are many and as long as headlines: of these, those that share most words are compared.

    >>> close_names("Sanofy", ["Sanofi", "Owkin"])
    ('Sanofi',)
    """
    folded = {known_name.casefold(): known_name for known_name in sorted(set(known), reverse=True)}
    typed = name.casefold()
    compared: Collection[str] = folded
    if len(typed) > _SHORT and len(folded) > _FEW:
        compared = _with_most_words(frozenset(typed.split()), folded)
    return tuple(folded[close] for close in get_close_matches(typed, compared, n=_MOST, cutoff=_NEAR))


def _with_most_words(words: frozenset[str], known: Iterable[str]) -> list[str]:
    shared = ((len(words.intersection(name.split())), name) for name in known)
    return [name for _, name in sorted((entry for entry in shared if entry[0]), key=lambda entry: (-entry[0], entry[1]))[:_COMPARED]]
