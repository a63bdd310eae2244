"""The languages that the rules and models of newsgraph read."""

from __future__ import annotations

READ = frozenset({"en"})
"""Primary subtags of BCP 47."""


def is_read(language: str) -> bool:
    """Return whether the text of an article of that language is read for names and events; one whose language is not known is.

    >>> is_read("en-GB"), is_read(""), is_read("pt-BR")
    (True, True, False)
    """
    return not language or language.partition("-")[0] in READ
