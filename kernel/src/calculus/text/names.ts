/**
 * What every token means in its scope. Declared names win over functions of the grammar, constants and the
 * differential sign; dimensions count as scalars. Nothing unknown is an error yet: an operand or head of kind
 * "unknown" is reported where the expression is built, so that errors come in reading order.
 */
import { NablaError, type Span } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import { OPS } from "../ops/index.js";
import { d } from "../ops/leaves.js";
import type { Paired } from "./brackets.js";
import { isFunctionName } from "./functionNames.js";
import type { Head, Item, Leaf } from "./items.js";
import type { Declarations } from "./scope.js";
import { splits } from "./split.js";

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ["pi", Math.PI],
  ["e", Math.E],
]);

/** Functions of the grammar that have a derivative written with a prime: tanh'(z). */
const ELEMENTWISE: ReadonlySet<string> = new Set(
  OPS.filter((op) => op.elementwise && op.arity === 1 && op.name !== "apply").map((op) => op.name),
);

type Meaning = Leaf | { readonly kind: "head"; readonly head: Head };
const head = (h: Head): Meaning => ({ kind: "head", head: h });

/** x_1 and x1 (also written x₁) are one name, unless both are declared. */
const otherSpelling = (name: string): string | undefined => {
  const [, stem, digits] = /^([A-Za-z]+)_(\d+)$/.exec(name) ?? [];
  if (stem !== undefined) return `${stem}${digits}`;
  return /^[A-Za-z]+\d+$/.test(name) ? name.replace(/^([A-Za-z]+)/, "$1_") : undefined;
};

/** The symbol of a name in either of its spellings. */
export function symbolNamed(name: string, scope: Declarations): Expr | undefined {
  return scope.symbols.get(name) ?? scope.symbols.get(otherSpelling(name) ?? name);
}

export function meaningOf(name: string, scope: Declarations): Meaning | undefined {
  const symbol = symbolNamed(name, scope);
  if (symbol) return { kind: "symbol", name, expr: symbol };
  const declared = functionHead(name, 0, scope);
  if (declared) return head(declared);
  if (scope.dims.has(name)) return { kind: "dimension", name };
  if (isFunctionName(name)) return head({ kind: "builtin", name });
  const marked = /^(?:D(\d*)_|(grad|hess)_)(.+)$/.exec(name);
  if (marked) {
    const order = marked[2] ? (marked[2] === "grad" ? 1 : 2) : Number(marked[1] || 1);
    const derived = functionHead(marked[3]!, order, scope);
    // grad_L, hess_L, then D3_L; D_sigma, D2_sigma.
    if (derived && (marked[2] ? derived.kind === "scalarfn" : derived.kind === "apply" || order > 2))
      return head(derived);
  }
  if (name === "d") return head({ kind: "differential" });
  const inner = name.startsWith("d") ? scope.symbols.get(name.slice(1)) : undefined;
  if (inner && !scope.symbols.has("d")) return { kind: "differential", name: name.slice(1), expr: d(inner) };
  const constant = CONSTANTS.get(name);
  return constant === undefined ? undefined : { kind: "constant", name, value: constant };
}

function functionHead(name: string, order: number, scope: Declarations): Head | undefined {
  const kind = scope.functions.get(name);
  if (!kind) return undefined;
  return kind.kind === "elementwise"
    ? { kind: "apply", name, order }
    : { kind: "scalarfn", name, order, shape: kind.shape };
}

export function resolveNames(list: readonly Paired[], scope: Declarations, text: string, notes: string[]): Item[] {
  const items: Item[] = [];
  const norms: { subscript: string }[] = [];
  for (let k = 0; k < list.length; k++) {
    const token = list[k]!;
    const { span } = token;
    switch (token.kind) {
      case "number":
        items.push({
          kind: "operand",
          leaf: { kind: "number", value: numberIn(token, text, notes) },
          span,
          text: token.text,
        });
        break;
      case "string":
        items.push({
          kind: "operand",
          leaf: { kind: "string", value: token.text.slice(1, -1) },
          span,
          text: token.text,
        });
        break;
      case "ones":
        items.push({ kind: "operand", leaf: { kind: "ones" }, span, text: token.text });
        break;
      case "operator":
        items.push({ kind: token.text === "'" ? "prime" : "operator", span, text: token.text });
        break;
      case "open":
      case "close":
      case "comma":
        items.push({ kind: token.kind, span, text: token.text });
        break;
      case "subscript":
        throw new NablaError("syntax", `unexpected subscript _${token.text}`, {
          span,
          text,
          got: `_${token.text}`,
          hint: "write it with the name: W1 or W_1",
        });
      case "bar":
        items.push(...barItems(token, norms));
        break;
      case "name": {
        const labelled = labelledName(list, k, scope);
        if (labelled) {
          items.push(labelled.item);
          notes.push(`${text.slice(...labelled.item.span)} is read as ${labelled.item.text}`);
          k += LABEL.length;
          break;
        }
        const primes = primesBeforeCall(list, k, scope);
        items.push(...nameItems(token, primes, list[k + 1 + primes], scope, text, notes));
        k += primes;
        break;
      }
    }
  }
  return items;
}

const LABEL = ["^", "(", "1", ")"];

/** W^(1) is W1 where W is no name of its own; otherwise it is a power. */
function labelledName(list: readonly Paired[], at: number, scope: Declarations): { item: Item } | undefined {
  const [name, caret, open, label, close] = list.slice(at, at + 1 + LABEL.length);
  if (caret?.text !== "^" || open?.kind !== "open" || close?.kind !== "close" || label?.kind !== "number")
    return undefined;
  const expr = /^\d+$/.test(label.text) && !meaningOf(name!.text, scope) && symbolNamed(name!.text + label.text, scope);
  if (!expr) return undefined;
  const text = name!.text + label.text;
  return {
    item: { kind: "operand", leaf: { kind: "symbol", name: text, expr }, span: [name!.span[0], close.span[1]], text },
  };
}

/** The value of a literal. One that no double holds is refused; one that is rounded by more than its digits is told. */
function numberIn({ text: written, span }: Paired, text: string, notes: string[]): number {
  const value = Number(written);
  if (!Number.isFinite(value) || (value === 0 && /[1-9]/.test(written.replace(/[eE].*$/, ""))))
    throw new NablaError("bad_argument", `the number ${written} is too ${value === 0 ? "small" : "large"}`, {
      span,
      text,
      got: written,
      want: "a number between 5e-324 and 1.8e308",
    });
  const integer = /^\d+$/.test(written) && !Number.isSafeInteger(value);
  if (integer && BigInt(written) !== BigInt(value))
    notes.push(`${written} is read as ${BigInt(value)}, the nearest double`);
  return value;
}

/** |…| and ‖…‖ are calls of bars and norm. */
function barItems(token: Paired, norms: { subscript: string }[]): Item[] {
  const { span } = token;
  const norm = token.text === "||";
  if (token.bar === "close") {
    const opened = norm ? norms.pop() : undefined;
    if (opened && token.below) opened.subscript = token.below;
    const below = token.below === "F" ? '"fro"' : token.below;
    return [{ kind: "close", span, text: norm ? (below ? `, ${below})` : ")") : "|" }];
  }
  const made: Head = norm ? { kind: "norm", subscript: "" } : { kind: "bars" };
  if (made.kind === "norm") norms.push(made);
  return [
    { kind: "head", head: made, span, text: norm ? "norm" : "|" },
    { kind: "open", span, text: norm ? "(" : "" },
  ];
}

/** Number of primes in σ'(z), where σ is a function; 0 where ' is a transpose. */
function primesBeforeCall(list: readonly Paired[], at: number, scope: Declarations): number {
  const name = list[at]!.text;
  const builtin = ELEMENTWISE.has(name) && !scope.symbols.has(name);
  if (!scope.functions.has(name) && !builtin) return 0;
  let primes = 0;
  while (list[at + 1 + primes]?.kind === "operator" && list[at + 1 + primes]!.text === "'") primes++;
  return list[at + 1 + primes]?.kind === "open" ? primes : 0;
}

function nameItems(
  token: Paired,
  primes: number,
  next: Paired | undefined,
  scope: Declarations,
  text: string,
  notes: string[],
): Item[] {
  const { text: name, span } = token;
  const meaning = meaningOf(name, scope);
  if (meaning?.kind === "head") {
    const h = meaning.head;
    const primed = primes > 0 && h.kind === "builtin" ? ({ kind: "apply", name, order: primes } as const) : h;
    const raised =
      primes > 0 && "order" in primed && primed === h ? { ...primed, order: primed.order + primes } : primed;
    return [{ kind: "head", head: raised, span, text: name + "'".repeat(primes) }];
  }
  if (meaning) return [{ kind: "operand", leaf: meaning, span, text: name }];
  const inner = name.startsWith("d") && !scope.symbols.has("d") ? meaningOf(name.slice(1), scope) : undefined;
  if (inner?.kind === "head") {
    const at = Math.min(span[0] + 1, span[1] - 1);
    const rest: Item = { kind: "head", head: inner.head, span: [at, span[1]], text: name.slice(1) };
    return [{ kind: "head", head: { kind: "differential" }, span: [span[0], at], text: "d" }, rest];
  }
  const pieces = splitName(name, span, scope, text);
  if (pieces) {
    notes.push(`${name} is read as ${pieces.join("*")}`);
    return pieceItems(name, pieces, span, text, scope);
  }
  if (next?.kind === "open" && next.tight) return [{ kind: "head", head: { kind: "unknown", name }, span, text: name }];
  return [{ kind: "operand", leaf: { kind: "unknown", name }, span, text: name }];
}

function splitName(name: string, span: Span, scope: Declarations, text: string): readonly string[] | undefined {
  const value = (piece: string): boolean => {
    const meaning = meaningOf(piece, scope);
    return meaning?.kind === "symbol" || meaning?.kind === "differential";
  };
  const bySymbols = splits(name, value);
  const ways = bySymbols.length > 0 ? bySymbols : splits(name, (piece) => value(piece) || scope.dims.has(piece));
  if (ways.length > 1)
    throw new NablaError("ambiguous", `${name} can be read as ${ways.map((way) => way.join("*")).join(" or ")}`, {
      span,
      text,
      got: name,
      hint: `write ${ways[0]!.join("*")}`,
    });
  return ways[0];
}

/** Each piece keeps its place where the text has it letter by letter, otherwise the place of the whole word. */
function pieceItems(name: string, pieces: readonly string[], span: Span, text: string, scope: Declarations): Item[] {
  const literal = text.slice(span[0], span[1]) === name;
  let from = span[0];
  return pieces.flatMap((piece, i): Item[] => {
    const place: Span = literal ? [from, from + piece.length] : span;
    from += piece.length;
    const leaf = meaningOf(piece, scope) as Leaf;
    const operand: Item = { kind: "operand", leaf, span: place, text: piece };
    return i === 0 ? [operand] : [{ kind: "operator", text: "*", span: place, implicit: true }, operand];
  });
}
