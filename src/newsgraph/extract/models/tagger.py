"""The tagger: for every word of a text the probability that it is part of a company's, person's or other name.

A small transformer run by onnxruntime on one thread. Every window of a text is computed by itself, so that its numbers
depend on no neighbour and no padding; they are rounded before anything is decided by them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

import numpy as np

from newsgraph.core.errors import InputError, MissingExtraError
from newsgraph.core.lexicon import Lexicon, load_lexicon
from newsgraph.extract.models.tag_decoding import TAGS, TaggedSpan, decode_spans
from newsgraph.extract.models.word_traits import TRAITS, shapes_of, traits_of
from newsgraph.extract.models.wordpiece import WordPieces
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.listed_phrases import find_phrases

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

WINDOW = 256  # pieces, with the two that begin and end a window
_DECIMALS = 3
_OTHER = (1.0, *[0.0] * (len(TAGS) - 1))


@dataclass(frozen=True, slots=True)
class WordTags:
    """What the tagger says of one text: `rows[i]` holds token i's probability of each of `TAGS`, rounded to three decimals."""

    rows: tuple[tuple[float, ...], ...]

    @property
    def labels(self) -> list[tuple[float, ...]]:
        """Give each token's probability of each of `LABELS`, then of being no name: a row of six a token."""
        return [(*(round(row[at] + row[at + 1], _DECIMALS) for at in range(1, len(TAGS), 2)), row[0]) for row in self.rows]

    def spans(self, text: ArticleText) -> list[TaggedSpan]:
        """Give the names that the probabilities mark in the text they were computed for."""
        return decode_spans(self.rows, text.sentences)


class Tagger:
    """A loaded model; `version` names it."""

    def __init__(self, session: InferenceSession, pieces: WordPieces, version: str) -> None:
        """Take a session of the model, its word pieces and its version; see `load_tagger`."""
        self._session = session
        self._pieces = pieces
        self.version = version

    def tag(self, texts: Sequence[ArticleText], lexicon: Lexicon | None = None) -> list[WordTags]:
        """Tag texts; equal texts give equal numbers, whatever else is in `texts`.

        The tagger looks words up in `lexicon`, the shipped one where none is given.
        """
        known = lexicon or load_lexicon()
        return [self._tag(text, known) for text in texts]

    def _tag(self, text: ArticleText, lexicon: Lexicon) -> WordTags:
        shapes = shapes_of(text)
        traits = _bits(traits_of(text, find_phrases(text, lexicon), lexicon))
        cut = [self._pieces.cut(token) for token in text.tokens]
        rows: list[tuple[float, ...]] = [_OTHER] * len(cut)
        for first, last in _windows(text, cut):
            chances = self._run(cut[first:last], shapes[first:last], traits[first:last])
            rows[first:last] = map(tuple, np.round(chances.astype(np.float64), _DECIMALS).tolist())
        return WordTags(tuple(rows))

    def _run(self, cut: Sequence[tuple[int, ...]], shapes: Sequence[int], traits: NDArray[np.float32]) -> NDArray[np.float32]:
        sizes = np.array([len(pieces) for pieces in cut])
        numbers = [self._pieces.begin, *(number for pieces in cut for number in pieces), self._pieces.end]
        edge = np.zeros(1, np.int64)
        none = np.zeros((1, len(TRAITS)), np.float32)
        given = {
            "pieces": np.array([numbers]),
            "shapes": np.concatenate([edge, np.repeat(shapes, sizes), edge])[None],
            "traits": np.concatenate([none, np.repeat(traits, sizes, axis=0), none])[None],
            "firsts": np.cumsum(sizes) - sizes + 1,
        }
        found: NDArray[np.float32] = self._session.run(["chances"], given)[0][0]
        return found


@cache
def load_tagger(threads: int = 1) -> Tagger:
    """Load the shipped model once; `threads` are those of one tagging, not of the machine.

    Raises MissingExtraError where onnxruntime is not installed and InputError where the model is damaged or absent.
    """
    return open_tagger(files("newsgraph") / "data" / "model", threads)


def open_tagger(folder: Traversable, threads: int = 1) -> Tagger:
    """Open the model of a folder (`tagger.onnx`, `vocab.txt`, `meta.json`); raises as `load_tagger` does."""
    if not (folder / "tagger.onnx").is_file():
        raise InputError(str(folder), "holds no model of a tagger", "Use --extractor rules, or install newsgraph anew.")
    content = (folder / "tagger.onnx").read_bytes()
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    if hashlib.sha256(content).hexdigest() != meta["sha256"] or meta["tags"] != list(TAGS):
        raise InputError(str(folder / "tagger.onnx"), "is not the model that meta.json tells of", "Install newsgraph anew.")
    pieces = WordPieces((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())
    return Tagger(_session(content, threads), pieces, meta["version"])


def _session(content: bytes, threads: int) -> InferenceSession:
    try:
        import onnxruntime  # noqa: PLC0415 - slow to load, and not needed by rules
    except ImportError as error:
        where = "--extractor tagger"
        raise MissingExtraError(where, "onnxruntime", "", "Install it, or use --extractor rules.") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.use_deterministic_compute = True
    # The fused norm is ten times slower than its two parts.
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"])


def _bits(traits: Sequence[int]) -> NDArray[np.float32]:
    column = np.array(traits, dtype=np.int64).reshape(-1, 1)
    return ((column >> np.arange(len(TRAITS))) & 1).astype(np.float32)


def _windows(text: ArticleText, cut: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Cut a text into runs of whole sentences that fit a window; a sentence that fits none is cut between words."""
    room = WINDOW - 2
    begin, used = 0, 0
    for sentence in text.sentences:
        size = sum(len(cut[at]) for at in range(sentence.first, sentence.last))
        if used and used + size > room:
            yield begin, sentence.first
            begin, used = sentence.first, 0
        if size > room:
            for at in range(sentence.first, sentence.last):
                if used + len(cut[at]) > room:
                    yield begin, at
                    begin, used = at, 0
                used += len(cut[at])
        else:
            used += size
    if begin < len(cut):
        yield begin, len(cut)
