"""The keys of the tables: what names a row, and which columns hold the name of a row of another table.

SQLite, data packages and whoever joins tables read them here. A column that may name nodes of several kinds leads to `nodes`, which has a
row for each node of any kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from newsgraph.core.graph_tables import NODE_TABLES

PRIMARY_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    dict.fromkeys(("nodes", *NODE_TABLES, "merged_relations"), ("iri",))
    | {
        "sources": ("source",),
        "article_topics": ("article", "topic"),
        "article_sources": ("article", "source"),
        "event_parts": ("event", "part"),
        "story_events": ("story", "event"),
    }
)
"""The columns that name a row, of tables whose rows have a name."""

_ARTICLE, _EVENT = {"article": "articles"}, {"event": "events"}
_REPORT = _ARTICLE | _EVENT
_ENDS = {"subject": "nodes", "object": "nodes"}

FOREIGN_KEYS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "edges": {"source": "nodes", "target": "nodes", "event": "events"},
        "providers": {"company": "companies"},
        "topics": {"broader": "topics"},
        "articles": {"provider": "providers", "story": "stories", "copy_group": "articles"},
        "excerpts": _ARTICLE,
        "versions": _ARTICLE,
        "aliases": _ARTICLE,
        "images": _ARTICLE,
        "article_topics": _ARTICLE | {"topic": "topics"},
        "article_sources": _ARTICLE,
        "relations": _ARTICLE | {"related": "articles"},
        "copies": _ARTICLE | {"copy": "articles"},
        "corrections": _ARTICLE | {"superseded": "articles"},
        "companies": {"parent": "companies"},
        "id_candidates": {"company": "companies"},
        "products": {"maker": "companies"},
        "posts": _ARTICLE | {"person": "people", "employer": "nodes"},
        "lasting_relations": _ARTICLE | _ENDS | {"relation": "merged_relations"},
        "merged_relations": _ENDS,
        "mentions": _ARTICLE | {"company": "companies"},
        "other_mentions": _ARTICLE | {"entity": "nodes"},
        "event_roles": _EVENT | {"party": "nodes"},
        "event_parts": _EVENT | {"part": "events"},
        "reports": _REPORT | {"subject_iri": "nodes", "object_iri": "nodes"},
        "report_roles": _REPORT | {"party": "nodes"},
        "report_amounts": _REPORT,
        "totals": _REPORT,
        "ledger": _EVENT,
        "stories": {"lead": "articles"},
        "story_events": {"story": "stories"} | _EVENT,
        "story_links": {"story": "stories", "article": "articles", "other": "articles"},
        "merges": _ARTICLE | {"entity": "nodes"},
    }
)
"""For each table, the columns that hold the key of a row of another table, and that table; such a column may be null."""
