/**
 * Moves that bring a fully expanded line to M dx or tr(M dX): Hadamard shift, a scalar is its transpose, trace of a
 * scalar, cyclic. Each is one line; a move that changes nothing is not shown.
 */
import { cite } from "../core/cite.js";
import { containing, type Expr } from "../core/expr.js";
import { isScalar } from "../core/shape.js";
import { build as b, splitScalars } from "../ops/build.js";
import type { LineMove } from "./expandLine.js";

const hasD = (e: Expr): boolean => containing(e, (x) => x.op === "d").size > 0;
const termsOf = (line: Expr): readonly Expr[] => (line.op === "add" ? line.args : [line]);

/** Applies f to each term; undefined when no term changes. */
function eachTerm(line: Expr, f: (term: Expr) => Expr | undefined): Expr | undefined {
  let changed = false;
  const terms = termsOf(line).map((t) => {
    const next = f(t);
    if (next && next !== t) changed = true;
    return next ?? t;
  });
  return changed ? b.add(...terms) : undefined;
}

/** term = scalars · body with the differential in the body. */
function bodyOf(term: Expr): { scalars: readonly Expr[]; body: Expr } {
  if (term.op !== "times") return { scalars: [], body: term };
  const at = term.args.findIndex(hasD);
  return { scalars: term.args.filter((_, i) => i !== at), body: term.args[at]! };
}

const inBody =
  (f: (body: Expr) => Expr | undefined) =>
  (term: Expr): Expr | undefined => {
    const { scalars, body } = bodyOf(term);
    const next = body && f(body);
    return next && b.times(...scalars, next);
  };

/** Splits an elementwise product into the part without the differential and the factor with it. */
function splitHadamard(e: Expr): { still: Expr; moving: Expr } | undefined {
  const { scalars, rest } = splitScalars(e);
  if (rest?.op !== "hadamard") return undefined;
  const moving = rest.args.filter(hasD);
  const still = rest.args.filter((a) => !hasD(a));
  if (moving.length !== 1 || still.length === 0) return undefined;
  return { still: b.times(...scalars, b.hadamard(...still)), moving: moving[0]! };
}

/** x'(y∘z) = (x∘y)'z, and 1'(u∘v) = u'v. */
export function hadamardShift(line: Expr): LineMove | undefined {
  let ones = false;
  const next = eachTerm(
    line,
    inBody((body) => {
      if (body.op === "sum") {
        const split = splitHadamard(body.args[0]!);
        if (!split) return undefined;
        ones = true;
        return split.moving.shape.cols.key === "1"
          ? b.mul(b.transpose(split.still), split.moving)
          : b.op("tr", [b.mul(b.transpose(split.still), split.moving)]);
      }
      if (body.op !== "mul" || !isScalar(body.shape)) return undefined;
      const at = body.args.findIndex(hasD);
      const split = at >= 0 && at === body.args.length - 1 ? splitHadamard(body.args[at]!) : undefined;
      if (!split) return undefined;
      const row = b.mul(...body.args.slice(0, at));
      return b.mul(b.transpose(shifted(row, split.still)), split.moving);
    }),
  );
  if (!next) return undefined;
  return {
    rule: "hadamard/shift",
    chips: [ones ? "1ᵀ(u∘v)" : "Hadamard shift"],
    cites: [ones ? cite("notes", '§2.2 "since", with x = 1') : cite("notes", '§2.2 "since"')],
    note: ones
      ? "\\mathbf 1^\\top(\\mathbf u\\circ\\mathbf v)=\\mathbf u^\\top\\mathbf v"
      : "\\mathbf x^\\top(\\mathbf y\\circ\\mathbf z)=(\\mathbf x\\circ\\mathbf y)^\\top\\mathbf z",
    line: next,
  };
}

/** x∘y with a plain column before the function, in the order the notes print: constants of the data first. */
function shifted(row: Expr, still: Expr): Expr {
  const x = b.transpose(row);
  return still.op === "symbol" || still.op === "hadamard" ? b.hadamard(still, x) : b.hadamard(x, still);
}

/** A scalar is its own transpose: terms with (dX)' are turned so that dX stands untransposed. */
export function turn(start: Expr): LineMove | undefined {
  let trace = false;
  const line = splitTraces(start);
  const next = eachTerm(
    line,
    inBody((body) => {
      const inside = body.op === "tr" ? splitScalars(body.args[0]!).rest : body;
      if (!inside || !isScalar(body.shape)) return undefined;
      const factors = inside.op === "mul" ? inside.args : [inside];
      const moving = factors.find(hasD);
      if (moving?.op !== "transpose" || moving.args[0]!.op !== "d") return undefined;
      const turned = b.mul(...[...factors].reverse().map(flip));
      if (body.op !== "tr") return turned;
      trace = true;
      return b.op("tr", [b.times(...splitScalars(body.args[0]!).scalars, turned)]);
    }),
  );
  if (!next) return undefined;
  return {
    ...(line !== start ? { via: line } : {}),
    rule: trace ? "trace/transpose" : "scalar/transpose",
    chips: [trace ? "trace of a transpose" : "scalar = transpose"],
    cites: [cite("notes", "§2, unnumbered")],
    note: trace
      ? "\\operatorname{tr}(\\mathbf A^\\top)=\\operatorname{tr}(\\mathbf A)"
      : "\\text{a scalar is its own transpose}",
    line: next,
  };
}

/** tr(A + B) = tr(A) + tr(B). */
function splitTraces(line: Expr): Expr {
  const terms = termsOf(line).flatMap((t) => {
    const { scalars, body } = bodyOf(t);
    if (body?.op !== "tr") return [t];
    const { scalars: inner, rest } = splitScalars(body.args[0]!);
    return rest?.op === "add" ? rest.args.map((a) => b.times(...scalars, ...inner, b.op("tr", [a]))) : [t];
  });
  return b.add(...terms);
}

const flip = (e: Expr): Expr => (e.op === "mul" ? b.mul(...[...e.args].reverse().map(flip)) : b.transpose(e));

/** Equal terms are counted: x'dx + x'dx = 2x'dx. */
export function countTerms(line: Expr): Expr | undefined {
  if (line.op !== "add") return undefined;
  const groups = new Map<Expr, number>();
  for (const t of line.args) {
    const split =
      t.op === "times" && t.args[0]!.op === "number"
        ? { n: t.args[0]!.attrs.value as number, core: b.times(...t.args.slice(1)) }
        : { n: 1, core: t };
    groups.set(split.core, (groups.get(split.core) ?? 0) + split.n);
  }
  if (groups.size === line.args.length) return undefined;
  return b.add(...[...groups].map(([core, n]) => b.times(b.number(n), core)));
}

/** (X∘Y)' = X'∘Y' where the transpose stands around an elementwise product. */
function openTransposes(e: Expr): { expr: Expr; opened: boolean } {
  if (e.op === "transpose" && e.args[0]!.op === "hadamard")
    return {
      expr: b.hadamard(...e.args[0]!.args.map(b.transpose)),
      opened: e.args[0]!.args.some((a) => a.op === "transpose"),
    };
  return { expr: e, opened: false };
}

/** A scalar is its own trace; transposes of elementwise products are opened on the way. */
export function wrapTrace(line: Expr): LineMove | undefined {
  let opened = false;
  const next = eachTerm(line, (term) => {
    if (bodyOf(term).body?.op === "tr") return undefined;
    const { scalars, body } = bodyOf(term);
    if (body?.op !== "mul") return undefined;
    const factors = body.args.map((f) => {
      const o = openTransposes(f);
      if (o.opened) opened = true;
      return o.opened ? o.expr : f;
    });
    return b.op("tr", [b.times(...scalars, rawProduct(factors))]);
  });
  if (!next) return undefined;
  return {
    rule: opened ? "hadamard/transpose + scalar/trace" : "scalar/trace",
    chips: opened ? ["transpose of ∘", "scalar = trace"] : ["scalar = trace"],
    cites: [cite("notes", opened ? "§2.2, unnumbered" : "§2, unnumbered")],
    note: opened
      ? "(\\mathbf X\\circ\\mathbf Y)^\\top=\\mathbf X^\\top\\circ\\mathbf Y^\\top;\\ \\text{a scalar is its own trace}"
      : "\\text{a scalar is its own trace}",
    line: next,
  };
}

const rawProduct = (factors: readonly Expr[]): Expr => b.mul(...factors);

/** tr(L dX R) = tr(R L dX). */
export function cyclicMove(line: Expr): LineMove | undefined {
  const next = eachTerm(
    line,
    inBody((body) => {
      if (body.op !== "tr") return undefined;
      const { scalars, rest } = splitScalars(body.args[0]!);
      if (!rest) return cyclicScalar(body);
      const factors = rest.op === "mul" ? rest.args : [rest];
      const at = factors.findIndex(hasD);
      if (at < 0 || at === factors.length - 1 || factors[at]!.op !== "d") return undefined;
      return b.op("tr", [b.times(...scalars, b.mul(...factors.slice(at + 1), ...factors.slice(0, at + 1)))]);
    }),
  );
  return (
    next && {
      rule: "trace/cyclic",
      chips: ["trace/cyclic"],
      cites: [cite("notes", "(12)")],
      note: "\\text{from eq. (12), cyclic}",
      line: next,
    }
  );
}

/** tr of a scalar product r' (dX) c: the column goes to the front. */
function cyclicScalar(body: Expr): Expr | undefined {
  const inside = body.args[0]!;
  const scalars = inside.op === "times" ? inside.args.filter((a) => !hasD(a)) : [];
  const product = inside.op === "times" ? inside.args.find(hasD)! : inside;
  if (product.op !== "mul") return undefined;
  const at = product.args.findIndex(hasD);
  if (at < 0 || at === product.args.length - 1 || product.args[at]!.op !== "d") return undefined;
  return b.op("tr", [b.times(...scalars, b.mul(...product.args.slice(at + 1), ...product.args.slice(0, at + 1)))]);
}
