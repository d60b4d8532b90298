/** eye(n), ones(n), ones(m, n), zeros(…), commutation(m, n): their arguments are dimensions, not values. */
import type { Expr } from "../core/expr.js";
import { type Dim, dim, ONE, shape, timesDim } from "../core/shape.js";
import { build } from "../ops/build.js";
import { nearest } from "./distance.js";
import { failure, type Reading, unwrapped, wordsOf } from "./reading.js";
import type { Tree } from "./syntax.js";

const NAMES: ReadonlySet<string> = new Set(["eye", "ones", "zeros", "commutation"]);
export const isConstantCall = (name: string): boolean => NAMES.has(name);

export function constantCall(r: Reading, name: string, args: readonly Tree[]): Expr {
  const dims = args.map((tree) => readDim(r, tree));
  const [m, n = ONE] = dims as [Dim, Dim?];
  if (name === "eye") return build.eye(m);
  if (name === "commutation") return build.op("commutation", [], { m: m.key, n: n.key });
  return name === "ones" ? build.ones(shape(m, n)) : build.zeros(shape(m, n));
}

/** A dimension: a name that occurs in a shape, a positive whole number, or a product of them. */
function readDim(r: Reading, tree: Tree): Dim {
  const t = unwrapped(tree);
  if (t.kind === "binary" && t.op === "*") return timesDim(readDim(r, t.left), readDim(r, t.right));
  const item = t.kind === "leaf" ? r.items[t.from]! : undefined;
  if (item?.kind === "operand") {
    if (item.leaf.kind === "number" && Number.isInteger(item.leaf.value) && item.leaf.value > 0)
      return dim(item.leaf.value);
    // Inside eye(…) the dimension is meant also where a symbol has its name.
    if (r.scope.dims.has(item.text)) return dim(item.text);
    if (item.leaf.kind === "unknown") {
      const guess = nearest(item.text, r.scope.dims);
      throw failure(
        r,
        tree,
        "unknown_symbol",
        `unknown dimension ${item.text}${guess ? `: did you mean ${guess}?` : ""}`,
        {
          got: item.text,
          want: r.scope.dims.size > 0 ? `one of ${[...r.scope.dims].join(", ")}` : "a dimension of a declared symbol",
          hint: guess,
        },
      );
    }
  }
  throw failure(r, tree, "bad_argument", `expected a dimension, got ${wordsOf(r, tree)}`, {
    got: wordsOf(r, tree),
    want: "the name of a dimension or a positive whole number",
  });
}
