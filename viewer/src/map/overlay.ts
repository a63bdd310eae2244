/** What is drawn above the points: names, labels, the neighbourhood of the chosen node, and a ring round that under the pointer. */

import { oneLine } from "../core/dom.js";
import type { Graph } from "../data/graph.js";
import type { Camera } from "./camera.js";
import { labelWeights } from "./graph_scene.js";
import { Crowd, type Rect } from "./crowd.js";
import { labelLines, Labels, writeLabels, type Candidate } from "./label_placement.js";
import { paintLasso, ring } from "./node_marks.js";
import { placeNames, writeNames } from "./region_names.js";
import { growth, radius, type Colours, type Scene, type VisibleScene } from "./scene.js";
import { paintSpread, signBox } from "./spread_drawing.js";
import type { SpreadNode } from "./spread.js";

const NARROW = 500; // pixels: where lines are shorter
const LINE = 28, SHORT_LINE = 22; // letters
const LETTERS = 112; // of a label
const CONSIDERED = 320; // labels that compete for room
const SMALL = 2.6; // pixels: what is drawn smaller has no label yet
const LARGE = 1.4; // pixels of the lightest mark: where marks are so large, no label covers any
const LEADING = 36_000; // square pixels for each of the weightiest, which among small marks have a label whatever it covers
const ANYTHING = Infinity, SOME = 48, NOTHING = 2; // cells of marks that a label may cover: among small marks of the weightiest, and of twice as many after these
const LEADERS = 40; // so many are considered however small they are
const CHOSEN = 1.25; // the chosen node is drawn larger

const isLarge = (camera: Camera, unit: number): boolean => unit * growth(camera.zoom) >= LARGE;

export interface Highlight {
  /** The chosen node, -1: none. */
  node: number;
  /** The other end of the chosen link, -1: none. */
  other: number;
  /** Its neighbourhood, and the scene with that in its places. */
  around: readonly SpreadNode[];
  places: Scene;
  /** The node under the pointer, -1: none. */
  hover: number;
  /** Nodes of the set. */
  gathered: readonly number[];
  /** What a lasso has drawn so far. */
  lasso: readonly { x: number; y: number }[];
}

export class Overlay {
  readonly #labels: Labels;
  /** Labels on lines, as they are in a room of this width. */
  #lines: (string[] | undefined)[] = [];
  #narrow = false;
  readonly #labelWeights: number[];

  constructor(private readonly graph: Graph, private readonly scene: Scene, context: CanvasRenderingContext2D) {
    this.#labels = new Labels(context);
    this.#labelWeights = labelWeights(graph);
  }

  /** `taken` are boxes that must stay free. */
  draw(context: CanvasRenderingContext2D, camera: Camera, unit: number, colours: Colours, shown: VisibleScene, { node, other, around, places, hover, gathered, lasso }: Highlight, taken: Rect[]): void {
    const { scene } = this;
    if (camera.width < NARROW !== this.#narrow) {
      this.#narrow = !this.#narrow;
      this.#lines = [];
    }
    const crowd = new Crowd(camera.width, camera.height);
    let candidates: Candidate[] = [];
    if (node >= 0) {
      const boxes: Rect[] = [...taken];
      for (const one of [node, ...around.map((each) => each.node)]) {
        const [x, y, size] = [camera.screenX(places.x[one] as number), camera.screenY(places.y[one] as number), this.#size(one, camera, unit)];
        boxes.push({ left: x - size, right: x + size, top: y - size, bottom: y + size });
      }
      for (const one of around) if (one.open !== null) boxes.push(signBox(one, places, camera, unit));
      candidates = [this.#candidate(places, node, camera, unit * CHOSEN, true), ...around.map((one) => this.#candidate(places, one.node, camera, unit))];
      const names = this.#labels.place(candidates, camera, colours, crowd, boxes, candidates.length);
      paintSpread(context, places, node, other, around, colours, camera, unit, unit * CHOSEN, this.#labels, boxes);
      writeLabels(context, names, colours);
    } else {
      candidates = this.#weightiest(camera, shown, crowd, unit);
      writeNames(context, placeNames(context, this.#labels, scene, shown.regions, camera, colours, crowd, taken, isLarge(camera, unit)), colours);
    }
    for (const one of gathered) if (shown.mask[one] || places !== scene) ring(context, places, one, { ...colours, accent: colours.text }, camera, unit);
    if (lasso.length) paintLasso(context, lasso, colours);
    if (hover >= 0 && hover !== node) ring(context, places, hover, colours, camera, unit);
    if (node >= 0) return;
    const most = Math.min(90, Math.max(10, Math.round((camera.width * camera.height) / 9000)));
    writeLabels(context, this.#labels.place(candidates, camera, colours, crowd, taken, most), colours);
  }

  /** The weightiest nodes in sight, as candidates for labels; the places of all that are in sight are marked in the crowd. */
  #weightiest(camera: Camera, { order }: VisibleScene, crowd: Crowd, unit: number): Candidate[] {
    const { x, y, weight, kind } = this.scene;
    const grown = growth(camera.zoom);
    const found: { node: number; weight: number }[] = [];
    for (let at = order.length - 1; at >= 0; at--) {
      const node = order[at] as number;
      const left = camera.screenX(x[node] as number), top = camera.screenY(y[node] as number);
      if (left < 0 || top < 0 || left > camera.width || top > camera.height) continue;
      const heavy = weight[node] as number;
      const size = radius(heavy, unit, grown);
      crowd.add(left, top, size * 0.8);
      if (found.length >= CONSIDERED || (size < SMALL && found.length > LEADERS)) continue;
      const stays = this.#labels.stays(node) ? 0.06 : 0; // else labels would flicker as they change places
      found.push({ node, weight: (heavy + stays) * (this.#labelWeights[kind[node] as number] as number) });
    }
    const leading = (camera.width * camera.height) / LEADING;
    const large = isLarge(camera, unit);
    const covers = (place: number): number => (large ? NOTHING : place < leading ? ANYTHING : place < leading * 3 ? SOME : NOTHING);
    return found.sort((a, b) => b.weight - a.weight || a.node - b.node).map(({ node }, place) => this.#candidate(this.scene, node, camera, unit, false, covers(place)));
  }

  #size(node: number, camera: Camera, unit: number): number {
    return radius(this.scene.weight[node] as number, unit, growth(camera.zoom));
  }

  #candidate(scene: Scene, node: number, camera: Camera, unit: number, chosen = false, covers = ANYTHING): Candidate {
    const weight = this.scene.weight[node] as number;
    return {
      id: node,
      lines: (this.#lines[node] ??= labelLines(oneLine(this.graph.label(node), LETTERS), this.#narrow ? SHORT_LINE : LINE)),
      x: camera.screenX(scene.x[node] as number),
      y: camera.screenY(scene.y[node] as number),
      size: this.#size(node, camera, unit) + (chosen ? 5 : 0),
      font: chosen || weight > 0.6 ? 13 : 12,
      bold: chosen,
      covers,
    };
  }
}
