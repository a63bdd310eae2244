"""Find the text of the article in a page; the only place that knows trafilatura."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from newsgraph.ingest.markup_text import looks_like_html, text_of_html
from newsgraph.ingest.web_pages.html_tree import Element, markup_of, text_inside
from newsgraph.ingest.web_pages.json_ld import Node, strings
from newsgraph.ingest.web_pages.page_dates import find_moment

MUCH_MORE = 1.5  # a text that JSON-LD declares counts where it is longer than the one found by so much: the page shows but its beginning
ALIKE = 0.9
MOST_ELEMENTS = 15_000  # pages of news have some 3,000; trafilatura takes the square of the number of paragraphs
_DATE_LINE = 80  # characters of a line that holds a day and little else


def page_body(tree: Element, node: Node, titles: Collection[str] = ()) -> tuple[str, str]:
    """Return the paragraphs of the article with an empty line between them, and where they are from; empty texts if there are none.

    `tree` is left as it is; `node` is that of the article in JSON-LD. A title and a line with the day before the first paragraph are left out.
    Of a page with more than `MOST_ELEMENTS` elements all text is taken.
    """
    is_huge = next(islice(tree.iter(), MOST_ELEMENTS, None), None) is not None
    paragraphs = _all_paragraphs(tree) if is_huge else list(_extracted(tree))
    while paragraphs and (paragraphs[0] in titles or (len(paragraphs[0]) <= _DATE_LINE and find_moment(paragraphs[0]))):
        del paragraphs[0]
    found = "\n\n".join(paragraphs)
    declared = next((text for text in strings(node.get("articleBody")) if text.strip()), "")
    least = MUCH_MORE if "\n" in found else ALIKE  # without paragraphs, trafilatura took it from JSON-LD, or from all of the page
    if declared and len(declared) > least * len(found):
        return _plain(declared), "JSON-LD articleBody"
    return found, "text of the page" if found else ""


def _all_paragraphs(tree: Element) -> list[str]:
    """Return all text of a page, with its menus: nobody knows what of so many elements is the article."""
    return _plain(markup_of(tree)).split("\n\n")


def _plain(text: str) -> str:
    """Return a text of JSON-LD, which may hold HTML, as paragraphs with an empty line between them."""
    if looks_like_html(text) or "&" in text:
        text = text_of_html(text)
    return "\n\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def _extracted(tree: Element) -> Iterator[str]:
    from trafilatura import bare_extraction  # noqa: PLC0415 - an extra

    document: Any = bare_extraction(tree, include_comments=False, include_tables=False, with_metadata=False)
    for element in () if document is None or document.body is None else document.body:
        pieces = element.iter("item") if element.tag == "list" else (element,)
        for piece in pieces:
            if text := text_inside(piece):
                yield text
        if element.tail and (text := " ".join(element.tail.split())):
            yield text
