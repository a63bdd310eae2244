"""Mark the passages of a text that are no news: credits of a wire, what readers are asked to do, and what stands below a press release."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from newsgraph.core.passages import Passage, PassageKind
from newsgraph.extract.text.word_lists import read_yaml

UNREAD = frozenset({PassageKind.CREDIT, PassageKind.PROMPT})
"""Kinds that are not read at all. Below "About Acme" names and descriptions are read, but no events."""
MOST_PROMPT = 300  # characters of a paragraph that asks readers to do something
MOST_HEADING = 90  # characters of a heading
_LEAST_NEWS = 1 / 3  # of a text, which comes before what stands below a press release
_ABOUT = re.compile(r"About (?:the )?[A-Z0-9][\w&.,'’+\- ]{0,70}(?::\s.*|:?)")
_NUMBER = re.compile(r"About (?:the )?[\d.,]+ ")
_NAMES = r"(?:[ \t,;:.&*_-]++(?:[A-Z][\w.'’-]*+|and|in|by|at|for|with|of|the|from|additional|reporting|editing|writing|contributed|to|this|report)\b)++"  # possessive: of a long text without an end, time would double with each word


@dataclass(frozen=True, slots=True)
class _Cues:
    credit: re.Pattern[str]
    prompts: tuple[str, ...]
    whole: frozenset[str]
    endings: tuple[str, ...]


@cache
def _cues() -> _Cues:
    lists = read_yaml("boilerplate.yaml")
    start = f"(?:{'|'.join(lists['credits'])})"
    credit = rf"\(\s*{start}\s[^()]*\)|(?:^|(?<=[.!?\])]\s)|(?<=\n))[ \t*_—-]*{start}{_NAMES}[.*_ \t]*(?=\n|$)"
    return _Cues(re.compile(credit), tuple(lists["prompts"]), frozenset(lists["whole"]), tuple(lists["endings"]))


def boilerplate(clean: str, start: int, end: int) -> list[Passage]:
    """Return the passages of a body, `start` to `end` of a cleaned text, in their order; they do not overlap.

    >>> boilerplate("Acme grew. (Reporting by Ann Lee)", 0, 33)
    [Passage(start=11, end=33, kind=<PassageKind.CREDIT: 'credit'>)]
    """
    cues = _cues()
    passages = [*_lines(clean, start, end, cues)]
    at = passages[-1].start if passages and passages[-1].kind is PassageKind.ABOUT else end
    for match in cues.credit.finditer(clean, start, at) if "by" in clean or "from" in clean else ():
        if not any(passage.start < match.end() and match.start() < passage.end for passage in passages):
            passages.append(Passage(*match.span(), PassageKind.CREDIT))
    return sorted(passages, key=lambda passage: passage.start)


def _lines(clean: str, start: int, end: int, cues: _Cues) -> Iterator[Passage]:
    """Yield whole lines; a heading at the end of a press release, and all below it, come last. A text of one line has none."""
    at, news = start, start + _LEAST_NEWS * (end - start)
    if "\n" not in clean[start:end]:
        return
    while at < end:
        stop = clean.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = clean[at:stop].strip().lstrip("*#_ ")
        if at >= news and _ends_news(line, cues):
            yield Passage(at, end, PassageKind.ABOUT)
            return
        if _is_prompt(line, cues):
            yield Passage(at, stop, PassageKind.PROMPT)
        at = stop + 1


def _is_prompt(line: str, cues: _Cues) -> bool:
    if not line or len(line) > MOST_PROMPT:
        return False
    low = line.lower()
    return low.startswith(cues.prompts) or low.rstrip(" *_.:>»") in cues.whole


def _ends_news(line: str, cues: _Cues) -> bool:
    heading = line.rstrip("*_ ")
    if heading.startswith("About "):
        return bool(_ABOUT.fullmatch(heading)) and not _NUMBER.match(heading) and (":" in heading or not heading.endswith("."))
    return len(heading) <= MOST_HEADING and heading.lower().startswith(cues.endings)
