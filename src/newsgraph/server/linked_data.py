"""Linked data: the IRIs of the graph answer, with a page for people and statements for programs (https://www.w3.org/TR/cooluris/)."""

from __future__ import annotations

from newsgraph.server.exchange import HTML, RefusalError, Reply, WebRequest, redirect
from newsgraph.server.linked_paths import base_path, local_path
from newsgraph.server.media_types import GRAPH_TYPES, PAGE_TYPES, preferred
from newsgraph.server.node_page import node_page
from newsgraph.server.page_parts import page_policy
from newsgraph.server.served_graph import ServedGraph
from newsgraph.server.sparql_protocol import Operation, answer

EXTENSIONS = {"html": "html", "turtle": "ttl", "jsonld": "jsonld", "ntriples": "nt", "rdfxml": "rdf"}
"""The ending of the document about a thing in each syntax."""
_SYNTAXES = {extension: syntax for syntax, extension in EXTENSIONS.items()}
_NOT_SPARQL = 400  # the status of a question that the engine cannot read
_INCOMING = 1000  # statements that lead to a thing from others
_DESCRIPTION = """
CONSTRUCT { ?s ?p ?o } WHERE {
  { BIND (%(iri)s AS ?s) ?s ?p ?o }
  UNION { %(iri)s ?link ?s . FILTER (STRSTARTS(STR(?s), %(fragments)s)) ?s ?p ?o }
  UNION { ?s ?link %(iri)s . FILTER (STRSTARTS(STR(?s), %(fragments)s)) ?s ?p ?o }
  UNION { ?s nif:referenceContext %(text)s ; ?p ?o }
  UNION {
    SELECT ?s ?p (%(iri)s AS ?o) { ?s ?p %(iri)s FILTER (?p != itsrdf:taIdentRef) }
    ORDER BY (?p IN (schema:mentions, dcterms:subject, schema:publisher)) ?p ?s LIMIT %(most)d
  }
}"""


def thing_reply(served: ServedGraph, request: WebRequest) -> Reply:
    """Answer a request for an IRI of the graph, or for a document about it.

    An IRI leads with 303 to the document in the syntax that the client prefers, a replaced one with 301 to its successor. Raises RefusalError.
    """
    path = request.path.removeprefix(base_path(served.base))
    stem, dot, extension = path.rpartition(".")
    thing, syntax = served.base + path, ""
    if dot and extension in _SYNTAXES and not _is_known(served, thing):
        thing, syntax = served.base + stem, _SYNTAXES[extension]
    if thing in served.redirects:
        ending = f".{EXTENSIONS[syntax]}" if syntax else ""
        return redirect(local_path(served.base, served.redirects[thing]) + ending, 301)
    if syntax == "html":
        return _page(served, thing)
    if syntax:
        reply = describe(served, thing, syntax)
        return Reply(reply.body, reply.media_type, 200, {"Link": f'<{local_path(served.base, thing)}>; rel="describes"'})
    return _see_other(served, request, thing)


def _is_known(served: ServedGraph, iri: str) -> bool:
    return iri in served.now.names.kinds


def _see_other(served: ServedGraph, request: WebRequest, thing: str) -> Reply:
    offered = (PAGE_TYPES if _is_known(served, thing) else {}) | GRAPH_TYPES
    accept = request.headers.get("accept")
    syntax = preferred(accept, offered)
    if not _is_known(served, thing) and not (_is_writable(thing) and _is_stated(served, thing)):
        raise _unknown()
    if not syntax:
        raise RefusalError(406, "This thing is described as HTML, Turtle, JSON-LD, N-Triples and RDF/XML.")
    reply = redirect(f"{local_path(served.base, thing)}.{EXTENSIONS[syntax]}")
    return Reply(reply.body, reply.media_type, reply.status, {**reply.headers, "Vary": "Accept"})


def _page(served: ServedGraph, thing: str) -> Reply:
    if not _is_known(served, thing):
        raise _unknown()
    text = node_page(served, served.now, thing)
    links = ", ".join(
        f'<{local_path(served.base, thing)}.{EXTENSIONS[syntax]}>; rel="alternate"; type="{types[0]}"'
        for syntax, types in GRAPH_TYPES.items()
    )
    return Reply(text.encode(), HTML, 200, {"Link": links, "Content-Security-Policy": page_policy()})


def describe(served: ServedGraph, thing: str, syntax: str) -> Reply:
    """Return what the graph states about an IRI and its fragments, and up to 1,000 statements that lead to it; events come before articles.

    Raises RefusalError if the graph states nothing about it.
    """
    if not _is_writable(thing):
        raise _unknown()
    if not _is_known(served, thing) and not _is_stated(served, thing):
        raise _unknown()
    query = _DESCRIPTION % {"iri": f"<{thing}>", "fragments": f'"{thing}#"', "text": f"<{thing}#text>", "most": _INCOMING}
    return answer(served, Operation(query), "", syntax)


def _is_stated(served: ServedGraph, thing: str) -> bool:
    try:
        reply = answer(served, Operation(f"ASK {{ {{ <{thing}> ?p ?o }} UNION {{ ?s ?p <{thing}> }} }}"), "csv", "")
    except RefusalError as error:
        if error.status != _NOT_SPARQL:
            raise
        raise _unknown() from error  # it is no IRI at all
    return reply.body.strip() == b"true"


def _unknown() -> RefusalError:
    return RefusalError(404, "The graph holds no such thing.")


def _is_writable(iri: str) -> bool:
    """Return whether an IRI can be written into a question as it is."""
    return all(character > " " and character not in '<>"{}|\\^`' for character in iri)
