/** A statement that is true, with what it relies on: "equal only because A is symmetric" is never a plain true. */
import { nameOf } from "../../ops/leaves.js";
import { named } from "../errata/index.js";
import { slipOf } from "../errata/match.js";
import { hasStructure, sayFacts, withoutStructure } from "../facts.js";
import type { NamedErratum, StatementResult } from "../verdict.js";
import { type Context, holds, NOTHING, notesOf, type Seen, testedOf } from "./attempt.js";
import type { Reading } from "./reading.js";

export function confirmed(reading: Reading, seen: Seen, context: Context): StatementResult {
  const facts = factsNeeded(reading, context);
  const constants = context.settings.wrt ? [] : reading.constants.map((name) => `${name} is constant`);
  const conditions = [...facts, ...constants];
  const how =
    seen.proof === "symbolic"
      ? "both sides simplify to the same expression"
      : "both sides agree at three random points";
  const one = seen.layout === "both" ? undefined : seen.layout;
  const slip = one && slipInOtherLayout(reading, one);
  return {
    kind: "statement",
    verdict: "true",
    ok: true,
    score: 1,
    code: conditions.length > 0 ? "true_if" : "true",
    proof: seen.proof,
    ...NOTHING,
    message: [
      `true${one ? ` in ${one} layout` : ""}`,
      facts.length > 0 ? `, only because ${facts.join(" and ")}` : "",
      constants.length > 0 ? `, where ${constants.join(" and ")}` : "",
      `: ${how}.`,
      slip ? ` The notes print it in the other layout (${slip.source}), where it is ${slip.correct}.` : "",
    ].join(""),
    conditions,
    layoutSeen: seen.layout,
    notes: notesOf(reading, context),
    errata: slip ? [slip] : [],
  };
}

/** The notes print this form, which is right here, in the layout where it is wrong. */
function slipInOtherLayout(reading: Reading, layout: "denominator" | "numerator"): NamedErratum | undefined {
  const slip = slipOf(testedOf(reading))?.slip;
  return slip?.claim?.layout && slip.claim.layout !== layout ? named(slip) : undefined;
}

/** Declared facts without which the statement would be false. */
const factsNeeded = (reading: Reading, context: Context): string[] =>
  reading.symbols
    .filter(hasStructure)
    .filter((s) => !holds(context, new Map([[nameOf(s), withoutStructure(s)]])))
    .map(sayFacts);
