"""The server of the annotation page: it listens on this machine only, and answers only requests that know its secret address."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import re
import secrets
import socketserver
from collections.abc import Callable
from hmac import compare_digest
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import Any

from newsgraph.annotate.session import AnnotationSession
from newsgraph.core.errors import InputError, NewsgraphError

HOST = "127.0.0.1"
MOST_BYTES = 1_000_000
"""Largest annotation of one text, in bytes."""

_ITEM = re.compile(r"item(?:/(\d{1,9}))?")
_PARTS = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class PageServer(ThreadingHTTPServer):
    """The server of one annotation session; `url` contains a new random token each time, and requests without it are refused."""

    daemon_threads = True

    def __init__(self, session: AnnotationSession, port: int) -> None:
        """Listen on a port of this machine; with 0, on a free one."""
        self.session = session
        self.token = secrets.token_urlsafe(16)
        self.page = files("newsgraph").joinpath("data/annotate.html").read_text("utf-8")
        self.policy = _policy(self.page)
        super().__init__((HOST, port), _Handler)
        self.hosts = frozenset({f"{HOST}:{self.server_port}", f"localhost:{self.server_port}"})

    @property
    def url(self) -> str:
        """The address of the page."""
        return f"http://{HOST}:{self.server_port}/{self.token}/"

    def server_bind(self) -> None:
        """Bind without asking a name server for the name of this machine, as the base class does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, int(self.server_address[1])


def open_server(session: AnnotationSession, port: int = 0) -> PageServer:
    """Open the server of a session. Raises InputError if the port cannot be used."""
    try:
        return PageServer(session, port)
    except OSError as error:
        where = f"--port {port}"
        raise InputError(where, f"cannot be used ({error.strerror})", "Choose another one, or none for a free one.") from error


def _policy(page: str) -> str:
    """Return the policy by which only the script and style of the page itself run."""
    hashes = {kind: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for kind, text in _PARTS.findall(page)}
    return (
        f"default-src 'none'; script-src 'sha256-{hashes['script']}'; style-src 'sha256-{hashes['style']}'; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


class _Handler(BaseHTTPRequestHandler):
    """One request. Names and signatures are those of the standard library."""

    server: PageServer
    server_version = "newsgraph"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Send the page, or one text of the sample."""
        path = self._path()
        if path is None:
            return
        item = _ITEM.fullmatch(path)
        if path == "":
            self._send(HTTPStatus.OK, self.server.page, "text/html")
        elif item:
            self._answer(lambda: self.server.session.item(int(item[1]) if item[1] else None))
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "This page does not exist.")

    def do_POST(self) -> None:
        """Save one text."""
        path = self._path()
        if path is None:
            return
        item = _ITEM.fullmatch(path)
        size = self.headers.get("Content-Length", "")
        if not item or not item[1]:
            self._refuse(HTTPStatus.NOT_FOUND, "This page does not exist.")
        elif self.headers.get("Origin") not in {None, *(f"http://{host}" for host in self.server.hosts)}:
            self._refuse(HTTPStatus.FORBIDDEN, "Only the page of newsgraph annotate may save.")
        elif self.headers.get_content_type() != "application/json" or not size.isdecimal() or int(size) > MOST_BYTES:
            self._refuse(HTTPStatus.BAD_REQUEST, f"An annotation is JSON of at most {MOST_BYTES:,} bytes.")
        else:
            data, number = self.rfile.read(int(size)), int(item[1])
            self._answer(lambda: {"next": self.server.session.save(number, _json(data))})

    def _path(self) -> str | None:
        """Return the path below the token; requests without the token, from another machine or to another host name are refused."""
        token, _, path = self.path.partition("?")[0].removeprefix("/").partition("/")
        is_near = ipaddress.ip_address(self.client_address[0]).is_loopback
        hosts = self.headers.get_all("Host", [])
        if is_near and len(hosts) == 1 and hosts[0] in self.server.hosts and compare_digest(token.encode(), self.server.token.encode()):
            return path
        self._refuse(HTTPStatus.FORBIDDEN, "Open the address that newsgraph annotate printed.")
        return None

    def _answer(self, call: Callable[[], dict[str, Any]]) -> None:
        try:
            self._send(HTTPStatus.OK, json.dumps(call()), "application/json")
        except NewsgraphError as error:
            self._send(HTTPStatus.BAD_REQUEST, json.dumps({"error": str(error)}), "application/json")

    def _refuse(self, status: HTTPStatus, message: str) -> None:
        self.close_connection = True  # the rest of the request is not read
        self._send(status, message, "text/plain")

    def _send(self, status: HTTPStatus, text: str, kind: str) -> None:
        data = text.encode()
        self.send_response(status)
        for name, value in {**_HEADERS, "Content-Security-Policy": self.server.policy}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Log nothing about single requests, as the address contains the token."""


def _json(data: bytes) -> object:
    try:
        answer: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        where = "the answer"
        raise InputError(where, "is not JSON", "Reload the page.") from error
    return answer
