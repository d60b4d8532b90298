/**
 * Products without a sign. They become `*` and so bind like it, from left to right; where that is not what
 * everyone reads (a/b c, x .* y z, A ⊗ B x) the text is refused, except a/b c with a and b each a number or one
 * scalar name, which is (a/b)·c.
 */
import { NablaError } from "../core/errors.js";
import { isScalar } from "../core/shape.js";
import { endsOperand, type Item, isOperator, operandEnd, powerStart, startsOperand } from "./items.js";

export function explicitProducts(row: readonly Item[], text: string, notes: string[]): Item[] {
  const items: Item[] = [];
  row.forEach((item, i) => {
    const implicit = item.kind === "operator" && item.implicit === true;
    const adjoining = startsOperand(item) && endsOperand(items[items.length - 1]);
    const next = implicit ? i + 1 : i;
    if (implicit || adjoining) settleDivision(items, row.slice(next, operandEnd(row, next) + 1), text, notes);
    if (adjoining) items.push({ kind: "operator", text: "*", span: item.span, implicit: true });
    items.push(item);
  });
  return items;
}

/** Looks back at the factor that ends here: an operator other than * before it makes the product unclear. */
function settleDivision(items: Item[], next: readonly Item[], text: string, notes: string[]): void {
  const end = items.length - 1;
  const start = powerStart(items, end);
  const op = items[start - 1];
  if (!isOperator(op, "/", "./", ".*", "⊗")) return;
  const top = powerStart(items, start - 2);
  const simple = isSimple(items, start, end) && isSimple(items, top, start - 2);
  const words = (from: Item, to: Item): string => text.slice(from.span[0], to.span[1]).trim();
  const a = words(items[top]!, items[start - 2]!);
  const b = words(items[start]!, items[end]!);
  const sign = op!.text;
  if (sign !== "/" || !simple || isOperator(items[top - 1], "/", "./")) {
    const c = words(next[0]!, next[next.length - 1]!);
    throw new NablaError("ambiguous", `${a}${sign}${b} ${c} can be read in two ways`, {
      span: [items[top]!.span[0], next[next.length - 1]!.span[1]],
      text,
      want: "parentheses or an explicit *",
      hint: `write (${a}${sign}${b})*${c} or ${a}${sign}(${b}*${c})`,
    });
  }
  notes.push(`${a}/${b} before a product is read as (${a}/${b})`);
  items.splice(top, 0, { kind: "open", span: items[top]!.span, text: "(" });
  items.push({ kind: "close", span: items[items.length - 1]!.span, text: ")" });
}

/** One number or one scalar name. */
function isSimple(items: readonly Item[], from: number, to: number): boolean {
  const item = items[from]!;
  if (from !== to || item.kind !== "operand") return false;
  const { leaf } = item;
  switch (leaf.kind) {
    case "number":
    case "constant":
    case "dimension":
    case "unknown":
      return true;
    case "symbol":
      return isScalar(leaf.expr.shape);
    case "differential":
    case "string":
    case "ones":
      return false;
  }
}
