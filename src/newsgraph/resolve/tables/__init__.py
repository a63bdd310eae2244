"""The rows of the graph tables, made from what was resolved."""
