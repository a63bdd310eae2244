"""Names that a text itself says are one company: "Meta, formerly known as Facebook", "Square, which renamed itself Block"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsgraph.core.company_names import name_key
from newsgraph.core.model import Naming
from newsgraph.extract.companies.company_finder import CompanySpan
from newsgraph.extract.text.article_text import ArticleText

# What may stand between the newer name and the former one, and between the former name and the newer one.
_FORMERLY = re.compile(
    r"\s*[,(\[–—-]?\s*(?:which\s+(?:was|is)\s+|who\s+was\s+)?"
    r"(?:formerly|previously|once|f/k/a|fka|until\s+recently)(?:\s+(?:known|called|named|operating|trading)(?:\s+as)?)?,?\s+[\"']?",
    re.IGNORECASE,
)
# "Bolt renames itself Zorvex" is a new name of Bolt; "Zorvex renames Bolt" and "Bolt renamed Zorvex's team" are none.
_NEWLY = re.compile(
    r"""\s*[,(–—-]?\s*(?:(?:which|that)\s+)?
    (?: (?:(?:has|have|had|will|would|to|is|was)\s+)*(?:(?:officially|formally|since|now)\s+)?
        (?:(?:renam|rebrand)\w+(?:\s+itself|(?:\s+itself)?\s+(?:as|to))
          |chang\w+\s+(?:(?:its|the|their)\s+)?(?:(?:company|corporate)\s+)?name\s+(?:to|into))
      | (?:(?:has|have|had|will|would|to)\s+)*(?:(?<=[,(])|(?<=[,(]\s)|(?:is|was|be|been|being)\s+)
        (?:(?:officially|formally|since|now)\s+)?(?:renamed|rebranded)
      | (?:(?:is|was)\s+)?(?:now|also)\s+(?:known|called|named)(?:\s+as)?
      | d/b/a|dba|a/k/a|aka|doing\s+business\s+as|trading\s+as
    )\s+["']?""",
    re.IGNORECASE | re.VERBOSE,
)
# "Waymo, formerly Google's self-driving project" and "Zorvex, formerly Bolt-owned" are no names: a former name ends where the aside ends.
_CLOSED = re.compile(r"[\"']?\s*(?:[,.);:–—]|-(?!\w)|$)")
_OWNER = re.compile(r"['’]s\b")
_BEHIND = 8
_SHORTEST = 3  # characters of what says so: "aka"


def find_former_names(text: ArticleText, companies: Sequence[CompanySpan], least: float) -> Iterator[Naming]:
    """Give the pairs of neighbouring company names that the words between them make one; `same_as` is the newer name."""
    sure = [one for one in companies if one.confidence >= least]
    for one, other in pairwise(sure):
        between = text.clean[text.ends[one.last - 1] : text.starts[other.first]]
        if len(between) < _SHORTEST or name_key(one.name) == name_key(other.name):
            continue
        behind = text.clean[text.ends[other.last - 1] : text.ends[other.last - 1] + _BEHIND]
        if _FORMERLY.fullmatch(between) and _CLOSED.match(behind):
            yield Naming(other.name, one.name, "former_name", *text.span(other.first, other.last))
        elif _NEWLY.fullmatch(between) and not _OWNER.match(behind):
            yield Naming(one.name, other.name, "former_name", *text.span(one.first, one.last))
