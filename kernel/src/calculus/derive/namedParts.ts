/** Which parts of an expression a page names first: y in L(y), and z in ln(1 + e^z). */
import { type Expr, topological } from "../core/expr.js";
import type { Let } from "../core/step.js";
import { substitute } from "../ops/build.js";
import { opOf } from "../ops/index.js";
import { isNumber, isSymbol } from "../ops/leaves.js";
import { freshSymbol } from "./names.js";

export interface NamedParts {
  readonly f: Expr;
  readonly lets: readonly Let[];
}

/** `given`: names that the user has for parts, by their value written out; they are preferred to new ones. */
export function nameParts(f: Expr, depends: (e: Expr) => boolean, given: readonly Let[] = []): NamedParts {
  const lets: Let[] = [];
  let g = f;
  const name = (value: Expr, preferred: string): void => {
    const symbol =
      given.find((l) => l.value === value)?.symbol ??
      freshSymbol([preferred], value.shape, g, ...lets.map((l) => l.value));
    lets.push({ symbol, value });
    g = substitute(g, new Map([[value, symbol]]));
  };
  for (const e of topological(f)) {
    if (e.op === "scalarfn" && depends(e) && !isSymbol(e.args[0]!)) name(e.args[0]!, "y");
  }
  if (lets.length > 0) return { f: g, lets };
  for (const e of topological(f)) {
    if (
      (e.op === "softmax" || e.op === "logsumexp") &&
      depends(e) &&
      !isSymbol(e.args[0]!) &&
      !lets.some((l) => l.value === e.args[0])
    )
      name(e.args[0]!, "z");
  }
  if (lets.length > 0) return { f: g, lets };
  for (const e of topological(f)) {
    const inner = compositeArgument(e, depends);
    if (inner && !isSymbol(inner.op === "transpose" ? inner.args[0]! : inner) && !lets.some((l) => l.value === inner))
      name(inner, "z");
  }
  return { f: g, lets };
}

/** The compound argument below at least two functions applied entry by entry, one after the other. */
function compositeArgument(e: Expr, depends: (e: Expr) => boolean): Expr | undefined {
  let functions = 0;
  let at = e;
  let deepest = e;
  for (;;) {
    const record = opOf(at.op);
    const passes =
      record.elementwise ||
      ((at.op === "add" || at.op === "times") &&
        functions > 0 &&
        at.args.every((a) => depends(a) || isNumber(a) || a.op === "ones"));
    if (!passes) break;
    const moving = at.args.filter(depends);
    if (moving.length !== 1) break;
    at = moving[0]!;
    if (record.elementwise) {
      functions++;
      deepest = at;
    }
  }
  return functions >= 2 ? deepest : undefined;
}
