/** Problems as text: "‖W x + b‖² by W". */
import type { Derivation } from "../../../kernel/src/calculus/core/derivation.js";
import type { Layout } from "../../../kernel/src/calculus/core/step.js";
import { type DeriveOptions, derive } from "../../../kernel/src/calculus/derive/derive.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parse } from "../../../kernel/src/calculus/text/parse.js";

export function problem(
  expr: string,
  vars: string,
  by: string | readonly string[],
  layout: Layout = "denominator",
  more: DeriveOptions = {},
): Derivation {
  const scope = declare(vars);
  const wrt = (typeof by === "string" ? [by] : by).map((name) => scope.symbols.get(name)!);
  return derive(parse(expr, scope).expr, wrt, { layout, text: expr, ...more });
}
