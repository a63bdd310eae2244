"""Two graphs compared: what is new, gone, changed or renamed, and an RDF patch between them."""
