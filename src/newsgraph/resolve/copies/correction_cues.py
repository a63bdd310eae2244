"""Words by which a text says that it is a new version: corrected, filed again, updated, repeated.

They are conventions of news agencies: words before the headline ("CORRECTED-", "UPDATE 2-"), a note in brackets before the
text ("(Corrects name in paragraph 2)"), and a sentence at either end of it ("This story has been corrected to ...").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from newsgraph.core.model import Article


class Version(StrEnum):
    """What a marker says of its text."""

    CORRECTION = "correction"
    UPDATE = "update"
    REPEAT = "repeat"  # the same once more; it replaces nothing


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


# A hyphen counts only before a blank, a capital, a figure or a quotation mark: "Correction-prone markets" corrects nothing.
_BEFORE = re.compile(rf"\s*(?i:{_kinds(_WORDS)})\s*(?:[:–—]|-(?=[\sA-Z0-9\"'“‘]))\s*")
_IN_BRACKETS = re.compile(rf"\s*[(\[]\s*(?:(?i:{_kinds(_WORDS)}))\s*[)\]]\s*[-:–—]?\s*")
_NOTE = re.compile(rf"\s*[(\[]\s*(?:(?i:{_kinds(_NOTES)}))\b[^()\[\]]{{0,300}}[)\]]\s*[-–—]?\s*")
_SENTENCE = re.compile(
    r"[(\[]?(?i:(?:editor[’']s note: )?(?:this (?:[\w.]+ ){0,3}(?:story|article|report|item|version|post|headline)"
    r" (?:(?:has been|was) (?:corrected|refiled)|corrects)|an? (?:earlier|previous|prior) version of this (?:story|article|report|post|headline)"
    r" [^.]{0,80}?(?:misstated|incorrect|wrong|misspelled|misidentified|in error))).*",
    re.DOTALL,
)
_IN_SENTENCE = ("correct", "refiled", "version of")  # words without which there is no such sentence: quicker to look for
_FIRST = frozenset("cruwCRUW([")  # what a marker before a text begins with, of whatever kind
_END = 250  # characters that a closing sentence may take


@dataclass(frozen=True, slots=True)
class CorrectionCue:
    """A marker as it stands in a text: `part` is `headline`, `opening` or `closing`; `number` is that of an update, else 0."""

    kind: Version
    part: str
    words: str
    number: int = 0


def correction_cues(article: Article) -> tuple[CorrectionCue, ...]:
    """Give the markers of an article, those of its headline first."""
    return tuple(marker for part in _parts(article) for marker in part[1])


def without_cues(article: Article) -> tuple[str, str, CorrectionCue | None]:
    """Give headline and excerpt without their markers, for comparing versions, and the marker that says most.

    That is a correction, else the first update; a repeat says nothing.
    """
    headline, excerpt, body = _parts(article)
    found = [marker for marker in (*headline[1], *excerpt[1], *body[1]) if marker.kind is not Version.REPEAT]
    return headline[0], excerpt[0], next((marker for marker in found if marker.kind is Version.CORRECTION), found[0] if found else None)


def _parts(article: Article) -> tuple[tuple[str, tuple[CorrectionCue, ...]], ...]:
    """Give headline, excerpt and body, each without markers and with them."""
    return _headline(article.title), _running(article.excerpt), _running(article.body)


def _headline(title: str) -> tuple[str, tuple[CorrectionCue, ...]]:
    found: list[CorrectionCue] = []
    at = 0
    while title[at:].lstrip()[:1] in _FIRST and (
        match := _BEFORE.match(title, at) or _IN_BRACKETS.match(title, at) or _NOTE.match(title, at)
    ):
        found.append(_marker(match, "headline"))
        at = match.end()
    rest = title[at:]
    if rest.endswith((")", "]")) and (start := max(rest.rfind("("), rest.rfind("["))) > 0:
        last = _IN_BRACKETS.fullmatch(rest, start) or _NOTE.fullmatch(rest, start)
        if last:
            found.append(_marker(last, "headline"))
            rest = rest[:start]
    return (rest, tuple(found)) if rest.strip() else (title, ())


def _running(text: str) -> tuple[str, tuple[CorrectionCue, ...]]:
    """Read the two ends of running text; a text that is nothing but a marker stays as it is."""
    found = list(_ends(text))
    rest = text
    for marker in found:
        rest = rest.replace(marker.words, " ", 1)
    return (rest, tuple(found)) if rest.strip() else (text, tuple(found))


def _ends(text: str) -> Iterator[CorrectionCue]:
    opening = (_BEFORE.match(text) or _NOTE.match(text)) if text.lstrip()[:1] in _FIRST else None
    if opening:
        yield _marker(opening, "opening")
    end = opening.end() if opening else 0
    tail = max(len(text) - _END, end)
    sentence = _SENTENCE.search(text, tail) if _may_correct(text[tail:]) else None
    if sentence:
        yield CorrectionCue(Version.CORRECTION, "closing" if sentence.start() > end else "opening", sentence.group().strip())
    elif text.rstrip().endswith((")", "]")):
        note = _NOTE.fullmatch(text, max(text.rfind("("), text.rfind("["), end))
        if note:
            yield _marker(note, "closing")


def _may_correct(text: str) -> bool:
    low = text.lower()
    return not low.isascii() or any(word in low for word in _IN_SENTENCE)  # some letters of other scripts pass for Latin ones


def _marker(match: re.Match[str], part: str) -> CorrectionCue:
    kind = next(kind for kind in Version if match[kind.value])
    number = int(match.groupdict().get("number") or 0)
    words = match.group().strip()
    return CorrectionCue(kind, part, words if words[0] in "([" else match[kind.value], number)
