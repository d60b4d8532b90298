/** One entry of an index form at given indices: what is left of its terms when every δ is decided. */
import type { IndexForm } from "../core/indexForm.js";
import { indexJson } from "./indexJson.js";

/** A coefficient times entries, indices from 0; a scalar has none. */
export interface EntryTerm {
  readonly coefficient: number;
  readonly factors: readonly { readonly expr: string; readonly indices: readonly number[] }[];
}

/**
 * @param at a number for every free index, from 0
 * @returns undefined where a sum over an index is left: such an entry has no short formula
 * @example entryTerms(derive(parse("W x", scope).expr, [W]).result.index, [1, 1, 0]) // [{ coefficient: 1, factors: [{ expr: "x", indices: [0] }] }]
 */
export function entryTerms(form: IndexForm, at: readonly number[]): readonly EntryTerm[] | undefined {
  const { free, terms } = indexJson(form);
  const place = new Map(free.map((name, n) => [name, at[n]!]));
  const kept: EntryTerm[] = [];
  for (const { coef, factors } of terms) {
    const used = factors.flatMap((f) => ("delta" in f ? f.delta : f.indices));
    if (!used.every((name) => place.has(name))) return undefined;
    if (factors.some((f) => "delta" in f && place.get(f.delta[0]) !== place.get(f.delta[1]))) continue;
    const entries = factors.flatMap((f) =>
      "delta" in f ? [] : [{ expr: f.expr, indices: f.indices.map((name) => place.get(name)!) }],
    );
    kept.push({ coefficient: coef, factors: entries });
  }
  return kept;
}
