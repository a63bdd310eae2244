"""The rows of the graph tables, made of what was resolved."""
