// force-graph with places that are known beforehand: nothing moves, all points and lines are drawn.
import ForceGraph from "force-graph";

const { x, y, kind, label, source, target, colours } = JSON.parse(document.getElementById("graph").textContent);
const links = source.map((from, at) => ({ source: from, target: target[at] }));
const nodes = x.map((left, id) => ({ id, x: left, y: y[id], fx: left, fy: y[id], name: label[id], color: colours[kind[id]] }));
let chosen = null;
let around = new Set();
const colour = (node) => (chosen === null || around.has(node.id) ? node.color : "#e0e0e0");

const graph = new ForceGraph(document.getElementById("view"))
  .cooldownTicks(0)
  .enableNodeDrag(false)
  .nodeRelSize(12)
  .nodeColor(colour)
  .linkColor(() => "#b8bcc4")
  .graphData({ nodes, links });
graph.zoomToFit(0, 20);

globalThis.choose = (id) => {
  chosen = id;
  around = new Set([id]);
  for (let at = 0; at < source.length; at++) {
    if (source[at] === id) around.add(target[at]);
    if (target[at] === id) around.add(source[at]);
  }
  graph.nodeColor((node) => colour(node));
};
