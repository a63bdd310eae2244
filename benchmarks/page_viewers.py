"""Pages of one graph by several viewers, all with the same places: ours, pyvis, force-graph and Cytoscape.js."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import Template

import pyvis._version as pyvis_version
from pyvis.network import Network

from newsgraph.explorer import page
from newsgraph.explorer.explorer_page import resource
from page_graphs import Drawn

VIEWERS = Path(__file__).parent / "viewers"
_SCRIPT = re.compile(r"<script\b[^>]*>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Viewer:
    """A way to look at a graph. `write` gives the page's text; `choose` is a function of the page's that shows a node by its number."""

    name: str
    script: int
    write: Callable[[Drawn], str]
    choose: str = ""
    fragment: Callable[[Drawn], str] = lambda _: ""

    @property
    def ours(self) -> bool:
        """Whether this is newsgraph's own page."""
        return self.name.startswith("newsgraph")


def viewers() -> list[Viewer]:
    """List the viewers that can be used here; those of Node.js are missing where their packages are."""
    script = _packed(resource("explorer.js")) + _packed(resource("views.js"))
    found = [
        Viewer("newsgraph", script, lambda graph: page(graph.data)),
        Viewer("newsgraph, all kinds shown", script, lambda graph: page(graph.data), fragment=_every_kind),
        Viewer(f"pyvis {pyvis_version.__version__}, all nodes", _pyvis_script(), _pyvis, "(number) => network.selectNodes([number])"),
    ]
    for package, module in (("force-graph", "force_graph"), ("cytoscape", "cytoscape")):
        made = bundle(module)
        if made:
            version = json.loads((VIEWERS / "node_modules" / package / "package.json").read_text(encoding="utf-8"))["version"]
            found.append(Viewer(f"{package} {version}", _packed(made), _page_of(made), "(number) => choose(number)"))
    return found


def empty() -> str:
    """Give a page with nothing in it: what a browser costs by itself."""
    return Template((VIEWERS / "page.html").read_text(encoding="utf-8")).substitute(title="Nothing", graph="{}", script="")


def _packed(script: str) -> int:
    return len(gzip.compress(script.encode(), mtime=0))


def _every_kind(graph: Drawn) -> str:
    return "#?kinds=" + ",".join(kind["name"] for kind in graph.core["kinds"])


def bundle(module: str) -> str:
    """Make one script of an adapter and its library; nothing where Node.js or the packages are missing."""
    program = VIEWERS / "node_modules" / ".bin" / "esbuild"
    if shutil.which("node") is None or not program.exists():
        return ""
    command = [str(program), str(VIEWERS / f"{module}.js"), "--bundle", "--minify", "--format=iife", "--charset=ascii"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _page_of(made: str) -> Callable[[Drawn], str]:
    template = Template((VIEWERS / "page.html").read_text(encoding="utf-8"))

    def write(graph: Drawn) -> str:
        nodes, kinds = graph.core["nodes"], graph.core["kinds"]
        data = {
            "x": nodes["x"], "y": nodes["y"], "label": nodes["label"],
            "kind": [number for number, kind in enumerate(kinds) for _ in range(kind["count"])],
            "colours": [kind["colour"] for kind in kinds],
            "source": [source for source, _ in graph.edges], "target": [target for _, target in graph.edges],
        }  # fmt: skip
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
        return template.substitute(title="Graph", graph=text, script=made.replace("</script", "<\\/script"))

    return write


def _network() -> Network:
    """Make a network as pyvis makes it, without its own layout: as the places are known, nothing has to move."""
    network = Network(height="100vh", width="100%", directed=True, cdn_resources="in_line")
    network.set_options(json.dumps({"physics": {"enabled": False}, "edges": {"smooth": False}, "interaction": {"dragNodes": False}}))
    return network


def _pyvis(graph: Drawn) -> str:
    network = _network()
    nodes, kinds = graph.core["nodes"], graph.core["kinds"]
    colours = [kind["colour"] for kind in kinds for _ in range(kind["count"])]
    for number, (x, y, label) in enumerate(zip(nodes["x"], nodes["y"], nodes["label"], strict=True)):
        network.add_node(number, label=label[:40] or " ", x=x, y=y, color=colours[number])
    for source, target in graph.edges:
        network.add_edge(source, target)
    text: str = network.generate_html()
    return text


def _pyvis_script() -> int:
    return _packed("".join(_SCRIPT.findall(_network().generate_html())))
