/** A request of the command line, what is wrong with it, and the caller's numbers as a point. */
import { type Dense, dense } from "./core/dense.js";
import { NablaError } from "./core/errors.js";
import { type Expr, topological } from "./core/expr.js";
import { dim, isOne, sizeOf } from "./core/shape.js";
import type { Layout, Style } from "./core/step.js";
import { isSymbol, nameOf } from "./ops/leaves.js";
import type { Point } from "./verify/evaluate.js";

/** One line of `nabla batch`: an expression, its names, what to differentiate by. */
export interface Request {
  readonly id?: string | number;
  readonly expr: string;
  readonly vars: Readonly<Record<string, readonly (string | number)[]>>;
  readonly wrt: readonly string[];
  readonly constraints?: Readonly<Record<string, readonly string[]>>;
  readonly functions?: Readonly<Record<string, "elementwise" | { readonly scalarOf: readonly (string | number)[] }>>;
  readonly layout?: Layout;
  readonly style?: Style;
  readonly structure?: string;
  readonly dims?: Readonly<Record<string, number>>;
  readonly bindings?: Readonly<Record<string, unknown>>;
}

/** Largest size of a dimension, and number of entries of a tensor, that are computed. */
const LARGEST_SIZE = 10_000;
export const LARGEST_TENSOR = 1_000_000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isName = (value: unknown): boolean => typeof value === "string";
const isDim = (value: unknown): boolean => typeof value === "string" || typeof value === "number";
const isList = (value: unknown, of: (x: unknown) => boolean): boolean => Array.isArray(value) && value.every(of);
const every = (value: unknown, of: (x: unknown) => boolean): boolean =>
  value === undefined || (isRecord(value) && Object.values(value).every(of));

/** Every field that is wrong is named, before anything is read. */
export function validate(request: Request): void {
  const wrong = (what: string, want: string): never => {
    throw new NablaError("bad_argument", `request: ${what}`, { want });
  };
  if (!isRecord(request)) return wrong("expected an object", "a JSON object");
  const { expr, vars, wrt, layout, style, constraints, functions, dims, bindings, structure } = request as Request;
  if (typeof expr !== "string") wrong("expr is missing", "expr as text");
  if (!isRecord(vars)) wrong("vars is missing", "vars as an object of shapes");
  for (const [name, shape] of Object.entries(vars))
    if (!isName(shape) && !isList(shape, isDim)) wrong(`the shape of ${name} is not a list`, '["m", "n"], ["n"] or []');
  if (!isList(wrt, isName) || wrt.length < 1 || wrt.length > 2)
    wrong("wrt is missing", "wrt as a list of one or two names");
  if (layout !== undefined && layout !== "denominator" && layout !== "numerator")
    wrong(`unknown layout ${String(layout)}`, "denominator or numerator");
  if (style !== undefined && !["differential", "index", "chain"].includes(style))
    wrong(`unknown style ${String(style)}`, "differential, index or chain");
  if (!every(constraints, (facts) => isList(facts, isName)))
    wrong("constraints is not an object of lists", '{"A": ["symmetric"]}');
  if (!every(functions, (f) => f === "elementwise" || (isRecord(f) && isList(f.scalarOf, isDim))))
    wrong("functions is not an object of kinds", '"elementwise" or {"scalarOf": ["n"]}');
  if (!every(dims, (n) => Number.isInteger(n) && (n as number) >= 1 && (n as number) <= LARGEST_SIZE))
    wrong("dims is not an object of sizes", `whole numbers from 1 to ${LARGEST_SIZE}`);
  if (!every(bindings, () => true)) wrong("bindings is not an object", "numbers by name");
  if (structure !== undefined && structure !== null)
    throw new NablaError("unsupported", `structure: ${String(structure)} is not available; entries are independent`, {
      got: String(structure),
      want: "no structure: the entries of a symmetric or diagonal variable are independent",
    });
}

/** The caller's numbers as a point; sizes come from `dims` and are checked against the numbers. */
export function pointOf(request: Request, roots: readonly Expr[]): Point {
  const sizes: Record<string, number> = Object.assign(Object.create(null), request.dims ?? {});
  const values: Record<string, Dense> = Object.create(null);
  for (const s of topological(...roots).filter(isSymbol)) {
    const name = nameOf(s);
    if (!Object.hasOwn(request.bindings!, name))
      throw new NablaError("bad_argument", `bindings: no value given for ${name}`, { want: `a value for ${name}` });
    const value = toDense(request.bindings![name], name, isOne(s.shape.rows) && !isOne(s.shape.cols));
    for (const [d, n] of [
      [s.shape.rows, value.rows],
      [s.shape.cols, value.cols],
    ] as const) {
      if (d.names.length === 1 && d.coefficient === 1 && !Object.hasOwn(sizes, d.names[0]!)) sizes[d.names[0]!] = n;
    }
    values[name] = value;
  }
  for (const e of topological(...roots)) for (const d of [e.shape.rows, e.shape.cols]) checkSize(d.key, sizes);
  return { sizes, values };
}

function checkSize(key: string, sizes: Record<string, number>): void {
  try {
    sizeOf(dim(key), sizes);
  } catch {
    throw new NablaError("bad_argument", `dims: no size given for ${key}`, { want: `a size for ${key}` });
  }
}

function toDense(value: unknown, name: string, row: boolean): Dense {
  if (typeof value === "number") return dense(1, 1, [value]);
  const list = value as readonly unknown[];
  const wrong = (): never => {
    throw new NablaError(
      "bad_argument",
      `bindings: ${name} must be a number, a list of numbers or a list of equal rows`,
      { want: "numbers" },
    );
  };
  if (!Array.isArray(list) || list.length === 0) return wrong();
  if (list.every((x) => typeof x === "number")) return row ? dense(1, list.length, list) : dense(list.length, 1, list);
  const rows = list as readonly (readonly number[])[];
  const width = Array.isArray(rows[0]) ? rows[0].length : -1;
  if (!rows.every((r) => Array.isArray(r) && r.length === width && r.every((x) => typeof x === "number")))
    return wrong();
  return dense(rows.length, width, rows.flat());
}
