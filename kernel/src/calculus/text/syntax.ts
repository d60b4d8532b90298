/**
 * The row of items as a tree, parsed by mathjs. mathjs sees names made here only (t4 for the operand at place 4,
 * f7 for the function at place 7), so that its constants, units and word operators can never be meant, and every
 * node can be traced to its place in the user's text. Only the node and operator types listed here are accepted.
 */
import { type MathNode, parse } from "mathjs/number";
import { NablaError, type Span } from "../core/errors.js";
import type { Item } from "./items.js";

export type BinaryOp = "+" | "-" | "*" | "/" | "^" | ".*" | "./" | ".^" | "⊗";

interface Place {
  /** First and last item. */
  readonly from: number;
  readonly to: number;
}

export type Tree = Place &
  (
    | { readonly kind: "leaf" }
    | { readonly kind: "group"; readonly arg: Tree }
    | { readonly kind: "unary"; readonly op: "-" | "+" | "'"; readonly arg: Tree }
    | { readonly kind: "binary"; readonly op: BinaryOp; readonly left: Tree; readonly right: Tree }
    | { readonly kind: "call"; readonly args: readonly Tree[] }
  );

export const spanOf = (items: readonly Item[], place: Place): Span => [
  items[place.from]!.span[0],
  items[place.to]!.span[1],
];

const BINARY: Readonly<Record<string, BinaryOp>> = {
  add: "+",
  subtract: "-",
  multiply: "*",
  divide: "/",
  pow: "^",
  dotMultiply: ".*",
  dotDivide: "./",
  dotPow: ".^",
  mod: "⊗",
};
const UNARY: Readonly<Record<string, "-" | "+" | "'">> = { unaryMinus: "-", unaryPlus: "+", ctranspose: "'" };

export function toTree(items: readonly Item[], text: string): Tree {
  const places: number[] = [];
  let source = "";
  items.forEach((item, i) => {
    const word = sourceOf(item, i);
    for (let k = 0; k < word.length; k++) places.push(i);
    source += word;
  });
  let root: MathNode;
  try {
    root = parse(source) as MathNode;
  } catch (error) {
    throw refused(error, items, places, text);
  }
  return convert(root, text);
}

function sourceOf(item: Item, at: number): string {
  if (item.kind === "operand") return ` t${at}`;
  if (item.kind === "head") return ` f${at}`;
  if (item.kind === "open") return "(";
  if (item.kind === "close") return ")";
  return item.text === "⊗" ? " mod " : item.text;
}

/** What the row checks missed: mathjs gives a place for some of it, one too many levels overflow its stack. */
function refused(error: unknown, items: readonly Item[], places: readonly number[], text: string): NablaError {
  const char = (error as { char?: number }).char;
  const at = char === undefined ? undefined : items[places[Math.min(char - 1, places.length - 1)]!];
  const message = error instanceof RangeError ? "nested too deeply" : "this expression cannot be read";
  return new NablaError("syntax", message, { span: at?.span ?? [0, text.length], text });
}

/** The nodes of mathjs that are looked into, with the fields that are used. */
interface Loose {
  readonly type: string;
  readonly name?: string;
  readonly fn?: string | { readonly name?: string };
  readonly args?: readonly Loose[];
  readonly content?: Loose;
}

function convert(root: MathNode, text: string): Tree {
  const visit = (node: Loose): Tree => {
    // Chains of binary operators lean to the left and may be thousands long: they are walked, not recursed into.
    const spine: Loose[] = [];
    let first = node;
    while (first.type === "OperatorNode" && first.args!.length === 2) {
      spine.push(first);
      first = first.args![0]!;
    }
    let tree = visitOne(first);
    for (const up of spine.reverse()) {
      const op = BINARY[up.fn as string];
      if (!op) throw foreign(up.fn as string, text);
      const right = visit(up.args![1]!);
      tree = { kind: "binary", op, left: tree, right, from: tree.from, to: right.to };
    }
    return tree;
  };
  const visitOne = (node: Loose): Tree => {
    if (node.type === "SymbolNode") {
      const at = Number(node.name!.slice(1));
      return { kind: "leaf", from: at, to: at };
    }
    if (node.type === "ParenthesisNode") {
      const arg = visit(node.content!);
      return { kind: "group", arg, from: arg.from - 1, to: arg.to + 1 };
    }
    if (node.type === "FunctionNode") {
      const at = Number((node.fn as { name: string }).name.slice(1));
      const args = node.args!.map(visit);
      return { kind: "call", args, from: at, to: (args[args.length - 1]?.to ?? at + 1) + 1 };
    }
    const op = node.type === "OperatorNode" ? UNARY[node.fn as string] : undefined;
    if (!op) throw foreign(node.type, text);
    const arg = visit(node.args![0]!);
    return op === "'"
      ? { kind: "unary", op, arg, from: arg.from, to: arg.to + 1 }
      : { kind: "unary", op, arg, from: arg.from - 1, to: arg.to };
  };
  return visit(root as unknown as Loose);
}

const foreign = (what: string, text: string): NablaError =>
  new NablaError("syntax", `${what} is not part of the grammar`, { span: [0, text.length], text, got: what });
