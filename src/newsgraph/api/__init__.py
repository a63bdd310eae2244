"""What `import newsgraph` offers: a graph as one object, and the functions that build and load one."""

from newsgraph.api.entry_points import build, load
from newsgraph.api.news_graph import NewsGraph, View

__all__ = ["NewsGraph", "View", "build", "load"]
