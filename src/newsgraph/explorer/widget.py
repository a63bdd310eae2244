"""The page's viewer as a notebook widget; the selection in it is available in Python."""

from __future__ import annotations

from typing import Any

import anywidget
import polars as pl
import traitlets

from newsgraph.core.graph_tables import GraphTables, nodes
from newsgraph.explorer import Payload, payload
from newsgraph.explorer.explorer_page import resource
from newsgraph.explorer.static_svg import static_svg

HEIGHT = 640  # pixels that a notebook shows without scrolling


class Explorer(anywidget.AnyWidget):
    """A viewer of one graph; `chosen` lists the IRIs, without the graph's base, of the selection: a node, or the two ends of a link.

    Set `chosen` to select from Python. A notebook without widgets shows a static picture instead.
    """

    _esm = resource("widget.js")
    _css = resource("explorer.css")
    core_block = traitlets.Bytes(read_only=True).tag(sync=True)
    texts = traitlets.Bytes(read_only=True).tag(sync=True)
    height = traitlets.Int(HEIGHT).tag(sync=True)
    chosen = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, graph: GraphTables, height: int = HEIGHT, engine: str = "networkx") -> None:
        """Show a graph; `height` is in pixels, `engine` finds the communities (see `explorer_page.payload`)."""
        self._graph = graph
        self._data: Payload = payload(graph, engine)
        super().__init__(height=height)
        self.base: str = (graph["dataset"]["base"].to_list() or [""])[0] or ""
        self.set_trait("core_block", self._data.core)
        self.set_trait("texts", self._data.texts)

    @property
    def selection(self) -> pl.DataFrame:
        """The selection as columns iri, kind, label, articles: no row, one node, or the two ends of a link."""
        order = pl.DataFrame({"iri": [self.base + iri for iri in self.chosen]}, schema={"iri": pl.String})
        return order.join(nodes(self._graph), on="iri", how="inner", maintain_order="left")

    def choose(self, name: str | None) -> None:
        """Select a node by any of its names or its IRI, or nothing with None. Raises `UnknownNameError`."""
        from newsgraph.core.name_lookup import name_index  # noqa: PLC0415 - loaded when it is asked

        self.chosen = [] if name is None else [name_index(self._graph).find(name).removeprefix(self.base)]

    def _repr_mimebundle_(self, **options: Any) -> Any:  # noqa: ANN401 - the notebook's protocol
        """Return the widget, and a static picture for programs that cannot show it."""
        output = super()._repr_mimebundle_(**options)
        bundle = output[0] if isinstance(output, tuple) else output
        if bundle is None:
            return None
        bundle = {**bundle, "image/svg+xml": static_svg(self._data.core), "text/plain": f"newsgraph: {self._data.summary}"}
        return (bundle, output[1]) if isinstance(output, tuple) else bundle
