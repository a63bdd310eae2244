"""From the facts of all articles to one graph: same article, same company, same event, same story."""

from __future__ import annotations

from newsgraph.resolve.article_nodes import ExtractedArticle
from newsgraph.resolve.build_memory import NO_MEMORY, BuildMemory
from newsgraph.resolve.copies.text_signature import TextSignature, pack_signature, text_signatures
from newsgraph.resolve.deferred_task import DeferTask, run_at_once
from newsgraph.resolve.resolution import UserDecisions, resolve

__all__ = [
    "NO_MEMORY", "BuildMemory", "DeferTask", "ExtractedArticle", "TextSignature", "UserDecisions", "pack_signature", "resolve", "run_at_once",
    "text_signatures",
]  # fmt: skip
