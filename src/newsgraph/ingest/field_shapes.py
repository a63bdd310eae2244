"""Bring values that other programs write into the shape that a field of an article has; a value that does not fit is None.

The shapes follow what is in use: a name may be a text or a map with a name, a list of topics may be one text with commas, a body may be
a list of paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial

from newsgraph.core.canonical_url import address, host_name
from newsgraph.ingest.encoding import is_visible
from newsgraph.ingest.markup_text import looks_like_html, text_of_html
from newsgraph.ingest.moments import parse_moment

_NAMES = (
    "name",
    "title",
    "label",
    "term",
    "value",
    "text",
    "prefLabel",
    "displayname",
    "canonicalName",
    "rendered",
    "headline",
    "publisher",
)
_TEXTS = ("value", "text", "content", "rendered", "html", "plaintext", "main", "default", "content_text", "content_html")
_BLOCKS = ("headline", "heading", "title", "paragraphs", "sections", *_TEXTS)
_ADDRESSES = ("href", "url", "link", "src", "canonical", "@id", "uri")
_DOMAINS = ("domain", "url", "href", "uri", "link", "website")
_SEPARATORS = re.compile(r"[,;]")
_DEEPEST = 8
_LINKED = re.compile(r"\A\[\[(?:[^\]|]*\|)?([^\]|]+)\]\]\Z")  # a link between notes: [[Mara Lindqvist]]
_PAGE = re.compile(r"[^\s/]+\.[^\s/]+")


def line_shape(value: object) -> str | None:
    """Return a text of one line: of a text, a number, or the name in a map."""
    if isinstance(value, str):
        text = text_of_html(value) if looks_like_html(value) or "&" in value else value
        return text.strip() if is_visible(text) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return _first(value, _NAMES, line_shape)


def text_shape(value: object, depth: int = 0) -> str | None:
    """Return a text: of a text, which may be HTML, of a list of paragraphs or sections, or of a map with a text."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, str):
        text = text_of_html(value) if looks_like_html(value) else value
        return text.strip() or None
    if isinstance(value, list):
        parts = [_block(item, depth + 1) for item in value]
        return "\n\n".join(filter(None, parts)) or None
    return _first(value, _TEXTS, partial(text_shape, depth=depth + 1))


def _block(value: object, depth: int) -> str | None:
    """Return the text of a part of a body: with its heading, if it has one."""
    if not isinstance(value, Mapping):
        return text_shape(value, depth)
    parts = [text_shape(value[name], depth + 1) for name in _BLOCKS if value.get(name)]
    return "\n\n".join(dict.fromkeys(filter(None, parts))) or None


def link_shape(value: object) -> str | None:
    """Return the address of a page: of a text, a map with an address, or a list of links, of which those to the page itself go first."""
    if isinstance(value, str):
        return value.strip() if address(value) else None
    if isinstance(value, list):
        links = sorted((item for item in value if isinstance(item, str | Mapping)), key=_is_other_link)
        return next(filter(None, map(link_shape, links)), None)
    return _first(value, _ADDRESSES, lambda inner: link_shape(inner) if isinstance(inner, str) else None)


def _is_other_link(item: str | Mapping[str, object]) -> bool:
    return isinstance(item, Mapping) and item.get("rel") not in {None, "", "alternate", "canonical"}


def moment_shape(value: object) -> object:
    """Return a value that is a time, as it is."""
    return value if parse_moment(value) else None


def provider_shape(value: object) -> dict[str, str] | None:
    """Return name and domain of an outlet: of a name, an address, or a map with either."""
    if isinstance(value, str):
        text = value.strip()
        if address(text) or (_PAGE.fullmatch(text) and host_name(text)):
            return {"domain": host_name(text) or text}
        return {"name": text} if text else None
    if isinstance(value, list) and value:
        return provider_shape(value[0])
    if not isinstance(value, Mapping):
        return None
    name = _first(value, _NAMES, lambda inner: line_shape(inner) if isinstance(inner, str) else None)
    domain = _first(value, _DOMAINS, domain_shape)
    found = {"name": name, "domain": domain}
    return {key: text for key, text in found.items() if text} or None


def domain_shape(value: object) -> str | None:
    """Return the host of a domain or of an address."""
    return host_name(value) if isinstance(value, str) else None


def names_shape(value: object) -> list[str] | None:
    """Return a list of names: of a list of texts or maps, or of one text with commas or semicolons."""
    if isinstance(value, str):
        return list(dict.fromkeys(filter(None, map(str.strip, _SEPARATORS.split(value))))) or None
    if isinstance(value, Mapping):
        name = _label(value)
        return [name] if name else None
    if not isinstance(value, list):
        return None
    names = [name for item in value if (name := item.strip() if isinstance(item, str) else _label(item))]
    return list(dict.fromkeys(names)) or None


def _label(value: object) -> str | None:
    """Return the name in a map, which may itself be a map of languages."""
    if not isinstance(value, Mapping):
        return None
    name = next((value[key] for key in _NAMES if value.get(key)), None)
    if isinstance(name, Mapping):
        name = name.get("eng") or name.get("en") or next(iter(name.values()), None)
    return name.strip() if isinstance(name, str) and name.strip() else None


def authors_shape(value: object) -> list[str] | None:
    """Return a list of people: of one name, which may hold commas, or of a list of names or maps, without marks of links between notes."""
    names = [value.strip()] if isinstance(value, str) and value.strip() else names_shape(value) if not isinstance(value, str) else None
    return [_LINKED.sub(r"\1", name) for name in names] if names else None


def images_shape(value: object) -> list[dict[str, object]] | None:
    """Return a list of pictures: of an address, a map with one, or a list of either."""
    items = value if isinstance(value, list) else [value]
    pictures: list[dict[str, object]] = []
    for item in items:
        url = link_shape(item) if isinstance(item, str | Mapping) else None
        if url:
            sizes = {name: item[name] for name in ("width", "height") if item.get(name)} if isinstance(item, Mapping) else {}
            pictures.append({"url": url, **sizes})
    return pictures or None


def language_shape(value: object) -> str | None:
    """Return the name or the code of a language."""
    return value.strip() if isinstance(value, str) and value.strip() else None


def related_shape(value: object) -> object:
    """Return a list of maps, as it is."""
    return value if isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value) else None


def _first(value: object, names: tuple[str, ...], shape: Callable[[object], str | None]) -> str | None:
    if not isinstance(value, Mapping):
        return None
    return next((found for name in names if value.get(name) is not None and (found := shape(value[name]))), None)


SHAPES: dict[str, Callable[[object], object]] = {
    "title": line_shape,
    "excerpt": text_shape,
    "body": text_shape,
    "webUrl": link_shape,
    "ampWebUrl": link_shape,
    "publishedDateTime": moment_shape,
    "provider": provider_shape,
    "provider.domain": domain_shape,
    "topics": names_shape,
    "authors": authors_shape,
    "language": language_shape,
    "category": lambda value: line_shape(value) if isinstance(value, str) else None,
    "images": images_shape,
    "related": related_shape,
    "retrieved": moment_shape,
}
"""For each field of `field_names.yaml`, the function that brings a value into its shape."""
