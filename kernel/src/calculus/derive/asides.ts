/** Folded proofs of the rules that a page uses: why d|X| has two forms, and why d(X⁻¹) = −X⁻¹(dX)X⁻¹. */
import { cite } from "../core/cite.js";
import { type Expr, topological } from "../core/expr.js";
import type { Aside, Step } from "../core/step.js";
import { build as b } from "../ops/build.js";
import { d } from "../ops/leaves.js";
import { checkEqual, type Site } from "../verify/checkStep.js";
import { grounded, type LineState } from "./lineState.js";

interface Line {
  readonly before: Expr;
  readonly after: Expr;
  readonly rule: string;
  readonly chip: string;
  readonly place?: string;
  readonly note: string;
}

function prove(title: string, lines: readonly Line[], state: LineState, sites: readonly Site[]): Aside {
  const steps = lines.map(
    (l): Step => ({
      rule: l.rule,
      chips: [l.chip],
      cites: l.place ? [cite("notes", l.place)] : [],
      note: l.note,
      body: { kind: "differential", before: l.before, after: l.after },
      conditions: [],
      shape: "",
      check: checkEqual(l.rule, grounded(state, l.before), grounded(state, l.after), sites),
    }),
  );
  return { title, steps };
}

/** d|X| = tr(adj(X) dX) = |X| tr(X⁻¹dX), equations (10) and (11). */
export function whyDeterminant(X: Expr, state: LineState, sites: readonly Site[]): Aside {
  const dX = d(X);
  const adjugate = b.op("tr", [b.mul(b.op("adj", [X]), dX)]);
  return prove(
    "Why (11)?",
    [
      {
        before: d(b.op("det", [X])),
        after: adjugate,
        rule: "determinant/adjugate",
        chip: "cofactors",
        place: "(10)",
        note: "\\text{eq. (10): } \\partial|\\mathbf X|/\\partial x_{ij}=\\text{cofactor }C_{ij},\\ \\operatorname{adj}(\\mathbf X)=C^\\top",
      },
      {
        before: adjugate,
        after: b.times(b.op("det", [X]), b.op("tr", [b.mul(b.op("inv", [X]), dX)])),
        rule: "determinant/inverse",
        chip: "adjugate",
        place: "(11)",
        note: "\\mathbf X^{-1}=\\operatorname{adj}(\\mathbf X)/|\\mathbf X|",
      },
    ],
    state,
    sites,
  );
}

/** From X⁻¹X = I: d(X⁻¹)X + X⁻¹dX = 0, as 002 derives equation (8). */
export function whyInverse(X: Expr, state: LineState, sites: readonly Site[]): Aside {
  const inverse = b.op("inv", [X]);
  const zero = b.zeros(X.shape);
  return prove(
    "Why (8)?",
    [
      {
        before: d(b.mul(inverse, X)),
        after: zero,
        rule: "inverse/definition",
        chip: "X⁻¹X = I",
        place: "§2",
        note: "\\mathbf X^{-1}\\mathbf X=\\mathbf I\\text{ is constant}",
      },
      {
        before: b.add(b.mul(d(inverse), X), b.mul(inverse, d(X))),
        after: zero,
        rule: "product",
        chip: "product",
        place: "(4)",
        note: "\\text{from eq. (4)}",
      },
      {
        before: d(inverse),
        after: b.neg(b.mul(inverse, d(X), inverse)),
        rule: "inverse",
        chip: "solve",
        place: "(8)",
        note: "\\text{subtract, then multiply by }\\mathbf X^{-1}\\text{ from the right}",
      },
    ],
    state,
    sites,
  );
}

/** The asides of a page: one for each rule with a proof, at the first matrix it is used on. */
export function asidesOf(
  f: Expr,
  state: LineState,
  depends: (e: Expr) => boolean,
  sites: readonly Site[],
): readonly Aside[] {
  const asides: Aside[] = [];
  const nodes = topological(f).filter(depends);
  const determinant = nodes.find((e) => e.op === "det" || e.op === "logdet");
  if (determinant && state.wrt.has(determinant.args[0]!))
    asides.push(whyDeterminant(determinant.args[0]!, state, sites));
  const inverse = nodes.find((e) => e.op === "inv");
  if (inverse && state.wrt.has(inverse.args[0]!)) asides.push(whyInverse(inverse.args[0]!, state, sites));
  return asides;
}
