// Cytoscape.js with places that are known beforehand, and what its documentation advises for large graphs: straight lines without
// arrows, textures while moving, lines hidden while moving.
import cytoscape from "cytoscape";

const { x, y, kind, label, source, target, colours } = JSON.parse(document.getElementById("graph").textContent);
const nodes = x.map((left, id) => ({ data: { id: `n${id}`, label: label[id], colour: colours[kind[id]] }, position: { x: left, y: y[id] } }));
const edges = source.map((from, at) => ({ data: { id: `e${at}`, source: `n${from}`, target: `n${target[at]}` } }));

const graph = cytoscape({
  container: document.getElementById("view"),
  elements: { nodes, edges },
  layout: { name: "preset", fit: true, padding: 20 },
  style: [
    { selector: "node", style: { "background-color": "data(colour)", width: 24, height: 24 } },
    { selector: "edge", style: { "curve-style": "haystack", width: 2, "line-color": "#b8bcc4" } },
    { selector: ".faded", style: { opacity: 0.15 } },
  ],
  autoungrabify: true,
  pixelRatio: 1,
  hideEdgesOnViewport: true,
  textureOnViewport: true,
});

globalThis.choose = (id) => {
  const near = graph.getElementById(`n${id}`).closedNeighborhood();
  graph.batch(() => {
    graph.elements().addClass("faded");
    near.removeClass("faded");
  });
};
