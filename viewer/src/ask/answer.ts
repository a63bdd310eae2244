/** An answer as it goes from the engine to the page: rows of terms, or a truth value. */

/** `value` of a literal is its text; of a quoted triple all of it. */
export interface Term {
  readonly type: "iri" | "literal" | "blank" | "triple";
  readonly value: string;
  /** Local name of an XML Schema datatype, a whole IRI for others; "" for strings. */
  readonly datatype: string;
}

export type Row = (Term | null)[];

export interface Answer {
  /** Null for a question with rows. */
  readonly truth: boolean | null;
  readonly columns: string[];
  readonly rows: Row[];
  /** All rows of the answer; more than are in `rows` where there are more than `MOST`. */
  readonly total: number;
  /** Milliseconds that the engine took. */
  readonly took: number;
}

/** Most rows that are handed over: what nobody reads would only fill the memory. */
export const MOST = 100_000;

const INTEGERS = /^(integer|int|long|short|byte|(non)?(Negative|Positive)Integer|(negative|positive|nonNegative|nonPositive)Integer|unsigned(Int|Long|Short|Byte))$/;

export type Sort = "number" | "day" | "time" | "truth" | "text";

/** What kind of value a term is, by its datatype. */
export function sortOf(term: Term): Sort {
  if (term.type !== "literal") return "text";
  if (INTEGERS.test(term.datatype) || ["decimal", "double", "float"].includes(term.datatype)) return Number.isFinite(Number(term.value)) ? "number" : "text";
  if (term.datatype === "date") return /^-?\d{4,}-\d\d-\d\d/.test(term.value) ? "day" : "text";
  if (term.datatype === "dateTime") return Number.isNaN(Date.parse(term.value)) ? "text" : "time";
  return term.datatype === "boolean" ? "truth" : "text";
}

const LETTERS = new Intl.Collator("en", { numeric: true });

/** Compare two terms for sorting: numbers and times by value, others as words; what is missing comes last in both directions. */
export function compare(one: Term | null, other: Term | null, down: boolean): number {
  if (!one || !other) return one ? -1 : other ? 1 : 0;
  const sort = sortOf(one);
  let found: number;
  if (sort !== sortOf(other)) found = LETTERS.compare(one.value, other.value);
  else if (sort === "number") found = Number(one.value) - Number(other.value);
  else if (sort === "time") found = Date.parse(one.value) - Date.parse(other.value);
  else found = LETTERS.compare(one.value, other.value);
  return down ? -found : found;
}

/** Rows as CSV with a header line; every value as the graph holds it. */
export function answerCsv(columns: readonly string[], rows: readonly Row[]): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const lines = rows.map((row) => row.map((term) => (term ? cell(term.value) : "")).join(","));
  return [columns.map(cell).join(","), ...lines, ""].join("\n");
}
