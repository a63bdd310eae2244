"""Which article of a copy group replaces which: corrections, and an outlet's own updates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.copies.correction_cues import CorrectionCue, Version
from newsgraph.resolve.copies.text_signature import text_signature


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """One article replaces another, by IRI; `words` are the marker as it stands in the replacing article's text.

    `rule` is kind and place of the marker: `correction_headline`, `correction_opening`, `correction_closing`,
    `update_headline`, `update_opening` or `update_closing`.
    """

    article: str
    superseded: str
    rule: str
    words: str


def find_corrections(articles: Sequence[ArticleNode], group: Mapping[str, str]) -> tuple[Correction, ...]:
    """Give who replaces whom, sorted; `group` gives each article the origin of its copy group (`stories.copy_groups`).

    Only earlier articles of the same group are replaced, and an article without a date neither replaces nor is replaced.
    A correction replaces whatever of its group is not corrected yet, and its own outlet's earlier corrections; an update
    replaces its own outlet's versions with a smaller number. The same article replaced by several is told for each.
    """
    members: dict[str, list[ArticleNode]] = defaultdict(list)
    for article in articles:
        if article.published:
            members[group[article.iri]].append(article)
    found = []
    for nodes in members.values():
        if len(nodes) > 1:
            found += _within(sorted(nodes, key=lambda node: node.order))
    return tuple(sorted(found))


def _within(nodes: Sequence[ArticleNode]) -> list[Correction]:
    """Give the corrections of one group, which is sorted by time."""
    told = [text_signature(node.signs).marker for node in nodes]
    found = []
    for place, (node, marker) in enumerate(zip(nodes, told, strict=True)):
        if marker is not None:
            found += [
                Correction(node.iri, earlier.iri, f"{marker.kind.value}_{marker.part}", marker.words)
                for earlier, before in zip(nodes[:place], told[:place], strict=True)
                if _replaces(node, marker, earlier, before)
            ]
    return found


def _replaces(node: ArticleNode, marker: CorrectionCue, earlier: ArticleNode, before: CorrectionCue | None) -> bool:
    if earlier.published == node.published:
        return False
    own = node.provider is not None and earlier.provider is not None and node.provider.domain == earlier.provider.domain
    if marker.kind is Version.CORRECTION:
        # Another outlet's correction is the same correction met again, not an error.
        return own or before is None or before.kind is not Version.CORRECTION
    if before is None or before.kind is Version.UPDATE:
        return own and (marker.number == 0 or before is None or before.number < marker.number)
    return False
