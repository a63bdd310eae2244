"""Marked texts as examples for the tagger: tokens of newsgraph's own tokeniser, one tag a word, and variants of each text."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from names import NameMaker

from newsgraph.core.lexicon import Lexicon
from newsgraph.core.model import Article
from newsgraph.extract.models.word_traits import shapes_of, traits_of
from newsgraph.extract.models.wordpiece import WordPieces
from newsgraph.extract.text.article_text import ArticleText, read_text
from newsgraph.extract.text.listed_phrases import find_phrases
from newsgraph.score import text_held_out

LABELS = ("COMPANY", "ORG", "PERSON", "PLACE", "PRODUCT")
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
IGNORED = -100  # a word that is half a name has no right tag
_MARK = re.compile(r"\[([^\[\]|]+)\|([A-Z]+)\]")
_SMALL = frozenset("a an and as at but by for from in into nor of on or over per the to via vs with".split())

Part = tuple[str, str]  # text and label, "" for text outside marks


@dataclass(frozen=True)
class Marked:
    """A marked text: title and excerpt as parts."""

    file: str
    line: int
    fields: tuple[tuple[Part, ...], ...]
    aside: bool


@dataclass(frozen=True)
class Example:
    """Inputs and tags of one text; `firsts[i]` is the place of word i's first piece."""

    pieces: list[int]
    words: list[int]
    firsts: list[int]
    shapes: list[int]
    traits: list[int]
    tags: list[int]


def read_marked(path: Path) -> list[Marked]:
    """Read a file of marked texts; `line` counts from 1."""
    texts = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line)
        fields = tuple(tuple(_parts(row[field])) for field in ("title", "excerpt"))
        plain = {field: "".join(text for text, _ in parts) for field, parts in zip(("title", "excerpt"), fields, strict=True)}
        texts.append(Marked(path.name, number, fields, text_held_out(plain)))
    return texts


def _parts(marked: str) -> Iterator[Part]:
    at = 0
    for match in _MARK.finditer(marked):
        if match.start() > at:
            yield marked[at : match.start()], ""
        yield match[1], match[2]
        at = match.end()
    if at < len(marked):
        yield marked[at:], ""


def article_of(marked: Marked) -> Article:
    """Make the article that a marked text would be."""
    title, excerpt = ("".join(text for text, _ in parts) for parts in marked.fields)
    return Article("", None, title, excerpt, "", "main")


def text_of(marked: Marked, lexicon: Lexicon) -> ArticleText:
    """Cut a marked text into newsgraph's tokens."""
    return read_text(article_of(marked), lexicon.phrases)


def example_of(marked: Marked, lexicon: Lexicon, pieces: WordPieces) -> Example:
    """Turn a marked text into inputs and tags."""
    text = text_of(marked, lexicon)
    numbers, words, firsts = [pieces.begin], [-1], []
    for at, token in enumerate(text.tokens):
        cut = pieces.cut(token)
        firsts.append(len(numbers))
        numbers.extend(cut)
        words.extend([at] * len(cut))
    tags = tags_of(marked, text)
    shapes, traits = shapes_of(text), traits_of(text, find_phrases(text, lexicon), lexicon)
    return Example([*numbers, pieces.end], [*words, -1], firsts, shapes, traits, tags)


def tags_of(marked: Marked, text: ArticleText) -> list[int]:
    """Give the number of each token's tag; words that are half a name are `IGNORED`."""
    label_at: dict[int, tuple[int, str]] = {}
    offset = 0
    for number, parts in enumerate(marked.fields):
        offset += number  # the line break between title and excerpt
        for number_of_part, (surface, label) in enumerate(parts):
            if label in LABELS:
                label_at.update(dict.fromkeys(range(offset, offset + len(surface)), (number * 1000 + number_of_part, label)))
            offset += len(surface)
    tags, before = [], None
    for at in range(len(text.tokens)):
        start, end = text.span(at, at + 1)
        marks = {label_at.get(place) for place in range(start, end)}
        mark = label_at.get(start)
        if len(marks) > 1:
            tags.append(IGNORED)
        elif mark is None:
            tags.append(0)
        else:
            tags.append(TAGS.index(f"{'I' if mark == before else 'B'}-{mark[1]}"))
        before = mark
    return tags


def vary(marked: Marked, names: NameMaker, chance: random.Random) -> Marked:
    """Give the text itself, or one with other names, in Title Case or in ALL CAPS."""
    fields = marked.fields
    if chance.random() < 0.5:  # noqa: PLR2004 - half of the texts keep their names
        fields = names.swap(fields, chance)
    change = _titled if chance.random() < 0.6 else str.upper  # noqa: PLR2004
    share = chance.random()
    if share < 0.32:  # noqa: PLR2004 - in a third of these, all of the text changes its case
        fields = tuple(_recased(parts, change) if number == 0 or share < 0.1 else parts for number, parts in enumerate(fields))  # noqa: PLR2004
    return Marked(marked.file, marked.line, fields, marked.aside)


def recased(marked: Marked, how: str) -> Marked:
    """Give the text with its title in "title" or "caps" case."""
    change = _titled if how == "title" else str.upper
    return Marked(marked.file, marked.line, tuple(_recased(parts, change) for parts in marked.fields), marked.aside)


def _recased(parts: Sequence[Part], change: Callable[[str], str]) -> tuple[Part, ...]:
    return tuple((change(text), label) for text, label in parts)


def _titled(text: str) -> str:
    return re.sub(r"[^\s]+", lambda word: _title_word(word[0]), text)


def _title_word(word: str) -> str:
    return word if word in _SMALL or not word[0].islower() else word[0].upper() + word[1:]
