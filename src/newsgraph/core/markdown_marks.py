r"""Marks of Markdown and of page builders' shortcodes in a text: where they are, and what stands for them when the text is read.

A text keeps its marks, so that offsets lead to what was given; who reads or shows it takes the rewrites from here. Only what can hardly be
anything else counts as a mark: an asterisk that opens and closes nothing stays, and so does a bracket without an address behind it.
The rules follow CommonMark 0.31, with the simplification that marks of emphasis end in the line where they began.

>>> text = "**Acme** buys [Bolt](https://bolt.example) for *$5 million*[^1]."
>>> without_marks(text)
'Acme buys Bolt for $5 million.'
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple


class Rewrite(NamedTuple):
    """The characters from `start` to `end` (excluded) of a text are read as `words`."""

    start: int
    end: int
    words: str


# A text without any of these has no marks; most texts end here.
_ANY = re.compile(r"[*_`\[{~\\]|<https?:|^[ \t]*(?:[#>|+:=-]|\d{1,2}[.)]\s)", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]{0,3}(`{3,}|~{3,})[^\n`]*$", re.MULTILINE)
# Whole marks, of which nothing is read: shortcodes of Hugo, Jekyll, Liquid and WordPress, pictures, footnotes' numbers, addresses in <>,
# lines that define a link, underline a heading, separate the rows of a table or open and close a box.
_WHOLE = re.compile(
    r"\{\{[<%][^\n]{0,600}?[%>]\}\}|\{%[^\n]{0,600}?%\}|\{\{[^{}\n]{0,200}\}\}"
    r"|\[/?[a-z][a-z_-]{1,24}(?:\s+[a-z_-]{1,24}=(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'|[^\s\]]{1,200})){1,20}\s*/?\]"
    r"|\[/?(?:caption|embed|gallery|video|audio|playlist|pullquote|blockquote|quote|code|more|toc)\]"
    r"|!\[[^\]\n]{0,300}\]\([^()\n]{0,600}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|!\[\[[^\[\]\n]{1,200}\]\]"
    r"|\[\^[^\]\s]{1,30}\]:?|\[!(?i:note|tip|important|warning|caution|info|quote|abstract)\][+-]?|<https?://[^\s<>]{1,600}>"
    r"|^[ \t]{0,3}\[[^\]\n]{1,100}\]:[ \t]+\S[^\n]{0,600}$|^[ \t]{0,3}(?:={3,}|(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$"
    r"|^[ \t]*\|[ \t]*:?--[ \t:|-]{0,400}$|^[ \t]*:?---[ \t:-]{0,20}\|[ \t:|-]{3,400}$|^[ \t]*:{3,}[^\n]{0,60}$"
    r"|[ \t]\{:?[#.][^{}\n]{1,80}\}$",
    re.MULTILINE,
)
# What a line begins with: marks of quotations, headings and lists, one after the other.
_LINE_START = re.compile(
    r"^[ \t]*(?:>[ \t]?){0,6}[ \t]*(?:#{1,6}[ \t]+|(?:[-*+][ \t]+|\d{1,2}[.)][ \t]+)(?:\[[ xX]\][ \t]+)?)?(?<=[#>\s])", re.MULTILINE
)
_HEADING_END = re.compile(r"[ \t]+#{1,6}[ \t]*$", re.MULTILINE)
_LINK = re.compile(
    r"(?<!\w)\[(?P<text>[^\[\]\n]{1,300}(?:\[[^\[\]\n]{0,100}\][^\[\]\n]{0,300})?)\]"
    r"(?:\(\s{0,3}<?[^\s()<>]{0,600}(?:\([^\s()]{0,200}\)[^\s()<>]{0,200})?>?(?:\s{1,3}(?:\"[^\"\n]{0,300}\"|'[^'\n]{0,300}'))?\s{0,3}\)|\[(?P<label>[^\[\]\n]{1,100})\])(?!\w)"
)
_WIKI = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?(?P<text>[^\[\]|\n]{1,200})\]\]")
_DEFINED = re.compile(r"^[ \t]{0,3}\[([^\]\n]{1,100})\]:[ \t]+\S", re.MULTILINE)
_CODE = re.compile(r"(?<![`\\])(`{1,2})(?!`)(?P<text>[^`\n]{1,200})(?<!`)\1(?!`)")
_RUN = re.compile(r"(?<!\\)(?:\*{1,3}|_{1,3}|~~|==)")
_ESCAPE = re.compile(r"\\(?=[*_#\[\]()`$.!<>+\-{}|~])")
_LONGEST_LINE = 4_000  # characters of a line in which pairs are looked for; more are no paragraph


def rewrites(text: str) -> list[Rewrite]:
    """Return what is read otherwise, in the order of the text, without overlaps."""
    if _ANY.search(text) is None:
        return []
    found = [*_fenced(text)]
    found += [Rewrite(*match.span(), "" if match.group().startswith("[^") else " ") for match in _WHOLE.finditer(text)]
    found += [
        Rewrite(*match.span(), "") for pattern in (_LINE_START, _HEADING_END, _ESCAPE) for match in pattern.finditer(text) if match.group()
    ]
    found += [*_links(text), *_around(_WIKI, text), *_around(_CODE, text)]
    code = [(match.start(), match.end()) for match in _CODE.finditer(text)]
    found += _emphasis(text, without_overlaps([*found, *(Rewrite(start, end, "") for start, end in code)]))
    return without_overlaps(found)


def without_marks(text: str) -> str:
    """Return a text as people read it."""
    return pieces_without_marks(text, (0, len(text)))[0]


def pieces_without_marks(text: str, cuts: Sequence[int]) -> list[str]:
    """Return what people read between each two neighbours of the ascending offsets `cuts`; a mark belongs where it begins.

    >>> pieces_without_marks("**Acme** buys Bolt", (0, 6, 18))
    ['Acme', ' buys Bolt']
    """
    marks = rewrites(text)
    return (
        ["".join(_between(text, marks, start, end)) for start, end in pairwise(cuts)]
        if marks
        else [text[start:end] for start, end in pairwise(cuts)]
    )


def _between(text: str, marks: Sequence[Rewrite], start: int, end: int) -> Iterator[str]:
    at = start
    for mark in marks[bisect_right(marks, start, key=attrgetter("end")) :]:
        if mark.start >= end:
            break
        yield text[at : max(at, mark.start)]
        if mark.start >= start:
            yield mark.words
        at = min(mark.end, end)
    yield text[at:end]


def _fenced(text: str) -> Iterator[Rewrite]:
    """Find blocks of code between fences, which are not read; one that is never closed reaches to the end."""
    opened: re.Match[str] | None = None
    for fence in _FENCE.finditer(text):
        if opened is None:
            opened = fence
        elif fence[1][0] == opened[1][0] and len(fence[1]) >= len(opened[1]):
            yield Rewrite(opened.start(), fence.end(), "\n")
            opened = None
    if opened is not None:
        yield Rewrite(opened.start(), len(text), "\n")


def _links(text: str) -> Iterator[Rewrite]:
    defined: frozenset[str] | None = None
    for match in _LINK.finditer(text):
        if match["label"]:
            defined = frozenset(_DEFINED.findall(text)) if defined is None else defined
            if match["label"] not in defined:
                continue
        yield Rewrite(match.start(), match.start("text"), "")
        yield Rewrite(match.end("text"), match.end(), "")


def _around(pattern: re.Pattern[str], text: str) -> Iterator[Rewrite]:
    for match in pattern.finditer(text):
        yield Rewrite(match.start(), match.start("text"), "")
        yield Rewrite(match.end("text"), match.end(), "")


def _emphasis(text: str, taken: list[Rewrite]) -> Iterator[Rewrite]:
    """Find pairs of marks of emphasis, each within one line and not within letters; `taken` characters belong to other marks."""
    begin, end, skip = 0, -1, iter(taken)
    open_runs: list[re.Match[str]] = []
    block = next(skip, None)
    for run in _RUN.finditer(text):
        while block is not None and block.end <= run.start():
            block = next(skip, None)
        if block is not None and block.start < run.end():
            continue
        if run.start() > end or run.start() - begin > _LONGEST_LINE:
            begin, open_runs = text.rfind("\n", 0, run.start()) + 1 if run.start() > end else run.start(), []
            end = text.find("\n", run.start()) % (len(text) + 1)
        before, after = text[run.start() - 1 : run.start()] or " ", text[run.end() : run.end() + 1] or " "
        if not before.isspace() and not after.isalnum():
            partner = next((at for at in reversed(range(len(open_runs))) if open_runs[at].group() == run.group()), None)
            if partner is not None:
                yield Rewrite(*open_runs[partner].span(), "")
                yield Rewrite(*run.span(), "")
                del open_runs[partner:]
                continue
        if not after.isspace() and not before.isalnum():
            open_runs.append(run)


def without_overlaps(found: Iterable[Rewrite]) -> list[Rewrite]:
    """Sort; of two that overlap the one that begins first and is longer is kept."""
    kept: list[Rewrite] = []
    for one in sorted(found, key=lambda rewrite: (rewrite.start, -rewrite.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept
