/**
 * Writes down a program of scalars. Equal nodes are one, and what depends on no parameter is computed at once. A product
 * with the constant 0 stays: 0·∞ has no value.
 */
import { binary, type Node, type Program, program, type Unary } from "./program.js";

type Sign = Extract<Node, { kind: "binary" }>["sign"];

export class Recorder {
  private readonly nodes: Node[] = [];
  private readonly known = new Map<string, number>();
  private readonly functions = new Map<Unary, number>();

  /** Scalar operations so far. */
  size = 0;

  constant(value: number): number {
    return this.once(`c${Object.is(value, -0) ? "-0" : value}`, () => ({ kind: "constant", value }));
  }

  parameter(at: number): number {
    return this.once(`p${at}`, () => ({ kind: "parameter", at }));
  }

  add(a: number, b: number): number {
    if (this.is(a, 0)) return b;
    if (this.is(b, 0)) return a;
    return this.binary("+", a, b);
  }

  sub(a: number, b: number): number {
    return this.is(b, 0) ? a : this.binary("-", a, b);
  }

  mul(a: number, b: number): number {
    if (this.is(a, 1)) return b;
    if (this.is(b, 1)) return a;
    return this.binary("*", a, b);
  }

  div(a: number, b: number): number {
    return this.is(b, 1) ? a : this.binary("/", a, b);
  }

  max(a: number, b: number): number {
    return this.binary("max", a, b);
  }

  power(a: number, b: number): number {
    return this.binary("**", a, b);
  }

  apply(f: Unary, a: number): number {
    const x = this.valueOf(a);
    if (x !== undefined) return this.constant(f(x));
    const known = this.functions.get(f);
    const index = known ?? this.functions.size;
    if (known === undefined) this.functions.set(f, index);
    this.size++;
    return this.once(`f${index} ${a}`, () => ({ kind: "unary", apply: f, a }));
  }

  /** Σ from the left; nothing is 0. */
  total(list: readonly number[]): number {
    return list.length === 0 ? this.constant(0) : list.reduce((a, b) => this.add(a, b));
  }

  /** What an operator gives as a whole, and the nodes of its entries. */
  call(node: Omit<Extract<Node, { kind: "call" }>, "kind">, entries: number): { of: number; at: number[] } {
    const of = this.nodes.push({ kind: "call", ...node }) - 1;
    return { of, at: Array.from({ length: entries }, (_, at) => this.nodes.push({ kind: "result", of, at }) - 1) };
  }

  /** Its number, where it is the same at every parameter. */
  valueOf(id: number): number | undefined {
    const node = this.nodes[id]!;
    return node.kind === "constant" ? node.value : undefined;
  }

  program(outputs: readonly number[], parameters: number): Program {
    return program(this.nodes, outputs, parameters);
  }

  private is(id: number, value: number): boolean {
    return this.valueOf(id) === value;
  }

  private binary(sign: Sign, a: number, b: number): number {
    const [x, y] = [this.valueOf(a), this.valueOf(b)];
    if (x !== undefined && y !== undefined) return this.constant(binary(sign, x, y));
    this.size++;
    return this.once(`${sign}${a} ${b}`, () => ({ kind: "binary", sign, a, b }));
  }

  private once(key: string, make: () => Node): number {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const id = this.nodes.push(make()) - 1;
    this.known.set(key, id);
    return id;
  }
}
