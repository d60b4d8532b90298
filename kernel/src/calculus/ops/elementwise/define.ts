/** The family of functions applied entry by entry: dσ(z) = σ′(z) ∘ dz. One call makes a whole record. */
import { cite } from "../../core/cite.js";
import { map } from "../../core/dense.js";
import type { Expr } from "../../core/expr.js";
import { mapGrid } from "../../core/grid.js";
import type { Jet } from "../../core/tape.js";
import type { Code } from "../code/define.js";
import { type Build, defineOp, type OpDef, type RuleName } from "../define.js";
import { call, type Fragment, LEVEL, type Print } from "../fragment.js";

export const elementwiseRule: RuleName = {
  id: "elementwise",
  chip: "elementwise",
  sentence: "The differential of a function applied entry by entry is its derivative at z, entry by entry, times dz.",
  formula: "d\\sigma(\\mathbf z)=\\sigma'(\\mathbf z)\\circ d\\mathbf z",
  cite: cite("notes", "§2.2, unnumbered"),
};

export interface ElementwiseSpec {
  readonly name: string;
  readonly doc: string;
  readonly domain?: string;
  /** The value at x; `kink` is the agreed value of a one-sided derivative. */
  readonly value: (x: number, kink: number) => number;
  /** Value and three derivatives as numbers, from textbook formulas that keep their digits where σ is flat. */
  readonly jet: (x: number, kink: number) => Jet;
  /** σ′(z) as an expression of z and of σ(z) itself. */
  readonly derivative: (b: Build, z: Expr, self: Expr) => Expr;
  readonly latex?: (inner: string, self: Expr) => string;
  readonly code: Code;
  readonly entries?: readonly [number, number];
  readonly at?: string;
  readonly kink?: OpDef["kink"];
  readonly range?: OpDef["range"];
}

export function elementwise(spec: ElementwiseSpec): OpDef {
  return defineOp({
    name: spec.name,
    arity: 1,
    elementwise: true,
    doc: spec.doc,
    ...(spec.domain ? { domain: spec.domain } : {}),
    ...(spec.kink ? { kink: spec.kink } : {}),
    ...(spec.range ? { range: spec.range } : {}),
    cite: [cite("notes", "§2.2, unnumbered"), cite("handwritten", spec.at ?? "operator table")],
    shape: ([z]) => z!.shape,
    scalars: (t, [z], _self, env) => mapGrid(z!, (x) => t.apply(x, (value) => spec.jet(value, env.kink))),
    evaluate: ([z], _self, env) => map(z!, (x) => spec.value(x, env.kink)),
    entryValue: spec.value,
    differential: (b, self, _i, dz) => b.hadamard(spec.derivative(b, self.args[0]!, self), dz),
    rule: elementwiseRule,
    text: (self, print) => call(spec.name, print(self.args[0]!, LEVEL.sum)),
    latex: (self, print) => latexElementwise(spec, self, print),
    code: spec.code,
    sample: [
      { args: [["m", "n"]], entries: spec.entries ?? [-1.5, 1.5] },
      { args: [["n", 1]], entries: spec.entries ?? [-1.5, 1.5] },
    ],
  });
}

function latexElementwise(spec: ElementwiseSpec, self: Expr, print: Print): Fragment {
  const inner = print(self.args[0]!, LEVEL.sum);
  const out = spec.latex ? spec.latex(inner, self) : `\\operatorname{${spec.name}}(${inner})`;
  // e^z takes parentheses under a further exponent or a transpose.
  return { out, level: out.startsWith("e^") ? LEVEL.power : LEVEL.atom };
}
