"""A folder of news documents becomes a knowledge graph: exact, traceable, repeatable, offline."""
# ruff: noqa: TC004 - the names in __all__ are loaded late, below; type checkers read the imports

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsgraph.api import NewsGraph, View, build, load
    from newsgraph.core.errors import InputError, MissingExtraError, NewsgraphError, QueryError, UnknownNameError
    from newsgraph.core.graph_tables import GraphTables
    from newsgraph.pipeline.graph_build import BuildOptions
    from newsgraph.provenance.explanation import Statement
    from newsgraph.shacl.validation import Finding

__all__ = [
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
]

__version__ = "0.1.0"

# Where each public name lives; it is loaded when it is asked for, so that `newsgraph --help` answers at once.
_HOMES = {
    "BuildOptions": "build",
    "Finding": "check",
    "GraphTables": "graph",
    "InputError": "errors",
    "MissingExtraError": "errors",
    "NewsGraph": "library",
    "NewsgraphError": "errors",
    "QueryError": "errors",
    "Statement": "why",
    "UnknownNameError": "errors",
    "View": "library",
    "build": "library",
    "load": "library",
}


class _Package(ModuleType):
    """The package as users see it, where `newsgraph.pipeline.graph_build` is the function even after the module of that name was imported."""

    def __getattr__(self, name: str) -> object:
        """Load a public name."""
        if name not in _HOMES:
            message = f"module newsgraph has no attribute {name}"
            raise AttributeError(message)
        value: object = getattr(import_module(f"newsgraph.{_HOMES[name]}"), name)
        super().__setattr__(name, value)
        return value

    def __setattr__(self, name: str, value: object) -> None:
        """Let the import of a submodule hide no public name."""
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        """List the public names."""
        return sorted(__all__)


sys.modules[__name__].__class__ = _Package
