/** The map's two layers, drawn together once a frame: regions, lines and points by a renderer, and the overlay above them. */

import { h } from "../core/dom.js";
import type { Graph } from "../data/graph.js";
import { Camera, type Box } from "./camera.js";
import { makeCanvasRenderer, MOST, paint, fitCanvas } from "./canvas_renderer.js";
import { makeScene } from "./graph_scene.js";
import { pick } from "./hit_test.js";
import type { Rect } from "./label_placement.js";
import { mapNeighbours, type MapNeighbour } from "./map_neighbourhood.js";
import { Overlay } from "./overlay.js";
import type { MakeRenderer, Renderer } from "./renderer.js";
import { visibleScene, unit, type Colours, type Scene, type VisibleScene } from "./scene.js";

const RESTS = 140; // milliseconds without a move
const HEAVY = 6000; // lines that are not drawn while the camera moves
const DIMMED = 0.2; // as in map.css

export class Stage {
  readonly camera = new Camera(() => this.#moved());
  readonly element = h("div", { class: "ng-map-layers" });
  readonly #canvas = h("canvas");
  readonly #context = this.#canvas.getContext("2d") as CanvasRenderingContext2D;
  readonly #scene: Scene;
  readonly #overlay: Overlay;
  #renderer: Renderer | null = null;
  #plain = false;
  #shown: VisibleScene;
  #colours: Colours | null = null;
  #node = -1;
  #around: MapNeighbour[] = [];
  #hover = -1;
  #frame = 0;
  #rest = 0;
  #moving = false;
  #stale = true;
  #sized = false;
  #clear: Rect[] = [];

  /** `make` draws regions, lines and points; where it cannot, a 2D canvas does, and `plain` is called with how many nodes it draws of how many. */
  constructor(private readonly graph: Graph, make: MakeRenderer, private readonly plain: (drawn: number, of: number) => void) {
    this.#scene = makeScene(graph);
    this.#overlay = new Overlay(graph, this.#scene, this.#context);
    this.#shown = visibleScene(this.#scene, new Uint8Array(graph.size));
    this.element.append(this.#canvas);
    this.#use(make);
  }

  /** One value a node: 1 where it is shown. */
  setMask(mask: Uint8Array): void {
    this.#shown = visibleScene(this.#scene, mask);
    this.#renderer?.setShown(this.#shown);
    this.#tellPlain();
    this.select(this.#node);
    this.#invalidate();
  }

  setTheme(colours: Colours): void {
    this.#colours = colours;
    this.#renderer?.setTheme(colours);
    this.#invalidate();
  }

  /** Show a node with its neighbourhood; -1: the whole map again. */
  select(node: number): void {
    this.#node = node;
    this.#around = node < 0 ? [] : mapNeighbours(this.graph, this.#scene, this.#shown.mask, node);
    this.element.classList.toggle("ng-dimmed", node >= 0);
    this.#invalidate(false);
  }

  hover(node: number): void {
    if (node === this.#hover) return;
    this.#hover = node;
    this.#invalidate(false);
  }

  resize(width: number, height: number): void {
    if (!width || !height) return;
    this.camera.resize(width, height);
    if (!this.#sized) {
      this.#sized = true;
      this.fit(0);
    }
  }

  /** Boxes that labels keep clear of, as controls lie there. */
  keepClear(boxes: Rect[]): void {
    this.#clear = boxes;
  }

  fit(milliseconds: number): void {
    const to = this.camera.around(this.#box());
    this.camera.whole = to.scale;
    this.camera.go(to, milliseconds);
  }

  /** Move only if a node is out of sight. */
  reveal(node: number, milliseconds: number): void {
    const { camera } = this;
    const x = this.#scene.x[node] as number;
    const y = this.#scene.y[node] as number;
    const margin = Math.min(24, camera.width / 4, camera.height / 4);
    const inside = (at: number, size: number): boolean => at >= margin && at <= size - margin;
    if (this.#sized && !(inside(camera.screenX(x), camera.width) && inside(camera.screenY(y), camera.height))) camera.go({ x, y, scale: camera.scale }, milliseconds);
  }

  /** The node at a point of the screen, -1: none. Those of a neighbourhood come first. */
  at(x: number, y: number, slack: number): number {
    const find = (nodes: ArrayLike<number>): number => pick(this.#scene, nodes, this.camera, this.#unit(), x, y, slack);
    const near = this.#node < 0 ? -1 : find([...this.#around.map((one) => one.node).reverse(), this.#node]);
    return near >= 0 ? near : find(this.#shown.order);
  }

  /** What is seen, at twice the size: to be saved, and for paper, on which a canvas of WebGL leaves nothing. */
  picture(): HTMLCanvasElement | null {
    const { camera } = this;
    const colours = this.#colours;
    const sheet = (): CanvasRenderingContext2D | null => {
      const context = h("canvas", { width: camera.width * 2, height: camera.height * 2 }).getContext("2d");
      context?.scale(2, 2);
      return context;
    };
    const whole = sheet();
    const base = sheet();
    if (!whole || !base || !colours) return null;
    whole.fillStyle = colours.ground;
    whole.fillRect(0, 0, camera.width, camera.height);
    paint(base, this.#scene, this.#shown, colours, camera, this.#unit(), true);
    whole.globalAlpha = this.#node < 0 ? 1 : DIMMED;
    whole.drawImage(base.canvas, 0, 0, camera.width, camera.height);
    whole.globalAlpha = 1;
    this.#drawOverlay(whole, colours, []);
    return whole.canvas;
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    this.camera.stop();
    this.#renderer?.destroy();
  }

  #use(make: MakeRenderer | null): void {
    this.#renderer?.destroy();
    const made = make?.(this.#scene, () => this.#use(null)) ?? null;
    this.#renderer = made ?? makeCanvasRenderer(this.#scene);
    this.#plain = made === null;
    this.#renderer.element.classList.add("ng-map-base");
    this.#canvas.before(this.#renderer.element);
    this.#renderer.setShown(this.#shown);
    if (this.#colours) this.#renderer.setTheme(this.#colours);
    this.#tellPlain();
    this.#invalidate();
  }

  #tellPlain(): void {
    if (this.#plain) this.plain(Math.min(MOST, this.#shown.order.length), this.#shown.order.length);
  }

  #unit(): number {
    return unit(this.camera.width, this.camera.height, this.#shown.order.length);
  }

  #moved(): void {
    this.#moving = true;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#moving = false;
      if (this.#shown.lines.length > HEAVY) this.#invalidate();
    }, RESTS);
    this.#invalidate();
  }

  /** Draw in the next frame; the layer of points only if it changed. */
  #invalidate(stale = true): void {
    this.#stale ||= stale;
    if (!this.#frame && this.#sized) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = 0;
    const colours = this.#colours;
    if (!colours) return;
    if (this.#stale) this.#renderer?.draw(this.camera, this.#unit(), this.#moving && this.#shown.lines.length > HEAVY);
    this.#stale = false;
    fitCanvas(this.#canvas, this.#context, this.camera);
    this.#drawOverlay(this.#context, colours, this.#clear);
  }

  #drawOverlay(context: CanvasRenderingContext2D, colours: Colours, clear: readonly Rect[]): void {
    this.#overlay.draw(context, this.camera, this.#unit(), colours, this.#shown, { node: this.#node, around: this.#around, hover: this.#hover }, [...clear]);
  }

  /** What must be seen for all to be seen: regions, and all but the outermost hundredth of the points. */
  #box(): Box {
    const { order, regions } = this.#shown;
    const range = (place: ArrayLike<number>, middle: "x" | "y"): [number, number] => {
      const values = Float64Array.from(order, (node) => place[node] as number).sort();
      const few = Math.floor(values.length * 0.01);
      const discs = regions.map((number) => this.#scene.regions[number] as { x: number; y: number; radius: number });
      return [
        discs.reduce((least, disc) => Math.min(least, disc[middle] - disc.radius), values[few] ?? 0),
        discs.reduce((most, disc) => Math.max(most, disc[middle] + disc.radius), values[values.length - 1 - few] ?? 65535),
      ];
    };
    const [left, right] = range(this.#scene.x, "x");
    const [top, bottom] = range(this.#scene.y, "y");
    return { left, top, right: Math.max(right, left + 1000), bottom: Math.max(bottom, top + 1000) };
  }
}
