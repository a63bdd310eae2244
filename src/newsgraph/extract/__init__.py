"""From an article to the facts it states, by rules and lists; a learned extractor has the same signature."""

from __future__ import annotations

from newsgraph.extract.reader import extract

__all__ = ["extract"]
