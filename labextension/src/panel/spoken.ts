/** What an entry is made of in words: "product of ∂L/∂h row 2 and x 2". */
import type { TranslationBundle } from "@jupyterlab/translation";
import type { SpokenTerm, Tensor } from "nabla";
import type { Entry } from "../trace/matrix.js";
import type { Scene } from "./scene.js";

/** Of what the step in hand makes; empty for everything else, and while nothing is known of the step. */
export function madeOf({ trace, at, study }: Scene, tensor: Tensor, entry: Entry, trans: TranslationBundle): string {
  const step = trace.steps[at];
  if (!step || step.results[0] !== tensor.name || at === 0) return "";
  const terms = study?.(step.id)?.spoken ?? [];
  return terms.map((term) => termWords(trace.tensors, term, entry, trans)).join(trans.__(" plus "));
}

function termWords(
  tensors: Readonly<Record<string, Tensor>>,
  { summed, factors }: SpokenTerm,
  entry: Entry,
  trans: TranslationBundle,
): string {
  const words = factors.map(({ tensor: name, row, col }) => {
    const { label = name, shape = [1, 1] } = tensors[name] ?? {};
    const [r, c] = [row && entry[row] + 1, col && entry[col] + 1];
    // The entry of a column is known by one number; a scalar by none.
    if (shape[1] === 1)
      return r === undefined ? label : label.startsWith("∂") ? trans.__("%1 row %2", label, r) : `${label} ${r}`;
    const parts = [r && trans.__("row %1", r), c && trans.__("column %1", c)].filter((part) => part !== undefined);
    return [label, ...parts].join(" ");
  });
  const list = words.join(trans.__(" and "));
  if (summed) return trans.__("sum of products of %1", list);
  return words.length > 1 ? trans.__("product of %1", list) : trans.__("made from %1", list);
}
