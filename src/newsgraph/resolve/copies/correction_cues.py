"""Cues by which a text says that it is a new version: corrected, filed again, updated or repeated.

They are conventions of news agencies: words before the headline ("CORRECTED-", "UPDATE 2-"), a note in brackets before the text
("(Corrects name in paragraph 2)"), and a sentence at either end of the text ("This story has been corrected to ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from newsgraph.core.model import Article


class Version(StrEnum):
    """What a cue says about its text."""

    CORRECTION = "correction"
    UPDATE = "update"
    REPEAT = "repeat"  # the same text again, which replaces nothing


_WORDS = {
    Version.CORRECTION: r"corrected(?: \(official\))?|correction|clarification|refiled?",
    Version.UPDATE: r"updated?(?: (?P<number>\d{1,2}))?|wrapup \d{1,2}",
    Version.REPEAT: r"rpt|repeat",
}
_NOTES = {
    Version.CORRECTION: r"correct(?:s|ed|ing|ion)|refil(?:es|ed|ing)|clarifies",
    Version.UPDATE: r"adds|updat(?:es|ed|ing)|recasts",
    Version.REPEAT: r"repeats",
}


def _kinds(words: dict[Version, str]) -> str:
    return "|".join(f"(?P<{kind.value}>{pattern})" for kind, pattern in words.items())


# A hyphen counts only before a blank, a capital, a digit or a quotation mark: "Correction-prone markets" is not a cue.
_BEFORE = re.compile(rf"\s*(?i:{_kinds(_WORDS)})\s*(?:[:–—]|-(?=[\sA-Z0-9\"'“‘]))\s*")
_IN_BRACKETS = re.compile(rf"\s*[(\[]\s*(?:(?i:{_kinds(_WORDS)}))\s*[)\]]\s*[-:–—]?\s*")
_NOTE = re.compile(rf"\s*[(\[]\s*(?:(?i:{_kinds(_NOTES)}))\b[^()\[\]]{{0,300}}[)\]]\s*[-–—]?\s*")
_SENTENCE = re.compile(
    r"[(\[]?(?i:(?:editor[’']s note: )?(?:this (?:[\w.]+ ){0,3}(?:story|article|report|item|version|post|headline)"
    r" (?:(?:has been|was) (?:corrected|refiled)|corrects)|an? (?:earlier|previous|prior) version of this (?:story|article|report|post|headline)"
    r" [^.]{0,80}?(?:misstated|incorrect|wrong|misspelled|misidentified|in error))).*",
    re.DOTALL,
)
_IN_SENTENCE = ("correct", "refiled", "version of")  # every such sentence contains one of these; a substring test is quicker
_FIRST = frozenset("cruwCRUW([")  # the first characters of all cues before a text
_END = 250  # length of a closing sentence at most


@dataclass(frozen=True, slots=True)
class CorrectionCue:
    """A cue as it is written in a text: `part` is `headline`, `opening` or `closing`; `number` is that of an update, else 0."""

    kind: Version
    part: str
    words: str
    number: int = 0


def correction_cues(article: Article) -> tuple[CorrectionCue, ...]:
    """Return the cues of an article, those of its headline first."""
    return tuple(cue for _, cues in _parts(article) for cue in cues)


def without_cues(article: Article) -> tuple[str, str, CorrectionCue | None]:
    """Return headline and excerpt without their cues, for comparing versions, and the most important cue.

    That is a correction, else the first update; a repeat does not count.
    """
    headline, excerpt, body = _parts(article)
    cues = [cue for cue in (*headline[1], *excerpt[1], *body[1]) if cue.kind is not Version.REPEAT]
    return headline[0], excerpt[0], next((cue for cue in cues if cue.kind is Version.CORRECTION), cues[0] if cues else None)


def _parts(article: Article) -> tuple[tuple[str, tuple[CorrectionCue, ...]], ...]:
    """Return headline, excerpt and body without their cues, each with its cues."""
    return _headline(article.title), _running_text(article.excerpt), _running_text(article.body)


def _headline(title: str) -> tuple[str, tuple[CorrectionCue, ...]]:
    cues: list[CorrectionCue] = []
    at = 0
    while title[at:].lstrip()[:1] in _FIRST and (
        match := _BEFORE.match(title, at) or _IN_BRACKETS.match(title, at) or _NOTE.match(title, at)
    ):
        cues.append(_cue(match, "headline"))
        at = match.end()
    rest = title[at:]
    if rest.endswith((")", "]")) and (start := max(rest.rfind("("), rest.rfind("["))) > 0:
        last = _IN_BRACKETS.fullmatch(rest, start) or _NOTE.fullmatch(rest, start)
        if last:
            cues.append(_cue(last, "headline"))
            rest = rest[:start]
    return (rest, tuple(cues)) if rest.strip() else (title, ())


def _running_text(text: str) -> tuple[str, tuple[CorrectionCue, ...]]:
    """Find the cues at both ends of running text; a text that consists of a cue alone is returned unchanged."""
    cues = tuple(_cues_at_ends(text))
    rest = text
    for cue in cues:
        rest = rest.replace(cue.words, " ", 1)
    return (rest, cues) if rest.strip() else (text, cues)


def _cues_at_ends(text: str) -> Iterator[CorrectionCue]:
    opening = (_BEFORE.match(text) or _NOTE.match(text)) if text.lstrip()[:1] in _FIRST else None
    if opening:
        yield _cue(opening, "opening")
    end = opening.end() if opening else 0
    tail = max(len(text) - _END, end)
    sentence = _SENTENCE.search(text, tail) if _may_correct(text[tail:]) else None
    if sentence:
        yield CorrectionCue(Version.CORRECTION, "closing" if sentence.start() > end else "opening", sentence.group().strip())
    elif text.rstrip().endswith((")", "]")):
        note = _NOTE.fullmatch(text, max(text.rfind("("), text.rfind("["), end))
        if note:
            yield _cue(note, "closing")


def _may_correct(text: str) -> bool:
    low = text.lower()
    return not low.isascii() or any(word in low for word in _IN_SENTENCE)  # some letters of other scripts match Latin ones


def _cue(match: re.Match[str], part: str) -> CorrectionCue:
    kind = next(kind for kind in Version if match[kind.value])
    number = int(match.groupdict().get("number") or 0)
    words = match.group().strip()
    return CorrectionCue(kind, part, words if words[0] in "([" else match[kind.value], number)
