/** The map's two layers, drawn together once a frame: regions, lines and points by a renderer, and the overlay above them. */

import { h } from "../core/dom.js";
import type { Graph } from "../data/graph.js";
import { Camera, type Place } from "./camera.js";
import { makeCanvasRenderer, MOST, paint } from "./canvas_renderer.js";
import type { Community } from "../data/payload.js";
import type { ShownNumbers } from "../data/shown_numbers.js";
import { paintCommunities } from "./community_drawing.js";
import { communityFacts, type CommunityFacts } from "./community_facts.js";
import { makeScene, weighed } from "./graph_scene.js";
import { pick } from "./hit_test.js";
import type { Rect } from "./crowd.js";
import { Labels } from "./label_placement.js";
import { colourSteps, sizeOf, STEPS } from "./map_looks.js";
import { inside } from "./node_marks.js";
import { Overlay } from "./overlay.js";
import { OverlayCanvas } from "./overlay_canvas.js";
import type { MakeRenderer, Renderer } from "./renderer.js";
import { roomLayout } from "./room_layout.js";
import { visibleScene, unit, wholeBox, type Colours, type Scene, type VisibleScene } from "./scene.js";
import { Neighbourhood, NOTHING } from "./neighbourhood.js";
import type { Choice } from "./spread.js";

const RESTS = 140; // milliseconds without a move, or two frames where these take longer
const LONGEST = 1000; // of them
const HEAVY = 6000; // lines that are not drawn while the camera moves
const DIMMED = 0.1; // as in map.css
const UPPER = 2.2; // zoom below which communities are discs without their members
const RATIO = 0.15; // how much the room's shape may change before the map is laid out again (logarithm)

export class Stage {
  readonly camera = new Camera(() => this.#moved());
  readonly element = h("div", { class: "ng-map-layers" });
  readonly #over = new OverlayCanvas();
  readonly #scene: Scene;
  readonly #overlay: Overlay;
  #renderer: Renderer | null = null;
  #plain = false;
  #shown: VisibleScene;
  #colours: Colours | null = null;
  /** The neighbourhood of the chosen node. */
  readonly around: Neighbourhood;
  #facts: CommunityFacts | null = null;
  #upper = false;
  readonly #labels = new Labels(this.#over.context);
  #gathered: readonly number[] = [];
  #lasso: readonly { x: number; y: number }[] = [];
  #ratio = 0;
  /** Where all that is shown is seen. */
  readonly #all = (): Place => this.camera.around(wholeBox(this.#scene, this.#shown), this.foot());
  readonly #whole = (): Place => {
    const to = this.#all();
    this.camera.whole = to.scale;
    return to;
  };
  /** What one looked at before a neighbourhood was flown to. */
  #before: () => Place = this.#whole;
  #hover = -1;
  #hoverDisc = -1;
  #frame = 0;
  #rest = 0;
  #moving = false;
  #rests = RESTS;
  #drawnAt = 0;
  #stale = true;
  #sized = false;
  #clear: Rect[] = [];

  /** `make` draws regions, lines and points; where it cannot, a 2D canvas does, and `plain` is called with how many nodes it draws of how many. `foot` says how many pixels at the foot buttons and notices take. */
  constructor(private readonly graph: Graph, private numbers: ShownNumbers, make: MakeRenderer, private readonly plain: (drawn: number, of: number) => void, private readonly foot: () => number) {
    this.#scene = makeScene(graph);
    this.around = new Neighbourhood(graph, this.#scene, this.camera, () => this.#unit(), () => this.#invalidate(false));
    this.#overlay = new Overlay(graph, this.#scene, this.#over.context);
    this.#shown = visibleScene(this.#scene, new Uint8Array(graph.size));
    this.element.append(this.#over.element);
    this.#use(make);
  }

  /** `mask` has one value a node: 1 where it is shown; `numbers` are those of the same filters. What was all in sight stays so. */
  setMask(mask: Uint8Array, numbers: ShownNumbers, milliseconds = 0): void {
    this.numbers = numbers;
    this.#facts = null;
    this.#shown = visibleScene(this.#scene, mask);
    this.#renderer?.setShown(this.#shown);
    this.#tellPlain();
    this.select(this.around.choice, 0);
    const { camera } = this;
    if (camera.aim === this.#whole && this.#all().scale <= camera.whole) this.fit(milliseconds);
    this.#invalidate();
  }

  setTheme(colours: Colours): void {
    this.#colours = colours;
    this.#renderer?.setTheme(colours);
    this.#invalidate();
  }

  /** What size and colour of the marks stand for; `scale` is the place of the first step in the palette. */
  setLook(size: string, colour: string, scale: number): void {
    Object.assign(this.#scene, weighed(this.graph, sizeOf(this.graph, this.numbers, size)));
    const steps = colourSteps(this.graph, this.numbers, colour);
    this.#scene.colour = steps ? Uint8Array.from(steps, (step) => scale + (step < 0 ? STEPS : step)) : this.graph.kindOf;
    this.setMask(this.#shown.mask, this.numbers);
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
    const { camera, around } = this;
    const had = around.choice;
    const moved = choice.node !== had.node || choice.other !== had.other || choice.expanded !== had.expanded;
    around.choose(choice, this.#sized ? this.#shown.mask : null, this.numbers);
    this.element.classList.toggle("ng-dimmed", choice.node >= 0);
    if (this.#sized && moved) {
      if (choice.node >= 0) {
        const { x, y, scale } = camera;
        if (had.node < 0) this.#before = camera.aim ?? (() => ({ x, y, scale }));
        camera.go(() => camera.around(around.box(), this.foot(), Math.min(72, camera.width / 7)), milliseconds);
      } else camera.go(this.#before, milliseconds);
    }
    this.#invalidate(false);
  }

  hover(node: number, x: number, y: number): void {
    const disc = node < 0 ? this.disc(x, y) : -1;
    if (node === this.#hover && disc === this.#hoverDisc) return;
    [this.#hover, this.#hoverDisc] = [node, disc];
    this.#invalidate(false);
  }

  resize(width: number, height: number): void {
    if (!width || !height) return;
    const { camera } = this;
    camera.resize(width, height);
    const [wide, tall] = camera.free(this.foot());
    const ratio = wide / tall;
    if (Math.abs(Math.log(ratio / this.#ratio)) > RATIO) { // of 0, which is no ratio, as well
      this.#ratio = ratio;
      const { nodes, communities } = this.graph.core;
      Object.assign(this.#scene, roomLayout(nodes.x, nodes.y, nodes.community, communities, ratio));
      this.#renderer?.setShown(this.#shown);
      this.#sized = true;
      this.fit(0);
      const { choice } = this.around;
      this.around.choose(NOTHING, null, this.numbers);
      this.select(choice, 0);
    } else if (camera.aim) camera.go(camera.aim, 0);
  }

  /** What a lasso has drawn so far; empty where none is drawn. */
  drawLasso(points: readonly { x: number; y: number }[]): void {
    this.#lasso = points;
    this.#invalidate(false);
  }

  /** The shown nodes within a line drawn on the screen, the weightiest first. */
  within(points: readonly { x: number; y: number }[]): number[] {
    const { camera, around: { choice, nodes, places } } = this;
    const all = choice.node < 0 ? [...this.#shown.order].reverse() : [choice.node, ...nodes.map((one) => one.node)];
    return all.filter((node) => inside(points, camera.screenX(places.x[node] as number), camera.screenY(places.y[node] as number)));
  }

  /** Whether communities are drawn without their members now. */
  get upper(): boolean {
    return this.#upper && this.around.choice.node < 0 && this.camera.zoom < UPPER && this.#shown.regions.length > 1;
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
    const { camera } = this;
    camera.go(() => {
      const to = camera.around({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }, this.foot());
      return { ...to, scale: Math.max(to.scale, camera.whole * UPPER * 1.02) };
    }, milliseconds);
  }

  /** Boxes that labels keep clear of, as controls lie there. */
  keepClear(boxes: Rect[]): void {
    this.#clear = boxes;
  }

  fit(milliseconds: number): void {
    this.camera.go(this.#whole, milliseconds);
  }

  /** The node at a point of the screen, -1: none; where a neighbourhood is spread, one of it. */
  at(x: number, y: number, slack: number): number {
    if (this.upper) return -1;
    const { choice, nodes, places } = this.around;
    const all = choice.node < 0 ? this.#shown.order : [...nodes.map((one) => one.node).reverse(), choice.node];
    return pick(places, all, this.camera, this.#unit(), x, y, slack);
  }

  /** What is seen, at twice the size: to be saved, and for paper, on which a canvas of WebGL leaves nothing. */
  picture(): HTMLCanvasElement | null {
    const { camera } = this, colours = this.#colours;
    const sheet = (): CanvasRenderingContext2D | null => {
      const context = h("canvas", { width: camera.width * 2, height: camera.height * 2 }).getContext("2d");
      context?.scale(2, 2);
      return context;
    };
    const [whole, base] = [sheet(), sheet()];
    if (!whole || !base || !colours) return null;
    whole.fillStyle = colours.ground;
    whole.fillRect(0, 0, camera.width, camera.height);
    paint(base, this.#scene, this.#shown, colours, camera, this.#unit(), true);
    whole.globalAlpha = this.around.choice.node < 0 ? 1 : DIMMED;
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
    this.#over.element.before(this.#renderer.element);
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
      this.#invalidate(this.#shown.lines.length > HEAVY);
    }, this.#rests);
    this.#invalidate(true, false);
  }

  /** Draw in the next frame; the layer of points only if it changed, and the overlay only if it did not just move. */
  #invalidate(stale = true, over = true): void {
    this.#stale ||= stale;
    if (over) this.#over.spoil();
    if (!this.#frame && this.#sized) this.#frame = requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#frame = 0;
    const before = this.#drawnAt;
    this.#drawnAt = performance.now();
    this.#rests = this.#moving ? Math.max(RESTS, Math.min(LONGEST, 2 * (this.#drawnAt - before))) : RESTS;
    const colours = this.#colours;
    if (!colours) return;
    const { upper } = this;
    if (this.#renderer) this.#renderer.element.hidden = upper;
    if (this.#stale && !upper) this.#renderer?.draw(this.camera, this.#unit(), this.#moving && this.#shown.lines.length > HEAVY);
    this.#stale = upper;
    this.#over.draw(this.camera, () => this.#drawOverlay(this.#over.context, colours, this.#clear));
  }

  #drawOverlay(context: CanvasRenderingContext2D, colours: Colours, clear: readonly Rect[]): void {
    if (this.upper) {
      this.#facts ??= communityFacts(this.graph, this.numbers.pass, this.#shown.mask);
      paintCommunities(context, this.#scene, this.#shown.regions, this.#facts, this.camera, colours, this.#labels, this.#hoverDisc);
      return;
    }
    const { choice: { node, other }, nodes, places } = this.around;
    this.#overlay.draw(context, this.camera, this.#unit(), colours, this.#shown, { node, other, around: nodes, places, hover: this.#hover, gathered: this.#gathered, lasso: this.#lasso }, [...clear]);
  }
}
