"""Build the same inputs with two versions of newsgraph and compare every byte that they write.

Usage: python benchmarks/compare_outputs.py REVISION [INPUT ...] [--documents 300] [--ignore NAME ...]

REVISION is a commit of this repository; the other version is the working tree. Without inputs the seed, the example news, both
corpora beside the project where they are there, and generated news are built, in all formats. The exit code is 1 where bytes differ.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from generate import write

ROOT = Path(__file__).resolve().parents[1]
INPUTS = ("seeds", "examples/news", "../shared/corpus/news", "../shared/corpus/powerapps")
# The version of the lists is a digest of all data files. It names the run, and says nothing else of a graph.
_BUILD = """
import sys
import newsgraph as ng
import polars as pl
from newsgraph.export import EXPORTERS
tables = dict(ng.build(sys.argv[1]).tables.tables)
tables["dataset"] = tables["dataset"].with_columns(lexicon_version=pl.lit("lists"), run=pl.lit("https://newsgraph.example.org/id/run/1"))
ng.NewsGraph(ng.GraphTables(tables)).write(sys.argv[2], formats=sorted(EXPORTERS))
"""
HIDDEN = ".newsgraph"  # what a build keeps for the next one is no output


def digests(source: Path, inputs: Path, output: Path) -> dict[str, str]:
    """Build with the package below `source` and return the SHA-256 of each file that was written, by its name."""
    environment = {**os.environ, "PYTHONPATH": str(source / "src")}
    subprocess.run([sys.executable, "-W", "ignore", "-c", _BUILD, str(inputs), str(output)], env=environment, check=True)
    files = sorted(path for path in output.rglob("*") if path.is_file() and HIDDEN not in path.parts)
    return {path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def differences(old: Path, new: Path, inputs: Path, ignored: Sequence[str], scratch: Path) -> list[str]:
    """Return the names of the files that two versions do not write alike."""
    before, after = (digests(source, inputs, scratch / f"{name}-{inputs.name}") for name, source in (("old", old), ("new", new)))
    return [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name) and name not in ignored]


def main() -> None:
    """Compare, and print one line an input."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("revision")
    parser.add_argument("inputs", nargs="*", type=Path)
    parser.add_argument("--documents", type=int, default=300, help="generated documents, where no input is named")
    parser.add_argument("--ignore", nargs="*", default=(), help="files that are meant to differ")
    options = parser.parse_args()
    differ = False
    with TemporaryDirectory(prefix="newsgraph-") as folder:
        scratch = Path(folder)
        old = scratch / "revision"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(old), options.revision], cwd=ROOT, check=True)
        try:
            inputs = options.inputs or [path for path in (ROOT / name for name in INPUTS) if path.is_dir()]
            if not options.inputs:
                write(scratch / "generated", options.documents, mixed=True)
                inputs.append(scratch / "generated")
            for one in inputs:
                found = differences(old, ROOT, one, options.ignore, scratch)
                print(f"{one.name}: {'the same bytes' if not found else 'differ: ' + ', '.join(found)}", flush=True)
                differ = differ or bool(found)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(old)], cwd=ROOT, check=True)
    sys.exit(differ)


if __name__ == "__main__":
    main()
