/**
 * Products without a sign. They become `*` and so bind like it, from left to right; where that is not what
 * everyone reads (a/b c, x .* y z, A ⊗ B x) the text is refused, except a/b c with a and b each a number or one
 * scalar name, which is (a/b)·c.
 */
import { NablaError } from "../core/errors.js";
import { isScalar } from "../core/shape.js";
import { endsOperand, type Item, isOperator, operandStart, powerStart, startsOperand } from "./items.js";

export function explicitProducts(row: readonly Item[], text: string, notes: string[]): Item[] {
  const items: Item[] = [];
  for (const item of row) {
    const implicit = item.kind === "operator" && item.implicit === true;
    const before = items[items.length - 1];
    const adjoining = startsOperand(item) && endsOperand(before);
    if (implicit || adjoining) settleDivision(items, item, text, notes);
    if (adjoining) items.push({ kind: "operator", text: "*", span: item.span, implicit: true });
    items.push(item);
  }
  return items;
}

/** Looks back at the factor that ends here: an operator other than * before it makes the product unclear. */
function settleDivision(items: Item[], next: Item, text: string, notes: string[]): void {
  const end = items.length - 1;
  const start = powerStart(items, end);
  const op = items[start - 1];
  if (!isOperator(op, "/", "./", ".*", "⊗")) return;
  const top = powerStart(items, start - 2);
  const simple = isSimple(items, start, end) && isSimple(items, top, start - 2);
  const chained = isOperator(items[top - 1], "/", "./");
  if (op!.text !== "/" || !simple || chained) {
    const from = operandStart(items, start - 2);
    const spelled = `${op!.text === "⊗" ? "A ⊗ B c" : `a${op!.text}b c`}`;
    throw new NablaError("ambiguous", `${spelled} can be read in two ways`, {
      span: [items[from]!.span[0], next.span[1]],
      text,
      want: "parentheses or an explicit *",
      hint: `write (a${op!.text}b)*c or a${op!.text}(b*c)`,
    });
  }
  const [a, b] = [items[top]!, items[start]!];
  notes.push(`${a.text}/${b.text} before a product is read as (${a.text}/${b.text})`);
  items.splice(top, 0, { kind: "open", span: a.span, text: "(" });
  items.push({ kind: "close", span: b.span, text: ")" });
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
      return true;
    case "symbol":
      return isScalar(leaf.expr.shape);
    case "unknown":
      return true;
    case "differential":
    case "string":
    case "ones":
      return false;
  }
}
