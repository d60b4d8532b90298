/** Words and styled letters: \operatorname{tr}, \text{…}, \mathbf W, \mathbf 1, \mathbb 1[z > 0]; decorations. */
import type { Span } from "../../core/errors.js";
import { writeNabla } from "./derivatives.js";
import { operandOf, writeFunction } from "./functions.js";
import { FUNCTION_WORDS, LETTER_MACROS } from "./macros.js";
import { lettersOf, type Sign, spanOfNodes, type TexNode, withoutSpaces } from "./nodes.js";
import { argument, note, only, peek, type Row, type Tex, unknownMacro } from "./state.js";
import { writeName } from "./writeName.js";
import { join, put, type Written } from "./writer.js";

/** \mathbf 1 is the vector of ones, \mathbb 1[z > 0] the step, \boldsymbol{\nabla} a nabla; else the letters themselves. */
export function writeStyled(tex: Tex, to: Written, row: Row, node: Sign, nodes: readonly TexNode[]): void {
  const span: Span = [node.span[0], Math.max(node.span[1], spanOfNodes(nodes, node.span)[1])];
  const inner = only(nodes);
  const letter = inner?.kind === "char" ? inner.text : "";
  if (inner?.kind === "macro" && inner.text === "nabla") return writeNabla(tex, to, row, span);
  if (/^[1I]$/.test(letter) && node.text === "mathbb") {
    const condition = conditionOf(tex, row);
    if (condition) {
      put(to, "step(", span);
      join(to, condition);
      return put(to, ")", span);
    }
  }
  if (letter === "1") {
    // -𝟏'X: the sign stands at the product, where the length of 𝟏 is known.
    if (/(?:^|[(=,;])\s*-$/.test(to.text)) put(to, "1*", span);
    return writeName(tex, to, row, "𝟏", span);
  }
  if (node.text === "mathbb" && letter !== "") throw unknownMacro(tex, "mathbb", span);
  if (inner?.kind === "char" && /^[A-Za-z]$/.test(letter)) return writeName(tex, to, row, letter, span);
  const greek = inner?.kind === "macro" ? LETTER_MACROS.get(inner.text) : undefined;
  if (greek) return writeName(tex, to, row, greek, span);
  const word = lettersOf(nodes);
  if (/^[A-Za-z]\w+$/.test(word) && tex.scope.symbols.has(word)) return writeName(tex, to, row, word, span);
  join(to, tex.write(nodes));
}

/** [z > 0] or (z > 0) that follows: z. */
function conditionOf(tex: Tex, row: Row): Written | undefined {
  const from = row.at;
  const owner = row.nodes[from - 1]!;
  if (!peek(row)) return undefined;
  const inner = withoutSpaces(operandOf(tex, row, owner));
  const zero = inner[inner.length - 1];
  const greater = inner[inner.length - 2];
  const holds =
    lettersOf(zero ? [zero] : []) === "0" &&
    greater !== undefined &&
    /^(?:>|gt)$/.test("text" in greater ? greater.text : "");
  if (holds) return tex.write(inner.slice(0, -2));
  row.at = from;
  return undefined;
}

/** Words: a function, a transpose, a name of several letters; remarks are left out, and that is said. */
export function writeUpright(tex: Tex, to: Written, row: Row, nodes: readonly TexNode[], span: Span): void {
  const word = lettersOf(nodes).trim();
  if (word === "d") return put(to, "d", span);
  const fn = tex.scope.functions.has(word) || tex.scope.symbols.has(word) ? undefined : FUNCTION_WORDS.get(word);
  if (fn) return writeFunction(tex, to, row, fn, span);
  if (/^[A-Za-z]\w*$/.test(word)) return writeName(tex, to, row, word, span);
  if (/[A-Za-z]/.test(word) && /\s/.test(word)) return note(tex, `the words “${word}” are left out`);
  join(to, tex.write(nodes));
}

export function writeDecoration(
  tex: Tex,
  to: Written,
  row: Row,
  node: Sign,
  { count, keep }: { readonly count: number; readonly keep?: number },
): void {
  const parts = Array.from({ length: count }, () => argument(tex, row, node));
  const script = peek(row);
  if (/^(?:under|over)br/.test(node.text) && script?.kind === "script") {
    row.at++;
    argument(tex, row, script);
  }
  if (keep !== undefined) join(to, tex.write(parts[keep]!));
}
