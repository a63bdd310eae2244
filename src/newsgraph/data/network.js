// Tooltips are plain text: vis shows a string as text, never as markup.
nodes.update(texts.dots.map(([label, title], id) => ({ id, title })));
edges.update(edges.getIds().map((id, number) => ({ id, title: texts.lines[number] })));

// Choosing a thing fades all that is not linked to it, and names what is: the best connected come first, and more names
// than these would hide one another.
const MOST_NAMES = 24;
const labels = new Map(nodes.get().map((node) => [node.id, node.label]));
function show(chosen) {
  const near = new Set(chosen.flatMap((id) => [id, ...network.getConnectedNodes(id)]));
  const named = new Set([...chosen, ...[...near].sort((a, b) => a - b).slice(0, MOST_NAMES)]);
  nodes.update(nodes.getIds().map((id) => ({
    id,
    opacity: near.size === 0 || near.has(id) ? 1 : 0.15,
    label: near.size === 0 ? labels.get(id) : named.has(id) ? texts.dots[id][0] : " ",
  })));
}
network.on("selectNode", (event) => show(event.nodes));
network.on("deselectNode", (event) => show(event.nodes));
network.fit({ animation: false });

// The address may name a thing by its IRI without base: network.html#company/owkin. One that was replaced leads to the new one.
function showNamed() {
  let name = location.hash.slice(1);
  try {
    name = decodeURIComponent(name);
  } catch {
    // a lone percent sign is taken as it stands
  }
  const id = places.get(name) ?? places.get(location.hash.slice(1));
  if (id === undefined) return;
  network.selectNodes([id]);
  show([id]);
}
addEventListener("hashchange", showNamed);
showNamed();
