/** Moves between expansion and identification: names are put back, constants cancel, elementwise factors become diag. */
import { cite } from "../core/cite.js";
import { containing, type Expr, treeSize } from "../core/expr.js";
import { isColumn } from "../core/shape.js";
import type { Let } from "../core/step.js";
import { build as b, substitute } from "../ops/build.js";
import { d, isNumber, nameOf, numberOf } from "../ops/leaves.js";
import { RULES } from "../rules/index.js";
import { simplify } from "../simplify/rewrite.js";
import { expandLine, goesAlong, type LineMove } from "./expandLine.js";
import { type LineState, openDifferentials } from "./lineState.js";
import { hadamardShift } from "./moves.js";

const rulesNamed = (...ids: readonly string[]) => RULES.filter((r) => ids.includes(r.id));
const CANCEL = rulesNamed("times/powers", "hadamard/powers", "product/inverse", "pow/power");
const SIGMOID = rulesNamed("elementwise/sigmoid");
const SIGMOID_PRIME = rulesNamed("elementwise/sigmoid-prime");

const ORDER = rulesNamed("hadamard/order");

/** x'(y∘z) = (x∘y)'z, then the product rule on z, as 002 writes it in one line. */
export function shiftAndExpand(state: LineState): LineMove | undefined {
  const open = openDifferentials(state);
  if (open.length === 0 || !open.every((e) => goesAlong(e.args[0]!))) return undefined;
  const shift = hadamardShift(state.line);
  if (!shift) return undefined;
  const expanded = expandLine({ ...state, line: shift.line });
  if (!expanded) return shift;
  return {
    rule: `${shift.rule} + ${expanded.rule}`,
    chips: [...shift.chips, ...expanded.chips.filter((c) => c !== "constant")],
    cites: [...shift.cites, ...expanded.cites],
    note: [shift.note, expanded.note].filter(Boolean).join(";\\ "),
    line: expanded.line,
  };
}

/** dL = (dL/dy) dy and dy written out, on one line. */
export function substituteChain(state: LineState, move: LineMove, header: readonly Let[]): LineMove | undefined {
  if (!move.rule.includes("chain") || !header.some((l) => containing(move.line, (e) => e === d(l.symbol)).size > 0))
    return undefined;
  if (!header.some((l) => openNames(state.line, l))) {
    const by = new Map(header.map((l) => [d(l.symbol), d(l.value)] as const));
    const opened = substitute(move.line, by);
    if (opened === move.line || move.rule === "elementwise") return undefined;
    const expanded = expandLine({ ...state, line: opened });
    if (!expanded || !isChainOfFunction(move)) return undefined;
    return {
      rule: `${move.rule} + ${expanded.rule}`,
      chips: [...move.chips, ...expanded.chips],
      cites: [...move.cites, ...expanded.cites],
      note: chainNote(
        [...move.cites, ...expanded.cites].map((c) => c.at),
        expanded.zero ?? [],
      ),
      via: move.line,
      line: expanded.line,
    };
  }
  return undefined;
}

const isChainOfFunction = (move: LineMove): boolean => move.chips[0] === "chain";
const openNames = (line: Expr, l: Let): boolean => containing(line, (e) => e === d(l.symbol)).size > 0;
/** "from eqs. (2), (4); dW2 = 0". */
const chainNote = (places: readonly string[], zero: readonly string[]): string =>
  [
    `\\text{from eqs. ${[...new Set(places.filter((p) => p.startsWith("(")))].join(", ")}}`,
    ...(zero.length > 0 ? [zero.join(",\\ ")] : []),
  ].join(";\\ ");

/** e^z/(1+e^z) is the sigmoid, and 1'(u∘v) = u'v: one line, as a textbook writes it. */
export function sigmoidAndShift(state: LineState): LineMove | undefined {
  const named = simplify(state.line, { rules: SIGMOID }).expr;
  if (named === state.line) return undefined;
  const shift = hadamardShift(named);
  return {
    rule: shift ? `elementwise/sigmoid + ${shift.rule}` : "elementwise/sigmoid",
    chips: ["sigmoid", ...(shift?.chips ?? [])],
    cites: shift?.cites ?? [],
    note: ["\\tfrac{e^{z}}{1+e^{z}}=s(z)", ...(shift ? [shift.note] : [])].join(";\\quad "),
    line: shift?.line ?? named,
  };
}

/** s⁻¹s = 1 and X⁻¹X = I in what stands before the differential. */
export function cancelMove(state: LineState): LineMove | undefined {
  const inverted = containing(
    state.line,
    (e) => e.op === "inv" || (e.op === "pow" && isNumber(e.args[1]!) && numberOf(e.args[1]!) < 0),
  );
  if (inverted.size === 0) return undefined;
  const line = simplify(state.line, { rules: CANCEL }).expr;
  if (line === state.line || treeSize(line) >= treeSize(state.line)) return undefined;
  const determinant =
    containing(state.line, (e) => e.op === "det").size > 0 && containing(line, (e) => e.op === "det").size === 0;
  return {
    rule: "cancel",
    chips: ["cancel"],
    cites: [],
    note: determinant ? "|\\mathbf X|^{-1}|\\mathbf X|=1" : "\\text{powers of one base are added}",
    line,
  };
}

/** s′ = s(1 − s), last. */
export function sigmoidPrimeMove(state: LineState): LineMove | undefined {
  const line = simplify(state.line, { rules: SIGMOID_PRIME }).expr;
  if (line === state.line) return undefined;
  return { rule: "elementwise/sigmoid-prime", chips: ["sigmoid′"], cites: [], note: "s'=s\\,(1-s)", line };
}

/** The differential of a named part is written out; a name that only a line introduced is put back everywhere. */
export function substituteLet(
  state: LineState,
  header: readonly Let[],
): { move: LineMove; lets: readonly Let[] } | undefined {
  const inline = state.lets.filter((l) => !header.includes(l));
  const open = state.lets.filter((l) => openNames(state.line, l));
  if (open.length === 0) return undefined;
  const which = inline.length > 0 ? inline : open;
  const by = new Map<Expr, Expr>();
  for (const l of which) {
    by.set(d(l.symbol), d(l.value));
    if (inline.includes(l)) by.set(l.symbol, l.value);
  }
  const opened = substitute(state.line, by);
  const lets = state.lets.filter((l) => !inline.includes(l));
  const expanded = expandLine({ ...state, lets, line: opened });
  const name = nameOf(which[0]!.symbol);
  const written = expanded?.line ?? opened;
  const line = simplify(written, { rules: ORDER }).expr;
  const chips =
    inline.length > 0
      ? ["substitute", ...(expanded?.chips ?? []).filter((c) => c === "product" || c === "constant")]
      : [`substitute d${name}`];
  return {
    move: {
      rule: line === written ? "substitute" : "substitute + hadamard/order",
      chips,
      cites: inline.length > 0 ? [cite("notes", "(4)")] : [cite("notes", "(4), (6)")],
      note: inline.length > 0 ? (expanded?.note ?? "") : `d\\mathbf ${name}\\text{ written out}`,
      line,
    },
    lets,
  };
}

/** u∘v = diag(u)v where the differential is in v. */
export function diagMove(line: Expr): LineMove | undefined {
  const hasD = (e: Expr): boolean => containing(e, (x) => x.op === "d").size > 0;
  const turned = new Map<Expr, Expr>();
  for (const e of containing(line, (x) => x.op === "d")) {
    if (e.op !== "hadamard" || !isColumn(e.shape)) continue;
    const still = e.args.filter((a) => !hasD(a));
    const moving = e.args.filter(hasD);
    if (still.length > 0 && moving.length === 1) turned.set(e, b.mul(b.op("diag", [b.hadamard(...still)]), moving[0]!));
  }
  if (turned.size === 0) return undefined;
  return {
    rule: "diag",
    chips: ["diag"],
    cites: [cite("handwritten", "operator table"), cite("homework", "ReLU row")],
    note: "\\mathbf u\\circ\\mathbf v=\\operatorname{diag}(\\mathbf u)\\mathbf v",
    line: substitute(line, turned),
  };
}
