"""What the page costs to open and to use, beside other viewers of the same graph with the same places.

Usage: python benchmarks/page.py [--documents 350 8500 16900] [--folder FOLDER] [--rounds 3] [--longest 180] [--only NAME]

Needs Chromium and playwright; force-graph and Cytoscape.js are there after `npm ci --ignore-scripts` in `benchmarks/viewers`. Every page
opens from disk, closed to the network, without a graphics card: WebGL and canvases are drawn by the processor. All times are processor
times, so that other work on the machine changes them little; they are medians.

`first paint` is what pages and drawing take until points are on the screen, less what an empty page takes; `at rest` is until the script has nothing more to do (the search is ready). `pan` is a frame of a drag:
`main thread` is what any machine pays, `all` counts drawing, which a graphics card takes over. `focus` chooses a company that is linked
with fewer than 500 things, of those the most linked ones: `script` is the update of everything with the frame that draws it (`its frame`
alone in the next column), `its whole` adds style, layout and painting. `search` is a letter typed, with the list of what is found,
`filter` a kind (articles) shown or hidden, both with style and layout. `memory` is that of the page's process after opening. Of all
viewers only newsgraph does not draw all nodes at first: articles and providers come on request; the second row shows all of them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Error

from machine import machine
from page_graphs import Drawn, drawn
from page_measure import OUR_CHOICE, Start, focus, memory, opened, pan, start, ticked, typed
from page_table import Figures, cells, head, line
from page_viewers import Viewer, empty, viewers

_CHOICES = 12
_WARM = 30  # seconds that an empty page may take


def main() -> None:
    """Measure each size with each viewer and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[350, 8_500, 16_900], help="of each graph; one gives about six nodes")
    parser.add_argument("--folder", type=Path, help="where graphs are kept for the next time")
    parser.add_argument("--rounds", type=int, default=3, help="how often a page is opened")
    parser.add_argument("--longest", type=float, default=180.0, help="seconds that a viewer may take to draw")
    parser.add_argument("--only", default="", help="viewers with this in their names")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        pages = Path(name)
        chosen = [viewer for viewer in viewers() if options.only in viewer.name]
        print(machine(), flush=True)
        floor = _floor(pages, options.rounds)
        print(f"\n{head()}", flush=True)
        for count in options.documents:
            graph = drawn(count, options.folder or pages)
            for viewer in chosen:
                title = f"{viewer.name}: {graph.size:,} nodes, {len(graph.edges):,} links"
                try:
                    found = measured(viewer, graph, pages, floor, options)
                    print(line(title, cells(found, graph.core["total"], budgets=viewer.ours)), flush=True)
                except Error as error:
                    print(line(title, [f"failed: {error.message.splitlines()[0]}"]), flush=True)


def _floor(pages: Path, rounds: int) -> float:
    """Measure an empty page; gives what it takes to open."""
    path = pages / "empty.html"
    path.write_text(empty(), encoding="utf-8")
    taken = []
    for _ in range(rounds):
        with opened() as held:
            taken.append(start(held, path.as_uri(), _WARM, points=False).paint)
            moved = pan(held, 1)
    print(
        f"An empty page takes {median(taken):.2f} CPU s, and {moved.main:.1f} ms of the main thread a frame of a drag ({moved.all:.1f} in all)."
    )
    return median(taken)


def measured(viewer: Viewer, graph: Drawn, pages: Path, floor: float, options: argparse.Namespace) -> Figures:
    """Take all figures of a viewer; raises playwright's `Error` where it draws nothing."""
    path = pages / "page.html"
    path.write_text(viewer.write(graph), encoding="utf-8")
    size = path.stat().st_size
    address = path.as_uri() + viewer.fragment(graph)
    starts = []
    for _ in range(options.rounds - 1):
        with opened() as held:
            starts.append(start(held, address, options.longest))
    with opened() as held:
        starts.append(start(held, address, options.longest))
        holding = memory(held)
        moved = pan(held)
        linked = graph.linked(_CHOICES)
        choices = [iri if viewer.ours else number for iri, number, _ in linked]
        shown = focus(held, choices, OUR_CHOICE if viewer.ours else viewer.choose) if choices else None
        letters = typed(held, graph.word()) if viewer.ours else []
        filtered = median(ticked(held, "Articles")) if viewer.ours and graph.core["complete"] else None
        return Figures(
            core=(size - 4 * len(graph.data.texts) / 3) / 1e6 if viewer.ours else None,
            page=size / 1e6,
            script=viewer.script / 1e3,
            asked=len(held.asked),
            said=len(held.said),
            start=Start(*(max(median(column) - floor, 0.0) for column in zip(*((one.paint, one.rest) for one in starts), strict=True))),
            pan=moved,
            focus=shown,
            search=(median(letters), max(letters)) if letters else None,
            filtered=filtered,
            memory=holding,
        )


if __name__ == "__main__":
    main()
