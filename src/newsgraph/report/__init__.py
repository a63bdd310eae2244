"""The report: one static page with figures of a graph, each with the table that it is drawn from and words around it."""
