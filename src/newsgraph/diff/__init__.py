"""Comparison of two graphs: what is new, gone, changed or renamed, and an RDF patch from one to the other."""
