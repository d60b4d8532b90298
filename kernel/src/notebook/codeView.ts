/** A program as a cell shows it: highlighted, and as plain text; `String(…)` is the file. */
import type { CodeTarget } from "../calculus/index.js";
import { type Bundle, codeBundle } from "../display/index.js";

export interface CodeView {
  readonly kind: "nabla.code";
  readonly target: CodeTarget;
  /** The whole file. */
  readonly text: string;
  toString(): string;
}

export const codeView = (text: string, target: CodeTarget): CodeView =>
  Object.freeze({
    kind: "nabla.code" as const,
    target,
    text,
    toString: () => text,
    [Symbol.for("Jupyter.display")]: (): Bundle => codeBundle(text, target),
  });
