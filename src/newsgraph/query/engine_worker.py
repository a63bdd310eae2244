"""A SPARQL engine in a process of its own: `python -m newsgraph.query.engine_worker`, started by `engine_process`.

It opens a store, gives up the network, and answers questions from its standard input on its standard output, both as messages of a
length (8 bytes) and that many bytes: questions as JSON, answers as one byte for the kind and then columns as JSON or a text. A question
that names syntaxes is answered in one of them: the name of the syntax, a line end, and the answer as it goes to a client. Whatever goes
wrong here, even a crash, leaves the asking process whole.
"""

from __future__ import annotations

import ctypes
import json
import sys
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.query.answer_columns import answer_columns
from newsgraph.query.answer_syntax import TooManyBytesError, TooManyRowsError, UnwantedSyntaxError, answer_text

COLUMNS, WRITTEN, SYNTAX, FAILED, TOO_MANY, TOO_LARGE, UNWANTED = b"C", b"W", b"S", b"E", b"R", b"L", b"U"
"""Kinds of answers: columns as JSON; an answer in a syntax; text of a syntax error; text of another error; the answer has too many rows,
too many bytes, or can be written in none of the syntaxes asked for."""
_REFUSALS: dict[type[Exception], bytes] = {TooManyRowsError: TOO_MANY, TooManyBytesError: TOO_LARGE, UnwantedSyntaxError: UNWANTED}
_HEAD = 8  # bytes of a message's length
_NEW_NETWORK, _NEW_USER = 0x40000000, 0x10000000  # CLONE_NEWNET and CLONE_NEWUSER of Linux


def read_message(stream: BinaryIO) -> bytes | None:
    """Return the next message, None at the end of the stream."""
    head = stream.read(_HEAD)
    if len(head) < _HEAD:
        return None
    size = int.from_bytes(head, "big")
    body = stream.read(size)
    return body if len(body) == size else None


def write_message(stream: BinaryIO, body: bytes) -> None:
    """Write a message."""
    stream.write(len(body).to_bytes(_HEAD, "big") + body)
    stream.flush()


def main() -> None:
    """Open the store that the first message names, then answer questions until the input ends."""
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    opening = json.loads(read_message(source) or b"{}")
    try:
        store = _open(opening)
    except (OSError, ValueError, RuntimeError) as error:
        write_message(sink, FAILED + str(error).encode())
        return
    limit_memory(int(opening["memory"]))
    give_up_network(_files(opening))  # last, as no other file can be opened afterwards
    write_message(sink, COLUMNS)
    while (message := read_message(source)) is not None:
        write_message(sink, _answer(store, json.loads(message)))


def _open(opening: dict[str, Any]) -> ox.Store:
    if opening["kept"]:
        return ox.Store.read_only(opening["path"])
    store = ox.Store()
    form = ox.RdfFormat.N_QUADS if opening["quads"] else ox.RdfFormat.N_TRIPLES
    store.bulk_load(path=opening["path"], format=form, lenient=True)
    Path(opening["path"]).unlink()
    return store


def _answer(store: ox.Store, question: dict[str, Any]) -> bytes:
    try:
        return _written(store, question)
    except SyntaxError as error:
        return SYNTAX + str(error).encode()
    except (TooManyRowsError, TooManyBytesError, UnwantedSyntaxError) as error:
        return _REFUSALS[type(error)]
    except (OSError, RuntimeError, ValueError, MemoryError) as error:
        return FAILED + (str(error) or type(error).__name__).encode()


def _written(store: ox.Store, question: dict[str, Any]) -> bytes:
    graphs: dict[str, Any] = {name: iris and [ox.NamedNode(iri) for iri in iris] for name, iris in question.get("graphs", {}).items()}
    answer = store.query(
        question["sparql"],
        base_iri=question.get("base"),
        prefixes=PREFIXES,
        use_default_graph_as_union=question["union"],
        default_graph=graphs.get("default"),
        named_graphs=graphs.get("named"),
    )
    rows = int(question["rows"])
    if "results" in question:
        name, text = answer_text(answer, question["results"], question["statements"], rows=rows, size=int(question["size"]))
        return WRITTEN + name.encode() + b"\n" + text
    columns = answer_columns(answer, rows)
    return TOO_MANY if columns is None else COLUMNS + json.dumps(columns).encode()


def _files(opening: dict[str, Any]) -> int:
    """Return the number of files of a kept store: the engine opens only the first ones at once, the others when it reads them."""
    return sum(1 for path in Path(opening["path"]).iterdir() if path.is_file()) if opening["kept"] else 0


def give_up_network(files: int = 0) -> None:
    """Leave the machine's network where the system allows it, and open no more than some further files or sockets anywhere."""
    if sys.platform == "linux":
        library = ctypes.CDLL(None, use_errno=True)
        if library.unshare(_NEW_NETWORK) != 0:
            library.unshare(_NEW_USER | _NEW_NETWORK)
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return
    highest = max((int(entry.name) for entry in Path("/dev/fd").iterdir()), default=2) + 1 + files
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest, highest))


def limit_memory(most: int) -> None:
    """Allow so many bytes of memory beside those that the store takes already."""
    if sys.platform == "linux":
        import resource  # noqa: PLC0415 - not on every system

        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        limit = pages * resource.getpagesize() + most
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


if __name__ == "__main__":
    main()
