"""The items of web feeds as fields of articles, and what their channel says about all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from newsgraph.core.canonical_url import address, host_name
from newsgraph.ingest.markup_text import looks_like_html, text_of_html
from newsgraph.ingest.moments import parse_moment
from newsgraph.ingest.title_line import first_sentence
from newsgraph.ingest.xml_reader import Element, inner_markup, local_name, named, namespace, text_below

_XML = "{http://www.w3.org/XML/1998/namespace}"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_FOREIGN = ("search.yahoo.com/mrss", "itunes.com", "purl.org/syndication/thread", "google.com/schemas/play-podcasts")
_DATES = ("pubdate", "published", "issued", "date", "created", "updated", "modified")
_BODIES = ("encoded", "content", "fulltext", "body", "div")
_EXCERPTS = ("description", "summary", "abstract")
_ADDRESSES = ("origlink", "link", "guid", "id", "identifier", "comments")
_KEPT = 500  # characters of an element that is not understood
# Elements that say nothing about an article: numbers of comments, files to play, rights, marks of readers, or what is read elsewhere.
_KNOWN = frozenset(
    """title category subject author creator contributor name source group thumbnail keywords language block cloud comment commentrss copyright
    docs duration enclosure episode episodetype explicit expires expirationdate format generator icon image lastbuilddate license logo
    managingeditor order origenclosurelink person player point post-id price publisher rating rights season server skipdays skiphours slash
    subtitle textinput thread total ttl type views webmaster where""".split()
).union(_DATES, _BODIES, _EXCERPTS, _ADDRESSES)


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says about all of its items."""

    title: str = ""
    link: str = ""
    language: str = ""
    base: str = ""  # the address from which relative links start


@dataclass(slots=True)
class ItemFields:
    """The fields of an item while it is read: the first value of each counts."""

    fields: dict[str, object] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def put(self, name: str, value: object, origin: str) -> None:
        """Set a field that has no value yet."""
        if value and name not in self.fields:
            self.fields[name] = value
            self.origins[name] = origin


def channel_of(root: Element) -> Channel:
    """Return the channel of a feed."""
    channel = next(named(root, "channel"), root)
    base = channel.get(f"{_XML}base") or root.get(f"{_XML}base") or ""
    link = next((link for link, _ in _links(list(channel), base)), "")
    language = text_below(next(named(channel, "language"), None)) or channel.get(f"{_XML}lang") or root.get(f"{_XML}lang") or ""
    return Channel(_plain(next(named(channel, "title"), None)), link, language, base or link)


def item_fields(item: Element, channel: Channel) -> ItemFields:
    """Return the fields of an item."""
    read = ItemFields()
    base = urljoin_safely(channel.base, item.get(f"{_XML}base") or "")
    children = [child for child in item if not any(part in namespace(child) for part in _FOREIGN)]
    read.put("title", next(filter(None, (_plain(child) for child in children if local_name(child) == "title")), ""), "title")
    for link, origin in _links(children, base):
        read.put("webUrl" if origin != "feedburner:origLink" else "originalUrl", link, origin)
    read.put("webUrl", address(item.get(_ABOUT) or ""), "rdf:about")
    _put_texts(children, read)
    _put_day(children, read)
    read.put("topics", _unique(_topics(item)), "category")
    read.put("authors", _unique(_authors(children)), "author")
    read.put("images", [{"url": url} for url in _unique(_pictures(item, base))], "media:content")
    read.put("language", item.get(f"{_XML}lang") or channel.language, "language")
    read.put("provider", *_provider(children, channel, str(read.fields.get("originalUrl") or read.fields.get("webUrl") or "")))
    read.put("title", first_sentence(str(read.fields.get("excerpt") or read.fields.get("body") or "")), "description")
    _keep_unread(children, read)
    return read


def urljoin_safely(base: str, link: str) -> str:
    """Return an address that may be relative, joined to its base; as it is if that cannot be done."""
    try:
        return urljoin(base, link)
    except ValueError:  # "[" in a host
        return link


def _links(children: list[Element], base: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses of an item's page, the best first, with the names of the elements."""
    found: list[tuple[int, str, str]] = []
    for child in children:
        name, rel = local_name(child), child.get("rel") or "alternate"
        text = (child.get("href") or "").strip() or text_below(child)
        if name not in _ADDRESSES or not text:
            continue
        link = urljoin_safely(base, text) if name in {"origlink", "link"} else text
        if address(link) is None or (name == "link" and rel != "alternate") or (name == "guid" and child.get("isPermaLink") == "false"):
            continue
        if name == "link" and "html" not in (child.get("type") or "html"):
            continue
        found.append((_ADDRESSES.index(name), link, "feedburner:origLink" if name == "origlink" else name))
    for _, link, name in sorted(found, key=lambda one: one[0]):
        yield link, name


def _put_texts(children: list[Element], read: ItemFields) -> None:
    texts: dict[str, str] = {}
    for child in children:
        name = local_name(child)
        if name in _BODIES or name in _EXCERPTS:
            text = _text(child)
            if text and len(text) > len(texts.get(name, "")):
                texts[name] = text
    body = next((name for name in _BODIES if texts.get(name)), "")
    excerpt = next((name for name in _EXCERPTS if texts.get(name)), "")
    read.put("body", texts.get(body), "content:encoded" if body == "encoded" else body)
    if texts.get(excerpt) != texts.get(body):
        read.put("excerpt", texts.get(excerpt), excerpt)


def _put_day(children: list[Element], read: ItemFields) -> None:
    texts = {local_name(child): text_below(child) for child in reversed(children) if local_name(child) in _DATES}
    written = [name for name in _DATES if texts.get(name)]
    chosen = next((name for name in written if parse_moment(texts[name])), next(iter(written), ""))
    read.put("publishedDateTime", texts.get(chosen), "pubDate" if chosen == "pubdate" else chosen)


def _topics(item: Element) -> Iterator[str]:
    for child in item:
        name = local_name(child)
        if name in {"category", "subject"}:
            yield (child.get("label") or child.get("term") or text_below(child)).strip()
        elif name == "keywords":
            yield from (part.strip() for part in text_below(child).split(","))


def _authors(children: list[Element]) -> Iterator[str]:
    for child in children:
        if local_name(child) in {"creator", "author"}:
            name = next(named(child, "name"), None)
            yield text_below(name) if name is not None else text_below(child) if not len(child) else ""


def _pictures(item: Element, base: str) -> Iterator[str]:
    for child in item.iter():
        name, url = local_name(child), child.get("url") or (child.get("href") if child.get("rel") == "enclosure" else "") or ""
        medium = f"{child.get('medium') or ''} {child.get('type') or ''}"
        if url and (name == "thumbnail" or (name in {"content", "enclosure", "link"} and "image" in medium)):
            link = urljoin_safely(base, url)
            if address(link):
                yield link


def _provider(children: list[Element], channel: Channel, link: str) -> tuple[dict[str, str], str]:
    """Return the outlet of an item: its source, or the channel if the item is on the channel's own site."""
    for child in children:
        if local_name(child) == "source":
            name = _plain(next(named(child, "title"), None)) or (text_below(child) if not len(child) else "")
            host = host_name(child.get("url") or next((link for link, _ in _links(list(child), "")), "")) or ""
            if name:
                return {"name": name} | ({"domain": host} if host else {}), "source"
    return channel_outlet(channel, link), "channel title"


def channel_outlet(channel: Channel, link: str) -> dict[str, str]:
    """Return the outlet of an item by its channel; empty if the item is on another site, so that its link says more."""
    own, host = host_name(channel.link) or "", host_name(link) or ""
    if channel.title and (not own or not host or _is_one_site(own, host)):
        return {"name": channel.title} | ({"domain": own} if own else {})
    return {}


def _is_one_site(one: str, other: str) -> bool:
    """Return whether one host is the other or a part of its site.

    >>> _is_one_site("feeds.acme.example", "www.acme.example")
    True
    """
    short, long = sorted((one.removeprefix("www."), other.removeprefix("www.")), key=len)
    first, _, rest = short.partition(".")
    return long == short or long.endswith(f".{short}") or (first in {"feeds", "feed", "rss"} and long.endswith(rest))


def _keep_unread(children: list[Element], read: ItemFields) -> None:
    """Keep the texts of elements that were not understood, under their own names."""
    for child in children:
        name = local_name(child)
        if name and name not in _KNOWN:
            read.put(name, text_below(child)[:_KEPT], name)
    unread = set(map(local_name, children)) - _KNOWN
    read.unread = tuple(sorted(name for name in unread if name in read.fields))
    for name in read.unread:
        del read.origins[name]


def _plain(element: Element | None) -> str:
    return " ".join(_text(element).split()) if element is not None else ""


def _text(element: Element) -> str:
    """Return the text of an element that may hold text, escaped HTML or XHTML."""
    if len(element):
        return text_of_html(inner_markup(element))
    text = element.text or ""
    return text_of_html(text) if looks_like_html(text) or "&" in text else text.strip()


def _unique(values: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, values)))
