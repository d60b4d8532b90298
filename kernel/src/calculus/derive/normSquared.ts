/** ‖u‖² is written u'u (tr(U'U) for a matrix) before it is differentiated; a compound u is named first. */
import { cite } from "../core/cite.js";
import { type Expr, topological } from "../core/expr.js";
import { isMatrix, isRow } from "../core/shape.js";
import type { Let } from "../core/step.js";
import { build as b, substitute } from "../ops/build.js";
import { d, isNumber, isSymbol } from "../ops/leaves.js";
import type { LineMove } from "./expandLine.js";
import { type LineState, openDifferentials, varies } from "./lineState.js";
import { freshSymbol } from "./names.js";

const isNormSquared = (e: Expr): boolean => e.op === "pow" && isNumber(e.args[1]!, 2) && e.args[0]!.op === "norm";

export const squared = (u: Expr): Expr =>
  isMatrix(u.shape)
    ? b.op("tr", [b.mul(b.transpose(u), u)])
    : isRow(u.shape)
      ? b.mul(u, b.transpose(u))
      : b.mul(b.transpose(u), u);

export function normSquared(state: LineState): { move: LineMove; lets: readonly Let[] } | undefined {
  const moving = varies(state);
  const lets: Let[] = [];
  const by = new Map<Expr, Expr>();
  let named = false;
  for (const open of openDifferentials(state)) {
    const inner = new Map<Expr, Expr>();
    for (const p of reachable(open.args[0]!)) {
      if (!isNormSquared(p) || !moving(p)) continue;
      const u = p.args[0]!.args[0]!;
      let y = u;
      if (!isSymbol(u)) {
        y = freshSymbol(
          isMatrix(u.shape) ? ["Y"] : ["y"],
          u.shape,
          state.line,
          ...lets.map((l) => l.value),
          ...lets.map((l) => l.symbol),
          ...state.wrt,
        );
        lets.push({ symbol: y, value: u });
        named = true;
      }
      inner.set(p, squared(y));
    }
    if (inner.size > 0)
      by.set(
        open,
        spread(substitute(open.args[0]!, inner), (e) => moving(e) || contains(e, lets)),
      );
  }
  if (by.size === 0) return undefined;
  const chips = named ? ["norm²", `let ${lets.map((l) => l.symbol.attrs.name).join(", ")}`] : ["norm²"];
  const note = named
    ? `\\text{norm squared; let } \\mathbf ${String(lets[0]!.symbol.attrs.name)}`
    : "\\text{norm squared}";
  return {
    move: { rule: "norm/squared", chips, cites: [cite("notes", "§2 (used)")], note, line: substitute(state.line, by) },
    lets,
  };
}

const contains = (e: Expr, lets: readonly Let[]): boolean =>
  topological(e).some((x) => lets.some((l) => l.symbol === x));

/** Nodes below e through sums and constant multiples only. */
function reachable(e: Expr): Expr[] {
  if (e.op === "add" || e.op === "times") return e.args.flatMap(reachable);
  return [e];
}

/** d of a sum of multiples as the sum of multiples of d. */
function spread(e: Expr, moving: (e: Expr) => boolean): Expr {
  if (e.op === "add") return b.add(...e.args.filter(moving).map((a) => spread(a, moving)));
  const varying = e.op === "times" ? e.args.filter(moving) : [];
  if (varying.length !== 1) return d(e);
  return b.times(...e.args.map((a) => (a === varying[0] ? d(a) : a)));
}

/** d(y'y) = 2y'dy for a named y, in one line. */
export function dotProduct(state: LineState): LineMove | undefined {
  const names = new Set(state.lets.map((l) => l.symbol));
  const by = new Map<Expr, Expr>();
  for (const e of topological(state.line)) {
    if (e.op !== "d") continue;
    const y = [...names].find((s) => e.args[0] === squared(s));
    if (!y) continue;
    const pair = isMatrix(y.shape)
      ? b.op("tr", [b.mul(b.transpose(y), d(y))])
      : isRow(y.shape)
        ? b.mul(d(y), b.transpose(y))
        : b.mul(b.transpose(y), d(y));
    by.set(e, b.times(b.number(2), pair));
  }
  if (by.size === 0) return undefined;
  return {
    rule: "norm/dot-product",
    chips: ["dot product"],
    cites: [cite("notes", "§2 ex. 1"), cite("notes", "(4), (7)")],
    note: "\\text{from } d(\\mathbf x^\\top\\mathbf x)=2\\mathbf x^\\top d\\mathbf x\\text{, i.e. eqs. (4), (7)}",
    line: substitute(state.line, by),
  };
}
