/** An index form as LaTeX: J_{ijkl} = Σ …, with Kronecker deltas. */
import type { IndexForm } from "../core/indexForm.js";
import { indexJson } from "./indexJson.js";
import { latex } from "./latex.js";

/** The right-hand side; indices are named as in the JSON of the command line. */
export function indexFormLatex(form: IndexForm): string {
  const named = indexJson(form);
  if (named.terms.length === 0) return "0";
  const terms = form.terms.map((term, n) => {
    const { coef, factors } = named.terms[n]!;
    const entries = term.factors.map((f, m) => {
      const made = factors[m]!;
      const indices = "indices" in made ? made.indices.join("") : "";
      const inner = latex(f.expr);
      if (indices === "") return inner;
      return f.expr.op === "symbol"
        ? `${inner.replace(/\\math(bf|rm)\s?/, "")}_{${indices}}`
        : `\\left[${inner}\\right]_{${indices}}`;
    });
    const deltas = factors.flatMap((f) => ("delta" in f ? [`\\delta_{${f.delta.join("")}}`] : []));
    const bound = [...new Set(factors.flatMap((f) => ("indices" in f ? f.indices : f.delta)))].filter(
      (i) => !named.free.includes(i),
    );
    const sum = bound.map((i) => `\\sum_{${i}}`).join("");
    const sign = coef < 0 ? "-" : n > 0 ? "+" : "";
    const magnitude = Math.abs(coef) === 1 && entries.length + deltas.length > 0 ? "" : `${Math.abs(coef)}\\,`;
    return `${sign}${magnitude}${sum}${[...deltas, ...entries].join("\\,")}`;
  });
  return terms.join(" ");
}
