"""How a thing gets its name: slugs, hashes and IRIs (the canonical link of an article is in `links`)."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from newsgraph.core.errors import InputError

DEFAULT_BASE = "https://newsgraph.example.org/id/"

_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`?#]+[/#]?")
_NOT_WORD = re.compile(r"[^\w]+|_+")


def base_iri(text: str) -> str:
    """Check the IRI that all names of a graph begin with; a slash is put to its end where it has none.

    Raises InputError where the text is no absolute http(s) IRI.
    """
    if not _BASE.fullmatch(text):
        where, hint = f"--base {text}", f"Give one such as {DEFAULT_BASE}"
        raise InputError(where, "is no absolute IRI", hint)
    return text if text.endswith(("/", "#")) else f"{text}/"


def digest(text: str) -> str:
    """Give the first 12 hex digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def slug(name: str) -> str:
    """Turn a name into a readable IRI part: lower case, accents off Latin letters, other scripts kept."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(c for c in letters if not unicodedata.combining(c))
    return _NOT_WORD.sub("-", unicodedata.normalize("NFKC", plain)).strip("-") or digest(name)


def numbered(slugs: Sequence[str]) -> list[str]:
    """Make slugs unique: the first of equal ones keeps its own, later ones get `-2`, `-3` ... that no other slug has."""
    taken = set(slugs)
    used: set[str] = set()
    names = []
    for part in slugs:
        name, number = part, 1
        while name in used or (number > 1 and name in taken):
            number += 1
            name = f"{part}-{number}"
        used.add(name)
        names.append(name)
    return names


def event_key(type_name: str, slugs: tuple[str, ...], month: str) -> str:
    """Name an event by type, the sorted slugs of its parties (two, absent ones empty) and its month YYYY-MM or ''."""
    first, second = (*sorted(slugs), "", "")[:2]
    return digest(f"{type_name}|{first}|{second}|{month}")
