/** Index forms as JSON of the command line: free indices i j k l …, summed indices r s t …, entries as text. */
import type { Index, IndexForm } from "../core/indexForm.js";
import { dim } from "../core/shape.js";
import { text } from "./text.js";

const FREE = ["i", "j", "k", "l", "p", "q", "g", "h"];
const SUMMED = ["r", "s", "t", "u", "v", "w", "a", "b", "c", "d", "e", "f"];

export interface IndexJson {
  readonly free: readonly string[];
  readonly ranges: Readonly<Record<string, string | number>>;
  readonly terms: readonly {
    readonly coef: number;
    readonly factors: readonly (
      | { readonly expr: string; readonly indices: readonly string[] }
      | { readonly delta: readonly [string, string] }
    )[];
  }[];
}

const nth = (names: readonly string[], n: number): string =>
  n < names.length ? names[n]! : `${names[n % names.length]}${Math.floor(n / names.length)}`;

export function indexJson(form: IndexForm): IndexJson {
  const names = new Map<number, string>();
  const ranges: Record<string, string | number> = {};
  const give = (index: Index, name: string): void => {
    names.set(index.id, name);
    ranges[name] = index.dim.names.length === 0 ? dim(index.dim.key).coefficient : index.dim.key;
  };
  form.free.forEach((index, n) => {
    give(index, nth(FREE, n));
  });
  const terms = form.terms.map((term) => {
    term.summed.forEach((index, n) => {
      // One name may have two ranges in different terms: a name is taken only where the range agrees.
      let k = n;
      while (
        Object.hasOwn(ranges, nth(SUMMED, k)) &&
        (ranges[nth(SUMMED, k)] !== rangeOf(index) ||
          term.summed.slice(0, n).some((s) => names.get(s.id) === nth(SUMMED, k)))
      )
        k++;
      give(index, nth(SUMMED, k));
    });
    const factors = term.factors.map(({ expr, row, col }) => {
      // [X']_ij is X_ji.
      const turned = expr.op === "transpose";
      const at = turned ? [col, row] : [row, col];
      return {
        expr: text(turned ? expr.args[0]! : expr),
        indices: at.filter((x): x is Index => x !== undefined).map((x) => names.get(x.id)!),
      };
    });
    const deltas = term.deltas.map(([a, b]) => ({ delta: [names.get(a.id)!, names.get(b.id)!] as const }));
    return { coef: term.coefficient, factors: [...factors, ...deltas] };
  });
  return { free: form.free.map((i) => names.get(i.id)!), ranges, terms };
}

const rangeOf = (index: Index): string | number =>
  index.dim.names.length === 0 ? index.dim.coefficient : index.dim.key;
