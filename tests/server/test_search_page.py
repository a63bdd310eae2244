"""The page that searches has what the REST search and the library find, in the same order, with marks, parts, kinds and days."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest

import newsgraph
from newsgraph.server.linked_paths import local_path
from served_site import Site


class _SearchPage(HTMLParser):
    """What the page shows: names and quotations with the addresses that they lead to, marked words, and links by their text."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.hits: list[tuple[str, str]] = []
        self.marked: set[str] = set()
        self.links: dict[str, str] = {}
        self._quoted: list[str] = []
        self._within: list[str] = []
        self._address = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"li", "blockquote", "mark", "a", "nav"}:
            self._within.append(tag)
        if tag == "a":
            self._address = dict(attrs)["href"] or ""
        if tag == "blockquote":
            self._quoted = []

    def handle_endtag(self, tag: str) -> None:
        if self._within and self._within[-1] == tag:
            self._within.pop()

    def handle_data(self, data: str) -> None:
        if "mark" in self._within:
            self.marked.add(data.lower())
        if "blockquote" in self._within:
            self._quoted.append(data)
        elif self._within[-1:] == ["a"]:
            self.links[data] = self._address
            if "li" in self._within:
                self.hits.append(("".join(self._quoted) or data, self._address))
                self._quoted = []


def shown(site: Site, **parameters: Any) -> _SearchPage:  # noqa: ANN401 - what urlencode takes
    reply = site.ask("/search", **parameters)
    assert (reply.status, reply.media_type) == (200, "text/html"), reply.text
    return _SearchPage(reply.text)


@pytest.mark.parametrize(
    "words", ["Osterholt", "osterhold", "oster", "Vantrell Storage takeover", "battery storage", "Who bought Vantrell?"]
)
def test_the_page_has_what_the_rest_search_has_in_its_order(words: str, site: Site) -> None:
    items = site.ask("/api/v1/search", q=words, limit=50).json()["items"]
    assert shown(site, q=words).hits == [(item["text"], local_path(site.graph.base, item["iri"])) for item in items]
    found = newsgraph.load(site.graph.folder).search(words, limit=500).head(50)
    assert found["text"].to_list() == [item["text"] for item in items]
    assert "sentence" in {item["kind"] for item in items}


def test_words_and_the_names_that_were_meant_are_marked(site: Site) -> None:
    assert {"osterholt"} <= shown(site, q="osterhold").marked
    marked = shown(site, q="battery takeover").marked
    assert {"battery", "batteries", "takeover"} & marked
    assert not {"the", "of", "to"} & marked


def test_the_parts_of_a_search_are_the_whole_list_each_once(site: Site) -> None:
    whole = shown(site, q="storage", limit=500).hits
    page, hits = shown(site, q="storage", limit=7), list[tuple[str, str]]()
    hits += page.hits
    while "More" in page.links:
        page = _SearchPage(site.ask(page.links["More"]).text)
        hits += page.hits
    assert hits == whole
    assert len(hits) > 14
    assert _SearchPage(site.ask(page.links["Before"]).text).hits == whole[-len(page.hits) - 7 : -len(page.hits)]


def test_one_kind_is_shown_where_it_is_chosen_and_kept_from_part_to_part(site: Site) -> None:
    page = shown(site, q="storage", limit=3)
    sentences = next(address for text, address in page.links.items() if text.startswith("Sentence ("))
    chosen = _SearchPage(site.ask(sentences).text)
    items = site.ask("/api/v1/search", q="storage", kind="sentence", limit=3).json()["items"]
    assert [text for text, _ in chosen.hits] == [item["text"] for item in items]
    assert "kind=sentence" in chosen.links["More"]
    assert len(_SearchPage(site.ask(chosen.links["More"]).text).hits) == 3


def test_a_kind_leads_to_as_many_hits_as_it_says(site: Site) -> None:
    page = shown(site, q="storage", limit=3)
    kinds = {text: address for text, address in page.links.items() if re.search(r" \(\d+\+?\)$", text)}
    assert {text.partition(" (")[0] for text in kinds} >= {"All", "Company", "Sentence"}
    for text, address in kinds.items():
        chosen = _SearchPage(site.ask(address.replace("limit=3", "limit=500")).text)
        said = re.fullmatch(r"(.+) \((\d+)(\+?)\)", text)
        assert said is not None
        assert len(chosen.hits) >= int(said[2])
        assert said[3] or len(chosen.hits) == int(said[2])
        own = next(link for link in chosen.links if link.startswith(f"{said[1]} ("))
        assert own == f"{said[1]} ({len(chosen.hits)})"


def test_a_search_as_of_a_day_has_no_later_sentence_and_counts_of_then(site: Site) -> None:
    text = site.ask("/search", q="Osterholt Vantrell", as_of="2025-09-05").text
    days = re.findall(r"</a> [^<]*(\d{4}-\d\d-\d\d)</cite>", text)
    assert days
    assert max(days) <= "2025-09-05"
    items = site.ask("/api/v1/search", q="Osterholt Vantrell", as_of="2025-09-05").json()["items"]
    assert [hit for hit, _ in _SearchPage(text).hits] == [item["text"] for item in items]
    assert f"{items[0]['articles']} articles" in unescape(text)


@pytest.mark.parametrize("parameters", [{}, {"q": ""}, {"q": "  "}, {"q": "", "as_of": "", "kind": ""}])
def test_without_words_the_page_says_what_can_be_searched(parameters: dict[str, Any], site: Site) -> None:
    reply = site.ask("/search", **parameters)
    assert reply.status == 200
    assert "Search for a name" in reply.text


def test_a_form_may_send_empty_fields(site: Site) -> None:
    assert shown(site, q="Osterholt", as_of="", kind="").hits == shown(site, q="Osterholt").hits


def test_what_is_not_found_is_said(site: Site) -> None:
    assert "Nothing was found for &lt;b&gt;zzzz" in site.ask("/search", q="<b>zzzz").text


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"q": "x" * 2001}, "longer than"), ({"q": "a\0b"}, "zero byte"), ({"q": "a", "kind": "wedding"}, "one of"), ({"q": "a", "as_of": "yesterday"}, "as_of"),
        ({"q": ["a", "b"]}, "2 times"), ({"q": "a", "sort": "day"}, "not known here"), ({"q": "a", "cursor": "-1"}, "cursor"),
    ],
)  # fmt: skip
def test_what_cannot_be_searched_is_said_in_words(parameters: dict[str, Any], words: str, site: Site) -> None:
    reply = site.ask("/search", **parameters)
    assert (reply.status, reply.media_type) == (400, "text/plain")
    assert words in reply.text
