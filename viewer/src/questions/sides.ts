/** Who did it to whom: the side of what is asked on which a thing stands, by the words round it. */

/** Places in `Subject.sides`. */
const DOER = 0, OTHER = 1, OWNER = 2;

/**
 * The side of a thing, -1 where the phrase leaves it open. In `phrase` the thing is "T" with its number, other things have other numbers,
 * what is asked is "V" (a verb), "N" (a noun) or "S" (no event): "S V T0", "N by T0", "what did T0 V".
 */
export function sideOf(phrase: string, thing: string): number {
  const has = (pattern: string): boolean => new RegExp(` ${pattern.replace(/T(?!\\)/g, thing)} `).test(` ${phrase} `);
  const be = "(was|were|is|are|been|being|got)";
  if (has("by( the)? T")) return DOER;
  if (has("(against|in|into)( the)? T")) return OTHER;
  if (has("T s( \\w+)? [NV]")) return OWNER;
  if (has("V( the)? T(?! s )") || has(`${be} T V`) || has(`T ${be} V`) || has("T V by")) return OTHER;
  // "Acme sued" alone may be short for either side
  return has("T( \\w+)* V") && (has("\\w+ T") || has("V( the)? T\\d+")) ? DOER : -1;
}
