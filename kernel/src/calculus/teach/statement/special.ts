/**
 * Special cases in which a statement that fails in general is true, the weakest condition first. A case is a set of
 * other meanings of the names: the same symbol as a column, a symmetric matrix, the identity, a scalar, ….
 */
import type { Expr } from "../../core/expr.js";
import { dim, isColumn, isMatrix, isScalar, isSquare, ONE, SCALAR, type Shape, shape } from "../../core/shape.js";
import { build as b } from "../../ops/build.js";
import { type Fact, factsOf, nameOf, symbol } from "../../ops/leaves.js";

export interface SpecialCase {
  /** "A is symmetric", as it follows "true only where". */
  readonly condition: string;
  readonly kind: "vectors" | "matrices" | "scalars";
  readonly meanings: ReadonlyMap<string, Expr>;
}

type Meanings = Map<string, Expr>;

/** @param symbols those of the statement, in order @param free names whose shape nobody declared */
export function* specialCases(symbols: readonly Expr[], free: ReadonlySet<string>): Generator<SpecialCase> {
  yield* vectorCases(symbols, free);
  yield* matrixCases(symbols);
  yield* scalarCases(symbols);
}

const renamed = (s: Expr, to: Shape, facts: readonly Fact[] = []): [string, Expr] => [
  nameOf(s),
  symbol(nameOf(s), to, [...new Set([...factsOf(s).filter((f) => f === "positive" || f === "constant"), ...facts])]),
];

const list = (names: readonly string[], one: string, many: string): string =>
  names.length === 1
    ? `${names[0]} is ${one}`
    : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]} are ${many}`;

/** Matrices as columns: along one dimension, all of them, one of them; then every undeclared name as a column. */
function* vectorCases(symbols: readonly Expr[], free: ReadonlySet<string>): Generator<SpecialCase> {
  const matrices = symbols.filter((s) => isMatrix(s.shape));
  const columns = (narrow: readonly Expr[], meanings: Meanings): SpecialCase => ({
    condition: list(narrow.map(nameOf), "a column", "columns"),
    kind: "vectors",
    meanings,
  });
  const widths = new Set(matrices.filter((s) => !isSquare(s.shape)).map((s) => s.shape.cols.key));
  for (const width of widths) {
    const narrowed = (s: Expr): Shape =>
      shape(s.shape.rows.key === width ? ONE : s.shape.rows, s.shape.cols.key === width ? ONE : s.shape.cols);
    const touched = symbols.filter((s) => [s.shape.rows.key, s.shape.cols.key].includes(width));
    const narrow = touched.filter((s) => isMatrix(s.shape) && isColumn(narrowed(s)));
    if (narrow.length > 0 && touched.every((s) => !isScalar(narrowed(s))))
      yield columns(narrow, new Map(touched.map((s) => renamed(s, narrowed(s)))));
  }
  const asColumn = (s: Expr): [string, Expr] => renamed(s, shape(s.shape.rows, ONE));
  if (matrices.length > 1) yield columns(matrices, new Map(matrices.map(asColumn)));
  for (const s of matrices) yield columns([s], new Map([asColumn(s)]));
  const open = symbols.filter((s) => free.has(nameOf(s)));
  const capitals = open.filter((s) => /^[A-Z]/.test(nameOf(s)));
  if (capitals.length > 0) yield columns(capitals, new Map(open.map((s) => renamed(s, shape(dim("n"), ONE)))));
}

function* matrixCases(symbols: readonly Expr[]): Generator<SpecialCase> {
  const squares = symbols.filter((s) => isMatrix(s.shape) && isSquare(s.shape));
  const having = (of: readonly Expr[], fact: Fact): SpecialCase => ({
    condition: list(of.map(nameOf), fact, fact),
    kind: "matrices",
    meanings: new Map(of.map((s) => renamed(s, s.shape, [fact]))),
  });
  for (const s of squares) yield having([s], "symmetric");
  for (const [i, A] of squares.entries())
    for (const B of squares.slice(i + 1)) if (A.shape.rows.key === B.shape.rows.key) yield commuting(A, B);
  if (squares.length > 1) yield having(squares, "symmetric");
  for (const s of squares) yield having([s], "orthogonal");
  for (const s of squares) yield having([s], "diagonal");
  if (squares.length > 1) yield having(squares, "diagonal");
  for (const s of squares.filter((m) => nameOf(m) !== "I"))
    yield { condition: `${nameOf(s)} = I`, kind: "matrices", meanings: new Map([[nameOf(s), b.eye(s.shape.rows)]]) };
}

/** A polynomial in A commutes with A and has no other property. */
function commuting(A: Expr, B: Expr): SpecialCase {
  const plain = symbol(nameOf(A), A.shape);
  const polynomial = b.add(
    b.mul(plain, plain),
    b.times(b.number(0.7), plain),
    b.times(b.number(-1.3), b.eye(A.shape.rows)),
  );
  return {
    condition: `${nameOf(A)} and ${nameOf(B)} commute`,
    kind: "matrices",
    meanings: new Map([
      [nameOf(A), plain],
      [nameOf(B), polynomial],
    ]),
  };
}

/** A matrix that was meant as a number; entries whose sign is known. */
function* scalarCases(symbols: readonly Expr[]): Generator<SpecialCase> {
  const alone = symbols.filter((s) => !isScalar(s.shape)).length === 1;
  for (const s of symbols.filter((m) => isMatrix(m.shape)))
    if (!alone)
      yield { condition: `${nameOf(s)} is a scalar`, kind: "scalars", meanings: new Map([renamed(s, SCALAR)]) };
  for (const s of symbols)
    yield {
      condition: isScalar(s.shape) ? `${nameOf(s)} is positive` : `the entries of ${nameOf(s)} are positive`,
      kind: "scalars",
      meanings: new Map([renamed(s, s.shape, ["positive"])]),
    };
}
