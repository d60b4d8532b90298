/** Functions and what they take: \sin^2 x, \sqrt[3]{x}, ⟨a, b⟩. */
import type { Span } from "../../core/errors.js";
import { IGNORED } from "./macros.js";
import { lettersOf, type Sign, type TexNode } from "./nodes.js";
import { writeFenced, writeSuperscript } from "./scripts.js";
import { argument, peek, type Row, refused, type Tex } from "./state.js";
import { writeWord } from "./writeName.js";
import { join, put, type Written } from "./writer.js";

/** \sin^2 x is (sin x)^2; \softmax and the like stand before their argument. */
export function writeFunction(tex: Tex, to: Written, row: Row, fn: string, span: Span): void {
  const script = peek(row);
  if (script?.kind !== "script" || script.text !== "^" || fn === "det") return writeWord(tex, to, fn, span);
  row.at++;
  const above = argument(tex, row, script);
  if (lettersOf(above).trim() === "-1")
    throw refused(tex, "ambiguous", `${fn}^{-1} can be the inverse function or 1/${fn}`, span, {
      want: `1/${fn}(…)`,
      hint: `write \\frac{1}{\\${fn} x}`,
    });
  const operand = operandOf(tex, row, script);
  put(to, fn, span);
  put(to, "(", span);
  join(to, tex.write(operand));
  put(to, ")", span);
  writeSuperscript(tex, to, above, script);
}

/** What a function without braces takes: a parenthesis with what stands in it, or the next sign. */
export function operandOf(tex: Tex, row: Row, owner: TexNode): readonly TexNode[] {
  const from = row.at;
  const text = (k: number): string => {
    const n = row.nodes[k];
    return n?.kind === "char" || n?.kind === "macro" ? n.text : "";
  };
  let at = from;
  while (row.nodes[at]?.kind === "space" || IGNORED.has(text(at))) at++;
  if (!/^[([]$/.test(text(at))) return argument(tex, row, owner);
  let depth = 0;
  const start = at;
  for (; at < row.nodes.length; at++) {
    if (/^[([]$/.test(text(at))) depth++;
    if (/^[)\]]$/.test(text(at)) && --depth === 0) break;
  }
  row.at = at + 1;
  const inner = row.nodes.slice(start + 1, at);
  return inner.filter((n, i) => !(i === inner.length - 1 && n.kind === "macro" && n.text === "right"));
}

export function writeRoot(tex: Tex, to: Written, row: Row, node: Sign): void {
  let root: Written | undefined;
  const bracket = peek(row);
  if (bracket?.kind === "char" && bracket.text === "[") root = tex.write(operandOf(tex, row, node));
  const inner = tex.write(argument(tex, row, node));
  put(to, root ? "(" : "sqrt(", node.span);
  join(to, inner);
  put(to, ")", node.span);
  if (!root) return;
  put(to, "^(1/", node.span);
  writeFenced(to, root, node.span);
  put(to, ")", node.span);
}

/** ⟨a, b⟩. */
export function writeInner(tex: Tex, to: Written, row: Row, span: Span): void {
  const from = row.at;
  let depth = 1;
  for (; row.at < row.nodes.length; row.at++) {
    const node = row.nodes[row.at]!;
    if (node.kind !== "macro") continue;
    if (node.text === "langle") depth++;
    if (node.text === "rangle" && --depth === 0) break;
  }
  if (depth > 0) throw refused(tex, "syntax", "this bracket \\langle is never closed", span, { want: "\\rangle" });
  const inner = row.nodes.slice(from, row.at++);
  put(to, "dot(", span);
  join(to, tex.write(inner));
  put(to, ")", span);
}
