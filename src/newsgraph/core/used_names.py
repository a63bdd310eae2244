"""The name that an article uses for a thing, where the graph calls it otherwise: a company has its newest name, also in old news."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from html import unescape

_WORD = re.compile(r"[^\W_]+")


def used_name(label: str, mentions: Iterable[str]) -> str:
    """Return the name under which an article speaks of a thing; empty if it is the label, or only longer or shorter than that.

    `mentions` are the thing's names as the article has them, one each time. The most frequent other name is returned, the longest of these.

    >>> used_name("Meta Platforms", ["Facebook", "Facebook", "FB"])
    'Facebook'
    >>> used_name("Osterholt", ["Osterholt AG", "OHT"])
    ''
    """
    words = _words(label)
    counts = Counter(" ".join(unescape(mention).split()) for mention in mentions)
    if not words or any(_words(name) <= words or words <= _words(name) for name in counts):
        return ""
    return max(counts, key=lambda name: (counts[name], len(name), name), default="")


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(unescape(name).casefold()))
