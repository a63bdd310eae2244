"""The server's socket and its loop: the one place where uvicorn is used."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn

from newsgraph.core.errors import InputError
from newsgraph.server.application import Application
from newsgraph.server.client_pace import ClientPace, PacedConnection

_CONNECTIONS = 200
_KEPT_OPEN = 5  # seconds that a connection is kept for another request
DEFAULT_PACE = ClientPace()
_FINISHING, _ENDING = 1.0, 3  # seconds until questions are ended when the server is told to end, and until connections are
_LONGEST_HEAD = 65_536  # bytes of a request's first line and headers


def open_socket(host: str, port: int) -> socket.socket:
    """Open the socket of a server; port 0 is any free one. Raises InputError if it cannot be opened."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=_CONNECTIONS)
    except (OSError, OverflowError) as error:
        where = f"--host {host} --port {port}"
        reason = getattr(error, "strerror", "") or "not an address of this machine"
        raise InputError(where, f"cannot be used ({reason})", "Choose another port, or 0 for a free one.") from error


def listen(application: Application, listener: socket.socket) -> None:
    """Answer requests at a socket until the process is told to end."""
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it is ended, once what is being answered is done
        server_of(application).run(sockets=[listener])


def server_of(application: Application, pace: ClientPace = DEFAULT_PACE) -> uvicorn.Server:
    """Return the server of an application, with its limits of connections and headers, and for slow clients."""
    connection = type("PacedConnection", (PacedConnection,), {"pace": pace})
    config = uvicorn.Config(
        application,
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        ws="none",
        http=connection,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_KEPT_OPEN,
        timeout_graceful_shutdown=_ENDING,
        h11_max_incomplete_event_size=_LONGEST_HEAD,
    )
    return _EndingServer(config, application.stop)


class _EndingServer(uvicorn.Server):
    """A server that lets questions finish when it is told to end, but not for long."""

    def __init__(self, config: uvicorn.Config, stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._stop = stop

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        late = asyncio.get_running_loop().call_later(_FINISHING, self._stop)
        try:
            await super().shutdown(sockets)
        finally:
            late.cancel()
