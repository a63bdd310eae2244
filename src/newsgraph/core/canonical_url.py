"""The canonical link of an article: one address for its AMP, CDN and mobile variants and those with tracking parameters."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from newsgraph.core.model import Alias

_URL = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.IGNORECASE | re.DOTALL)
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*")
_HOST_LENGTH = 253  # RFC 1035
_SCHEME = re.compile(r"^\s*(?:https?:)?//", re.IGNORECASE)
_HOST_END = re.compile(r"[/?#\s]")
_PORT = re.compile(r"[0-9]{0,5}")

# The characters of path and query of an IRI (RFC 3987: iunreserved, sub-delims, pchar), without the blanks and direction marks
# that its ranges include and its section 4.1 forbids.
_UPPER_PLANES = "".join(f"{chr(plane << 16)}-{chr((plane << 16) + 0xFFFD)}" for plane in range(1, 14))
_LETTERS = (
    "\u00a1-\u00ac\u00ae-\u167f\u1681-\u180d\u180f-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufefe\uff00-\uffef" + _UPPER_PLANES
)
_TO_QUOTE = re.compile(rf"%[0-9A-Fa-f]{{2}}|[^A-Za-z0-9\-._~!$&'()*+,;=:@/?{_LETTERS}]")

_AMP_CDN = re.compile(r"(?:(.+)\.)?cdn\.ampproject\.org")
_AMP_CDN_PATH = re.compile(r"/(?:c|v|i|a|wp)/(?:s/)?(.*)")
_AMP_SEARCH = re.compile(r"(?:www\.)?(?:google|bing)\.[a-z]{2,3}(?:\.[a-z]{2})?")
_AMP_SEARCH_PATH = re.compile(r"/amp/(?:s/)?([^/]+\.[^/]+(?:/.*)?)")
_AMP_START = re.compile(r"/(?:amp|amphtml|google-amp)(?=/|$)")
_AMP_END = re.compile(r"/amp$|(?<=[^/.])\.amp(?=$|\.html?$)")
_MOBILE = re.compile(r"(?:m|mobile|amp)\.(?!(?:ac|co|com|edu|gov|net|org)\.[a-z]{2}(?::|$))([^.]+\..+)")


class _Link(NamedTuple):
    scheme: str
    host: str
    path: str
    query: str


class Tracking(NamedTuple):
    """Query parameters that only track the reader, in lower case."""

    names: frozenset[str]
    starts: tuple[str, ...]  # beginnings of names
    pairs: frozenset[str]  # `name=value`
    pair_starts: tuple[str, ...]  # beginnings of `name=value`

    def holds(self, parameter: str) -> bool:
        """Return whether a parameter, as it is written in a query, only tracks the reader."""
        lowered = parameter.lower()
        name, _, value = lowered.partition("=")
        pair = f"{name}={value}"
        return name in self.names or pair in self.pairs or name.startswith(self.starts) or pair.startswith(self.pair_starts)


def read_tracking(text: str) -> Tracking:
    """Read a list of tracking parameters: one a line, `*` at the end for any continuation, `#` before a comment."""
    lines = {line.partition("#")[0].strip().lower() for line in text.splitlines()} - {""}
    starts = sorted(line[:-1] for line in lines if line.endswith("*"))
    whole = {line for line in lines if not line.endswith("*")}
    return Tracking(
        names=frozenset(line for line in whole if "=" not in line),
        starts=tuple(start for start in starts if "=" not in start),
        pairs=frozenset(line for line in whole if "=" in line),
        pair_starts=tuple(start for start in starts if "=" in start),
    )


@cache
def shipped_tracking() -> Tracking:
    """Return the list that comes with newsgraph."""
    return read_tracking((files("newsgraph") / "data" / "tracking_parameters.txt").read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def canonical_link(url: str, tracking: Tracking | None = None) -> str | None:
    """Return the one address for all variants of a web page's address, None if `url` is not a usable http(s) address.

    It has the scheme https, the host in lower case (international names in punycode), no user name, default port, fragment, tracking
    parameter or trailing slash, and no AMP, CDN or mobile form. Percent escapes are in upper case and never decoded. `tracking`
    replaces the list of parameters that comes with newsgraph.
    """
    link = _parse(url)
    if link is None:
        return None
    while (plainer := _without_amp(link)) != link:
        link = plainer
    known = tracking or shipped_tracking()
    parameters = [parameter for parameter in link.query.split("&") if parameter and not known.holds(parameter)]
    return _format(link._replace(scheme="https", query="&".join(parameters)))


def address(url: str, *, secure: bool = True) -> str | None:
    """Return a web address in a form that is a valid IRI, with its AMP or mobile form; None if `url` is not a usable http(s) address.

    With `secure` the scheme becomes https; the address of a picture keeps its own.
    """
    link = _parse(url)
    if link is None:
        return None
    return _format(link._replace(scheme="https") if secure else link)


def link_host(link: str) -> str:
    """Return the host of a canonical link, without `www.` and port."""
    return link.partition("://")[2].partition("/")[0].partition(":")[0].removeprefix("www.")


@lru_cache(maxsize=4096)
def host_name(text: str) -> str | None:
    """Return the host name in a domain, a URL or a URL without scheme; None if it has no dot or is an IP address."""
    bare = _SCHEME.sub("", text)
    host = (_host(_HOST_END.split(bare.strip(), maxsplit=1)[0]) or "").partition(":")[0].removeprefix("www.")
    return host if "." in host and not host.replace(".", "").isdigit() else None


def article_key(
    original: str | None,
    web: str | None,
    amp: str | None,
    cdn_amp: str | None,
    *,
    provider_domain: str,
    published: datetime | None,
    title: str,
) -> tuple[str, str | None, tuple[Alias, ...]]:
    """Return the key of an article, its canonical link or None, and those of its AMP addresses that differ from the link.

    The key is the canonical link of the first usable address; without one it is `digest:` and the SHA-256, in hex, of the provider's
    domain, the day of publication (UTC) and the title.
    """
    link = next(filter(None, (canonical_link(url) for url in (original, web, amp, cdn_amp) if url)), None)
    aliases: dict[str, Alias] = {}
    for kind, url in (("amp", amp), ("cdn_amp", cdn_amp)):
        alias = address(url) if url else None
        if alias and alias != link:
            aliases.setdefault(alias, Alias(kind, alias))
    if link:
        return link, link, tuple(aliases.values())
    moment = published.astimezone(UTC) if published and published.tzinfo else published
    described = "\n".join((provider_domain, moment.date().isoformat() if moment else "", title))
    return f"digest:{hashlib.sha256(described.encode('utf-8', 'replace')).hexdigest()}", None, ()


@lru_cache(maxsize=4096)  # each link is parsed as an address, as a canonical link and for the key
def _parse(url: str) -> _Link | None:
    # Feeds that went through HTML contain "&amp;", which is part of no address.
    match = _URL.fullmatch(url.strip().replace("&amp;", "&"))
    # Browsers read a backslash as a slash, so that a host behind it and an @ is not the one that they go to.
    host = _host(match[2]) if match and "\\" not in match[2] else None
    if match is None or host is None:
        return None
    return _Link(match[1].lower(), host, _without_dots(_quote(match[3])), _quote(match[4] or ""))


def _format(link: _Link) -> str:
    return f"{link.scheme}://{link.host}{link.path or '/'}{'?' if link.query else ''}{link.query}"


@lru_cache(maxsize=4096)  # feeds repeat the same hosts
def _host(authority: str) -> str | None:
    name, _, port = authority.rpartition("@")[2].partition(":")
    name = name.rstrip(".").lower()
    if not _PORT.fullmatch(port) or (port and not 0 < int(port) < 2**16) or len(name) > _HOST_LENGTH:
        return None
    if not name.isascii():
        try:
            name = name.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    if not _HOST.fullmatch(name) or len(name) > _HOST_LENGTH:
        return None
    return name if port == "" or int(port) in {80, 443} else f"{name}:{int(port)}"


def _quote(text: str) -> str:
    def escape(match: re.Match[str]) -> str:
        written = match[0]
        if len(written) == len("%2F"):
            return written.upper()
        return "".join(f"%{byte:02X}" for byte in written.encode("utf-8", "replace"))

    return _TO_QUOTE.sub(escape, text)


def _without_dots(path: str) -> str:
    # RDF parsers resolve dot segments (RFC 3986, 5.2.4): an IRI with such segments would be read as another one.
    if "/." not in path:
        return path
    resolved: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del resolved[-1:]
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in {".", ".."}:
        resolved.append("")
    return "/" + "/".join(resolved)


def _without_amp(link: _Link) -> _Link:
    """Undo one layer of AMP and mobile forms; a link without any loses its trailing slash only."""
    if page := _cached_page(link):
        return page
    path = _AMP_END.sub("", _AMP_START.sub("", link.path.rstrip("/"), count=1), count=1).rstrip("/")
    host = link.host
    if mobile := _MOBILE.fullmatch(host):
        host = mobile[1] if mobile[1].startswith("www.") else f"www.{mobile[1]}"
    return link._replace(host=host, path=path)


def _cached_page(link: _Link) -> _Link | None:
    """Return the link of the page behind the address of an AMP cache or a search engine, None for other addresses."""
    if cdn := _AMP_CDN.fullmatch(link.host):
        path = _AMP_CDN_PATH.fullmatch(link.path)
        inner = path[1] if path else link.path.lstrip("/")
        host_in_label = re.sub("--|-", lambda match: "." if match[0] == "-" else "-", cdn[1] or "")
    elif _AMP_SEARCH.fullmatch(link.host) and (path := _AMP_SEARCH_PATH.fullmatch(link.path)):
        inner, host_in_label = path[1], ""
    else:
        return None
    first, _, rest = inner.partition("/")
    if "." in first and (host := _host(first)):
        return link._replace(host=host, path=f"/{rest}")
    host = _host(host_in_label)
    return link._replace(host=host, path=f"/{inner}") if host and "." in host else None
