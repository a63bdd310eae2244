"""A graph as RDF statements, and the syntaxes that they are written in."""
