/** Where marks are on the screen, so that labels can keep clear of them. */

const CELL = 2; // pixels

export interface Rect {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Cells of a few pixels with a mark or without; when all marks are in, they are summed, so that a box of any size is one look-up. */
export class Crowd {
  readonly #across: number;
  readonly #down: number;
  /** Of each cell, with a row and a column of none before the first, how many cells to its left and above have a mark. */
  readonly #cells: Int32Array;
  #summed = false;

  constructor(width: number, height: number) {
    this.#across = Math.ceil(width / CELL) + 2;
    this.#down = Math.ceil(height / CELL) + 2;
    this.#cells = new Int32Array(this.#across * this.#down);
  }

  /** A mark so many pixels wide to each side. Written cell by cell: most marks have one to four, for which `fill` takes ten times as long. */
  add(x: number, y: number, size: number): void {
    const first = this.#column(x - size), last = this.#column(x + size), foot = this.#row(y + size);
    for (let row = this.#row(y - size); row <= foot; row++) {
      for (let cell = row * this.#across + first; cell <= row * this.#across + last; cell++) this.#cells[cell] = 1;
    }
  }

  /** How many cells with marks a box covers; marks that are added after the first question do not count. */
  under({ left, top, right, bottom }: Rect): number {
    if (!this.#summed) this.#sum();
    const [from, until] = [this.#column(left) - 1, this.#column(right)];
    const [head, foot] = [(this.#row(top) - 1) * this.#across, this.#row(bottom) * this.#across];
    const cells = this.#cells;
    return (cells[foot + until] as number) - (cells[foot + from] as number) - (cells[head + until] as number) + (cells[head + from] as number);
  }

  #column(x: number): number {
    return Math.max(1, Math.min(this.#across - 1, Math.floor(x / CELL) + 1));
  }

  #row(y: number): number {
    return Math.max(1, Math.min(this.#down - 1, Math.floor(y / CELL) + 1));
  }

  #sum(): void {
    const cells = this.#cells, across = this.#across;
    for (let row = across; row < cells.length; row += across) {
      let sum = 0;
      for (let cell = row + 1; cell < row + across; cell++) {
        sum += cells[cell] as number;
        cells[cell] = sum + (cells[cell - across] as number);
      }
    }
    this.#summed = true;
  }
}
