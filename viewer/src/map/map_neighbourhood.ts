/** The chosen node and what it is linked to, drawn above the dimmed map. */

import type { Graph } from "../data/graph.js";
import type { Camera } from "./camera.js";
import { growth, radius, type Colours, type Scene } from "./scene.js";
import { trace } from "./shape_paths.js";

export interface MapNeighbour {
  node: number;
  /** By an edge, not only through articles. */
  direct: boolean;
  count: number;
}

/**
 * The neighbours of a node, the closest first: edges before links through articles, articles last. Who published those articles says
 * little, and lies far away: providers are among them only where they are shown.
 */
export function mapNeighbours(graph: Graph, scene: Scene, mask: Uint8Array, node: number): MapNeighbour[] {
  const [first, past] = graph.range("provider");
  const found = new Map<number, MapNeighbour>();
  for (const { other, edge, count } of graph.links(node)) {
    if (edge < 0 && other >= first && other < past && !mask[other]) continue;
    const known = found.get(other);
    if (known) known.count += count;
    else if (other !== node) found.set(other, { node: other, direct: edge >= 0, count });
  }
  const weight = (one: MapNeighbour): number => (scene.weight[one.node] as number) + (one.direct ? 1 : 0) + Math.log2(one.count) / 4 - (graph.isArticle(one.node) ? 3 : 0);
  return [...found.values()].sort((a, b) => weight(b) - weight(a) || a.node - b.node);
}

export function paintNeighbourhood(context: CanvasRenderingContext2D, scene: Scene, node: number, around: readonly MapNeighbour[], colours: Colours, camera: Camera, unit: number, chosenUnit: number): void {
  const x = camera.screenX(scene.x[node] as number);
  const y = camera.screenY(scene.y[node] as number);
  for (const direct of [false, true]) {
    context.beginPath();
    for (const one of around) {
      if (one.direct !== direct) continue;
      context.moveTo(x, y);
      context.lineTo(camera.screenX(scene.x[one.node] as number), camera.screenY(scene.y[one.node] as number));
    }
    context.strokeStyle = direct ? colours.muted : colours.line;
    context.globalAlpha = Math.min(1, Math.max(0.12, 16 / Math.sqrt(around.length + 1) / 2)) * (direct ? 0.75 : 0.6);
    context.lineWidth = direct ? 1.25 : 1;
    context.stroke();
  }
  context.globalAlpha = 1;
  const kinds = new Map<number, number[]>();
  for (const one of around) {
    const kind = scene.kind[one.node] as number;
    const nodes = kinds.get(kind);
    if (nodes) nodes.push(one.node);
    else kinds.set(kind, [one.node]);
  }
  for (const [kind, nodes] of kinds) shapes(context, scene, nodes, kind, colours, camera, unit);
  shapes(context, scene, [node], scene.kind[node] as number, colours, camera, chosenUnit);
  ring(context, scene, node, colours, camera, chosenUnit);
}

function shapes(context: CanvasRenderingContext2D, scene: Scene, nodes: readonly number[], kind: number, colours: Colours, camera: Camera, unit: number): void {
  const grown = growth(camera.zoom);
  context.beginPath();
  for (const node of nodes) trace(context, scene.shapes[kind] ?? "disc", camera.screenX(scene.x[node] as number), camera.screenY(scene.y[node] as number), radius(scene.weight[node] as number, unit, grown));
  context.strokeStyle = colours.ground;
  context.lineWidth = 2;
  context.stroke();
  context.fillStyle = colours.kinds[kind] ?? colours.muted;
  context.fill();
}

/** Mark a node: the chosen one, or that under the pointer. */
export function ring(context: CanvasRenderingContext2D, scene: Scene, node: number, colours: Colours, camera: Camera, unit: number): void {
  const size = radius(scene.weight[node] as number, unit, growth(camera.zoom)) + 4;
  context.beginPath();
  context.arc(camera.screenX(scene.x[node] as number), camera.screenY(scene.y[node] as number), size, 0, 7);
  context.strokeStyle = colours.ground;
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.stroke();
}
