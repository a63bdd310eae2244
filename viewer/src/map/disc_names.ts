/** The names of communities within their discs: on several lines, smaller, the first member alone, or broken within words; else none. */

/** Lines of text of one size in pixels. */
export interface DiscName {
  lines: string[];
  font: number;
}

const SMALLEST = 9; // pixels of letters that can be read
const STEPS = 2; // by how many pixels letters may shrink
const PIECE = 3; // letters on each side of a hyphen
export const LEADING = 1.2;

/**
 * The lines of a name such as "Lumivar Systems, Merrowgate Capital". `radius` is that of the disc and `middle` how far below its centre
 * the middle of the lines is, in pixels; `width` measures a text in letters of a size. A name has at most `most` lines.
 */
export function discName(name: string, radius: number, middle: number, font: number, most: number, width: (text: string, font: number) => number): DiscName {
  const members = name.split(", ");
  const parts = members.map((member, at) => (at < members.length - 1 ? `${member},` : member));
  const sizes = Array.from({ length: STEPS + 1 }, (_, step) => font - step).filter((size) => size >= Math.min(SMALLEST, font));
  for (const shown of parts.length > 1 ? [[name], parts, members.slice(0, 1)] : [parts]) {
    for (const size of sizes) {
      for (let count = shown.length; count <= most; count++) {
        const lines = wrapped(shown, chords(radius, middle, size, count), (text) => width(text, size));
        if (lines && (shown[0] !== name || lines.length === 1 || parts.length === 1)) return { lines, font: size };
      }
    }
  }
  const least = sizes.at(-1) as number;
  for (let count = 2; count <= most; count++) {
    const lines = hyphenated(members[0] as string, chords(radius, middle, least, count), (text) => width(text, least));
    if (lines) return { lines, font: least };
  }
  return { lines: [], font: least };
}

/** The width of a disc at each of so many lines, less a margin. */
function chords(radius: number, middle: number, font: number, count: number): number[] {
  return Array.from({ length: count }, (_, line) => {
    const off = Math.abs(middle + (line - (count - 1) / 2) * font * LEADING) + font / 2;
    return off < radius ? 2 * Math.sqrt(radius * radius - off * off) - 4 : 0;
  });
}

/** Texts, each beginning a line, broken between words into as many lines as there are rooms; null where they do not fit. */
function wrapped(texts: readonly string[], rooms: readonly number[], width: (text: string) => number): string[] | null {
  const lines: string[] = [];
  for (const text of texts) {
    let line = "";
    for (const word of text.split(" ")) {
      const longer = line ? `${line} ${word}` : word;
      if (line && width(longer) > (rooms[lines.length] ?? 0)) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    lines.push(line);
  }
  return lines.length === rooms.length && lines.every((line, at) => width(line) <= (rooms[at] as number)) ? lines : null;
}

/** A text broken between words, after its hyphens or, with one more, within a word; null where it does not fit. */
function hyphenated(text: string, rooms: readonly number[], width: (text: string) => number): string[] | null {
  const lines: string[] = [];
  let left = text;
  for (const room of rooms) {
    if (width(left) <= room) return [...lines, left];
    let end = left.length - PIECE;
    while (end >= PIECE && width(`${left.slice(0, end)}-`) > room) end--;
    if (end < PIECE) return null;
    const [gap] = /[ -](?=[^ -]*$)/.exec(left.slice(0, end + 1)) ?? [""];
    const at = gap ? left.slice(0, end + 1).lastIndexOf(gap) : end;
    lines.push(gap === " " ? left.slice(0, at) : `${left.slice(0, at)}-`);
    left = left.slice(gap ? at + 1 : at);
  }
  return null;
}

/** A text on one line, or on two where it is too wide for one; none where it is too wide for two. */
export function inTwo(text: string, room: number, width: (text: string) => number): string[] {
  for (const rooms of [[room], [room, room]]) {
    const lines = wrapped([text], rooms, width);
    if (lines) return lines;
  }
  return [];
}
