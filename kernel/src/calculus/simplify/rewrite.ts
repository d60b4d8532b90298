/** Bottom-up rewriting to a fixpoint with the ordered rule table; shared parts are rewritten once. */
import { spend } from "../core/budget.js";
import { NablaError } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import { build, rebuild } from "../ops/build.js";
import type { RewriteContext, Rule } from "../rules/define.js";
import { RULES } from "../rules/index.js";

/** More rewrites than this at one node is a loop in the rules, not a large expression: so many and per argument. */
const STEP_CAP = 400;
const STEPS_PER_ARGUMENT = 4;

export interface SimplifyOptions {
  readonly frozen?: ReadonlySet<string>;
  readonly rules?: readonly Rule[];
}

export interface Simplified {
  readonly expr: Expr;
  readonly conditions: readonly string[];
  /** Ids of the rules that were applied, in order of first use. */
  readonly used: readonly string[];
}

const NOTHING: ReadonlySet<string> = new Set();

export function simplify(root: Expr, options: SimplifyOptions = {}): Simplified {
  const rules = options.rules ?? RULES;
  const byOp = rulesByOp(rules);
  const context: RewriteContext = { b: build, frozen: options.frozen ?? NOTHING, conditions: new Set() };
  const used = new Set<string>();
  const done = new Map<Expr, Expr>();

  // Every node is finished once: its arguments, then itself with the first rule that fits, until none does.
  const settle = (start: Expr): Expr => {
    const path: Expr[] = [];
    let e = start;
    const cap = STEP_CAP + STEPS_PER_ARGUMENT * start.args.length;
    for (let n = 0; n < cap; n++) {
      const known = done.get(e);
      if (known) return finish(path, known);
      path.push(e);
      const args = e.args.map(settle);
      if (args.some((a, i) => a !== e.args[i])) {
        e = rebuild(e, args);
        continue;
      }
      const next = step(e);
      if (!next) return finish(path, e);
      e = next;
    }
    throw new NablaError("unsupported", "simplification did not come to an end; please report this expression");
  };

  const finish = (path: readonly Expr[], result: Expr): Expr => {
    for (const e of path) done.set(e, result);
    done.set(result, result);
    return result;
  };

  const step = (e: Expr): Expr | undefined => {
    spend(1 + e.args.length);
    for (const rule of byOp.get(e.op) ?? []) {
      const next = rule.apply(e, context);
      if (next === undefined || next === e) continue;
      used.add(rule.id);
      return next;
    }
    return undefined;
  };

  // Arguments first, so that the recursion stays shallow however deep the expression is.
  for (const e of topological(root)) settle(e);
  return { expr: done.get(root)!, conditions: [...context.conditions], used: [...used] };
}

const tables = new WeakMap<readonly Rule[], Map<string, Rule[]>>();

function rulesByOp(rules: readonly Rule[]): Map<string, Rule[]> {
  const known = tables.get(rules);
  if (known) return known;
  const table = new Map<string, Rule[]>();
  for (const rule of rules) for (const op of rule.ops) table.set(op, [...(table.get(op) ?? []), rule]);
  tables.set(rules, table);
  return table;
}
