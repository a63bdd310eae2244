"""The application: requests of HTTP become values, go through the gate to their handler, and its reply goes back.

The one place where starlette is used. Handlers run in threads, so that one that takes its time holds up nobody; no error leaves this place
but as a status and a sentence.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Mapping

from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from newsgraph.server.exchange import TEXT, Handler, RefusalError, Reply, WebRequest, json_reply
from newsgraph.server.request_guard import HEADERS, check_request, origin_headers, preflight_headers, too_long
from newsgraph.server.routing import Route, find_route
from newsgraph.server.settings import ServerSettings

_SLOWEST_BODY = 20.0  # seconds in which a body must arrive
_WAITING = 32  # SPARQL questions that wait for their turn at a time, each for less than a second
_THREADS = 8


class Application:
    """An ASGI application over the routes of a server."""

    def __init__(self, routes: tuple[Route, ...], settings: ServerSettings) -> None:
        """Routes are tried in their order."""
        self._routes, self._settings = routes, settings
        self._limiters: dict[bool, CapacityLimiter] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive)
        headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
        try:
            reply = await self._reply(request, headers)
        except RefusalError as error:
            reply = _refusal(error, scope["path"])
        except ClientDisconnect:
            return
        except Exception:  # noqa: BLE001 - whatever went wrong, the client learns no more than that
            traceback.print_exc(file=sys.stderr)
            reply = _refusal(RefusalError(500, "The server failed to answer. Its log says more."), scope["path"])
        named = origin_headers(dict(headers), self._settings)
        sent = HEADERS | {"Content-Type": reply.media_type} | dict(reply.headers) | named
        response = Response(reply.body, reply.status, {name: value for name, value in sent.items() if value})
        await response(scope, receive, send)

    async def _reply(self, request: Request, headers: list[tuple[str, str]]) -> Reply:
        raw = request.scope.get("raw_path", b"").decode("latin-1")
        query = request.scope["query_string"].decode("latin-1")
        check_request(request.method, f"{raw}?{query}", headers, self._settings)
        if request.method == "OPTIONS":
            return Reply(b"", TEXT, 204, preflight_headers(dict(headers), self._settings))
        route = find_route(self._routes, request.url.path, request.method)
        body = await self._body(request) if request.method == "POST" else b""
        asked = WebRequest(request.method, request.scope["path"], query, dict(headers), body, _site(request, dict(headers)))
        return await self._in_thread(route.handler, asked, is_slow=route.is_slow)

    async def _body(self, request: Request) -> bytes:
        parts, length = [], 0
        try:
            async with asyncio.timeout(_SLOWEST_BODY):
                async for part in request.stream():
                    length += len(part)
                    if length > self._settings.most_bytes:
                        raise too_long(self._settings)
                    parts.append(part)
        except TimeoutError as error:
            raise RefusalError(408, "The request did not arrive in time.") from error
        return b"".join(parts)

    async def _in_thread(self, handler: Handler, request: WebRequest, *, is_slow: bool) -> Reply:
        limiter = self._limiters.setdefault(is_slow, CapacityLimiter(_WAITING if is_slow else _THREADS))
        if is_slow and limiter.available_tokens < 1:
            raise RefusalError(503, "Too many questions wait for an answer. Ask again in a moment.", {"Retry-After": "2"})
        return await to_thread.run_sync(handler, request, limiter=limiter)


def _site(request: Request, headers: Mapping[str, str]) -> str:
    return f"{request.scope['scheme']}://{headers['host']}"


def _refusal(error: RefusalError, path: str) -> Reply:
    """Return a refusal as JSON where programs ask, else as text; the rest of a request that was not read is dropped."""
    headers = error.headers | ({"Connection": "close"} if error.status in {408, 413} else {})
    if path.startswith(("/api/", "/reconcile")):
        answer = json_reply({"error": error.reason}, error.status)
        return Reply(answer.body, answer.media_type, error.status, headers)
    return Reply(f"{error.reason}\n".encode("utf-8", "replace"), TEXT, error.status, headers)
