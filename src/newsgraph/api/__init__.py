"""What `import newsgraph` offers: a graph as one object, and the functions that build, load and read."""

from newsgraph.api.entry_points import build, load, read_articles
from newsgraph.api.news_graph import NewsGraph
from newsgraph.api.view import View

__all__ = ["NewsGraph", "View", "build", "load", "read_articles"]
