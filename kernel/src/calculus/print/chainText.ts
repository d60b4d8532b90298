/** A line of the chain style as plain text: "dL/dW1 = g_h x'" with explicit products, for terminals and tests. */
import type { ChainFactor, ChainLine, ChainProduct } from "../core/chainLine.js";
import { isNumber, nameOf } from "../ops/leaves.js";
import { foldedList, rangeText } from "./fold.js";
import { text } from "./text.js";

/** `page`: many definitions of one kind are stated once for k. */
export function chainText(line: ChainLine, options: { readonly page?: boolean } = {}): string {
  if (line.names.length > 0) {
    const all = line.names.map((n) =>
      [text(n.symbol), ...(n.means ? [factorText(n.means)] : []), text(n.value)].join(" = "),
    );
    const names = options.page ? foldedList(all, rangeText) : all;
    const define = line.define
      ? [`${text(line.define.symbol)} := d${nameOf(line.define.of)}/d${nameOf(line.define.by)}`]
      : [];
    return [...names, ...define].join("; ");
  }
  const left = line.left ? [factorText(line.left)] : [""];
  return [...left, ...line.right.map(sumText)].join(" = ").trim();
}

const sumText = (sum: readonly ChainProduct[]): string => sum.map(productText).join(" + ").replaceAll("+ -", "- ");

function productText(p: ChainProduct): string {
  const factors = p.factors.map((f) => factorText(f, p.factors.length + p.scalars.length > 1));
  const negative = p.scalars.some((s) => isNumber(s, -1));
  const scalars = p.scalars.filter((s) => !isNumber(s, -1)).map(text);
  return `${negative ? "-" : ""}${[...scalars, factors.join(p.hadamard ? ".*" : "*")].filter(Boolean).join("*")}`;
}

function factorText(f: ChainFactor, inProduct = false): string {
  switch (f.kind) {
    case "expr": {
      const loose = inProduct && (f.expr.op === "add" || f.expr.op === "times" || f.expr.op === "hadamard");
      return loose ? `(${text(f.expr)})` : text(f.expr);
    }
    case "upstream":
      return `${nameOf(f.symbol)}${f.transposed ? "'" : ""}`;
    case "partial":
      if (f.and) return `d²${nameOf(f.of)}/d${nameOf(f.by)}d${nameOf(f.and)}`;
      return f.transposed ? `(d${nameOf(f.of)}/d${nameOf(f.by)})'` : `d${nameOf(f.of)}/d${nameOf(f.by)}`;
  }
}
