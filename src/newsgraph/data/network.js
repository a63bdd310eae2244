// Tooltips are plain text: vis shows a string as text, never as markup.
nodes.update(texts.dots.map(([, title], id) => ({ id, title })));
edges.update(edges.getIds().map((id, number) => ({ id, title: texts.lines[number] })));
network.fit({ animation: false });

// Labels that have room keep their size on the screen, whatever the zoom; the others are small, and grow with the map.
const roomy = new Set(nodes.get().filter((node) => node.font.size > fonts.small).map((node) => node.id));
let large = roomy;
function font(id) {
  const size = Math.max(fonts.small, large.has(id) ? Math.min(fonts.large, fonts.screen / network.getScale()) : 0);
  return { size, strokeWidth: size / 4 };
}
network.on("zoom", () => nodes.update([...large].map((id) => ({ id, font: font(id) }))));

// Choosing a node fades all that is not linked to it and enlarges the labels of what is: those that have room and those of the
// best connected come first, and more than these would hide one another.
const MOST_NAMES = 24;
function show(chosen) {
  const near = new Set(chosen.flatMap((id) => [id, ...network.getConnectedNodes(id)]));
  const ranked = [...near].sort((a, b) => roomy.has(b) - roomy.has(a) || a - b);
  large = near.size === 0 ? roomy : new Set([...chosen, ...ranked.slice(0, MOST_NAMES)]);
  nodes.update(nodes.getIds().map((id) => {
    const shown = near.size === 0 || near.has(id);
    return { id, opacity: shown ? 1 : 0.15, label: shown ? texts.dots[id][0] : " ", font: font(id) };
  }));
}
network.on("selectNode", (event) => show(event.nodes));
network.on("deselectNode", (event) => show(event.nodes));

// The address may name a node by its IRI without base: network.html#company/owkin. One that was replaced leads to the new one.
function showNamed() {
  let name = location.hash.slice(1);
  try {
    name = decodeURIComponent(name);
  } catch {
    // a lone percent sign is taken as it is
  }
  const id = places.get(name) ?? places.get(location.hash.slice(1));
  if (id === undefined) return;
  network.selectNodes([id]);
  show([id]);
}
addEventListener("hashchange", showNamed);
showNamed();
