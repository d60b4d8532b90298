/** Records of the nodes without operands, and of d(…), the differential that is not expanded yet. */
import { cite } from "../core/cite.js";
import { fill, identity, scalarValue } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { constantGrid, single } from "../core/grid.js";
import { axes, dim, isColumn, isMatrix, isOne, isRow, isScalar, SCALAR, sizeOf } from "../core/shape.js";
import type { Code, Writer } from "./code/define.js";
import { defineOp, type OpDef, type RuleName } from "./define.js";
import { elementwiseRule } from "./elementwise/define.js";
import { atom, call, decimal, type Fragment, LEVEL, latexName, latexNumber, type Print } from "./fragment.js";
import { nameOf, numberOf } from "./leaves.js";

const constantRule: RuleName = {
  id: "constant",
  chip: "constant",
  sentence: "The differential of a constant is 0.",
  formula: "d\\mathbf A=\\mathbf 0",
  cite: cite("notes", '§2, "differentiating w.r.t. W"'),
};

/** One spelling in every language. */
const everywhere = (write: (w: Writer) => Fragment): Code => ({
  python: write,
  julia: write,
  octave: write,
  typescript: write,
});

const sized = (out: string): Fragment => ({ out, level: out.includes("*") ? LEVEL.product : LEVEL.atom });

/** Ones or zeros of the shape of the node; TypeScript fills arrays with the number. */
const filledCode = (kind: "ones" | "zeros", value: string): Code => ({
  python: (w) => atom(w.constant(kind, oneAxis(w))),
  julia: (w) => call(kind, ...oneAxis(w)),
  octave: (w) => call(kind, w.size(w.self.shape.rows), w.size(w.self.shape.cols)),
  typescript: (w) => call(w.helper(isMatrix(w.self.shape) ? "filledMatrix" : "filledVector"), value, ...oneAxis(w)),
});

const oneAxis = (w: Writer): string[] => axes(w.self.shape).map((d) => w.size(d));

type Leaf = Pick<OpDef, "name" | "doc" | "shape" | "evaluate" | "text" | "latex" | "code"> &
  Partial<Pick<OpDef, "entry" | "scalars" | "range">>;

const leaf = (def: Leaf): OpDef =>
  defineOp({
    arity: 0,
    cite: [cite("notes", "§1")],
    differential: (b, self) => b.zeros(self.shape),
    scalars: (t, _args, self, env) => constantGrid(t, def.evaluate([], self, env)),
    rule: constantRule,
    sample: [],
    ...def,
  });

const given = (): never => {
  throw new NablaError("bad_argument", "the shape of a leaf is given when it is made");
};

export const symbolRecord = leaf({
  name: "symbol",
  doc: "A name with a shape and facts.",
  shape: given,
  evaluate: (_v, self) => {
    throw new NablaError("bad_argument", `no value given for ${nameOf(self)}`, { want: `a value for ${nameOf(self)}` });
  },
  text: (self) => atom(nameOf(self)),
  latex: (self) => atom(latexName(nameOf(self), !isScalar(self.shape))),
  code: everywhere((w) => atom(w.given(nameOf(w.self)))),
});

export const numberRecord = leaf({
  name: "number",
  doc: "A real number.",
  shape: () => SCALAR,
  evaluate: (_v, self) => scalarValue(numberOf(self)),
  scalars: (t, _args, self) => single(t.rounded(numberOf(self))),
  entry: (_b, self) => [{ coefficient: numberOf(self), parts: [], deltas: [] }],
  text: (self) => ({ out: decimal(numberOf(self)), level: numberOf(self) < 0 ? LEVEL.product : LEVEL.atom }),
  latex: (self) => ({ out: latexNumber(numberOf(self)), level: numberOf(self) < 0 ? LEVEL.product : LEVEL.atom }),
  code: everywhere((w) => ({
    out: String(numberOf(w.self)),
    level: numberOf(w.self) < 0 ? LEVEL.product : LEVEL.atom,
  })),
});

export const dimensionRecord = leaf({
  name: "dimension",
  doc: "A dimension used as a number.",
  range: [1, Number.POSITIVE_INFINITY],
  shape: () => SCALAR,
  evaluate: (_v, self, env) => scalarValue(sizeOf(dim(self.attrs.dim as string), env.sizes)),
  text: (self): Fragment => ({
    out: self.attrs.dim as string,
    level: (self.attrs.dim as string).includes("*") ? LEVEL.product : LEVEL.atom,
  }),
  latex: (self): Fragment => ({
    out: (self.attrs.dim as string).replaceAll("*", " "),
    level: (self.attrs.dim as string).includes("*") ? LEVEL.product : LEVEL.atom,
  }),
  code: everywhere((w) => sized(w.size(dim(w.self.attrs.dim as string)))),
});

export const eyeRecord = leaf({
  name: "eye",
  doc: "Identity matrix.",
  range: [0, 1],
  shape: given,
  evaluate: (_v, self, env) => identity(sizeOf(self.shape.rows, env.sizes)),
  entry: (_b, _self, row, col) => [{ coefficient: 1, parts: [], deltas: [[row!, col!]] }],
  text: (self) => atom(`eye(${self.shape.rows.key})`),
  latex: (self) =>
    atom(
      `\\mathbf I_${self.shape.rows.key.length === 1 ? self.shape.rows.key : `{${self.shape.rows.key.replaceAll("*", "")}}`}`,
    ),
  code: {
    python: (w) => atom(w.constant("eye", [w.size(w.self.shape.rows)])),
    julia: (w) => call("Matrix", `1.0I, ${w.size(w.self.shape.rows)}, ${w.size(w.self.shape.rows)}`),
    octave: (w) => call("eye", w.size(w.self.shape.rows)),
    typescript: (w) => call(w.helper("eye"), w.size(w.self.shape.rows)),
  },
});

export const onesRecord = leaf({
  name: "ones",
  doc: "Matrix of ones.",
  range: [1, 1],
  shape: given,
  evaluate: (_v, self, env) => fill(sizeOf(self.shape.rows, env.sizes), sizeOf(self.shape.cols, env.sizes), () => 1),
  entry: () => [{ coefficient: 1, parts: [], deltas: [] }],
  text: (self) => constantText(self, "ones"),
  latex: (self) =>
    atom(isRow(self.shape) ? "\\mathbf 1^\\top" : isColumn(self.shape) ? "\\mathbf 1" : "\\mathbf 1\\mathbf 1^\\top"),
  code: filledCode("ones", "1"),
});

export const zerosRecord = leaf({
  name: "zeros",
  doc: "Matrix of zeros.",
  range: [0, 0],
  shape: given,
  evaluate: (_v, self, env) => fill(sizeOf(self.shape.rows, env.sizes), sizeOf(self.shape.cols, env.sizes), () => 0),
  entry: () => [],
  text: (self) => ({ out: `0*${constantText(self, "ones").out}`, level: LEVEL.product }),
  latex: () => atom("\\mathbf 0"),
  code: filledCode("zeros", "0"),
});

function constantText(self: Expr, name: string): Fragment {
  const { rows, cols } = self.shape;
  if (isOne(cols)) return atom(`${name}(${rows.key})`);
  if (isOne(rows)) return atom(`${name}(${cols.key})'`);
  return { out: `${name}(${rows.key})*${name}(${cols.key})'`, level: LEVEL.product };
}

/** d(e): linear in the differentials of the variable; evaluated as a directional derivative. */
export const differentialRecord = defineOp({
  name: "d",
  arity: 1,
  doc: "The differential of an expression, not expanded yet.",
  cite: [cite("notes", "§1")],
  shape: ([e]) => e!.shape,
  evaluate: given,
  scalars: given,
  differential: given,
  rule: elementwiseRule,
  text: (self, print) => {
    const e = self.args[0]!;
    return e.op === "symbol" ? atom(`d${nameOf(e)}`) : atom(`d(${print(e, LEVEL.sum)})`);
  },
  latex: (self, print) => differentialLatex(self, print),
  code: everywhere(given),
  sample: [],
});

/** dX, d|X|, d‖x‖², d ln|X| without brackets, as the notes print them; d(…) otherwise. */
function differentialLatex(self: Expr, print: Print): Fragment {
  const e = self.args[0]!;
  const inner = e.args[0]?.op;
  const fenced =
    e.op === "det" ||
    e.op === "norm" ||
    e.op === "logdet" ||
    (e.op === "pow" && inner === "norm") ||
    (e.op === "log" && inner === "det");
  if (e.op === "symbol") return { out: `d${print(e, LEVEL.atom)}`, level: LEVEL.power };
  return fenced
    ? { out: `d${print(e, LEVEL.power)}`, level: LEVEL.power }
    : { out: `d(${print(e, LEVEL.sum)})`, level: LEVEL.atom };
}
