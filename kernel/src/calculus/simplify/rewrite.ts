/** Bottom-up rewriting to a fixpoint with the ordered rule table; shared parts are rewritten once. */
import { NablaError } from "../core/errors.js";
import { type Expr, topological } from "../core/expr.js";
import { build, rebuild } from "../ops/build.js";
import type { RewriteContext, Rule } from "../rules/define.js";
import { RULES } from "../rules/index.js";

/** More rewrites than this at one node is a loop in the rules, not a large expression. */
const STEP_CAP = 400;

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
  let depth = 0;

  const finish = (start: Expr): Expr => {
    let e = start;
    for (let n = 0; n < STEP_CAP; n++) {
      const known = done.get(e);
      if (known) return known;
      const rule = byOp.get(e.op)?.find((r) => {
        const next = r.apply(e, context);
        if (next === undefined || next === e) return false;
        e = next;
        return true;
      });
      if (!rule) return e;
      used.add(rule.id);
      e = below(e);
    }
    throw new NablaError("unsupported", "simplification did not come to an end; please report this expression");
  };

  // New nodes that a rule made below its result are finished first.
  const below = (e: Expr): Expr => {
    if (depth > 60) return e;
    depth++;
    const args = e.args.map((a) => done.get(a) ?? finish(below(a)));
    depth--;
    return args.every((a, i) => a === e.args[i]) ? e : rebuild(e, args);
  };

  for (const e of topological(root)) {
    if (done.has(e)) continue;
    const args = e.args.map((a) => done.get(a)!);
    const result = finish(args.every((a, i) => a === e.args[i]) ? e : rebuild(e, args));
    done.set(e, result);
    done.set(result, result);
  }
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
