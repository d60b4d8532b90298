/**
 * Random expressions as text, typed by shape while they are drawn: every production of the grammar, any nesting,
 * parts that occur many times, programs with named parts. A value is drawn where its function needs it inside a
 * domain: `positive` entries, `spd` or `regular` matrices.
 */
import { type Random, random } from "../../../kernel/src/calculus/core/random.js";
import { isConstant, VARS } from "./symbols.js";

export interface RandomProblem {
  readonly expr: string;
  readonly wrt: string;
}

/** A dimension: "1", "n", or a product "m*n". */
type Dim = string;
export type Kind = "scalar" | "vector" | "matrix";
export const KINDS: readonly Kind[] = ["scalar", "vector", "matrix"];

const DIMS: readonly Dim[] = ["m", "n", "p"];
const one = (rows: Dim, cols: Dim): boolean => rows === "1" && cols === "1";

export interface Wanted {
  readonly of: Kind;
  readonly wrt: Kind;
  /** Parts with names before the expression, "z1 = …; z2 = …; …". */
  readonly parts?: number;
}

/** An expression of the kind in which `wrt`, a variable of its kind, occurs. */
export function randomProblem(seed: number, depth: number, kinds: Wanted): RandomProblem {
  const rng = random(seed);
  for (let attempt = 0; ; attempt++) {
    const draw = new Draw(rng);
    const dims = (kind: Kind): [Dim, Dim] =>
      kind === "scalar" ? ["1", "1"] : kind === "vector" ? [draw.tall(), "1"] : [draw.tall(), draw.dim()];
    const parts = Array.from({ length: kinds.parts ?? 0 }, () => draw.part(Math.min(depth, 3)));
    const expr = [...parts, draw.value(...dims(kinds.of), depth)].join("; ");
    const names = [...VARS.keys()].filter((name) => kindOf(name) === kinds.wrt && !isConstant(name));
    const candidates = names.filter((name) => mentions(expr, name));
    if (candidates.length > 0) return { expr, wrt: draw.one(candidates) };
    if (attempt > 400) throw new RangeError(`no expression of depth ${depth} with a ${kinds.wrt} was found`);
  }
}

/** Every declared name of an expression that may be differentiated by. */
export const variablesIn = (expr: string): string[] =>
  [...VARS.keys()].filter((name) => mentions(expr, name) && !isConstant(name));

function kindOf(name: string): Kind {
  const [rows, cols] = VARS.get(name)!.shape;
  if (rows !== "1" && cols !== "1") return "matrix";
  return one(rows, cols) ? "scalar" : "vector";
}

const mentions = (expr: string, name: string): boolean => new RegExp(`(?<!\\w)${name}(?!\\w)`).test(expr);

type Production = () => string;

interface Known {
  readonly text: string;
  readonly rows: Dim;
  readonly cols: Dim;
}

class Draw {
  /** Named parts, and values drawn before, which are drawn again now and then. */
  private readonly parts: Known[] = [];
  private readonly drawn: Known[] = [];

  constructor(private readonly rng: Random) {}

  one<T>(list: readonly T[]): T {
    return list[this.rng.integer(0, list.length - 1)]!;
  }

  dim = (): Dim => this.one(DIMS);

  /** Sometimes the length of a vec or of a Kronecker product. */
  tall = (): Dim => (this.rng.next() < 0.06 ? `${this.dim()}*${this.dim()}` : this.dim());

  /** "z1 = …", a name that values below may use. */
  part(depth: number): string {
    const [rows, cols] = this.one([
      ["1", "1"],
      [this.dim(), "1"],
      [this.dim(), this.dim()],
    ] as const);
    const text = `z${this.parts.length + 1}`;
    const value = this.value(rows, cols, depth);
    this.parts.push({ text, rows, cols });
    return `${text} = ${value}`;
  }

  /** A value of the shape, in parentheses unless it is one name or call. */
  value(rows: Dim, cols: Dim, depth: number): string {
    if (depth <= 0) return this.leaf(rows, cols);
    if (this.drawn.length > 0 && this.rng.next() < 0.08) {
      const again = this.drawn.filter((k) => k.rows === rows && k.cols === cols);
      if (again.length > 0) return this.one(again).text;
    }
    const products = [...this.general(rows, cols, depth - 1), ...this.special(rows, cols, depth - 1)];
    const text = this.one(products)();
    this.drawn.push({ text, rows, cols });
    return text;
  }

  private leaf(rows: Dim, cols: Dim): string {
    const parts = this.parts.filter((k) => k.rows === rows && k.cols === cols).map((k) => k.text);
    if (parts.length > 0 && this.rng.next() < 0.5) return this.one(parts);
    const symbols = [...VARS].filter(([, v]) => v.shape[0] === rows && v.shape[1] === cols).map(([name]) => name);
    const turned = [...VARS]
      .filter(([, v]) => v.shape[1] === rows && v.shape[0] === cols && !one(rows, cols))
      .map(([name]) => `${name}'`);
    const named = [...symbols, ...symbols, ...turned];
    if (one(rows, cols)) return this.one([...named, ...named, ...named, "2", "0.5", "(-1.5)", "n"]);
    if (named.length > 0 && this.rng.next() < 0.93) return this.one(named);
    if (rows === cols && this.rng.next() < 0.5) return `eye(${rows})`;
    if (cols === "1") return rows.includes("*") ? this.stacked(rows, 0) : `ones(${rows})`;
    if (rows === "1") return `${this.leaf(cols, rows)}'`;
    return `(${this.leaf(rows, "1")}*${this.leaf(cols, "1")}')`;
  }

  /** vec of a matrix, or a Kronecker product by a column. */
  private stacked(rows: Dim, depth: number): string {
    const [inner, outer] = rows.split("*") as [Dim, Dim];
    const v = (r: Dim, c: Dim, k = depth): string => this.value(r, c, k);
    return this.one([
      () => `vec(${v(inner, outer)})`,
      () => `kron(${v(outer, "1")}, ${v(inner, "1")})`,
      () => `(commutation(${outer}, ${inner})*vec(${v(outer, inner)}))`,
      () => {
        const p = this.dim();
        return `(kron(${v(outer, p, 0)}, ${v(inner, "n", 0)})*vec(${v("n", p)}))`;
      },
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
      () => `(${this.positive(rows, cols, k)}${power}${this.one(["0.5", "(-1)", "1.5", "(-2)", "s", "(0.5*t)"])})`,
      () => `${this.one(["sin", "cos", "tanh", "sigmoid", "sigma", "phi", "D_sigma"])}(${v()})`,
      () => `${this.one(["sin", "cos", "tanh", "sigmoid", "relu", "abs", "sign", "step"])}(${v()})`,
      () => `${this.one(["exp", "tan"])}(${this.one(["tanh", "sin", "-abs", "0.5*cos"])}(${v()}))`,
      () => `${this.one(["log", "ln", "sqrt"])}(${this.positive(rows, cols, k)})`,
      () => this.spread(rows, cols, v),
      ...(scalar ? [] : [() => `${v(cols, rows)}'`]),
    ];
  }

  /** A number or a scalar beside something larger; a square matrix must be made entry by entry. */
  private spread(rows: Dim, cols: Dim, v: () => string): string {
    const s = this.one(["s", "t", "1", "2", "(-0.5)", "n", "k", "(s*t)", "exp(-t)"]);
    const value = rows === cols ? `tanh(${v()})` : v();
    return this.one([
      () => `(${s} + ${value})`,
      () => `(${value} - ${s})`,
      () => `(${s} - ${value})`,
      () => `(${s} ./ (2 + cos(${value})))`,
    ])();
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
        ...(rows === "n" ? [() => `grad_L(${this.value("n", "1", k)})`] : []),
      ];
    return [
      () => `(diag(${this.value(rows, "1", k)})*${this.value(rows, cols, k)})`,
      () => `(${this.value(rows, "1", k)}*${this.value(cols, "1", k)}')`,
      ...(rows === "m" && cols === "n" ? [() => `grad_J(${this.value("m", "n", k)})`] : []),
    ].slice(rows === "1" ? 1 : 0);
  }

  private squares(n: Dim, k: number): Production[] {
    return [
      () => `inv(${this.regular(n, k)})`,
      () => `(${this.own(n)}^${this.one(["-1", "-T"])})`,
      () => `adj(${this.regular(n, k)})`,
      () => `(${this.value(n, n, k)}^${this.one(["2", "3"])})`,
      () => `(${this.regular(n, k)}^(${this.one(["-2", "-1"])}))`,
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
      () => `|${this.own(n)}|`,
      () => `logdet(${this.regular(n, k)})`,
      () => `log(det(${this.spd(n, k)}))`,
      () => `norm(${v(n, "1")})`,
      () => `‖${v(n, "1")}‖²`,
      () => `norm(${v(n, m)}, "fro")`,
      () => `norm(${v(n, m)}, "fro")^2`,
      () => `logsumexp(${v(n, "1")})`,
      () => `(${v(n, "1")}'*${v(n, "1")})`,
      () => `(${v(n, "1")}'*${v(n, m)}*${v(m, "1")})`,
      () => `dot(${v(n, "1")}, ${v(n, "1")})`,
      () => `L(${v("n", "1")})`,
      () => `J(${v("m", "n")})`,
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
      ...(rows === "n" && cols === "1" ? [() => "h", () => "q"] : []),
      ...(rows === "m" && cols === "n" ? [() => "G"] : []),
    ])();
  }

  private spd(n: Dim, k: number): string {
    const m = this.dim();
    return this.one([
      () => `(${this.value(m, n, k)}'*${this.value(m, n, 0)} + 9*eye(${n}))`,
      () => `(${n === "n" ? "P" : n === "m" ? "M" : "(E'*E)"} + eye(${n}))`,
      () => `(eye(${n}) + ${this.value(n, "1", k)}*${this.value(n, "1", 0)}')`,
    ])();
  }

  private own(n: Dim): string {
    return this.one(n === "n" ? ["A", "R", "S", "P", "Q", "D"] : n === "m" ? ["C", "M"] : ["E", "F"]);
  }

  private regular(n: Dim, k: number): string {
    return this.one([
      () => this.own(n),
      () => `${this.own(n)}'`,
      () => this.spd(n, k),
      () => `(${this.own(n)} + ${this.value(n, n, k)})`,
    ])();
  }
}
