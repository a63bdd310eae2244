"""Open the reader's model, and read events with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsgraph.core.errors import InputError
from newsgraph.core.lexicon import Lexicon, load_lexicon
from newsgraph.extract.models.piece_table import load_word_pieces
from newsgraph.extract.models.tag_decoding import TAGS
from newsgraph.extract.models.tagger import open_session
from newsgraph.extract.reader.encoder import OnnxEncoder
from newsgraph.extract.reader.group_links import Limits
from newsgraph.extract.reader.heads import Heads
from newsgraph.extract.reader.labels import LINKS, PARTS, PHRASE_TAGS
from newsgraph.extract.reader.marked_sentences import MarkedReader
from newsgraph.extract.reader.read_event import ReadEvent
from newsgraph.extract.reader.reader import EventReader, Settings
from newsgraph.extract.reader.sentence_heads import SentenceHeads
from newsgraph.extract.reader.sentence_opinion import SentenceReaders
from newsgraph.extract.reader.windows import Candidate
from newsgraph.extract.text.article_text import ArticleText

_FILES = ("encoder.onnx", "heads.npz", "sentence_heads.npz", "marked.onnx", "marked_heads.npz")


def read_events(
    text: ArticleText, entities: Sequence[Candidate] | None = None, published: date | None = None, reader: EventReader | None = None
) -> list[ReadEvent]:
    """Return the events that a text tells, in text order; `entities` are the model's own where they are not given.

    Raises what `load_reader` raises.
    """
    return list((reader or load_reader()).read(text, published, entities).events)


@cache
def load_reader(threads: int = 1) -> EventReader:
    """Load the shipped model once; `threads` is how many threads one call uses.

    Raises MissingExtraError if onnxruntime is not installed, and InputError if the model is damaged or missing.
    """
    return open_reader(files("newsgraph") / "data" / "reader", threads)


def open_reader(folder: Traversable, threads: int = 1, lexicon: Lexicon | None = None) -> EventReader:
    """Open the model in a folder, see `_FILES`. Raises what `load_reader` raises."""
    if not (folder / "encoder.onnx").is_file():
        raise InputError(str(folder), "holds no model of a reader", "Reinstall newsgraph.")
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    content = {name: (folder / name).read_bytes() for name in _FILES}
    fits = (
        meta["tags"] == list(TAGS)
        and meta["phrase_tags"] == list(PHRASE_TAGS)
        and (meta["links"], meta["parts"]) == (len(LINKS), len(PARTS))
    )
    for name, data in content.items():
        if hashlib.sha256(data).hexdigest() != meta["sha256"][name] or not fits:
            raise InputError(str(folder / name), "is not the model that meta.json describes", "Reinstall newsgraph.")
    pieces, heads = load_word_pieces(), Heads(_weights(content["heads.npz"]))
    encoder = OnnxEncoder(open_session(content["encoder.onnx"], threads))
    marked_heads = SentenceHeads(_weights(content["marked_heads.npz"]))
    marked = MarkedReader(open_session(content["marked.onnx"], threads), marked_heads, pieces.begin, pieces.end)
    sentences = SentenceReaders(SentenceHeads(_weights(content["sentence_heads.npz"])), marked)
    version = f"reader/{hashlib.sha256(json.dumps(meta, sort_keys=True).encode()).hexdigest()[:8]}"
    return EventReader(encoder, heads, pieces, settings_of(meta.get("settings", {})), lexicon or load_lexicon(), version, sentences)


def _weights(packed: bytes) -> dict[str, NDArray[np.generic]]:
    with np.load(BytesIO(packed), allow_pickle=False) as weights:
        return {name: weights[name] for name in weights.files}


def settings_of(given: Mapping[str, Any]) -> Settings:
    """Read limits and curves as they are written in `meta.json`."""
    limits = Limits(*given.get("limits", Limits()))
    by_type = {kind: Limits(*numbers) for kind, numbers in given.get("by_type", {}).items()}
    curves = {how: (tuple(x), tuple(y)) for how, (x, y) in given.get("curves", {}).items()}
    return Settings(limits, by_type, curves, given.get("past", 0.5), given.get("name", 0.5))
