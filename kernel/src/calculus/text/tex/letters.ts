/**
 * Letters, numbers and other characters: runs of letters become names by what is declared, every character keeps its
 * own place.
 */
import type { Span } from "../../core/errors.js";
import { LETTERS } from "../characters.js";
import { meaningOf, symbolNamed } from "../names.js";
import { FUNCTION_WORDS } from "./macros.js";
import { labelOf, subscripted, wordsOf } from "./names.js";
import { lettersOf, type Sign, spanOfNodes, type TexNode } from "./nodes.js";
import { peek, type Row, type Tex } from "./state.js";
import { writeName, writeWord } from "./writeName.js";
import { put, type Written } from "./writer.js";

export function writeCharacter(tex: Tex, to: Written, row: Row, node: Sign): void {
  if (/^[A-Za-z]$/.test(node.text)) return writeLetters(tex, to, row);
  if (/^[\d.]$/.test(node.text)) return writeNumber(to, row);
  const letter = LETTERS.get(node.text);
  if (letter) return writeName(tex, to, row, letter, node.span);
  if (node.text === "&" || node.text === "~") return;
  if (node.text === "[" || node.text === "]") return put(to, node.text === "[" ? "(" : ")", node.span);
  put(to, node.text, node.span);
}

/** Letters and digits without a space between them; a script belongs to the last letter alone. */
function writeLetters(tex: Tex, to: Written, row: Row): void {
  const from = row.at - 1;
  while (isLetter(row.nodes[row.at])) row.at++;
  const run = row.nodes.slice(from, row.at);
  const word = lettersOf(run);
  const script = peek(row);
  const scripted =
    script?.kind === "script" && (script.text === "_" || word.endsWith("e") || isLabelled(tex, row, word));
  const whole = meaningOf(word, tex.scope)?.kind === "head" || (word.length > 1 && FUNCTION_WORDS.has(word));
  if (scripted && word.length > 1 && !whole) {
    const last = run[run.length - 1]!;
    writeRun(tex, to, run.slice(0, -1));
    return writeName(tex, to, row, lettersOf([last]), last.span);
  }
  if (word.length === 1 || whole) return writeName(tex, to, row, wordsOf(word, tex.scope).join(" "), spanOf(run));
  writeRun(tex, to, run);
}

/** Wx^{(1)} with x1 declared. */
function isLabelled(tex: Tex, { nodes, at }: Row, word: string): boolean {
  const above = nodes[at + 1];
  const found = above?.kind === "group" ? labelOf(above.nodes) : undefined;
  return (
    found !== undefined && symbolNamed(subscripted(word.slice(-1), found.label, tex.scope), tex.scope) !== undefined
  );
}

const isLetter = (node: TexNode | undefined): boolean => node?.kind === "char" && /^[A-Za-z0-9]$/.test(node.text);
const spanOf = (nodes: readonly TexNode[]): Span => spanOfNodes(nodes, [0, 0]);

/** Every character keeps its own place. */
function writeRun(tex: Tex, to: Written, run: readonly TexNode[]): void {
  const word = lettersOf(run);
  const words = wordsOf(word, tex.scope);
  if (words.join("") !== word) return writeWord(tex, to, words.join(" "), spanOf(run));
  let at = 0;
  for (const piece of words) {
    [...piece].forEach((c, i) => {
      const span = run[at++]!.span;
      if (i === 0) writeWord(tex, to, c, span, words.length === 1 || piece.length > 1);
      else put(to, c, span, true);
    });
  }
}

function writeNumber(to: Written, row: Row): void {
  const from = row.at - 1;
  while (row.nodes[row.at]?.kind === "char" && /^[\d.]$/.test((row.nodes[row.at] as Sign).text)) row.at++;
  const digits = row.nodes.slice(from, row.at);
  // A full stop ends the sentence that the formula stands in.
  const last = peek(row) === undefined && lettersOf(digits).endsWith(".") ? digits.slice(0, -1) : digits;
  last.forEach((digit, i) => {
    put(to, lettersOf([digit]), digit.span, i > 0);
  });
}
