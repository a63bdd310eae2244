"""The REST interface below `/api/v1/`: lists, search, evidence, storylines, ready-made questions and differences, as JSON.

`data/server/openapi.json` describes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, fields
from functools import cache, partial

import polars as pl

from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.query.named_questions import questions
from newsgraph.query.storyline_steps import find_node, storyline_of, storyline_rows
from newsgraph.retrieval.full_text_search import SearchHit
from newsgraph.server.api_parameters import read_api_parameters, read_day
from newsgraph.server.exchange import JSON, RefusalError, Reply, WebRequest, answered_in_words, json_reply
from newsgraph.server.graph_view import GraphView
from newsgraph.server.node_fields import server_file
from newsgraph.server.routing import Route
from newsgraph.server.served_graph import ServedGraph
from newsgraph.server.text_search import find_hits

ROOT = "/api/v1/"
_HIDDEN = ("text", "extra")  # columns that a list leaves out: an article's text is behind its link
_SEARCHED = {"companies": ("name",), "events": ("label", "type"), "stories": ("name",), "articles": ("title",)}
_TURN = 5.0  # seconds that a ready-made question waits for the one before it


def api_routes(served: ServedGraph) -> tuple[Route, ...]:
    """Return the routes of the interface."""
    plain: dict[str, Callable[[ServedGraph, WebRequest], Reply]] = {
        "": _about, "openapi.json": _openapi, "companies": partial(_list, "companies"), "events": partial(_list, "events"),
        "stories": partial(_list, "stories"), "articles": partial(_list, "articles"), "search": _search, "why": _why,
        "storyline": _storyline, "questions": _questions,
    }  # fmt: skip
    slow = {"questions/*": _question, "diff": _diff}
    routes = [Route(ROOT + path, partial(answered_in_words, partial(handler, served))) for path, handler in plain.items()]
    return (
        *routes,
        *(Route(ROOT + path, partial(answered_in_words, partial(handler, served)), is_slow=True) for path, handler in slow.items()),
    )


def _about(served: ServedGraph, request: WebRequest) -> Reply:
    read_api_parameters(request)
    tables = served.now.tables
    counts = {name: tables[name].height for name in ("articles", "companies", "events", "stories")}
    return json_reply({
        "title": served.title, "base": served.base, "program": served.program["program"], "version": served.program["program_version"],
        "as_of": served.program["as_of"], "counts": counts, "replaced": served.is_replaced, "openapi": f"{ROOT}openapi.json",
    })  # fmt: skip


def _openapi(_served: ServedGraph, request: WebRequest) -> Reply:
    read_api_parameters(request)
    return Reply(server_file("openapi.json").encode(), JSON)


def _list(table: str, served: ServedGraph, request: WebRequest) -> Reply:
    filters = {
        "companies": ("iri", "q"),
        "events": ("iri", "q", "type", "party"),
        "stories": ("iri", "q"),
        "articles": ("iri", "q", "names"),
    }
    asked = read_api_parameters(request, *filters[table])
    view = served.at(asked.day)
    numbers = _numbers(view, table, asked.values)
    rows = view.tables[table][numbers.slice(asked.start, asked.limit)]
    columns = [column for column in rows.columns if column not in _HIDDEN]
    return json_reply(asked.part(rows.select(columns).to_dicts(), len(numbers)))


def _numbers(view: GraphView, table: str, values: dict[str, str]) -> pl.Series:
    """Return the numbers of the rows that the filters of a list leave, in the order of `GraphView.ordered`."""
    order = view.ordered(table)
    data = (
        view.tables[table][order].select("iri", *_SEARCHED[table]).with_columns(order.alias("row"))
        if values
        else pl.DataFrame({"row": order})
    )
    if "iri" in values:
        data = data.filter(pl.col("iri") == values["iri"])
    if "type" in values:
        if values["type"] not in EVENT_TYPES:
            raise RefusalError(400, f"The type of an event is one of: {', '.join(EVENT_TYPES)}.")
        data = data.filter(pl.col("type") == values["type"])
    if "party" in values:
        events = view.lookup.rows("event_roles", {"party": [view.names.find(values["party"])]})["event"]
        data = data.filter(pl.col("iri").is_in(events.to_list()))
    if "names" in values:
        node = view.names.find(values["names"])
        of = (("mentions", "company"), ("other_mentions", "entity"))
        articles = {article for name, column in of for article in view.lookup.rows(name, {column: [node]})["article"]}
        data = data.filter(pl.col("iri").is_in(sorted(articles)))
    if values.get("q", "").strip():
        words = values["q"].strip().lower()
        data = data.filter(pl.col(_SEARCHED[table][0]).str.to_lowercase().str.contains(words, literal=True))
    return data["row"]


def _search(served: ServedGraph, request: WebRequest) -> Reply:
    asked = read_api_parameters(request, "q", "kind")
    hits = find_hits(served, asked.required("q"), asked.day, asked.values.get("kind", ""))
    return json_reply(asked.part([_shallow(hit, _names_of(SearchHit)) for hit in hits[asked.start : asked.start + asked.limit]], len(hits)))


def _why(served: ServedGraph, request: WebRequest) -> Reply:
    asked = read_api_parameters(request, "a", "b")
    view = served.at(asked.day)
    first = view.names.find(asked.required("a"))
    second = view.names.find(asked.required("b")) if "b" in asked.values else None
    if first == second:
        raise RefusalError(400, "Both parameters name the same node. Leave b out for all statements about it.")
    explained = view.explain(first, second)
    wanted = explained[asked.start : asked.start + asked.limit]
    items = [_shallow(statement, _statement_fields()) for statement in wanted]
    return json_reply({**asked.part(items, len(explained)), "left_out": explained.left_out})


@cache
def _statement_fields() -> tuple[str, ...]:
    from newsgraph.provenance.explanation import Statement  # noqa: PLC0415 - heavy, and the server starts at once

    return _names_of(Statement)


@cache
def _names_of(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _shallow(value: object, names: tuple[str, ...]) -> dict[str, object]:
    """Return the fields of a value whose fields hold no further values; `asdict` copies every text that it meets."""
    return {name: getattr(value, name) for name in names}


def _storyline(served: ServedGraph, request: WebRequest) -> Reply:
    asked = read_api_parameters(request, "name")
    view = served.at(asked.day)
    node = find_node(view.names, asked.required("name"))
    steps = storyline_of(storyline_rows(view.lookup, node), view.names, node)
    return json_reply(asked.slice([asdict(step) for step in steps]))


def _questions(_served: ServedGraph, request: WebRequest) -> Reply:
    asked = read_api_parameters(request)
    items = [{"name": one.name, "question": one.question, "parameters": dict(one.parameters)} for one in questions().values()]
    return json_reply(asked.slice(items))


def _question(served: ServedGraph, request: WebRequest) -> Reply:
    asked = read_api_parameters(request, is_open=True)
    name = request.path.removeprefix(f"{ROOT}questions/")
    view = served.at(asked.day)
    if not view.asking.acquire(timeout=_TURN):
        raise RefusalError(503, "Another ready-made question is being answered. Ask again in a moment.", {"Retry-After": "2"})
    try:
        frame = view.store.ask_named(name, asked.values, served.settings.limits)
    finally:
        view.asking.release()
    rows = frame.slice(asked.start, asked.limit).to_dicts()
    return json_reply({**asked.part(rows, frame.height), "columns": frame.columns})


def _diff(served: ServedGraph, request: WebRequest) -> Reply:
    from newsgraph.diff.graph_diff import diff as diff_tables  # noqa: PLC0415 - heavy, and the server starts at once

    asked = read_api_parameters(request, "since", "kind")
    since = read_day(asked.required("since"), "since")
    kind = asked.values.get("kind", "events")
    difference = diff_tables(served.at(since).tables, served.at(asked.day).tables)
    kinds = {one.kind: one for one in difference.kinds}
    if kind not in kinds:
        raise RefusalError(400, f"The parameter kind is one of: {', '.join(kinds)}.")
    one = kinds[kind]
    lists = (("new", one.new), ("gone", one.gone), ("changed", one.changed), ("became", one.became))
    items = [{"difference": name, **asdict(node)} for name, nodes in lists for node in nodes]
    return json_reply({**asked.slice(items), "since": since, "kind": kind, "before": one.before, "after": one.after})
