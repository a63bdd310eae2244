"""An article's text made ready for reading: cleaned, cut into regions, sentences and tokens, with the way back kept.

`Text.span` turns token positions into offsets of the article's own text, whatever cleaning did in between.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Container
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from newsgraph.core.model import Article
from newsgraph.extract.text.tokens import tokens_of

# Curly quotes, odd spaces and dashes are one character for one character: offsets stay.
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " ", "\u202f": " ", "\u2009": " ", "‐": "-", "‑": "-"})
_REWRITTEN = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});|[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad®™©]")
# Pictures are no part of the name they stand beside; one mark that parts names for each, so that offsets stay.
_PICTURE = re.compile(r"[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\U0001f000-\U0001faff]")

# What stands before the news: "CORRECTED-", "UPDATE 2-", "RE-TRANSMISSION:".
_HEAD = re.compile(
    r"\s*(?:(?:CORRECTED|CORRECTION|UPDATE|WRAPUP|REFILE|RPT|EXCLUSIVE|BREAKING|BRIEF|FACTBOX|ANALYSIS|INSIGHT|FOCUS|TIMELINE|"
    r"RE-TRANSMISSION|REPEAT|ADVISORY|/?R E P E A T|Press Release|Exclusive|Breaking|Report|Update|Video|Watch|Opinion)"
    r"(?:\s+\d+)?(?:\s*\([^)]{1,30}\))?\s*(?:[-:–—]|--)\s*)+"
)
# Place, date and wire before the first sentence: "PARIS - Nov. 18, 2021 /PRNewswire/ --", "EDMONTON, AB / ACCESSWIRE / March 9, 2021 /".
_WIRE = r"(?:/?\s?PR\s?Newswire\s?/?|/?\s?ACCESSWIRE\s?/?|\(?GLOBE\s?NEWSWIRE\)?|\(?BUSINESS\s?WIRE\)?|\(?(?:Thomson )?Reuters\)?|\(?AP\)?|\(?AFP\)?|\(?Bloomberg\)?|\(The Expresswire\)|\(?Marketwired?\)?|/?CNW/?|\(?dpa(?:-AFX)?\)?|\(?UPI\)?|\(?Xinhua\)?|\(?[A-Z][A-Za-z.]{1,20}(?: [A-Z][A-Za-z]+)?\))"
_DATELINE = re.compile(
    rf"(?:[A-Z][A-Z.'\- ]{{2,30}}(?:,\s(?:[A-Z][A-Za-z.]+\s?){{1,3}})?"
    rf"(?:\s*[,/(]*\s*(?:{_WIRE}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{{1,2}}(?:,\s\d{{4}})?)[\s,/)]*)*"
    rf"\s*(?:--|[-–—/])\s+)|(?:^\s*{_WIRE}\s*(?:--|[-–—])\s*)|(?:[\s-]*/(?:PRNewswire|CNW)[^/]{{0,30}}/\s*--\s*)"
)
# Without one of these no dateline ends, nor at the very beginning of a text without a dash: quicker to look for.
_CLOSING, _DASH = re.compile(r"[-–—/](?:\s|PRNewswire|CNW)"), re.compile(r"[-–—/]")
# By its first character the end of a sentence is looked for: so it is found in a third of the time.
_SENTENCE_END = re.compile(
    r"[.!?…;|\s](?:(?<=[.!?…])['\")\]]*\s+(?=[\"'(\[]?[A-Z0-9])|(?<=\s)\.\.\.\s|(?<=\n)\n*|(?<=[;|])\s|(?<=\s)[|–—]\s)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Corp|Co|Ltd|Bros|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|No|Nos|vs|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"Mass|Calif|Wash|Conn|Ill|Ariz|Colo|Fla|Ga|Ind|Mich|Minn|Mo|Pa|Tenn|Tex|Va|Wis|Ont|U\.S|U\.K|U\.N|E\.U|A\.I|approx|est)|\b[A-Z])\.$"
)
_LONGEST_ABBREVIATION = 7  # characters, "approx."


class Sentence(NamedTuple):
    """A run of tokens, `first` to `last` (excluded), in one region; `shouted` is ALL CAPS, `titled` is Title Case."""

    first: int
    last: int
    region: str
    titled: bool
    shouted: bool


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The cleaned text of an article and its tokens.

    `tokens[i]` stands at `starts[i]` to `ends[i]` of `clean`; `back` gives for each character of `clean` where it begins
    and ends in the article's text (an entity is several characters there), and is None where cleaning changed no length.
    """

    clean: str
    tokens: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[Sentence]
    back: list[tuple[int, int]] | None

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Give the offsets in the article's text of tokens `first` to `last` (excluded)."""
        return self.offsets(self.starts[first], self.ends[last - 1])

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Turn offsets of `clean` into offsets of the article's text."""
        if self.back is None:
            return start, end
        return self.back[start][0], self.back[end - 1][1] if end > start else self.back[start][0]

    def words(self, first: int, last: int) -> str:
        """Give the cleaned text of tokens `first` to `last` (excluded)."""
        return self.clean[self.starts[first] : self.ends[last - 1]]

    def sentence_of(self, token: int) -> Sentence:
        """Give the sentence that holds a token."""
        return self.sentences[bisect_right(self.sentences, token, key=itemgetter(0)) - 1]


def read_text(article: Article, listed: Container[str] = ()) -> ArticleText:
    """Clean, cut and tokenise the text of an article; `listed` names are cut out of hyphened words ("VMware-Nvidia")."""
    written, back = _cleaned(article.text)
    clean = written if written.isascii() else _PICTURE.sub("•", written)
    title_end = len(article.title) if back is None else _cleaned_length(back, len(article.title))
    cuts = [(region, span) for region, start, end in _regions(clean, title_end) for span in _sentence_spans(clean, start, end)]
    found = tokens_of(clean, [span for _, span in cuts], listed)
    sentences = [
        Sentence(line.first, line.last, region, line.titled, line.shouted)
        for (region, _), line in zip(cuts, found.lines, strict=True)
        if line.first < line.last
    ]
    return ArticleText(clean, found.tokens, found.lower, found.starts, found.ends, sentences, back)


def decode(text: str) -> str:
    """Give a text for people: entities decoded, invisible characters out, blanks single."""
    return " ".join(_cleaned(text)[0].split())


def _cleaned(raw: str) -> tuple[str, list[tuple[int, int]] | None]:
    if raw.isascii() and "&" not in raw:
        return raw, None  # most texts
    if _REWRITTEN.search(raw) is None:
        return raw.translate(_PLAIN), None
    parts: list[str] = []
    back: list[tuple[int, int]] = []
    at = 0
    for match in _REWRITTEN.finditer(raw):
        parts.append(raw[at : match.start()])
        back.extend((offset, offset + 1) for offset in range(at, match.start()))
        if match.group()[0] == "&":
            decoded = html.unescape(match.group())
            if decoded == match.group() or not decoded.isprintable():
                # What nobody sees goes, as it does where it is written as it is; what is no character parts words.
                decoded = "" if decoded != match.group() and _REWRITTEN.fullmatch(decoded) else " "
            # A span that begins or ends with an entity holds the whole of it.
            parts.append(decoded)
            back.extend([match.span()] * len(decoded))
        at = match.end()
    parts.append(raw[at:])
    back.extend((offset, offset + 1) for offset in range(at, len(raw)))
    return "".join(parts).translate(_PLAIN), back


def _cleaned_length(back: list[tuple[int, int]], raw_length: int) -> int:
    return sum(1 for begin, _ in back if begin < raw_length)


def _regions(clean: str, title_end: int) -> list[tuple[str, int, int]]:
    head = _HEAD.match(clean, 0, title_end)
    regions = [("title", head.end() if head else 0, title_end)]
    if len(clean) > title_end + 1:
        regions.append(("body", title_end + 1, len(clean)))
    return regions


def _sentence_spans(clean: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = start
    near = min(end, start + 600)
    for match in _DATELINE.finditer(clean, start, near) if (_CLOSING if start else _DASH).search(clean, start, near) else ():
        if match.end() - match.start() > 3:  # noqa: PLR2004 - a lone dash is no dateline
            spans += _cut(clean, at, match.start())
            at = match.end()
    return spans + _cut(clean, at, end)


def _cut(clean: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    at = start
    for match in _SENTENCE_END.finditer(clean, start, end):
        stop = match.start() + 1
        if clean[stop - 1] == "." and _ABBREVIATION.search(clean, max(at, stop - _LONGEST_ABBREVIATION), stop):
            continue
        spans.append((at, match.end()))
        at = match.end()
    if at < end:
        spans.append((at, end))
    return spans
