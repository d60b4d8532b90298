/**
 * Operators that only programs have: forms that are exact or cheap where the formula is not. `stable.ts` puts them in;
 * no derivation ever shows them.
 */
import type { Expr } from "../../core/expr.js";
import { all, type Code, call, dot, LEVEL, product, type Writer, wholeCall } from "../../ops/code/define.js";
import { opOf } from "../../ops/index.js";

/** A array with one axis beside a matrix: a column of factors for its rows, or a row of factors for its columns. */
const scaled = (vector: 0 | 1, python: string, julia: (v: string) => string, typescript: string): Code => {
  const matrix = vector === 0 ? 1 : 0;
  const pair = (w: Writer, v: string, sign: string): string =>
    vector === 0 ? `${v}${sign}${w.arg(matrix, LEVEL.power)}` : `${w.arg(matrix, LEVEL.power)}${sign}${v}`;
  return {
    python: (w) => product(pair(w, `${w.arg(vector, LEVEL.atom)}${python}`, " * ")),
    julia: (w) => product(pair(w, julia(w.arg(vector, LEVEL.atom)), " .* ")),
    octave: (w) => product(pair(w, w.arg(vector, LEVEL.power), " .* ")),
    typescript: (w) => call(w.helper(typescript), ...all(w)),
  };
};

const STABLE: Readonly<Record<string, Code>> = {
  /** A⁻¹B without the inverse. */
  solve: wholeCall(
    { python: "linalg.solve", julia: "solve", octave: "solve", typescript: "solve" },
    {
      julia: (w) => product(`${w.arg(0, LEVEL.power)} \\ ${w.arg(1, LEVEL.power)}`),
      octave: (w) => product(`${w.arg(0, LEVEL.power)} \\ ${w.arg(1, LEVEL.power)}`),
    },
  ),
  /** diag(v) A: the rows of A scaled. */
  scaleRows: scaled(0, "[:, None]", (v) => v, "scaleRows"),
  /** A diag(v): the columns of A scaled. */
  scaleColumns: scaled(1, "", (v) => `${v}'`, "scaleColumns"),
  /** log(1 + z). */
  log1p: {
    python: (w) => call(`${w.np}.log1p`, w.array(0)),
    julia: (w) => call(`log1p${dot(w)}`, w.arg(0)),
    octave: (w) => call("log1p", w.arg(0)),
    typescript: (w) => call("Math.log1p", w.arg(0)),
    entrywise: true,
  },
  /** log(softmax z), along the axis of the attribute where z is a matrix. */
  logSoftmax: {
    python: (w) => {
      const axis = w.self.attrs.axis === "rows" ? 1 : 0;
      if (w.library === "torch") return call("torch.log_softmax", w.array(0), String(axis));
      const along = w.self.attrs.axis === undefined ? [] : [`axis=${axis}`];
      return call(w.library === "jax" ? "jax.nn.log_softmax" : w.helper("log_softmax"), w.arg(0), ...along);
    },
    julia: (w) => call(w.helper("log_softmax"), w.arg(0), ...axisArgument(w)),
    octave: (w) => call(w.helper("log_softmax"), w.arg(0), ...axisArgument(w)),
    typescript: (w) =>
      call(
        w.helper({ rows: "logSoftmaxRows", columns: "logSoftmaxColumns" }[String(w.self.attrs.axis)] ?? "logSoftmax"),
        w.arg(0),
      ),
  },
  /** 1'v and v'1: the sum of a vector; 1'A and A1: sums along an axis. */
  sumRows: {
    python: (w) => call(`${w.np}.sum`, w.arg(0), w.library === "torch" ? "dim=0" : "axis=0"),
    julia: (w) => call("vec", `sum(${w.arg(0)}, dims = 1)`),
    octave: (w) => call("sum", w.arg(0), "1"),
    typescript: (w) => call(w.helper("sumRows"), w.arg(0)),
  },
  sumColumns: {
    python: (w) => call(`${w.np}.sum`, w.arg(0), w.library === "torch" ? "dim=1" : "axis=1"),
    julia: (w) => call("vec", `sum(${w.arg(0)}, dims = 2)`),
    octave: (w) => call("sum", w.arg(0), "2"),
    typescript: (w) => call(w.helper("sumColumns"), w.arg(0)),
  },
};

const axisArgument = (w: Writer): string[] =>
  w.self.attrs.axis === undefined ? [] : [w.self.attrs.axis === "rows" ? "2" : "1"];

export const codeOf = (e: Expr): Code => STABLE[e.op] ?? opOf(e.op).code;
