"""An article's text, cleaned and cut into regions, sentences and tokens, with a map back to the original text.

`ArticleText.span` turns token positions into offsets of the article's own text, whatever the cleaning changed.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from newsgraph.core.limits import SENTENCE_WORDS
from newsgraph.core.markdown_marks import Rewrite, rewrites, without_overlaps
from newsgraph.core.model import Article
from newsgraph.core.passages import Passage
from newsgraph.core.wrapped_lines import unwrapped
from newsgraph.extract.text.boilerplate import UNREAD, boilerplate
from newsgraph.extract.text.tokens import tokenize

# Curly quotes and unusual spaces and dashes are replaced one character for one, so that offsets stay.
_PLAIN = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\xa0": " ", "\u202f": " ", "\u2009": " ", "‐": "-", "‑": "-"})
# Tags, entities (also doubly escaped: "&amp;#39;"), entities that lost their "&" ("#39;", "AT amp;T"), and invisible characters.
_TAG = r"/?(?:a|abbr|b|br|cite|code|div|em|font|h[1-6]|i|img|li|ol|p|q|small|span|strong|sub|sup|table|td|tr|u|ul)(?:\s[^<>=]{0,40}=[^<>]{0,400}?)?\s?/?"
_REWRITTEN = re.compile(
    rf"(?P<tag>(?:<|&(?:amp;)*lt;)(?i:{_TAG})(?:>|&(?:amp;)*gt;))"
    r"|&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});"
    r"|(?P<bare>(?<!&)#(?:3[489]|6[02]|9[16]|1[6-9]\d|2\d\d|8\d\d\d);|(?<![&\w])(?:quot|apos|lt|gt|nbsp|amp);(?!\w)|(?<![&\w])(?:quot|apos);| amp;(?=\w))"
    r"|[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad®™©]"
)
_BREAKING = re.compile(r"(?:<|&(?:amp;)*lt;)/?(?:br|div|h\d|li|ol|p|table|td|tr|ul)\b", re.IGNORECASE)
_ESCAPES = 3  # how often a text may have been escaped
# Symbols and emoji are no part of a name next to them; each becomes one separating character, so that offsets stay.
_PICTURE = re.compile(r"[\u2190-\u21ff\u2600-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\U0001f000-\U0001faff]")

# Labels before a headline: "CORRECTED-", "UPDATE 2-", "RE-TRANSMISSION:".
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
# Every dateline ends with one of these, and one at the very beginning of a text holds a dash: a quick test before the slow pattern.
_CLOSING, _DASH = re.compile(r"[-–—/](?:\s|PRNewswire|CNW)"), re.compile(r"[-–—/]")
# The pattern begins with the characters that may end a sentence, which makes the search three times as fast.
_SENTENCE_END = re.compile(
    r"[.!?…;|\s](?:(?<=[.!?…])['\")\]]*\s+(?=[\"'(\[]?[A-Z0-9])|(?<=\s)\.\.\.\s|(?<=\n)\n*|(?<=[;|])\s|(?<=\s)[|–—]\s)"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Corp|Co|Ltd|Bros|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|No|Nos|vs|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|"
    r"Mass|Calif|Wash|Conn|Ill|Ariz|Colo|Fla|Ga|Ind|Mich|Minn|Mo|Pa|Tenn|Tex|Va|Wis|Ont|U\.S|U\.K|U\.N|E\.U|A\.I|approx|est)|\b[A-Z])\.$"
)
_LONGEST_ABBREVIATION = 7  # characters, "approx."


class Sentence(NamedTuple):
    """Tokens `first` to `last` (excluded) of one region, `title` or `body`; `shouted` is ALL CAPS, `titled` is Title Case."""

    first: int
    last: int
    region: str
    titled: bool
    shouted: bool


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The cleaned text of an article and its tokens.

    `tokens[i]` is `clean[starts[i]:ends[i]]`, and `lower[i]` the same in lower case. `back` has, for each character of `clean`, its start
    and end in the article's text (an HTML entity is several characters there); it is None if cleaning changed no length. `longest` is the
    number of tokens of the longest sentence; one with more than `limits.SENTENCE_WORDS` is several sentences here.
    """

    clean: str
    tokens: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[Sentence]
    back: list[tuple[int, int]] | None
    longest: int = 0
    passages: list[Passage] = field(default_factory=list)  # that are no news, in offsets of `clean`

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets in the article's text of tokens `first` to `last` (excluded)."""
        return self.offsets(self.starts[first], self.ends[last - 1])

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Convert offsets in `clean` to offsets in the article's text."""
        if self.back is None:
            return start, end
        return self.back[start][0], self.back[end - 1][1] if end > start else self.back[start][0]

    def words(self, first: int, last: int) -> str:
        """Return the cleaned text of tokens `first` to `last` (excluded)."""
        return self.clean[self.starts[first] : self.ends[last - 1]]

    def sentence_of(self, token: int) -> Sentence:
        """Return the sentence that contains a token."""
        return self.sentences[bisect_right(self.sentences, token, key=itemgetter(0)) - 1]


def read_text(article: Article, listed: Container[str] = ()) -> ArticleText:
    """Clean an article's text and cut it into sentences and tokens; `listed` names are cut out of hyphenated words ("VMware-Nvidia")."""
    cleaned, back = _clean(article.text)
    clean = cleaned if cleaned.isascii() else _PICTURE.sub("•", cleaned)
    title_end = len(article.title) if back is None else _cleaned_length(back, len(article.title))
    regions = _regions(clean, title_end)
    passages = boilerplate(clean, *regions[1][1:]) if len(regions) > 1 else []
    cuts = [(region, span) for region, start, end in regions for span in _sentence_spans(clean, start, end, passages)]
    tokens = tokenize(clean, [span for _, span in cuts], listed)
    sentences = [
        Sentence(first, min(first + SENTENCE_WORDS, line.last), region, line.titled, line.shouted)
        for (region, _), line in zip(cuts, tokens.lines, strict=True)
        for first in range(line.first, line.last, SENTENCE_WORDS)
    ]
    longest = max((line.last - line.first for line in tokens.lines), default=0)
    return ArticleText(clean, tokens.tokens, tokens.lower, tokens.starts, tokens.ends, sentences, back, longest, passages)


def decode(text: str) -> str:
    """Return a text for people to read: entities decoded, invisible characters removed, white space collapsed."""
    return " ".join(_clean(text)[0].split())


def _clean(raw: str) -> tuple[str, list[tuple[int, int]] | None]:
    marks = rewrites(raw)
    raw = unwrapped(raw)
    if not marks and raw.isascii() and ";" not in raw and "<" not in raw:
        return raw, None  # most texts
    marks += [Rewrite(*match.span(), _decoded(match)) for match in _REWRITTEN.finditer(raw)]
    if not marks:
        return raw.translate(_PLAIN), None
    parts: list[str] = []
    back: list[tuple[int, int]] = []
    at = 0
    for start, end, words in without_overlaps(marks):
        parts += (raw[at:start], words)
        # A span that begins or ends with an entity covers the whole entity.
        back.extend((offset, offset + 1) for offset in range(at, start))
        back.extend([(start, end)] * len(words))
        at = end
    parts.append(raw[at:])
    back.extend((offset, offset + 1) for offset in range(at, len(raw)))
    return "".join(parts).translate(_PLAIN), back


def _decoded(match: re.Match[str]) -> str:
    """Return what a tag, an entity or an invisible character is replaced by; only what ends a line or a paragraph separates words."""
    words = match.group()
    if match["tag"]:
        return " " if _BREAKING.match(words) else ""
    if not match["bare"] and words[0] != "&":
        return ""
    escaped = words if words[0] == "&" else f"&{words.lstrip()}"
    decoded = escaped
    for _ in range(_ESCAPES):
        decoded = html.unescape(decoded)
    if decoded == escaped or not decoded.isprintable():
        # An invisible character is removed, as it is if written directly; an invalid entity separates words.
        return "" if decoded != escaped and _REWRITTEN.fullmatch(decoded) else " "
    return decoded


def _cleaned_length(back: list[tuple[int, int]], raw_length: int) -> int:
    return sum(1 for begin, _ in back if begin < raw_length)


def _regions(clean: str, title_end: int) -> list[tuple[str, int, int]]:
    head = _HEAD.match(clean, 0, title_end)
    regions = [("title", head.end() if head else 0, title_end)]
    if len(clean) > title_end + 1:
        regions.append(("body", title_end + 1, len(clean)))
    return regions


def _sentence_spans(clean: str, start: int, end: int, passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """Return the sentences of a region without datelines and passages that are not read."""
    spans: list[tuple[int, int]] = []
    at = start
    near = min(end, start + 600)
    for match in _DATELINE.finditer(clean, start, near) if (_CLOSING if start else _DASH).search(clean, start, near) else ():
        if match.end() - match.start() > 3:  # noqa: PLR2004 - a single dash is not a dateline
            spans += _cut(clean, at, match.start())
            at = match.end()
    for passage in passages:
        if passage.kind in UNREAD and at <= passage.start and passage.end <= end:
            spans += _cut(clean, at, passage.start)
            at = passage.end
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
