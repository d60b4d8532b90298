/** How a Hessian reads: symmetric; semidefinite where its form shows it; entry by entry. */
import type { Derivation } from "../core/derivation.js";
import { type Expr, topological } from "../core/expr.js";
import { isRow } from "../core/shape.js";
import { latexName } from "../ops/fragment.js";
import { isSymbol, nameOf } from "../ops/leaves.js";
import { functionName } from "./differentialPage.js";
import { latex } from "./latex.js";

/** c A'·diag(s)·A; no weights for A'A, no factor for a diagonal matrix. */
interface Form {
  readonly weights?: Expr;
  readonly scalars: readonly Expr[];
  readonly factor?: Expr;
}

/** Markdown with $…$. `form` is that of a Hessian which is semidefinite because of it. */
export function hessianReading({ problem, conditions }: Derivation, form: Form | undefined): string {
  const symmetric = "Symmetric ✓ (same in both layouts)";
  if (!form) return `${symmetric}.`;
  const name = functionName(problem.f);
  const f = name === "f" || name.startsWith("(") ? name : `(${name})`;
  const taken = new Set(topological(problem.f).filter(isSymbol).map(nameOf));
  const free = (...names: string[]): string => names.find((n) => !taken.has(n)) ?? names[0]!;
  const S = free("S", "D", "Q");
  const v = `\\mathbf ${free("v", "u", "q")}`;
  const scale = form.scalars.map((c) => `${latex(c)}\\,`).join("");
  const weight = form.weights ? `${S}_{ii}` : "";
  const rank1 = form.factor !== undefined && isRow(form.factor.shape);
  const sum = rank1 ? "" : `\\sum_i ${weight}`;
  const moved = form.factor ? `(${fenced(form.factor)}${v})` : `${v.replace("\\mathbf ", "")}_i`;
  const along = rank1 ? `${moved}^2` : form.factor ? `${moved}_i^2` : `${moved}^2`;
  const where = form.weights ? `, $\\mathbf ${S}=\\operatorname{diag}(${latex(form.weights)})$` : "";
  // A condition may cut the domain into pieces on which alone f is convex.
  const convex = conditions.length === 0 ? `: $${f}$ is convex` : "";
  const semidefinite = `positive semidefinite, since $${v}^\\top\\nabla^2 ${f}\\,${v}=${scale}${sum}${along}\\ge 0$${where}${convex}`;
  const entries =
    form.factor && isSymbol(form.factor)
      ? ` · index form $${scale}\\sum_i ${weight}${entry(form.factor, "j")}${entry(form.factor, "k")}$`
      : "";
  return `${rank1 ? "An outer product: rank 1. " : ""}${symmetric} · ${semidefinite}${entries}.`;
}

const BARE = new Set(["symbol", "mul", "transpose"]);
const fenced = (e: Expr): string => (BARE.has(e.op) ? latex(e) : `(${latex(e)})`);

const entry = (e: Expr, column: string): string =>
  nameOf(e).length === 1 ? `${latexName(nameOf(e), false)}_{i${column}}` : `[${latex(e)}]_{i${column}}`;
