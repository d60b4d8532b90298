/** Names: a letter with its subscript is one name, or a matrix of its size (I_n, 1_n); e with a power is exp. */
import type { Span } from "../../core/errors.js";
import { symbolNamed } from "../names.js";
import { splits } from "../split.js";
import { FUNCTION_WORDS, IGNORED } from "./macros.js";
import { labelOf, nameLetters, subscripted } from "./names.js";
import { type Sign, spanOfNodes, type TexNode, withoutSpaces } from "./nodes.js";
import { writeSuperscript } from "./scripts.js";
import { argument, note, peek, type Row, type Tex } from "./state.js";
import { join, put, type Written } from "./writer.js";

/** A name with what stands at it: W_1, \mathbf I_n, e^{…}, 1_n. */
export function writeName(tex: Tex, to: Written, row: Row, name: string, span: Span): void {
  const script = peek(row);
  const declared = tex.scope.symbols.has(name) || tex.scope.functions.has(name);
  if (script?.kind === "script" && script.text === "^" && name === "e" && !declared) {
    row.at++;
    const above = argument(tex, row, script);
    put(to, "exp(", span);
    join(to, tex.write(above));
    return put(to, ")", spanOfNodes(above, script.span));
  }
  if (
    script?.kind === "script" &&
    script.text === "^" &&
    !declared &&
    writeLabelled(tex, to, row, { name, span, script })
  )
    return;
  if (name === "s" && !declared && isCall(row)) return put(to, "sigmoid", span);
  if (script?.kind !== "script" || script.text !== "_" || FUNCTION_WORDS.has(name) || name === "d")
    return writeWord(tex, to, name, span);
  row.at++;
  const below = argument(tex, row, script);
  const whole: Span = [span[0], Math.max(script.span[1], spanOfNodes(below, script.span)[1])];
  if (withoutSpaces(below).some((n) => n.kind === "macro" && n.text === "times")) {
    note(tex, `${tex.text.slice(...whole)} is ${name} with its shape`);
    return writeWord(tex, to, name, whole);
  }
  const sized = !declared && ({ I: "eye", "𝟏": "ones", K: "commutation" } as Record<string, string>)[name];
  if (sized) return put(to, `${sized}(${sizes(tex, below)})`, whole);
  writeWord(tex, to, subscripted(name, nameLetters(below), tex.scope), whole);
}

interface Labelled {
  readonly name: string;
  readonly span: Span;
  readonly script: Sign;
}

/** W^{(1)} is W1 where that is declared and W is not, which might have a power; with a transpose in the same braces too, W^{(1)\top}. */
function writeLabelled(tex: Tex, to: Written, row: Row, { name, span, script }: Labelled): boolean {
  const from = row.at++;
  const above = peek(row) && argument(tex, row, script);
  const found = above && labelOf(above);
  const known = found && subscripted(name, found.label, tex.scope);
  if (!above || !found || !known || !symbolNamed(known, tex.scope)) {
    row.at = from;
    return false;
  }
  const whole: Span = [span[0], Math.max(script.span[1], row.nodes[row.at - 1]!.span[1])];
  note(tex, `${name}^{(${found.label})} is read as ${known}`);
  writeWord(tex, to, known, whole);
  if (found.rest.length > 0) writeSuperscript(tex, to, found.rest, script);
  return true;
}

/** s(z) and s'(z), but not s alone. */
function isCall(row: Row): boolean {
  let at = row.at;
  const next = (): TexNode | undefined => row.nodes[at];
  while (next()?.kind === "char" && (next() as Sign).text === "'") at++;
  while (next()?.kind === "macro" && IGNORED.has((next() as Sign).text)) at++;
  return next()?.kind === "char" && (next() as Sign).text === "(";
}

/** mn is the product of two dimensions, "m,n" two of them. */
function sizes(tex: Tex, nodes: readonly TexNode[]): string {
  const sized = (word: string): string =>
    tex.scope.dims.has(word) ? word : (splits(word, (d) => tex.scope.dims.has(d))[0]?.join("*") ?? word);
  return nameLetters(nodes).replace(/\s/g, "").split(",").map(sized).join(", ");
}

/** A name right behind a differential sign belongs to it: dX. */
export function writeWord(tex: Tex, to: Written, word: string, span: Span, plain = true): void {
  const differential = /(?<![\w𝟏])d$/u.test(to.text) && !tex.scope.symbols.has("d");
  const head = plain && FUNCTION_WORDS.has(word);
  put(to, word, span, differential && !head && /^[A-Za-z]/.test(word));
}
