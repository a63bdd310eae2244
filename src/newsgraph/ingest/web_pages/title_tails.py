"""Cut the name of the outlet off the title of a page: "Sanofi buys Owkin | Example News"."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_NO_LETTER = re.compile(r"[\W_]+")
_LONGEST_TAIL = 60  # characters; longer ones are half of a headline
_SHORTEST_REST = 12
_LONGEST_TITLE = 1000  # characters; longer ones are no title, and have marks without end


def plain_line(text: str) -> str:
    """Return a text of a page on one line, without tags and with entities decoded, which many pages encode twice."""
    for _ in range(2):
        if "&" in text:
            text = html.unescape(text)
    return " ".join((_TAG.sub(" ", text) if "<" in text else text).replace("\u00ad", "").replace("\u200b", "").split())


def without_tail(title: str, marks: Collection[str], outlets: Collection[str], others: Collection[str] = ()) -> str:
    """Return a title without the name of its outlet at an end.

    A piece at an end is cut if it is the name of one of `outlets` (host names count by their first labels), or if the rest is one of
    `others`, the further titles of the page.
    """
    if len(title) > _LONGEST_TITLE:
        return title
    names = {title_key(name) for outlet in outlets for name in (outlet, *_labels(outlet))} - {""}
    keys = {title_key(other) for other in others if title_key(other) != title_key(title)} - {""}
    while cut := _cut(title, marks, names, keys):
        title = cut
    return title


def _cut(title: str, marks: Collection[str], names: Collection[str], others: Collection[str]) -> str:
    """Return a title without one piece at its end or its start, an empty text if there is none to cut."""
    for rest, piece in _halves(title, marks):
        if len(rest) >= _SHORTEST_REST and len(piece) <= _LONGEST_TAIL and (title_key(piece) in names or title_key(rest) in others):
            return rest
    return ""


def _halves(title: str, marks: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the two sides of each mark: first what is before it and then the tail, from the last mark on, then the other way round."""
    places = sorted((at, mark) for mark in marks for at in _places(title, mark))
    for at, mark in reversed(places):
        yield title[:at].strip(), title[at + len(mark) :].strip()
    for at, mark in places:
        yield title[at + len(mark) :].strip(), title[:at].strip()


def _places(title: str, mark: str) -> Iterator[int]:
    at = title.find(mark)
    while at >= 0:
        yield at
        at = title.find(mark, at + 1)


def _labels(outlet: str) -> list[str]:
    """Return the part of a host name that is a name: "example-news" of "www.example-news.co.uk"."""
    if " " in outlet or "." not in outlet:
        return []
    labels = outlet.lower().removeprefix("www.").split(".")
    return [labels[0], outlet.lower().removeprefix("www."), *labels[1:-1]]


def title_key(text: str) -> str:
    """Return the letters and digits of a title, by which titles are compared: "The Acme Deal!" and "acme deal" are one."""
    return _NO_LETTER.sub("", text.casefold()).removeprefix("the")
