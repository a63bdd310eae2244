"""Decisions of people about a graph: the values, the file that they are in, and IRIs that stay the same from build to build."""
