/** Statements that are true as read, where the text forces a capital to be a column or a scalar, or x to be one. */
import { isMatrix, isScalar } from "../../core/shape.js";
import { nameOf } from "../../ops/leaves.js";
import { tokensOf } from "../../text/parse.js";
import { named } from "../errata/index.js";
import { slipOf } from "../errata/match.js";
import type { StatementResult } from "../verdict.js";
import { type Context, NOTHING, notesOf, testedOf } from "./attempt.js";
import type { Reading } from "./reading.js";

export interface Forced {
  readonly columns: readonly string[];
  readonly scalars: readonly string[];
}

/** Undeclared capitals that are no matrices, and small letters with a transpose that are no columns. */
export function forcedShapes(reading: Reading, { frame }: Context): Forced | undefined {
  const turned = transposed(frame.text);
  const forced = reading.symbols.filter((s) => {
    const name = nameOf(s);
    if (!frame.inferred.has(name) || isMatrix(s.shape)) return false;
    return /^[A-Z]/.test(name) || (isScalar(s.shape) && turned.has(name));
  });
  if (forced.length === 0) return undefined;
  const scalars = forced.filter((s) => isScalar(s.shape)).map(nameOf);
  return { scalars, columns: forced.map(nameOf).filter((name) => !scalars.includes(name)) };
}

/** Names that are written with a transpose: x', xᵀ, the x of A x'. */
function transposed(text: string): ReadonlySet<string> {
  const list = tokensOf(text);
  const names = list.filter((t, i) => {
    const next = list[i + 1];
    return t.kind === "name" && next?.kind === "operator" && next.text === "'";
  });
  return new Set(names.flatMap((t) => [t.text, t.text.slice(-1)]));
}

export function specialOnly(reading: Reading, { columns, scalars }: Forced, context: Context): StatementResult {
  const vectors = columns.length > 0;
  const names = [...columns, ...scalars];
  const condition = [
    ...columns.map((name) => `${name} is a column`),
    ...scalars.map((name) => `${name} is a scalar`),
  ].join(" and ");
  const slip = slipOf(testedOf(reading))?.slip;
  const meant = /^[A-Z]/.test(names[0]!) ? "a matrix" : "a column";
  const otherwise = names.length > 1 ? "otherwise" : `for ${meant} ${names[0]}`;
  return {
    kind: "statement",
    verdict: vectors ? "vectors_only" : "shape_mismatch",
    ok: false,
    score: 0,
    code: vectors ? "vectors_only" : "scalars_only",
    ...NOTHING,
    message: `true only where ${condition}: ${otherwise} the shapes do not fit.`,
    hints: names.map((name) => `declare ${name} in \`where\` if that is meant`),
    relation: { kind: "special", condition },
    notes: notesOf(reading, context),
    errata: slip ? [named(slip)] : [],
  };
}
