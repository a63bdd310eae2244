"""Sentences read once more for a company in them, with its name marked: what the sentence tells of it, and between it and the others.

The states that `sentence_heads` looks at are those of a whole window, made without knowing who is asked about. Here the encoder knows: each
piece of a name has a mark for the kind of the name, and those of the company that is asked about have a mark of their own (after Zhong and
Chen 2021, "A frustratingly easy approach for entity and relation extraction"). It sees one sentence only, so both say more than either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from newsgraph.extract.reader.activations import Array
from newsgraph.extract.reader.encoder import bit_columns
from newsgraph.extract.reader.heads import Span
from newsgraph.extract.reader.labels import KINDS
from newsgraph.extract.reader.sentence_heads import SentenceHeads

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

NO_ROWS: Array = np.zeros((0, 1), np.float32)


@dataclass(frozen=True, slots=True)
class SentencePieces:
    """One sentence for the encoder: its pieces with their shapes and traits, and of its names the kinds and the pieces of all mentions.

    Kinds are numbers of `KINDS`; the first mention of a name is the one that is asked about.
    """

    pieces: Sequence[int]
    shapes: Sequence[int]
    traits: Sequence[int]
    kinds: Sequence[int]
    mentions: Sequence[Sequence[Span]]

    def marks(self, asked: int) -> NDArray[np.int64]:
        """Return a mark for each piece: 0 outside of names, 1 + kind in a name, and as many further on in that of the name `asked`.

        >>> SentencePieces([1] * 6, [], [], [0, 2], [[(0, 2)], [(4, 5)]]).marks(0).tolist()
        [6, 6, 0, 0, 3, 0]
        """
        marks = np.zeros(len(self.pieces), np.int64)
        for name in (*range(len(self.kinds)), asked):
            for begin, end in self.mentions[name]:
                marks[begin:end] = 1 + self.kinds[name] + len(KINDS) * (name == asked)
        return marks


class MarkedReader:
    """A loaded model: an encoder of sentences with marks, and the heads that were trained with it."""

    def __init__(self, session: InferenceSession, heads: SentenceHeads, begin: int, end: int) -> None:
        """Store a session, the heads, and the pieces that begin and end what the encoder reads."""
        self._session, self._heads, self._begin, self._end = session, heads, begin, end

    def read(self, sentence: SentencePieces, asked: int, pairs: Sequence[tuple[int, int]]) -> tuple[Array, Array]:
        """Read a sentence for one of its names; each of the `pairs` of names has it on one side.

        Returns the probabilities of each pair (of nothing, of each of `labels.LINKS`, of each of `sentence_heads.RELATIONS`), and that the
        name has each of `labels.PARTS`.
        """
        states = self._states(sentence, asked)
        spans = [(mentions[0][0] + 1, mentions[0][1] + 1) for mentions in sentence.mentions]
        who, view = self._heads.names(states, spans, sentence.kinds), self._heads.view(states)
        single = self._heads.ones(view, who[asked : asked + 1], spans[asked : asked + 1])[0]
        return self._heads.pairs(view, who, spans, pairs) if pairs else NO_ROWS, single

    def _states(self, sentence: SentencePieces, asked: int) -> Array:
        """Return the states of the pieces, with those that begin and end the sentence."""
        inputs = {
            "pieces": np.array([[self._begin, *sentence.pieces, self._end]]),
            "shapes": np.array([[0, *sentence.shapes, 0]]),
            "traits": bit_columns([0, *sentence.traits, 0])[None],
            "marks": np.pad(sentence.marks(asked), 1)[None],
        }
        states: Array = self._session.run(["states"], inputs)[0][0]
        return states
