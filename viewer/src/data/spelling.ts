/** Words that differ from a typed one by a slip of the finger: a letter missing, added, changed, or two exchanged. */

const SHORTEST = 4; // letters: nearly every shorter word is near another
const LONG = 8; // letters from which two slips are forgiven

/** A list of words with, for each, which letters it has: words that share too few letters are not compared. */
export class Vocabulary {
  readonly #letters = new Map<string, number>();
  /** How often each word was added. */
  readonly #uses = new Map<string, number>();

  /** Add the words of a folded text. */
  add(folded: string): void {
    for (const word of folded.split(" ")) {
      if (word.length < SHORTEST - 1) continue;
      const uses = this.#uses.get(word);
      if (uses === undefined) this.#letters.set(word, lettersOf(word));
      this.#uses.set(word, (uses ?? 0) + 1);
    }
  }

  /** The words nearest to a folded one, those with fewest slips and then the most used first; nothing for short words. */
  near(word: string, limit = 3): string[] {
    if (word.length < SHORTEST) return [];
    const most = word.length < LONG ? 1 : 2;
    const letters = lettersOf(word);
    const found: { word: string; slips: number; uses: number }[] = [];
    for (const [other, its] of this.#letters) {
      if (Math.abs(other.length - word.length) > most || ones(its ^ letters) > 2 * most) continue;
      const slips = slipsBetween(word, other, most);
      if (slips <= most) found.push({ word: other, slips, uses: this.#uses.get(other) ?? 0 });
    }
    found.sort((one, two) => one.slips - two.slips || two.uses - one.uses || (one.word < two.word ? -1 : 1));
    return found.slice(0, limit).map((one) => one.word);
  }
}

/** One bit for each letter and digit that occurs. */
function lettersOf(word: string): number {
  let bits = 0;
  for (let at = 0; at < word.length; at++) bits |= 1 << (word.charCodeAt(at) & 31);
  return bits;
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest; rest &= rest - 1) count++;
  return count;
}

/** The optimal string alignment distance (Damerau and Levenshtein, no letter moved twice), or `most + 1` if it is larger. */
export function slipsBetween(one: string, other: string, most: number): number {
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const line = [row];
    let least = row;
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      let cost = Math.min((above[column] as number) + 1, (line[column - 1] as number) + 1, (above[column - 1] as number) + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) cost = Math.min(cost, (before[column - 2] as number) + 1);
      line.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    before = above;
    above = line;
  }
  return Math.min(most + 1, above[other.length] as number);
}
