/**
 * softmax(Z, "rows") or softmax(Z, "columns"): softmax of every row or column of a matrix, one per sample of a batch.
 * dP = P∘dZ − P∘(the sums of P∘dZ along the axis, repeated along it).
 */
import { cite } from "../core/cite.js";
import { type Dense, map, sumOf, transpose } from "../core/dense.js";
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { type Grid, softmaxOf, transposeGrid } from "../core/grid.js";
import { shape } from "../core/shape.js";
import type { Tape } from "../core/tape.js";
import { type Build, defineOp } from "./define.js";
import { call, LEVEL } from "./fragment.js";

const byRows = (self: Expr): boolean => self.attrs.axis === "rows";

function ofRows(Z: Dense): Dense {
  const data = new Float64Array(Z.data.length);
  for (let i = 0; i < Z.rows; i++) {
    const row = { rows: 1, cols: Z.cols, data: Z.data.subarray(i * Z.cols, (i + 1) * Z.cols) };
    const top = Math.max(...row.data);
    const e = map(row, (x) => Math.exp(x - top));
    const total = sumOf(e);
    data.set(
      e.data.map((x) => x / total),
      i * Z.cols,
    );
  }
  return { rows: Z.rows, cols: Z.cols, data };
}

const rowsOf = (t: Tape, Z: Grid): Grid => ({
  ...Z,
  at: Array.from({ length: Z.rows }, (_, i) => softmaxOf(t, Z.at.slice(i * Z.cols, (i + 1) * Z.cols))).flat(),
});

/** Sums along the axis, repeated along it: E 11' or 11' E. */
function repeatedSums(b: Build, self: Expr, E: Expr): Expr {
  const { rows, cols } = self.shape;
  return byRows(self) ? b.mul(E, b.ones(shape(cols, cols))) : b.mul(b.ones(shape(rows, rows)), E);
}

export const softmaxAlong = defineOp({
  name: "softmaxAlong",
  arity: 1,
  doc: "softmax of every row or every column of a matrix; the attribute `axis` says which.",
  range: [0, 1],
  cite: [cite("notes", "§2.2, unnumbered")],
  shape: ([Z], attrs) => {
    if (attrs.axis === "rows" || attrs.axis === "columns") return Z!.shape;
    throw new NablaError("ambiguous", 'softmax of a matrix needs its axis: "rows" or "columns"', {
      want: 'softmax(Z, "rows") or softmax(Z, "columns")',
    });
  },
  evaluate: ([Z], self) => (byRows(self) ? ofRows(Z!) : transpose(ofRows(transpose(Z!)))),
  scalars: (t, [Z], self) => (byRows(self) ? rowsOf(t, Z!) : transposeGrid(rowsOf(t, transposeGrid(Z!)))),
  differential: (b, P, _i, dZ) => {
    const weighted = b.hadamard(P, dZ);
    return b.sub(weighted, b.hadamard(P, repeatedSums(b, P, weighted)));
  },
  rule: {
    id: "softmax",
    chip: "softmax",
    sentence: "Every sample has the Jacobian of softmax, diag(p) − pp'.",
    formula: "d\\mathbf p=(\\operatorname{diag}\\mathbf p-\\mathbf p\\mathbf p^\\top)\\,d\\mathbf z",
    cite: cite("notes", "§2.2, unnumbered"),
  },
  text: (self, print) => call("softmax", print(self.args[0]!, LEVEL.sum), `"${self.attrs.axis}"`),
  latex: (self, print) => ({
    out: `\\operatorname{softmax}_{\\text{${self.attrs.axis}}}(${print(self.args[0]!, LEVEL.sum)})`,
    level: LEVEL.atom,
  }),
  code: {
    python: (w) => {
      const axis = byRows(w.self) ? "1" : "0";
      if (w.library === "torch") return call("torch.softmax", w.array(0), axis);
      return call(w.library === "jax" ? "jax.nn.softmax" : w.helper("softmax"), w.arg(0), `axis=${axis}`);
    },
    julia: (w) => call(w.helper("softmax"), w.arg(0), byRows(w.self) ? "2" : "1"),
    octave: (w) => call(w.helper("softmax"), w.arg(0), byRows(w.self) ? "2" : "1"),
    typescript: (w) => call(w.helper(byRows(w.self) ? "softmaxRows" : "softmaxColumns"), w.arg(0)),
  },
  sample: [
    { args: [["m", "n"]], attrs: { axis: "rows" } },
    { args: [["m", "n"]], attrs: { axis: "columns" } },
  ],
});
