/** The neighbourhood that is spread round the chosen node: its places, and what is pressed and moved in it. */

import type { Graph } from "../data/graph.js";
import type { ShownNumbers } from "../data/shown_numbers.js";
import type { Box, Camera } from "./camera.js";
import type { Scene } from "./scene.js";
import { spread, spreadScene, type Choice, type SpreadNode } from "./spread.js";
import { SIGN, signAt } from "./spread_drawing.js";

export const NOTHING: Choice = { node: -1, other: -1, expanded: [], pins: [] };

const ZOOM = 3; // at which a neighbourhood is looked at
const ACROSS = 0.36, DOWN = 0.4; // half axes of its ring, of the room
const LEAST = 0.3; // of the room that a neighbourhood takes at least
const THOUSAND = 1000;

export class Neighbourhood {
  choice: Choice = NOTHING;
  nodes: SpreadNode[] = [];
  /** The scene with the neighbourhood in its places. */
  places: Scene;

  /** `unit` is the radius of the lightest node now; `changed` is called when something has to be drawn. */
  constructor(private readonly graph: Graph, private readonly scene: Scene, private readonly camera: Camera, private readonly unit: () => number, private readonly changed: () => void) {
    this.places = scene;
  }

  /** Half axes of the ring in map units. */
  get #axes(): [across: number, down: number] {
    const { width, height, whole } = this.camera;
    return [(width * ACROSS) / (ZOOM * whole), (height * DOWN) / (ZOOM * whole)];
  }

  /** Spread the neighbours of a node, of those that the mask shows; nothing without a mask, as there is no room yet. */
  choose(choice: Choice, mask: Uint8Array | null, numbers: ShownNumbers): void {
    this.choice = choice;
    const { width, height } = this.camera;
    this.nodes = choice.node < 0 || !mask ? [] : spread(this.graph, this.scene, mask, numbers, choice, ...this.#axes, width * height);
    this.places = choice.node < 0 ? this.scene : spreadScene(this.scene, this.nodes);
  }

  /** The area of the neighbourhood, or round the node alone. */
  box(): Box {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (const one of [this.choice.node, ...this.nodes.map((each) => each.node)]) {
      const x = this.places.x[one] as number, y = this.places.y[one] as number;
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
    }
    const least = (LEAST * Math.min(this.camera.width, this.camera.height)) / (ZOOM * this.camera.whole);
    const [wide, high] = [Math.max(0, least - (box.right - box.left) / 2), Math.max(0, least - (box.bottom - box.top) / 2)];
    return { left: box.left - wide, right: box.right + wide, top: box.top - high, bottom: box.bottom + high };
  }

  /** The neighbour whose sign to spread further is at a point of the screen, -1: none. */
  signAt(x: number, y: number): number {
    const near = (one: SpreadNode): boolean => {
      const sign = signAt(one, this.places, this.camera, this.unit());
      return Math.hypot(sign.x - x, sign.y - y) <= SIGN + 4;
    };
    return this.nodes.find((one) => one.open !== null && near(one))?.node ?? -1;
  }

  /** Neighbours that can be spread further and are not; where all are, those that are. */
  closed(): number[] {
    const can = this.nodes.filter((one) => one.open !== null);
    const folded = can.filter((one) => !one.open);
    return (folded.length ? folded : can).map((one) => one.node);
  }

  /** Whether a node is one of the neighbours, so that it can be moved. */
  has(node: number): boolean {
    return this.nodes.some((one) => one.node === node);
  }

  /** Move a neighbour to a point of the screen; gives its distances from the chosen node, as `Work.pins` has them. */
  move(node: number, x: number, y: number): [number, number] {
    const { camera } = this;
    const to = { x: camera.x + (x - camera.width / 2) / camera.scale, y: camera.y + (y - camera.height / 2) / camera.scale };
    this.nodes = this.nodes.map((one) => (one.node === node ? { ...one, ...to } : one));
    this.places = spreadScene(this.scene, this.nodes);
    this.changed();
    const part = (from: number, until: number, half: number): number => Math.round(((until - from) / half) * THOUSAND);
    const chosen = this.choice.node;
    const [across, down] = this.#axes;
    return [part(this.scene.x[chosen] as number, to.x, across), part(this.scene.y[chosen] as number, to.y, down)];
  }
}
