/** One column of a list: how it sorts, how it reads, and what a saved file holds. */

export interface Column {
  readonly name: string;
  readonly label: string;
  /** Numbers are aligned right and sort largest first. */
  readonly numeric?: boolean;
  /** Long texts, which may break; all others stay on one line. */
  readonly wide?: boolean;
  /** Whether its values are known only when the texts are there. */
  readonly late?: boolean;
  /** What rows sort by: NaN and "" come last in both directions. */
  key(row: number): number | string;
  text(row: number): string;
  /** For a saved file, where it differs from `text`: numbers in full, days as 2021-11-18. */
  plain?(row: number): string;
  /** Words that are marked in the cell. */
  readonly marked?: string;
  /** The node that the cell names, where it names one. */
  node?(row: number): number;
}
