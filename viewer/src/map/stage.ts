/** The map's two layers, drawn together once a frame: regions, lines and points by a renderer, and the overlay above them. */

import { h } from "../core/dom.js";
import type { Graph } from "../data/graph.js";
import { Camera, type Box } from "./camera.js";
import { makeCanvasRenderer, MOST, paint, fitCanvas } from "./canvas_renderer.js";
import type { Community } from "../data/payload.js";
import type { ShownNumbers } from "../data/shown_numbers.js";
import { paintCommunities } from "./community_drawing.js";
import { communityFacts, type CommunityFacts } from "./community_facts.js";
import { makeScene, weighed } from "./graph_scene.js";
import { pick } from "./hit_test.js";
import { Labels, type Rect } from "./label_placement.js";
import { colourSteps, sizeOf, STEPS } from "./map_looks.js";
import { inside } from "./node_marks.js";
import { Overlay } from "./overlay.js";
import type { MakeRenderer, Renderer } from "./renderer.js";
import { roomLayout } from "./room_layout.js";
import { visibleScene, unit, type Colours, type Scene, type VisibleScene } from "./scene.js";
import { spread, spreadScene, type Choice, type SpreadNode } from "./spread.js";
import { SIGN, signAt } from "./spread_drawing.js";

const RESTS = 140; // milliseconds without a move
const HEAVY = 6000; // lines that are not drawn while the camera moves
const DIMMED = 0.1; // as in map.css
const SPREAD = 3; // zoom at which a neighbourhood is looked at
const ACROSS = 0.36, DOWN = 0.4; // half axes of its ring, of the room
const UPPER = 2.2; // zoom below which communities are discs without their members
const RATIO = 0.15; // how much the room's shape may change before the map is laid out again (logarithm)
const NOTHING: Choice = { node: -1, other: -1, expanded: [], pins: [] };

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
  #choice: Choice = NOTHING;
  #around: SpreadNode[] = [];
  #places: Scene;
  #numbers: ShownNumbers;
  #facts: CommunityFacts | null = null;
  #upper = false;
  #labels: Labels;
  #gathered: readonly number[] = [];
  #lasso: readonly { x: number; y: number }[] = [];
  #ratio = 0;
  /** Where one looked before a neighbourhood was flown to. */
  #before: { x: number; y: number; scale: number } | null = null;
  #hover = -1;
  #hoverDisc = -1;
  #frame = 0;
  #rest = 0;
  #moving = false;
  #stale = true;
  #sized = false;
  #clear: Rect[] = [];

  /** `make` draws regions, lines and points; where it cannot, a 2D canvas does, and `plain` is called with how many nodes it draws of how many. */
  constructor(private readonly graph: Graph, numbers: ShownNumbers, make: MakeRenderer, private readonly plain: (drawn: number, of: number) => void) {
    this.#scene = makeScene(graph);
    this.#places = this.#scene;
    this.#numbers = numbers;
    this.#labels = new Labels(this.#context);
    this.#overlay = new Overlay(graph, this.#scene, this.#context);
    this.#shown = visibleScene(this.#scene, new Uint8Array(graph.size));
    this.element.append(this.#canvas);
    this.#use(make);
  }

  /** `mask` has one value a node: 1 where it is shown; `numbers` are those of the same filters. */
  setMask(mask: Uint8Array, numbers: ShownNumbers): void {
    this.#numbers = numbers;
    this.#facts = null;
    this.#shown = visibleScene(this.#scene, mask);
    this.#renderer?.setShown(this.#shown);
    this.#tellPlain();
    this.select(this.#choice, 0);
    this.#invalidate();
  }

  setTheme(colours: Colours): void {
    this.#colours = colours;
    this.#renderer?.setTheme(colours);
    this.#invalidate();
  }

  /** What size and colour of the marks stand for; `scale` is the place of the first step in the palette. */
  setLook(size: string, colour: string, scale: number): void {
    Object.assign(this.#scene, weighed(this.graph, sizeOf(this.graph, this.#numbers, size)));
    const steps = colourSteps(this.graph, this.#numbers, colour);
    this.#scene.colour = steps ? Uint8Array.from(steps, (step) => scale + (step < 0 ? STEPS : step)) : this.graph.kindOf;
    this.setMask(this.#shown.mask, this.#numbers);
  }

  /** Draw communities as discs, without their members, as long as all is looked at. */
  setUpper(on: boolean): void {
    this.#upper = on;
    this.#invalidate();
  }

  /** Mark the nodes of the set. */
  gather(nodes: readonly number[]): void {
    this.#gathered = nodes;
    this.#invalidate(false);
  }

  /** Show a node with its neighbourhood spread round it, and fly there; without a node the whole map again, where one was. */
  select(choice: Choice, milliseconds: number): void {
    const moved = choice.node !== this.#choice.node || choice.other !== this.#choice.other || choice.expanded !== this.#choice.expanded;
    const had = this.#choice.node;
    this.#choice = choice;
    const { camera } = this;
    const at = SPREAD * camera.whole;
    this.#around = choice.node < 0 || !this.#sized ? [] : spread(this.graph, this.#scene, this.#shown.mask, this.#numbers, choice, (camera.width * ACROSS) / at, (camera.height * DOWN) / at, camera.width * camera.height);
    this.#places = choice.node < 0 ? this.#scene : spreadScene(this.#scene, this.#around);
    this.element.classList.toggle("ng-dimmed", choice.node >= 0);
    if (this.#sized && moved) {
      if (choice.node >= 0) {
        if (had < 0) this.#before = { x: camera.x, y: camera.y, scale: camera.scale };
        camera.go(camera.around(this.#spreadBox(), Math.min(96, camera.width / 7)), milliseconds);
      } else if (this.#before) camera.go(this.#before, milliseconds);
    }
    this.#invalidate(false);
  }

  hover(node: number, x: number, y: number): void {
    const disc = node < 0 ? this.disc(x, y) : -1;
    if (node === this.#hover && disc === this.#hoverDisc) return;
    this.#hover = node;
    this.#hoverDisc = disc;
    this.#invalidate(false);
  }

  resize(width: number, height: number): void {
    if (!width || !height) return;
    this.camera.resize(width, height);
    const ratio = width / height;
    const anew = Math.abs(Math.log(ratio / this.#ratio)) > RATIO; // of 0, which is no ratio, as well
    if (anew) {
      this.#ratio = ratio;
      const { nodes, communities } = this.graph.core;
      Object.assign(this.#scene, roomLayout(nodes.x, nodes.y, nodes.community, communities, ratio));
      this.#renderer?.setShown(this.#shown);
    }
    if (!this.#sized || anew) {
      this.#sized = true;
      this.fit(0);
      this.#before = null;
      const choice = this.#choice;
      this.#choice = NOTHING;
      this.select(choice, 0);
    }
  }

  /** The area of the neighbourhood, or of the chosen node. */
  #spreadBox(): Box {
    const { node } = this.#choice;
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (const one of [node, ...this.#around.map((each) => each.node)]) {
      const x = this.#places.x[one] as number, y = this.#places.y[one] as number;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
    const least = (0.3 * Math.min(this.camera.width, this.camera.height)) / (SPREAD * this.camera.whole);
    const [wide, high] = [Math.max(0, least - (box.right - box.left) / 2), Math.max(0, least - (box.bottom - box.top) / 2)];
    return { left: box.left - wide, right: box.right + wide, top: box.top - high, bottom: box.bottom + high };
  }

  /** What a lasso has drawn so far; empty where none is drawn. */
  drawLasso(points: readonly { x: number; y: number }[]): void {
    this.#lasso = points;
    this.#invalidate(false);
  }

  /** The shown nodes within a line drawn on the screen, the weightiest first. */
  within(points: readonly { x: number; y: number }[]): number[] {
    const { camera } = this;
    const nodes = this.#choice.node < 0 ? [...this.#shown.order].reverse() : [this.#choice.node, ...this.#around.map((one) => one.node)];
    return nodes.filter((node) => inside(points, camera.screenX(this.#places.x[node] as number), camera.screenY(this.#places.y[node] as number)));
  }

  /** The neighbour whose sign to spread further is at a point of the screen, -1: none. */
  signAt(x: number, y: number): number {
    const near = (one: SpreadNode): boolean => {
      const sign = signAt(one, this.#places, this.camera, this.#unit());
      return Math.hypot(sign.x - x, sign.y - y) <= SIGN + 4;
    };
    return this.#around.find((one) => one.open !== null && near(one))?.node ?? -1;
  }

  /** Neighbours that can be spread further and are not; where all are, those that are. */
  closed(): number[] {
    const can = this.#around.filter((one) => one.open !== null);
    const folded = can.filter((one) => !one.open);
    return (folded.length ? folded : can).map((one) => one.node);
  }

  /** Whether a node is one of the neighbours that are spread, so that it can be moved. */
  movable(node: number): boolean {
    return this.#around.some((one) => one.node === node);
  }

  /** Move a neighbour to a point of the screen; gives its distances from the chosen node, as `Work.pins` has them. */
  move(node: number, x: number, y: number): [number, number] {
    const { camera } = this;
    const to = { x: camera.x + (x - camera.width / 2) / camera.scale, y: camera.y + (y - camera.height / 2) / camera.scale };
    this.#around = this.#around.map((one) => (one.node === node ? { ...one, ...to } : one));
    this.#places = spreadScene(this.#scene, this.#around);
    this.#invalidate(false);
    const at = SPREAD * camera.whole, chosen = this.#choice.node;
    const part = (from: number, until: number, half: number): number => Math.round(((until - from) / half) * 1000);
    return [part(this.#scene.x[chosen] as number, to.x, (camera.width * ACROSS) / at), part(this.#scene.y[chosen] as number, to.y, (camera.height * DOWN) / at)];
  }

  /** Whether communities are drawn without their members now. */
  get upper(): boolean {
    return this.#upper && this.#choice.node < 0 && this.camera.zoom < UPPER && this.#shown.regions.length > 1;
  }

  /** The community at a point of the screen, while these are what one sees; -1: none. */
  disc(x: number, y: number): number {
    if (!this.upper) return -1;
    const { camera } = this;
    return this.#shown.regions.find((number) => {
      const one = this.#scene.regions[number] as Community;
      return Math.hypot(camera.screenX(one.x) - x, camera.screenY(one.y) - y) <= one.radius * camera.scale;
    }) ?? -1;
  }

  /** Look at one community with its members. */
  open(number: number, milliseconds: number): void {
    const { x, y, radius } = this.#scene.regions[number] as Community;
    const to = this.camera.around({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius });
    this.camera.go({ ...to, scale: Math.max(to.scale, this.camera.whole * UPPER * 1.02) }, milliseconds);
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

  /** The node at a point of the screen, -1: none; where a neighbourhood is spread, one of it. */
  at(x: number, y: number, slack: number): number {
    if (this.upper) return -1;
    const nodes = this.#choice.node < 0 ? this.#shown.order : [...this.#around.map((one) => one.node).reverse(), this.#choice.node];
    return pick(this.#places, nodes, this.camera, this.#unit(), x, y, slack);
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
    whole.globalAlpha = this.#choice.node < 0 ? 1 : DIMMED;
    if (!this.upper) whole.drawImage(base.canvas, 0, 0, camera.width, camera.height);
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
    const { upper } = this;
    if (this.#renderer) this.#renderer.element.hidden = upper;
    if (this.#stale && !upper) this.#renderer?.draw(this.camera, this.#unit(), this.#moving && this.#shown.lines.length > HEAVY);
    this.#stale = upper;
    fitCanvas(this.#canvas, this.#context, this.camera);
    this.#drawOverlay(this.#context, colours, this.#clear);
  }

  #drawOverlay(context: CanvasRenderingContext2D, colours: Colours, clear: readonly Rect[]): void {
    if (this.upper) {
      this.#facts ??= communityFacts(this.graph, this.#numbers.pass);
      paintCommunities(context, this.#scene, this.#shown.regions, this.#facts, this.camera, colours, this.#labels, this.#hoverDisc);
      return;
    }
    const { node, other } = this.#choice;
    this.#overlay.draw(context, this.camera, this.#unit(), colours, this.#shown, { node, other, around: this.#around, places: this.#places, hover: this.#hover, gathered: this.#gathered, lasso: this.#lasso }, [...clear]);
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
