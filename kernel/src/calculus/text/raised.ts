/**
 * Transposes behind powers. x.^2' is the transpose of x.^2 (mathjs would transpose the 2), X^-T is (X^-1)',
 * and X^T with no T declared asks whether X' was meant.
 */
import { NablaError } from "../core/errors.js";
import { type Item, isPower, isSign, operandStart, powerStart } from "./items.js";

const isTranspose = (item: Item | undefined): boolean =>
  item?.kind === "operand" && item.leaf.kind === "unknown" && item.leaf.name === "T";

/** X^-T → X^(-1)'; X^T is refused. */
export function raisedLetters(row: readonly Item[], text: string): Item[] {
  const items: Item[] = [];
  for (let i = 0; i < row.length; i++) {
    const item = row[i]!;
    if (!isPower(item)) {
      items.push(item);
      continue;
    }
    const fenced = row[i + 1]?.kind === "open" ? 1 : 0;
    const sign = row[i + 1 + fenced];
    const negative = isSign(sign) && sign!.text === "-" ? 1 : 0;
    const letter = row[i + 1 + fenced + negative];
    const closed = fenced === 0 || row[i + 2 + fenced + negative]?.kind === "close";
    if (!isTranspose(letter) || !closed) {
      items.push(item);
      continue;
    }
    const start = operandStart(items, items.length - 1);
    if (negative === 0) throw transposeAsPower(items.slice(start), item, letter!, text);
    const span = letter!.span;
    items.push(item, { kind: "operand", leaf: { kind: "number", value: -1 }, span, text: "(-1)" });
    items.push({ kind: "prime", span, text: "'" });
    i += 2 * fenced + negative + 1;
  }
  return items;
}

function transposeAsPower(base: readonly Item[], caret: Item, letter: Item, text: string): NablaError {
  const from = base[0]!.span[0];
  const written = `${text.slice(from, caret.span[0]).trim()}'`;
  return new NablaError("unknown_symbol", `unknown symbol T: did you mean ${written}?`, {
    span: [from, letter.span[1]],
    text,
    got: text.slice(from, letter.span[1]),
    want: written,
    hint: written,
  });
}

/** A prime after an exponent transposes the whole power. */
export function fencePowers(row: readonly Item[]): Item[] {
  const items: Item[] = [];
  row.forEach((item, i) => {
    if (item.kind === "prime" && row[i - 1]?.kind !== "prime") {
      const end = items.length - 1;
      let before = operandStart(items, end) - 1;
      while (before > 0 && isSign(items[before])) before--;
      if (before > 0 && isPower(items[before])) {
        const start = powerStart(items, end);
        items.splice(start, 0, { kind: "open", span: items[start]!.span, text: "(" });
        items.push({ kind: "close", span: items[items.length - 1]!.span, text: ")" });
      }
    }
    items.push(item);
  });
  return items;
}
