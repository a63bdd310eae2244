"""Acronyms that a text writes out: "United Wine Brokers (UWB)" says what UWB is there, whatever a list of companies says."""

from __future__ import annotations

from newsgraph.core.company_names import is_acronym
from newsgraph.extract.text.article_text import ArticleText

_SHORTEST, _LONGEST = 2, 8  # letters of an acronym
_LINKING = frozenset({"of", "and", "&", "for", "the", "de", "la", "du", "di", "des", "van"})


def written_out_acronyms(text: ArticleText) -> dict[str, str]:
    """Return what each acronym in brackets stands for by the words right before its bracket."""
    tokens = text.tokens
    found: dict[str, str] = {}
    for at in (at for at, word in enumerate(tokens[:-2]) if word == "("):
        acronym = tokens[at + 1]
        if tokens[at + 2] != ")" or not (acronym.isupper() and acronym.isalpha() and _SHORTEST <= len(acronym) <= _LONGEST):
            continue
        first = at
        while first > 0 and at - first < 2 * len(acronym) and (tokens[first - 1][0].isupper() or tokens[first - 1] in _LINKING):
            first -= 1
        for begin in range(at - _SHORTEST, first - 1, -1):
            if tokens[begin][0] == acronym[0] and is_acronym(acronym, tokens[begin:at]):
                found.setdefault(acronym, text.words(begin, at))
                break
    return found
