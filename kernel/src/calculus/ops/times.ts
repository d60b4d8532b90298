/** Scalar multiple s·A, or a product of scalars: the scalars commute and stand in front. */

import { cite } from "../core/cite.js";
import { type Dense, dense } from "../core/dense.js";
import type { Expr } from "../core/expr.js";
import { mapGrid } from "../core/grid.js";
import { isRow, isScalar, SCALAR } from "../core/shape.js";
import { entrywise, multiple } from "./code/entrywise.js";
import { defineOp } from "./define.js";
import { decimal, type Fragment, LEVEL, latexNumber, type Print, rational } from "./fragment.js";
import { isNumber } from "./leaves.js";
import { readTimes } from "./scalars.js";

const scale = (values: readonly Dense[]): Dense => {
  const found = values.findIndex((v) => v.data.length !== 1);
  const at = found < 0 ? values.length - 1 : found;
  // By place and not by value: in s·s both factors are one object.
  const wide = values[at]!;
  const s = values.reduce((p, v, i) => (i === at ? p : p * v.data[0]!), 1);
  return dense(
    wide.rows,
    wide.cols,
    wide.data.map((x) => s * x),
  );
};

const others = (self: Expr, i: number): Expr[] => self.args.filter((_, j) => j !== i);

export const times = defineOp({
  name: "times",
  arity: "many",
  doc: "Scalar multiple; the scalars commute.",
  linear: "along",
  cite: [cite("notes", "(4)"), cite("handwritten", "scalar-vector operations")],
  shape: (args) => args.find((a) => !isScalar(a.shape))?.shape ?? SCALAR,
  evaluate: scale,
  scalars: (t, args) => {
    const found = args.findIndex((a) => a.at.length !== 1);
    const at = found < 0 ? args.length - 1 : found;
    const s = args.reduce((p, a, i) => (i === at ? p : t.mul(p, a.at[0]!)), t.constant(1));
    return mapGrid(args[at]!, (x) => t.mul(s, x));
  },
  differential: (b, self, i, dArg) => b.times(...others(self, i), dArg),
  rule: {
    id: "product",
    chip: "product",
    sentence: "The product rule: differentiate one factor at a time and keep the order.",
    formula: "d(s\\mathbf X)=(ds)\\mathbf X+s\\,d\\mathbf X",
    cite: cite("notes", "(4)"),
  },
  pullback: {
    gradient: (b, self, i, G) => {
      const rest = others(self, i);
      if (!isScalar(self.args[i]!.shape) || isScalar(self.shape)) return b.times(...rest, G);
      const wide = rest[rest.length - 1]!;
      return b.times(...rest.slice(0, -1), b.op("tr", [b.mul(b.transpose(wide), G)]));
    },
    jacobian: (b, self, i, C) => {
      const rest = others(self, i);
      if (!isScalar(self.args[i]!.shape) || isScalar(self.shape)) return b.times(...rest, C);
      const wide = rest[rest.length - 1]!;
      return b.times(...rest.slice(0, -1), b.mul(isRow(wide.shape) ? wide : b.transpose(wide), C));
    },
  },
  entry: (_b, self, row, col) => [
    {
      coefficient: 1,
      parts: self.args.map((expr) =>
        isScalar(expr.shape) ? { expr, row: undefined, col: undefined } : { expr, row, col },
      ),
      deltas: [],
    },
  ],
  text,
  latex,
  code: entrywise(multiple),
  sample: [
    {
      args: [
        [1, 1],
        ["m", "n"],
      ],
    },
    {
      args: [
        [1, 1],
        [1, 1],
      ],
    },
    {
      args: [
        [1, 1],
        [1, 1],
        ["n", 1],
      ],
    },
  ],
});

/** A scalar that is itself a product of matrices is fenced: (x'*y)*z. */
const fenced = (e: Expr, print: Print): string =>
  e.op === "mul" ? `(${print(e, LEVEL.sum)})` : print(e, LEVEL.product);

/** 1 ./ z behind a scalar that does not spread: (x'*y)*(1 ./ z). */
const reciprocal = (e: Expr): boolean => e.op === "pow" && isNumber(e.args[1]!, -1);

function text(self: Expr, print: Print): Fragment {
  const { negative, coefficient, over, under, wide } = readTimes(self);
  const exact = rational(coefficient);
  const number =
    Number.isInteger(coefficient) || !exact || [2, 4, 5, 8].includes(exact[1])
      ? decimal(coefficient)
      : `${exact[0]}/${exact[1]}`;
  const factors = [
    ...(coefficient !== 1 || (over.length === 0 && !wide) ? [number] : []),
    ...over.map((e) => fenced(e, print)),
    ...(wide
      ? [
          wide.op === "hadamard" || (over.length > 0 && reciprocal(wide))
            ? `(${print(wide, LEVEL.sum)})`
            : print(wide, LEVEL.product),
        ]
      : []),
  ];
  const bare = over.length === 0 && coefficient === 1 && wide;
  const body = bare
    ? [wide.op === "hadamard" && under.length > 0 ? `(${print(wide, LEVEL.sum)})` : print(wide, LEVEL.product)]
    : factors;
  const out = [body.join("*"), ...under.map((e) => print(e, LEVEL.power))].join("/");
  return { out: negative ? `-${out}` : out, level: LEVEL.product };
}

function latex(self: Expr, print: Print): Fragment {
  const { negative, coefficient, over, under, wide } = readTimes(self);
  const factor = (e: Expr): string =>
    e.op === "mul" && (over.length > 1 || wide) ? `(${print(e, LEVEL.sum)})` : print(e, LEVEL.product);
  const scalars = over.map(factor);
  const matrix = wide ? [wide.op === "hadamard" ? `(${print(wide, LEVEL.sum)})` : print(wide, LEVEL.product)] : [];
  const sign = negative ? "-" : "";
  if (under.length === 0) {
    const bare = coefficient === 1 && scalars.length === 0;
    const parts =
      bare && wide
        ? [print(wide, LEVEL.product)]
        : [...(coefficient === 1 ? [] : [latexNumber(coefficient)]), ...scalars, ...matrix];
    return { out: sign + joinLatex(parts), level: LEVEL.product };
  }
  const [p, q] = rational(coefficient) ?? [coefficient, 1];
  const top = [...(p === 1 ? [] : [decimal(p)]), ...scalars, ...(wide ? [matrix[0]!] : [])];
  const bottom = [
    ...(q === 1 ? [] : [decimal(q)]),
    ...under.map((e) => print(e, under.length + (q === 1 ? 0 : 1) > 1 ? LEVEL.product : LEVEL.sum)),
  ];
  return { out: `${sign}\\frac{${joinLatex(top) || "1"}}{${joinLatex(bottom)}}`, level: LEVEL.product };
}

const joinLatex = (parts: readonly string[]): string =>
  parts.reduce((line, part) => {
    if (line === "") return part;
    const next = part.startsWith("-") ? `(${part})` : part;
    return `${line}${/^[\d]/.test(next) ? "\\cdot " : "\\,"}${next}`;
  }, "");
