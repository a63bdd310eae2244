"""A headline for a text that has none: its first line, or the first sentence of it."""

from __future__ import annotations

import re

LONGEST = 200  # characters
_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s")
_ABBREVIATED = re.compile(r"(?:\b(?:Inc|Corp|Co|Ltd|Mr|Mrs|Ms|Dr|St|No|vs|U\.S|U\.K|[A-Z]))\.$")
_HEADING = re.compile(r"^(?:#{1,3}[ \t]+(?P<atx>\S[^\n]*)|(?P<setext>\S[^\n]{0,300})\n=+[ \t]*)$\n?", re.MULTILINE)
_CLOSING_MARKS = re.compile(r"[ \t]+#+[ \t]*$|[ \t]*\{#[\w-]+\}[ \t]*$")
_NEAR = 5000  # characters in which the heading of a text begins


def first_sentence(text: str) -> str:
    r"""Return the first sentence of the first line, at most `LONGEST` characters; a longer one is cut between words.

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


def headline(text: str) -> tuple[str, str, str]:
    r"""Return the headline of a text, the text without it, and what it was: the first heading of Markdown, or the first line.

    >>> headline("# Acme buys Zorvex\n\nThe deal closes in May.")
    ('Acme buys Zorvex', 'The deal closes in May.', 'first heading')
    """
    if heading := _HEADING.search(text, 0, _NEAR):
        title = _CLOSING_MARKS.sub("", heading["atx"] or heading["setext"])
        return title.strip(), f"{text[: heading.start()]}{text[heading.end() :]}".strip(), "first heading"
    first, _, rest = text.lstrip().partition("\n")
    if len(first) <= LONGEST and (rest.startswith("\n") or not rest):
        return first.strip(), rest.strip(), "first line"
    return first_sentence(text), text, "first sentence"
