"""Write a trained net as ONNX, weights in 8 bits (7 used, so that no processor saturates), beside meta.json.

Usage: python export.py IN.pt [OUT_FOLDER]

The graph reads one window of one text at a time: without neighbours and padding its numbers are the same in any batch.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from data import LABELS, TAGS
from model import HEADS, NORM, POSITIONS, WIDTH, Layer, Net, vocabulary
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from newsgraph.extract.models.piece_table import TABLE
from newsgraph.extract.models.word_traits import SHAPES, TRAITS

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "src/newsgraph/data/word_pieces"
STEPS = 63  # 7 bits with sign
MICROSOFT = "com.microsoft"


class Graph:
    """An ONNX graph that grows node by node."""

    def __init__(self) -> None:
        """Begin empty."""
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def add(self, op: str, *inputs: str, domain: str = "", outputs: int = 1, **attributes: object) -> str:
        """Add a node and give the name of its first output; the others are called `NAME_1`, `NAME_2`."""
        name = f"n{len(self.nodes)}"
        names = [name, *(f"{name}_{number}" for number in range(1, outputs))]
        self.nodes.append(helper.make_node(op, list(inputs), names, name=name, domain=domain, **attributes))
        return name

    def hold(self, values: NDArray[np.generic]) -> str:
        """Add a constant and give its name."""
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def shared_table(self, rows: str) -> str:
        """Look rows up in the table of word pieces, which is kept beside the models (`piece_table`)."""
        whole, scales = TABLE
        found = self.add("Cast", self.add("Gather", whole, rows), to=TensorProto.FLOAT)
        return self.add("Mul", found, self.add("Gather", scales, rows))

    def table(self, values: NDArray[np.float32], rows: str) -> str:
        """Look rows up in a table kept in 8 bits, one scale a row."""
        whole, scales = narrow_rows(values)
        found = self.add("Cast", self.add("Gather", self.hold(whole), rows), to=TensorProto.FLOAT)
        return self.add("Mul", found, self.add("Gather", self.hold(scales), rows))

    def dense(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32] | None) -> str:
        """Multiply by a weight of shape (out, in) kept in 8 bits, one scale a column; the input's scale comes from the input."""
        whole, scale, zero = self.narrow(weight)
        inputs = [x, whole, scale, zero] + ([self.hold(bias)] if bias is not None else [])
        return self.add("DynamicQuantizeMatMul", *inputs, domain=MICROSOFT)

    def narrow(self, weight: NDArray[np.float32]) -> tuple[str, str, str]:
        """Hold a weight of shape (out, in) in 8 bits: its numbers as (in, out), one scale a column, and zero points."""
        scale = np.maximum(np.abs(weight).max(1), 1e-12) / STEPS
        whole = np.round(weight / scale[:, None]).astype(np.int8)
        zero = np.zeros(len(scale), np.int8)
        return self.hold(np.ascontiguousarray(whole.T)), self.hold(scale.astype(np.float32)), self.hold(zero)


def narrow_rows(values: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return a table in 8 bits and the scale of each row."""
    scale = np.maximum(np.abs(values).max(1), 1e-12) / 127
    return np.round(values / scale[:, None]).astype(np.int8), scale[:, None].astype(np.float32)


def piece_table(values: NDArray[np.float32]) -> bytes:
    """Write the table of word pieces as `piece_table` expects it: a model of which only the constants are there."""
    made = onnx.ModelProto()
    made.graph.initializer.extend(numpy_helper.from_array(one, name) for name, one in zip(TABLE, narrow_rows(values), strict=True))
    content: bytes = made.SerializeToString(deterministic=True)
    return content


def content_of(model: onnx.ModelProto, words: NDArray[np.float32], shipped: Path = SHIPPED) -> bytes:
    """Return the bytes of a model that reads word pieces; raises ValueError unless its table is the shipped one."""
    table = (shipped / "table.onnx").read_bytes()
    whole = next(iter(onnx.load_from_string(table).graph.initializer))
    if not np.array_equal(numpy_helper.to_array(whole), narrow_rows(words)[0]):
        message = "the net has other word embeddings than the shipped table, which all encoders read"
        raise ValueError(message)
    content: bytes = model.SerializeToString(deterministic=True)
    onnx.checker.check_model(onnx.load_from_string(content + table))
    return content


def build(net: Net) -> onnx.ModelProto:
    """Write the net as a graph: pieces, shapes, traits and places of first pieces in, word probabilities out."""
    graph = Graph()
    x = graph.shared_table("pieces")
    count = graph.add("Slice", graph.add("Shape", "pieces"), graph.hold(np.array([1])), graph.hold(np.array([2])))
    places = graph.add("Slice", graph.hold(np.arange(POSITIONS)), graph.hold(np.array([0])), count)
    x = graph.add("Add", x, graph.table(array_of(net.place.weight), places))
    if net.with_shapes:
        x = graph.add("Add", x, graph.add("Gather", graph.hold(array_of(net.shape_in.weight)), "shapes"))
    if net.with_traits:
        x = graph.add("Add", x, graph.add("MatMul", "traits", graph.hold(array_of(net.trait_in.weight).T.copy())))
    x = graph.add(
        "LayerNormalization", x, graph.hold(array_of(net.norm.weight)), graph.hold(array_of(net.norm.bias)), axis=-1, epsilon=NORM
    )
    for number, layer in enumerate(net.layers):
        x = layer_of(graph, x, layer, last=number == len(net.layers) - 1)
    sides = [x]
    if net.with_shapes:
        sides.append(graph.add("Gather", graph.hold(array_of(net.shape_out.weight)), graph.add("Gather", "shapes", "firsts", axis=1)))
    else:
        sides.append(
            graph.add(
                "Gather",
                graph.hold(array_of(net.shape_out.weight)),
                graph.add("Mul", graph.add("Gather", "shapes", "firsts", axis=1), graph.hold(np.array(0))),
            )
        )
    picked = graph.add("Gather", "traits", "firsts", axis=1)
    trait_out = (
        array_of(net.trait_out.weight).T.copy() if net.with_traits else np.zeros((len(TRAITS), net.trait_out.weight.shape[0]), np.float32)
    )
    sides.append(graph.add("MatMul", picked, graph.hold(trait_out)))
    hidden = plain(graph, graph.add("Concat", *sides, axis=-1), net.hidden)
    logits = plain(graph, graph.add("Gelu", hidden, domain=MICROSOFT), net.tags)
    graph.nodes.append(helper.make_node("Softmax", [logits], ["chances"], axis=-1))
    inputs = [
        helper.make_tensor_value_info("pieces", TensorProto.INT64, [1, "L"]), helper.make_tensor_value_info("shapes", TensorProto.INT64, [1, "L"]),
        helper.make_tensor_value_info("traits", TensorProto.FLOAT, [1, "L", len(TRAITS)]), helper.make_tensor_value_info("firsts", TensorProto.INT64, ["W"]),
    ]  # fmt: skip
    output = helper.make_tensor_value_info("chances", TensorProto.FLOAT, [1, "W", len(TAGS)])
    made = helper.make_graph(graph.nodes, "tagger", inputs, [output], graph.weights)
    model = helper.make_model(
        made, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)], producer_name="newsgraph"
    )
    model.ir_version = 8
    return model


def layer_of(graph: Graph, x: str, layer: Layer, *, last: bool) -> str:
    """Add a layer; of the last one only the states of first pieces are kept."""
    quantised = graph.add("DynamicQuantizeLinear", x, outputs=3)
    whole, scale, zero = graph.narrow(array_of(layer.qkv.weight))
    seen = graph.add(
        "QAttention", quantised, whole, graph.hold(array_of(layer.qkv.bias)), f"{quantised}_1", scale, "", f"{quantised}_2", zero,
        domain=MICROSOFT, num_heads=HEADS,
    )  # fmt: skip
    if last:  # only first pieces are asked for from here on
        seen, x = graph.add("Gather", seen, "firsts", axis=1), graph.add("Gather", x, "firsts", axis=1)
    x = _added(graph, x, graph.dense(seen, array_of(layer.out.weight), array_of(layer.out.bias)), layer.norm)
    inner = graph.add("BiasGelu", graph.dense(x, array_of(layer.up.weight), None), graph.hold(array_of(layer.up.bias)), domain=MICROSOFT)
    return _added(graph, x, graph.dense(inner, array_of(layer.down.weight), array_of(layer.down.bias)), layer.norm_2)


def _added(graph: Graph, x: str, y: str, norm: torch.nn.LayerNorm) -> str:
    held = graph.hold(array_of(norm.weight)), graph.hold(array_of(norm.bias))
    # The fused SkipLayerNormalization takes ten times as long on a processor.
    return graph.add("LayerNormalization", graph.add("Add", x, y), *held, axis=-1, epsilon=NORM)


def plain(graph: Graph, x: str, linear: torch.nn.Linear) -> str:
    """Add a linear layer in floats."""
    return graph.add("Add", graph.add("MatMul", x, graph.hold(array_of(linear.weight).T.copy())), graph.hold(array_of(linear.bias)))


def array_of(tensor: torch.Tensor) -> NDArray[np.float32]:
    """Give a tensor as an array."""
    values: NDArray[np.float32] = tensor.detach().numpy().astype(np.float32)
    return values


def load(path: Path) -> Net:
    """Read a net that `train.py` wrote."""
    saved = torch.load(path)
    pieces = saved["state"]["word.weight"].shape[0]
    net = Net(pieces, saved["layers"], SHAPES if saved["shapes"] else 0, len(TRAITS) if saved["traits"] else 0, len(TAGS))
    net.load_state_dict(saved["state"])
    net.eval()
    return net


def main() -> None:
    """Export one net."""
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "src/newsgraph/data/model"  # noqa: PLR2004 - the second argument
    folder.mkdir(parents=True, exist_ok=True)
    net = load(Path(sys.argv[1]))
    words = array_of(net.word.weight)
    if folder == SHIPPED.parent / "model":
        table = piece_table(words)
        (SHIPPED / "table.onnx").write_bytes(table)
        (SHIPPED / "vocab.txt").write_text("\n".join(vocabulary()[0]) + "\n", encoding="utf-8")
        (SHIPPED / "meta.json").write_text(json.dumps({"sha256": hashlib.sha256(table).hexdigest()}, indent=2) + "\n", encoding="utf-8")
    content = content_of(build(net), words)
    (folder / "tagger.onnx").write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    meta = {
        "labels": [*LABELS, "OTHER"],
        "layers": len(net.layers),
        "sha256": digest,
        "tags": TAGS,
        "version": f"tagger/1-{digest[:8]}",
        "width": WIDTH,
    }
    (folder / "meta.json").write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")
    print(f"{len(content) / 1e6:.1f} MB, {meta['version']}")


if __name__ == "__main__":
    main()
