/** The tree of an expression as a typed node: leaves, signs, transposes, and the dispatch to sums, products, powers, calls. */
import type { Expr } from "../core/expr.js";
import { dim } from "../core/shape.js";
import { build } from "../ops/build.js";
import { readCall } from "./calls.js";
import { isChain, readChain } from "./chains.js";
import { LETTERS } from "./characters.js";
import { nearest } from "./distance.js";
import { INSTEAD } from "./functionNames.js";
import type { Item } from "./items.js";
import { readPower } from "./powers.js";
import { failure, note, onesWritten, placed, type Reading, wordsOf } from "./reading.js";
import { readSum } from "./sums.js";
import { spanOf, type Tree } from "./syntax.js";

export function readTree(
  root: Tree,
  parts: Omit<Reading, "read" | "places">,
): { expr: Expr; places: Reading["places"] } {
  const places: Reading["places"] = new Map();
  const reading: Reading = {
    ...parts,
    places,
    read: (tree) => {
      const made = placed(reading, tree, () => readOne(reading, tree));
      if (!places.has(made)) places.set(made, spanOf(parts.items, tree));
      return made;
    },
  };
  return { expr: reading.read(root), places };
}

function readOne(r: Reading, tree: Tree): Expr {
  switch (tree.kind) {
    case "leaf":
      return readLeaf(r, tree);
    case "group":
      return r.read(tree.arg);
    case "call":
      return readCall(r, tree);
    case "unary": {
      if (onesWritten(r, tree)) throw unclearOnes(r, tree);
      const arg = r.read(tree.arg);
      if (tree.op === "'") return build.transpose(arg);
      return tree.op === "-" ? build.neg(arg) : arg;
    }
    case "binary":
      if (tree.op === "+" || tree.op === "-") return readSum(r, tree);
      return isChain(tree.op) ? readChain(r, tree) : readPower(r, tree);
  }
}

const unclearOnes = (r: Reading, tree: Tree): Error =>
  failure(r, tree, "ambiguous", "the length of this vector of ones is not clear", {
    want: "ones(n)",
    hint: "write ones(n)",
  });

function readLeaf(r: Reading, tree: Tree): Expr {
  const { leaf } = r.items[tree.from] as Extract<Item, { kind: "operand" }>;
  switch (leaf.kind) {
    case "number":
      return build.number(leaf.value);
    case "symbol":
    case "differential":
      return leaf.expr;
    case "dimension":
      return build.dimension(dim(leaf.name));
    case "constant":
      note(r, `${leaf.name} is read as the number ${leaf.value.toFixed(5)}…`);
      return build.number(leaf.value);
    case "ones":
      throw unclearOnes(r, tree);
    case "string":
      throw failure(r, tree, "syntax", `unexpected text "${leaf.value}"`, { got: leaf.value });
    case "unknown":
      throw unknownSymbol(r, tree, leaf.name);
  }
}

const shortened = (name: string): string => (name.length > 40 ? `${name.slice(0, 40)}…` : name);

const GREEK: ReadonlySet<string> = new Set([...LETTERS.values()].filter((name) => name.length > 1));

/** A small Greek letter is most often a scalar, which is declared by its name alone. */
const declareIt = (name: string, greek: boolean): string =>
  `declare it: ${greek ? `"${name}" for a scalar, ` : ""}"${name}: n" or "${name}: m×n"`;

function unknownSymbol(r: Reading, tree: Tree, name: string): Error {
  const known = [...r.scope.symbols.keys(), ...r.scope.dims, ...r.scope.functions.keys()];
  const guess = nearest(name, known);
  const written = GREEK.has(name) ? wordsOf(r, tree) : name;
  const instead = name === "I" ? "eye(n)" : (guess ?? INSTEAD.get(name));
  return failure(
    r,
    tree,
    "unknown_symbol",
    `unknown symbol ${shortened(written)}${instead ? `: did you mean ${instead}?` : ""}`,
    {
      got: name,
      want: known.length > 0 ? `one of ${known.slice(0, 12).join(", ")}` : "a declared name",
      hint: instead ?? declareIt(shortened(written), GREEK.has(name) && name === name.toLowerCase()),
    },
  );
}
