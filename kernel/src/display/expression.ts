/** An expression as a cell shows it: typeset where that is possible, in the grammar of the input elsewhere. */
import { type Bundle, LATEX, MARKDOWN, TEXT } from "./bundle.js";
import { markdownMath } from "./escape.js";

export interface ShownExpression {
  readonly latex: string;
  /** In the text grammar, so that it can be typed back. */
  readonly text: string;
  /** "m×n"; said in the text form only. */
  readonly shape?: string;
}

/** `expressionBundle({ latex: "\\mathbf W\\mathbf x", text: "W*x", shape: "m×1" })` */
export const expressionBundle = ({ latex, text, shape }: ShownExpression): Bundle => ({
  [MARKDOWN]: `$$${markdownMath(latex).replaceAll("\n", " ")}$$`,
  [LATEX]: `\\[\n${latex}\n\\]`,
  [TEXT]: shape ? `${text}   (${shape})` : text,
});
