/**
 * Derivatives by the entries that a declared structure leaves free. With G for independent entries:
 * symmetric-entries, X_ij = X_ji one variable: G + G' − G∘I, the Cookbook's rule; projected, the gradient among symmetric
 * matrices: (G + G')/2; diagonal X: G∘I, both alike. Higher orders and two variables: the same on each pair of indices
 * of such a variable, and S = I + K − diag(vec I) = D D' (D the duplication matrix) beside the Kronecker form.
 * Sources: Matrix Cookbook (138)–(141); Srinivasan and Panda, arXiv 1911.06491.
 */
import { cite } from "../core/cite.js";
import type { Derivative, Structure } from "../core/derivation.js";
import { NablaError } from "../core/errors.js";
import type { Expr } from "../core/expr.js";
import type { Factor, Index, IndexForm, Term } from "../core/indexForm.js";
import { axes, isScalar, timesDim } from "../core/shape.js";
import type { Layout, Step } from "../core/step.js";
import { build as b } from "../ops/build.js";
import { factsOf, nameOf } from "../ops/leaves.js";
import { simplify } from "../simplify/rewrite.js";
import { indexOfMatrix } from "./closed.js";
import { type Axes, normalise } from "./indexed.js";

/** What a declared fact says about the entries of a variable. */
export type Free = Structure | "diagonal" | "independent";

export function freeEntries(x: Expr, structure: Structure): Free {
  const facts = factsOf(x);
  if (facts.includes("diagonal")) return "diagonal";
  return facts.includes("symmetric") || facts.includes("spd") ? structure : "independent";
}

/** @throws NablaError `bad_argument` when no variable is declared symmetric, spd or diagonal */
export function structured(result: Derivative, structure: Structure): Derivative {
  const free = result.wrt.map((x) => freeEntries(x, structure));
  if (free.every((kind) => kind === "independent")) throw notDeclared(result.wrt, structure);
  const conditions = new Set(result.conditions);
  const tidy = (e: Expr): Expr => {
    const made = simplify(e);
    for (const c of made.conditions) conditions.add(c);
    return made.expr;
  };
  const matrix = result.matrix && free.reduce((G, kind) => matrixRule(G, kind, tidy), result.matrix);
  const index = matrix
    ? indexOfMatrix(matrix, "gradient", { row: undefined, col: undefined }, pairOf(result.index.free))
    : free.reduce((form, kind, n) => indexRule(form, kind, axesOfVariable(result, n)), result.index);
  const kronecker = result.kronecker && unfoldedRule(result, free, result.kronecker);
  return {
    ...result,
    matrix,
    index,
    kronecker: kronecker && tidy(kronecker),
    conditions: [...conditions],
    structure,
  };
}

function notDeclared(wrt: readonly Expr[], structure: Structure): NablaError {
  const name = nameOf(wrt[0]!);
  const { rows, cols } = wrt[0]!.shape;
  const square = axes(wrt[0]!.shape).length === 2 && rows.key === cols.key;
  return new NablaError("bad_argument", `structure: ${name} is not declared symmetric, spd or diagonal`, {
    got: structure,
    want: "a variable with the fact symmetric, spd or diagonal",
    hint: square ? `${name}: ${rows.key}×${rows.key} symmetric` : `${name} is no square matrix`,
  });
}

const onDiagonal = (G: Expr): Expr => b.hadamard(G, b.eye(G.shape.rows));

function matrixRule(G: Expr, kind: Free, tidy: (e: Expr) => Expr): Expr {
  switch (kind) {
    case "independent":
      return G;
    case "diagonal":
      return tidy(onDiagonal(G));
    case "projected":
      return tidy(b.times(b.number(0.5), b.add(G, tidy(b.transpose(G)))));
    case "symmetric-entries":
      return tidy(b.sub(b.add(G, tidy(b.transpose(G))), onDiagonal(G)));
  }
}

/** The two indices of the one matrix among the variables, for an answer of order two. */
const pairOf = ([row, col]: readonly Index[]): Axes => ({ row, col });

/** The indices of variable n in a form: output first, then the variables in order. */
function axesOfVariable({ of, wrt, index }: Derivative, n: number): Axes {
  const before = [of, ...wrt.slice(0, n)].reduce((sum, e) => sum + axes(e.shape).length, 0);
  const [row, col] = index.free.slice(before, before + axes(wrt[n]!.shape).length);
  return { row, col };
}

/** J_…kl + J_…lk − δ_kl J_…kk, or what the structure makes of it. */
function indexRule(form: IndexForm, kind: Free, { row, col }: Axes): IndexForm {
  if (kind === "independent" || !row || !col) return form;
  const swapped = form.terms.map((t) =>
    renamed(
      t,
      new Map([
        [row.id, col],
        [col.id, row],
      ]),
    ),
  );
  const diagonal = form.terms
    .map((t) => renamed(t, new Map([[col.id, row]])))
    .map((t) => ({ ...t, deltas: [...t.deltas, [row, col] as const] }));
  const times = (terms: readonly Term[], c: number): Term[] =>
    terms.map((t) => ({ ...t, coefficient: c * t.coefficient }));
  const terms = (): readonly Term[] => {
    switch (kind) {
      case "diagonal":
        return diagonal;
      case "projected":
        return times([...form.terms, ...swapped], 0.5);
      case "symmetric-entries":
        return [...form.terms, ...swapped, ...times(diagonal, -1)];
    }
  };
  return { free: form.free, terms: normalise(terms().map(opened), form.free) };
}

function renamed(t: Term, by: ReadonlyMap<number, Index>): Term {
  const to = (i: Index): Index => by.get(i.id) ?? i;
  const factor = (f: Factor): Factor => ({ ...f, row: f.row && to(f.row), col: f.col && to(f.col) });
  return { ...t, factors: t.factors.map(factor), deltas: t.deltas.map(([p, q]) => [to(p), to(q)] as const) };
}

const opened = (t: Term) => ({
  coefficient: t.coefficient,
  factors: [...t.factors],
  deltas: [...t.deltas],
  summed: [...t.summed],
});

/** M S, and S₁ M S₂ for a scalar by two matrices; undefined where the first axis is not that of a variable alone. */
function unfoldedRule({ of, wrt }: Derivative, free: readonly Free[], M: Expr): Expr | undefined {
  const S = wrt.map((x, n) => selection(x, free[n]!));
  if (S.length === 1) return b.mul(M, S[0]!);
  if (!isScalar(of.shape)) return undefined;
  return b.mul(S[0]!, M, S[1]!);
}

/** The symmetric matrix that takes vec of the independent derivative to that of the structured one. */
function selection(x: Expr, kind: Free): Expr {
  const n = x.shape.rows;
  const all = b.eye(timesDim(n, x.shape.cols));
  const diagonal = (): Expr => b.op("diag", [b.op("vec", [b.eye(n)])]);
  const K = (): Expr => b.op("commutation", [], { m: n.key, n: n.key });
  switch (kind) {
    case "independent":
      return all;
    case "diagonal":
      return diagonal();
    case "projected":
      return b.times(b.number(0.5), b.add(all, K()));
    case "symmetric-entries":
      return b.sub(b.add(all, K()), diagonal());
  }
}

/** The line of the page that leads from independent entries to those of the structure. */
export function structureStep(result: Derivative, layout: Layout, check: Step["check"]): Step | undefined {
  const expr = result.matrix ?? result.kronecker;
  if (!expr) return undefined;
  const kinds = [...new Set(result.wrt.map((x) => freeEntries(x, result.structure!)))].filter(
    (kind) => kind !== "independent",
  );
  const said = [...new Set(result.wrt)].flatMap((x) => conditionOf(x, freeEntries(x, result.structure!)));
  return {
    rule: kinds.map((kind) => `structure/${kind}`).join(" + "),
    chips: kinds.map((kind) => kind.replace("-", " ")),
    cites: kinds.includes("symmetric-entries") ? [cite("cookbook", "(138)")] : [],
    note: kinds.map((kind) => NOTES[kind]).join(",\\ "),
    body: {
      kind: "result",
      of: result.of,
      wrt: result.wrt,
      expr,
      layout,
      ...(result.matrix ? {} : { vec: true as const }),
    },
    conditions: said,
    shape: "",
    check,
  };
}

const NOTES: Readonly<Record<Exclude<Free, "independent">, string>> = {
  "symmetric-entries": "X_{ij}=X_{ji}\\text{ is one variable: }G+G^\\top-G\\circ\\mathbf I",
  projected: "\\text{the gradient among symmetric matrices: }\\tfrac12(G+G^\\top)",
  diagonal: "\\text{only }X_{ii}\\text{ moves: }G\\circ\\mathbf I\\text{, the same for both structures}",
};

function conditionOf(x: Expr, kind: Free): string[] {
  const name = nameOf(x);
  const fact = factsOf(x).includes("spd") ? "spd" : "symmetric";
  switch (kind) {
    case "independent":
      return [];
    case "diagonal":
      return [`only the diagonal of ${name} moves, since ${name} is diagonal`];
    case "projected":
      return [`${name} moves among symmetric matrices, since ${name} is ${fact}`];
    case "symmetric-entries":
      return [`${name}_ij and ${name}_ji are one variable, since ${name} is ${fact}`];
  }
}
