"""Builds in processes of their own that tests watch and kill."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from newsgraph.storage.folder_lock import HIDDEN

BUILD = """
if __name__ == "__main__":
    from pathlib import Path
    from importlib import import_module
    from newsgraph.pipeline.graph_build import BuildOptions
    from newsgraph.pipeline.folder_build import build_into
    for name in ("pipeline.graph_build", "extraction_cache.partitions"):
        import_module("newsgraph." + name).SIZE = 1
    made = build_into(Path("out"), [Path("in")], BuildOptions(extractor="rules", workers={workers}), ["turtle"])
    print(made.built.read)
"""


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so; give up after so long."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


def kept(folder: Path) -> list[Path]:
    return list((folder / "out" / HIDDEN / "facts").glob("*.msgpack"))


def children(process: int) -> list[int]:
    """List the processes that a process started; Linux tells."""
    return [int(child) for file in Path(f"/proc/{process}/task").glob("*/children") for child in file.read_text().split()]


def is_worker(process: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
