"""From the facts of all articles to one graph: same article, same company, same event, same story."""

from __future__ import annotations

from newsgraph.resolve.article_nodes import Reading
from newsgraph.resolve.copies.text_signature import Signs, pack, signs_of
from newsgraph.resolve.deferred_task import Aside, at_once
from newsgraph.resolve.resolution import Rulings, resolve

__all__ = ["Aside", "Reading", "Rulings", "Signs", "at_once", "pack", "resolve", "signs_of"]
