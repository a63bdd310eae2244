/** Where one looks: map units to CSS pixels and back, one camera for all layers. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What one looks at: map units in the middle, and pixels a map unit. */
export interface Place {
  x: number;
  y: number;
  scale: number;
}

const NEAREST = 60; // times the whole map
const MARGIN = 28; // pixels

export class Camera implements Place {
  x = 32768;
  y = 32768;
  scale = 0.01;
  width = 1;
  height = 1;
  /** The scale at which all is seen. */
  whole = 0.01;
  /** What it was sent to look at, found anew in a room of another size; null since a hand moved it. */
  aim: (() => Place) | null = null;
  #frame = 0;

  constructor(private readonly moved: () => void) {}

  get zoom(): number {
    return this.scale / this.whole;
  }

  screenX(x: number): number {
    return (x - this.x) * this.scale + this.width / 2;
  }

  screenY(y: number): number {
    return (y - this.y) * this.scale + this.height / 2;
  }

  pan(dx: number, dy: number): void {
    this.#set(this.x - dx / this.scale, this.y - dy / this.scale, this.scale);
  }

  /** Zoom by a factor; the point of the screen stays where it is. */
  zoomAt(factor: number, x = this.width / 2, y = this.height / 2): void {
    const scale = Math.min(this.whole * NEAREST, Math.max(this.whole * 0.5, this.scale * factor));
    const shift = 1 / this.scale - 1 / scale;
    this.#set(this.x + (x - this.width / 2) * shift, this.y + (y - this.height / 2) * shift, scale);
  }

  resize(width: number, height: number): void {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    this.moved();
  }

  /** Width and height of the screen within a margin and above the pixels at the foot that controls take. */
  free(foot: number, margin = MARGIN): [wide: number, tall: number] {
    const room = (size: number): number => Math.max(40, size - 2 * margin);
    return [room(this.width), room(this.height - foot)];
  }

  /** What makes a box fill that room. */
  around(box: Box, foot: number, margin?: number): Place {
    const [wide, tall] = this.free(foot, margin);
    const scale = Math.min(wide / Math.max(1, box.right - box.left), tall / Math.max(1, box.bottom - box.top));
    return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 + foot / 2 / scale, scale };
  }

  /** Go there, in `milliseconds` or, where these are 0, at once. */
  go(aim: () => Place, milliseconds: number): void {
    this.stop();
    this.aim = aim;
    const { x, y, scale } = this, to = aim();
    const start = performance.now();
    const step = (now: number): void => {
      const part = milliseconds > 0 ? Math.min(1, Math.max(0, (now - start) / milliseconds)) : 1;
      const eased = part * (2 - part);
      const between = scale * (to.scale / scale) ** eased;
      this.x = x + (to.x - x) * eased;
      this.y = y + (to.y - y) * eased;
      this.scale = between;
      this.moved();
      if (part < 1) this.#frame = requestAnimationFrame(step);
    };
    step(start);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
  }

  #set(x: number, y: number, scale: number): void {
    this.stop();
    this.aim = null;
    this.x = Math.min(98_000, Math.max(-32_000, x)); // so that nobody gets lost
    this.y = Math.min(98_000, Math.max(-32_000, y));
    this.scale = scale;
    this.moved();
  }
}
