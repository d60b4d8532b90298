/** W^{(1)} of the literature: a label in parentheses above a name, which in text could also be a power; LaTeX reads it where W1 is declared. */
import { type ErrorFacts, NablaError } from "../core/errors.js";
import { type Item, isPower } from "./items.js";
import { symbolNamed } from "./names.js";
import type { Declarations } from "./scope.js";

interface Unclear extends ErrorFacts {
  readonly message: string;
  readonly hint: string;
}

/** What to say of a label above `stem`: the declared name that was meant, where there is one. */
export function unclearLabel(stem: string, label: string, scope: Declarations): Unclear {
  const meant = [`${stem}${label}`, `${stem}_${label}`].find((name) => symbolNamed(name, scope));
  return {
    message: `^{(${label})} can be a power or a label${meant ? `: did you mean ${meant}?` : ""}`,
    want: "a power without parentheses, or a subscript",
    hint: meant ?? `write ^{${label}} for the power, _{${label}} for another symbol`,
  };
}

/** @throws NablaError `ambiguous` for a name or number in braces and parentheses above another */
export function refuseLabels(row: readonly Item[], text: string, scope: Declarations): void {
  row.forEach((item, i) => {
    const [brace, open, inner, close, end] = row.slice(i + 1, i + 6);
    if (!isPower(item) || brace?.kind !== "open" || open?.kind !== "open" || inner?.kind !== "operand") return;
    if (close?.kind !== "close" || end?.kind !== "close" || text.slice(...brace.span) !== "{") return;
    const { message, ...facts } = unclearLabel(row[i - 1]?.text ?? "", inner.text, scope);
    const span = [item.span[0], end.span[1]] as const;
    throw new NablaError("ambiguous", message, { ...facts, got: text.slice(...span), span, text });
  });
}
