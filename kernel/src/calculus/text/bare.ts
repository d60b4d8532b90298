/**
 * Functions without parentheses, as the notes write them: ln|X|, tr X, d ln|X|, √x. The function takes the next
 * operand alone; where a power or transpose follows, only parentheses can say what is meant.
 */
import { NablaError } from "../core/errors.js";
import { closeOf, type Item, isPower, operandEnd, startsOperand } from "./items.js";

export function applyBareFunctions(row: readonly Item[], text: string): Item[] {
  const items = [...row];
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i]!;
    if (item.kind !== "head") continue;
    const next = items[i + 1];
    if (next?.kind === "open" || !startsOperand(next)) continue;
    let end = operandEnd(items, i + 1);
    const differential = item.head.kind === "differential";
    if (!differential) refuseUnclear(items, i, end, text);
    while (differential && isPower(items[end + 1]) && startsOperand(items[end + 2])) end = operandEnd(items, end + 2);
    items.splice(end + 1, 0, { kind: "close", span: items[end]!.span, text: ")" });
    items.splice(i + 1, 0, { kind: "open", span: next!.span, text: "(" });
  }
  return items;
}

function refuseUnclear(items: readonly Item[], at: number, end: number, text: string): void {
  const { text: name, span } = items[at]!;
  const after = items[end + 1];
  const call = items[at + 1]!.kind === "head";
  const unclear = isPower(after) || after?.kind === "prime" || (!call && startsOperand(after));
  if (!unclear) return;
  const last = closeOf(items, end + 1) === end + 1 ? end + 1 : end;
  throw new NablaError("ambiguous", `${name} without parentheses: it is not clear where its argument ends`, {
    span: [span[0], items[last]!.span[1]],
    text,
    want: `${name}(…)`,
    hint: `write the argument of ${name} in parentheses`,
  });
}
