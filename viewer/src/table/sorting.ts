/** Rows in order: sorted by a column, ties as the list comes. */

import type { Column } from "./column.js";

/** Sort rows by a column; what has no value comes last in both directions. Keys are read once, so that 50,000 rows take well below 200 ms. */
export function sortedRows(rows: Int32Array, column: Column, down: boolean): Int32Array {
  const keys = Array.from(rows, (row) => column.key(row));
  const numeric = keys.every((key) => typeof key === "number");
  const places = Uint32Array.from(rows, (_, at) => at);
  const missing = (at: number): boolean => keys[at] === "" || Number.isNaN(keys[at]);
  const filled = places.filter((at) => !missing(at));
  const empty = places.filter(missing);
  const sign = down ? -1 : 1;
  if (numeric) {
    const values = Float64Array.from(keys as number[]);
    filled.sort((one, other) => sign * ((values[one] as number) - (values[other] as number)) || one - other);
  } else {
    const texts = keys.map(String);
    filled.sort((one, other) => {
      const [a, b] = [texts[one] as string, texts[other] as string];
      return a < b ? -sign : a > b ? sign : one - other;
    });
  }
  const sorted = new Int32Array(rows.length);
  filled.forEach((at, place) => (sorted[place] = rows[at] as number));
  empty.forEach((at, place) => (sorted[filled.length + place] = rows[at] as number));
  return sorted;
}
