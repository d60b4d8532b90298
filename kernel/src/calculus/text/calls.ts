/** Calls: the functions of the grammar, abstract functions and their derivatives, |…| and ‖…‖, and d(…). */
import type { Expr } from "../core/expr.js";
import { isColumn, isMatrix, isScalar, isSquare, sameShape, showShape } from "../core/shape.js";
import { build } from "../ops/build.js";
import { opOf } from "../ops/index.js";
import { d, isZero } from "../ops/leaves.js";
import { same } from "../ops/shapes.js";
import { constantCall, isConstantCall } from "./constants.js";
import { ARITY, showArity } from "./functionNames.js";
import type { Head, Item } from "./items.js";
import { bars, determinant, norm, wordOf } from "./norms.js";
import { failure, note, placed, type Reading, wordsOf } from "./reading.js";
import { isPlainScalar, spread } from "./sums.js";
import type { Tree } from "./syntax.js";
import { unknownFunction } from "./unknownFunction.js";

type Call = Extract<Tree, { kind: "call" }>;

export function readCall(r: Reading, call: Call): Expr {
  const item = r.items[call.from] as Extract<Item, { kind: "head" }>;
  const { head } = item;
  switch (head.kind) {
    case "builtin":
      checkArity(r, call, head.name, ARITY.get(head.name)!);
      return builtin(r, call, head.name);
    case "apply":
      checkArity(r, call, item.text, [1, 1]);
      return applied(r, call, head);
    case "scalarfn":
      checkArity(r, call, item.text, [1, 1]);
      return scalarFunction(r, call, head);
    case "differential":
      checkArity(r, call, "d", [1, 1]);
      return d(r.read(call.args[0]!));
    case "bars":
      checkArity(r, call, "|…|", [1, 1]);
      return bars(r, call);
    case "norm":
      checkArity(r, call, "‖…‖", [1, 1]);
      return norm(r, call, head.subscript === "F" ? "fro" : head.subscript);
    case "unknown":
      throw unknownFunction(r, call, head.name);
  }
}

function checkArity(r: Reading, call: Call, name: string, arity: readonly [number, number]): void {
  const count = call.args.length;
  if (count >= arity[0] && count <= arity[1]) return;
  throw failure(r, call, "bad_argument", `${name}: expected ${showArity(arity)}, got ${count}`, {
    got: String(count),
    want: showArity(arity),
  });
}

function builtin(r: Reading, call: Call, name: string): Expr {
  if (isConstantCall(name)) return constantCall(r, name, call.args);
  if (name === "norm") return norm(r, call, call.args.length === 2 ? wordOf(r, call.args[1]!) : "");
  if (name === "softmax" && call.args.length === 2) return softmaxAlong(r, call);
  const args = call.args.map(r.read);
  const X = args[0]!;
  if (LARGER_SMALLER.has(name)) return largerOrSmaller(r, call, name, args);
  return placed(r, call, () => {
    switch (name) {
      case "ln":
        return logOfSum(r, call, X) ?? entrywise(r, call, "log", X);
      case "sqrt":
        return build.pow(X, 0.5);
      case "det":
        return determinant(r, call, X);
      case "log":
        return logOfSum(r, call, X) ?? entrywise(r, call, name, X);
      case "exp":
        return entrywise(r, call, name, X);
      case "dot":
        return dot(r, call, X, args[1]!);
      case "softmax":
      case "logsumexp":
        if (isMatrix(X.shape)) throw axisUnclear(r, call, name, X);
        return alongVector(name, X);
      default:
        return build.op(name, args);
    }
  });
}

/** A row has one softmax too: that of its transpose, transposed back. */
function alongVector(name: string, x: Expr): Expr {
  if (isScalar(x.shape) || isColumn(x.shape)) return build.op(name, [x]);
  const value = build.op(name, [build.transpose(x)]);
  return name === "softmax" ? build.transpose(value) : value;
}

/** exp and log of a square matrix are taken entry by entry, which is worth a line. */
function entrywise(r: Reading, call: Call, name: string, X: Expr): Expr {
  if (isMatrix(X.shape) && isSquare(X.shape))
    note(r, `${name} of the matrix ${wordsOf(r, call.args[0]!)} is taken entry by entry`);
  return build.op(name, [X]);
}

/** log(sum(exp(z))) of a vector is logsumexp(z), which has a value where exp(z) overflows. */
function logOfSum(r: Reading, call: Call, X: Expr): Expr | undefined {
  const z = X.op === "sum" && X.args[0]!.op === "exp" ? X.args[0]!.args[0]! : undefined;
  if (!z || isScalar(z.shape) || isMatrix(z.shape)) return undefined;
  note(r, `${wordsOf(r, call)} is read as logsumexp`);
  return alongVector("logsumexp", z);
}

const LARGER_SMALLER: ReadonlySet<string> = new Set(["max", "maximum", "min", "minimum"]);

/** max(x, y) = relu(x − y) + y entry by entry, min(x, y) = x − relu(x − y); a plain scalar stands for s·1. */
function largerOrSmaller(r: Reading, call: Call, name: string, [a, b]: readonly Expr[]): Expr {
  const larger = name.startsWith("max");
  if (!b)
    throw failure(
      r,
      call,
      "unsupported",
      `${name} of one argument, its ${larger ? "largest" : "smallest"} entry, has no operator`,
      {
        want: `${name}(x, y), entry by entry`,
        hint: larger ? "logsumexp(x) is its smooth form" : "-logsumexp(-x) is its smooth form",
      },
    );
  const wide = [a!, b].find((e) => !isScalar(e.shape))?.shape;
  const [x, y] = [a!, b].map((e) => (wide && isPlainScalar(e) ? spread(e, wide) : e)) as [Expr, Expr];
  placed(r, call, () => same(name, [x, y]));
  note(r, larger ? "max(x, y) is written relu(x - y) + y" : "min(x, y) is written x - relu(x - y)");
  if (!larger) return build.sub(x, build.op("relu", [build.sub(x, y)]));
  if (isZero(y)) return build.op("relu", [x]);
  return isZero(x) ? build.op("relu", [y]) : build.add(build.op("relu", [build.sub(x, y)]), y);
}

function dot(r: Reading, call: Call, a: Expr, b: Expr): Expr {
  const vectors = !isMatrix(a.shape) && !isMatrix(b.shape);
  if (vectors && isScalar(a.shape) && isScalar(b.shape)) return build.times(a, b);
  if (vectors && isColumn(a.shape) && sameShape(a.shape, b.shape)) return build.mul(build.transpose(a), b);
  throw failure(
    r,
    call,
    "shape_mismatch",
    `dot: expected two columns of one length, got ${showShape(a.shape)} and ${showShape(b.shape)}`,
    {
      got: [showShape(a.shape), showShape(b.shape)],
      want: "n×1 and n×1",
      hint: sameShape(a.shape, b.shape) && isMatrix(a.shape) ? "of matrices: tr(A'*B)" : undefined,
    },
  );
}

const axisUnclear = (r: Reading, call: Call, name: string, X: Expr): Error =>
  failure(r, call, "ambiguous", `${name} of a matrix (${showShape(X.shape)}): along which axis?`, {
    got: showShape(X.shape),
    want: "n×1",
    hint:
      name === "softmax"
        ? `softmax(${wordsOf(r, call.args[0]!)}, "rows") or softmax(${wordsOf(r, call.args[0]!)}, "columns")`
        : `apply ${name} to a column`,
  });

const AXES: ReadonlyMap<string, string> = new Map([
  ["rows", "rows"],
  ["columns", "columns"],
  ["row", "rows"],
  ["column", "columns"],
  ["cols", "columns"],
]);

/** softmax(Z, "rows"): of every row. A column has one way only. */
function softmaxAlong(r: Reading, call: Call): Expr {
  const Z = r.read(call.args[0]!);
  const word = wordOf(r, call.args[1]!);
  if (!isMatrix(Z.shape))
    throw failure(r, call, "bad_argument", `softmax: an axis is for matrices, got ${showShape(Z.shape)}`, {
      got: showShape(Z.shape),
      want: `softmax(${wordsOf(r, call.args[0]!)})`,
    });
  const axis = AXES.get(word);
  if (!axis)
    throw failure(r, call.args[1]!, "bad_argument", `softmax: the axis is "rows" or "columns", got ${word}`, {
      got: word,
      want: '"rows" or "columns"',
      hint: 'softmax(Z, "rows") makes every row sum to 1',
    });
  return placed(r, call, () => build.op("softmaxAlong", [Z], { axis }));
}

function applied(r: Reading, call: Call, { name, order }: Extract<Head, { kind: "apply" }>): Expr {
  const z = r.read(call.args[0]!);
  if (r.scope.functions.has(name)) return build.op("apply", [z], { fn: name, order });
  if (order > 1)
    throw failure(r, call, "unsupported", `${name}: only the first derivative can be written with a prime`, {
      want: `${name}'(z)`,
    });
  return opOf(name).differential(build, build.op(name, [z]), 0, build.ones(z.shape));
}

function scalarFunction(r: Reading, call: Call, head: Extract<Head, { kind: "scalarfn" }>): Expr {
  const y = r.read(call.args[0]!);
  if (!sameShape(y.shape, head.shape))
    throw failure(
      r,
      call,
      "shape_mismatch",
      `${head.name}: expected an argument ${showShape(head.shape)}, got ${showShape(y.shape)}`,
      { got: showShape(y.shape), want: showShape(head.shape) },
    );
  return placed(r, call, () => build.op("scalarfn", [y], { fn: head.name, order: head.order }));
}
