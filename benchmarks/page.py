"""What the page costs to open and to use, beside other viewers of the same graph with the same places.

Usage: python benchmarks/page.py [--documents 350 8500 16900] [--folder FOLDER] [--rounds 3] [--longest 180] [--only NAME]
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from statistics import median

from machine import machine
from page_graphs import Drawn, drawn
from page_measure import OUR_CHOICE, Error, first_paint, focus, memory, opened, pan, ticked, typed
from page_viewers import Viewer, empty, viewers


def main() -> None:
    """Measure each size with each viewer and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[350, 8_500, 16_900])
    parser.add_argument("--folder", type=Path, help="where graphs are kept; without, a new one that is removed")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--longest", type=float, default=180.0)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = options.folder or Path(name)
        print(machine(), flush=True)
        nothing = Path(name) / "empty.html"
        nothing.write_text(empty(), encoding="utf-8")
        floor = []
        for _ in range(options.rounds):
            with opened() as held:
                floor.append(first_paint(held, nothing.as_uri(), 30, points=False))
                idle = pan(held, 1)
        print("empty", floor, idle, flush=True)
        for count in options.documents:
            graph = drawn(count, folder)
            print(count, graph.size, len(graph.edges), [(one[0], one[2]) for one in graph.linked(12)], flush=True)
            for viewer in viewers():
                if options.only in viewer.name:
                    row(viewer, graph, Path(name), options, median(floor))


def row(viewer: Viewer, graph: Drawn, folder: Path, options: argparse.Namespace, floor: float) -> None:
    path = folder / "page.html"
    path.write_text(viewer.write(graph), encoding="utf-8")
    address = path.as_uri() + viewer.fragment(graph)
    print(viewer.name, f"{path.stat().st_size / 1e6:.2f} MB, script {viewer.script / 1e3:.1f} KB", flush=True)
    paints = []
    for left in reversed(range(options.rounds)):
        with opened() as held:
            try:
                paints.append(first_paint(held, address, options.longest) - floor)
                if left:
                    continue
                print("  paint", paints, flush=True)
                before = held.spent()
                held.rest()
                print("  to rest", held.spent() - before, "memory", memory(held), flush=True)
                print("  asked", len(held.asked), "said", held.said[:3], flush=True)
                print("  pan", pan(held), flush=True)
                chosen = graph.linked(12)
                if viewer.ours:
                    print("  focus", focus(held, [iri for iri, _, _ in chosen], OUR_CHOICE), flush=True)
                    print("  search", graph.word(), typed(held, graph.word()), flush=True)
                    print("  filter", ticked(held, "Articles"), flush=True)
                else:
                    print("  focus", focus(held, [number for _, number, _ in chosen], viewer.choose), flush=True)
            except Error as error:
                print("  failed", str(error)[:200], flush=True)
                return


if __name__ == "__main__":
    main()
