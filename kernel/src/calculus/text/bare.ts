/**
 * Functions without parentheses, as the notes write them: ln|X|, tr X, d ln|X|, √x. The function takes the next
 * operand alone; where more follows that it might be meant to take, only parentheses can say so.
 */
import { NablaError } from "../core/errors.js";
import { endsOperand, type Item, isPower, operandEnd, startsOperand } from "./items.js";

export function applyBareFunctions(row: readonly Item[], text: string): Item[] {
  const items = [...row];
  for (let i = items.length - 1; i >= 0; i--) {
    const item = items[i]!;
    const next = items[i + 1];
    if (item.kind !== "head" || next?.kind === "open" || !startsOperand(next)) continue;
    const end = item.head.kind === "differential" ? endOfDifferential(items, i, text) : endOfArgument(items, i, text);
    items.splice(end + 1, 0, { kind: "close", span: items[end]!.span, text: ")" });
    items.splice(i + 1, 0, { kind: "open", span: next!.span, text: "(" });
  }
  return items;
}

/** The product between the letters of Ax. */
const isJoined = (item: Item | undefined): boolean => item?.kind === "operator" && item.implicit === true;

function endOfArgument(items: readonly Item[], at: number, text: string): number {
  const end = operandEnd(items, at + 1);
  const after = items[end + 1];
  const call = items[at + 1]!.kind === "head";
  if (isPower(after) || after?.kind === "prime" || (!call && startsOperand(after)))
    throw unclear(items, at, end + 1, text);
  if (isJoined(after)) throw unclear(items, at, end + 2, text);
  return end;
}

/** d takes powers along, d‖x‖² is d(‖x‖²); d X' is the same either way; d x'x could be (dx)'x. */
function endOfDifferential(items: readonly Item[], at: number, text: string): number {
  let end = operandEnd(items, at + 1);
  while (isPower(items[end + 1]) && startsOperand(items[end + 2])) end = operandEnd(items, end + 2);
  let last = end;
  while (items[last + 1]?.kind === "prime") last++;
  if (isJoined(items[last + 1])) throw unclear(items, at, last + 2, text);
  if (startsOperand(items[last + 1]) && endsOperand(items[last])) throw unclear(items, at, last + 1, text);
  return end;
}

function unclear(items: readonly Item[], at: number, last: number, text: string): NablaError {
  const { text: name, span } = items[at]!;
  return new NablaError("ambiguous", `${name} without parentheses: it is not clear where its argument ends`, {
    span: [span[0], items[last]!.span[1]],
    text,
    want: `${name}(…)`,
    hint: `write the argument of ${name} in parentheses`,
  });
}
