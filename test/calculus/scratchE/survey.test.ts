import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "vitest";
import { topological } from "../../../kernel/src/calculus/core/expr.js";
import { isScalar } from "../../../kernel/src/calculus/core/shape.js";
import { derive } from "../../../kernel/src/calculus/derive/derive.js";
import { withoutLets } from "../../../kernel/src/calculus/derive/lineState.js";
import { factsOf, isSymbol } from "../../../kernel/src/calculus/ops/leaves.js";
import { declare } from "../../../kernel/src/calculus/text/declare.js";
import { parseProgram } from "../../../kernel/src/calculus/text/program.js";
import { rowsOf, scopeOf } from "../../seeds/rows.js";
import { MODELS } from "../models.js";

const which = (process.env.STY ?? "index,chain").split(",");
const load = (f: string): any[] =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, "../../cookbook", f), "utf8")).cases;
function cases(): { id: string; expr: string; scope: any; wrt: string[] }[] {
  const out: any[] = [];
  for (const f of ["cookbook.json", "cookbook-numeric.json"])
    for (const c of load(f))
      out.push({
        id: `cb ${c.id}`,
        expr: c.expr,
        scope: declare(c.vars, { constraints: c.constraints, functions: c.functions }),
        wrt: c.wrt,
      });
  for (const mode of ["deriv", "einsum", "vecjac", "kronblock", "blocklong"])
    for (const r of rowsOf(mode)) out.push({ id: `row ${r.id}`, expr: r.expr, scope: scopeOf(r), wrt: [r.wrt] });
  for (const [e, d] of MODELS) {
    const scope = declare(d);
    const { result, lets } = parseProgram(e, scope);
    const f = withoutLets(
      lets.map((l) => ({ symbol: l.symbol, value: l.expr })),
      result,
    );
    const xs = topological(f)
      .filter(isSymbol)
      .filter((s) => !factsOf(s).includes("constant"));
    for (const x of xs) out.push({ id: "model", expr: e, scope, wrt: [x.attrs.name] });
    if (isScalar(f.shape))
      for (const x of xs) out.push({ id: "model2", expr: e, scope, wrt: [x.attrs.name, x.attrs.name] });
    if (isScalar(f.shape) && xs.length > 1)
      out.push({ id: "model2", expr: e, scope, wrt: [xs[0]!.attrs.name, xs[1]!.attrs.name] });
  }
  return out;
}
test("survey", { timeout: 900000 }, () => {
  const all = cases();
  for (const style of which) {
    const groups = new Map<string, [number, number]>();
    for (const c of all) {
      const { result, lets } = parseProgram(c.expr, c.scope);
      const wrt = c.wrt.map((w) => c.scope.symbols.get(w)!);
      const t0 = performance.now();
      const key = `${style} ${c.id.split(" ")[0]} order ${wrt.length}`;
      const g = groups.get(key) ?? [0, 0];
      groups.set(key, g);
      try {
        const made = derive(result, wrt, {
          style: style as any,
          lets: lets.map((l) => ({ symbol: l.symbol, value: l.expr })),
        });
        g[1]++;
        if (made.problem.style === style) g[0]++;
        else console.log("FALL", style, c.id, c.expr, c.wrt.join(), made.refused ?? "");
      } catch (e) {
        console.log("ERR", style, c.id, c.expr, c.wrt.join(), (e as Error).message);
      }
      const ms = performance.now() - t0;
      if (ms > 1500) console.log("SLOW", style, c.id, c.expr, c.wrt.join(), Math.round(ms));
    }
    for (const [k, [a, b]] of groups) console.log("SHARE", k, a, "/", b);
  }
});
