"""How slow a client may be: connections that say nothing, send too slowly or do not take their answer are ended.

uvicorn ends a connection that is idle between two requests, but waits without end for one that has begun, and for a client that does not
read. A few hundred such connections would take all places, and the memory of their answers. Where all places are taken, a new connection
gets that of the one whose request has been awaited longest.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


@dataclass(frozen=True, slots=True)
class ClientPace:
    """What is expected of a client.

    A request has to arrive whole within `request` seconds. Of an answer, `rate` bytes a second have to be taken, looked at every `look`
    seconds. A connection that is being closed is cut after `look` seconds if the client has not taken the rest by then.
    """

    request: float = 30.0
    look: float = 10.0
    rate: int = 16 * 1024


_SPARE = 20  # places, since what is cut goes a moment later
_LATE = b"The request did not arrive in time.\n"
_TOO_LATE = (
    b"HTTP/1.1 408 Request Timeout\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
    % len(_LATE)
)


class PacedConnection(H11Protocol):
    """A connection of uvicorn that keeps to a pace."""

    pace = ClientPace()

    def __init__(self, *arguments: Any, **more: Any) -> None:  # noqa: ANN401 - those of uvicorn
        """Take what uvicorn passes."""
        super().__init__(*arguments, **more)
        self._arrival: asyncio.TimerHandle | None = None
        self._taking: asyncio.TimerHandle | None = None
        self._cut: asyncio.TimerHandle | None = None
        self._left = 0  # bytes of the answer that were not taken when last looked at
        self._awaited_since = self.loop.time()  # a request, from the connection on, or from the last answer on

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in uvicorn
        """Begin to wait for the first request, if need be in place of another connection that has none either."""
        super().connection_made(transport)
        self._make_room()
        # asyncio does this only where the listening socket names its protocol; else the end of an answer waits 40 ms for the client
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._arrival = self.loop.call_later(self.pace.request, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        for timer in (self._arrival, self._taking, self._cut):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Wait for the rest of a request that is not whole, from its first byte on."""
        super().data_received(data)
        if self.conn.their_state not in {h11.IDLE, h11.SEND_BODY}:
            if self._arrival is not None:
                self._arrival.cancel()
                self._arrival = None
        elif self._arrival is None:
            self._arrival = self.loop.call_later(self.pace.request, self._give_up)

    def eof_received(self) -> bool:  # type: ignore[override] # asyncio closes the connection unless this is true
        """Keep a connection whose client has said all that it wants to say, until it has the answer to a whole request."""
        is_whole = self.conn.their_state in {h11.DONE, h11.MUST_CLOSE}
        return is_whole and self.cycle is not None and not self.cycle.response_complete

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._awaited_since = self.loop.time()

    def pause_writing(self) -> None:
        """Watch how fast the client takes what is written, from now on."""
        super().pause_writing()
        self._left = self.transport.get_write_buffer_size()
        self._taking = self.loop.call_later(self.pace.look, self._look)

    def resume_writing(self) -> None:
        """Watch no more: the client has taken nearly all."""
        super().resume_writing()
        if self._taking is not None:
            self._taking.cancel()
            self._taking = None

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection, also if its client does not take the rest of an answer."""
        super().timeout_keep_alive_handler()
        self._close()

    def _make_room(self) -> None:
        """Cut the connection whose request has been awaited longest, if all places are taken: a client may hold them and say nothing."""
        others = [
            one for one in self.connections if isinstance(one, PacedConnection) and one is not self and not one.transport.is_closing()
        ]
        if self.limit_concurrency is not None and len(others) + _SPARE >= self.limit_concurrency:
            silent = [one for one in others if one.conn.their_state in {h11.IDLE, h11.SEND_BODY}]
            if silent:
                min(silent, key=lambda one: one._awaited_since).transport.abort()  # noqa: SLF001 - of the same class

    def _give_up(self) -> None:
        self._arrival = None
        is_begun = self.conn.their_state is h11.IDLE and bool(self.conn.trailing_data[0])
        if is_begun and not self.transport.is_closing():
            self.transport.write(_TOO_LATE + _LATE)
        self._close()

    def _close(self) -> None:
        self.transport.close()
        if self._cut is None:
            self._cut = self.loop.call_later(self.pace.look, self.transport.abort)

    def _look(self) -> None:
        left = self.transport.get_write_buffer_size()
        if self._left - left < self.pace.look * self.pace.rate:
            self.transport.abort()
            return
        self._left = left
        self._taking = self.loop.call_later(self.pace.look, self._look)
