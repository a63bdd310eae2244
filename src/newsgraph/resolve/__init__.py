"""From the facts of all articles to one graph: same article, same company, same event, same story."""

from __future__ import annotations

from newsgraph.resolve.articles import Reading
from newsgraph.resolve.aside import Aside, at_once
from newsgraph.resolve.line import Rulings, resolve
from newsgraph.resolve.signs import Signs, pack, signs_of

__all__ = ["Aside", "Reading", "Rulings", "Signs", "at_once", "pack", "resolve", "signs_of"]
