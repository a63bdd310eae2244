"""Where the page of a thing is: its path below the site, made of its IRI, and the link from another page."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

_UNSAFE = re.compile(r"[^\w.-]|^\.+|\.+$")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE | re.ASCII)  # names that Windows gives no file
_LONGEST = 120  # bytes of a file's name, which systems limit to 255 and some tools to less


def page_path(iri: str, base: str) -> str:
    """Return the path of the page of a thing, such as `company/owkin.html`.

    Whatever a file cannot be called is `_`, and a name that lost something by that, is too long or is that of a device, has a hash of the IRI at its end.

    >>> page_path("https://news.example/id/company/owkin", "https://news.example/id/")
    'company/owkin.html'
    """
    kind, _, name = iri.removeprefix(base).rpartition("/")
    safe = _UNSAFE.sub("_", name)
    if safe != name or not name or _DEVICE.fullmatch(name) or len(name.encode()) > _LONGEST:
        safe = f"{safe.encode()[:60].decode('utf-8', 'ignore')}-{hashlib.sha256(iri.encode()).hexdigest()[:12]}"
    folder = _UNSAFE.sub("_", kind) or "thing"
    return f"{folder}/{safe}.html"


def link(path: str, depth: int) -> str:
    """Return the link to a path from a page that lies `depth` folders deep; letters beyond ASCII are escaped."""
    return "../" * depth + quote(path)
