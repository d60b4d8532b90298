/** LaTeX nodes as text of the grammar: what every sign, macro and environment becomes, from left to right. */
import type { Span } from "../../core/errors.js";
import { LETTERS } from "../characters.js";
import { nearest } from "../distance.js";
import { meaningOf } from "../names.js";
import type { Declarations } from "../scope.js";
import { splits } from "../split.js";
import { writeFraction } from "./fractions.js";
import * as macros from "./macros.js";
import { accented, subscripted, wordsOf } from "./names.js";
import { lettersOf, spanOfNodes, type TexNode, withoutSpaces } from "./nodes.js";
import { writeFenced, writeSuperscript } from "./scripts.js";
import { argument, note, only, peek, type Row, refused, type Tex } from "./state.js";
import { empty, join, put, type Written } from "./writer.js";

export function translate(text: string, nodes: readonly TexNode[], scope: Declarations, notes: string[]): Written {
  const tex: Tex = { text, scope, notes, fractions: 0, write: (list) => written(tex, list) };
  return tex.write(nodes);
}

/** Number of arguments that a macro takes. */
function countOf(name: string): number {
  if (macros.FRACTIONS.has(name)) return 2;
  if (macros.STYLES.has(name) || macros.UPRIGHT.has(name) || macros.ACCENTS.has(name)) return 1;
  return macros.DECORATIONS.get(name)?.count ?? (name === "sqrt" ? 1 : 0);
}

function written(tex: Tex, nodes: readonly TexNode[]): Written {
  const to = empty();
  const row: Row = { nodes, at: 0 };
  for (let node = peek(row); node; node = peek(row)) {
    row.at++;
    switch (node.kind) {
      case "space":
        break;
      case "char":
        writeCharacter(tex, to, row, node);
        break;
      case "script":
        writeScript(tex, to, row, node);
        break;
      case "group":
        writeGroup(tex, to, row, node.nodes, node.span);
        break;
      case "environment":
        writeEnvironment(tex, to, node.text, node.nodes, node.span);
        break;
      case "macro":
        writeMacro(tex, to, row, node);
        break;
    }
  }
  return to;
}

type Sign = Extract<TexNode, { text: string; kind: "char" | "macro" | "script" }>;

function writeCharacter(tex: Tex, to: Written, row: Row, node: Sign): void {
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
  const scripted = script?.kind === "script" && (script.text === "_" || word.endsWith("e"));
  const whole = meaningOf(word, tex.scope)?.kind === "head" || (word.length > 1 && macros.FUNCTION_WORDS.has(word));
  if (scripted && word.length > 1 && !whole) {
    const last = run[run.length - 1]!;
    writeRun(tex, to, run.slice(0, -1));
    return writeName(tex, to, row, lettersOf([last]), last.span);
  }
  if (word.length === 1 || whole) return writeName(tex, to, row, wordsOf(word, tex.scope).join(" "), spanOf(run));
  writeRun(tex, to, run);
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

/** A name right behind a differential sign belongs to it: dX. */
function writeWord(tex: Tex, to: Written, word: string, span: Span, plain = true): void {
  const differential = /(?<![\w𝟏])d$/u.test(to.text) && !tex.scope.symbols.has("d");
  const head = plain && macros.FUNCTION_WORDS.has(word);
  put(to, word, span, differential && !head && /^[A-Za-z]/.test(word));
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

/** A name with what stands at it: W_1, \mathbf I_n, e^{…}, 1_n. */
function writeName(tex: Tex, to: Written, row: Row, name: string, span: Span): void {
  const script = peek(row);
  const declared = tex.scope.symbols.has(name) || tex.scope.functions.has(name);
  if (script?.kind === "script" && script.text === "^" && name === "e" && !declared) {
    row.at++;
    const above = argument(tex, row, script, countOf);
    put(to, "exp(", span);
    join(to, tex.write(above));
    return put(to, ")", spanOfNodes(above, script.span));
  }
  if (name === "s" && !declared && isCall(row)) return put(to, "sigmoid", span);
  if (script?.kind !== "script" || script.text !== "_" || macros.FUNCTION_WORDS.has(name) || name === "d")
    return writeWord(tex, to, name, span);
  row.at++;
  const below = argument(tex, row, script, countOf);
  const whole: Span = [span[0], Math.max(script.span[1], spanOfNodes(below, script.span)[1])];
  if (withoutSpaces(below).some((n) => n.kind === "macro" && n.text === "times")) {
    note(tex, `${tex.text.slice(...whole)} is ${name} with its shape`);
    return writeWord(tex, to, name, whole);
  }
  const sized = !declared && ({ I: "eye", "𝟏": "ones", K: "commutation" } as Record<string, string>)[name];
  if (sized) return put(to, `${sized}(${sizes(tex, below)})`, whole);
  writeWord(tex, to, subscripted(name, letters(below), tex.scope), whole);
}

/** s(z) and s'(z), but not s alone. */
function isCall(row: Row): boolean {
  let at = row.at;
  const next = (): TexNode | undefined => row.nodes[at];
  while (next()?.kind === "char" && (next() as Sign).text === "'") at++;
  while (next()?.kind === "macro" && macros.IGNORED.has((next() as Sign).text)) at++;
  return next()?.kind === "char" && (next() as Sign).text === "(";
}

/** mn is the product of two dimensions, "m,n" two of them. */
function sizes(tex: Tex, nodes: readonly TexNode[]): string {
  const sized = (word: string): string =>
    tex.scope.dims.has(word) ? word : (splits(word, (d) => tex.scope.dims.has(d))[0]?.join("*") ?? word);
  return letters(nodes).replace(/\s/g, "").split(",").map(sized).join(", ");
}

/** The letters of a subscript, fonts left away: \text{out}, \theta. */
function letters(nodes: readonly TexNode[]): string {
  return nodes.map((n) => (n.kind === "macro" ? (macros.LETTER_MACROS.get(n.text) ?? "") : lettersOf([n]))).join("");
}

function writeScript(tex: Tex, to: Written, row: Row, node: Sign): void {
  const nodes = argument(tex, row, node, countOf);
  if (node.text === "^") return writeSuperscript(tex, to, nodes, node);
  const span: Span = [node.span[0], Math.max(node.span[1], spanOfNodes(nodes, node.span)[1])];
  const below = lettersOf(nodes).trim();
  if (/[‖|](?:\^\w+)?$/.test(to.text) && /^\w+$/.test(below)) return put(to, `_${below}`, span, true);
  throw refused(tex, "unsupported", "an entry of an expression: only names have subscripts", span, {
    want: "an expression without indices",
    hint: 'index notation is a style of derivation: d(…, { style: "index" })',
  });
}

/** Braces group for LaTeX only; they are parentheses where a power or a function takes what stands in them. */
function writeGroup(tex: Tex, to: Written, row: Row, nodes: readonly TexNode[], span: Span): void {
  const inner = tex.write(nodes);
  const next = peek(row);
  const taken = next?.kind === "script" || (next?.kind === "char" && next.text === "'");
  const word = /([A-Za-z]\w*)$/.exec(to.text)?.[1];
  const called = word !== undefined && meaningOf(word, tex.scope)?.kind === "head" && word !== "d";
  if (!called && !taken) return join(to, inner);
  if (!called) return writeFenced(to, inner, span);
  put(to, "(", span);
  join(to, inner);
  put(to, ")", span);
}

function writeEnvironment(tex: Tex, to: Written, name: string, nodes: readonly TexNode[], span: Span): void {
  const plain = name.replace("*", "");
  if (macros.LINES.has(plain)) return join(to, tex.write(nodes));
  const matrix = macros.MATRICES.has(plain);
  throw refused(tex, "unsupported", `${matrix ? "a matrix of entries" : `\\begin{${name}}`} is not read`, span, {
    want: "names of matrices",
    hint: matrix
      ? "give the matrix a name with its shape, and its numbers with .at({…})"
      : plain === "cases"
        ? "relu(x), abs(x), sign(x) and step(x) are known"
        : undefined,
  });
}

function writeMacro(tex: Tex, to: Written, row: Row, node: Sign): void {
  const { text: name, span } = node;
  const whole = (): Span => [span[0], row.nodes[row.at - 1]!.span[1]];
  const taken = (): readonly TexNode[] => argument(tex, row, node, countOf);
  if (macros.SPACES.has(name) || /^\s$/.test(name)) return to.text.endsWith(" ") ? undefined : put(to, " ", span);
  if (macros.IGNORED.has(name)) {
    const fence = peek(row);
    if (!/^(?:left|right)$/.test(name) || fence?.kind !== "char" || !/^[.|]$/.test(fence.text)) return;
    row.at++;
    // Two bars side by side would be one norm: |det X| is \left||X|\right|.
    if (fence.text === "|") put(to, name === "left" ? "| " : " |", fence.span);
    return;
  }
  const letter = macros.LETTER_MACROS.get(name);
  if (letter) return writeName(tex, to, row, letter, span);
  const sign = macros.SIGN_MACROS.get(name);
  if (sign) return put(to, sign, span);
  const fn = macros.FUNCTION_MACROS.get(name);
  if (fn) return writeFunction(tex, to, row, fn, span);
  if (macros.FRACTIONS.has(name)) {
    const parts = [taken(), taken()];
    return writeFraction(tex, to, parts, whole());
  }
  const decoration = macros.DECORATIONS.get(name);
  if (decoration) return writeDecoration(tex, to, row, node, decoration);
  if (macros.STYLES.has(name)) return writeStyled(tex, to, row, node, taken());
  if (macros.UPRIGHT.has(name)) {
    const star = peek(row);
    if (name === "operatorname" && star?.kind === "char" && star.text === "*") row.at++;
    return writeUpright(tex, to, row, taken(), whole());
  }
  const accent = macros.ACCENTS.get(name);
  if (accent) return writeName(tex, to, row, accented(letters(taken()).trim(), accent, tex.scope), whole());
  switch (name) {
    case "partial":
      return put(to, "d", span);
    case "nabla":
      return writeNabla(tex, to, row, span);
    case "sqrt":
      return writeRoot(tex, to, row, node);
    case "langle":
      return writeInner(tex, to, row, span);
    case "top":
    case "intercal":
    case "T":
      return put(to, "'", span);
    default: // every other macro is refused by name
      throw unknownMacro(tex, name, span);
  }
}

/** \sin^2 x is (sin x)^2; \softmax and the like stand before their argument. */
function writeFunction(tex: Tex, to: Written, row: Row, fn: string, span: Span): void {
  const script = peek(row);
  if (script?.kind !== "script" || script.text !== "^" || fn === "det") return writeWord(tex, to, fn, span);
  row.at++;
  const above = argument(tex, row, script, countOf);
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
function operandOf(tex: Tex, row: Row, owner: TexNode): readonly TexNode[] {
  const from = row.at;
  const text = (k: number): string => {
    const n = row.nodes[k];
    return n?.kind === "char" || n?.kind === "macro" ? n.text : "";
  };
  let at = from;
  while (row.nodes[at]?.kind === "space" || macros.IGNORED.has(text(at))) at++;
  if (!/^[([]$/.test(text(at))) return argument(tex, row, owner, countOf);
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

function writeDecoration(
  tex: Tex,
  to: Written,
  row: Row,
  node: Sign,
  { count, keep }: { readonly count: number; readonly keep?: number },
): void {
  const parts = Array.from({ length: count }, () => argument(tex, row, node, countOf));
  const script = peek(row);
  if (/^(?:under|over)br/.test(node.text) && script?.kind === "script") {
    row.at++;
    argument(tex, row, script, countOf);
  }
  if (keep !== undefined) join(to, tex.write(parts[keep]!));
}

/** \mathbf 1 is the vector of ones, \mathbb 1[z > 0] the step, \boldsymbol{\nabla} a nabla; else the letters themselves. */
function writeStyled(tex: Tex, to: Written, row: Row, node: Sign, nodes: readonly TexNode[]): void {
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
  const greek = inner?.kind === "macro" ? macros.LETTER_MACROS.get(inner.text) : undefined;
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
function writeUpright(tex: Tex, to: Written, row: Row, nodes: readonly TexNode[], span: Span): void {
  const word = lettersOf(nodes).trim();
  if (word === "d") return put(to, "d", span);
  const fn = tex.scope.functions.has(word) || tex.scope.symbols.has(word) ? undefined : macros.FUNCTION_WORDS.get(word);
  if (fn) return writeFunction(tex, to, row, fn, span);
  if (/^[A-Za-z]\w*$/.test(word)) return writeName(tex, to, row, word, span);
  if (/[A-Za-z]/.test(word) && /\s/.test(word)) return note(tex, `the words “${word}” are left out`);
  join(to, tex.write(nodes));
}

/** ∇L(y) is the gradient of a function, ∇_X f the derivative of what follows. */
function writeNabla(tex: Tex, to: Written, row: Row, span: Span): void {
  const script = peek(row);
  if (script?.kind !== "script") return put(to, "grad_", span);
  row.at++;
  const nodes = argument(tex, row, script, countOf);
  if (script.text === "^" && lettersOf(nodes).trim() === "2") return put(to, "hess_", span);
  if (script.text !== "_") throw refused(tex, "syntax", "only ∇, ∇² and ∇ with a variable below are read", script.span);
  put(to, "d/d", span);
  const variable = tex.write(nodes);
  to.text += variable.text;
  to.starts.push(...variable.starts);
  to.ends.push(...variable.ends);
  put(to, " ", span);
}

function writeRoot(tex: Tex, to: Written, row: Row, node: Sign): void {
  let root: Written | undefined;
  const bracket = peek(row);
  if (bracket?.kind === "char" && bracket.text === "[") root = tex.write(operandOf(tex, row, node));
  const inner = tex.write(argument(tex, row, node, countOf));
  put(to, root ? "(" : "sqrt(", node.span);
  join(to, inner);
  put(to, ")", node.span);
  if (!root) return;
  put(to, "^(1/", node.span);
  writeFenced(to, root, node.span);
  put(to, ")", node.span);
}

/** ⟨a, b⟩. */
function writeInner(tex: Tex, to: Written, row: Row, span: Span): void {
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

function unknownMacro(tex: Tex, name: string, span: Span): Error {
  const why = macros.UNREADABLE.get(name);
  if (why !== undefined) return refused(tex, "unsupported", `\\${name} is not read: ${why}`, span, { hint: why });
  if (name === "begin" || name === "end")
    return refused(tex, "syntax", `\\${name} needs the name of an environment in braces`, span);
  const guess = nearest(name, [...macros.KNOWN_MACROS]);
  return refused(tex, "unknown_function", `unknown macro \\${name}${guess ? `: did you mean \\${guess}?` : ""}`, span, {
    want: "a macro of the notes",
    hint: guess ? `\\${guess}` : `write it as \\operatorname{${name}} if it is a function`,
  });
}
