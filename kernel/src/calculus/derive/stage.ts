/** A line that is linear in dz of one named part is collected before dz is written out: df = (∂f/∂z)'dz. */
import { cite } from "../core/cite.js";
import { containing, type Expr, topological, treeSize } from "../core/expr.js";
import { isColumn } from "../core/shape.js";
import { build as b } from "../ops/build.js";
import { d, isSymbol } from "../ops/leaves.js";
import { RULES } from "../rules/index.js";
import { simplify } from "../simplify/rewrite.js";
import { derivative } from "./closed.js";
import type { LineMove } from "./expandLine.js";
import type { LineState } from "./lineState.js";

/** A line keeps its orientation: products are not turned around. */
const RULES_IN_LINE = RULES.filter((r) => r.id !== "scalar/transpose" && r.id !== "trace/cyclic");

/** The one named part whose differential stands in the line, when nothing else is open. */
function onlyName(state: LineState): Expr | undefined {
  const open = topological(state.line).filter((e) => e.op === "d");
  const name = state.lets.find((l) => open.length === 1 && open[0] === d(l.symbol));
  return name?.symbol;
}

export function stageCollect(state: LineState, f: Expr): LineMove | undefined {
  const z = onlyName(state);
  if (!z || !isColumn(z.shape) || !containing(f, (e) => e === z).has(f)) return undefined;
  const gradient = derivative(f, [z], { facts: false }).matrix;
  if (!gradient) return undefined;
  const line = b.mul(b.transpose(gradient), d(z));
  if (line === state.line || treeSize(line) >= treeSize(state.line)) return undefined;
  return {
    rule: "collect",
    chips: ["collect"],
    cites: [cite("notes", '§2.2 "since"')],
    note: `\\text{collect the factor of } d\\mathbf ${String(z.attrs.name)}`,
    line,
  };
}

/** Declared facts about the data, each a step with its condition: (1't)p − t = p − t since t is a distribution. */
export function stageFacts(state: LineState): LineMove | undefined {
  if (!onlyName(state)) return undefined;
  const variables = new Set([...state.wrt].map((x) => x.attrs.name as string));
  const unused = new Set(
    topological(state.line)
      .filter(isSymbol)
      .map((s) => s.attrs.name as string),
  );
  const before = simplify(state.line, { frozen: unused, rules: RULES_IN_LINE }).expr;
  const { expr, conditions } = simplify(state.line, { frozen: variables, rules: RULES_IN_LINE });
  if (conditions.length === 0 || expr === before) return undefined;
  return {
    rule: "fact",
    chips: conditions.map((c) => `fact: ${c.split(",")[0]}`),
    cites: [],
    note: `\\text{since ${conditions.map((c) => c.split("since ")[1] ?? c).join("; ")}}`,
    conditions,
    line: expr,
  };
}
