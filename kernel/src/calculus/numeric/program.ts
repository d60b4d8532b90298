/**
 * A program of scalars: a list of nodes, each made from nodes before it, with every shared part once. It is run as one
 * function of straight-line code; where a page forbids generated code, node by node. Both do the same operations in the
 * same order. Invariant: the generated text holds operators, register numbers and float constants, nothing that a user wrote.
 */
import type { Dense } from "../core/dense.js";

export type Unary = (x: number) => number;

export type Node =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "parameter"; readonly at: number }
  | {
      readonly kind: "binary";
      readonly sign: "+" | "-" | "*" | "/" | "max" | "**";
      readonly a: number;
      readonly b: number;
    }
  | { readonly kind: "unary"; readonly apply: Unary; readonly a: number }
  /** An operator called as a whole. */
  | {
      readonly kind: "call";
      readonly evaluate: (values: readonly Dense[]) => Dense;
      /** Numbers, or the call whose result is passed on. */
      readonly args: readonly (Dense | { readonly of: number })[];
      /** Entries of the numbers that are written before the call. */
      readonly moving: readonly Moving[];
    }
  | { readonly kind: "result"; readonly of: number; readonly at: number };

/** Entry `at` of an argument, which takes the value of a node. */
export interface Moving {
  readonly into: Float64Array;
  readonly at: number;
  readonly node: number;
}

export interface Program {
  readonly parameters: number;
  /** Nodes that are computed in each run. */
  readonly operations: number;
  /** Writes the outputs at these parameters into `out`. */
  readonly run: (parameters: ArrayLike<number>, out: Float64Array) => void;
  /** The same without generated code. */
  readonly interpret: (parameters: ArrayLike<number>, out: Float64Array) => void;
}

export function program(nodes: readonly Node[], outputs: readonly number[], parameters: number): Program {
  const needed = reached(nodes, outputs);
  const interpret = interpreted(nodes, needed, outputs);
  const operations = needed.filter((id) => !["constant", "parameter", "result"].includes(nodes[id]!.kind)).length;
  return { parameters, operations, run: generated(nodes, needed, outputs) ?? interpret, interpret };
}

const operands = (node: Node): readonly number[] => {
  switch (node.kind) {
    case "constant":
    case "parameter":
      return [];
    case "binary":
      return [node.a, node.b];
    case "unary":
      return [node.a];
    case "call":
      return [...node.args.flatMap((a) => ("of" in a ? [a.of] : [])), ...node.moving.map((m) => m.node)];
    case "result":
      return [node.of];
  }
};

/** The nodes that the outputs are made of, operands first. */
function reached(nodes: readonly Node[], outputs: readonly number[]): number[] {
  const wanted = new Uint8Array(nodes.length);
  for (const id of outputs) wanted[id] = 1;
  for (let id = nodes.length - 1; id >= 0; id--) if (wanted[id]) for (const a of operands(nodes[id]!)) wanted[a] = 1;
  return nodes.flatMap((_, id) => (wanted[id] ? [id] : []));
}

/** JavaScript's, except that max has no value where an operand has none, as Math.max says too. */
function binary(sign: "+" | "-" | "*" | "/" | "max" | "**", a: number, b: number): number {
  switch (sign) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "max":
      return Math.max(a, b);
    case "**":
      return a ** b;
  }
}

export { binary };

function interpreted(nodes: readonly Node[], needed: readonly number[], outputs: readonly number[]): Program["run"] {
  const value = new Float64Array(nodes.length);
  const results = new Map<number, Dense>();
  const at = (node: Node, parameters: ArrayLike<number>): number => {
    switch (node.kind) {
      case "constant":
        return node.value;
      case "parameter":
        return parameters[node.at]!;
      case "binary":
        return binary(node.sign, value[node.a]!, value[node.b]!);
      case "unary":
        return node.apply(value[node.a]!);
      case "call":
        for (const { into, at, node: from } of node.moving) into[at] = value[from]!;
        return 0;
      case "result":
        return results.get(node.of)!.data[node.at]!;
    }
  };
  return (parameters, out) => {
    for (const id of needed) {
      const node = nodes[id]!;
      value[id] = at(node, parameters);
      if (node.kind === "call")
        results.set(id, node.evaluate(node.args.map((a) => ("of" in a ? results.get(a.of)! : a))));
    }
    outputs.forEach((id, k) => {
      out[k] = value[id]!;
    });
  };
}

/** Functions that the code may name; every other is handed to it. */
const NAMED: ReadonlyMap<Unary, string> = new Map(
  (["exp", "log", "sin", "cos", "tan", "tanh", "sinh", "cosh", "asin", "acos", "atan", "sqrt", "abs"] as const).map(
    (name) => [Math[name], `Math.${name}`],
  ),
);

/** Undefined where the page forbids code that is made at run time. */
function generated(
  nodes: readonly Node[],
  needed: readonly number[],
  outputs: readonly number[],
): Program["run"] | undefined {
  const handed: unknown[] = [];
  const hand = (value: unknown): string => {
    const known = handed.indexOf(value);
    return `h${known >= 0 ? known : handed.push(value) - 1}`;
  };
  const name = (id: number): string => {
    const node = nodes[id]!;
    return node.kind === "constant" ? constant(node.value) : `r${id}`;
  };
  const statements = (id: number): string[] => {
    const node = nodes[id]!;
    switch (node.kind) {
      case "constant":
        return [];
      case "parameter":
        return [`const r${id} = p[${node.at}];`];
      case "binary":
        return node.sign === "max"
          ? [`const r${id} = Math.max(${name(node.a)}, ${name(node.b)});`]
          : [`const r${id} = ${name(node.a)} ${node.sign} ${name(node.b)};`];
      case "unary":
        return [`const r${id} = ${NAMED.get(node.apply) ?? hand(node.apply)}(${name(node.a)});`];
      case "call":
        return [
          ...node.moving.map((m) => `${hand(m.into)}[${m.at}] = ${name(m.node)};`),
          `const r${id} = ${hand(node.evaluate)}([${node.args.map((a) => ("of" in a ? name(a.of) : hand(a))).join(", ")}]);`,
        ];
      case "result":
        return [`const r${id} = ${name(node.of)}.data[${node.at}];`];
    }
  };
  const lines = needed.flatMap(statements);
  const written = outputs.map((id, k) => `out[${k}] = ${name(id)};`);
  const body = `"use strict"; return (p, out) => {\n${[...lines, ...written].join("\n")}\n};`;
  try {
    return new Function(...handed.map((_, k) => `h${k}`), body)(...handed) as Program["run"];
  } catch (error) {
    if (error instanceof EvalError) return undefined;
    throw error;
  }
}

/** In brackets, so that a minus never meets another operator. */
const constant = (value: number): string => (Object.is(value, -0) ? "(-0)" : `(${value})`);
