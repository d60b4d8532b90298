/** A statement whose shapes do not fit: what does not, where it would, and the slip of the notes that it repeats. */
import type { NablaError } from "../../core/errors.js";
import type { Expr } from "../../core/expr.js";
import { nameOf } from "../../ops/leaves.js";
import { named, saySlip } from "../errata/index.js";
import { slipOf, slipSpelt } from "../errata/match.js";
import type { StatementResult } from "../verdict.js";
import { type Context, caseOf, moving, NOTHING, sentence, testedOf } from "./attempt.js";
import type { Reading } from "./reading.js";

/** @param reading undefined where one side cannot be built at all */
export function mismatch(error: NablaError, reading: Reading | undefined, context: Context): StatementResult {
  const { frame, link } = context;
  const slip =
    (reading && slipOf(testedOf(reading), frame.inferred)?.slip) ?? slipSpelt(link.trim(), frame.scope, frame.inferred);
  const symbols = reading?.symbols ?? namesIn(context);
  const special = caseOf(symbols, reading ? moving(reading) : [], context);
  const inferred = special?.kind === "vectors" && symbols.some((s) => frame.inferred.has(nameOf(s)));
  const errata = slip ? [named(slip)] : [];
  return {
    kind: "statement",
    verdict: inferred ? "vectors_only" : "shape_mismatch",
    ok: false,
    score: 0,
    code: inferred ? "vectors_only" : error.code,
    ...NOTHING,
    message: [
      sentence(`the shapes do not fit: ${error.message}`),
      special ? `It holds where ${special.condition}.` : "",
      ...errata.map((e) => sentence(saySlip(e))),
    ]
      .filter(Boolean)
      .join(" "),
    hints: error.hint ? [sentence(error.hint)] : [],
    ...(special ? { relation: { kind: "special", condition: special.condition } as const } : {}),
    notes: frame.notes,
    errata,
  };
}

/** The symbols whose names stand in the link, alone, behind a d, or written together. */
function namesIn({ link, frame }: Context): Expr[] {
  const words = link.match(/[A-Za-z]\w*/g) ?? [];
  const names = new Set(words.flatMap((w) => [w, w.slice(1), ...w]));
  return [...frame.scope.symbols.values()].filter((s) => s.op === "symbol" && names.has(nameOf(s)));
}
