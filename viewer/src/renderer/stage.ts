/** The map's layers, drawn together once a frame: regions, points and lines, then names, labels and the neighbourhood. */

import { h, oneLine } from "../dom.js";
import type { Graph } from "../graph.js";
import { mapLines } from "./bonds.js";
import { Camera, type Box } from "./camera.js";
import { makeCanvasRenderer, MOST, paint, sized } from "./canvas_renderer.js";
import { Labels, write, type Candidate, type Rect } from "./labels.js";
import { candidate, drawNeighbourhood, neighbours, ring, type Neighbour } from "./neighbourhood.js";
import { pick } from "./pick.js";
import { drawRegions, placeNames, writeNames } from "./regions.js";
import type { MakeRenderer, Renderer } from "./renderer.js";
import { showing, unit, type Colours, type Scene, type Shown } from "./scene.js";
import { labelWeights, weights } from "./weights.js";

const LETTERS = 40;
const RESTS = 140; // milliseconds without a move
const HEAVY = 6000; // lines that are not drawn while the camera moves
const CONSIDERED = 320; // labels that compete for room

export class Stage {
  readonly camera = new Camera(() => this.#moved());
  readonly element = h("div", { class: "ng-map-layers" });
  readonly #below = h("canvas");
  readonly #above = h("canvas");
  readonly #behind = this.#below.getContext("2d") as CanvasRenderingContext2D;
  readonly #front = this.#above.getContext("2d") as CanvasRenderingContext2D;
  readonly #labels = new Labels(this.#front);
  readonly #texts: (string | undefined)[] = [];
  readonly #labelWeights: number[];
  #scene: Scene;
  #renderer: Renderer | null = null;
  #shown: Shown;
  #regions: number[] = [];
  #colours: Colours | null = null;
  #node = -1;
  #around: Neighbour[] = [];
  #hover = -1;
  #frame = 0;
  #rest = 0;
  #moving = false;
  #sized = false;

  /** `make` draws points and lines, or null: a 2D canvas does, which is told by `plain`. */
  constructor(private readonly graph: Graph, make: MakeRenderer | null, private readonly plain: (drawn: number) => void) {
    const { nodes, kinds } = graph.core;
    const weight = weights(graph);
    const rank = Int32Array.from(weight, (_, node) => node).sort((a, b) => (weight[a] as number) - (weight[b] as number) || b - a);
    this.#labelWeights = labelWeights(graph);
    this.#scene = { x: Float32Array.from(nodes.x), y: Float32Array.from(nodes.y), kind: graph.kindOf, weight, rank, ...mapLines(graph), shapes: kinds.map((kind) => kind.shape) };
    this.#shown = { mask: new Uint8Array(graph.size), order: new Int32Array(0), lines: new Int32Array(0) };
    this.element.append(this.#below, this.#above);
    this.#use(make);
  }

  setMask(mask: Uint8Array): void {
    this.#shown = showing(this.#scene, mask);
    const members = new Set<number>();
    for (const node of this.#shown.order) members.add(this.graph.core.nodes.community[node] ?? -1);
    members.delete(-1);
    const { communities } = this.graph.core;
    this.#regions = [...members].sort((a, b) => (communities[b]?.radius ?? 0) - (communities[a]?.radius ?? 0) || a - b);
    this.#renderer?.setShown(this.#shown);
    this.#tellPlain();
    this.invalidate();
  }

  setTheme(colours: Colours): void {
    this.#colours = colours;
    this.#renderer?.setTheme(colours);
    this.invalidate();
  }

  /** Show a node with its neighbourhood; -1: the whole map again. */
  select(node: number): void {
    this.#node = node;
    this.#around = node < 0 ? [] : neighbours(this.graph, this.#scene, node);
    this.element.classList.toggle("ng-dimmed", node >= 0);
    this.invalidate();
  }

  hover(node: number): void {
    if (node === this.#hover) return;
    this.#hover = node;
    this.invalidate();
  }

  resize(width: number, height: number): void {
    if (!width || !height) return;
    this.camera.resize(width, height);
    if (!this.#sized) {
      this.#sized = true;
      this.fit(0);
    }
  }

  fit(milliseconds: number): void {
    const to = this.camera.around(this.#box());
    this.camera.whole = to.scale;
    this.camera.go(to, milliseconds);
  }

  /** Move only if a node is out of sight. */
  reveal(node: number, milliseconds: number): void {
    const x = this.#scene.x[node] as number;
    const y = this.#scene.y[node] as number;
    const left = this.camera.screenX(x);
    const top = this.camera.screenY(y);
    const margin = Math.min(24, this.camera.width / 4, this.camera.height / 4);
    if (left >= margin && top >= margin && left <= this.camera.width - margin && top <= this.camera.height - margin) return;
    this.camera.go({ x, y, scale: this.camera.scale }, milliseconds);
  }

  /** The node at a point of the screen, -1: none. With a neighbourhood shown, its members come first. */
  at(x: number, y: number, slack: number): number {
    const find = (nodes: ArrayLike<number>): number => pick(this.#scene, nodes, this.camera, this.#unit(), x, y, slack);
    if (this.#node >= 0) {
      const near = find([...this.#around.map((one) => one.node).reverse(), this.#node]);
      if (near >= 0) return near;
    }
    return find(this.#shown.order);
  }

  /** What is seen, at twice the size. */
  picture(): Promise<Blob | null> {
    const canvas = h("canvas");
    const context = canvas.getContext("2d");
    if (!context || !this.#colours) return Promise.resolve(null);
    canvas.width = this.camera.width * 2;
    canvas.height = this.camera.height * 2;
    context.scale(2, 2);
    context.fillStyle = this.#colours.ground;
    context.fillRect(0, 0, this.camera.width, this.camera.height);
    drawRegions(context, this.graph.core.communities, this.#regions, this.camera, this.#colours);
    const base = h("canvas");
    base.width = canvas.width;
    base.height = canvas.height;
    const points = base.getContext("2d");
    if (points) {
      points.scale(2, 2);
      paint(points, this.#scene, this.#shown, this.#colours, this.camera, this.#unit(), true);
      context.globalAlpha = this.#node >= 0 ? 0.2 : 1;
      context.drawImage(base, 0, 0, this.camera.width, this.camera.height);
      context.globalAlpha = 1;
    }
    this.#drawFront(context, this.#colours);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  /** The boxes of the labels that are drawn now: for tests. */
  invalidate(): void {
    if (!this.#frame && this.#sized) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#rest);
    this.camera.stop();
    this.#renderer?.destroy();
  }

  #use(make: MakeRenderer | null): void {
    this.#renderer?.destroy();
    this.#renderer = make ? make(this.#scene, () => this.#use(null)) : makeCanvasRenderer(this.#scene);
    this.#plain = make === null;
    this.#renderer.element.classList.add("ng-map-base");
    this.#below.after(this.#renderer.element);
    this.#renderer.setShown(this.#shown);
    if (this.#colours) this.#renderer.setTheme(this.#colours);
    this.#tellPlain();
    this.invalidate();
  }

  #plain = false;

  #tellPlain(): void {
    if (this.#plain) this.plain(Math.min(MOST, this.#shown.order.length));
  }

  #unit(): number {
    return unit(this.camera.width, this.camera.height, this.#shown.order.length);
  }

  #moved(): void {
    this.#moving = true;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#moving = false;
      this.invalidate();
    }, RESTS);
    this.invalidate();
  }

  #draw(): void {
    this.#frame = 0;
    const colours = this.#colours;
    if (!colours) return;
    sized(this.#below, this.#behind, this.camera);
    drawRegions(this.#behind, this.graph.core.communities, this.#regions, this.camera, colours);
    this.#renderer?.draw(this.camera, this.#unit(), this.#moving && this.#shown.lines.length > HEAVY);
    sized(this.#above, this.#front, this.camera);
    this.#drawFront(this.#front, colours);
  }

  #drawFront(context: CanvasRenderingContext2D, colours: Colours): void {
    const { camera } = this;
    const taken: Rect[] = [];
    const place = (some: Iterable<Candidate>): void => {
      const most = Math.min(90, Math.max(10, Math.round((camera.width * camera.height) / (camera.zoom < 1.6 ? 16_000 : 10_000))));
      write(context, this.#labels.place(some, camera, colours, taken, most), colours);
    };
    const names = (): void => {
      const { communities } = this.graph.core;
      writeNames(context, placeNames(context, this.#labels, communities, this.#regions, camera, colours, taken), colours);
    };
    if (this.#node >= 0) {
      drawNeighbourhood(context, this.#scene, this.#node, this.#around, colours, camera, this.#unit());
      place(this.#near());
      return;
    }
    names();
    place(this.#candidates());
    if (this.#hover >= 0) ring(context, this.#scene, this.#hover, colours, camera, this.#unit());
  }

  *#near(): Iterable<Candidate> {
    yield candidate(this.#scene, this.#text, this.#node, this.camera, this.#unit() * 1.25, true);
    for (const { node } of this.#around.slice(0, CONSIDERED)) yield candidate(this.#scene, this.#text, node, this.camera, this.#unit());
  }

  #candidates(): Candidate[] {
    const { camera } = this;
    const { x, y, weight, kind } = this.#scene;
    const { order } = this.#shown;
    const found: { node: number; weight: number }[] = [];
    for (let at = order.length - 1; at >= 0 && found.length < CONSIDERED; at--) {
      const node = order[at] as number;
      const left = camera.screenX(x[node] as number);
      const top = camera.screenY(y[node] as number);
      if (left < 0 || top < 0 || left > camera.width || top > camera.height) continue;
      const stays = this.#labels.stays(node) ? 0.06 : 0; // else labels would flicker as they change places
      found.push({ node, weight: ((weight[node] as number) + stays) * (this.#labelWeights[kind[node] as number] as number) });
    }
    found.sort((a, b) => b.weight - a.weight || a.node - b.node);
    const size = this.#unit();
    return found.map(({ node }) => candidate(this.#scene, this.#text, node, camera, size));
  }

  readonly #text = (node: number): string => (this.#texts[node] ??= oneLine(this.graph.label(node), LETTERS));

  /** What must be seen for all to be seen: regions, and all but the outermost hundredth of the points. */
  #box(): Box {
    const { order } = this.#shown;
    const box: Box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    const widen = (left: number, top: number, right: number, bottom: number): void => {
      box.left = Math.min(box.left, left);
      box.top = Math.min(box.top, top);
      box.right = Math.max(box.right, right);
      box.bottom = Math.max(box.bottom, bottom);
    };
    for (const number of this.#regions) {
      const { x, y, radius } = this.graph.core.communities[number] as { x: number; y: number; radius: number };
      widen(x - radius, y - radius, x + radius, y + radius);
    }
    if (order.length) {
      const xs = Float64Array.from(order, (node) => this.#scene.x[node] as number).sort();
      const ys = Float64Array.from(order, (node) => this.#scene.y[node] as number).sort();
      const low = Math.floor(order.length * 0.01);
      const high = order.length - 1 - low;
      widen(xs[low] as number, ys[low] as number, xs[high] as number, ys[high] as number);
    }
    return box.left < box.right || box.top < box.bottom ? box : { left: 0, top: 0, right: 65535, bottom: 65535 };
  }
}
