"""The canonical link of an article: one address for its AMP, CDN, mobile and tracking variants."""

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

# What an IRI may hold in path and query (RFC 3987: iunreserved, sub-delims, pchar), less the blanks and direction marks
# that its ranges include and that section 4.1 forbids.
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
    """Query parameters to leave out, in lower case: whole names, starts of names, `name=value` and starts of those."""

    names: frozenset[str]
    starts: tuple[str, ...]
    pairs: frozenset[str]
    pair_starts: tuple[str, ...]

    def holds(self, parameter: str) -> bool:
        """Say whether `name=value`, as it stands in a query, only tracks the reader."""
        lowered = parameter.lower()
        name, _, value = lowered.partition("=")
        pair = f"{name}={value}"
        return name in self.names or pair in self.pairs or name.startswith(self.starts) or pair.startswith(self.pair_starts)


def read_tracking(text: str) -> Tracking:
    """Read a list of tracking parameters: one a line, `#` starts a comment."""
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
    """Read the list that comes with newsgraph, once."""
    return read_tracking((files("newsgraph") / "data" / "tracking_parameters.txt").read_text(encoding="utf-8"))


@lru_cache(maxsize=4096)
def canonical_link(url: str, tracking: Tracking | None = None) -> str | None:
    """Give the one address of a web page, or None where `url` is no usable http(s) address. Raises for no string.

    https, host in lower case (international names as punycode), no user name, default port, fragment, tracking parameter
    or trailing slash; percent escapes in upper case and never decoded; AMP, CDN and mobile forms undone.
    """
    link = _read(url)
    if link is None:
        return None
    while (plainer := _without_amp(link)) != link:
        link = plainer
    known = tracking or shipped_tracking()
    kept = [parameter for parameter in link.query.split("&") if parameter and not known.holds(parameter)]
    return _written(link._replace(scheme="https", query="&".join(kept)))


def address(url: str, *, secure: bool = True) -> str | None:
    """Give a web address in a form that an IRI may have, as AMP and mobile forms stand; None where it is none.

    With `secure` its scheme becomes https; a picture's address keeps its own.
    """
    link = _read(url)
    if link is None:
        return None
    return _written(link._replace(scheme="https") if secure else link)


def link_host(link: str) -> str:
    """Give the host of a canonical link without `www.` and port."""
    return link.partition("://")[2].partition("/")[0].partition(":")[0].removeprefix("www.")


@lru_cache(maxsize=4096)
def host_name(text: str) -> str | None:
    """Find the host name in a domain, a URL or a URL without its scheme; None where there is none with a dot."""
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
    """Name an article: its key, its canonical link or None, and its AMP addresses that differ from the link.

    The key is the link; without any it is `digest:` and the SHA-256 of provider domain, day (UTC) and title.
    """
    links = (canonical_link(url) for url in (original, web, amp, cdn_amp) if url)
    link = next((found for found in links if found), None)
    aliases: dict[str, Alias] = {}
    for kind, url in (("amp", amp), ("cdn_amp", cdn_amp)):
        other = address(url) if url else None
        if other and other != link:
            aliases.setdefault(other, Alias(kind, other))
    if link:
        return link, link, tuple(aliases.values())
    moment = published.astimezone(UTC) if published and published.tzinfo else published
    told = "\n".join((provider_domain, moment.date().isoformat() if moment else "", title))
    return f"digest:{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()}", None, ()


@lru_cache(maxsize=4096)  # the link of an article is asked for as an address, as a link and as a key
def _read(url: str) -> _Link | None:
    # feeds that went through HTML hold "&amp;", which no address means
    match = _URL.fullmatch(url.strip().replace("&amp;", "&"))
    host = _host(match[2]) if match else None
    if match is None or host is None:
        return None
    return _Link(match[1].lower(), host, _without_dots(_quoted(match[3])), _quoted(match[4] or ""))


def _written(link: _Link) -> str:
    return f"{link.scheme}://{link.host}{link.path or '/'}{'?' if link.query else ''}{link.query}"


@lru_cache(maxsize=4096)  # a feed names the same hosts again and again
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


def _quoted(text: str) -> str:
    def quote(match: re.Match[str]) -> str:
        found = match[0]
        if len(found) == len("%2F"):
            return found.upper()
        return "".join(f"%{byte:02X}" for byte in found.encode("utf-8", "replace"))

    return _TO_QUOTE.sub(quote, text)


def _without_dots(path: str) -> str:
    # Readers of RDF resolve dot segments (RFC 3986, 5.2.4): an IRI that kept them would not come back as written.
    if "/." not in path:
        return path
    kept: list[str] = []
    steps = path.split("/")[1:]
    for step in steps:
        if step == "..":
            del kept[-1:]
        elif step != ".":
            kept.append(step)
    if steps[-1] in {".", ".."}:
        kept.append("")
    return "/" + "/".join(kept)


def _without_amp(link: _Link) -> _Link:
    """Undo one layer of AMP and mobile dress; a link without any comes back as it is, without trailing slash."""
    if unwrapped := _unwrapped(link):
        return unwrapped
    path = _AMP_END.sub("", _AMP_START.sub("", link.path.rstrip("/"), count=1), count=1).rstrip("/")
    host = link.host
    if mobile := _MOBILE.fullmatch(host):
        host = mobile[1] if mobile[1].startswith("www.") else f"www.{mobile[1]}"
    return link._replace(host=host, path=path)


def _unwrapped(link: _Link) -> _Link | None:
    """Take the page's own host and path out of an AMP cache's or a search engine's address."""
    if cdn := _AMP_CDN.fullmatch(link.host):
        path = _AMP_CDN_PATH.fullmatch(link.path)
        inner = path[1] if path else link.path.lstrip("/")
        spelled = re.sub("--|-", lambda found: "." if found[0] == "-" else "-", cdn[1] or "")
    elif _AMP_SEARCH.fullmatch(link.host) and (path := _AMP_SEARCH_PATH.fullmatch(link.path)):
        inner, spelled = path[1], ""
    else:
        return None
    named, _, rest = inner.partition("/")
    if "." in named and (host := _host(named)):
        return link._replace(host=host, path=f"/{rest}")
    host = _host(spelled)
    return link._replace(host=host, path=f"/{inner}") if host and "." in host else None
