/**
 * Random expressions as text, typed by shape while they are drawn: every production of the grammar, any nesting.
 * A value is drawn where its function needs it inside a domain: `positive` entries, `spd` or `regular` matrices.
 */
import { type Random, random } from "../../../kernel/src/calculus/core/random.js";
import { VARS } from "./symbols.js";

export interface RandomProblem {
  readonly expr: string;
  readonly wrt: string;
}

/** A dimension: "1", "n", or a product "m*n". */
type Dim = string;
type Kind = "scalar" | "vector" | "matrix";

const DIMS: readonly Dim[] = ["m", "n", "p"];
const one = (rows: Dim, cols: Dim): boolean => rows === "1" && cols === "1";

/** An expression of the kind in which `wrt`, a variable of its kind, occurs. */
export function randomProblem(seed: number, depth: number, kinds: { of: Kind; wrt: Kind }): RandomProblem {
  const rng = random(seed);
  const draw = new Draw(rng);
  const dims = (kind: Kind): [Dim, Dim] =>
    kind === "scalar" ? ["1", "1"] : kind === "vector" ? [draw.dim(), "1"] : [draw.dim(), draw.dim()];
  for (let attempt = 0; ; attempt++) {
    const [rows, cols] = dims(kinds.of);
    const expr = draw.value(rows, cols, depth);
    const candidates = [...VARS].filter(([name, v]) => kindOf(v.shape) === kinds.wrt && mentions(expr, name));
    if (candidates.length > 0) return { expr, wrt: draw.one(candidates)[0] };
    if (attempt > 400) throw new RangeError(`no expression of depth ${depth} with a ${kinds.wrt} was found`);
  }
}

const kindOf = ([rows, cols]: readonly [Dim, Dim]): Kind =>
  rows === "1" ? "scalar" : cols === "1" ? "vector" : "matrix";
const mentions = (expr: string, name: string): boolean => new RegExp(`(?<!\\w)${name}(?!\\w)`).test(expr);

type Production = () => string;

class Draw {
  constructor(private readonly rng: Random) {}

  one<T>(list: readonly T[]): T {
    return list[this.rng.integer(0, list.length - 1)]!;
  }

  dim = (): Dim => this.one(DIMS);

  /** A value of the shape, in parentheses unless it is one name or call. */
  value(rows: Dim, cols: Dim, depth: number): string {
    if (depth <= 0) return this.leaf(rows, cols);
    const products = [...this.general(rows, cols, depth - 1), ...this.special(rows, cols, depth - 1)];
    return this.one(products)();
  }

  private leaf(rows: Dim, cols: Dim): string {
    const symbols = [...VARS].filter(([, v]) => v.shape[0] === rows && v.shape[1] === cols).map(([name]) => name);
    const turned = [...VARS]
      .filter(([, v]) => v.shape[1] === rows && v.shape[0] === cols && !one(rows, cols))
      .map(([name]) => `${name}'`);
    const named = [...symbols, ...symbols, ...turned];
    if (one(rows, cols)) return this.one([...named, ...named, "2", "0.5", "n"]);
    if (named.length > 0 && this.rng.next() < 0.93) return this.one(named);
    if (rows === cols && this.rng.next() < 0.5) return `eye(${rows})`;
    if (cols === "1") return rows.includes("*") ? this.stacked(rows, 0) : `ones(${rows})`;
    if (rows === "1") return `${this.leaf(cols, rows)}'`;
    return `(${this.leaf(rows, "1")}*${this.leaf(cols, "1")}')`;
  }

  /** vec of a matrix, or the Kronecker product of two columns. */
  private stacked(rows: Dim, depth: number): string {
    const [inner, outer] = rows.split("*") as [Dim, Dim];
    return this.one([
      () => `vec(${this.value(inner, outer, depth)})`,
      () => `kron(${this.value(outer, "1", depth)}, ${this.value(inner, "1", depth)})`,
    ])();
  }

  private general(rows: Dim, cols: Dim, k: number): Production[] {
    const v = (r: Dim = rows, c: Dim = cols): string => this.value(r, c, k);
    const s = (): string => this.value("1", "1", k);
    const scalar = one(rows, cols);
    const [times, over, power] = scalar ? ["*", "/", "^"] : [".*", "./", ".^"];
    return [
      () => `(${v()} + ${v()})`,
      () => this.difference(v),
      () => `(${s()}*${v()})`,
      () => `(${v()} ${times} ${v()})`,
      () => `(${v()} ${over} ${this.positive(rows, cols, k)})`,
      () => `(${v()}/${this.positive("1", "1", k)})`,
      () => `(-${v()})`,
      () => {
        const inner = this.dim();
        return `(${v(rows, inner)}*${v(inner, cols)})`;
      },
      () => `(${v()}${power}${this.one(["2", "3"])})`,
      () => `(${this.positive(rows, cols, k)}${power}${this.one(["0.5", "(-1)", "1.5", "(-2)"])})`,
      () => `${this.one(["sin", "cos", "tanh", "sigmoid", "sigma"])}(${v()})`,
      () => `${this.one(["sin", "cos", "tanh", "sigmoid", "relu", "abs"])}(${v()})`,
      () => `exp(${this.one(["tanh", "sin", "-abs", "0.5*cos"])}(${v()}))`,
      () => `${this.one(["log", "sqrt"])}(${this.positive(rows, cols, k)})`,
      ...(scalar ? [] : [() => `${v(cols, rows)}'`]),
    ];
  }

  /** a − b; a − a is drawn again, since what is 0 everywhere has no norm, inverse or logarithm to differentiate. */
  private difference(v: () => string): string {
    for (;;) {
      const [a, c] = [v(), v()];
      if (a !== c) return `(${a} - ${c})`;
    }
  }

  private special(rows: Dim, cols: Dim, k: number): Production[] {
    if (one(rows, cols)) return this.scalars(k);
    if (rows === cols) return this.squares(rows, k);
    if (cols === "1" && rows.includes("*")) return [() => this.stacked(rows, k), () => this.stacked(rows, k)];
    if (cols === "1")
      return [
        () => `softmax(${this.value(rows, "1", k)})`,
        () => `diag(${this.value(rows, rows, k)})`,
        () => `(${this.regular(rows, k)}*${this.value(rows, "1", k)})`,
        () => `(inv(${this.regular(rows, k)})*${this.value(rows, "1", k)})`,
        () => `(diag(${this.value(rows, "1", k)})*${this.value(rows, "1", k)})`,
      ];
    return [
      () => `(diag(${this.value(rows, "1", k)})*${this.value(rows, cols, k)})`,
      () => `(${this.value(rows, "1", k)}*${this.value(cols, "1", k)}')`,
    ].slice(rows === "1" ? 1 : 0);
  }

  private squares(n: Dim, k: number): Production[] {
    return [
      () => `inv(${this.regular(n, k)})`,
      () => `(${this.value(n, n, k)}^${this.one(["2", "3"])})`,
      () => `(${this.regular(n, k)}^(-2))`,
      () => `diag(${this.value(n, "1", k)})`,
      () => `(${this.value(n, "1", k)}*${this.value(n, "1", k)}')`,
      () => this.spd(n, k),
    ];
  }

  private scalars(k: number): Production[] {
    const v = (r: Dim, c: Dim): string => this.value(r, c, k);
    const n = this.dim();
    const m = this.dim();
    const p = this.dim();
    return [
      () => `sum(${v(n, m)})`,
      () => `sum(${v(n, "1")})`,
      () => `tr(${v(n, n)})`,
      () => `tr(${v(n, m)}*${v(m, n)})`,
      () => `det(${this.regular(n, k)})`,
      () => `logdet(${this.regular(n, k)})`,
      () => `norm(${v(n, "1")})`,
      () => `norm(${v(n, "1")})^2`,
      () => `norm(${v(n, m)}, "fro")`,
      () => `norm(${v(n, m)}, "fro")^2`,
      () => `logsumexp(${v(n, "1")})`,
      () => `(${v(n, "1")}'*${v(n, "1")})`,
      () => `(${v(n, "1")}'*${v(n, m)}*${v(m, "1")})`,
      () => `dot(${v(n, "1")}, ${v(n, "1")})`,
      () => `L(${v("n", "1")})`,
      () => `(vec(${v(n, m)})'*vec(${v(n, m)}))`,
      () => `(vec(${v(n, m)})'*kron(${v(m, p)}, ${v(n, "m")})*vec(${v("m", p)}))`,
      () => `sum(kron(${v(n, m)}, ${v(m, p)}))`,
      () => `tr(kron(${v(n, n)}, ${v(m, m)}))`,
    ];
  }

  private positive(rows: Dim, cols: Dim, k: number): string {
    const v = (): string => this.value(rows, cols, Math.max(0, k - 1));
    const power = one(rows, cols) ? "^" : ".^";
    return this.one([
      () => `(1 + exp(${v()}))`,
      () => `(2 + sin(${v()}))`,
      () => `(${v()}${power}2 + 1)`,
      () => `sigmoid(${v()})`,
      ...(one(rows, cols) ? [() => "r", () => `(1 + norm(${this.value("n", "1", k)})^2)`] : []),
      ...(rows === "n" && cols === "1" ? [() => "h"] : []),
    ])();
  }

  private spd(n: Dim, k: number): string {
    const m = this.dim();
    return this.one([
      () => `(${this.value(m, n, k)}'*${this.value(m, n, 0)} + 9*eye(${n}))`,
      () => `(${n === "n" ? "P" : n === "m" ? "(C*C')" : "(E'*E)"} + eye(${n}))`,
      () => `(eye(${n}) + ${this.value(n, "1", k)}*${this.value(n, "1", 0)}')`,
    ])();
  }

  private regular(n: Dim, k: number): string {
    const own = n === "n" ? ["A", "S", "P", "Q", "D"] : n === "m" ? ["C", "C'"] : ["E"];
    return this.one([() => this.one(own), () => this.spd(n, k), () => `(${this.one(own)} + ${this.value(n, n, k)})`])();
  }
}
