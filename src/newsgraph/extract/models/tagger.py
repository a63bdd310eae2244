"""The tagger: the probability of each token that it is part of a company's, person's or other name.

A small transformer, run by onnxruntime on one thread. Every window of a text is a batch of its own, so that its probabilities depend on no
other window and no padding; they are rounded before any decision.
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
from newsgraph.extract.models.piece_table import load_word_pieces, with_piece_table
from newsgraph.extract.models.tag_decoding import TAGS, TaggedSpan, decode_spans
from newsgraph.extract.models.word_traits import TRAITS, shapes_of, traits_of
from newsgraph.extract.models.wordpiece import WordPieces
from newsgraph.extract.text.article_text import ArticleText
from newsgraph.extract.text.listed_phrases import find_phrases

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

WINDOW = 256  # word pieces, including the two that begin and end a window
_DECIMALS = 3
_OTHER = (1.0, *[0.0] * (len(TAGS) - 1))


@dataclass(frozen=True, slots=True)
class WordTags:
    """The tagger's output for one text: `rows[i]` holds token i's probability of each of `TAGS`, rounded to three decimals."""

    rows: tuple[tuple[float, ...], ...]

    @property
    def labels(self) -> list[tuple[float, ...]]:
        """Each token's probability of each of `LABELS` and of being no name: rows of six."""
        if not self.rows:
            return []
        rows = np.array(self.rows)
        return list(map(tuple, np.concatenate([np.round(rows[:, 1::2] + rows[:, 2::2], _DECIMALS), rows[:, :1]], axis=1).tolist()))

    def spans(self, text: ArticleText) -> list[TaggedSpan]:
        """Return the names in the text that the probabilities belong to."""
        return decode_spans(self.rows, text.sentences)


def mean_tags(one: WordTags, other: WordTags) -> WordTags:
    """Return the mean of what two models say of a text: their errors differ, so that both together are right more often."""
    if not one.rows:
        return one
    mean = (np.array(one.rows) + np.array(other.rows)) / 2
    return WordTags(tuple(map(tuple, np.round(mean, _DECIMALS).tolist())))


class Tagger:
    """A loaded model with its version."""

    def __init__(self, session: InferenceSession, pieces: WordPieces, version: str) -> None:
        """Store a session of the model, its word pieces and its version; see `load_tagger`."""
        self._session = session
        self._pieces = pieces
        self.version = version

    def tag(self, texts: Sequence[ArticleText], lexicon: Lexicon | None = None) -> list[WordTags]:
        """Tag texts; equal texts have equal probabilities, whatever else is in `texts`.

        Words are looked up in `lexicon`, by default the shipped one.
        """
        lexicon = lexicon or load_lexicon()
        return [self._tag(text, lexicon) for text in texts]

    def _tag(self, text: ArticleText, lexicon: Lexicon) -> WordTags:
        shapes = shapes_of(text)
        traits = _bit_columns(traits_of(text, find_phrases(text, lexicon), lexicon))
        pieces = [self._pieces.cut(token) for token in text.tokens]
        rows: list[tuple[float, ...]] = [_OTHER] * len(pieces)
        for first, last in _windows(text, pieces):
            chances = self._run(pieces[first:last], shapes[first:last], traits[first:last])
            rows[first:last] = map(tuple, np.round(chances.astype(np.float64), _DECIMALS).tolist())
        return WordTags(tuple(rows))

    def _run(self, words: Sequence[tuple[int, ...]], shapes: Sequence[int], traits: NDArray[np.float32]) -> NDArray[np.float32]:
        sizes = np.array([len(pieces) for pieces in words])
        numbers = [self._pieces.begin, *(number for pieces in words for number in pieces), self._pieces.end]
        edge = np.zeros(1, np.int64)
        none = np.zeros((1, len(TRAITS)), np.float32)
        inputs = {
            "pieces": np.array([numbers]),
            "shapes": np.concatenate([edge, np.repeat(shapes, sizes), edge])[None],
            "traits": np.concatenate([none, np.repeat(traits, sizes, axis=0), none])[None],
            "firsts": np.cumsum(sizes) - sizes + 1,
        }
        chances: NDArray[np.float32] = self._session.run(["chances"], inputs)[0][0]
        return chances


@cache
def load_tagger(threads: int = 1) -> Tagger:
    """Load the shipped model once; `threads` is how many threads one call uses.

    Raises MissingExtraError if onnxruntime is not installed, and InputError if the model is damaged or missing.
    """
    return open_tagger(files("newsgraph") / "data" / "model", threads)


def open_tagger(folder: Traversable, threads: int = 1) -> Tagger:
    """Open the model in a folder (`tagger.onnx`, `meta.json`). Raises what `load_tagger` raises."""
    if not (folder / "tagger.onnx").is_file():
        raise InputError(str(folder), "holds no model of a tagger", "Use --extractor rules, or reinstall newsgraph.")
    content = (folder / "tagger.onnx").read_bytes()
    meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    if hashlib.sha256(content).hexdigest() != meta["sha256"] or meta["tags"] != list(TAGS):
        raise InputError(str(folder / "tagger.onnx"), "is not the model that meta.json describes", "Reinstall newsgraph.")
    return Tagger(open_session(content, threads), load_word_pieces(), meta["version"])


def open_session(content: bytes, threads: int) -> InferenceSession:
    """Open a model, without the table of word pieces, that gives the same numbers at each run.

    Raises MissingExtraError if onnxruntime is not installed, and InputError if the table is damaged.
    """
    try:
        import onnxruntime  # noqa: PLC0415 - slow to load, and the rules do not need it
    except ImportError as error:
        where = "--extractor names"
        raise MissingExtraError(where, "onnxruntime", "", "Install it, or use --extractor rules.") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.use_deterministic_compute = True
    # The fused normalization is ten times as slow as its two parts.
    whole = with_piece_table(content)
    return onnxruntime.InferenceSession(whole, options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"])


def _bit_columns(traits: Sequence[int]) -> NDArray[np.float32]:
    column = np.array(traits, dtype=np.int64).reshape(-1, 1)
    return ((column >> np.arange(len(TRAITS))) & 1).astype(np.float32)


def _windows(text: ArticleText, pieces: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Yield runs of whole sentences that fit a window; a sentence that is too long is cut between tokens."""
    room = WINDOW - 2
    begin, used = 0, 0
    for sentence in text.sentences:
        size = sum(len(pieces[at]) for at in range(sentence.first, sentence.last))
        if used and used + size > room:
            yield begin, sentence.first
            begin, used = sentence.first, 0
        if size > room:
            for at in range(sentence.first, sentence.last):
                if used + len(pieces[at]) > room:
                    yield begin, at
                    begin, used = at, 0
                used += len(pieces[at])
        else:
            used += size
    if begin < len(pieces):
        yield begin, len(pieces)
