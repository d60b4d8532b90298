/** The names that random expressions are made of: two or more of every shape, and one for every fact. */
export interface RandomSymbol {
  readonly shape: readonly [string, string];
  readonly facts: readonly string[];
}

const of = (rows: string, cols: string, ...facts: string[]): RandomSymbol => ({ shape: [rows, cols], facts });

export const VARS: ReadonlyMap<string, RandomSymbol> = new Map([
  ["s", of("1", "1")],
  ["t", of("1", "1")],
  ["r", of("1", "1", "positive")],
  ["k", of("1", "1", "constant")],
  ["x", of("n", "1")],
  ["y", of("n", "1")],
  ["h", of("n", "1", "positive")],
  ["g", of("n", "1", "simplex")],
  ["b", of("n", "1", "signs")],
  ["c", of("n", "1", "constant")],
  ["q", of("n", "1", "unit_interval")],
  ["o", of("1", "n")],
  ["u", of("m", "1")],
  ["v", of("m", "1")],
  ["w", of("p", "1")],
  ["z", of("p", "1")],
  ["X", of("m", "n")],
  ["Y", of("m", "n")],
  ["Z", of("n", "m")],
  ["W", of("n", "p")],
  ["V", of("p", "m")],
  ["G", of("m", "n", "positive")],
  ["K", of("m", "n", "constant")],
  ["A", of("n", "n")],
  ["S", of("n", "n", "symmetric")],
  ["P", of("n", "n", "spd")],
  ["Q", of("n", "n", "orthogonal")],
  ["D", of("n", "n", "diagonal")],
  ["R", of("n", "n", "invertible")],
  ["C", of("m", "m")],
  ["M", of("m", "m", "spd")],
  ["E", of("p", "p")],
  ["F", of("p", "p", "symmetric")],
]);

/** Constants are never differentiated by. */
export const isConstant = (name: string): boolean => VARS.get(name)!.facts.includes("constant");

const list = ([rows, cols]: readonly [string, string]): string[] =>
  cols !== "1" ? [rows, cols] : rows === "1" ? [] : [rows];

/** Declarations as a request of the command line has them, for the names that an expression mentions. */
export function declarationsOf(names: readonly string[]): {
  vars: Record<string, string[]>;
  constraints: Record<string, string[]>;
  functions: Record<string, "elementwise" | { scalarOf: string[] }>;
} {
  const known = names.filter((name) => VARS.has(name));
  return {
    vars: Object.fromEntries(known.map((name) => [name, list(VARS.get(name)!.shape)])),
    constraints: Object.fromEntries(
      known.filter((name) => VARS.get(name)!.facts.length > 0).map((name) => [name, [...VARS.get(name)!.facts]]),
    ),
    functions: { sigma: "elementwise", phi: "elementwise", L: { scalarOf: ["n"] }, J: { scalarOf: ["m", "n"] } },
  };
}
