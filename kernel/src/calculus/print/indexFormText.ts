/** An index form on one line: "J_ijkl = -[inv(X)]_ik [inv(X)]_lj", its free indices in the order of the axes. */
import type { IndexForm } from "../core/indexForm.js";
import { indexJson } from "./indexJson.js";

/** Where the axes of the output stand; the notes write them first. */
export type AxisOrder = "output-first" | "variable-first";

/** `outputs`: how many of the free indices are the output's; they are moved behind the others for variable-first. */
export function indexFormText(form: IndexForm, order: AxisOrder = "output-first", outputs = 0): string {
  const { free, terms } = indexJson(form);
  const indices = order === "output-first" ? free : [...free.slice(outputs), ...free.slice(0, outputs)];
  const body = terms.map(({ coef, factors }, n) => {
    const size = Math.abs(coef);
    const parts = [
      ...(size === 1 && factors.length > 0 ? [] : [String(size)]),
      ...factors.map((f) => ("delta" in f ? `δ_${f.delta.join("")}` : entry(f.expr, f.indices))),
    ].join(" ");
    return n === 0 ? `${coef < 0 ? "-" : ""}${parts}` : `${coef < 0 ? " - " : " + "}${parts}`;
  });
  return `${indices.length > 0 ? `J_${indices.join("")}` : "J"} = ${body.join("") || "0"}`;
}

const entry = (expr: string, indices: readonly string[]): string =>
  indices.length === 0
    ? expr.length > 1
      ? `(${expr})`
      : expr
    : `${expr.length > 1 ? `[${expr}]` : expr}_${indices.join("")}`;
