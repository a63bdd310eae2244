/** Saves a file on the reader's machine. */

import { searchKey } from "../data/name_search.js";
import { h } from "./dom.js";

/** A title as the name of a file: "Überlingen AG" as "uberlingen-ag"; "" where nothing is left. */
export const fileStem = (title: string): string => searchKey(title).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60);

export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
