"""A folder of news documents becomes a knowledge graph: exact, traceable, repeatable, offline."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsgraph.analytics.graph_analytics import Analytics
    from newsgraph.api import NewsGraph, View, build, load, read_articles
    from newsgraph.core.errors import InputError, MissingExtraError, NewsgraphError, QueryError, UnknownNameError
    from newsgraph.core.graph_tables import GraphTables
    from newsgraph.pipeline.build_options import BuildOptions
    from newsgraph.provenance.explanation import Statement
    from newsgraph.shacl.validation import Finding

__all__ = [
    "Analytics",
    "BuildOptions",
    "Finding",
    "GraphTables",
    "InputError",
    "MissingExtraError",
    "NewsGraph",
    "NewsgraphError",
    "QueryError",
    "Statement",
    "UnknownNameError",
    "View",
    "__version__",
    "build",
    "load",
    "read_articles",
]

__version__ = "0.2.0.dev0"

# The module of each public name. A name is loaded when it is first used, so that `newsgraph --help` answers at once.
_HOMES = {
    "Analytics": "analytics.graph_analytics",
    "BuildOptions": "pipeline.build_options",
    "Finding": "shacl.validation",
    "GraphTables": "core.graph_tables",
    "InputError": "core.errors",
    "MissingExtraError": "core.errors",
    "NewsGraph": "api",
    "NewsgraphError": "core.errors",
    "QueryError": "core.errors",
    "Statement": "provenance.explanation",
    "UnknownNameError": "core.errors",
    "View": "api",
    "build": "api",
    "load": "api",
    "read_articles": "api",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first used."""
    if name not in _HOMES:
        message = f"module newsgraph has no attribute {name}"
        raise AttributeError(message)
    value: object = getattr(import_module(f"newsgraph.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
