"""Write a trained reader: encoder.onnx and marked.onnx (weights in 8 bits), their heads (floats of 16 bits) and meta.json.

Usage: python training/reader/export_reader.py NET.pt ... OUT_FOLDER --sentences HEADS.pt --marked MARKED.pt [--settings SETTINGS.json]

Several nets, of which each went on from the one before, are written as the mean of their weights, which is better than any of them
(Wortsman et al. 2022, "Model soups").
The graph reads one window of one text at a time: without neighbours and padding its numbers are the same in any batch.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import onnx
import torch
from marked_model import MarkedReader, load_marked
from measure_reader import head_weights, load_net
from onnx import TensorProto, helper
from reader_model import NORM, Encoder

from export import MICROSOFT, Graph, array_of, content_of, layer_of, plain  # isort: skip - found beside the tagger
from newsgraph.extract.models.tag_decoding import TAGS
from newsgraph.extract.models.word_traits import TRAITS
from newsgraph.extract.reader.labels import LINKS, PARTS, PHRASE_TAGS
from newsgraph.extract.reader.windows import LONGEST

_WIDTH = 384
_DAY = (1980, 1, 1, 0, 0, 0)


def _states(graph: Graph, net: Encoder, marks: torch.nn.Embedding | None = None) -> str:
    """Add the layers of an encoder; with `marks` the graph has one more input."""
    x = graph.shared_table("pieces")
    count = graph.add("Slice", graph.add("Shape", "pieces"), graph.hold(np.array([1])), graph.hold(np.array([2])))
    places = graph.add("Slice", graph.hold(np.arange(LONGEST)), graph.hold(np.array([0])), count)
    x = graph.add("Add", x, graph.table(array_of(net.place.weight), places))
    x = graph.add("Add", x, graph.add("Gather", graph.hold(array_of(net.shape_in.weight)), "shapes"))
    x = graph.add("Add", x, graph.add("MatMul", "traits", graph.hold(array_of(net.trait_in.weight).T.copy())))
    if marks is not None:
        x = graph.add("Add", x, graph.add("Gather", graph.hold(array_of(marks.weight)), "marks"))
    x = graph.add(
        "LayerNormalization", x, graph.hold(array_of(net.norm.weight)), graph.hold(array_of(net.norm.bias)), axis=-1, epsilon=NORM
    )
    for layer in net.layers:
        x = layer_of(graph, x, layer, last=False)
    graph.nodes.append(helper.make_node("Identity", [x], ["states"]))
    return x


def build(net: Encoder) -> onnx.ModelProto:
    """Write the encoder as a graph: pieces, shapes and traits in; states, probabilities of tags and of phrase tags out, for each piece."""
    graph = Graph()
    x = _states(graph, net)
    shape_side = graph.add("Gather", graph.hold(array_of(net.shape_out.weight)), "shapes")
    trait_side = graph.add("MatMul", "traits", graph.hold(array_of(net.trait_out.weight).T.copy()))
    hidden = graph.add("Gelu", plain(graph, graph.add("Concat", x, shape_side, trait_side, axis=-1), net.hidden), domain=MICROSOFT)
    graph.nodes.append(helper.make_node("Softmax", [plain(graph, hidden, net.tags)], ["tags"], axis=-1))
    graph.nodes.append(helper.make_node("Softmax", [plain(graph, hidden, net.phrase_tags)], ["phrases"], axis=-1))
    return _model(graph, "reader", {"states": _WIDTH, "tags": len(TAGS), "phrases": len(PHRASE_TAGS)})


def build_marked(net: MarkedReader) -> onnx.ModelProto:
    """Write the encoder of marked sentences: pieces, shapes, traits and marks in, states out."""
    graph = Graph()
    _states(graph, net.encoder, net.mark)
    return _model(graph, "marked", {"states": _WIDTH}, ("marks",))


def _model(graph: Graph, name: str, outputs_of: dict[str, int], further: tuple[str, ...] = ()) -> onnx.ModelProto:
    whole, real = TensorProto.INT64, TensorProto.FLOAT
    inputs = [helper.make_tensor_value_info(one, whole, [1, "L"]) for one in ("pieces", "shapes", *further)]
    inputs.append(helper.make_tensor_value_info("traits", real, [1, "L", len(TRAITS)]))
    outputs = [helper.make_tensor_value_info(one, real, [1, "L", width]) for one, width in outputs_of.items()]
    made = helper.make_graph(graph.nodes, name, inputs, outputs, graph.weights)
    model = helper.make_model(
        made, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)], producer_name="newsgraph"
    )
    model.ir_version = 8
    return model


def packed(weights: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]) -> bytes:
    """Write weights as an npz file that is the same at each run."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, value in sorted(weights.items()):
            one = BytesIO()
            np.save(one, value.astype(np.float16), allow_pickle=False)
            file.writestr(zipfile.ZipInfo(f"{name}.npy", _DAY), one.getvalue(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def main() -> None:
    """Export one net, or the mean of several."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("nets", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    parser.add_argument("--sentences", type=Path, required=True, help="what fit_sentence_heads.py wrote for this net")
    parser.add_argument("--marked", type=Path, required=True, help="what fit_marked_reader.py wrote")
    parser.add_argument("--settings", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    net = load_net(*options.nets)
    words, marked = array_of(net.encoder.word.weight), load_marked(options.marked, len(net.encoder.word.weight))
    files = {"encoder.onnx": content_of(build(net.encoder), words), "heads.npz": packed(head_weights(net))}
    files["marked.onnx"] = content_of(build_marked(marked), array_of(marked.encoder.word.weight))
    files["marked_heads.npz"] = packed({name: value.numpy() for name, value in marked.heads.state_dict().items()})
    sentence_heads = {name: value.numpy() for name, value in torch.load(options.sentences).items()}
    files["sentence_heads.npz"] = packed(sentence_heads)
    for name, content in files.items():
        (options.out / name).write_bytes(content)
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    meta = {
        "layers": len(net.encoder.layers), "links": len(LINKS), "parts": len(PARTS), "settings": json.loads(options.settings.read_text()) if options.settings else {},
        "sha256": digests, "tags": TAGS, "phrase_tags": PHRASE_TAGS, "version": f"reader/1-{digests['encoder.onnx'][:8]}",
    }  # fmt: skip
    (options.out / "meta.json").write_text(json.dumps(meta, indent=2) + "\n", encoding="utf-8")
    print(f"{sum(map(len, files.values())) / 1e6:.1f} MB, {meta['version']}")


if __name__ == "__main__":
    main()
