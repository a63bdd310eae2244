"""The encoder of sentences in which one name is marked, with its heads."""

from __future__ import annotations

from pathlib import Path

import torch
from reader_model import Encoder
from sentence_model import WIDTH, SentenceHeads
from torch import Tensor, nn

from newsgraph.extract.reader.labels import KINDS

MARKS = 1 + 2 * len(KINDS)
"""Marks of pieces, see `marked_sentences.SentencePieces.marks`."""


class MarkedReader(nn.Module):  # type: ignore[misc,unused-ignore] # types are checked without torch too
    """An encoder that is told which pieces are names, and of which name is asked; the heads are those of single sentences."""

    def __init__(self, encoder: Encoder) -> None:
        """Begin with an encoder that has been trained, and heads and marks without weights of worth."""
        super().__init__()
        self.encoder, self.heads = encoder, SentenceHeads()
        self.mark = nn.Embedding(MARKS, WIDTH)
        nn.init.normal_(self.mark.weight, std=0.02)

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Give logits of pairs and of the parts of single names, as `SentenceHeads` does."""
        return self.heads({**batch, "states": self.states(batch)})  # type: ignore[no-any-return,unused-ignore]

    def states(self, batch: dict[str, Tensor]) -> Tensor:
        """Give the states of all pieces, (sentences, pieces, WIDTH)."""
        own, pieces, shapes = self.encoder, batch["pieces"], batch["shapes"]
        x = own.word(pieces) + own.place.weight[: pieces.shape[1]] + own.shape_in(shapes) + own.trait_in(batch["traits"])
        x = own.drop(own.norm(x + self.mark(batch["marks"])))
        added = (1.0 - batch["mask"].float()[:, None, None, :]) * -1e4
        for layer in own.layers:
            x = layer(x, added)
        return x


def load_marked(path: Path, pieces: int) -> MarkedReader:
    """Read what `fit_marked_reader.py` wrote; `pieces` is the size of the vocabulary."""
    state = torch.load(path)
    layers = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layers."))
    net = MarkedReader(Encoder(pieces, layers))
    net.load_state_dict(state)
    net.eval()
    return net
