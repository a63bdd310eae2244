"""Slugs, hashes and the base of IRIs; the canonical link of an article is in `canonical_url`."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from newsgraph.core.errors import InputError

DEFAULT_BASE = "https://newsgraph.example.org/id/"

_BASE = re.compile(r"https?://[^\s\x00-\x1f\x7f-\x9f\ud800-\udfff<>\"{}|\\^`?#]+[/#]?")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_PAIR = 2  # parties that the key of an event has at least


def base_iri(text: str, option: str = "--base") -> str:
    """Check the IRI that every IRI of a graph, or every page of a site, begins with; add a slash unless it ends in one or in `#`.

    Raises InputError, which names the `option`, if the text is not an absolute http(s) IRI.
    """
    if not _BASE.fullmatch(text):
        where, hint = f"{option} {text}", f"Use one such as {DEFAULT_BASE}"
        raise InputError(where, "is not an absolute IRI", hint)
    return text if text.endswith(("/", "#")) else f"{text}/"


def digest(text: str) -> str:
    """Return the first 12 hex digits of the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def slug(name: str) -> str:
    """Turn a name into a readable part of an IRI: lower case, without accents, words joined by hyphens, other scripts kept."""
    plain = name.casefold()
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = unicodedata.normalize("NFKC", "".join(c for c in letters if not unicodedata.combining(c)))
    return _NOT_WORD.sub("-", plain).strip("-") or digest(name)


def unique_slugs(slugs: Sequence[str]) -> list[str]:
    """Make slugs unique: the first of several equal slugs stays, later ones get `-2`, `-3` and so on, unless another slug has that."""
    originals = set(slugs)
    used: set[str] = set()
    unique = []
    for original in slugs:
        candidate, number = original, 1
        while candidate in used or (number > 1 and candidate in originals):
            number += 1
            candidate = f"{original}-{number}"
        used.add(candidate)
        unique.append(candidate)
    return unique


def event_key(type_name: str, slugs: tuple[str, ...], month: str) -> str:
    """Return the hash of an event's type, the sorted slugs of its main parties (two, or empty if absent, or more) and its month, or year."""
    parties = [*sorted(slugs), "", ""][: max(len(slugs), _PAIR)]
    return digest("|".join((type_name, *parties, month)))
