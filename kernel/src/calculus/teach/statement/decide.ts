/** One link of a statement: which verdict it gets. */
import type { NablaError } from "../../core/errors.js";
import { sameDim } from "../../core/shape.js";
import type { Layout } from "../../core/step.js";
import { build } from "../../ops/build.js";
import { agree } from "../compare.js";
import type { StatementResult } from "../verdict.js";
import { type Attempt, attempt, type Context, type Seen } from "./attempt.js";
import { confirmed } from "./confirmed.js";
import { forcedShapes, specialOnly } from "./forced.js";
import { inWhole } from "./frame.js";
import { mismatch } from "./mismatch.js";
import type { Reading } from "./reading.js";
import { refuted } from "./refuted.js";

/** @param written the whole text as it was given, for the places of errors */
export function decideLink(context: Context, written: string): StatementResult {
  const first = withIdentity(attempt(context), context);
  if ("error" in first) {
    if (!isShape(first.error)) throw inWhole(first.error, written);
    return mismatch(first.error, undefined, context);
  }
  const { reading } = first;
  if (reading.mismatch) return mismatch(reading.mismatch, reading, context);
  const seen = layoutSeen(reading, context);
  if (!seen.equal) return refuted(reading, seen.layout, context);
  const forced = forcedShapes(reading, context);
  return forced ? specialOnly(reading, forced, context) : confirmed(reading, seen, context);
}

/** An identity of which nothing was said has the size of the derivative. */
function withIdentity(first: Attempt, context: Context): Attempt {
  if ("error" in first || !first.reading.mismatch || !context.frame.inferred.has("I")) return first;
  const { rows, cols } = first.reading.left.shape;
  if (!sameDim(rows, cols)) return first;
  const again = attempt(context, new Map([["I", build.eye(rows)]]));
  return "reading" in again && !again.reading.mismatch ? again : first;
}

const isShape = (e: NablaError): boolean => e.code === "shape_mismatch" || e.code === "non_square";

/** A derivative may be right in the layout in force, in the other one, or in both. */
function layoutSeen(reading: Reading, { settings: { layout, strict } }: Context): Seen {
  const here = agree(reading.left, reading.right, reading.wrt);
  const other = reading.derivative?.otherLayout;
  if (!other) return { ...here, layout: undefined };
  const there = agree(other, reading.right, []);
  const otherName: Layout = layout === "denominator" ? "numerator" : "denominator";
  if (here.equal) return { ...here, layout: there.equal ? "both" : layout };
  return { equal: there.equal && !strict, proof: there.proof, layout: there.equal ? otherName : undefined };
}
