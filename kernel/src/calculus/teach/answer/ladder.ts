/** Hints in the order in which a tutor gives them: what is right, what to look at, the line that differs, the answer. */
import type { Derivation } from "../../core/derivation.js";
import type { Expr } from "../../core/expr.js";
import { sameShape, showShape } from "../../core/shape.js";
import type { Step } from "../../core/step.js";
import { opOf } from "../../ops/index.js";
import { text } from "../../print/text.js";
import type { Diagnosis } from "./diagnose.js";
import type { Target } from "./target.js";

export function ladder(
  answer: Expr,
  target: Target,
  derivation: Derivation,
  diagnosis: Diagnosis | undefined,
): readonly string[] {
  const by = text(target.by);
  const shape = showShape(target.here.shape);
  const shapes = sameShape(answer.shape, target.here.shape)
    ? `The shape is right: ${shape}.`
    : `The derivative by ${by} is ${shape} in ${target.layout} layout.`;
  const line = differingLine(derivation, diagnosis?.at);
  return [
    shapes,
    ...(diagnosis ? [`Look again: ${diagnosis.message}.`] : []),
    ...(line ? [line] : []),
    `The answer is ${text(target.here)}.`,
  ];
}

/** The line of the derivation that uses the rule of the node where the mistake was made. */
function differingLine({ steps }: Derivation, at: Expr | undefined): string | undefined {
  const rule = at && opOf(at.op).rule.id;
  const found = rule ? steps.findIndex((s) => s.rule.split(" + ").includes(rule)) : -1;
  const lines = steps.map((s) => shownLine(s));
  const shown = lines.flatMap((line, i) => (line === undefined ? [] : [i]));
  const n = found >= 0 && lines[found] ? found : (shown[shown.length - 1] ?? -1);
  return n >= 0 ? `Compare line ${n + 1} (${steps[n]!.chips.join(", ")}): ${lines[n]}.` : undefined;
}

export function shownLine({ body }: Step): string | undefined {
  switch (body.kind) {
    case "differential":
      return `${text(body.before)} = ${text(body.after)}`;
    case "result":
    case "index":
    case "chain":
      return undefined;
  }
}
