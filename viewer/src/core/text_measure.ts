/** How wide words are when drawn, and what of them fits. */

import { oneLine, tied, untied, upTo } from "./dom.js";

export interface Ruler {
  /** Pixels of the font's size. */
  size: number;
  family: string;
  /** Width in pixels, of small text or (`tiny`) the smallest. */
  width(text: string, tiny?: boolean): number;
  /** The text on one line, cut to a width. */
  fit(text: string, width: number, tiny?: boolean): string;
}

/** A ruler for the font of an element that is in the page. */
export function ruler(element: Element): Ruler {
  const { fontFamily, fontSize } = getComputedStyle(element);
  const size = parseFloat(fontSize) || 13;
  const context = document.createElement("canvas").getContext("2d");
  const fonts = [`${size}px ${fontFamily}`, `${(size * 12) / 13}px ${fontFamily}`] as const;
  let now = "";
  const width = (text: string, tiny = false): number => {
    if (!context) return text.length * size * 0.56;
    const font = fonts[tiny ? 1 : 0];
    if (font !== now) context.font = now = font;
    return context.measureText(text).width;
  };
  const fit = (text: string, room: number, tiny = false): string => {
    const whole = oneLine(text, 200);
    const all = width(whole, tiny);
    if (all <= room) return whole;
    const letters = [...whole];
    let keep = Math.max(1, Math.floor((letters.length * room) / all));
    let cut = "";
    do cut = `${letters.slice(0, keep).join("").trimEnd()}…`;
    while (width(cut, tiny) > room && keep-- > 1);
    const word = cut.lastIndexOf(" ");
    return `${upTo(whole, word > cut.length * 0.6 ? cut.slice(0, word).replace(/[\s,;:–-]+$/, "").length : cut.length - 1)}…`;
  };
  return { size, family: fontFamily, width, fit };
}

/** A name for what shows `visible`: the whole text, after what can be read on it where that is cut within a word. */
export function accessibleName(visible: string, whole: string): string {
  const start = visible.replace(/…$/, "");
  const at = whole.indexOf(start);
  const next = whole[at + start.length] ?? " ";
  return at >= 0 && (!/[\p{L}\p{N}]/u.test(next) || start === visible) ? whole : `${visible}, ${whole}`;
}

/** Break a text into at most `lines` lines of a width. */
export function wrap(text: string, room: number, lines: number, rule: Ruler): string[] {
  const rows: string[] = [];
  let row = "";
  const parts = tied(oneLine(text, 300)).split(" ");
  for (const [at, word] of parts.entries()) {
    const longer = row ? `${row} ${word}` : word;
    if (!row || rule.width(longer) <= room) {
      row = longer;
      continue;
    }
    if (rows.length === lines - 1) {
      row = [row, ...parts.slice(at)].join(" ");
      break;
    }
    rows.push(row);
    row = word;
  }
  return [...rows, row].map((one) => rule.fit(untied(one), room));
}
