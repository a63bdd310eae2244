"""The application: requests of HTTP become values, go through the gate to their handler, and its reply goes back.

The one place where starlette is used. Handlers run in threads, so that one that takes its time holds up nobody; no error leaves this place
but as a status and a sentence.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Callable, Mapping

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
_THREADS = 2
_CHUNK = 256 * 1024  # bytes of an answer that are written at a time
_SENDING = "The server is sending as many large answers as it may. Ask again in a moment, or for less."
_LARGE, _MOST_SENT = 2**20, 256 * 2**20  # bytes of an answer that counts as a large one, and of all that are being sent


class Application:
    """An ASGI application over the routes of a server."""

    def __init__(self, routes: tuple[Route, ...], settings: ServerSettings, stop: Callable[[], None]) -> None:
        """Routes are tried in their order. `stop` ends what could be at work for long, and its requests."""
        self._routes, self._settings, self.stop = routes, settings, stop
        self._limiters: dict[bool, CapacityLimiter] = {}
        self._sent = 0  # bytes of the large answers that are being sent

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
        except Exception as error:  # noqa: BLE001 - whatever went wrong, the client learns no more than that
            _report(error)
            reply = _refusal(RefusalError(500, "The server failed to answer. Its log says more."), scope["path"])
        if self._sent and len(reply.body) > _LARGE and self._sent + len(reply.body) > _MOST_SENT:
            reply = _refusal(RefusalError(503, _SENDING, {"Retry-After": "5"}), scope["path"])
        named = origin_headers(dict(headers), self._settings)
        sent = HEADERS | {"Content-Type": reply.media_type} | dict(reply.headers) | named
        response = Response(reply.body, reply.status, {name: value for name, value in sent.items() if value})
        if len(reply.body) > _LARGE:
            await self._send_in_chunks(response, send)
        else:
            await response(scope, receive, send)

    async def _send_in_chunks(self, response: Response, send: Send) -> None:
        """Send a large answer as fast as the client takes it, so that no second copy of it waits in memory."""
        body = memoryview(response.body)
        self._sent += len(body)
        try:
            await send({"type": "http.response.start", "status": response.status_code, "headers": response.raw_headers})
            for start in range(0, len(body), _CHUNK):
                more = start + _CHUNK < len(body)
                await send({"type": "http.response.body", "body": bytes(body[start : start + _CHUNK]), "more_body": more})
        finally:
            self._sent -= len(body)

    async def _reply(self, request: Request, headers: list[tuple[str, str]]) -> Reply:
        raw = request.scope.get("raw_path", b"").decode("latin-1")
        query = request.scope["query_string"].decode("latin-1")
        check_request(request.method, f"{raw}?{query}", headers, self._settings)
        if request.method == "OPTIONS":
            return Reply(b"", TEXT, 204, preflight_headers(dict(headers), self._settings))
        route = find_route(self._routes, request.scope["path"], request.method)
        body = await self._body(request) if request.method == "POST" else b""
        asked = WebRequest(request.method, request.scope["path"], query, dict(headers), body, _site(request, dict(headers)))
        return await self._in_thread(route.handler, asked, is_slow=route.is_slow_for(query))

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


def _report(error: Exception) -> None:
    """Write where an error arose to the log, but not its message: that may quote what was asked, or a text of the graph."""
    places = "".join(traceback.format_tb(error.__traceback__))
    print(f"{places}{type(error).__name__}", file=sys.stderr)  # noqa: T201 - the log of the server


def _site(request: Request, headers: Mapping[str, str]) -> str:
    return f"{request.scope['scheme']}://{headers['host']}"


def _refusal(error: RefusalError, path: str) -> Reply:
    """Return a refusal as JSON where programs ask, else as text; the rest of a request that was not read is dropped."""
    headers = error.headers | ({"Connection": "close"} if error.status in {408, 413} else {})
    if path.startswith(("/api/", "/reconcile")):
        answer = json_reply({"error": error.reason}, error.status)
        return Reply(answer.body, answer.media_type, error.status, headers)
    return Reply(f"{error.reason}\n".encode("utf-8", "replace"), TEXT, error.status, headers)
