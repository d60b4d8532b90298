/** LaTeX as the notes write it, read by the grammar. */
import { type Program, type Purpose, parseProgram } from "../program.js";
import type { Declarations } from "../scope.js";
import { texText } from "./texText.js";

/**
 * Reads LaTeX: one expression, or named intermediates on lines of their own.
 * @param latex with or without math delimiters; in a string backslashes are doubled, or `String.raw` is used
 * @throws NablaError whose span points into `latex`
 * @example parseTex("\\|Wx+b\\|^2", declare("W: m×n, x: n, b: m")).normalised // "norm(W*x + b)^2"
 */
export function parseTex(latex: string, scope: Declarations, purpose: Purpose = {}): Program {
  const read = texText(latex, scope);
  const program = read.run((text) => parseProgram(text, scope, purpose));
  return Object.freeze({
    ...program,
    notes: Object.freeze([...read.notes, ...program.notes]),
    warnings: Object.freeze([...program.warnings, ...read.warnings]),
  });
}
