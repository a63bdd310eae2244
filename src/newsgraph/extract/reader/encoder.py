"""The encoder: states of word pieces and probabilities of tags, by onnxruntime on one thread, one window at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from newsgraph.extract.models.word_traits import TRAITS

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Array = NDArray[np.float32]


class Encoder(Protocol):
    """Anything that gives states, probabilities of tags and of phrase tags for each piece of one window."""

    def encode(self, pieces: Sequence[int], shapes: Sequence[int], traits: Sequence[int]) -> tuple[Array, Array, Array]:
        """Return three arrays with a row for each piece."""
        ...


class OnnxEncoder:
    """The encoder as an ONNX graph."""

    def __init__(self, session: InferenceSession) -> None:
        """Store a session."""
        self._session = session

    def encode(self, pieces: Sequence[int], shapes: Sequence[int], traits: Sequence[int]) -> tuple[Array, Array, Array]:
        """Return states, probabilities of tags and of phrase tags of each piece."""
        inputs = {"pieces": np.array([pieces]), "shapes": np.array([shapes]), "traits": bit_columns(traits)[None]}
        states, tags, phrases = self._session.run(["states", "tags", "phrases"], inputs)
        return states[0], tags[0], phrases[0]


def bit_columns(traits: Sequence[int]) -> Array:
    """Return the bits of traits as columns of floats."""
    column = np.array(traits, dtype=np.int64).reshape(-1, 1)
    bits: Array = ((column >> np.arange(len(TRAITS))) & 1).astype(np.float32)
    return bits
