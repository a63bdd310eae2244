"""Names that a text says are one company: "Meta, formerly known as Facebook", "Square, which renamed itself Block"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsgraph.core.company_names import name_key
from newsgraph.core.model import Naming
from newsgraph.extract.companies.company_finder import CompanySpan
from newsgraph.extract.text.article_text import ArticleText

# The words between a newer name and the former one, and between a former name and the newer one.
_FORMERLY = re.compile(
    r"\s*[,(\[–—-]?\s*(?:which\s+(?:was|is)\s+|who\s+was\s+)?"
    r"(?:formerly|previously|once|f/k/a|fka|until\s+recently)(?:\s+(?:known|called|named|operating|trading)(?:\s+as)?)?,?\s+[\"']?",
    re.IGNORECASE,
)
# "Bolt renames itself Zorvex" gives Bolt a new name; "Zorvex renames Bolt" and "Bolt renamed Zorvex's team" do not.
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
# "Waymo, formerly Google's self-driving project" and "Zorvex, formerly Bolt-owned" name no former name: such a name ends its clause.
_CLOSED = re.compile(r"[\"']?\s*(?:[,.);:–—]|-(?!\w)|$)")
_OWNER = re.compile(r"['’]s\b")
_BEHIND = 8  # characters after the second name that are looked at
_SHORTEST = 3  # characters of the shortest words between two such names: "aka"


def find_former_names(text: ArticleText, companies: Sequence[CompanySpan], least: float) -> Iterator[Naming]:
    """Yield the pairs of neighbouring company names that the words between them equate; `same_as` is the newer name."""
    accepted = [company for company in companies if company.confidence >= least]
    for first, second in pairwise(accepted):
        between = text.clean[text.ends[first.last - 1] : text.starts[second.first]]
        if len(between) < _SHORTEST or name_key(first.name) == name_key(second.name):
            continue
        behind = text.clean[text.ends[second.last - 1] : text.ends[second.last - 1] + _BEHIND]
        if _FORMERLY.fullmatch(between) and _CLOSED.match(behind):
            yield Naming(second.name, first.name, "former_name", *text.span(second.first, second.last))
        elif _NEWLY.fullmatch(between) and not _OWNER.match(behind):
            yield Naming(first.name, second.name, "former_name", *text.span(first.first, first.last))
