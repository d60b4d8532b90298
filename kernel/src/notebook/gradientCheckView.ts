/** A gradient check as a value of a notebook: one row per parameter, and what it comes to in one sentence. */
import type { GradientCheck } from "../calculus/index.js";
import { type Bundle, tableBundle } from "../display/index.js";

export interface GradientCheckView extends GradientCheck {
  /** True when no gradient is bad; a kink is no mistake. */
  readonly ok: boolean;
  readonly sentence: string;
}

export function gradientCheckView(check: GradientCheck): GradientCheckView {
  const sentence = sentenceOf(check);
  return Object.freeze({
    ...check,
    ok: check.parameters.every(({ verdict }) => verdict === "ok" || verdict === "kink"),
    sentence,
    [Symbol.for("Jupyter.display")]: (): Bundle =>
      tableBundle(
        check.parameters.map(({ label, shape, automatic, difference, verdict }) => ({
          gradient: label,
          shape: shape.join("×"),
          "reverse AD": error(automatic),
          "central difference": error(difference),
          verdict,
        })),
        { caption: sentence },
      ),
  });
}

const error = (relative: number): string =>
  relative === 0 ? "0" : Number.isFinite(relative) ? relative.toExponential(1) : "no number";

function sentenceOf({ parameters, left }: GradientCheck): string {
  const named = (...verdicts: string[]): string =>
    parameters
      .filter(({ verdict }) => verdicts.includes(verdict))
      .map(({ label }) => label)
      .join(", ");
  const worst = Math.max(...parameters.map(({ automatic, difference }) => Math.max(automatic, difference)));
  const parts = [
    named("bad") && `wrong: ${named("bad")}`,
    named("look") && `worth a look: ${named("look")}`,
    named("kink") && `at a kink: ${named("kink")}`,
    named("ok") && `in agreement: ${named("ok")}`,
    left.length > 0 && `too large to be differenced: ${left.join(", ")}`,
  ].filter((part) => part);
  return parameters.every(({ verdict }) => verdict === "ok") && left.length === 0
    ? `All ${parameters.length} gradients agree, to ${error(worst)}.`
    : `Gradients ${parts.join("; ")}.`;
}
