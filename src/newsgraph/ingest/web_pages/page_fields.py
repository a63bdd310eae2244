"""Gather the fields of a page's article: from JSON-LD, then OpenGraph and other meta tags, then its own elements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from newsgraph.core.canonical_url import canonical_link, host_name, link_host
from newsgraph.ingest.web_pages.html_tree import Element, text_inside
from newsgraph.ingest.web_pages.json_ld import Node, article_node, strings
from newsgraph.ingest.web_pages.page_cues import PageCues
from newsgraph.ingest.web_pages.page_dates import day_in_link, find_moment
from newsgraph.ingest.web_pages.title_choice import BROWSER, HEADLINE, SHOWN, chosen_title
from newsgraph.ingest.web_pages.title_tails import plain_line

MAX_TOPICS = 40
MAX_TITLES = 10  # of each place: pictures have titles, too
_LONGEST_DATE = 100  # characters of an element that holds little else


@dataclass(frozen=True, slots=True)
class PageFields:
    """The fields of an article in the names of our own format, and where each is from."""

    fields: dict[str, object] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, value: object, origin: str) -> None:
        """Add a field that has a value and is not there yet."""
        if value and name not in self.fields:
            self.fields[name] = value
            self.origins[name] = origin


@dataclass(frozen=True, slots=True)
class Declared:
    """What the head of a page and its JSON-LD say."""

    tree: Element
    metas: Mapping[str, list[str]]  # name in lower case -> values
    node: Node  # of the article in JSON-LD
    named: Mapping[str, Node]  # the nodes of JSON-LD by @id
    link: str  # the canonical address, empty if there is none

    def meta(self, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        """Yield the values of meta tags in the order of the names, each with its origin."""
        for name in names:
            for value in self.metas.get(name, ()):
                yield value, f"meta {name}"

    def resolved(self, value: object) -> list[Node | str]:
        """Return the nodes and texts of a value; a node that is but a reference is replaced by what it refers to."""
        items = value if isinstance(value, list) else [value]
        nodes = [self.named.get(str(item.get("@id")), item) if isinstance(item, Mapping) else item for item in items[:MAX_TOPICS]]
        return [item for item in nodes if isinstance(item, (str, Mapping))]


def declared(tree: Element, cues: PageCues, address: str = "") -> Declared:
    """Collect what a page declares; `address` is where it was loaded from, if that is known."""
    metas: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        if content and content.strip():
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if name := element.get(attribute):
                    metas.setdefault(name.strip().lower(), []).append(content.strip())
    scripts = [
        script.text or ""
        for script in tree.iter("script")
        if str(script.get("type") or "").partition(";")[0].strip().lower() == "application/ld+json"
    ]
    links = [link.get("href") or "" for link in tree.iter("link") if str(link.get("rel") or "").lower() == "canonical"]
    canonical = next(
        (link for link in (*links, *(value for name in cues.link for value in metas.get(name, ())), address) if _is_page(link)), ""
    )
    node, named = article_node(scripts, cues, canonical)
    return Declared(tree, metas, node, named, canonical)


def _is_page(link: str) -> bool:
    """Return whether a link is the address of a page and not of a whole site."""
    canonical = canonical_link(link.strip())
    return bool(canonical) and "/" in str(canonical).partition("://")[2].strip("/")


def page_fields(page: Declared, cues: PageCues, address: str = "") -> PageFields:
    """Return the declared fields of a page's article: all but the date and the body."""
    found = PageFields()
    _add_link(page, found, cues, address)
    _add_outlet(page, found, cues)
    _add_title(page, found, cues)
    for value, origin in ((strings(page.node.get("description")), "JSON-LD description"), *(([v], o) for v, o in page.meta(cues.excerpt))):
        found.add("excerpt", plain_line(value[0]) if value else "", origin)
    _add_lists(page, found, cues)
    return found


def _add_link(page: Declared, found: PageFields, cues: PageCues, address: str) -> None:
    candidates = [
        (link.get("href") or "", "link canonical") for link in page.tree.iter("link") if str(link.get("rel") or "").lower() == "canonical"
    ]
    candidates += list(page.meta(cues.link))
    for name in ("url", "mainEntityOfPage", "@id"):
        for item in page.resolved(page.node.get(name)):
            text = item if isinstance(item, str) else item.get("@id") or item.get("url")
            if isinstance(text, str):
                candidates.append((text, f"JSON-LD {name}"))
    candidates.append((address, "address of the capture"))
    for link, origin in candidates:
        if _is_page(link):
            found.add("webUrl", link.strip(), origin)


def _add_outlet(page: Declared, found: PageFields, cues: PageCues) -> None:
    domain = next(_hosts(page, found, cues), "")
    candidates = []
    for item in page.resolved(page.node.get("publisher")):
        text = item if isinstance(item, str) else item.get("name")
        candidates += [(name, "JSON-LD publisher") for name in strings(text)[:1]]
    candidates = [*(pair for pair in page.meta(cues.outlet[:1])), *candidates, *page.meta(cues.outlet[1:])]
    for text, origin in candidates:
        name = plain_line(text)
        if name and "://" not in name and len(name) < 80:  # noqa: PLR2004 - a name of an outlet, not a sentence
            found.add("provider", {"name": name, "domain": domain} if domain else {"name": name}, origin)
    if domain:
        found.add("provider", {"name": domain, "domain": domain}, "host of the link")


def _hosts(page: Declared, found: PageFields, cues: PageCues) -> Iterator[str]:
    """Yield the hosts that may be the outlet's: the canonical link of an article that another outlet wrote leads to that one."""
    for link in (*(value for value, _ in page.meta(cues.link)), str(found.fields.get("webUrl", ""))):
        if _is_page(link) and (canonical := canonical_link(link.strip())):
            yield link_host(canonical)
    for item in page.resolved(page.node.get("publisher")):
        if isinstance(item, Mapping) and (host := host_name(str(item.get("url") or ""))):
            yield host


def titles(page: Declared, cues: PageCues) -> list[tuple[str, str]]:
    """Return the titles that a page has on one line each, the surest first, and where they were found."""
    candidates = [(text, HEADLINE) for text in strings(page.node.get("headline"))[:1]]
    candidates += islice(page.meta(cues.title), MAX_TITLES)
    candidates += [(text_inside(heading), SHOWN) for heading in islice(page.tree.iter("h1"), MAX_TITLES)]
    candidates += [(text_inside(title), BROWSER) for title in islice(page.tree.iter("title"), MAX_TITLES)]
    candidates += [(text, "JSON-LD name") for text in strings(page.node.get("name"))[:1]]
    return [(line, origin) for text, origin in candidates if (line := plain_line(text))]


def _add_title(page: Declared, found: PageFields, cues: PageCues) -> None:
    lines = titles(page, cues)
    provider = found.fields.get("provider")
    outlets = [str(value) for value in provider.values()] if isinstance(provider, dict) else []
    outlets += [plain_line(value) for value, _ in page.meta(cues.outlet)]
    found.add("title", *chosen_title(lines, cues.title_marks, outlets))


def dates(page: Declared, cues: PageCues, link: str) -> Iterator[tuple[str, datetime, str]]:
    """Yield what may be the time of publication, the surest first: as it is written, as a time in UTC, and where it was found."""
    for text, origin in _written_dates(page, cues):
        if text and (moment := find_moment(text)):
            yield text, moment, origin
    if moment := day_in_link(link):
        yield link, moment, "day in the link"
    for text, origin in (*_dated_elements(page.tree, cues), *_changes(page, cues)):
        if moment := find_moment(text):
            yield text, moment, origin


def _written_dates(page: Declared, cues: PageCues) -> Iterator[tuple[str, str]]:
    for name in ("datePublished", "dateCreated"):
        yield from ((text, f"JSON-LD {name}") for text in strings(page.node.get(name)))
    yield from page.meta(cues.published)
    yield from _times(page.tree)
    for text, origin in titles(page, cues):
        yield text.rpartition(" ")[2], f"end of {origin}"


def _changes(page: Declared, cues: PageCues) -> Iterator[tuple[str, str]]:
    """Yield the times of the last change, which are better than none."""
    yield from ((text, "JSON-LD dateModified") for text in strings(page.node.get("dateModified")))
    yield from page.meta(cues.modified)


def _times(tree: Element) -> list[tuple[str, str]]:
    marked, others = [], []
    for element in tree.iter("time", "span", "div", "p", "abbr"):
        prop = str(element.get("itemprop") or "").lower()
        if prop == "datepublished" or element.get("pubdate") is not None:
            marked.append(
                (element.get("datetime") or element.get("content") or element.get("title") or text_inside(element), "datePublished")
            )
        elif element.tag == "time":
            others.append((element.get("datetime") or text_inside(element), "time"))
    return [*marked, *others]


def _dated_elements(tree: Element, cues: PageCues) -> Iterator[tuple[str, str]]:
    """Yield the texts of short elements whose class or id speaks of a date."""
    for element in tree.iter("time", "span", "div", "p", "li", "dd", "td"):
        names = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if names.strip() and any(cue in names for cue in cues.date_classes):
            text = text_inside(element)
            if len(text) <= _LONGEST_DATE:
                yield text, "element of a date"


def _add_lists(page: Declared, found: PageFields, cues: PageCues) -> None:
    keywords = [part for text in strings(page.node.get("keywords")) for part in text.split(",")] if page.node.get("keywords") else []
    found.add("topics", _distinct(keywords), "JSON-LD keywords")
    for name in cues.topics:
        values = page.metas.get(name, [])
        found.add("topics", _distinct([part for value in values for part in value.split(",")]), f"meta {name}")
    authors = [item if isinstance(item, str) else item.get("name") for item in page.resolved(page.node.get("author"))]
    found.add("authors", _distinct([name for value in authors for name in strings(value)]), "JSON-LD author")
    for name in cues.authors:
        values = [value for value in page.metas.get(name, []) if "://" not in value]
        found.add("authors", _distinct(values), f"meta {name}")
    for text, origin in (
        *((text, "JSON-LD articleSection") for text in strings(page.node.get("articleSection"))[:1]),
        *page.meta(cues.section),
    ):
        found.add("category", plain_line(text), origin)
    html = page.tree.getroottree().getroot()
    languages = [(text, "JSON-LD inLanguage") for text in strings(page.node.get("inLanguage"))[:1]]
    for text, origin in (
        *languages,
        (html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or "", "html lang"),
        *page.meta(cues.language),
    ):
        found.add("language", text.strip().replace("_", "-"), origin)
    for text, origin in page.meta(cues.image):
        if host_name(text) and text.startswith("http"):
            found.add("images", [{"url": text}], origin)


def _distinct(values: list[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(plain_line, values))))[:MAX_TOPICS]
