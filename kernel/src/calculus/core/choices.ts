/** What a caller may choose for a derivation, in the order in which it is offered; the first layout and style are the defaults. */
import type { Structure } from "./derivation.js";
import type { Layout, Style } from "./step.js";

/** Every layout, style and structure by name. */
export const CHOICES = {
  layout: ["denominator", "numerator"],
  style: ["differential", "index", "chain"],
  structure: ["symmetric-entries", "projected"],
} as const satisfies {
  readonly layout: readonly Layout[];
  readonly style: readonly Style[];
  readonly structure: readonly Structure[];
};
