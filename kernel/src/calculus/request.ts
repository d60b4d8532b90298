/** A request of the command line, and what is wrong with it. */
import { CHOICES } from "./core/choices.js";
import type { Structure } from "./core/derivation.js";
import { NablaError } from "./core/errors.js";
import type { Layout, Style } from "./core/step.js";
import { nearest } from "./text/distance.js";

/** One line of `nabla batch`: an expression, its names, what to differentiate by. */
export interface Request {
  readonly id?: string | number;
  readonly expr: string;
  /** What `expr` is written in; LaTeX is never guessed. */
  readonly notation?: "text" | "tex";
  readonly vars: Readonly<Record<string, readonly (string | number)[]>>;
  readonly wrt: readonly string[];
  readonly constraints?: Readonly<Record<string, readonly string[]>>;
  readonly functions?: Readonly<Record<string, "elementwise" | { readonly scalarOf: readonly (string | number)[] }>>;
  readonly layout?: Layout;
  readonly style?: Style;
  readonly structure?: Structure;
  readonly dims?: Readonly<Record<string, number>>;
  readonly bindings?: Readonly<Record<string, unknown>>;
  /** Seconds that the answer may take. */
  readonly timeLimit?: number;
}

/** Largest size of a dimension, and number of entries of a tensor, that are computed. */
export const LARGEST_SIZE = 10_000;
export const LARGEST_TENSOR = 1_000_000;

/** Every field, in the order of the documentation. */
export const FIELDS: readonly string[] = Object.keys({
  id: 0,
  expr: 0,
  notation: 0,
  vars: 0,
  wrt: 0,
  constraints: 0,
  functions: 0,
  layout: 0,
  style: 0,
  structure: 0,
  dims: 0,
  bindings: 0,
  timeLimit: 0,
} satisfies Record<keyof Request, 0>);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isName = (value: unknown): boolean => typeof value === "string";
const isDim = (value: unknown): boolean => typeof value === "string" || typeof value === "number";
const isList = (value: unknown, of: (x: unknown) => boolean): boolean => Array.isArray(value) && value.every(of);
const shown = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

/** A word as it stands, anything else as JSON. */
const worded = (value: unknown): string => (typeof value === "string" && value.length <= 40 ? value : shown(value));

/** Longer names are not read. */
const LONGEST_NAME = 200;

function wrong(what: string, want: string, got?: unknown): never {
  throw new NablaError("bad_argument", `request: ${what}`, { want, ...(got === undefined ? {} : { got: shown(got) }) });
}

/** The request with every field as it should be; the first that is wrong is named before anything is read. A null field is none. */
export function validate(given: Request): Request {
  if (!isRecord(given)) return wrong("expected an object", "a JSON object", given);
  const request = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)) as unknown as Request;
  const { expr, vars, layout, style, structure, notation, timeLimit } = request;
  if (expr === undefined) wrong("expr is missing", "expr as text");
  if (typeof expr !== "string") wrong("expr is not text", "expr as text", expr);
  if (vars === undefined) wrong("vars is missing", "vars as an object of shapes");
  if (!isRecord(vars)) wrong("vars is not an object", "vars as an object of shapes", vars);
  for (const [name, shape] of Object.entries(vars)) {
    if (name.length > LONGEST_NAME)
      wrong(
        `a name of ${name.length} characters in vars is too long`,
        `names of at most ${LONGEST_NAME} characters`,
        name,
      );
    if (!isName(shape) && !isList(shape, isDim))
      wrong(`the shape of ${name} is not a list`, '["m", "n"], ["n"] or []', shape);
  }
  checkWrt(request.wrt);
  if (notation !== undefined && notation !== "text" && notation !== "tex")
    wrong(`unknown notation ${worded(notation)}`, "text or tex", notation);
  checkChoice("layout", layout);
  checkChoice("style", style);
  checkTables(request);
  checkChoice("structure", structure);
  if (timeLimit !== undefined && !(typeof timeLimit === "number" && timeLimit > 0))
    wrong("timeLimit is not a number of seconds", "a number greater than 0", timeLimit);
  return request;
}

function checkChoice(field: keyof typeof CHOICES, value: unknown): void {
  const known: readonly unknown[] = CHOICES[field];
  if (value === undefined || known.includes(value)) return;
  const want = `${known.slice(0, -1).join(", ")} or ${known[known.length - 1]}`;
  wrong(`unknown ${field} ${worded(value)}`, want, value);
}

const WANT_WRT = 'one name, ["W"], or two for a second derivative, ["W", "x"]';

function checkWrt(wrt: unknown): void {
  if (wrt === undefined) wrong("wrt is missing", WANT_WRT);
  if (!isList(wrt, isName)) wrong("wrt is not a list of names", WANT_WRT, wrt);
  const { length } = wrt as readonly string[];
  if (length < 1 || length > 2) wrong(`wrt takes one or two names, got ${length}`, WANT_WRT, wrt);
}

/** The tables by name: facts, functions, sizes and numbers; which entry is wrong is said. */
function checkTables({ constraints, functions, dims, bindings }: Request): void {
  const each = (value: unknown, what: string, want: string, of: (name: string, entry: unknown) => void): void => {
    if (value === undefined) return;
    if (!isRecord(value)) return wrong(`${what} is not an object`, want, value);
    for (const [name, entry] of Object.entries(value)) of(name, entry);
  };
  const facts = '{"A": ["symmetric"]}';
  each(constraints, "constraints", facts, (name, entry) => {
    if (!isList(entry, isName)) wrong(`constraints: the facts about ${name} are not a list of words`, facts, entry);
  });
  const kinds = '"elementwise" or {"scalarOf": ["n"]}';
  each(functions, "functions", kinds, (name, f) => {
    if (f !== "elementwise" && !(isRecord(f) && isList(f.scalarOf, isDim)))
      wrong(`functions: the kind of ${name} is not known`, kinds, f);
  });
  const sizes = `whole numbers from 1 to ${LARGEST_SIZE}`;
  each(dims, "dims", sizes, (name, n) => {
    if (!Number.isInteger(n) || (n as number) < 1 || (n as number) > LARGEST_SIZE)
      wrong(`dims: the size of ${name} is ${shown(n)}`, sizes, n);
  });
  each(bindings, "bindings", "numbers by name", () => {});
}

/** Fields that are none but look like one: ignored, and said. */
export function misspelt(request: Request): string[] {
  return Object.keys(request)
    .filter((field) => !FIELDS.includes(field))
    .flatMap((field) => {
      const guess = nearest(field, FIELDS);
      return guess ? [`the field ${field} is ignored: did you mean ${guess}?`] : [];
    });
}
