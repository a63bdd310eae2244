"""The gate of the server: whose requests are answered, and what every reply says about its use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsgraph.server.exchange import RefusalError
from newsgraph.server.settings import ServerSettings

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
HEADERS = {
    "Cache-Control": "no-cache",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""Headers of every reply."""
_LONGEST_ADDRESS = 32_768


def check_request(method: str, address: str, headers: Sequence[tuple[str, str]], settings: ServerSettings) -> None:
    """Raise RefusalError unless a request may be answered: its method, host, origin and size are checked before anything else.

    `headers` are pairs of a lower-case name and a value. A page of a foreign website reaches a server of this machine by a host name that
    it makes lead here (DNS rebinding) or by a request across origins; both are seen by these headers.
    """
    if method not in METHODS:
        raise RefusalError(405, "Only GET, HEAD, POST and OPTIONS are answered.", {"Allow": ", ".join(METHODS)})
    hosts = [value for name, value in headers if name == "host"]
    if len(hosts) != 1 or hosts[0].lower() not in settings.hosts:
        raise RefusalError(421, "This server does not answer under this host name. Name it with --allow-host when the server is started.")
    origins = [value for name, value in headers if name == "origin"]
    if len(origins) > 1 or not all(is_allowed(origin, settings) for origin in origins):
        raise RefusalError(403, "Pages of this website may not ask this server. Name the website with --allow-origin when it is started.")
    if len(address) > _LONGEST_ADDRESS:
        raise RefusalError(414, "The address is too long. Send the question by POST.")
    sizes = [value for name, value in headers if name == "content-length"]
    if sizes and (not sizes[0].isdecimal() or int(sizes[0]) > settings.most_bytes):
        raise too_long(settings)


def too_long(settings: ServerSettings) -> RefusalError:
    """Return the refusal of a body that has more bytes than are read."""
    return RefusalError(413, f"The request is too long: at most {settings.most_bytes:,} bytes are read.")


def is_allowed(origin: str, settings: ServerSettings) -> bool:
    """Return whether pages of a website (`https://example.org`) may ask: the server's own ones, and those that were named."""
    own = {f"{scheme}://{host}" for scheme in ("http", "https") for host in settings.hosts}
    return origin in own or origin in settings.origins or "*" in settings.origins


def origin_headers(headers: Mapping[str, str], settings: ServerSettings) -> dict[str, str]:
    """Return the headers by which a page of a named website may read a reply; none for others."""
    origin = headers.get("origin", "")
    if not origin or not settings.origins & {origin, "*"}:
        return {}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": "Location, Link",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept, Origin",
    }


def preflight_headers(headers: Mapping[str, str], settings: ServerSettings) -> dict[str, str]:
    """Return the headers of a reply to OPTIONS: what the server answers, and what pages of a named website may send."""
    allowed = {"Allow": ", ".join(METHODS)}
    named = origin_headers(headers, settings)
    if not named:
        return allowed
    return allowed | named | {
        "Access-Control-Allow-Methods": "GET, HEAD, POST", "Access-Control-Allow-Headers": "Accept, Content-Type", "Access-Control-Max-Age": "600",
    }  # fmt: skip
