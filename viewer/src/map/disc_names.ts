/** The names of communities within their discs: on several lines, smaller, or the first member alone, before a name is cut. */

/** Lines of text of one size in pixels. */
export interface DiscName {
  lines: string[];
  font: number;
}

const SMALLEST = 9; // pixels of letters that can be read
const STEPS = 2; // by how many pixels letters may shrink
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
  const [room = 0] = chords(radius, middle, least, 1);
  return { lines: [cut(members[0] as string, room, (text) => width(text, least))], font: least };
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

/** A text on one line, or on two where it is too wide for one; none where it is too wide for two. */
export function inTwo(text: string, room: number, width: (text: string) => number): string[] {
  for (const rooms of [[room], [room, room]]) {
    const lines = wrapped([text], rooms, width);
    if (lines) return lines;
  }
  return [];
}

/** A text that is cut where it is too wide. */
export function cut(text: string, room: number, width: (text: string) => number): string {
  let left = text;
  while (left.length > 2 && width(left) > room) left = `${left.slice(0, -2).trimEnd()}…`;
  return left;
}
