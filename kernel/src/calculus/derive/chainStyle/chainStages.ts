/**
 * Intermediates that a person would name on the way from x to f: affine stages, functions applied entry by entry,
 * softmax, and whatever an opaque function (norm, det, inv, L …) is applied to. The last stage keeps everything that
 * makes a number of a vector, with a log-likelihood whole, so that ∂f/∂y is one line.
 */
import { containing, type Expr, topological } from "../../core/expr.js";
import { isRow, isScalar } from "../../core/shape.js";
import type { Let } from "../../core/step.js";
import { build as b, substitute } from "../../ops/build.js";
import { opOf } from "../../ops/index.js";
import { isNumber, numberOf } from "../../ops/leaves.js";
import { nameStage, type StageKind, type Unnamed } from "./chainNames.js";

const isLinear = (e: Expr): boolean => opOf(e.op).linear !== undefined;
const SOFTMAX = new Set(["softmax", "softmaxAlong"]);

/** A part to be named: `value` gets the name s, the node itself becomes `whole(s)`. */
interface Cut {
  readonly node: Expr;
  readonly value: Expr;
  readonly whole: (s: Expr) => Expr;
  readonly kind: StageKind;
  readonly feeds: Unnamed["feeds"];
}

/** `taken`: names that are in use beside those of f. */
export function findStages(f: Expr, x: Expr, taken: readonly Expr[] = []): { f: Expr; lets: readonly Let[] } {
  const active = containing(f, (e) => e === x);
  if (!active.has(f)) return { f, lets: [] };
  const finder = new Finder(x, active);
  finder.last(f);
  if (finder.cuts.size === 0) finder.peel(f);
  return named(f, x, [...finder.cuts.values()], taken);
}

function named(f: Expr, x: Expr, cuts: readonly Cut[], taken: readonly Expr[]): { f: Expr; lets: readonly Let[] } {
  const order = new Map(topological(f).map((e, i) => [e, i] as const));
  const sorted = [...cuts].sort((p, q) => order.get(p.node)! - order.get(q.node)!);
  const by = new Map<Expr, Expr>();
  const lets: Let[] = [];
  sorted.forEach((cut, i) => {
    const value = substitute(cut.value, by);
    const known = lets.find((l) => l.value === value);
    const s = known?.symbol ?? nameStage(sorted, i, [f, x, ...taken, ...lets.map((l) => l.symbol)]);
    if (!known) lets.push({ symbol: s, value });
    by.set(cut.node, cut.whole(s));
  });
  return { f: substitute(f, by), lets };
}

class Finder {
  readonly cuts = new Map<Expr, Cut>();
  private readonly visited = new Set<Expr>();
  /** Parts are shared: what was looked at as a last stage, or absorbed into one, is not looked at again. */
  private readonly ended = new Set<Expr>();
  private readonly absorbed = new Set<Expr>();

  constructor(
    private readonly x: Expr,
    private readonly active: ReadonlySet<Expr>,
  ) {}

  private moving = (e: Expr): Expr[] => [...new Set(e.args)].filter((a) => this.active.has(a));

  /** The variable, its transpose or a numeric multiple of it needs no name. */
  private trivial(e: Expr): boolean {
    if (e === this.x || !this.active.has(e)) return true;
    if (e.op === "transpose") return this.trivial(e.args[0]!);
    return (
      e.op === "times" && e.args.slice(0, -1).every((a) => isNumber(a)) && this.trivial(e.args[e.args.length - 1]!)
    );
  }

  /** The last stage: down from f to the vectors and matrices that it is made of. */
  last(e: Expr): void {
    if (this.trivial(e) || this.ended.has(e)) return;
    this.ended.add(e);
    if (!isScalar(e.shape)) return this.below(e, this.kindOf(e), "output");
    for (const a of this.moving(e)) {
      if (isScalar(a.shape)) this.scalar(e, a);
      else if (isLinear(e) && this.likelihood(a)) this.absorb(a);
      else this.candidate(a, isLinear(e) ? "output" : "other");
    }
  }

  /** A function of a number names its argument: z in ln(1 + e^z); a norm squared stays one piece. */
  private scalar(user: Expr, a: Expr): void {
    if (isLinear(user) || isNormSquared(user) || (user.op === "pow" && this.trivial(a))) return this.last(a);
    let base = a;
    while (!isNormSquared(base) && this.passes(base)) {
      base = this.moving(base)[0]!;
      if (this.allScalar(base)) break;
    }
    if (this.allScalar(a)) base = a;
    if (this.trivial(base)) return;
    this.cut(base, {
      value: base,
      whole: (s) => s,
      kind: this.kindOf(base) === "elementwise" ? "other" : this.kindOf(base),
      feeds: "elementwise",
    });
    this.last(base);
  }

  /** A function of one number, or a sum or multiple of such a function. */
  private passes(e: Expr): boolean {
    if (opOf(e.op).elementwise) return true;
    const inner = this.moving(e);
    return (e.op === "add" || e.op === "times") && inner.length === 1 && opOf(inner[0]!.op).elementwise === true;
  }

  private allScalar(e: Expr): boolean {
    return topological(e).every((n) => !this.active.has(n) || isScalar(n.shape));
  }

  private kindOf(e: Expr): StageKind {
    if (isLinear(e) && !(e.op === "hadamard" && this.moving(e).length > 1))
      return this.runsThrough(e) ? "elementwise" : "affine";
    if (opOf(e.op).elementwise || e.op === "pow" || e.op === "hadamard") return "elementwise";
    return SOFTMAX.has(e.op) ? "softmax" : "other";
  }

  /** A sum or multiple between two functions applied entry by entry belongs to them: 1 + e^z in ln(1 + e^z). */
  private runsThrough(e: Expr): boolean {
    if (e.op !== "add" && e.op !== "times" && e.op !== "hadamard") return false;
    const inner = this.moving(e);
    return inner.length === 1 && !isScalar(e.shape) && this.kindOf(inner[0]!) === "elementwise";
  }

  /** Σ of functions applied entry by entry, or a logarithm on the way: the loss is kept whole down to its logits. */
  private likelihood(e: Expr): boolean {
    const a = e.op === "transpose" ? e.args[0]! : e;
    if (this.trivial(a)) return false;
    const run = this.kindOf(a) === "elementwise";
    return run && topological(a).some((n) => this.active.has(n) && (n.op === "log" || n.op === "exp"));
  }

  private absorb(e: Expr): void {
    if (this.trivial(e) || this.absorbed.has(e)) return;
    this.absorbed.add(e);
    const kind = this.kindOf(e);
    if (kind === "elementwise" || kind === "softmax" || e.op === "transpose")
      for (const a of this.moving(e)) this.absorb(a);
    else this.candidate(e, "likelihood");
  }

  private candidate(e: Expr, feeds: Unnamed["feeds"]): void {
    if (this.trivial(e)) return;
    if (e.op === "transpose") return this.candidate(e.args[0]!, feeds);
    if (isRow(e.shape)) {
      const column = columnOf(e);
      this.cut(e, { value: column, whole: (s) => b.transpose(s), kind: this.kindOf(e), feeds });
      return this.below(e, this.kindOf(e), feeds);
    }
    const kind = this.kindOf(e);
    const { value, whole } = kind === "affine" ? this.positivePart(e) : { value: e, whole: (s: Expr) => s };
    this.cut(e, { value, whole, kind, feeds });
    this.below(e, kind, feeds);
  }

  /** What is subtracted stays with the user: ‖Wx + b − t‖² names c = Wx + b. */
  private positivePart(e: Expr): Pick<Cut, "value" | "whole"> {
    const whole = { value: e, whole: (s: Expr): Expr => s };
    if (e.op !== "add") return whole;
    const varying = e.args.filter((a) => this.active.has(a));
    const constant = e.args.filter((a) => !this.active.has(a));
    if (varying.every(isNegative)) {
      const value = b.neg(b.add(...varying));
      return constant.length > 0 && varying.length === 1 && !this.trivial(value)
        ? { value, whole: (s) => b.add(...e.args.map((a) => (a === varying[0] ? b.neg(s) : a))) }
        : whole;
    }
    const left = constant.filter(isNegative);
    const kept = e.args.filter((a) => !left.includes(a));
    if (left.length === 0 || varying.every((a) => this.trivial(a))) return whole;
    return { value: b.add(...kept), whole: (s) => b.add(s, ...left) };
  }

  /** Goes on below a stage of the given kind. */
  private below(e: Expr, kind: StageKind, feeds: Unnamed["feeds"]): void {
    if (this.visited.has(e)) return;
    this.visited.add(e);
    for (const a of this.moving(e)) {
      if (this.trivial(a)) continue;
      if (isScalar(a.shape) && isScalar(e.shape)) this.scalar(e, a);
      else if (kind === "affine" && isLinear(a) && this.kindOf(a) === "affine") this.below(a, kind, feeds);
      else if (kind === "elementwise" && (this.runsThrough(e) || this.runsThrough(a))) this.below(a, kind, feeds);
      else this.candidate(a, kind);
    }
  }

  private cut(node: Expr, made: Omit<Cut, "node">): void {
    if (!this.cuts.has(node)) this.cuts.set(node, { node, ...made });
  }

  /** Nothing was found: the argument of the outermost operator is named, or the tail of a product: c = Ax in x'Ax. */
  peel(e: Expr): void {
    const inner = this.moving(e).filter((a) => !this.trivial(a));
    const one = inner[0];
    if (inner.length === 1 && one) {
      if (e.op === "times" || e.op === "add") return this.peel(one);
      return this.cut(one, { value: one, whole: (s) => s, kind: "other", feeds: "output" });
    }
    if (e.op !== "mul" || e.args.length < 3) return;
    const tail = b.mul(...e.args.slice(1));
    if (!containing(tail, (n) => n === this.x).has(tail) || isRow(tail.shape) || isScalar(tail.shape)) return;
    this.cut(e, { value: tail, whole: (s) => b.mul(e.args[0]!, s), kind: "affine", feeds: "output" });
  }
}

const isNormSquared = (e: Expr): boolean => e.op === "pow" && e.args[0]!.op === "norm";

const isNegative = (e: Expr): boolean => e.op === "times" && isNumber(e.args[0]!) && numberOf(e.args[0]!) < 0;

/** The transpose of a row, written through its product: (x'A)' = A'x. */
function columnOf(e: Expr): Expr {
  if (e.op === "mul") return b.mul(...[...e.args].reverse().map(b.transpose));
  if (e.op === "add") return b.add(...e.args.map(columnOf));
  if (e.op === "times") return b.times(...e.args.slice(0, -1), columnOf(e.args[e.args.length - 1]!));
  return b.transpose(e);
}
