"""Requests and replies as values: what a handler gets and returns, whatever the library that speaks HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

from newsgraph.core.errors import InputError, QueryError, UnknownNameError

JSON, HTML, TEXT = "application/json", "text/html; charset=utf-8", "text/plain; charset=utf-8"
_IN_ADDRESSES = "/:?#[]@!$&'()*+,;=~-._%"  # characters that have a meaning there, and `%`, which is escaped already
MOST_PARAMETERS = 1000
"""Parameters of one request."""


class RefusalError(Exception):
    """A request that is not answered: the status of the reply, and the reason in words for the person who asked."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        """`headers` are added to the reply."""
        super().__init__(reason)
        self.status, self.reason, self.headers = status, reason, dict(headers or {})


@dataclass(frozen=True, slots=True)
class WebRequest:
    """A request: its path with escapes decoded, its query string as it was sent, its headers by lower-case name, and its body.

    `site` is the scheme and host that the client used, without a slash at the end.
    """

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    site: str = ""

    @property
    def media_type(self) -> str:
        """The media type of the body in lower case, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of the query string. Raises RefusalError if they are not UTF-8."""
        return read_parameters(self.query)

    def form(self) -> list[tuple[str, str]]:
        """Return the parameters of a form in the body. Raises RefusalError as `parameters` does."""
        return read_parameters(read_text(self.body))


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: status, body, media type, and further headers."""

    body: bytes = b""
    media_type: str = TEXT
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[WebRequest], Reply]


def answered_in_words(handler: Handler, request: WebRequest) -> Reply:
    """Return what a handler replies; what a person has to know of an error becomes a refusal, with 404 for an unknown name."""
    try:
        return handler(request)
    except UnknownNameError as error:
        raise RefusalError(404, str(error)) from error
    except (InputError, QueryError) as error:
        raise RefusalError(400, str(error)) from error


def json_reply(value: object, status: int = 200) -> Reply:
    """Return a value as JSON; days and times are ISO texts."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str, allow_nan=False)
    return Reply(text.encode("utf-8", "replace"), JSON, status)


def redirect(place: str, status: int = 303) -> Reply:
    """Return a reply that leads to another address; what no header may hold is escaped."""
    return Reply(b"", TEXT, status, {"Location": quote(place, _IN_ADDRESSES)})


def read_text(data: bytes) -> str:
    """Decode UTF-8. Raises RefusalError if it is none."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusalError(400, "The request is not UTF-8.") from error


def read_parameters(text: str) -> list[tuple[str, str]]:
    """Read the parameters of a query string or a form. Raises RefusalError if they are too many or not UTF-8."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeDecodeError as error:
        raise RefusalError(400, "The parameters are not UTF-8.") from error
    except ValueError as error:
        raise RefusalError(400, f"The request has more than {MOST_PARAMETERS:,} parameters.") from error


def only(parameters: list[tuple[str, str]], name: str) -> str | None:
    """Return the value of a parameter, None if it is missing. Raises RefusalError if it occurs twice."""
    values = [value for key, value in parameters if key == name]
    if len(values) > 1:
        raise RefusalError(400, f"The parameter {name} occurs {len(values)} times. Use it once.")
    return values[0] if values else None
