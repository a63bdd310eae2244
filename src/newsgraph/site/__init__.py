"""A static website of a graph: a page for each thing, lists, a search, a feed, for any web server or none."""
