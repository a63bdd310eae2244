"""A headline for a text that has none: its first line, or the first sentence of it."""

from __future__ import annotations

import re

LONGEST = 200  # characters
_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s")
_ABBREVIATED = re.compile(r"(?:\b(?:Inc|Corp|Co|Ltd|Mr|Mrs|Ms|Dr|St|No|vs|U\.S|U\.K|[A-Z]))\.$")


def first_sentence(text: str) -> str:
    """Return the first sentence of the first line, at most `LONGEST` characters; a longer one is cut between words.

    >>> first_sentence("Acme Inc. buys Zorvex. The deal closes in May.\\nMore below.")
    'Acme Inc. buys Zorvex.'
    """
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    for match in _END.finditer(line, 0, LONGEST + 1):
        sentence = line[: match.start()]
        if not _ABBREVIATED.search(sentence):
            return line[: match.end()].strip()
    if len(line) <= LONGEST:
        return line
    return f"{line[:LONGEST].rpartition(' ')[0] or line[:LONGEST]} …"
