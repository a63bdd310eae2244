"""Pages hold their data as gzip that is the same on every version of Python."""

from __future__ import annotations

import base64
import gzip
import re
import zlib
from importlib.resources import files

import pytest

from newsgraph.explorer.explorer_page import page, payload
from newsgraph.explorer.page_compression import compressed
from newsgraph.explorer.question_page import question_page
from sample import sample_graph

HEADER = bytes.fromhex("1f8b08000000000002ff")  # no time, no system


@pytest.mark.parametrize("data", [b"", b"news", bytes(range(256)) * 1000], ids=len)
def test_what_is_compressed_can_be_read_by_any_gzip(data: bytes) -> None:
    packed = compressed(data)
    assert gzip.decompress(packed) == zlib.decompress(packed, wbits=31) == data
    assert packed[:10] == HEADER


def test_every_block_of_both_pages_has_the_same_header() -> None:
    graph = sample_graph()
    engine = (files("newsgraph") / "data/explorer/oxigraph.wasm.gz").read_bytes()  # a file of the package, compressed once
    for html in (page(payload(graph)), question_page(graph)):
        blocks = [base64.b64decode(text) for text in re.findall(r">\s*(H4sI[A-Za-z0-9+/=]+)\s*<", html)]
        assert blocks
        assert {block[:10] for block in blocks if block != engine} == {HEADER}
