/** A name before a parenthesis that is no function: what was meant, or why there is none. */

import { nearest } from "./distance.js";
import { ARITY, INSTEAD, NOT_DIFFERENTIABLE, OUTSIDE } from "./functionNames.js";
import { failure, type Reading } from "./reading.js";
import type { Tree } from "./syntax.js";

export function unknownFunction(r: Reading, call: Extract<Tree, { kind: "call" }>, name: string): Error {
  const span = r.items[call.from]!.span;
  if (NOT_DIFFERENTIABLE.has(name))
    return failure(
      r,
      span,
      "not_differentiable",
      `${name} has no derivative that is of use: it is constant between its jumps`,
      {
        got: name,
        want: "a function with a derivative",
      },
    );
  const outside = OUTSIDE.get(name);
  if (outside !== undefined)
    return failure(
      r,
      span,
      "unknown_function",
      `${name === "grad_" ? "∇ of an expression" : name} is no function of the grammar`,
      {
        got: name,
        want: "a function of the grammar or a declared one",
        hint: outside,
      },
    );
  const known = [...ARITY.keys(), ...r.scope.functions.keys(), ...r.scope.symbols.keys()];
  const guess = INSTEAD.get(name) ?? nearest(name, known);
  return failure(r, span, "unknown_function", `unknown function ${name}${guess ? `: did you mean ${guess}?` : ""}`, {
    got: name,
    want: "a function of the grammar or a declared one",
    hint: guess ?? `declare it: "${name}: elementwise" or "${name}: scalar of n"`,
  });
}
