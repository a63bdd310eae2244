"""Write gradient boosted trees for `newsgraph.extract.models.forest`."""

from __future__ import annotations

from collections import defaultdict
from typing import Any


def as_onnx(trees: Any, columns: int) -> bytes:  # noqa: ANN401 - scikit-learn has no types
    """Convert a fitted `HistGradientBoostingClassifier` to an ONNX graph from `rows`, rows by columns, to `chances`, rows by 1.

    skl2onnx 1.20 cannot, as it writes truth values where onnx 1.23 wants numbers.
    """
    from onnx import TensorProto, helper  # noqa: PLC0415 - only to fit

    nodes: dict[str, list[Any]] = defaultdict(list)
    leaves: dict[str, list[Any]] = defaultdict(list)
    for tree, (predictor,) in enumerate(trees._predictors):  # noqa: SLF001 - no public attribute has them
        for number, node in enumerate(predictor.nodes):
            leaf = bool(node["is_leaf"])
            row = {
                "treeids": tree, "nodeids": number, "modes": "LEAF" if leaf else "BRANCH_LEQ", "featureids": 0 if leaf else int(node["feature_idx"]),
                "values": 0.0 if leaf else float(node["num_threshold"]), "truenodeids": 0 if leaf else int(node["left"]),
                "falsenodeids": 0 if leaf else int(node["right"]),
            }  # fmt: skip
            for name, value in row.items():
                nodes[f"nodes_{name}"].append(value)
            if leaf:
                for name, value in {"treeids": tree, "nodeids": number, "ids": 0, "weights": float(node["value"])}.items():
                    leaves[f"target_{name}"].append(value)
    forest = helper.make_node(
        "TreeEnsembleRegressor", ["rows"], ["logits"], domain="ai.onnx.ml", n_targets=1, base_values=[float(trees._baseline_prediction[0, 0])],  # noqa: SLF001
        **nodes, **leaves,
    )  # fmt: skip
    graph = helper.make_graph(
        [forest, helper.make_node("Sigmoid", ["logits"], ["chances"])], "forest",
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, [None, columns])],
        [helper.make_tensor_value_info("chances", TensorProto.FLOAT, [None, 1])],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)], ir_version=8)
    return bytes(model.SerializeToString())
