/** Words at the end of the lines of an index derivation, as LaTeX. */
import type { Expr } from "../../core/expr.js";
import type { IndexName, IndexNode } from "../../core/indexLine.js";
import { deltaName, entryName } from "../../ops/entryName.js";
import { latexName } from "../../ops/fragment.js";
import { isSymbol, nameOf } from "../../ops/leaves.js";
import { contracted } from "./indexContract.js";
import { children } from "./indexTree.js";

const names = (indices: readonly IndexName[]): string[] => indices.map((i) => i.name);
const text = (words: string): string => `\\text{${words}}`;

/** "definition of the matrix product; r is the summation index". */
export function productNote(summed: readonly string[]): string {
  const definition = "definition of the matrix product";
  const [first] = summed;
  if (!first) return text(definition);
  return summed.length === 1
    ? `${text(`${definition}; `)} ${first} ${text(" is the summation index")}`
    : `${text(`${definition}; `)} ${summed.join(",")} ${text(" are the summation indices")}`;
}

/** "linear; C does not depend on B". */
export function linearNote(constants: readonly Expr[], x: Expr): string {
  const plain = constants.filter(isSymbol).map((c) => latexName(nameOf(c), false));
  if (plain.length === 0) return text("linear");
  const verb = plain.length === 1 ? "does not depend on" : "do not depend on";
  return `${text("linear; ")} ${plain.join(",\\,")} ${text(` ${verb} `)} ${latexName(nameOf(x), false)}`;
}

/** The first ∂x_…/∂x_… on the line before: "∂B_ir/∂B_kl = δ_ik δ_rl". */
export function deltaNote(line: IndexNode, x: Expr, inWords: boolean): string {
  const found = firstPartial(line, x);
  if (!found) return "";
  const { of, by } = found;
  if (of.length === 0) return "\\partial x/\\partial x=1".replaceAll("x", latexName(nameOf(x), false));
  const right = of.map((i, axis) => deltaName(i.name, by[axis]!.name)).join("");
  const [top, bottom] = [entryName(x, names(of)), entryName(x, names(by))];
  return inWords
    ? `\\tfrac{\\partial ${top}}{\\partial ${bottom}}=${right}${text(": 1 if it is the same entry, else 0")}`
    : `\\partial ${top}/\\partial ${bottom}=${right}`;
}

function firstPartial(n: IndexNode, x: Expr): { of: readonly IndexName[]; by: readonly IndexName[] } | undefined {
  if (n.kind === "partial" && n.of.kind === "entry" && n.by.kind === "entry" && n.of.expr === x)
    return { of: n.of.indices, by: n.by.indices };
  for (const c of children(n)) {
    const found = firstPartial(c, x);
    if (found) return found;
  }
  return undefined;
}

/** "δ_ik keeps i=k, δ_jl keeps j=l"; "keeps only" where it is alone. */
export function contractNote(line: IndexNode): string {
  const seen = new Map(contracted(line).map(([i, j]) => [`${i}=${j}`, [i, j] as const]));
  const keeps = seen.size === 1 ? " keeps only " : " keeps ";
  return [...seen].map(([equation, [i, j]]) => `${deltaName(i, j)}${text(keeps)} ${equation}`).join(",\\ ");
}

/** "δ_ik has no r: pull it out". */
export function pullOutNote(line: IndexNode): string {
  const found = outside(line);
  return found ? `${deltaName(found[0], found[1])}${text(" has no ")} ${found[2]}${text(": pull it out")}` : "";
}

function outside(n: IndexNode, bound: readonly string[] = []): readonly [string, string, string] | undefined {
  const around = n.kind === "sum" ? [...bound, n.index.name] : bound;
  if (n.kind === "delta" && around.length > 0 && !around.includes(n.i.name) && !around.includes(n.j.name))
    return [n.i.name, n.j.name, around.join(",")];
  for (const c of children(n)) {
    const found = outside(c, around);
    if (found) return found;
  }
  return undefined;
}

/** What a line has of entries that do not move. */
export function constantsOf(n: IndexNode, moving: ReadonlySet<Expr>): Expr[] {
  const found = new Set<Expr>();
  const visit = (c: IndexNode): void => {
    if (c.kind === "entry" && !moving.has(c.expr) && c.indices.length > 0) found.add(c.expr);
    for (const k of children(c)) visit(k);
  };
  visit(n);
  return [...found];
}
