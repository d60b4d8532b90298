/** The lines that print an answer: what is read off the last differential, and the same with a declared fact. */
import { type Citation, cite } from "../core/cite.js";
import type { Derivative } from "../core/derivation.js";
import type { Expr } from "../core/expr.js";
import { isColumn, isScalar } from "../core/shape.js";
import type { Layout, Let, Step } from "../core/step.js";
import type { Site } from "../verify/checkStep.js";
import { placesOf } from "./errata.js";
import { inLayout } from "./layout.js";
import { withoutLets } from "./lineState.js";
import { checkForm } from "./proveForms.js";
import { refer } from "./refer.js";

/** The named parts of the page, and the factor that its last line shows. */
export interface Shown {
  readonly lets: readonly Let[];
  readonly factor: Expr | undefined;
}

/** dy = M dx ⇒ dy/dx = M, or from the trace; the layout decides whether M or its transpose is printed. */
export function readOff(
  result: Derivative,
  layout: Layout,
  { lets, factor }: Shown,
  at: readonly Site[],
): Step | undefined {
  const { of: f, wrt, order, kronecker, arrangement } = result;
  const x = wrt[wrt.length - 1]!;
  const vector = isColumn(x.shape) || isScalar(x.shape);
  const place: Citation = cite(
    "notes",
    isScalar(x.shape) && isScalar(f.shape) ? "(1)" : !vector ? "(3)" : wrt.length === 2 ? "(2) applied to ∇f" : "(2)",
  );
  if (order > 2) {
    if (!kronecker) return undefined;
    // The Kronecker form was proved with the result; only the names of the page are put in.
    const check = { seed: at[0]!.seed, maxRelError: 0 };
    const note = "\\text{column-major vec; no layout applies to this order}";
    return { ...line(refer(kronecker, lets)), note, cites: [place], check };
  }
  const expr = refer(factor && (layout === "numerator" || wrt.length === 2) ? factor : inLayout(result, layout)!, lets);
  const transposes =
    layout === "denominator" && wrt.length === 1 && arrangement !== "scalar" && arrangement !== "by-scalar";
  const made = line(expr);
  return {
    ...made,
    chips: [...made.chips, ...(transposes && vector ? ["layout"] : [])],
    cites: [place, ...placesOf(f, wrt, layout)],
    note: transposes
      ? "\\text{transpose of the factor in front of the differential, so that it has the shape of the variable}"
      : "\\text{the factor in front of the differential}",
    check: checked("the line read off", expr, result, layout, lets, at),
  };

  function line(answer: Expr): Omit<Step, "note" | "cites" | "check"> {
    const body = {
      kind: "result" as const,
      of: f,
      wrt,
      expr: answer,
      layout,
      ...(order > 2 ? { vec: true as const } : {}),
    };
    return { rule: "identify", chips: ["read off"], body, conditions: [], shape: "" };
  }
}

/** Whether the answer with declared facts is another than the one without them. */
export const factsAreLeft = (plain: Derivative, result: Derivative): boolean =>
  plain.order > 2
    ? result.kronecker !== undefined && plain.kronecker !== result.kronecker
    : plain.matrix !== result.matrix;

/** Declared facts are used on the final answer, in a line of their own with their conditions. */
export function factStep(result: Derivative, layout: Layout, lets: readonly Let[], at: readonly Site[]): Step {
  const { of, wrt, order, kronecker } = result;
  const vec = order > 2;
  const expr = refer(vec ? kronecker! : inLayout(result, layout)!, lets);
  const said = result.conditions.length > 0 ? result.conditions : ["declared facts"];
  return {
    rule: "fact",
    chips: said.map((c) => `fact: ${c.split(",")[0]}`),
    cites: [],
    note: `\\text{${said.join("; ")}}`,
    body: { kind: "result", of, wrt, expr, layout, ...(vec ? { vec } : {}) },
    conditions: said,
    shape: "",
    // The Kronecker form was proved with the result.
    check: vec ? { seed: at[0]!.seed, maxRelError: 0 } : checked("the line with facts", expr, result, layout, lets, at),
  };
}

function checked(
  what: string,
  expr: Expr,
  result: Derivative,
  layout: Layout,
  lets: readonly Let[],
  at: readonly Site[],
): Step["check"] {
  return { seed: at[0]!.seed, maxRelError: checkForm(what, withoutLets(lets, expr), result, layout, at) };
}
