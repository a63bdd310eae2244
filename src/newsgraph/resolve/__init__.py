"""From the facts of all articles to one graph: same article, same company, same event, same story."""

from __future__ import annotations

from newsgraph.resolve.articles import Reading
from newsgraph.resolve.line import Rulings, resolve
from newsgraph.resolve.signs import Signs, signs_of

__all__ = ["Reading", "Rulings", "Signs", "resolve", "signs_of"]
