/** Length of our answers beside those of the Cookbook: nodes ÷ nodes, as a line of quantiles. */
import { readFileSync } from "node:fs";
import { at } from "../../.scripts/lib.mjs";
import { treeSize } from "../../kernel/dist/calculus/core/expr.js";
import { declare } from "../../kernel/dist/calculus/text/declare.js";
import { parse } from "../../kernel/dist/calculus/text/parse.js";

const FORMS = { matrix: "expected_denominator_layout", vec: "expected_vec_numerator_layout" };

export function lengths(answer) {
  const { cases } = JSON.parse(readFileSync(at("test/cookbook/cookbook.json"), "utf8"));
  const ratios = cases
    .filter((c) => c.structured === undefined)
    .flatMap(({ id, expr, vars, wrt, constraints, ...expected }) => {
      const made = answer({ id, expr, vars, wrt, constraints }, () => 0);
      const scope = declare(vars, { constraints });
      const size = (text) => treeSize(parse(text, scope).expr);
      return Object.entries(FORMS).flatMap(([form, key]) =>
        expected[key] ? [size(made[form]) / size(expected[key])] : [],
      );
    })
    .sort((a, b) => a - b);
  const quantile = (q) => ratios[Math.floor(q * (ratios.length - 1))].toFixed(2);
  return `Nodes of the answer ÷ nodes of the Cookbook's form, ${ratios.length} forms: smallest ${quantile(0)}, 25 % ${quantile(0.25)}, median ${quantile(0.5)}, 75 % ${quantile(0.75)}, 95 % ${quantile(0.95)}, worst ${quantile(1)}.`;
}
