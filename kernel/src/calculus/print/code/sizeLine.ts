/** n = size(W, 2) / m: the lines of a function that tell its sizes. */
import type { Expr } from "../../core/expr.js";
import type { Program, ProgramFunction } from "./program.js";

export function sizeLines(
  f: ProgramFunction,
  made: Program,
  axisOf: (name: string, input: Expr, axis: 0 | 1) => string,
  divided: (axis: string, by: string) => string,
): { readonly name: string; readonly text: string }[] {
  return f.sizes.map(({ name, source, others }) => {
    const input = made.inputs.find((i) => i.symbol === source.input)!;
    const axis = axisOf(input.name, source.input, source.axis);
    const divisor = [...(source.coefficient === 1 ? [] : [String(source.coefficient)]), ...others].join(" * ");
    return { name, text: divisor === "" ? axis : divided(axis, divisor) };
  });
}
