"""Which article of a copy group replaces which: corrections, and an outlet's updates of its earlier versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsgraph.resolve.copies.article_summary import ArticleSummary
from newsgraph.resolve.copies.correction_cues import CorrectionCue, Version
from newsgraph.resolve.copies.text_signature import text_signature


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """One article (IRI) replaces another; `words` are the cue as it is written in the replacing article.

    `rule` is kind and place of the cue: `correction_headline`, `correction_opening`, `correction_closing`, `update_headline`,
    `update_opening` or `update_closing`.
    """

    article: str
    superseded: str
    rule: str
    words: str


def find_corrections(summaries: Sequence[ArticleSummary], origins: Mapping[str, str]) -> tuple[Correction, ...]:
    """Find which article replaces which, sorted.

    `summaries` are in order of time; `origins` maps each article to the origin of its copy group (`near_copies.copy_groups`).

    Only earlier articles of the same group are replaced. An article without a date neither replaces another nor is replaced. A
    correction replaces everything in its group that is not corrected yet, and earlier corrections by the same outlet; an update
    replaces the same outlet's versions with a smaller number. If several articles replace one, each of them is reported.
    """
    groups: dict[str, list[ArticleSummary]] = defaultdict(list)
    for summary in summaries:
        if summary.published:
            groups[origins[summary.iri]].append(summary)
    corrections = []
    for members in groups.values():
        if len(members) > 1:
            corrections += _corrections_in(members)
    return tuple(sorted(corrections))


def _corrections_in(members: Sequence[ArticleSummary]) -> list[Correction]:
    """Find the corrections in one group, which is in order of time."""
    cues = [text_signature(member.signature).cue for member in members]
    corrections = []
    for position, (member, cue) in enumerate(zip(members, cues, strict=True)):
        if cue is not None:
            corrections += [
                Correction(member.iri, earlier.iri, f"{cue.kind.value}_{cue.part}", cue.words)
                for earlier, earlier_cue in zip(members[:position], cues[:position], strict=True)
                if _replaces(member, cue, earlier, earlier_cue)
            ]
    return corrections


def _replaces(article: ArticleSummary, cue: CorrectionCue, earlier: ArticleSummary, earlier_cue: CorrectionCue | None) -> bool:
    if earlier.published == article.published:
        return False
    same_outlet = article.outlet != "" and article.outlet == earlier.outlet
    if cue.kind is Version.CORRECTION:
        # A correction by another outlet is the same correction printed again, not an error.
        return same_outlet or earlier_cue is None or earlier_cue.kind is not Version.CORRECTION
    if earlier_cue is None or earlier_cue.kind is Version.UPDATE:
        return same_outlet and (cue.number == 0 or earlier_cue is None or earlier_cue.number < cue.number)
    return False
