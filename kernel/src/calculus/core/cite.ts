/** Where a rule or a result is printed. Never invent an equation number: unnumbered rules say so in `at`. */
import type { SourceId } from "./sources.js";

export interface Citation {
  readonly source: SourceId;
  /** Place in the source: "(4)", "§2.2, unnumbered". */
  readonly at: string;
  readonly layout?: "numerator" | "denominator" | undefined;
  /** What the source prints where it slips, and what it should be. */
  readonly erratum?: string | undefined;
}

export const cite = (source: SourceId, at: string, more: Omit<Citation, "source" | "at"> = {}): Citation =>
  Object.freeze({ source, at, ...more });
