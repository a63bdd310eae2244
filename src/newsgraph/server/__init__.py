"""The server: a graph over HTTP, read-only, as SPARQL, linked data, REST, a reconciliation service and pages."""
