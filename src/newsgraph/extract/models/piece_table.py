"""The word pieces that all shipped encoders read: how words are cut, and the table of what each piece is at first.

The encoders were trained with the same table, nearly half of the size of each, so it is kept once. A model is a protocol buffer: written
one behind the other, two of them are read as one, here the graph of an encoder and the constants of the table.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.resources import files

from newsgraph.core.errors import InputError
from newsgraph.extract.models.wordpiece import WordPieces

TABLE = ("word_pieces", "word_piece_scales")
"""The constants of the table, as the graphs call them: rows of whole numbers of 8 bits, and a scale for each row."""


@cache
def load_word_pieces() -> WordPieces:
    """Load the shipped vocabulary once."""
    text = (files("newsgraph") / "data" / "word_pieces" / "vocab.txt").read_text(encoding="utf-8")
    return WordPieces(text.splitlines())


def with_piece_table(model: bytes) -> bytes:
    """Return a model that has the table of word pieces as well. Raises InputError if the table is damaged or missing."""
    folder = files("newsgraph") / "data" / "word_pieces"
    table = folder / "table.onnx"
    content = table.read_bytes() if table.is_file() else b""
    if hashlib.sha256(content).hexdigest() != json.loads((folder / "meta.json").read_text(encoding="utf-8"))["sha256"]:
        raise InputError(str(table), "is not the table that meta.json describes", "Reinstall newsgraph.")
    return model + content
