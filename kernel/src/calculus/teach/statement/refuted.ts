/** A statement that is false: numbers that show it, where it does hold, and the slip of the notes that it repeats. */
import { isScalar } from "../../core/shape.js";
import { factsOf, nameOf, symbol } from "../../ops/leaves.js";
import { named, saySlip } from "../errata/index.js";
import { slipOf } from "../errata/match.js";
import { relationOf } from "../relation.js";
import type { LayoutSeen, Relation, StatementResult } from "../verdict.js";
import { type Context, caseOf, holds, moving, NOTHING, notesOf, sentence, testedOf } from "./attempt.js";
import { counterexample, inWords } from "./counterexample.js";
import type { Reading } from "./reading.js";
import { slipExample } from "./slipExample.js";
import type { SpecialCase } from "./special.js";

/** @param seen the other layout, where the statement is right in that one */
export function refuted(reading: Reading, seen: LayoutSeen, context: Context): StatementResult {
  const matched = slipOf(testedOf(reading), context.frame.inferred);
  const special = seen ? undefined : caseOf(reading.symbols, moving(reading), context);
  const vectors = special?.kind === "vectors";
  const fits = !(vectors && unlikelyScalars(reading, context));
  const example = fits
    ? ((matched && slipExample(matched, reading)) ??
      counterexample(reading.left, reading.right, reading.wrt, reading.symbols))
    : undefined;
  const relation = seen ? ({ kind: "transpose" } as const) : relationIn(reading, special);
  const errata = matched ? [named(matched.slip)] : [];
  return {
    kind: "statement",
    verdict: vectors ? "vectors_only" : "false",
    ok: false,
    score: 0,
    code: vectors ? "vectors_only" : seen ? "other_layout" : matched ? "erratum" : "false",
    ...NOTHING,
    message: [
      headline(seen, special, fits, context),
      example ? sentence(inWords(example)) : "",
      special && !vectors ? `It holds when ${special.condition}, not in general.` : "",
      relation && relation.kind !== "special" && !seen ? sentence(describe(relation)) : "",
      ...errata.map((e) => sentence(saySlip(e))),
    ]
      .filter(Boolean)
      .join(" "),
    hints: reading.unsaid
      .filter((name) => holdsConstant(name, context))
      .map((name) => `true where ${name} is constant: say which symbols vary with wrt`),
    ...(example ? { counterexample: example } : {}),
    ...(relation ? { relation } : {}),
    layoutSeen: seen,
    notes: notesOf(reading, context),
    errata,
  };
}

function headline(seen: LayoutSeen, special: SpecialCase | undefined, fits: boolean, { settings }: Context): string {
  if (seen) return `false in ${settings.layout} layout: this is the transpose, the ${seen} layout.`;
  if (special?.kind !== "vectors") return "false.";
  const otherwise = fits ? "fails for matrices" : "for matrices the shapes do not fit";
  return `true for vectors only: it holds where ${special.condition}, and ${otherwise}.`;
}

/** A small letter that could only be read as a scalar: with a column the shapes do not fit. */
const unlikelyScalars = (reading: Reading, { frame }: Context): boolean =>
  reading.symbols.some((s) => frame.inferred.has(nameOf(s)) && isScalar(s.shape) && /^[a-z]$/.test(nameOf(s)));

function relationIn(reading: Reading, special: SpecialCase | undefined): Relation | undefined {
  return special
    ? { kind: "special", condition: special.condition }
    : relationOf(reading.left, reading.right, reading.wrt);
}

function describe(relation: Exclude<Relation, { kind: "special" }>): string {
  if (relation.kind === "transpose") return "the left side is the transpose of the right";
  return `the left side is ${relation.factor} times ${relation.transposed ? "the transpose of " : ""}the right side`;
}

/** d(W x + b) = dW x holds with x constant. */
function holdsConstant(name: string, context: Context): boolean {
  const s = context.frame.scope.symbols.get(name);
  return s !== undefined && holds(context, new Map([[name, symbol(name, s.shape, [...factsOf(s), "constant"])]]));
}
