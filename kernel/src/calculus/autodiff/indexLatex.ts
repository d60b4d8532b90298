/** Entries as LaTeX: [z]_i = Σ_j [W2]_ij a_j, and derivatives with Kronecker deltas. */
import type { Expr } from "../core/expr.js";
import type { Factor, Index, Term } from "../core/indexForm.js";
import { isScalar, SCALAR } from "../core/shape.js";
import type { Axes } from "../derive/indexed.js";
import { latexNumber } from "../ops/fragment.js";
import { symbol } from "../ops/leaves.js";
import { entrywiseSymbol, ofEntry } from "./entrywise.js";
import { latexWith } from "./latexWith.js";
import type { Override } from "./printed.js";

/** Samples are counted by s. */
const SAMPLES = "N";

/** Letters by index id; an index without one gets the next free letter when it is first printed. */
export class IndexNames {
  readonly #names = new Map<number, string>();
  readonly #free = ["i", "j", "l", "q", "t", "u", "v", "w"];

  name(index: Index | undefined, letter: string): void {
    if (!index) return;
    const chosen = index.dim.key === SAMPLES ? "s" : letter;
    this.#names.set(index.id, chosen);
    const at = this.#free.indexOf(chosen);
    if (at >= 0) this.#free.splice(at, 1);
  }

  of(index: Index): string {
    const known = this.#names.get(index.id);
    if (known) return known;
    const taken = [...this.#names.values()].includes("s");
    const letter = index.dim.key === SAMPLES && !taken ? "s" : (this.#free.shift() ?? `i_{${index.id}}`);
    this.#names.set(index.id, letter);
    return letter;
  }
}

/** [e]_{row,col}: a bare letter for a one-letter symbol, brackets for everything else. */
export function entryLatex(e: Expr, at: Axes, names: IndexNames, override: Override): string {
  const subscript = [at.row, at.col]
    .filter((index) => index !== undefined)
    .map((index) => names.of(index))
    .join("");
  if (subscript === "" || isScalar(e.shape)) return latexWith(e, override);
  // An entrywise function is a function of the entry.
  const inner = e.op === "symbol" ? undefined : entrywiseSymbol(e);
  if (inner) {
    const stand = symbol("entry", SCALAR);
    const entry = entryLatex(inner, at, names, override);
    const out = latexWith(ofEntry(e, inner, stand), (x) => (x === stand ? entry : undefined));
    return e.op === "add" ? `(${out})` : out;
  }
  if (e.op === "transpose") return entryLatex(e.args[0]!, { row: at.col, col: at.row }, names, override);
  const bold = latexWith(e, override);
  const plain = /^\\mathbf[ {]([A-Za-z])\}?$/.exec(bold);
  return plain ? `${plain[1]}_{${subscript}}` : `\\left[${bold}\\right]_{${subscript}}`;
}

export function termsLatex(terms: readonly Term[], names: IndexNames, override: Override): string {
  if (terms.length === 0) return "0";
  return terms
    .map((term, n) => {
      const body = productLatex(term, names, override);
      const negative = term.coefficient < 0;
      return `${negative ? "-" : n > 0 ? "+" : ""}${body}`;
    })
    .join("");
}

function productLatex(term: Term, names: IndexNames, override: Override): string {
  const sums = term.summed.length > 0 ? `\\sum_{${term.summed.map((s) => names.of(s)).join(",")}}` : "";
  const size = Math.abs(term.coefficient);
  const deltas = term.deltas.map(([a, b]) => `\\delta_{${names.of(a)}${names.of(b)}}`);
  const factors = term.factors.map((f: Factor) => entryLatex(f.expr, f, names, override));
  const parts = [
    ...(size === 1 && deltas.length + factors.length > 0 ? [] : [latexNumber(size)]),
    ...deltas,
    ...factors,
  ];
  return sums + parts.join("\\,");
}
