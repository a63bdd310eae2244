"""Write the shipped reader as a net to go on from: python training/reader/from_shipped.py OUT.pt [--folder SHIPPED].

`fit_reader.py ... --warm OUT.pt` then needs no net of an earlier training, which is too large to be shipped. The weights are those that the
shipped files hold, in 8 bits and 16 bits; exported again they are the same bytes, which is checked.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
import torch
from export_reader import build, packed
from fit_reader import ROOT, save
from measure_reader import head_weights
from numpy.typing import NDArray
from onnx import numpy_helper
from reader_model import Encoder, Reader, new_reader
from torch import nn

from export import array_of, content_of  # isort: skip - found beside the tagger
from newsgraph.extract.models.piece_table import with_piece_table

SHIPPED = ROOT / "src/newsgraph/data/reader"
_PLACES = 4  # constants that only say which places of pieces there are


class Constants:
    """The constants of a graph in the order in which `export_reader.build` writes them."""

    def __init__(self, model: onnx.ModelProto) -> None:
        """Begin with the first."""
        self._left: Iterator[NDArray[np.float32]] = (numpy_helper.to_array(one).astype(np.float32) for one in model.graph.initializer)

    def next(self, weight: nn.Parameter, *, turned: bool = False) -> None:
        """Copy the next constant into a weight; raises ValueError if it has another shape or there is none."""
        values = next(self._left)
        self._copy(weight, values.T if turned else values)

    def rows(self, weight: nn.Parameter) -> None:
        """Copy a table in 8 bits with a scale for each row."""
        whole, scale = next(self._left), next(self._left)
        self._copy(weight, whole * scale)

    def dense(self, weight: nn.Parameter) -> None:
        """Copy a weight in 8 bits with a scale and a zero point for each column."""
        whole, scale, _ = next(self._left), next(self._left), next(self._left)
        self._copy(weight, (whole * scale).T)

    def skip(self, count: int) -> None:
        """Pass over constants that are no weights."""
        for _ in range(count):
            next(self._left)

    def end(self) -> None:
        """Raise ValueError if constants are left."""
        if next(self._left, None) is not None:
            message = "the graph has more constants than export_reader.py writes"
            raise ValueError(message)

    @staticmethod
    def _copy(weight: nn.Parameter, values: NDArray[np.float32]) -> None:
        if tuple(weight.shape) != values.shape:
            message = f"a constant has the shape {values.shape}, and the weight {tuple(weight.shape)}"
            raise ValueError(message)
        weight.copy_(torch.from_numpy(np.ascontiguousarray(values)))


def shipped_net(folder: Path) -> Reader:
    """Return the net of a folder that `export_reader.py` wrote; raises ValueError if it is of another form."""
    net = new_reader(json.loads((folder / "meta.json").read_text(encoding="utf-8"))["layers"])
    with torch.no_grad():
        table = Constants(onnx.load_from_string(with_piece_table(b"")))
        table.rows(net.encoder.word.weight)
        take_encoder(net.encoder, Constants(onnx.load(folder / "encoder.onnx")))
        heads = np.load(folder / "heads.npz")
        for name, weight in net.heads.named_parameters():
            weight.copy_(torch.from_numpy(heads[name].astype(np.float32)))
    again = {"encoder.onnx": content_of(build(net.encoder), array_of(net.encoder.word.weight)), "heads.npz": packed(head_weights(net))}
    if other := [name for name, content in again.items() if (folder / name).read_bytes() != content]:
        message = f"exported again, the net gives other bytes: {', '.join(other)}"
        raise ValueError(message)
    return net


def take_encoder(net: Encoder, constants: Constants) -> None:
    """Copy all weights of the encoder but its words, in the order of `export_reader.build`."""
    constants.skip(_PLACES)
    constants.rows(net.place.weight)
    constants.next(net.shape_in.weight)
    constants.next(net.trait_in.weight, turned=True)
    _norm(net.norm, constants)
    for layer in net.layers:
        constants.dense(layer.qkv.weight)
        constants.next(layer.qkv.bias)
        constants.dense(layer.out.weight)
        constants.next(layer.out.bias)
        _norm(layer.norm, constants)
        constants.dense(layer.up.weight)
        constants.next(layer.up.bias)
        constants.dense(layer.down.weight)
        constants.next(layer.down.bias)
        _norm(layer.norm_2, constants)
    constants.next(net.shape_out.weight)
    constants.next(net.trait_out.weight, turned=True)
    for linear in (net.hidden, net.tags, net.phrase_tags):
        constants.next(linear.weight, turned=True)
        constants.next(linear.bias)
    constants.end()


def _norm(norm: nn.LayerNorm, constants: Constants) -> None:
    constants.next(norm.weight)
    constants.next(norm.bias)


def main() -> None:
    """Write the net."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--folder", type=Path, default=SHIPPED)
    options = parser.parse_args()
    save(shipped_net(options.folder), options.out)


if __name__ == "__main__":
    main()
