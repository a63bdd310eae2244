"""Names that a text itself says are one company: "Meta, formerly known as Facebook", "Square, which renamed itself Block"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsgraph.company_names import name_key
from newsgraph.extract.companies import Found
from newsgraph.extract.text import Text
from newsgraph.model import Naming

# What may stand between the newer name and the former one, and between the former name and the newer one.
_FORMERLY = re.compile(
    r"\s*[,(\[–—-]?\s*(?:which\s+(?:was|is)\s+|who\s+was\s+)?"
    r"(?:formerly|previously|once|f/k/a|fka|until\s+recently)(?:\s+(?:known|called|named|operating|trading)(?:\s+as)?)?,?\s+[\"']?",
    re.IGNORECASE,
)
_NEWLY = re.compile(
    r"\s*[,(–—-]?\s*(?:which\s+|(?:has|have|had)\s+|(?:is|was)\s+|will\s+)?(?:(?:officially|formally|now)\s+)?"
    r"(?:(?:renam\w+|rebrand\w+|chang\w+\s+(?:its|the|their)\s+(?:company\s+|corporate\s+)?name)(?:\s+itself)?(?:\s+(?:as|to))?"
    r"|(?:is\s+)?(?:now|also)\s+(?:known|called|named)(?:\s+as)?|now\s+called|d/b/a|dba|a/k/a|aka|doing\s+business\s+as|trading\s+as)\s+[\"']?",
    re.IGNORECASE,
)
# "Waymo, formerly Google's self-driving project" is no name: a former name ends where the aside ends.
_CLOSED = re.compile(r"[\"']?\s*(?:[,.);:–—-]|$)")
_OWNER = re.compile(r"['’]s\b")
_BEHIND = 8


def find_former_names(text: Text, companies: Sequence[Found], least: float) -> Iterator[Naming]:
    """Give the pairs of neighbouring company names that the words between them make one; `same_as` is the newer name."""
    sure = [one for one in companies if one.confidence >= least]
    for one, other in pairwise(sure):
        between = text.clean[text.ends[one.last - 1] : text.starts[other.first]]
        if name_key(one.name) == name_key(other.name):
            continue
        behind = text.clean[text.ends[other.last - 1] :][:_BEHIND]
        if _FORMERLY.fullmatch(between) and _CLOSED.match(behind):
            yield Naming(other.name, one.name, "former_name", *text.span(other.first, other.last))
        elif _NEWLY.fullmatch(between) and not _OWNER.match(behind):
            yield Naming(one.name, other.name, "former_name", *text.span(one.first, one.last))
