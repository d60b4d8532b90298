/**
 * The caller's numbers as a point: sizes from `dims`, then from the numbers in the order of their symbols. Every
 * value that does not fit is refused with what it is, what its shape asks for and where that size comes from.
 */
import { type Dense, dense } from "./core/dense.js";
import { NablaError } from "./core/errors.js";
import { type Expr, topological } from "./core/expr.js";
import { type Dim, dim, isMatrix, isOne, isRow, showShape, sizeOf } from "./core/shape.js";
import { isSymbol, nameOf } from "./ops/leaves.js";
import { LARGEST_SIZE, LARGEST_TENSOR, type Request } from "./request.js";
import { plainName } from "./text/notation.js";
import type { Declarations } from "./text/scope.js";
import type { Point } from "./verify/evaluate.js";

type Sizes = Record<string, number>;

/** Names may be given in the notes' letters: the numbers of μ are those of mu. */
const byPlainName = (table: object | undefined): Readonly<Record<string, unknown>> =>
  Object.assign(
    Object.create(null),
    ...Object.entries(table ?? {}).map(([name, value]) =>
      Object.defineProperty(Object.create(null), plainName(name), { value, enumerable: true }),
    ),
  );

export function pointOf(request: Request, roots: readonly Expr[]): Point {
  const given = byPlainName(request.bindings);
  const sizes = byPlainName(request.dims) as Sizes;
  const values: Record<string, Dense> = Object.create(null);
  const from = new Map<string, string>();
  for (const s of topological(...roots).filter(isSymbol)) {
    const name = nameOf(s);
    if (!Object.hasOwn(given, name))
      throw new NablaError("bad_argument", `bindings: no value given for ${name}`, { want: `a value for ${name}` });
    const value = toDense(given[name], s, sizes);
    for (const [d, n] of [
      [s.shape.rows, value.rows],
      [s.shape.cols, value.cols],
    ] as const) {
      if (d.names.length !== 1 || d.coefficient !== 1 || Object.hasOwn(sizes, d.names[0]!)) continue;
      sizes[d.names[0]!] = n;
      from.set(d.names[0]!, name);
    }
    values[name] = value;
  }
  for (const e of topological(...roots)) for (const d of [e.shape.rows, e.shape.cols]) checkSize(d.key, sizes);
  for (const s of topological(...roots).filter(isSymbol)) checkShape(s, values[nameOf(s)]!, sizes, from);
  return { sizes, values };
}

/** What of `dims` and `bindings` has nothing to do with the request. */
export function unused(request: Request, scope: Declarations): string[] {
  const names = (table: object | undefined): string[] => Object.keys(table ?? {});
  return [
    ...names(request.dims)
      .filter((name) => !scope.dims.has(plainName(name)))
      .map((name) => `dims: ${name} is no dimension of the declared shapes and is ignored`),
    ...names(request.bindings)
      .filter((name) => !scope.symbols.has(plainName(name)))
      .map((name) => `bindings: ${name} is not declared and is ignored`),
  ];
}

/** A shape of numbers must be small enough to be computed with; named dimensions always are. */
export function checkSizes(roots: readonly Expr[]): void {
  for (const { shape } of topological(...roots)) {
    const [rows, cols] = [shape.rows.coefficient, shape.cols.coefficient];
    if (rows <= LARGEST_SIZE && cols <= LARGEST_SIZE && rows * cols <= LARGEST_TENSOR) continue;
    throw new NablaError("unsupported", `a part of the expression is ${showShape(shape)}, too large to be checked`, {
      got: showShape(shape),
      want: `sizes up to ${LARGEST_SIZE} and at most ${LARGEST_TENSOR} entries`,
      hint: "give the dimensions names, m×n: the answer is the same",
    });
  }
}

function checkSize(key: string, sizes: Sizes): void {
  try {
    sizeOf(dim(key), sizes);
  } catch {
    throw new NablaError("bad_argument", `dims: no size given for ${key}`, { want: `a size for ${key}` });
  }
}

function checkShape(s: Expr, value: Dense, sizes: Sizes, from: ReadonlyMap<string, string>): void {
  const size = (d: Dim): number => (isOne(d) ? 1 : sizeOf(d, sizes));
  const want = `${size(s.shape.rows)}×${size(s.shape.cols)}`;
  const got = `${value.rows}×${value.cols}`;
  if (got === want) return;
  const names = [...new Set([...s.shape.rows.names, ...s.shape.cols.names])];
  const sources = names.map((n) => `${n} = ${sizes[n]} ${from.has(n) ? `by ${from.get(n)}` : "by dims"}`);
  throw new NablaError("bad_argument", `the value of ${nameOf(s)} is ${got}, its shape asks for ${want}`, {
    got,
    want,
    ...(sources.length > 0 ? { hint: sources.join(", ") } : {}),
  });
}

/** A number, a list of numbers (a column, or a row where the shape is one) or a list of rows. */
function toDense(value: unknown, s: Expr, sizes: Sizes): Dense {
  const name = nameOf(s);
  const want = `numbers of shape ${showShape(s.shape)}`;
  const refuse = (what: string, got: unknown): never => {
    throw new NablaError("bad_argument", `bindings: ${what}`, { got: JSON.stringify(got) ?? String(got), want });
  };
  const entry = (x: unknown, place: string): number => {
    if (typeof x !== "number") return refuse(`${name}${place} is ${JSON.stringify(x) ?? String(x)}, not a number`, x);
    return Number.isFinite(x) ? x : refuse(`${name}${place} is not finite`, String(x));
  };
  if (!Array.isArray(value)) return dense(1, 1, [entry(value, "")]);
  if (value.length === 0) return refuse(`${name} is empty`, value);
  const rows = value.some(Array.isArray);
  if (!rows) {
    const oneWide = s.shape.cols.names.length === 1 && sizes[s.shape.cols.key] === 1;
    if (isMatrix(s.shape) && !oneWide && value.every((x) => typeof x === "number"))
      refuse(`${name} is ${showShape(s.shape)} and needs a list of rows, got a list of ${value.length} numbers`, value);
    const data = value.map((x, i) => entry(x, `, entry ${i + 1},`));
    return isRow(s.shape) ? dense(1, data.length, data) : dense(data.length, 1, data);
  }
  const width = Array.isArray(value[0]) ? value[0].length : 0;
  const data = value.flatMap((row: unknown, i) => {
    if (!Array.isArray(row)) return refuse(`row ${i + 1} of ${name} is ${JSON.stringify(row)}, not a list`, row);
    if (row.length === 0) return refuse(`row ${i + 1} of ${name} is empty`, row);
    if (row.length !== width)
      return refuse(`the rows of ${name} have different lengths, ${width} and ${row.length}`, value);
    return row.map((x, j) => entry(x, `, row ${i + 1}, column ${j + 1},`));
  });
  return dense(value.length, width, data);
}
