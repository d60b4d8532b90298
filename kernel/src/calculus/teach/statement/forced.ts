/** Statements that are true as read, where the text forces a capital to be a column or a scalar. */
import { isMatrix, isScalar } from "../../core/shape.js";
import { nameOf } from "../../ops/leaves.js";
import { named } from "../errata/index.js";
import { slipOf } from "../errata/match.js";
import type { StatementResult } from "../verdict.js";
import { type Context, NOTHING, notesOf, testedOf } from "./attempt.js";
import type { Reading } from "./reading.js";

export interface Forced {
  readonly columns: readonly string[];
  readonly scalars: readonly string[];
}

/** Undeclared capitals that are no matrices: for matrices the shapes do not fit. */
export function forcedShapes(reading: Reading, { frame }: Context): Forced | undefined {
  const forced = reading.symbols.filter(
    (s) => frame.inferred.has(nameOf(s)) && /^[A-Z]/.test(nameOf(s)) && !isMatrix(s.shape),
  );
  if (forced.length === 0) return undefined;
  const scalars = forced.filter((s) => isScalar(s.shape)).map(nameOf);
  return { scalars, columns: forced.map(nameOf).filter((name) => !scalars.includes(name)) };
}

export function specialOnly(reading: Reading, { columns, scalars }: Forced, context: Context): StatementResult {
  const vectors = columns.length > 0;
  const names = [...columns, ...scalars];
  const condition = [
    ...columns.map((name) => `${name} is a column`),
    ...scalars.map((name) => `${name} is a scalar`),
  ].join(" and ");
  const slip = slipOf(testedOf(reading))?.slip;
  const matrices = names.length > 1 ? `matrices ${names.join(", ")}` : `a matrix ${names[0]}`;
  return {
    kind: "statement",
    verdict: vectors ? "vectors_only" : "shape_mismatch",
    ok: false,
    score: 0,
    code: vectors ? "vectors_only" : "scalars_only",
    ...NOTHING,
    message: `true only where ${condition}: for ${matrices} the shapes do not fit.`,
    hints: names.map((name) => `declare ${name} in \`where\` if that is meant`),
    relation: { kind: "special", condition },
    notes: notesOf(reading, context),
    errata: slip ? [named(slip)] : [],
  };
}
