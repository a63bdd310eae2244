"""How files of news are read: one module for each dialect, and the registry that knows them all."""

from newsgraph.ingest.dialects.registry import DIALECTS, dialect_of

__all__ = ["DIALECTS", "dialect_of"]
