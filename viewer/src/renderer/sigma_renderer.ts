/** Points and lines by sigma: it keeps the buffers and draws; the camera, picking and labels are ours. */

import Graph from "graphology";
import Sigma from "sigma";
import { h } from "../dom.js";
import type { Camera } from "./camera.js";
import { lineAlpha } from "./canvas_renderer.js";
import { programs, rgb, type Look } from "./point_program.js";
import type { Renderer } from "./renderer.js";
import { growth, radius, type Colours, type Scene, type Shown } from "./scene.js";

const SIDE = 65535;

export function makeSigmaRenderer(scene: Scene, failed: () => void): Renderer {
  const element = h("div", { class: "ng-map-base" });
  const look: Look = { colours: null, shapes: scene.shapes, scale: 1, lines: true };
  const { Points, Lines } = programs(look);
  let sigma: Sigma | null = null;
  let shown: Shown | null = null;
  let fresh = false;

  const graphOf = ({ order, lines }: Shown): Graph => {
    const graph = new Graph({ multi: true, type: "undirected", allowSelfLoops: false });
    for (const node of order) {
      graph.addNode(node, { x: scene.x[node], y: SIDE - (scene.y[node] as number), size: radius(scene.weight[node] as number, 1, 1), zIndex: scene.kind[node] });
    }
    const alpha = lineAlpha(lines.length);
    const color = `rgba(${rgb(look.colours?.line ?? "#888888").map((part) => Math.round(part * alpha * 255)).join(",")},${alpha})`;
    for (const line of lines) graph.addEdgeWithKey(line, scene.from[line], scene.to[line], { color });
    return graph;
  };
  const settle = (): void => {
    if (!fresh || !shown) return;
    fresh = false;
    const graph = graphOf(shown);
    if (sigma) {
      sigma.setGraph(graph);
      return;
    }
    sigma = new Sigma(graph, element, {
      allowInvalidContainer: true,
      renderLabels: false,
      stagePadding: 0,
      zIndex: false,
      nodeProgramClasses: { points: Points },
      edgeProgramClasses: { lines: Lines },
      nodeHoverProgramClasses: {},
      defaultNodeType: "points",
      defaultEdgeType: "lines",
    });
    sigma.setCustomBBox({ x: [0, SIDE], y: [0, SIDE] });
    sigma.getMouseCaptor().enabled = false;
    sigma.getTouchCaptor().enabled = false;
    for (const canvas of Object.values(sigma.getCanvases())) canvas.addEventListener("webglcontextlost", failed);
    sigma.refresh();
  };

  return {
    element,
    setShown: (next) => {
      shown = next;
      fresh = true;
    },
    setTheme: (colours: Colours) => {
      look.colours = colours;
      fresh = true; // the lines carry their colour
    },
    draw: (camera: Camera, unit: number, moving: boolean) => {
      look.scale = unit * growth(camera.zoom) * (globalThis.devicePixelRatio || 1);
      look.lines = !moving;
      settle();
      const ratio = Math.min(camera.width, camera.height) / SIDE / camera.scale;
      sigma?.getCamera().setState({ x: camera.x / SIDE, y: 1 - camera.y / SIDE, ratio, angle: 0 });
      (sigma as unknown as { render(): void } | null)?.render(); // in this frame, as the layers above it are drawn in it too
    },
    destroy: () => {
      for (const canvas of Object.values(sigma?.getCanvases() ?? {})) canvas.removeEventListener("webglcontextlost", failed);
      sigma?.kill();
      sigma = null;
      element.remove();
    },
  };
}
