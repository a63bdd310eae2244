"""Questions over a built graph: SPARQL, the named questions, counts, storylines and graphs as of a day."""
