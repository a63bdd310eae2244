"""SHACL validation of a graph: its shapes, a fast prefilter over columns, and pySHACL for what is left."""
