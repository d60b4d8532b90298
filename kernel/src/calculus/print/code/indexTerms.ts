/** An index form as loops and as einsum subscripts: letters for indices, one product for each term. */
import type { Index, IndexForm, Term } from "../../core/indexForm.js";
import { isScalar } from "../../core/shape.js";
import type { Writer } from "../../ops/code/define.js";
import { LEVEL } from "../../ops/fragment.js";

/** i j k l … for free indices, then other letters for summed ones; capitals where a language has such names. */
const LETTERS = "ijklpqghrstuvwabcdefmnoxyz";

export function letters(form: IndexForm, term?: Term): ReadonlyMap<number, string> {
  const all = [...form.free, ...(term?.summed ?? [])];
  return new Map(all.map((index, n) => [index.id, LETTERS[n]!]));
}

/** The scalar factors and the coefficient of a term as the front of a product. */
export function front(term: Term, w: Writer): string[] {
  const scalars = term.factors.filter((f) => isScalar(f.expr.shape)).map((f) => w.print(f.expr, LEVEL.power));
  return [...(term.coefficient === 1 ? [] : [String(term.coefficient)]), ...scalars];
}

export const arrays = (term: Term): Term["factors"] => term.factors.filter((f) => !isScalar(f.expr.shape));

export interface LoopSpelling {
  readonly entry: (array: string, indices: readonly string[]) => string;
  readonly delta: (a: string, b: string) => string;
  /** Σ of body over the index from its first to its last value. */
  readonly sum: (body: string, index: string, size: string) => string;
}

/** The entry at the free indices, as one formula of loops. */
export function loopEntry(form: IndexForm, w: Writer, s: LoopSpelling): string {
  if (form.terms.length === 0) return "0";
  return form.terms
    .map((term) => {
      // Loop variables have a name of their own, that no part of the program has: i_, j_.
      const name = (i: Index): string => `${letters(form, term).get(i.id)!}_`;
      const factors = [
        ...front(term, w),
        ...arrays(term).map((f) =>
          s.entry(w.print(f.expr, LEVEL.atom), [f.row, f.col].filter((i): i is Index => i !== undefined).map(name)),
        ),
        ...term.deltas.map(([a, b]) => s.delta(name(a), name(b))),
      ];
      const product = factors.length === 0 ? "1" : factors.join(" * ");
      return term.summed.reduceRight((body, i) => s.sum(body, name(i), w.size(i.dim)), product);
    })
    .join(" + ");
}
