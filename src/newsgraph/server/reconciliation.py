"""A reconciliation service for OpenRefine and others: a column of names is matched to the things of the graph.

It speaks the Reconciliation Service API 0.2 (https://reconciliation-api.github.io/specs/0.2/). Identifiers are IRIs without the base:
`company/owkin`. Types are the kinds of nodes, properties the fields of `data/server/node_fields.csv`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from time import monotonic
from typing import Any

from newsgraph.core.vocabulary import NODE_KINDS, PREFIXES
from newsgraph.server.exchange import HTML, RefusalError, Reply, WebRequest, json_reply, only
from newsgraph.server.linked_paths import base_path
from newsgraph.server.name_matching import NameCandidate, match_names
from newsgraph.server.name_search import search_names
from newsgraph.server.node_fields import node_fields, server_file
from newsgraph.server.node_values import KIND_TABLES, field_texts, field_values, summary_of
from newsgraph.server.page_parts import page_policy
from newsgraph.server.routing import Route
from newsgraph.server.served_graph import ServedGraph
from newsgraph.server.value_matching import match_values

ROOT = "/reconcile"
MOST_QUERIES = 100
"""Queries of one batch, and things of one extension."""
_CANDIDATES, _SUGGESTED, _PROPERTIES = 10, 20, 20
_WIDTH, _HEIGHT = 400, 200  # pixels of a preview


def reconciliation_routes(served: ServedGraph) -> tuple[Route, ...]:
    """Return the routes of the service."""
    handlers: dict[str, Callable[[ServedGraph, WebRequest], Reply]] = {
        "/preview": _preview, "/suggest/entity": _suggest_entity, "/suggest/type": _suggest_type, "/suggest/property": _suggest_property,
        "/flyout/entity": _flyout, "/properties": _properties,
    }  # fmt: skip
    both = frozenset({"GET", "POST"})
    return (
        Route(ROOT, partial(_reconcile, served), both),
        *(Route(ROOT + path, partial(handler, served)) for path, handler in handlers.items()),
    )


def _reconcile(served: ServedGraph, request: WebRequest) -> Reply:
    """Answer a batch of queries or an extension, in a form or in the address; without either, describe the service."""
    parameters = [*request.parameters(), *(request.form() if request.method == "POST" else ())]
    queries, extend = only(parameters, "queries"), only(parameters, "extend")
    if queries is not None:
        return json_reply(_batch(served, _object(queries, "queries")))
    if extend is not None:
        return json_reply(_extend(served, _object(extend, "extend")))
    if request.method == "POST":
        raise RefusalError(400, "The form has neither queries nor extend.")
    return json_reply(_manifest(served, request.site))


def _object(text: str, name: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()  # halves of a surrogate pair are JSON, but no text
    except (ValueError, RecursionError) as error:
        raise RefusalError(400, f"The parameter {name} is not JSON in UTF-8.") from error
    if not isinstance(value, dict):
        raise RefusalError(400, f"The parameter {name} is not a JSON object.")
    return value


def _manifest(served: ServedGraph, site: str) -> dict[str, Any]:
    here = f"{site}{ROOT}"

    def service(path: str) -> dict[str, str]:
        return {"service_url": here, "service_path": path}

    return {
        "versions": ["0.2"],
        "name": f"newsgraph: {served.title}",
        "identifierSpace": served.base,
        "schemaSpace": PREFIXES["ng"],
        "defaultTypes": [_type(kind) for kind in ("company", "person", "organisation")],
        "view": {"url": f"{site}{base_path(served.base)}{{{{id}}}}"},
        "preview": {"url": f"{here}/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {
            "entity": {**service("/suggest/entity"), "flyout_service_url": here, "flyout_service_path": "/flyout/entity?id=${id}"},
            "type": service("/suggest/type"),
            "property": service("/suggest/property"),
        },
        "extend": {"propose_properties": service("/properties"), "property_settings": []},
        "batchSize": MOST_QUERIES,
    }


def _type(kind: str) -> dict[str, str]:
    return {"id": kind, "name": NODE_KINDS[kind].label}


def _batch(served: ServedGraph, queries: dict[str, Any]) -> dict[str, Any]:
    if len(queries) > MOST_QUERIES:
        raise RefusalError(400, f"A batch has at most {MOST_QUERIES} queries.")
    seconds = served.settings.limits.seconds
    end = monotonic() + seconds
    results: dict[str, Any] = {}
    for key, query in queries.items():
        if monotonic() > end:
            raise RefusalError(400, f"The batch takes longer than {seconds:g} seconds. Ask fewer queries at a time.")
        results[key] = {"result": [_result(served, one) for one in _candidates(served, query)]}
    return results


def _candidates(served: ServedGraph, query: object) -> list[NameCandidate]:
    if not isinstance(query, dict):
        raise RefusalError(400, "Each query is a JSON object.")
    text, limit, types, wanted = query.get("query", ""), query.get("limit", _CANDIDATES), query.get("type", []), query.get("properties", [])
    types = [types] if isinstance(types, str) else types
    if not isinstance(text, str) or not isinstance(types, list) or not isinstance(limit, int | float) or not isinstance(wanted, list):
        raise RefusalError(400, "A query has a text query, and perhaps a type, a limit and properties.")
    if len(wanted) > _PROPERTIES:
        raise RefusalError(400, f"A query has at most {_PROPERTIES} properties.")
    kinds = frozenset(kind for kind in types if isinstance(kind, str) and kind in NODE_KINDS)
    if types and not kinds:
        return []
    properties = [(one["pid"], _texts(one["v"])) for one in wanted if isinstance(one, dict) and "pid" in one and "v" in one]
    most = max(1, min(int(limit), MOST_QUERIES)) if limit == limit and abs(limit) < float("inf") else _CANDIDATES  # noqa: PLR0124 - not a number

    if not text.strip():
        named = [(str(name), values) for name, values in properties]
        return match_values(served.now, named, [kind for kind in NODE_KINDS if kind in kinds])[:most]

    def support(iri: str, kind: str) -> list[bool]:
        return [not values.isdisjoint(field_texts(served.now, iri, kind, str(name))) for name, values in properties]

    return match_names(served.now.spellings, text, kinds, support)[:most]


def _texts(value: object) -> frozenset[str]:
    """Return the texts of a property's values in lower case; a value is a text, a number, a thing with `id` and `name`, or a list of these."""
    values = value if isinstance(value, list) else [value]
    shown = (part for one in values for part in ((one.get("id"), one.get("name")) if isinstance(one, dict) else (one,)))
    return frozenset(str(part).casefold() for part in shown if part is not None)


def _result(served: ServedGraph, one: NameCandidate) -> dict[str, Any]:
    return {
        "id": one.iri.removeprefix(served.base), "name": one.label, "description": summary_of(served.now, one.iri, one.kind),
        "type": [_type(one.kind)], "score": one.score, "match": one.is_match,
    }  # fmt: skip


def _extend(served: ServedGraph, query: dict[str, Any]) -> dict[str, Any]:
    ids, properties = query.get("ids"), query.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list) or len(ids) > MOST_QUERIES or len(properties) > MOST_QUERIES:
        raise RefusalError(400, f"An extension has lists of ids and properties, of at most {MOST_QUERIES} each.")
    written = [one.get("id") if isinstance(one, dict) else None for one in properties]
    if not all(isinstance(name, str) for name in (*ids, *written)):
        raise RefusalError(400, "The ids of things and of properties are texts.")
    names = list(dict.fromkeys(map(str, written)))
    labels = {column: label for kind in NODE_KINDS for column, label in node_fields(KIND_TABLES[kind]).items()}
    view = served.now
    rows: dict[str, Any] = {}
    for identifier in ids:
        iri = served.base + identifier
        kind = view.names.kinds.get(iri, "")
        rows[identifier] = {name: [_cell(served, value) for value in field_values(view, iri, kind, name)] if kind else [] for name in names}
    return {"meta": [{"id": name, "name": labels.get(name, name)} for name in names], "rows": rows}


def _cell(served: ServedGraph, value: object) -> dict[str, Any]:
    names = served.now.names
    if isinstance(value, bool) or value is None:
        return {} if value is None else {"str": str(value).lower()}
    if isinstance(value, int | float):
        return {"int": value} if isinstance(value, int) else {"float": value}
    if hasattr(value, "isoformat"):
        text = str(value.isoformat())
        return {"date": text.replace("+00:00", "Z")} if "T" in text else {"str": text}
    text = str(value)
    return {"id": text.removeprefix(served.base), "name": names.labels[text]} if text in names.labels else {"str": text}


def _iri_of(served: ServedGraph, request: WebRequest) -> tuple[str, str]:
    """Return the IRI and the kind of the thing that a request names. Raises RefusalError if there is none."""
    identifier = only(request.parameters(), "id")
    iri = served.base + (identifier or "")
    kind = served.now.names.kinds.get(iri)
    if kind is None:
        raise RefusalError(404, "The graph holds no such thing.")
    return iri, kind


def _card(served: ServedGraph, iri: str, kind: str) -> str:
    return f"<b>{escape(served.now.names.labels[iri])}</b><br>{NODE_KINDS[kind].label}. {escape(summary_of(served.now, iri, kind))}"


def _preview(served: ServedGraph, request: WebRequest) -> Reply:
    style = server_file("page.css")
    text = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Preview</title><style>{style}</style><p>{_card(served, *_iri_of(served, request))}</p></html>'
    policy = page_policy().replace("frame-ancestors 'none'", "frame-ancestors *")
    return Reply(text.encode(), HTML, 200, {"Content-Security-Policy": policy, "X-Frame-Options": ""})


def _flyout(served: ServedGraph, request: WebRequest) -> Reply:
    iri, kind = _iri_of(served, request)
    return json_reply({"id": iri.removeprefix(served.base), "html": f"<p>{_card(served, iri, kind)}</p>"})


def _suggest_entity(served: ServedGraph, request: WebRequest) -> Reply:
    prefix, start = _prefix(request)
    found = search_names(served.now.spellings, prefix)[start : start + _SUGGESTED]
    result = [
        {
            "id": one.iri.removeprefix(served.base), "name": one.label, "description": summary_of(served.now, one.iri, one.kind),
            "notable": [_type(one.kind)],
        }
        for one in found
    ]  # fmt: skip
    return json_reply({"result": result})


def _suggest_type(_served: ServedGraph, request: WebRequest) -> Reply:
    prefix, start = _prefix(request)
    found = [_type(kind) for kind in NODE_KINDS if prefix in NODE_KINDS[kind].label.casefold()]
    return json_reply({"result": found[start : start + _SUGGESTED]})


def _suggest_property(_served: ServedGraph, request: WebRequest) -> Reply:
    prefix, start = _prefix(request)
    labels = {column: label for kind in NODE_KINDS for column, label in node_fields(KIND_TABLES[kind]).items()}
    found = [{"id": column, "name": label} for column, label in labels.items() if prefix in label.casefold() or prefix in column]
    return json_reply({"result": found[start : start + _SUGGESTED]})


def _prefix(request: WebRequest) -> tuple[str, int]:
    return (only(request.parameters(), "prefix") or "").strip().casefold(), _whole_number(request, "cursor", 0)


def _whole_number(request: WebRequest, name: str, default: int) -> int:
    text = only(request.parameters(), name) or f"{default}"
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):  # noqa: PLR2004 - digits of a number that is no attack
        raise RefusalError(400, f"The parameter {name} is a whole number.")
    return int(text)


def _properties(_served: ServedGraph, request: WebRequest) -> Reply:
    """Propose properties of a type, at most as many as `limit` says."""
    kind = only(request.parameters(), "type") or "company"
    if kind not in NODE_KINDS:
        raise RefusalError(404, f"The type is one of: {', '.join(NODE_KINDS)}.")
    offered = list(_offered(kind))
    return json_reply({"type": kind, "properties": offered[: _whole_number(request, "limit", len(offered))]})


def _offered(kind: str) -> Iterator[dict[str, str]]:
    for column, label in node_fields(KIND_TABLES[kind]).items():
        yield {"id": column, "name": label}
